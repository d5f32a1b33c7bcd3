//! Triggers of tables and views, and event triggers.

use super::{Ident, ObjectName, Sql, Text};

#[derive(Clone, Debug)]
pub struct CreateTrigger<'a> {
    pub name: Ident<'a>,
    pub table: ObjectName<'a>,
    pub or_replace: bool,
    /// `before`, `after`, `instead of`.
    pub timing: &'static str,
    /// `insert`, `update`, `delete`, `truncate`, as written.
    pub events: Vec<&'static str>,
    /// Of `UPDATE OF`.
    pub columns: Vec<Ident<'a>>,
    /// `REFERENCING`: whether it is the new rows, and their name.
    pub transitions: Vec<(bool, Ident<'a>)>,
    pub for_each_row: bool,
    pub condition: Option<Sql<'a>>,
    pub constraint: Option<ConstraintTriggerDef<'a>>,
    pub function: ObjectName<'a>,
    /// Strings, whatever they are written as.
    pub arguments: Vec<Text<'a>>,
}

/// `CREATE CONSTRAINT TRIGGER`.
#[derive(Clone, Debug)]
pub struct ConstraintTriggerDef<'a> {
    pub from: Option<ObjectName<'a>>,
    pub deferrable: bool,
    pub initially_deferred: bool,
}

#[derive(Clone, Debug)]
pub struct AlterTrigger<'a> {
    pub name: Ident<'a>,
    pub table: ObjectName<'a>,
    /// `None`: nothing that the schema records.
    pub rename_to: Option<Ident<'a>>,
}

/// `ENABLE [ALWAYS | REPLICA] TRIGGER | RULE x`, `DISABLE TRIGGER ALL`.
#[derive(Clone, Debug)]
pub struct Firing<'a> {
    /// A rule rather than a trigger.
    pub rule: bool,
    /// `None` is `ALL` or `USER`.
    pub name: Option<Ident<'a>>,
    /// `enabled`, `disabled`, `replica`, `always`.
    pub state: &'static str,
}

#[derive(Clone, Debug)]
pub struct CreateEventTrigger<'a> {
    pub name: Ident<'a>,
    pub event: Ident<'a>,
    /// Of `WHEN TAG IN`.
    pub tags: Vec<Text<'a>>,
    pub function: ObjectName<'a>,
}

#[derive(Clone, Debug)]
pub struct AlterEventTrigger<'a> {
    pub name: Ident<'a>,
    pub change: EventTriggerChange<'a>,
}

#[derive(Clone, Debug)]
pub enum EventTriggerChange<'a> {
    /// `enabled`, `disabled`, `replica`, `always`.
    State(&'static str),
    RenameTo(Ident<'a>),
}
