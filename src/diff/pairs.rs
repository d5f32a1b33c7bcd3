//! Which part of one table is which part of the other: by name, then by definition.

use std::collections::BTreeMap;

use super::{Change, fields};
use crate::{
    base::{Name, QName},
    model::{Id, Kind, Object, PartVisitor},
};

/// Compares the lists of parts of one table, kind by kind.
pub(super) struct Parts<'a> {
    pub(super) table: &'a QName,
    pub(super) changes: &'a mut Vec<Change>,
    pub(super) aliases: &'a mut BTreeMap<Id, Id>,
}

impl PartVisitor for Parts<'_> {
    fn list<K: Kind>(&mut self, current: &[K], desired: &[K])
    where
        for<'a> Object<'a>: From<&'a K>,
    {
        let in_step = current.len() == desired.len()
            && current
                .iter()
                .zip(desired)
                .all(|(current, desired)| current.name() == desired.name());
        if in_step {
            for (current, desired) in current.iter().zip(desired) {
                self.compare(current, desired);
            }
            return;
        }
        let mut left: BTreeMap<&Name, &K> = current.iter().map(|it| (it.name(), it)).collect();
        let mut unmatched = Vec::new();
        for it in desired {
            match left.remove(it.name()) {
                Some(current) => self.compare(current, it),
                None => unmatched.push(it),
            }
        }
        for it in unmatched {
            self.match_definition(&mut left, it);
        }
        for it in current.iter().filter(|it| left.contains_key(it.name())) {
            self.changes.push(Change::Drop(self.id(it)));
        }
    }
}

impl Parts<'_> {
    fn id<K: Kind>(&self, it: &K) -> Id {
        Id::part::<K>(self.table.clone(), it.name().clone())
    }

    fn compare<K: Kind>(&mut self, current: &K, desired: &K) {
        if let Some(fields) = fields(current, desired) {
            self.changes.push(Change::Alter { id: self.id(desired), fields });
        }
    }

    /// Finds a part that differs in nothing but its name: a name that nobody chose does not count, another is changed.
    /// A column is its name, so columns are never matched like this.
    fn match_definition<K: Kind>(&mut self, left: &mut BTreeMap<&Name, &K>, desired: &K) {
        let id = self.id(desired);
        let is_column = id.is::<crate::model::Column>();
        let twin = left.values().find(|it| !is_column && fields(**it, desired).is_none());
        let Some(twin) = twin.copied() else {
            self.changes.push(Change::Create(id));
            return;
        };
        left.remove(twin.name());
        let from = self.id(twin);
        if desired.meta().invented {
            self.aliases.insert(id, from);
        } else {
            self.changes.push(Change::Rename { from, to: id });
        }
    }
}
