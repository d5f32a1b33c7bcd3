//! Functions, procedures and aggregates.

use super::{Ident, ObjectName, Sql, Text, TypeName};
use crate::base::Span;

/// `CREATE FUNCTION` and `CREATE PROCEDURE`.
#[derive(Clone, Debug)]
pub struct CreateRoutine<'a> {
    /// A function or a procedure.
    pub kind: RoutineKind,
    pub name: ObjectName<'a>,
    pub or_replace: bool,
    /// The columns of `RETURNS TABLE` are among them, at the end.
    pub arguments: Vec<ArgumentDef<'a>>,
    pub returns: Option<ValueType<'a>>,
    pub options: Vec<RoutineOption<'a>>,
    /// The whole statement.
    pub text: Sql<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoutineKind {
    Aggregate,
    Function,
    Procedure,
    /// `ROUTINE`: any of the others.
    Routine,
}

/// `[mode] [name] type [DEFAULT expression]`.
#[derive(Clone, Debug)]
pub struct ArgumentDef<'a> {
    /// `in`, `out`, `inout`, `variadic`, `table`.
    pub mode: &'static str,
    pub name: Option<Ident<'a>>,
    pub ty: ValueType<'a>,
    pub default: Option<Sql<'a>>,
    pub span: Span,
}

/// `[SETOF] type`, `relation.column%TYPE`.
#[derive(Clone, Debug)]
pub struct ValueType<'a> {
    pub ty: TypeName<'a>,
    pub set: bool,
    /// `%TYPE`: the type is that of the column.
    pub column: Option<(ObjectName<'a>, Ident<'a>)>,
}

/// One of the words behind the arguments of a routine, in the order written.
#[derive(Clone, Debug)]
pub enum RoutineOption<'a> {
    /// As the database folds it.
    Language(Ident<'a>),
    /// `volatile`, `stable`, `immutable`.
    Volatility(&'static str),
    Strict(bool),
    Leakproof(bool),
    Window,
    SecurityDefiner(bool),
    Parallel(Ident<'a>),
    Cost(Sql<'a>),
    Rows(Sql<'a>),
    Support(ObjectName<'a>),
    Transform(Sql<'a>),
    Set(Setting<'a>),
    /// `RESET ALL` is `None`.
    Reset(Option<String>),
    /// `AS 'text'`.
    Body(Text<'a>),
    /// `AS 'object file', 'symbol'`.
    Linked(Text<'a>, Text<'a>),
    /// `BEGIN ATOMIC … END`, `RETURN …`: no string.
    Inline(Sql<'a>),
}

/// `SET name TO value, …`.
#[derive(Clone, Debug)]
pub struct Setting<'a> {
    /// In lower case.
    pub name: String,
    pub value: SettingValue<'a>,
}

#[derive(Clone, Debug)]
pub enum SettingValue<'a> {
    /// Words as the database folds them, strings resolved, numbers as written.
    To(Vec<Ident<'a>>),
    Default,
    FromCurrent,
}

/// A routine where a statement is about one: `f`, `f(integer, x text)`, `agg(*)`.
#[derive(Clone, Debug)]
pub struct RoutineRef<'a> {
    pub kind: RoutineKind,
    pub name: ObjectName<'a>,
    /// `None`: the name has to be enough.
    pub arguments: Option<Vec<ArgumentDef<'a>>>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct AlterRoutine<'a> {
    pub what: RoutineRef<'a>,
    pub change: RoutineChange<'a>,
}

#[derive(Clone, Debug)]
pub enum RoutineChange<'a> {
    Options(Vec<RoutineOption<'a>>),
    RenameTo(Ident<'a>),
    SetSchema(Ident<'a>),
    /// `[NO] DEPENDS ON EXTENSION x`, which the schema does not record.
    DependsOnExtension,
}

#[derive(Clone, Debug)]
pub struct DropRoutines<'a> {
    pub kind: RoutineKind,
    pub routines: Vec<RoutineRef<'a>>,
    pub if_exists: bool,
    pub cascade: bool,
}

#[derive(Clone, Debug)]
pub struct CreateAggregate<'a> {
    pub name: ObjectName<'a>,
    pub or_replace: bool,
    /// `None` in the old syntax, whose `basetype` is among the options; `(*)` is an empty list.
    pub arguments: Option<Vec<ArgumentDef<'a>>>,
    /// Those behind `ORDER BY`.
    pub ordered: Option<Vec<ArgumentDef<'a>>>,
    /// `sfunc = x` by its lower-case name.
    pub options: Vec<(Ident<'a>, AggregateValue<'a>)>,
}

#[derive(Clone, Debug)]
pub enum AggregateValue<'a> {
    /// The option is a word that stands alone.
    None,
    Function(ObjectName<'a>),
    Text(Text<'a>),
    Type(TypeName<'a>),
    /// An operator, a word or a number.
    Written(Sql<'a>),
}
