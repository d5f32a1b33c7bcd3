//! An object of any kind, as `COMMENT ON`, `ALTER … OWNER TO` and `GRANT … ON` name it.

use super::{Ident, ObjectName, Sql, TypeName};
use crate::base::Span;

/// A kind's words and an object's name.
#[derive(Clone, Debug)]
pub struct ObjectRef<'a> {
    pub kind: ObjectKind,
    /// Of a part, its own name: of a trigger, a policy, a column, a constraint.
    pub name: ObjectName<'a>,
    /// What the part is of.
    pub of: Option<ObjectName<'a>>,
    /// The types of a routine's arguments, where they are stated.
    pub arguments: Option<Vec<ArgumentType<'a>>>,
    /// The words behind the kind.
    pub text: Sql<'a>,
}

/// One argument as a signature states it.
#[derive(Clone, Debug)]
pub struct ArgumentType<'a> {
    /// `in`, `out`, `inout`, `variadic`.
    pub mode: &'static str,
    pub name: Option<Ident<'a>>,
    pub ty: TypeName<'a>,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectKind {
    Aggregate,
    Column,
    Constraint,
    DomainConstraint,
    Domain,
    EventTrigger,
    Extension,
    Function,
    Index,
    MaterializedView,
    Policy,
    Procedure,
    Publication,
    Role,
    Routine,
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
