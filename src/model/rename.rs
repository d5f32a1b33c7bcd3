//! Renaming within a schema: everything that refers to the old name follows.

use super::{IndexColumn, IndexKey, Schema, Table};
use crate::base::{Name, QName};

impl Schema {
    /// Renames a table; foreign keys to it follow. Returns whether it exists.
    pub fn rename_table(&mut self, from: &QName, to: &QName) -> bool {
        let Some(mut table) = self.tables.remove(from) else { return false };
        table.name = to.clone();
        self.tables.insert(to.clone(), table);
        for key in self.tables.values_mut().flat_map(|it| &mut it.foreign_keys) {
            if key.references == *from {
                key.references = to.clone();
            }
        }
        true
    }

    /// Renames a column; keys, indexes and foreign keys to it follow. Returns whether it exists.
    /// Expressions keep their text: `dialect` rewrites them.
    pub fn rename_column(&mut self, table: &QName, from: &Name, to: &Name) -> bool {
        let Some(found) = self.tables.get_mut(table) else { return false };
        if !found.rename_column(from, to) {
            return false;
        }
        for key in self.tables.values_mut().flat_map(|it| &mut it.foreign_keys) {
            if key.references == *table {
                replace(&mut key.target, from, to);
            }
        }
        true
    }

    /// Renames an enum; columns of that type follow. Returns whether it exists.
    pub fn rename_enum(&mut self, from: &QName, to: &QName) -> bool {
        let Some(mut it) = self.enums.remove(from) else { return false };
        it.name = to.clone();
        self.enums.insert(to.clone(), it);
        for column in self.tables.values_mut().flat_map(|it| &mut it.columns) {
            if column.ty.user.as_ref() == Some(from) {
                column.ty.name = to.to_string().into();
                column.ty.user = Some(to.clone());
            }
        }
        true
    }
}

impl Table {
    /// Renames a column; the table's own keys and indexes follow. Returns whether it exists.
    pub fn rename_column(&mut self, from: &Name, to: &Name) -> bool {
        let Some(column) = self.column_mut(from) else { return false };
        column.name = to.clone();
        if let Some(key) = &mut self.primary_key {
            replace(&mut key.columns, from, to);
            replace(&mut key.include, from, to);
        }
        for key in &mut self.uniques {
            replace(&mut key.columns, from, to);
            replace(&mut key.include, from, to);
        }
        for check in &mut self.checks {
            replace(&mut check.columns, from, to);
        }
        for key in &mut self.foreign_keys {
            replace(&mut key.columns, from, to);
        }
        for trigger in &mut self.triggers {
            replace(&mut trigger.columns, from, to);
        }
        let indexes = self.indexes.iter_mut().map(|it| (&mut it.columns, &mut it.include));
        let exclusions = self.exclusions.iter_mut().map(|it| (&mut it.keys, &mut it.include));
        for (keys, include) in indexes.chain(exclusions) {
            replace(include, from, to);
            replace_in_keys(keys, from, to);
        }
        if let Some(it) = &mut self.partition_by {
            replace_in_keys(&mut it.columns, from, to);
        }
        true
    }
}

fn replace_in_keys(keys: &mut [IndexColumn], from: &Name, to: &Name) {
    for key in keys {
        if let IndexKey::Column(name) = &mut key.key
            && name == from
        {
            *name = to.clone();
        }
    }
}

fn replace(names: &mut [Name], from: &Name, to: &Name) {
    for it in names.iter_mut().filter(|it| *it == from) {
        *it = to.clone();
    }
}
