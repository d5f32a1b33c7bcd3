//! Two schemas into the changes that lead from one to the other; knows no dialect.

mod change;
mod pairs;
mod rename;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

pub use change::{Change, FieldChange};

use crate::{
    base::{Map, Name, QName},
    model::{EnumType, Id, Kind, Namespace, Object, Schema, Table},
};

/// The outcome of a comparison.
#[derive(Debug)]
pub struct Diff<'a> {
    /// The current schema under its own names.
    pub before: &'a Schema,
    /// The current schema under the desired names.
    pub current: Cow<'a, Schema>,
    pub desired: &'a Schema,
    /// In the order of kinds and names; not yet the order of steps.
    pub changes: Vec<Change>,
    /// Parts whose name nobody chose and that go by another name at present: desired → current.
    pub aliases: BTreeMap<Id, Id>,
    /// The current identities of those parts.
    pub kept: BTreeSet<Id>,
}

/// What a server gives another name along with a table or a column.
pub trait Follow {
    /// `table` has its new name already.
    fn table(&self, _table: &mut Table, _from: &Name) {}

    /// The table's keys and indexes follow in any case.
    fn column(&self, _table: &mut Table, _from: &Name, _to: &Name) {}
}

/// Nothing else follows.
impl Follow for () {}

/// Returns the changes that make `before` into `desired`. External tables are left alone on both sides.
pub fn diff<'a>(before: &'a Schema, desired: &'a Schema, follow: &dyn Follow) -> Diff<'a> {
    let (current, mut changes) = rename::apply(before, desired, follow);
    let mut aliases = BTreeMap::new();
    top(
        &current.namespaces,
        &desired.namespaces,
        |it: &Namespace| QName::local(it.name.clone()),
        &mut changes,
    );
    top(&current.enums, &desired.enums, |it: &EnumType| it.name.clone(), &mut changes);
    tables(&current, desired, &mut changes, &mut aliases);
    let kept = aliases.values().cloned().collect();
    Diff { before, current, desired, changes, aliases, kept }
}

fn tables(
    current: &Schema,
    desired: &Schema,
    changes: &mut Vec<Change>,
    aliases: &mut BTreeMap<Id, Id>,
) {
    let managed = |it: &&Table| !it.external;
    for table in desired.tables.values().filter(managed) {
        let id = Id::of::<Table>(table.name.clone());
        match current.table(&table.name) {
            None => changes.push(Change::Create(id)),
            Some(before) => {
                if let Some(fields) = fields(before, table) {
                    changes.push(Change::Alter { id, fields });
                }
                let mut visitor = pairs::Parts { table: &table.name, changes, aliases };
                Table::visit_parts(before, table, &mut visitor);
            }
        }
    }
    for table in current.tables.values().filter(managed) {
        if !desired.tables.contains_key(&table.name) {
            changes.push(Change::Drop(Id::of::<Table>(table.name.clone())));
        }
    }
}

/// Compares two maps of top-level objects of one kind.
fn top<Key: Ord, K: Kind>(
    current: &Map<Key, K>,
    desired: &Map<Key, K>,
    name: impl Fn(&K) -> QName,
    changes: &mut Vec<Change>,
) {
    for (key, it) in desired {
        match current.get(key) {
            None => changes.push(Change::Create(Id::of::<K>(name(it)))),
            Some(before) => {
                if let Some(fields) = fields(before, it) {
                    changes.push(Change::Alter { id: Id::of::<K>(name(it)), fields });
                }
            }
        }
    }
    for (key, it) in current {
        if !desired.contains_key(key) {
            changes.push(Change::Drop(Id::of::<K>(name(it))));
        }
    }
}

/// Returns the fields in which two objects differ; none is `None`.
fn fields<K: Kind>(current: &K, desired: &K) -> Option<Vec<FieldChange>> {
    let res: Vec<FieldChange> = K::FIELDS
        .iter()
        .filter(|row| !(row.same)(current, desired))
        .map(|row| FieldChange {
            name: row.name,
            old: (row.show)(current),
            new: (row.show)(desired),
        })
        .collect();
    (!res.is_empty()).then_some(res)
}

impl Diff<'_> {
    /// Returns the identity that a desired object has in the current schema.
    pub fn current_id<'b>(&'b self, id: &'b Id) -> &'b Id {
        self.aliases.get(id).unwrap_or(id)
    }

    /// Returns the current object of a desired identity; one that lives on under another identity is none of its own.
    pub fn current_object(&self, id: &Id) -> Option<Object<'_>> {
        let current = self.current_id(id);
        let is_anothers = current == id && !self.aliases.contains_key(id) && self.kept.contains(id);
        if is_anothers { None } else { self.current.find(current) }
    }
}
