//! `CREATE TABLE` and what a column is made of.

use std::borrow::Cow;

use super::{
    ForeignKeyTarget, Ident, IndexColumn, ObjectName, SequenceOptions, Sql, TableConstraint, Text,
};
use crate::base::Span;

#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a word of the statement")]
pub struct CreateTable<'a> {
    pub name: ObjectName<'a>,
    pub temporary: bool,
    /// `ON COMMIT DROP`.
    pub drops_on_commit: bool,
    pub unlogged: bool,
    pub or_replace: bool,
    pub if_not_exists: bool,
    pub columns: Vec<ColumnDef<'a>>,
    pub constraints: Vec<TableConstraint<'a>>,
    /// `LIKE t` inside the parentheses, or `CREATE TABLE a LIKE b`.
    pub likes: Vec<Like<'a>>,
    /// `OF type`.
    pub of_type: Option<ObjectName<'a>>,
    /// `CREATE TABLE … AS query`: the columns depend on the query.
    pub as_query: Option<Sql<'a>>,
    pub options: Vec<TableOption<'a>>,
    /// MySQL's `PARTITION BY …`, kept as written.
    pub partition: Option<Sql<'a>>,
    pub partition_by: Option<PartitionBy<'a>>,
    /// `PARTITION OF parent FOR VALUES …`; the bound is `DEFAULT` or what stands from `FOR` on.
    pub partition_of: Option<(ObjectName<'a>, Sql<'a>)>,
    pub inherits: Vec<ObjectName<'a>>,
    pub foreign: Option<ForeignDef<'a>>,
}

/// `SERVER s OPTIONS (…)` of a foreign table.
#[derive(Clone, Debug)]
pub struct ForeignDef<'a> {
    pub server: Ident<'a>,
    pub options: Vec<OptionChange<'a>>,
}

/// `OPTIONS ([ADD | SET | DROP] name 'value')`.
#[derive(Clone, Debug)]
pub enum OptionChange<'a> {
    Add(Ident<'a>, Text<'a>),
    Set(Ident<'a>, Text<'a>),
    Drop(Ident<'a>),
}

/// `LIKE t INCLUDING …`.
#[derive(Clone, Debug)]
pub struct Like<'a> {
    pub table: ObjectName<'a>,
    /// `INCLUDING x` is `(true, "x")`, in lower case; the last one about a thing counts.
    pub options: Vec<(bool, String)>,
    /// How many columns stand before it.
    pub at: usize,
}

/// PostgreSQL's `PARTITION BY range (a, lower(b))`.
#[derive(Clone, Debug)]
pub struct PartitionBy<'a> {
    /// Lower case.
    pub method: String,
    pub columns: Vec<IndexColumn<'a>>,
}

/// `ENGINE=InnoDB`, `COMMENT='…'`, `STRICT`, `WITHOUT ROWID`, `WITH (fillfactor=70)`: the key in lower
/// case with single blanks (`default charset` and `character set` are `charset`), the value unquoted.
#[derive(Clone, Debug)]
pub struct TableOption<'a> {
    pub key: String,
    pub value: Cow<'a, str>,
    pub span: Span,
}

impl TableOption<'_> {
    /// SQLite: what is done with a row that breaks the rule.
    pub const CONFLICT: &'static str = "on_conflict";
    /// SQLite: a column is said to be the primary key, in descending order.
    pub const DESCENDING: &'static str = "descending";
}

/// Where MySQL puts a column that would stand last, or where it stood.
#[derive(Clone, Debug)]
pub enum ColumnPlace<'a> {
    First,
    After(Ident<'a>),
}

#[derive(Clone, Debug)]
pub struct ColumnDef<'a> {
    pub name: Ident<'a>,
    /// SQLite lets a column have no type.
    pub ty: Option<TypeName<'a>>,
    pub options: Vec<ColumnOption<'a>>,
    pub place: Option<ColumnPlace<'a>>,
    pub span: Span,
}

/// A type as written: `character varying(50)[]`, `int unsigned`, `enum('a','b')`, `public.mood`.
#[derive(Clone, Debug, Default)]
pub struct TypeName<'a> {
    pub schema: Option<Ident<'a>>,
    /// Unquoted words in lower case with single blanks (`timestamp with time zone`, where `(p)` may
    /// stand in the middle); a quoted name as it is.
    pub name: String,
    pub quoted: bool,
    /// `(10, 2)` as two trimmed texts; `enum` and `set` have `values` instead.
    pub args: Vec<Cow<'a, str>>,
    pub values: Vec<Text<'a>>,
    /// Number of array dimensions.
    pub dimensions: u8,
    pub unsigned: bool,
    pub zerofill: bool,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct ColumnOption<'a> {
    /// `CONSTRAINT name` before it.
    pub name: Option<Ident<'a>>,
    pub kind: ColumnOptionKind<'a>,
    pub deferrable: bool,
    pub initially_deferred: bool,
    /// Of a foreign key.
    pub not_enforced: bool,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum ColumnOptionKind<'a> {
    Null,
    NotNull {
        no_inherit: bool,
    },
    Default(Sql<'a>),
    /// `PRIMARY KEY`, with SQLite's `AUTOINCREMENT`.
    PrimaryKey {
        autoincrement: bool,
        options: Vec<TableOption<'a>>,
    },
    Unique {
        nulls_not_distinct: bool,
        options: Vec<TableOption<'a>>,
    },
    Check {
        expression: Sql<'a>,
        no_inherit: bool,
        not_enforced: bool,
    },
    References(ForeignKeyTarget<'a>),
    Generated {
        expression: Sql<'a>,
        stored: bool,
    },
    Identity {
        always: bool,
        sequence: Box<SequenceOptions<'a>>,
    },
    AutoIncrement,
    OnUpdate(Sql<'a>),
    Comment(Text<'a>),
    Collate(ObjectName<'a>),
    /// `OPTIONS (…)` of a foreign table's column.
    ForeignOptions(Vec<OptionChange<'a>>),
    Charset(Ident<'a>),
    /// MySQL's `VARCHAR(20) BINARY`: the binary collation of the character set.
    Binary,
    Invisible,
    /// `STORAGE plain`, `COMPRESSION lz4`: PostgreSQL's, in lower case.
    Setting(&'static str, String),
    /// Something that the schema does not record (`COLUMN_FORMAT …`).
    Other(Sql<'a>),
}

impl ColumnOptionKind<'_> {
    pub fn is_null_default(&self) -> bool {
        matches!(self, Self::Default(sql) if sql.text.eq_ignore_ascii_case("null"))
    }
}
