//! Statements of a script, as far as they concern the schema; every part knows its place.

mod access;
mod alter;
mod block;
mod definition;
mod key;
mod object;
mod query;
mod routine;
mod sequence;
mod session;
mod stored;
mod table;
mod trigger;
mod types;
mod verbatim;
mod view;

use std::borrow::Cow;

use super::Reading;

pub use access::{
    DefaultGrant, Grant, GrantRole, GrantTarget, PolicyDef, Privilege, RenamePolicy, RoleChange,
    RoleDef, RoleKind, RoleRef, SetOwner,
};
pub use alter::{
    AlterAction, AlterIndex, AlterKind, AlterTable, ColumnChange, IndexChange, PartitionChange,
    ReplicaIdentity,
};
pub use block::{Block, Declare, Handler, Named, Over, Raise, Step, StepKind, Target};
pub use definition::{
    Attribute, AttributeValue, ClassDef, ClassMember, Definition, MappingChange, MappingKind,
};
pub use key::{
    Action, ConstraintKind, CreateIndex, ExclusionDef, ForeignKeyTarget, IndexColumn, IndexDef,
    IndexKey, IndexMethod, TableConstraint,
};
pub use object::{ObjectKind, ObjectRef};
pub use query::{
    Body, Call, Conflict, Ex, From, Item, Join, Query, RowsChange, Select, Source, Test,
};
pub use routine::{
    AggregateValue, AlterRoutine, ArgumentDef, CreateAggregate, CreateRoutine, DropRoutines,
    RoutineChange, RoutineKind, RoutineOption, RoutineRef, Setting, SettingValue, ValueType,
};
pub use sequence::{AlterSequence, CreateSequence, SequenceChange, SequenceOptions};
pub use session::{ModeChange, ModesFrom, Session};
pub use stored::{
    AlterStored, CreateStored, DropStored, EventDef, Parameter, RoutineDef, Stored, StoredKind,
    StoredType, TriggerDef,
};
pub use table::{
    ColumnDef, ColumnOption, ColumnOptionKind, ColumnPlace, CreateTable, ForeignDef, Like,
    OptionChange, PartitionBy, TableOption, TypeName,
};
pub use trigger::{
    AlterEventTrigger, AlterTrigger, ConstraintTriggerDef, CreateEventTrigger, CreateTrigger,
    EventTriggerChange, Firing,
};
pub use types::{
    AlterComposite, AlterDomain, AlterExtension, AttributeChange, AttributeDef, CreateComposite,
    CreateDomain, CreateExtension, CreateRange, DomainChange, DomainCheckDef, RenameSchema,
};
pub use verbatim::{
    AlterPublication, AlterStatistics, AlterVerbatim, Amendment, CreatePublication,
    CreateStatistics, CreateVerbatim, DropVerbatim, PublicationChange, Published, StatisticsChange,
    VerbatimChange, VerbatimRef,
};
pub use view::{AlterRule, AlterView, CreateRule, CreateView, ViewChange};

use crate::base::Span;

/// One statement of a script, without its terminator.
#[derive(Clone, Debug)]
pub struct Statement<'a> {
    pub span: Span,
    /// As a session of no mode that reads it otherwise would be told.
    pub text: &'a str,
    /// How the session reads what stands in the script.
    pub reading: Reading,
    /// The mysql client sends it along with the one before, between two of its delimiters: if that fails, the server does
    /// not read on (<https://dev.mysql.com/doc/c-api/9.0/en/c-api-multiple-queries.html>).
    pub joined: bool,
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
    /// What it does depends on what is there: a block, a call, a prepared statement.
    Program(Box<Step<'a>>),
    /// The client reads another file in its place.
    Include(Include<'a>),
    /// Understood, but nothing that the schema records.
    NoEffect,
    /// The same, of relations that have to be there.
    Upkeep(Upkeep<'a>),
    /// No server of the dialect takes it.
    Rejected(Fault),
    /// May change the schema in a way that is not known.
    NotUnderstood(Fault),
}

/// `ANALYZE`, `VACUUM`, `CLUSTER`, `REINDEX`, `REFRESH`, `LOCK`, `TRUNCATE`.
#[derive(Clone, Debug)]
pub struct Upkeep<'a> {
    pub kind: UpkeepKind,
    pub relations: Vec<ObjectName<'a>>,
    /// It is `CLUSTER`.
    pub clusters: bool,
    /// `TRUNCATE … CASCADE`.
    pub cascade: bool,
    /// `CLUSTER table USING index`
    pub cluster_on: Option<Ident<'a>>,
}

/// What the relations have to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpkeepKind {
    Any,
    Index,
    MaterializedView,
    /// Its rows go.
    Table,
}

/// psql's `\i file` and `\ir file`, mysql's `source file`.
#[derive(Clone, Debug)]
pub struct Include<'a> {
    pub path: Cow<'a, str>,
    /// From the folder of the file that says so, not from the one that the client works in.
    pub relative: bool,
}

/// Why, and at which bytes, a statement could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub span: Span,
    /// Lower case, no full stop: "expected a type, found `,`".
    pub reason: String,
}

