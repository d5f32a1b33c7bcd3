//! What MySQL and SQLite store as text: views, triggers, routines, events.

use super::{Ident, ObjectName, Sql, Text, TypeName};

/// `CREATE` of a stored object.
#[derive(Clone, Debug)]
pub struct CreateStored<'a> {
    pub name: ObjectName<'a>,
    pub or_replace: bool,
    pub if_not_exists: bool,
    pub temporary: bool,
    /// `ALTER VIEW` asks for the view to be there.
    pub must_exist: bool,
    /// `definer`, `algorithm`, `sql_security` and their like, by their lower-case name.
    pub options: Vec<(&'static str, String)>,
    pub comment: Option<Text<'a>>,
    pub kind: StoredKind<'a>,
}

#[derive(Clone, Debug)]
pub enum StoredKind<'a> {
    View {
        columns: Vec<Ident<'a>>,
        query: Sql<'a>,
    },
    Trigger(TriggerDef<'a>),
    Routine(RoutineDef<'a>),
    Event(EventDef<'a>),
    /// SQLite's `CREATE VIRTUAL TABLE t USING module(arguments)`.
    Virtual {
        module: Ident<'a>,
        arguments: Option<Sql<'a>>,
    },
}

#[derive(Clone, Debug)]
pub struct TriggerDef<'a> {
    pub table: ObjectName<'a>,
    /// `before`, `after`, `instead of`.
    pub timing: &'static str,
    /// `insert`, `update`, `delete`.
    pub event: &'static str,
    /// Of `UPDATE OF`.
    pub columns: Vec<Ident<'a>>,
    pub condition: Option<Sql<'a>>,
    /// `FOLLOWS x` is `(true, x)`, `PRECEDES x` is `(false, x)`.
    pub order: Option<(bool, Ident<'a>)>,
    pub body: Sql<'a>,
    /// The whole statement.
    pub text: Sql<'a>,
}

#[derive(Clone, Debug)]
pub struct RoutineDef<'a> {
    pub is_function: bool,
    pub arguments: Vec<Parameter<'a>>,
    pub returns: Option<StoredType<'a>>,
    pub body: Sql<'a>,
}

#[derive(Clone, Debug)]
pub struct Parameter<'a> {
    /// `in`, `out`, `inout`.
    pub mode: &'static str,
    pub name: Ident<'a>,
    pub ty: StoredType<'a>,
}

/// A type with what may follow it in a routine's head.
#[derive(Clone, Debug)]
pub struct StoredType<'a> {
    pub ty: TypeName<'a>,
    pub charset: Option<Ident<'a>>,
    pub collate: Option<Ident<'a>>,
}

#[derive(Clone, Debug)]
pub struct EventDef<'a> {
    /// From the word behind ON SCHEDULE on.
    pub schedule: Sql<'a>,
    pub preserve: bool,
    /// `enabled`, `disabled`, `replica`.
    pub enabled: &'static str,
    pub body: Sql<'a>,
}

/// What `ALTER` changes of a routine or an event.
#[derive(Clone, Debug)]
pub struct AlterStored<'a> {
    pub what: Stored,
    pub name: ObjectName<'a>,
    pub if_exists: bool,
    pub options: Vec<(&'static str, String)>,
    pub comment: Option<Text<'a>>,
    pub schedule: Option<Sql<'a>>,
    pub preserve: Option<bool>,
    pub enabled: Option<&'static str>,
    pub rename_to: Option<ObjectName<'a>>,
    pub body: Option<Sql<'a>>,
}

#[derive(Clone, Debug)]
pub struct DropStored<'a> {
    pub what: Stored,
    pub names: Vec<ObjectName<'a>>,
    pub if_exists: bool,
}

/// The kinds of stored objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    Event,
    Function,
    Procedure,
    Trigger,
    View,
}
