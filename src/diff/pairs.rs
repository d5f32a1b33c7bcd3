//! Which part of one table is which part of the other: by name and definition, by definition where nobody chose the
//! name, by name.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, fields};
use crate::{
    base::{Name, QName},
    model::{
        Column, Id, Index, Info, Kind, Object, PartVisitor, Policy, Rule, Schema, Trigger, Unique,
    },
};

/// Compares the lists of parts of one owner, kind by kind.
pub(super) struct Parts<'a> {
    pub(super) owner: QName,
    /// The owner is not managed: of its parts, only what others may add to it is.
    pub(super) external: bool,
    pub(super) whole: &'a Schema,
    pub(super) changes: &'a mut Vec<Change>,
    pub(super) aliases: &'a mut BTreeMap<Id, Id>,
}

/// What projects add to the tables of a platform.
static ADDED: [&Info; 3] = [Policy::INFO, Rule::INFO, Trigger::INFO];

impl PartVisitor for Parts<'_> {
    fn list<K: Kind>(&mut self, current: &[K], desired: &[K])
    where
        for<'a> Object<'a>: From<&'a K>,
    {
        if self.external && !ADDED.contains(&K::INFO) {
            return;
        }
        let managed = |it: &&K| !it.meta().external;
        let current: Vec<&K> = current.iter().filter(managed).collect();
        let desired: Vec<&K> = desired.iter().filter(managed).collect();
        let same = |current: &K, desired: &K| fields(current, desired).is_none();
        let in_step = current.len() == desired.len()
            && current.iter().zip(&desired).all(|(a, b)| a.name() == b.name() && same(a, b));
        if in_step {
            return;
        }
        let mut left: BTreeMap<&Name, &K> = current.iter().map(|it| (it.name(), *it)).collect();
        let mut open: Vec<&K> = Vec::new();
        for &it in &desired {
            if left.get(it.name()).is_some_and(|current| same(current, it)) {
                left.remove(it.name());
            } else {
                open.push(it);
            }
        }
        self.adopt(&mut left, &mut open);
        for it in open {
            match left.remove(it.name()) {
                Some(current) => self.alter(current, it),
                None => self.rename_or_create(&mut left, it),
            }
        }
        for it in current.iter().filter(|it| left.contains_key(it.name())) {
            self.changes.push(Change::Drop(self.id(*it)));
        }
    }
}

impl Parts<'_> {
    fn id<K: Kind>(&self, it: &K) -> Id {
        Id::part::<K>(self.owner.clone(), it.name().clone())
    }

    fn alter<K: Kind>(&mut self, current: &K, desired: &K) {
        if let Some(fields) = fields(current, desired) {
            self.changes.push(Change::Alter { id: self.id(desired), fields });
        }
    }

    /// Finds, for parts whose name nobody chose, those that differ in nothing but the name. A name that is needed for
    /// another part is left to it. A column is its name, so columns are never matched like this.
    fn adopt<K: Kind>(&mut self, left: &mut BTreeMap<&Name, &K>, open: &mut Vec<&K>) {
        if *K::INFO == *Column::INFO {
            return;
        }
        let mut chosen: BTreeSet<&Name> =
            open.iter().filter(|it| !it.meta().invented).map(|it| it.name()).collect();
        if let Some(table) = self.whole.table(&self.owner).filter(|_| is_index(K::INFO)) {
            let indexes = table.indexes.iter().map(|it| (&it.name, &it.meta));
            let all = indexes.chain(table.uniques.iter().map(|it| (&it.name, &it.meta)));
            chosen.extend(all.filter(|it| !it.1.invented).map(|it| it.0));
        }
        open.retain(|it| {
            let twin = left
                .values()
                .find(|twin| !chosen.contains(twin.name()) && fields(**twin, *it).is_none())
                .copied()
                .filter(|_| it.meta().invented);
            if let Some(twin) = twin {
                left.remove(twin.name());
                self.aliases.insert(self.id(*it), self.id(twin));
            }
            twin.is_none()
        });
    }

    fn rename_or_create<K: Kind>(&mut self, left: &mut BTreeMap<&Name, &K>, desired: &K) {
        let id = self.id(desired);
        let can_move = *K::INFO != *Column::INFO && !desired.meta().invented;
        let twin = left.values().find(|it| can_move && fields(**it, desired).is_none()).copied();
        match twin {
            Some(twin) => {
                left.remove(twin.name());
                self.changes.push(Change::Rename { from: self.id(twin), to: id });
            }
            None => self.changes.push(Change::Create(id)),
        }
    }
}

/// Whether parts of the kind are indexes, whose names no other index has.
fn is_index(kind: &Info) -> bool {
    *kind == *Index::INFO || *kind == *Unique::INFO
}