/// What begins, ends or goes back in a transaction.
#[derive(Clone, Debug)]
pub enum Transaction<'a> {
    Begin,
    /// `chain`: another one begins at once.
    Commit {
        chain: bool,
    },
    Rollback {
        chain: bool,
    },
    Savepoint(Ident<'a>),
    Release(Ident<'a>),
    RollbackTo(Ident<'a>),
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
    AlterComposite(AlterComposite<'a>),
    AlterDomain(AlterDomain<'a>),
    AlterExtension(AlterExtension<'a>),
    AlterPublication(AlterPublication<'a>),
    AlterStatistics(AlterStatistics<'a>),
    AlterVerbatim(AlterVerbatim<'a>),
    CreateComposite(CreateComposite<'a>),
    CreateDomain(CreateDomain<'a>),
    CreateExtension(CreateExtension<'a>),
    CreatePublication(CreatePublication<'a>),
    CreateRange(CreateRange<'a>),
    CreateStatistics(CreateStatistics<'a>),
    CreateVerbatim(CreateVerbatim<'a>),
    DropVerbatim(DropVerbatim<'a>),
    RenameSchema(RenameSchema<'a>),
    CreateSchema(CreateSchema<'a>),
    CreateEnum(CreateEnum<'a>),
    CreateStored(CreateStored<'a>),
    CreateTable(CreateTable<'a>),
    CreateIndex(CreateIndex<'a>),
    AlterDatabase(AlterDatabase<'a>),
    AlterEnum(AlterEnum<'a>),
    AlterEventTrigger(AlterEventTrigger<'a>),
    AlterIndex(AlterIndex<'a>),
    /// A function, procedure or aggregate.
    AlterRoutine(AlterRoutine<'a>),
    AlterSequence(AlterSequence<'a>),
    AlterStored(AlterStored<'a>),
    CreateSequence(CreateSequence<'a>),
    AlterTable(AlterTable<'a>),
    CreatePolicy(PolicyDef<'a>),
    AlterPolicy(PolicyDef<'a>),
    RenamePolicy(RenamePolicy<'a>),
    Grant(Grant<'a>),
    DefaultGrant(DefaultGrant<'a>),
    SetOwner(SetOwner<'a>),
    Role(RoleChange<'a>),
    AlterTrigger(AlterTrigger<'a>),
    CreateAggregate(CreateAggregate<'a>),
    CreateEventTrigger(CreateEventTrigger<'a>),
    CreateRoutine(CreateRoutine<'a>),
    CreateTrigger(CreateTrigger<'a>),
    /// `ALTER INDEX a RENAME TO b`.
    RenameIndex {
        name: ObjectName<'a>,
        to: Ident<'a>,
        if_exists: bool,
    },
    /// `RENAME TABLE a TO b, …`.
    RenameTables {
        pairs: Vec<(ObjectName<'a>, ObjectName<'a>)>,
        if_exists: bool,
    },
    AlterRule(AlterRule<'a>),
    AlterView(AlterView<'a>),
    CreateRule(CreateRule<'a>),
    CreateView(CreateView<'a>),
    Drop(Drop<'a>),
    DropStored(DropStored<'a>),
    DropRoutines(DropRoutines<'a>),
    Comment(Comment<'a>),
}

#[derive(Clone, Debug)]
pub struct CreateSchema<'a> {
    /// `AUTHORIZATION role`.
    pub owner: Option<RoleRef<'a>>,
    /// `None`: the owner's.
    pub name: Option<Ident<'a>>,
    pub if_not_exists: bool,
    /// Of MySQL's databases.
    pub options: Vec<TableOption<'a>>,
    /// What is made along with it and in it.
    pub elements: Vec<(Ddl<'a>, Span)>,
    pub span: Span,
}

/// MySQL's `ALTER DATABASE`; without a name it is the one in use.
#[derive(Clone, Debug)]
pub struct AlterDatabase<'a> {
    pub name: Option<Ident<'a>>,
    pub options: Vec<TableOption<'a>>,
}

#[derive(Clone, Debug)]
pub struct CreateEnum<'a> {
    pub name: ObjectName<'a>,
    pub values: Vec<Text<'a>>,
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
pub struct Drop<'a> {
    pub kind: DropKind,
    pub names: Vec<ObjectName<'a>>,
    /// `DROP INDEX i ON t`, `DROP TRIGGER g ON t`.
    pub table: Option<ObjectName<'a>>,
    pub if_exists: bool,
    /// MySQL's `DROP TEMPORARY TABLE`, which sees no other.
    pub temporary: bool,
    pub cascade: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DropKind {
    ForeignTable,
    Domain,
    Extension,
    Publication,
    Schema,
    Statistics,
    Table,
    Index,
    Sequence,
    Type,
    Trigger,
    Policy,
    MaterializedView,
    Rule,
    View,
    EventTrigger,
}

#[derive(Clone, Debug)]
pub struct Comment<'a> {
    pub on: ObjectRef<'a>,
    /// `None` is `IS NULL`.
    pub text: Option<Text<'a>>,
}
