//! Constraints and indexes, alone or inside a table.

use std::borrow::Cow;

use super::{Ident, ObjectName, Sql, TableOption, Text};
use crate::base::Span;

#[derive(Clone, Debug)]
pub struct ForeignKeyTarget<'a> {
    pub table: ObjectName<'a>,
    /// Empty: the primary key.
    pub columns: Vec<Ident<'a>>,
    /// The last of these columns is a `PERIOD`.
    pub period: bool,
    pub on_delete: Option<Action>,
    /// `ON DELETE SET NULL (columns)`.
    pub on_delete_columns: Vec<Ident<'a>>,
    pub on_update: Option<Action>,
    pub match_full: bool,
    pub deferrable: bool,
    pub initially_deferred: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    NoAction,
    Restrict,
    Cascade,
    SetNull,
    SetDefault,
}

/// A constraint or an index inside `CREATE TABLE` or after `ALTER TABLE … ADD`.
#[derive(Clone, Debug)]
pub struct TableConstraint<'a> {
    pub name: Option<Ident<'a>>,
    pub kind: ConstraintKind<'a>,
    pub deferrable: bool,
    pub initially_deferred: bool,
    pub not_valid: bool,
    pub no_inherit: bool,
    pub not_enforced: bool,
    pub span: Span,
}

impl<'a> TableConstraint<'a> {
    /// Returns the constraint without a name and with nothing said of how it is checked.
    pub fn bare(kind: ConstraintKind<'a>, span: Span) -> Self {
        Self {
            name: None,
            kind,
            deferrable: false,
            initially_deferred: false,
            not_valid: false,
            no_inherit: false,
            not_enforced: false,
            span,
        }
    }
}

#[derive(Clone, Debug)]
pub enum ConstraintKind<'a> {
    PrimaryKey {
        columns: Vec<IndexColumn<'a>>,
        include: Vec<Ident<'a>>,
        options: Vec<TableOption<'a>>,
        without_overlaps: bool,
    },
    Unique {
        columns: Vec<IndexColumn<'a>>,
        nulls_not_distinct: bool,
        include: Vec<Ident<'a>>,
        options: Vec<TableOption<'a>>,
        without_overlaps: bool,
    },
    /// `UNIQUE`/`PRIMARY KEY … USING INDEX i` of PostgreSQL.
    UsingIndex {
        index: Ident<'a>,
        primary: bool,
    },
    Check {
        expression: Sql<'a>,
    },
    ForeignKey {
        /// MySQL's `FOREIGN KEY name (…)`, which names the index.
        index: Option<Ident<'a>>,
        columns: Vec<Ident<'a>>,
        /// The last column is a `PERIOD`.
        period: bool,
        target: ForeignKeyTarget<'a>,
    },
    /// MySQL's `KEY`, `FULLTEXT KEY`, `SPATIAL KEY`.
    Index(IndexDef<'a>),
    Exclude(ExclusionDef<'a>),
    /// PostgreSQL 18's `NOT NULL c`.
    NotNull(Ident<'a>),
}

/// `EXCLUDE USING gist (c WITH =, …) WHERE (…)`.
#[derive(Clone, Debug)]
pub struct ExclusionDef<'a> {
    /// Method, columns, options and condition; the operators of its columns stand beside it.
    pub index: IndexDef<'a>,
    pub operators: Vec<Sql<'a>>,
}

/// What `CREATE INDEX` and MySQL's `KEY` share.
#[derive(Clone, Debug, Default)]
pub struct IndexDef<'a> {
    pub unique: bool,
    pub method: IndexMethod<'a>,
    pub columns: Vec<IndexColumn<'a>>,
    pub include: Vec<Ident<'a>>,
    pub nulls_not_distinct: bool,
    pub condition: Option<Sql<'a>>,
    /// `WITH (…)`.
    pub options: Vec<TableOption<'a>>,
    pub invisible: bool,
    pub comment: Option<Text<'a>>,
}

#[derive(Clone, Debug, Default)]
pub enum IndexMethod<'a> {
    #[default]
    Default,
    /// `USING gin`; lower case.
    Using(Cow<'a, str>),
    Fulltext,
    Spatial,
}

/// One column or expression of an index or key.
#[derive(Clone, Debug)]
pub struct IndexColumn<'a> {
    pub key: IndexKey<'a>,
    /// MySQL's `(col(10))`.
    pub prefix: Option<u32>,
    pub collate: Option<ObjectName<'a>>,
    pub opclass: Option<ObjectName<'a>>,
    /// `(siglen = 32)` after an operator class.
    pub opclass_options: Option<Sql<'a>>,
    pub descending: bool,
    /// `NULLS FIRST` is `Some(true)`.
    pub nulls_first: Option<bool>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum IndexKey<'a> {
    Column(Ident<'a>),
    Expression(Sql<'a>),
}

#[derive(Clone, Debug)]
pub struct CreateIndex<'a> {
    /// PostgreSQL invents a name where none is given.
    pub name: Option<ObjectName<'a>>,
    pub table: ObjectName<'a>,
    pub if_not_exists: bool,
    pub or_replace: bool,
    pub concurrently: bool,
    /// `ON ONLY t`: the partitions of the table get none.
    pub only: bool,
    pub def: IndexDef<'a>,
}
