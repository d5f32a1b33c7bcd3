//! Types, and what brings them.

use super::{Ident, ObjectName, Sql, TypeName};

#[derive(Clone, Debug)]
pub struct CreateDomain<'a> {
    pub name: ObjectName<'a>,
    pub ty: TypeName<'a>,
    pub collate: Option<ObjectName<'a>>,
    pub default: Option<Sql<'a>>,
    pub not_null: Option<bool>,
    pub checks: Vec<DomainCheckDef<'a>>,
}

#[derive(Clone, Debug)]
pub struct DomainCheckDef<'a> {
    pub name: Option<Ident<'a>>,
    pub expr: Sql<'a>,
    pub not_valid: bool,
}

#[derive(Clone, Debug)]
pub struct AlterDomain<'a> {
    pub name: ObjectName<'a>,
    pub change: DomainChange<'a>,
}

#[derive(Clone, Debug)]
pub enum DomainChange<'a> {
    /// `None` is `DROP DEFAULT`.
    Default(Option<Sql<'a>>),
    NotNull(bool),
    AddCheck(DomainCheckDef<'a>),
    DropConstraint {
        name: Ident<'a>,
        if_exists: bool,
    },
    RenameConstraint {
        from: Ident<'a>,
        to: Ident<'a>,
    },
    Validate(Ident<'a>),
    RenameTo(Ident<'a>),
    SetSchema(Ident<'a>),
}

#[derive(Clone, Debug)]
pub struct AttributeDef<'a> {
    pub name: Ident<'a>,
    pub ty: TypeName<'a>,
    pub collate: Option<ObjectName<'a>>,
}

#[derive(Clone, Debug)]
pub struct CreateComposite<'a> {
    pub name: ObjectName<'a>,
    pub attributes: Vec<AttributeDef<'a>>,
}

#[derive(Clone, Debug)]
pub struct CreateRange<'a> {
    pub name: ObjectName<'a>,
    pub subtype: TypeName<'a>,
    pub multirange: Option<ObjectName<'a>>,
    /// The other options: names in lower case, values as written.
    pub options: Vec<(String, Sql<'a>)>,
}

#[derive(Clone, Debug)]
pub struct AlterComposite<'a> {
    pub name: ObjectName<'a>,
    pub changes: Vec<AttributeChange<'a>>,
}

#[derive(Clone, Debug)]
pub enum AttributeChange<'a> {
    Add { attribute: AttributeDef<'a>, cascade: bool },
    Drop { name: Ident<'a>, if_exists: bool, cascade: bool },
    Retype { attribute: AttributeDef<'a>, cascade: bool },
    Rename { from: Ident<'a>, to: Ident<'a>, cascade: bool },
}

#[derive(Clone, Debug)]
pub struct CreateExtension<'a> {
    pub name: Ident<'a>,
    pub if_not_exists: bool,
    pub schema: Option<Ident<'a>>,
    pub version: Option<String>,
    pub cascade: bool,
}

#[derive(Clone, Debug)]
pub struct AlterExtension<'a> {
    pub name: Ident<'a>,
    /// `None` is `UPDATE`.
    pub schema: Option<Ident<'a>>,
}

/// `ALTER SCHEMA … RENAME TO`.
#[derive(Clone, Debug)]
pub struct RenameSchema<'a> {
    pub name: Ident<'a>,
    pub to: Ident<'a>,
}
