//! The constraints that forbid NULL, where they are objects with names
//! (<https://www.postgresql.org/docs/18/ddl-constraints.html#DDL-CONSTRAINTS-NOT-NULL>).

use super::{
    Dialect, Relations,
    naming::{NAME_BYTES, Naming, is_object_name, names, object_name, part_names},
    relations::words,
};
use crate::{
    base::{Name, QName},
    model::{Column, NotNull, Schema, Table},
};

/// What ends the names that the server gives such constraints.
const LABEL: &str = "not_null";

/// A name that was cut lacks so many bytes at most: the rest of a character.
const CUT: usize = 6;

/// No name of a table is cut shorter.
const SHORTEST: usize = (NAME_BYTES - LABEL.len() - 2) / 2 - CUT;

impl Dialect {
    /// Returns whether a NOT NULL has a name.
    pub fn names_not_null(&self) -> bool {
        self.naming == Naming::Postgres && self.version.is_none_or(|it| it >= 18)
    }

    /// Returns the name of what forbids NULL in the column of a table.
    pub fn not_null_name(&self, table: &QName, column: &Column) -> Option<Name> {
        if column.nullable || !self.names_not_null() {
            return None;
        }
        let own = column.not_null.as_ref().and_then(|it| it.name.clone());
        Some(own.unwrap_or_else(|| self.usual_not_null_name(table, &column.name)))
    }

    /// Returns the name that the server takes where nobody chose one and it is free.
    fn usual_not_null_name(&self, table: &QName, column: &Name) -> Name {
        self.column_name(&object_name(table.name.as_str(), column.as_str(), LABEL))
    }

    /// Sets what forbids NULL in the column; what goes without saying is left out.
    pub fn set_not_null(&self, table: &QName, column: &mut Column, mut it: NotNull) {
        if it.name.as_ref().is_some_and(|it| is_usual(it, table, &column.name)) {
            it.name = None;
        }
        column.not_null = it.unusual();
    }

    /// Returns the column whose NOT NULL goes by the name.
    pub fn find_not_null<'t>(&self, table: &'t Table, name: &Name) -> Option<&'t Column> {
        if !self.names_not_null() {
            return None;
        }
        let may_be_usual = name.as_str().contains(LABEL);
        table.columns.iter().filter(|it| !it.nullable).find(|column| {
            match column.not_null.as_ref().and_then(|it| it.name.as_ref()) {
                Some(own) => own == name,
                None => may_be_usual && is_usual(name, &table.name, &column.name),
            }
        })
    }

    /// Returns whether the usual name of one may be taken.
    pub fn not_null_may_clash(&self, relations: &Relations, table: &Table) -> bool {
        let is_long = |it: &Column| is_cut(&table.name, &it.name);
        let is_alike = |it: &Name| it.as_str().contains(LABEL);
        table.columns.iter().any(|it| it.not_null.is_some() || is_long(it))
            || part_names(table).any(is_alike)
            || relations.has_names_like(&table.name)
    }

    /// Returns the first name that no part of the table has, and no constraint of another.
    pub fn free_not_null_name(
        &self,
        (schema, relations): (&Schema, &Relations),
        table: &Table,
        column: &Name,
    ) -> Name {
        let is_other =
            |it: &Name| self.find_not_null(table, it).is_none_or(|it| it.name == *column);
        let is_free = |it: &Name| {
            is_other(it)
                && !part_names(table).any(|other| other == it)
                && !relations.has_constraint(&table.name, it.as_str())
                && !self.is_usual_elsewhere(schema, table, it)
        };
        let mut names = names(table, column.as_str(), LABEL).map(|it| self.column_name(&it));
        names.find(is_free).expect("some number is free")
    }

    /// Returns whether a column of another table of the schema has a NOT NULL whose usual name that is.
    fn is_usual_elsewhere(&self, schema: &Schema, table: &Table, name: &Name) -> bool {
        let all = name.as_str();
        words(all).any(|word| {
            let of = QName::new(table.name.schema.clone(), self.table_name(word));
            let has = |it: &Table| it.name != table.name && self.find_not_null(it, name).is_some();
            if schema.tables.get(&of).is_some_and(has) {
                return true;
            }
            // Both the names of table and column may have been cut.
            let starts = |it: &QName| it.schema == of.schema && it.name.as_str().starts_with(word);
            all.len() + CUT >= NAME_BYTES
                && word.len() >= SHORTEST
                && schema.tables.from(&of).take_while(|it| starts(it.0)).any(|it| has(it.1))
        })
    }

    /// Keeps the names of what forbids NULL while the table or a column gets another name.
    pub fn keep_not_null_names(&self, table: &mut Table, rename: impl FnOnce(&mut Table)) {
        if !self.names_not_null() {
            return rename(table);
        }
        let names: Vec<Option<Name>> =
            table.columns.iter().map(|it| self.not_null_name(&table.name, it)).collect();
        rename(table);
        let own = table.name.clone();
        for (column, name) in table.columns.iter_mut().zip(names) {
            if name.is_some() {
                let base = column.not_null.take().map(|it| *it).unwrap_or_default();
                self.set_not_null(&own, column, NotNull { name, ..base });
            }
        }
    }
}

fn is_usual(name: &Name, table: &QName, column: &Name) -> bool {
    is_object_name(name.as_str(), table.name.as_str(), column.as_str(), LABEL)
}

/// Returns whether the usual name does not hold both names whole.
fn is_cut(table: &QName, column: &Name) -> bool {
    table.name.as_str().len() + column.as_str().len() > NAME_BYTES - LABEL.len() - 2
}
