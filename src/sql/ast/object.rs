//! An object of any kind, as `COMMENT ON`, `ALTER … OWNER TO` and `GRANT … ON` name it.

use super::{ObjectName, RoutineKind, RoutineRef, Sql, VerbatimRef};

/// A kind's words and an object's name.
#[derive(Clone, Debug)]
pub struct ObjectRef<'a> {
    pub kind: ObjectKind,
    /// Of a part, its own name: of a trigger, a policy, a column, a constraint.
    pub name: ObjectName<'a>,
    /// What the part is of.
    pub of: Option<ObjectName<'a>>,
    /// A function, procedure or aggregate.
    pub routine: Option<RoutineRef<'a>>,
    pub rare: Option<VerbatimRef<'a>>,
    /// The words behind the kind.
    pub text: Sql<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectKind {
    Column,
    Constraint,
    DomainConstraint,
    Domain,
    EventTrigger,
    Extension,
    Index,
    MaterializedView,
    Policy,
    Publication,
    Role,
    Routine(RoutineKind),
    Rule,
    Schema,
    Sequence,
    Statistics,
    Table,
    Trigger,
    Type,
    View,
    /// A database, tablespace, subscription or large object: not the schema's.
    Outside,
    /// An operator, a cast, a language, …: its words.
    Verbatim(&'static str),
}
