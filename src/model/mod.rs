//! The schema, as data: what a database holds, whichever road it came by. Knows no syntax, no SQL, no dialect.

#[macro_use]
mod each;

pub mod access;
pub mod column_type;
pub mod expr;
mod foreign;
pub mod kind;
pub mod kinds;
pub mod lists;
pub mod partition;
mod rename;
pub mod routine;
pub mod value;

use std::collections::BTreeMap;

use crate::base::{Map, Name, Place, QName};

pub use access::{Access, Grant, Grantee, Grants, Holder, Holders};
pub use column_type::ColumnType;
pub use expr::Expr;
pub use foreign::Foreign;
pub use kind::{Allow, Field, FieldPair, Id, Info, Kind, Meta};
pub use kinds::{
    Aggregate, Attribute, Check, Column, CompositeType, ConstraintTrigger, DefaultPrivileges,
    Domain, DomainCheck, EnumType, EnumValue, Event, EventTrigger, Exclusion, Extension, Facts,
    ForeignKey, Function, Index, IndexColumn, IndexKey, KINDS, MaterializedView, Namespace,
    NotNull, Object, PartVisitor, Policy, PrimaryKey, Procedure, Publication, PublishedTable,
    RangeType, Role, Rule, Sequence, Statistics, Table, TopVisitor, Trigger, Unique, Verbatim,
    View, ViewColumn,
};
pub use lists::{Owner, OwnerVisitor, TopKey};
pub use partition::{PartitionBy, PartitionOf, ReplicaIdentity};
pub use routine::{Argument, Returns, Routine};
pub use value::{Action, Deferral, Generated, Identity};

/// All objects of one database.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    pub roles: Map<Name, Role>,
    pub namespaces: Map<Name, Namespace>,
    pub extensions: Map<Name, Extension>,
    pub enums: Map<QName, EnumType>,
    pub domains: Map<QName, Domain>,
    pub composites: Map<QName, CompositeType>,
    pub ranges: Map<QName, RangeType>,
    pub sequences: Map<QName, Sequence>,
    /// By name and types of arguments: `f(integer, text)`.
    pub functions: Map<QName, Function>,
    pub procedures: Map<QName, Procedure>,
    pub aggregates: Map<QName, Aggregate>,
    /// By what they are and their name: `operator public.@@(text, text)`.
    pub verbatims: Map<QName, Verbatim>,
    pub tables: Map<QName, Table>,
    pub views: Map<QName, View>,
    pub materialized_views: Map<QName, MaterializedView>,
    pub statistics: Map<QName, Statistics>,
    pub events: Map<QName, Event>,
    pub event_triggers: Map<Name, EventTrigger>,
    pub publications: Map<Name, Publication>,
    pub default_privileges: Map<QName, DefaultPrivileges>,
    /// The modules that objects belong to; they group a plan and are not compared.
    pub modules: BTreeMap<Name, Module>,
    /// Things that may exist beside what is known: why nobody can tell.
    pub unknowns: Vec<Unknown>,
}

/// The header of a KDL file.
#[derive(Clone, Debug)]
pub struct Module {
    pub name: Name,
    pub title: Option<String>,
    pub owner: Option<String>,
    pub priority: Option<String>,
    pub uses: Vec<Name>,
    /// The rules that do not apply to the module's objects.
    pub allow: Vec<Allow>,
    pub place: Place,
}

/// A statement of the history whose effect is not known.
#[derive(Clone, Debug)]
pub struct Unknown {
    pub place: Place,
    /// The table it is about, where that much is known.
    pub table: Option<QName>,
    /// It makes nothing that an expression could name.
    pub inert: bool,
    pub reason: String,
}

impl Schema {
    /// Returns whether a statement whose effect is not known may have made what an expression names.
    pub fn may_hold_more(&self) -> bool {
        self.unknowns.iter().any(|it| !it.inert)
    }

    /// Returns the table, external ones included.
    pub fn table(&self, name: &QName) -> Option<&Table> {
        self.tables.get(name)
    }

    /// Returns the tables that plans may touch.
    pub fn managed_tables(&self) -> impl Iterator<Item = &Table> {
        self.tables.values().filter(|it| !it.meta.external)
    }
}
