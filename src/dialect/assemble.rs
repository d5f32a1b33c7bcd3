//! What a database does by itself when a part is added to a table: names, NOT NULL, indexes.

use super::{Dialect, Relations, naming::Naming};
use crate::{
    base::{Name, QName},
    model::{
        Action, Check, Exclusion, ForeignKey, Index, IndexColumn, Meta, PrimaryKey, Table, Unique,
    },
};

/// A part about to be added. Where `meta.invented` is set the name is not known yet and will be chosen.
#[derive(Clone, Debug)]
pub enum Part {
    PrimaryKey(PrimaryKey),
    Unique(Unique),
    Check(Check),
    ForeignKey(ForeignKey),
    Exclusion(Exclusion),
    Index(Index),
}

/// The part cannot be added: its name is in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clash {
    /// There is a primary key already.
    PrimaryKey,
    /// Another part of the table has the name.
    Part(Name),
    /// Another table, or a part of one, has the name.
    Relation { name: Name, home: QName },
}

impl Dialect {
    /// Adds the part, under an invented name where it has none, with all that the database adds along with it.
    pub fn add_part(
        &self,
        relations: &mut Relations,
        table: &mut Table,
        part: Part,
    ) -> Result<(), Clash> {
        match part {
            Part::PrimaryKey(it) => self.add_primary_key(relations, table, it),
            Part::Unique(it) => self.add_unique(relations, table, it),
            Part::Check(it) => self.add_check(relations, table, it),
            Part::ForeignKey(it) => self.add_foreign_key(relations, table, it),
            Part::Exclusion(it) => self.add_exclusion(relations, table, it),
            Part::Index(it) => self.add_index(relations, table, it),
        }
    }

    fn add_primary_key(
        &self,
        relations: &mut Relations,
        table: &mut Table,
        mut it: PrimaryKey,
    ) -> Result<(), Clash> {
        if table.primary_key.is_some() {
            return Err(Clash::PrimaryKey);
        }
        // MySQL ignores the name of a primary key (https://dev.mysql.com/doc/refman/8.4/en/create-table.html).
        if it.meta.invented || matches!(self.naming, Naming::MySql | Naming::MariaDb) {
            it.name = self.primary_key_name(relations, table);
        }
        self.claim(relations, table, &it.name, self.key_space())?;
        for name in &it.columns {
            if let Some(column) = table.column_mut(name) {
                // Only a column declared INTEGER PRIMARY KEY and every key but SQLite's exclude NULL; SQLite's other
                // keys allow it by an old mistake (https://www.sqlite.org/lang_createtable.html#the_primary_key).
                column.nullable &= self.naming == Naming::Sqlite && column.nullable;
            }
        }
        table.primary_key = Some(it);
        Ok(())
    }

    /// The names that a key's must not be among.
    fn key_space(&self) -> Space {
        if self.naming == Naming::Sqlite { Space::Key } else { Space::Index }
    }

    fn add_unique(
        &self,
        relations: &mut Relations,
        table: &mut Table,
        mut it: Unique,
    ) -> Result<(), Clash> {
        if it.meta.invented {
            let columns: Vec<Name> = it.columns.iter().chain(&it.include).cloned().collect();
            it.name = self.unique_name(relations, table, &columns);
        }
        self.claim(relations, table, &it.name, self.key_space())?;
        self.drop_superseded(table, &it.columns);
        refuse_made(table, &it.name, &it.meta)?;
        table.uniques.push(it);
        Ok(())
    }

    fn add_check(
        &self,
        relations: &mut Relations,
        table: &mut Table,
        mut it: Check,
    ) -> Result<(), Clash> {
        // A check behind a column of MariaDB has the column's name.
        let is_named = self.naming == Naming::MariaDb && !it.name.as_str().is_empty();
        if it.meta.invented && !is_named {
            it.name = self.check_name(relations, table, &it.columns);
        }
        self.claim(relations, table, &it.name, Space::Check)?;
        table.checks.push(it);
        Ok(())
    }

    fn add_foreign_key(
        &self,
        relations: &mut Relations,
        table: &mut Table,
        mut it: ForeignKey,
    ) -> Result<(), Clash> {
        for action in [&mut it.on_delete, &mut it.on_update] {
            if self.restrict_is_no_action && *action == Action::Restrict {
                *action = Action::NoAction;
            }
        }
        let given = (!it.meta.invented).then(|| it.name.clone());
        if it.meta.invented {
            it.name = self.foreign_key_name(relations, table, &it.columns);
        }
        self.claim(relations, table, &it.name, Space::Key)?;
        if self.foreign_key_makes_index {
            // The index of a later key takes the place of an equal one that the server made for an earlier key.
            let is_equal = |index: &Index| {
                index.implicit
                    && index.plain_columns().is_some_and(|own| own.into_iter().eq(&it.columns))
            };
            table.indexes.retain(|it| !is_equal(it));
        }
        if self.foreign_key_makes_index && !has_index_on(self, table, &it.columns) {
            let name = self.foreign_key_index_name(table, given.as_ref(), &it.columns);
            self.claim(relations, table, &name, Space::Index)?;
            let columns = it.columns.iter().cloned().map(IndexColumn::column).collect();
            let meta = Meta {
                invented: true,
                place: it.meta.place,
                module: it.meta.module.clone(),
                ..Meta::default()
            };
            table.indexes.push(Index { implicit: true, meta, ..Index::new(name, columns) });
        }
        table.foreign_keys.push(it);
        Ok(())
    }

