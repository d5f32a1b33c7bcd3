//! Names that tables share with other objects: in PostgreSQL and SQLite an index cannot be called like a table.

use super::{Dialect, Family, Feature, naming::Naming};
use crate::{
    base::{Map, Name, QName},
    model::{Check, ColumnType, ForeignKey, Index, Info, Kind, PrimaryKey, Schema, Table, Unique},
};

/// Which table each relation name belongs to: tables themselves, indexes, and the keys that are indexes.
#[derive(Clone, Debug, Default)]
pub struct Relations {
    homes: Map<QName, QName>,
}

impl Relations {
    /// Returns the relation names of a whole schema.
    pub fn of(dialect: &Dialect, schema: &Schema) -> Self {
        let mut res = Self::default();
        for table in schema.tables.values() {
            res.add_table(dialect, table);
        }
        res
    }

    pub fn add_table(&mut self, dialect: &Dialect, table: &Table) {
        self.homes.insert(table.name.clone(), table.name.clone());
        for name in index_names(dialect, table).into_iter().chain(dialect.sequence_names(table)) {
            self.homes.insert(name, table.name.clone());
        }
    }

    pub fn remove_table(&mut self, dialect: &Dialect, table: &Table) {
        self.homes.remove(&table.name);
        for name in index_names(dialect, table).into_iter().chain(dialect.sequence_names(table)) {
            self.homes.remove(&name);
        }
    }

    pub fn insert(&mut self, name: QName, home: QName) {
        self.homes.insert(name, home);
    }

    pub fn remove(&mut self, name: &QName) {
        self.homes.remove(name);
    }

    /// Returns the table that the name belongs to.
    pub fn home(&self, name: &QName) -> Option<&QName> {
        self.homes.get(name)
    }

    pub fn has(&self, schema: Option<&Name>, name: &str) -> bool {
        self.homes.contains_key(&QName::new(schema.cloned(), Name::exact(name)))
    }
}

impl Dialect {
    /// Returns whether an object of the kind can be in the way of one that is not of its table.
    pub fn names_are_shared(&self, kind: &Info) -> bool {
        let is_constraint = *kind == *Check::INFO || *kind == *ForeignKey::INFO;
        let is_key = *kind == *PrimaryKey::INFO || *kind == *Unique::INFO;
        match self.naming {
            _ if !kind.part => true,
            // https://dev.mysql.com/doc/refman/8.4/en/create-table-check-constraints.html
            Naming::MySql => is_constraint,
            Naming::MariaDb => *kind == *ForeignKey::INFO,
            Naming::Postgres => is_key || *kind == *Index::INFO,
            Naming::Sqlite => *kind == *Index::INFO,
        }
    }
}

impl Dialect {
    /// Returns whether a key of the kind cannot hold such a column whole. MariaDB cuts plain indexes short and hashes
    /// unique ones (<https://mariadb.com/kb/en/blob/>), MySQL refuses all
    /// (<https://dev.mysql.com/doc/refman/8.4/en/column-indexes.html>).
    pub fn needs_prefix(&self, ty: &ColumnType, kind: &Info) -> bool {
        let unbounded = match self.family(ty) {
            Family::Text | Family::Json => true,
            Family::Bytes => !ty.name.ends_with("binary"),
            _ => false,
        };
        match self.naming {
            Naming::MySql => unbounded,
            Naming::MariaDb => unbounded && *kind == *PrimaryKey::INFO,
            Naming::Postgres | Naming::Sqlite => false,
        }
    }

    /// Returns whether an index can hold the beginning of such a column.
    pub fn takes_prefix(&self, ty: &ColumnType) -> bool {
        self.has(Feature::IndexPrefix) && self.family(ty) != Family::Json
    }
}

/// Returns the names that the table's indexes take in its namespace; MySQL's live in their table.
pub fn index_names<'a>(dialect: &Dialect, table: &'a Table) -> Vec<QName> {
    let qualify = |it: &'a Name| QName::new(table.name.schema.clone(), it.clone());
    let indexes = table.indexes.iter().map(|it| qualify(&it.name));
    match dialect.naming {
        Naming::MySql | Naming::MariaDb => Vec::new(),
        Naming::Sqlite => indexes.collect(),
        Naming::Postgres => table
            .primary_key
            .iter()
            .map(|it| qualify(&it.name))
            .chain(table.uniques.iter().map(|it| qualify(&it.name)))
            .chain(table.exclusions.iter().map(|it| qualify(&it.name)))
            .chain(indexes)
            .collect(),
    }
}
