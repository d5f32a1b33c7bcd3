//! `ALTER TABLE` and its parts.

use super::{
    ColumnDef, Fault, Firing, Ident, ObjectName, OptionChange, RoleRef, SequenceOptions, Sql,
    TableConstraint, TableOption, TypeName,
};
use crate::base::Span;

#[derive(Clone, Debug)]
pub struct AlterTable<'a> {
    pub name: ObjectName<'a>,
    pub if_exists: bool,
    /// `ONLY t`: tables that inherit from it stay as they are.
    pub only: bool,
    /// `ALTER FOREIGN TABLE`
    pub foreign: bool,
    pub actions: Vec<AlterAction<'a>>,
}

#[derive(Clone, Debug)]
pub struct AlterAction<'a> {
    pub kind: AlterKind<'a>,
    pub span: Span,
}

impl<'a> AlterKind<'a> {
    /// Returns the definition of a column that the action states whole.
    pub fn definition(&self) -> Option<&ColumnDef<'a>> {
        match self {
            Self::AddColumn { column, .. }
            | Self::ModifyColumn { column, .. }
            | Self::ChangeColumn { column, .. } => Some(column),
            _ => None,
        }
    }
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
    /// PostgreSQL's `ALTER CONSTRAINT … [NOT] DEFERRABLE [INITIALLY …] [NOT ENFORCED] [NO INHERIT]`.
    AlterConstraint {
        name: Ident<'a>,
        /// Deferrable, initially deferred.
        deferral: Option<(bool, bool)>,
        enforced: Option<bool>,
        inherit: Option<bool>,
    },
    /// `ENABLE TRIGGER` and its like.
    Firing(Firing<'a>),
    /// MySQL's `ALTER INDEX … [IN]VISIBLE`.
    AlterIndex {
        name: Ident<'a>,
        invisible: bool,
    },
    ValidateConstraint(Ident<'a>),
    SetSchema(Ident<'a>),
    SetUnlogged(bool),
    /// `[NO] FORCE`, `ENABLE` and `DISABLE ROW LEVEL SECURITY`.
    RowSecurity {
        forced: bool,
        on: bool,
    },
    OwnerTo(RoleRef<'a>),
    Option(TableOption<'a>),
    /// `RESET (fillfactor, …)`.
    ResetOptions(Vec<String>),
    /// The bound is `DEFAULT` or what stands from `FOR` on.
    AttachPartition {
        child: ObjectName<'a>,
        bound: Sql<'a>,
    },
    DetachPartition {
        child: ObjectName<'a>,
        concurrently: bool,
    },
    Inherit(ObjectName<'a>),
    NoInherit(ObjectName<'a>),
    OfType(ObjectName<'a>),
    /// `OPTIONS (…)` of a foreign table.
    ForeignOptions(Vec<OptionChange<'a>>),
    NotOfType,
    ReplicaIdentity(ReplicaIdentity<'a>),
    /// `CLUSTER ON i`, `SET WITHOUT CLUSTER`.
    ClusterOn(Option<Ident<'a>>),
    ConvertCharset {
        charset: Ident<'a>,
        collate: Option<Ident<'a>>,
    },
    /// MySQL's partitions.
    Partition(PartitionChange<'a>),
    /// MySQL's `ORDER BY a, t.b DESC`: the columns that rows are put in order by, each with the table it is said to be of.
    OrderBy(Vec<(Option<Ident<'a>>, Ident<'a>)>),
    /// How the server is to do it, in lower case: `algorithm`, `lock` and a word.
    Way(&'static str, &'static str),
    /// Understood, but nothing that the schema records (`ENABLE KEYS`, …).
    NoEffect,
    /// May change the schema in a way that is not known; the other actions still count.
    NotUnderstood(Fault),
}

#[derive(Clone, Debug)]
pub enum ColumnChange<'a> {
    SetType {
        ty: TypeName<'a>,
        collate: Option<ObjectName<'a>>,
        /// `USING expression` says how rows are converted.
        using: Option<Sql<'a>>,
    },
    SetDefault(Sql<'a>),
    DropDefault,
    SetNotNull,
    DropNotNull,
    AddIdentity {
        always: bool,
        sequence: Box<SequenceOptions<'a>>,
    },
    /// `SET GENERATED …`, `SET START …`, `RESTART`.
    SetIdentity {
        always: Option<bool>,
        sequence: Box<SequenceOptions<'a>>,
    },
    DropIdentity {
        if_exists: bool,
    },
    DropExpression {
        if_exists: bool,
    },
    /// PostgreSQL 17's `SET EXPRESSION AS (…)`.
    SetExpression(Sql<'a>),
    /// `OPTIONS (…)` of a foreign table's column.
    ForeignOptions(Vec<OptionChange<'a>>),
    SetInvisible(bool),
    /// `SET STATISTICS`, `SET STORAGE`, `SET (n_distinct = …)`; no value takes it back.
    Settings(Vec<(String, Option<String>)>),
}

#[derive(Clone, Debug)]
pub enum ReplicaIdentity<'a> {
    Default,
    Full,
    Nothing,
    Index(Ident<'a>),
}

/// `ALTER INDEX`, but for its renaming.
#[derive(Clone, Debug)]
pub struct AlterIndex<'a> {
    pub name: ObjectName<'a>,
    pub if_exists: bool,
    pub change: IndexChange<'a>,
}

#[derive(Clone, Debug)]
pub enum IndexChange<'a> {
    AttachPartition(ObjectName<'a>),
    /// No value takes it back.
    Options(Vec<(String, Option<String>)>),
    /// `ALTER COLUMN 1 SET STATISTICS 100`.
    Statistics {
        column: usize,
        value: Option<String>,
    },
    /// Tablespace, extensions it depends on.
    NoEffect,
}

/// What MySQL's `ALTER TABLE` does to the partitions of a table.
#[derive(Clone, Debug)]
pub enum PartitionChange<'a> {
    /// `PARTITION BY …`.
    By(Sql<'a>),
    /// What stands inside the parentheses of `ADD PARTITION (…)`.
    Add {
        list: Sql<'a>,
        if_not_exists: bool,
    },
    /// `ADD PARTITION PARTITIONS n`.
    Grow(usize, Span),
    /// `COALESCE PARTITION n`.
    Shrink(usize, Span),
    Drop {
        names: Vec<Ident<'a>>,
        if_exists: bool,
        span: Span,
    },
    /// `REORGANIZE PARTITION a, b INTO (…)`.
    Reorganize {
        names: Vec<Ident<'a>>,
        into: Option<Sql<'a>>,
        span: Span,
    },
    /// Rows are moved about; no name stands for all partitions.
    Move {
        names: Vec<Ident<'a>>,
        span: Span,
    },
    /// `EXCHANGE PARTITION p WITH TABLE t`.
    Exchange {
        name: Ident<'a>,
        table: ObjectName<'a>,
        span: Span,
    },
    /// `REMOVE PARTITIONING`.
    Remove(Span),
}

impl PartitionChange<'_> {
    pub fn span(&self) -> Span {
        match self {
            Self::By(sql) | Self::Add { list: sql, .. } => sql.span,
            Self::Grow(_, span)
            | Self::Shrink(_, span)
            | Self::Drop { span, .. }
            | Self::Reorganize { span, .. }
            | Self::Exchange { span, .. }
            | Self::Move { span, .. }
            | Self::Remove(span) => *span,
        }
    }
}