    fn add_exclusion(
        &self,
        relations: &mut Relations,
        table: &mut Table,
        mut it: Exclusion,
    ) -> Result<(), Clash> {
        if it.meta.invented {
            it.name = self.exclusion_name(relations, table, &it);
        }
        self.claim(relations, table, &it.name, Space::Index)?;
        table.exclusions.push(it);
        Ok(())
    }

    fn add_index(
        &self,
        relations: &mut Relations,
        table: &mut Table,
        mut it: Index,
    ) -> Result<(), Clash> {
        if it.meta.invented && !it.implicit {
            it.name = self.index_name(relations, table, &it);
        }
        self.claim(relations, table, &it.name, Space::Index)?;
        let served = it.columns.iter().map_while(|part| match &part.key {
            crate::model::IndexKey::Column(name) if part.prefix.is_none() => {
                self.serves_key(part, name).then(|| name.clone())
            }
            _ => None,
        });
        let columns: Vec<Name> = served.collect();
        self.drop_superseded(table, &columns);
        refuse_made(table, &it.name, &it.meta)?;
        table.indexes.push(it);
        Ok(())
    }

    /// Takes away the index that the database made for a foreign key, once another one begins with its columns
    /// (<https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html>).
    fn drop_superseded(&self, table: &mut Table, by: &[Name]) {
        if self.foreign_key_makes_index && !by.is_empty() {
            table.indexes.retain(|it| {
                !it.implicit
                    || !it.plain_columns().is_some_and(|own| {
                        own.len() <= by.len() && own.into_iter().eq(&by[..it.columns.len()])
                    })
            });
        }
    }

    /// Returns whether a foreign key can look the column up by that part of an index; MySQL does not read one backwards.
    pub fn serves_key(&self, part: &IndexColumn, column: &Name) -> bool {
        let forwards = !part.descending || self.naming != Naming::MySql;
        forwards && matches!(&part.key, crate::model::IndexKey::Column(own) if own == column)
    }

    /// Takes a name within the table and, for an index, within the namespace.
    fn claim(
        &self,
        relations: &mut Relations,
        table: &Table,
        name: &Name,
        space: Space,
    ) -> Result<(), Clash> {
        let is_index = space == Space::Index;
        let per_table = matches!(self.naming, Naming::MySql | Naming::MariaDb);
        let clashes = |it: &Name| it == name;
        // SQLite's constraints have no names that anything could clash with.
        if self.naming == Naming::Sqlite && !is_index {
            return Ok(());
        }
        let index_clash = table.indexes.iter().any(|it| clashes(&it.name) && !it.implicit)
            || (self.naming != Naming::Sqlite && table.uniques.iter().any(|it| clashes(&it.name)));
        // MySQL tells checks and foreign keys apart.
        let both = self.naming != Naming::MySql;
        let checks = table.checks.iter().filter(|_| both || space == Space::Check);
        let keys = table.foreign_keys.iter().filter(|_| both || space == Space::Key);
        let constraint_clash = checks.map(|it| &it.name).any(clashes)
            || table.exclusions.iter().any(|it| clashes(&it.name))
            || keys.map(|it| &it.name).any(clashes);
        let primary_clash =
            !per_table && table.primary_key.as_ref().is_some_and(|it| clashes(&it.name));
        let clash = match (per_table, is_index) {
            (true, true) => index_clash,
            (false, true) if self.naming == Naming::Sqlite => index_clash,
            (true, false) => constraint_clash,
            (false, _) => {
                let not_null_clash = self.find_not_null(table, name).is_some();
                index_clash || constraint_clash || primary_clash || not_null_clash
            }
        };
        if clash {
            return Err(Clash::Part(name.clone()));
        }
        if is_index && !per_table {
            let qualified = QName::new(table.name.schema.clone(), name.clone());
            if let Some(home) = relations.home(&qualified) {
                return Err(Clash::Relation { name: name.clone(), home: home.clone() });
            }
            relations.insert(qualified, table.name.clone());
        }
        Ok(())
    }
}

/// Refuses the name of an index that the database made and keeps.
fn refuse_made(table: &Table, name: &Name, meta: &Meta) -> Result<(), Clash> {
    let is_taken = table.indexes.iter().any(|it| it.implicit && it.name == *name);
    if is_taken && !meta.invented { Err(Clash::Part(name.clone())) } else { Ok(()) }
}

/// Among which names one has to be the only one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Space {
    Index,
    Check,
    Key,
}

/// Returns whether an index or key of the table begins with these columns, in this order.
pub(super) fn has_index_on(dialect: &Dialect, table: &Table, columns: &[Name]) -> bool {
    let begins = |key: &[Name]| key.len() >= columns.len() && key[..columns.len()] == *columns;
    table.primary_key.as_ref().is_some_and(|it| begins(&it.columns))
        || table.uniques.iter().any(|it| begins(&it.columns))
        || table.indexes.iter().any(|it| {
            it.method.is_none()
                && it.columns.len() >= columns.len()
                && it
                    .columns
                    .iter()
                    .zip(columns)
                    .all(|(own, name)| own.prefix.is_none() && dialect.serves_key(own, name))
        })
}
