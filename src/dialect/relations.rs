//! Names that tables share with other objects: in PostgreSQL and SQLite an index cannot be called like a table.

use std::collections::BTreeSet;

use super::{Dialect, Family, Feature, naming::Naming};
use crate::{
    base::{Map, Name, QName},
    model::{
        Check, ColumnType, Exclusion, ForeignKey, Index, Info, Kind, PrimaryKey, Schema, Table,
        Trigger, Unique,
    },
};

/// Which table each relation name belongs to: tables themselves, indexes, and the keys that are indexes.
#[derive(Clone, Debug, Default)]
pub struct Relations {
    homes: Map<QName, QName>,
    /// The tables of the constraints that are no indexes, by their names: what PostgreSQL chooses for a constraint is none
    /// of them (`ChooseConstraintName`).
    constraints: Map<QName, BTreeSet<QName>>,
    /// The names of those of each table.
    named: Map<QName, Vec<Name>>,
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
        self.note_constraints(dialect, table);
        for name in index_names(dialect, table).into_iter().chain(dialect.sequence_names(table)) {
            self.homes.insert(name, table.name.clone());
        }
    }

    pub fn remove_table(&mut self, dialect: &Dialect, table: &Table) {
        self.homes.remove(&table.name);
        self.forget_constraints(&table.name);
        for name in index_names(dialect, table).into_iter().chain(dialect.sequence_names(table)) {
            self.homes.remove(&name);
        }
    }

    /// Takes the names of the constraints that the table has now.
    pub fn note_constraints(&mut self, dialect: &Dialect, table: &Table) {
        if dialect.naming != Naming::Postgres {
            return;
        }
        let known = self.named.get(&table.name).map_or(&[][..], Vec::as_slice);
        if constraint_names(table).eq(known) {
            return;
        }
        self.forget_constraints(&table.name);
        let names: Vec<Name> = constraint_names(table).cloned().collect();
        for name in &names {
            let name = QName::new(table.name.schema.clone(), name.clone());
            let mut homes = self.constraints.get(&name).cloned().unwrap_or_default();
            homes.insert(table.name.clone());
            self.constraints.insert(name, homes);
        }
        self.named.insert(table.name.clone(), names);
    }

    fn forget_constraints(&mut self, table: &QName) {
        for name in self.named.remove(table).unwrap_or_default() {
            let name = QName::new(table.schema.clone(), name);
            let Some(homes) = self.constraints.get_mut(&name) else { continue };
            homes.remove(table);
            if homes.is_empty() {
                self.constraints.remove(&name);
            }
        }
    }

    /// Returns whether a constraint of another table of the schema has the name.
    pub fn has_constraint(&self, table: &QName, name: &str) -> bool {
        let name = QName::new(table.schema.clone(), Name::exact(name));
        self.constraints.get(&name).is_some_and(|it| it.iter().any(|it| it != table))
    }

    /// Returns whether other tables, or constraints of theirs, have names that start with the table's, or with what the
    /// table's starts with.
    pub fn has_names_like(&self, table: &QName) -> bool {
        let own = table.name.as_str();
        let is_like = |it: &QName| it.schema == table.schema && it.name.as_str().starts_with(own);
        let mut tables = self.homes.from(table).take_while(|it| is_like(it.0));
        let mut constraints = self.constraints.from(table).take_while(|it| is_like(it.0));
        tables.any(|it| it.0 == it.1 && it.0 != table)
            || constraints.any(|it| it.1.iter().any(|it| it != table))
            || words(own)
                .any(|it| self.is_table(&QName::new(table.schema.clone(), Name::exact(it))))
    }

    fn is_table(&self, name: &QName) -> bool {
        self.homes.get(name).is_some_and(|it| it == name)
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
        let is_trigger = *kind == *Trigger::INFO;
        match self.naming {
            _ if !kind.part => true,
            // https://dev.mysql.com/doc/refman/8.4/en/create-table-check-constraints.html
            Naming::MySql => is_constraint || is_trigger,
            Naming::MariaDb => *kind == *ForeignKey::INFO || is_trigger,
            Naming::Postgres => is_key || *kind == *Index::INFO,
            Naming::Sqlite => *kind == *Index::INFO || is_trigger,
        }
    }
}

impl Dialect {
    /// Returns whether an object of the kind can be in the way of one of another kind that is of the same table.
    pub fn names_are_of_table(&self, kind: &Info) -> bool {
        let constraints =
            [Check::INFO, Exclusion::INFO, ForeignKey::INFO, PrimaryKey::INFO, Unique::INFO];
        self.naming == Naming::Postgres && constraints.iter().any(|it| **it == *kind)
    }

    /// Returns whether a column has to be one that could be added even where `IF NOT EXISTS` adds none: MariaDB looks at
    /// the name first, and PostgreSQL does since version 13.
    pub fn reads_what_is_skipped(&self) -> bool {
        self.naming == Naming::Postgres && self.version.is_some_and(|it| it < 13)
    }

    /// Returns whether a key of the kind cannot hold such a column whole. MariaDB cuts plain indexes short and hashes
    /// unique ones (<https://mariadb.com/kb/en/blob/>), MySQL refuses all
    /// (<https://dev.mysql.com/doc/refman/8.4/en/column-indexes.html>).
    pub fn needs_prefix(&self, ty: &ColumnType, kind: &Info) -> bool {
        match self.naming {
            Naming::MySql => self.is_unbounded(ty),
            Naming::MariaDb => self.is_unbounded(ty) && *kind == *PrimaryKey::INFO,
            Naming::Postgres | Naming::Sqlite => false,
        }
    }

    /// Returns whether MySQL and MariaDB keep values of the type outside the row
    /// (<https://dev.mysql.com/doc/refman/8.4/en/blob.html>).
    pub fn is_unbounded(&self, ty: &ColumnType) -> bool {
        match self.family(ty) {
            Family::Text | Family::Json => true,
            Family::Bytes => !ty.name.ends_with("binary"),
            _ => false,
        }
    }

    /// Returns whether an index can hold the beginning of such a column.
    pub fn takes_prefix(&self, ty: &ColumnType) -> bool {
        self.has(Feature::IndexPrefix) && self.family(ty) != Family::Json
    }
}

/// Returns the names of the table's constraints that are no indexes, but for NOT NULL that goes by its usual name.
fn constraint_names(table: &Table) -> impl Iterator<Item = &Name> {
    let checks = table.checks.iter().map(|it| &it.name);
    let keys = table.foreign_keys.iter().map(|it| &it.name);
    let columns = table.columns.iter().filter_map(|it| it.not_null.as_ref()?.name.as_ref());
    checks.chain(keys).chain(columns)
}

/// Returns what stands in front of each `_` of a name: what a name may start with that was chosen for a part of a table.
pub(super) fn words(name: &str) -> impl Iterator<Item = &str> {
    name.match_indices('_').map(|it| &name[..it.0]).filter(|it| !it.is_empty())
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
