//! Statements of a script, as far as they concern the schema; every part knows its place.

use std::borrow::Cow;

use crate::base::Span;

/// One statement of a script, without its terminator.
#[derive(Clone, Debug)]
pub struct Statement<'a> {
    pub span: Span,
    pub class: Class<'a>,
}

/// What a statement is to the schema; each statement is of exactly one class.
#[derive(Clone, Debug)]
pub enum Class<'a> {
    /// Understood; changes the schema.
    Schema(Box<Ddl<'a>>),
    /// Reads or writes rows.
    Data,
    /// Concerns the session only.
    Session(Session<'a>),
    /// Understood, but nothing that the schema records.
    NoEffect,
    /// No server of the dialect takes it.
    Rejected(Fault),
    /// May change the schema in a way that is not known.
    NotUnderstood(Fault),
}

/// Why, and at which bytes, a statement could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub span: Span,
    /// Lower case, no full stop: "expected a type, found `,`".
    pub reason: String,
}

/// Session settings that change what later statements mean.
#[derive(Clone, Debug)]
pub enum Session<'a> {
    /// `SET search_path`; `set_config('search_path', …)`.
    SearchPath(Vec<Ident<'a>>),
    /// `USE db`.
    Use(Ident<'a>),
    /// `SET FOREIGN_KEY_CHECKS`.
    ForeignKeyChecks(bool),
    Other,
}

/// An identifier, folded as the dialect folds unquoted ones.
#[derive(Clone, Debug)]
pub struct Ident<'a> {
    pub text: Cow<'a, str>,
    pub span: Span,
}

/// `[schema.]name`; a leading database name is dropped.
#[derive(Clone, Debug)]
pub struct ObjectName<'a> {
    pub schema: Option<Ident<'a>>,
    pub name: Ident<'a>,
    pub span: Span,
}

/// SQL text that is kept as written: an expression, a query, a body.
#[derive(Clone, Copy, Debug)]
pub struct Sql<'a> {
    pub text: &'a str,
    pub span: Span,
}

/// A string constant with its escapes resolved.
#[derive(Clone, Debug)]
pub struct Text<'a> {
    pub text: Cow<'a, str>,
    pub span: Span,
}

