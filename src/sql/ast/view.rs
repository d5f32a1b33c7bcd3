//! Views, materialized views and rules.

use std::borrow::Cow;

use super::{Ident, ObjectName, Sql, TableOption};

#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a word of the statement")]
pub struct CreateView<'a> {
    pub name: ObjectName<'a>,
    pub materialized: bool,
    pub or_replace: bool,
    pub temporary: bool,
    pub recursive: bool,
    pub if_not_exists: bool,
    pub columns: Vec<Ident<'a>>,
    pub options: Vec<TableOption<'a>>,
    pub query: Sql<'a>,
    /// `WITH NO DATA`.
    pub without_data: bool,
}

/// `ALTER [MATERIALIZED] VIEW`; one action each.
#[derive(Clone, Debug)]
pub struct AlterView<'a> {
    pub name: ObjectName<'a>,
    pub materialized: bool,
    pub if_exists: bool,
    pub change: ViewChange<'a>,
}

#[derive(Clone, Debug)]
pub enum ViewChange<'a> {
    SetOptions(Vec<TableOption<'a>>),
    /// By their lower-case names.
    ResetOptions(Vec<Ident<'a>>),
    RenameTo(Ident<'a>),
    RenameColumn {
        from: Ident<'a>,
        to: Ident<'a>,
    },
    SetSchema(Ident<'a>),
    /// Of that column: `SET DEFAULT` and the like, which the schema does not record.
    Column(Ident<'a>),
    /// `CLUSTER ON`, `SET TABLESPACE`, …
    NoEffect,
}

#[derive(Clone, Debug)]
pub struct CreateRule<'a> {
    pub name: Ident<'a>,
    pub table: ObjectName<'a>,
    pub or_replace: bool,
    /// `select`, which makes a view of a table, `insert`, `update` or `delete`.
    pub event: &'static str,
    /// What stands behind the table, but for `ALSO`, which goes without saying.
    pub text: Cow<'a, str>,
}

/// `ALTER RULE a ON t RENAME TO b`.
#[derive(Clone, Debug)]
pub struct AlterRule<'a> {
    pub name: Ident<'a>,
    pub table: ObjectName<'a>,
    pub to: Ident<'a>,
}
