//! How a dialect writes the changes of one kind of object.

use super::{Dialect, naming::Naming, sequence::Numbered, sqlite};
use std::collections::{BTreeMap, BTreeSet};

use crate::{
    base::{Name, QName},
    model::{Id, Index, Info, Kind, Object, Schema, Table, Unique},
};

/// What an emitter may look at: the database before and after.
#[derive(Clone, Copy)]
pub struct Cx<'a> {
    pub dialect: &'static Dialect,
    /// Before, under the names of before.
    pub before: &'a Schema,
    /// Before, under the names of afterwards.
    pub current: &'a Schema,
    pub desired: &'a Schema,
    /// Current parts that live on though the desired schema invents another name for them: their names are taken.
    pub kept: &'a BTreeSet<Id>,
    /// The old names of renamed tables.
    pub old_tables: &'a BTreeMap<QName, QName>,
    pub numbered: &'a Numbered,
    pub sqlite: &'a sqlite::Noted,
}

impl Cx<'_> {
    /// Returns the table of that new name as it was before, under its own name and with its own columns' names.
    pub fn table_before(&self, name: &QName) -> Option<&Table> {
        self.before.table(self.old_tables.get(name).unwrap_or(name))
    }

    /// Returns whether the part has to be created without its name: nobody chose it, and another part has it.
    pub fn is_nameless<K: Kind>(&self, table: &QName, it: &K) -> bool {
        if !it.meta().invented || self.kept.is_empty() {
            return false;
        }
        if self.dialect.naming == Naming::Postgres && self.dialect.names_are_shared(K::INFO) {
            // Keys and indexes share the names of their schema.
            return self.kept.iter().any(|id| {
                id.owner.schema == table.schema
                    && id.name() == it.name()
                    && self.dialect.names_are_shared(id.kind)
            });
        }
        if !matches!(self.dialect.naming, Naming::MySql | Naming::MariaDb) {
            return self.kept.contains(&Id::part::<K>(table.clone(), it.name().clone()));
        }
        // Names are numbers, so that the next one may be taken by then.
        let keys = [Unique::INFO, Index::INFO];
        let kinds = if keys.contains(&K::INFO) { &keys[..] } else { &[K::INFO] };
        kinds.iter().any(|kind| self.has_kept(kind, table))
    }

    fn has_kept(&self, kind: &'static Info, table: &QName) -> bool {
        let first = Id { kind, owner: table.clone(), part: None };
        let next = self.kept.range(first..).next();
        next.is_some_and(|it| *it.kind == *kind && it.owner == *table)
    }
}

/// A piece of SQL, without the terminator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sql {
    /// An action for `ALTER TABLE owner …`: `ADD COLUMN x int`.
    Action(String),
    /// What ends an `ALTER TABLE`, behind its actions and without a comma: `PARTITION BY …`.
    End(String),
    Statement(String),
    /// A statement that moves an object aside, for a new one in its place: what rests on it has to come to that one.
    Aside(String),
    /// A statement that a transaction cannot hold.
    Alone(String),
    /// A statement that several steps ask for: the first of them writes it.
    First(String),
    /// A statement that several steps ask for: the last of them writes it.
    Last(String),
    /// Only a new table in the place of the old one can hold this.
    Rebuild,
}

/// How an object changes in place, given the names of the fields that differ.
pub type Alter =
    fn(&Cx, &Id, current: Object, desired: Object, changed: &[&'static str]) -> Option<Vec<Sql>>;

/// The row of one kind: how it comes, changes and goes.
pub struct Emitter {
    pub kind: &'static Info,
    /// The text of a part inside `CREATE TABLE (…)`, empty where that of another part holds it; `None` where it stands in a
    /// statement of its own.
    pub inline: fn(&Cx, &Table, Object) -> Option<String>,
    /// For a table: the parts that have an inline text, foreign keys in `without` excepted, are in it.
    pub create: fn(&Cx, &Id, Object, without: &[Name]) -> Vec<Sql>,
    pub drop: fn(&Cx, &Id, Object) -> Vec<Sql>,
    /// `changed` are field names. `None`: it has to be dropped and created.
    pub alter: Alter,
    /// `id` is the new identity, `from` the old one. `None`: it has to be dropped and created.
    pub rename: fn(&Cx, from: &Id, id: &Id, Object) -> Option<Vec<Sql>>,
}

/// Writes an [`Emitter`] row for a kind from a module's `inline`, `create`, `drop`, `alter`, `rename`, which take the
/// kind's own struct: `emitter!(Column, column)`.
#[macro_export]
macro_rules! emitter {
    ($kind:ident, $module:ident) => {
        $crate::dialect::Emitter {
            kind: <$crate::model::$kind as $crate::model::Kind>::INFO,
            inline: |cx, table, it| {
                $module::inline(cx, table, $crate::dialect::emitter::of_kind(it))
            },
            create: |cx, id, it, without| {
                $module::create(cx, id, $crate::dialect::emitter::of_kind(it), without)
            },
            drop: |cx, id, it| $module::drop(cx, id, $crate::dialect::emitter::of_kind(it)),
            alter: |cx, id, current, desired, changed| {
                let (current, desired) = (
                    $crate::dialect::emitter::of_kind(current),
                    $crate::dialect::emitter::of_kind(desired),
                );
                $module::alter(cx, id, current, desired, changed)
            },
            rename: |cx, from, id, it| {
                $module::rename(cx, from, id, $crate::dialect::emitter::of_kind(it))
            },
        }
    };
}

/// Returns the object as the struct of the row's kind.
pub fn of_kind<'a, K>(object: Object<'a>) -> &'a K
where
    &'a K: TryFrom<Object<'a>>,
{
    <&K>::try_from(object).ok().expect("a row is only asked for objects of its kind")
}