/// Statements that change the schema.
#[derive(Clone, Debug)]
pub enum Ddl<'a> {
    CreateSchema(CreateSchema<'a>),
    CreateEnum(CreateEnum<'a>),
    CreateTable(CreateTable<'a>),
    CreateIndex(CreateIndex<'a>),
    CreateFunction(CreateFunction<'a>),
    CreateTrigger(CreateTrigger<'a>),
    AlterEnum(AlterEnum<'a>),
    AlterTable(AlterTable<'a>),
    /// `ALTER INDEX a RENAME TO b`.
    RenameIndex {
        name: ObjectName<'a>,
        to: Ident<'a>,
        if_exists: bool,
    },
    /// `RENAME TABLE a TO b, …`.
    RenameTables(Vec<(ObjectName<'a>, ObjectName<'a>)>),
    Drop(Drop<'a>),
    Comment(Comment<'a>),
}

#[derive(Clone, Debug)]
pub struct CreateSchema<'a> {
    pub name: Ident<'a>,
    pub if_not_exists: bool,
}

#[derive(Clone, Debug)]
pub struct CreateEnum<'a> {
    pub name: ObjectName<'a>,
    pub values: Vec<Text<'a>>,
}

#[derive(Clone, Debug)]
pub struct CreateTable<'a> {
    pub name: ObjectName<'a>,
    pub temporary: bool,
    pub unlogged: bool,
    pub or_replace: bool,
    pub if_not_exists: bool,
    pub columns: Vec<ColumnDef<'a>>,
    pub constraints: Vec<TableConstraint<'a>>,
    /// `LIKE t` inside the parentheses, or `CREATE TABLE a LIKE b`.
    pub like: Option<ObjectName<'a>>,
    /// `CREATE TABLE … AS query`: the columns depend on the query.
    pub as_query: Option<Sql<'a>>,
    pub options: Vec<TableOption<'a>>,
    /// `PARTITION BY …`, `PARTITION OF …`, `INHERITS (…)`: kept as written.
    pub partition: Option<Sql<'a>>,
    pub inherits: Option<Sql<'a>>,
}

/// `ENGINE=InnoDB`, `COMMENT='…'`, `STRICT`, `WITHOUT ROWID`, `WITH (fillfactor=70)`: the key in lower
/// case with single blanks (`default charset` and `character set` are `charset`), the value unquoted.
#[derive(Clone, Debug)]
pub struct TableOption<'a> {
    pub key: String,
    pub value: Cow<'a, str>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct ColumnDef<'a> {
    pub name: Ident<'a>,
    /// SQLite lets a column have no type.
    pub ty: Option<TypeName<'a>>,
    pub options: Vec<ColumnOption<'a>>,
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
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum ColumnOptionKind<'a> {
    Null,
    NotNull,
    Default(Sql<'a>),
    /// `PRIMARY KEY`, with SQLite's `AUTOINCREMENT`.
    PrimaryKey {
        autoincrement: bool,
    },
    Unique,
    Check(Sql<'a>),
    References(ForeignKeyTarget<'a>),
    Generated {
        expression: Sql<'a>,
        stored: bool,
    },
    Identity {
        always: bool,
    },
    AutoIncrement,
    OnUpdate(Sql<'a>),
    Comment(Text<'a>),
    Collate(Ident<'a>),
    Charset(Ident<'a>),
    Invisible,
    /// Something that the schema does not record (`STORAGE plain`, `COLUMN_FORMAT …`).
    Other(Sql<'a>),
}

#[derive(Clone, Debug)]
pub struct ForeignKeyTarget<'a> {
    pub table: ObjectName<'a>,
    /// Empty: the primary key.
    pub columns: Vec<Ident<'a>>,
    pub on_delete: Option<Action>,
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
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum ConstraintKind<'a> {
    PrimaryKey {
        columns: Vec<IndexColumn<'a>>,
    },
    Unique {
        columns: Vec<IndexColumn<'a>>,
        nulls_not_distinct: bool,
        include: Vec<Ident<'a>>,
    },
    /// `UNIQUE`/`PRIMARY KEY … USING INDEX i` of PostgreSQL.
    UsingIndex {
        index: Ident<'a>,
        primary: bool,
    },
    Check {
        expression: Sql<'a>,
        enforced: bool,
    },
    ForeignKey {
        columns: Vec<Ident<'a>>,
        target: ForeignKeyTarget<'a>,
    },
    /// MySQL's `KEY`, `FULLTEXT KEY`, `SPATIAL KEY`.
    Index(IndexDef<'a>),
    Exclude(Sql<'a>),
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
    pub collate: Option<Ident<'a>>,
    pub opclass: Option<Ident<'a>>,
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
    pub def: IndexDef<'a>,
}

/// Name and whole text; bodies are not looked into.
#[derive(Clone, Debug)]
pub struct CreateFunction<'a> {
    pub name: ObjectName<'a>,
    pub text: Sql<'a>,
}

#[derive(Clone, Debug)]
pub struct CreateTrigger<'a> {
    pub name: ObjectName<'a>,
    pub table: ObjectName<'a>,
    pub text: Sql<'a>,
}

#[derive(Clone, Debug)]
pub struct AlterEnum<'a> {
    pub name: ObjectName<'a>,
    pub change: EnumChange<'a>,
}

#[derive(Clone, Debug)]
pub enum EnumChange<'a> {
    /// `ADD VALUE 'x' [BEFORE|AFTER 'y']`.
    AddValue {
        value: Text<'a>,
        if_not_exists: bool,
        /// `(true, y)` is `BEFORE y`.
        neighbour: Option<(bool, Text<'a>)>,
    },
    RenameValue {
        from: Text<'a>,
        to: Text<'a>,
    },
    RenameTo(Ident<'a>),
    SetSchema(Ident<'a>),
}

#[derive(Clone, Debug)]
pub struct AlterTable<'a> {
    pub name: ObjectName<'a>,
    pub if_exists: bool,
    pub actions: Vec<AlterAction<'a>>,
}

#[derive(Clone, Debug)]
pub struct AlterAction<'a> {
    pub kind: AlterKind<'a>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum AlterKind<'a> {
    AddColumn {
        column: ColumnDef<'a>,
        if_not_exists: bool,
    },
    DropColumn {
        name: Ident<'a>,
        if_exists: bool,
        cascade: bool,
    },
    /// `ALTER [COLUMN] c …`.
    AlterColumn {
        name: Ident<'a>,
        change: ColumnChange<'a>,
    },
    /// MySQL's `MODIFY c def`: the whole definition anew; constraints stay.
    ModifyColumn {
        column: ColumnDef<'a>,
        if_exists: bool,
    },
    /// MySQL's `CHANGE old new def`.
    ChangeColumn {
        from: Ident<'a>,
        column: ColumnDef<'a>,
        if_exists: bool,
    },
    RenameColumn {
        from: Ident<'a>,
        to: Ident<'a>,
        if_exists: bool,
    },
    RenameTo(ObjectName<'a>),
    RenameConstraint {
        from: Ident<'a>,
        to: Ident<'a>,
    },
    RenameIndex {
        from: Ident<'a>,
        to: Ident<'a>,
    },
    AddConstraint {
        constraint: TableConstraint<'a>,
        if_not_exists: bool,
    },
    /// Of any kind; MySQL's `DROP CONSTRAINT` too.
    DropConstraint {
        name: Ident<'a>,
        if_exists: bool,
        cascade: bool,
    },
    DropPrimaryKey,
    DropForeignKey {
        name: Ident<'a>,
        if_exists: bool,
    },
    DropIndex {
        name: Ident<'a>,
        if_exists: bool,
    },
    DropCheck {
        name: Ident<'a>,
    },
    /// PostgreSQL's `ALTER CONSTRAINT … [NOT] DEFERRABLE [INITIALLY …]`.
    AlterConstraint {
        name: Ident<'a>,
        deferrable: bool,
        initially_deferred: bool,
    },
    ValidateConstraint(Ident<'a>),
    SetSchema(Ident<'a>),
    Option(TableOption<'a>),
    ConvertCharset {
        charset: Ident<'a>,
        collate: Option<Ident<'a>>,
    },
    /// Understood, but nothing that the schema records (`OWNER TO`, `ENABLE KEYS`, …).
    NoEffect,
    /// May change the schema in a way that is not known; the other actions still count.
    NotUnderstood(Fault),
}

#[derive(Clone, Debug)]
pub enum ColumnChange<'a> {
    SetType {
        ty: TypeName<'a>,
        collate: Option<Ident<'a>>,
    },
    SetDefault(Sql<'a>),
    DropDefault,
    SetNotNull,
    DropNotNull,
    AddIdentity {
        always: bool,
    },
    SetIdentity {
        always: bool,
    },
    DropIdentity {
        if_exists: bool,
    },
    DropExpression {
        if_exists: bool,
    },
    SetInvisible(bool),
    /// `SET STATISTICS`, `SET STORAGE`, …
    NoEffect,
}

#[derive(Clone, Debug)]
pub struct Drop<'a> {
    pub kind: DropKind,
    pub names: Vec<ObjectName<'a>>,
    /// `DROP INDEX i ON t`, `DROP TRIGGER g ON t`.
    pub table: Option<ObjectName<'a>>,
    pub if_exists: bool,
    pub cascade: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DropKind {
    Schema,
    Table,
    Index,
    Type,
    Function,
    Trigger,
}

#[derive(Clone, Debug)]
pub struct Comment<'a> {
    pub on: CommentTarget<'a>,
    /// `None` is `IS NULL`.
    pub text: Option<Text<'a>>,
}

#[derive(Clone, Debug)]
pub enum CommentTarget<'a> {
    Schema(Ident<'a>),
    Table(ObjectName<'a>),
    Column(ObjectName<'a>, Ident<'a>),
    Index(ObjectName<'a>),
    Type(ObjectName<'a>),
    Constraint { name: Ident<'a>, table: ObjectName<'a> },
}
