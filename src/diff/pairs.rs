//! Which part of one table is which part of the other: by name and definition, by definition where nobody chose the
//! name, by name.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
};

use super::{Change, Follow, fields};
use crate::{
    base::{Name, QName},
    model::{
        Column, Id, Index, Info, Kind, Object, PartVisitor, Policy, Rule, Schema, Table, Trigger,
        Unique,
    },
};

/// Compares the lists of parts of one owner, kind by kind.
pub(super) struct Parts<'a> {
    pub(super) owner: QName,
    /// The owner is not managed: of its parts, only what others may add to it is.
    pub(super) external: bool,
    pub(super) claims: &'a Claims<'a>,
    pub(super) changes: &'a mut Vec<Change>,
    pub(super) aliases: &'a mut BTreeMap<Id, Id>,
}

/// The names that somebody chose in a schema, gathered when they are asked for.
pub(super) struct Claims<'a> {
    current: &'a Schema,
    schema: &'a Schema,
    follow: &'a dyn Follow,
    shared: OnceCell<BTreeSet<QName>>,
}

impl<'a> Claims<'a> {
    pub(super) fn new(current: &'a Schema, schema: &'a Schema, follow: &'a dyn Follow) -> Self {
        Self { current, schema, follow, shared: OnceCell::new() }
    }

    /// Returns whether the name was chosen in the namespace that the owner is in.
    fn has(&self, owner: &QName, name: &Name) -> bool {
        let shared = self.shared.get_or_init(|| {
            let objects = self.schema.objects().into_iter();
            let chosen =
                objects.filter(|(id, it)| self.follow.shares_names(id.kind) && !it.meta().invented);
            chosen.map(|(id, _)| in_namespace(&id.owner, id.name())).collect()
        });
        shared.contains(&in_namespace(owner, name))
    }
}

fn in_namespace(owner: &QName, name: &Name) -> QName {
    QName::new(owner.schema.clone(), name.clone())
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
        let chosen: BTreeSet<&Name> =
            open.iter().filter(|it| !it.meta().invented).map(|it| it.name()).collect();
        open.retain(|it| {
            let twin = left
                .values()
                .find(|twin| !chosen.contains(twin.name()) && fields(**twin, *it).is_none())
                .copied()
                .filter(|twin| it.meta().invented && !self.is_in_the_way::<K>(twin.name()))
                .filter(|twin| !self.goes_with_column(*twin));
            if let Some(twin) = twin {
                left.remove(twin.name());
                self.aliases.insert(self.id(*it), self.id(twin));
            }
            twin.is_none()
        });
    }

    /// Returns whether the name, which the part need not keep, was chosen for something that it is in the way of.
    fn is_in_the_way<K: Kind>(&self, name: &Name) -> bool {
        let Claims { schema, follow, .. } = self.claims;
        if follow.shares_names(K::INFO) && self.claims.has(&self.owner, name) {
            return true;
        }
        let is_constraint = follow.shares_names_in_table(K::INFO);
        let meets = |kind: &Info| {
            is_constraint && follow.shares_names_in_table(kind)
                || is_index(K::INFO) && is_index(kind)
        };
        (is_constraint || is_index(K::INFO))
            && schema
                .parts_of(&Id::of::<Table>(self.owner.clone()))
                .iter()
                .any(|(id, it)| id.name() == name && meets(id.kind) && !it.meta().invented)
    }

    /// Returns whether the part goes with a column that nobody wants any more.
    fn goes_with_column<K: Kind>(&self, it: &K) -> bool {
        let Claims { current, schema, follow, .. } = self.claims;
        let is_in = |schema: &Schema| {
            let table = schema.table(&self.owner);
            table.is_some_and(|own| own.column(it.name()).is_some())
        };
        it.meta().invented && follow.goes_with_column(K::INFO) && is_in(current) && !is_in(schema)
    }

    fn rename_or_create<K: Kind>(&mut self, left: &mut BTreeMap<&Name, &K>, desired: &K) {
        let id = self.id(desired);
        let is_asked = |it: &K| !desired.meta().invented || self.is_in_the_way::<K>(it.name());
        let can_move = *K::INFO != *Column::INFO;
        let twin = left
            .values()
            .find(|it| can_move && fields(**it, desired).is_none() && is_asked(it))
            .filter(|it| !self.goes_with_column(**it))
            .copied();
        match twin {
            Some(twin) => {
                left.remove(twin.name());
                self.changes.push(Change::Rename { from: self.id(twin), to: id });
            }
            None => self.changes.push(Change::Create(id)),
        }
    }
}

/// Whether parts of the kind are indexes, whose names no other index of the table has.
fn is_index(kind: &Info) -> bool {
    *kind == *Index::INFO || *kind == *Unique::INFO
}
