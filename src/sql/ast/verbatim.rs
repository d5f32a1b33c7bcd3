//! Objects that are kept as they are written, and those that only refer to tables.

use super::{
    Attribute, ClassMember, Definition, Ident, MappingChange, ObjectName, OptionChange, RoleRef,
    Sql, ValueType,
};

/// Which rare object.
#[derive(Clone, Debug)]
pub struct VerbatimRef<'a> {
    /// `OPERATOR CLASS`, as in DROP and COMMENT ON.
    pub what: &'static str,
    /// `None` for objects without a name, as casts are.
    pub name: Option<ObjectName<'a>>,
    /// What tells it apart beside its name: `(text, text)`, `USING btree`, `FOR a SERVER b`.
    pub tail: Option<Sql<'a>>,
    /// Of an operator, the types that it stands between; nothing is written for the left one of a prefix operator.
    pub operands: Vec<ValueType<'a>>,
    /// Whom a user mapping is for, and at which server.
    pub mapping: Option<(RoleRef<'a>, Ident<'a>)>,
    /// It is in no schema.
    pub global: bool,
    pub span: crate::base::Span,
}

#[derive(Clone, Debug)]
pub struct CreateVerbatim<'a> {
    pub object: VerbatimRef<'a>,
    pub text: Sql<'a>,
    pub definition: Definition<'a>,
    pub or_replace: bool,
    pub if_not_exists: bool,
}

#[derive(Clone, Debug)]
pub struct AlterVerbatim<'a> {
    pub object: VerbatimRef<'a>,
    pub if_exists: bool,
    pub change: VerbatimChange<'a>,
}

#[derive(Clone, Debug)]
pub enum VerbatimChange<'a> {
    RenameTo(Ident<'a>),
    SetSchema(Ident<'a>),
    /// Anything else, to be done again after the object is made.
    Again(Sql<'a>, Amendment<'a>),
}

/// What a change that is done again says of the object.
#[derive(Clone, Debug)]
pub enum Amendment<'a> {
    Kept,
    /// `SET (…)` of an operator, `(…)` of a dictionary.
    Attributes(Vec<Attribute<'a>>),
    /// `ADD …` to an operator family, `DROP …` of one.
    Members {
        drops: bool,
        members: Vec<ClassMember<'a>>,
    },
    Mapping(MappingChange<'a>),
    /// `OPTIONS (…)` of what stands for something outside, with functions of a wrapper.
    Options(Vec<ObjectName<'a>>, Vec<OptionChange<'a>>),
}

#[derive(Clone, Debug)]
pub struct DropVerbatim<'a> {
    pub objects: Vec<VerbatimRef<'a>>,
    pub if_exists: bool,
    pub cascade: bool,
}

#[derive(Clone, Debug)]
pub struct CreateStatistics<'a> {
    /// `None`: the server invents one.
    pub name: Option<ObjectName<'a>>,
    pub if_not_exists: bool,
    /// In lower case; empty for all.
    pub kinds: Vec<String>,
    pub keys: Vec<Sql<'a>>,
    pub table: ObjectName<'a>,
}

#[derive(Clone, Debug)]
pub struct AlterStatistics<'a> {
    pub name: ObjectName<'a>,
    pub if_exists: bool,
    pub change: StatisticsChange<'a>,
}

#[derive(Clone, Debug)]
pub enum StatisticsChange<'a> {
    RenameTo(Ident<'a>),
    SetSchema(Ident<'a>),
    Target(Sql<'a>),
}

#[derive(Clone, Debug)]
pub struct CreatePublication<'a> {
    pub name: Ident<'a>,
    pub all_tables: bool,
    pub items: Vec<Published<'a>>,
    pub options: Vec<(String, String)>,
}

/// What a publication is about.
#[derive(Clone, Debug)]
pub enum Published<'a> {
    Table {
        name: ObjectName<'a>,
        /// Without the tables that inherit from it.
        only: bool,
        columns: Vec<Ident<'a>>,
        condition: Option<Sql<'a>>,
    },
    /// `None` is `CURRENT_SCHEMA`.
    Schema(Option<Ident<'a>>),
}

#[derive(Clone, Debug)]
pub struct AlterPublication<'a> {
    pub name: Ident<'a>,
    pub change: PublicationChange<'a>,
}

#[derive(Clone, Debug)]
pub enum PublicationChange<'a> {
    Add(Vec<Published<'a>>),
    Drop(Vec<Published<'a>>),
    Set(Vec<Published<'a>>),
    Options(Vec<(String, String)>),
    RenameTo(Ident<'a>),
}
