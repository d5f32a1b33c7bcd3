//! The schema, as data: what a database holds, whichever road it came by. Knows no syntax, no SQL, no dialect.

pub mod column_type;
pub mod expr;
pub mod kind;
pub mod kinds;
pub mod partition;
mod rename;
pub mod value;

use std::collections::BTreeMap;

use crate::base::{Name, Place, QName};

pub use column_type::ColumnType;
pub use expr::Expr;
pub use kind::{Allow, Field, Id, Info, Kind, Meta};
pub use kinds::{
    Check, Column, EnumType, EnumValue, ForeignKey, Index, IndexColumn, IndexKey, KINDS, Namespace,
    Object, PartVisitor, PrimaryKey, Table, Unique,
};
pub use partition::{PartitionBy, PartitionOf, ReplicaIdentity};
pub use value::{Action, Deferral, Generated, Identity};

/// All objects of one database.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    pub namespaces: BTreeMap<Name, Namespace>,
    pub enums: BTreeMap<QName, EnumType>,
    pub tables: BTreeMap<QName, Table>,
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
    pub reason: String,
}

impl Schema {
    /// Returns the table, external ones included.
    pub fn table(&self, name: &QName) -> Option<&Table> {
        self.tables.get(name)
    }

    /// Returns the tables that plans may touch.
    pub fn managed_tables(&self) -> impl Iterator<Item = &Table> {
        self.tables.values().filter(|it| !it.external)
    }

    /// Returns the object of that identity.
    pub fn find(&self, id: &Id) -> Option<Object<'_>> {
        kinds::find(self, id)
    }

    /// Returns how many objects there are, parts of tables included.
    pub fn len(&self) -> usize {
        self.namespaces.len()
            + self.enums.len()
            + self.tables.values().map(|it| 1 + it.n_parts()).sum::<usize>()
    }

    pub fn is_empty(&self) -> bool {
        self.namespaces.is_empty() && self.enums.is_empty() && self.tables.is_empty()
    }
}
