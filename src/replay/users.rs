//! Who needs what: an index over the schema, for what a DROP takes along or is kept by.

use std::collections::{BTreeMap, BTreeSet};

use super::ctx::Ctx;
use crate::{
    base::{Name, QName},
    dialect::needs,
    model::{
        Check, Column, Exclusion, Id, Index, Kind, Policy, PrimaryKey, Rule, Table, Trigger, Unique,
    },
};

/// The objects that need each object, and some that did once.
#[derive(Clone, Debug, Default)]
pub(super) struct Users {
    of: BTreeMap<Id, BTreeSet<Id>>,
}

impl Ctx<'_, '_> {
    /// Remembers what the object, which the schema has by now, needs. Foreign keys have an index of their own
    /// ([`Ctx::note_referrer`]).
    pub(super) fn note_needs(&mut self, id: &Id) {
        self.settle_access(id);
        for need in needs::bound(&self.schema, id) {
            self.users.of.entry(need).or_default().insert(id.clone());
        }
    }

    /// Remembers what the columns, checks and indexes of a new or changed table need of other objects.
    pub(super) fn note_table(&mut self, name: &QName) {
        self.settle_access(&Id::of::<Table>(name.clone()));
        let Some(table) = self.schema.tables.get(name) else { return };
        self.relations.note_constraints(self.dialect, table);
        let part = |it: &Name, kind| Id { kind, owner: name.clone(), part: Some(it.clone()) };
        let columns = table.columns.iter();
        let typed = columns.filter(|it| it.ty.user.is_some() || !it.meta.uses.is_empty());
        let checks = table.checks.iter().filter(|it| !it.meta.uses.is_empty());
        let policies = table.policies.iter();
        let indexes = table.indexes.iter().filter(|it| !it.meta.uses.is_empty());
        let triggers = table.triggers.iter();
        let key = table.primary_key.iter().filter(|it| !it.meta.uses.is_empty());
        let uniques = table.uniques.iter().filter(|it| !it.meta.uses.is_empty());
        let exclusions = table.exclusions.iter().filter(|it| !it.meta.uses.is_empty());
        let ids: Vec<Id> = typed
            .map(|it| part(&it.name, Column::INFO))
            .chain(checks.map(|it| part(&it.name, Check::INFO)))
            .chain(key.map(|it| part(&it.name, PrimaryKey::INFO)))
            .chain(uniques.map(|it| part(&it.name, Unique::INFO)))
            .chain(exclusions.map(|it| part(&it.name, Exclusion::INFO)))
            .chain(indexes.map(|it| part(&it.name, Index::INFO)))
            .chain(policies.map(|it| part(&it.name, Policy::INFO)))
            .chain(triggers.map(|it| part(&it.name, Trigger::INFO)))
            .chain(table.rules.iter().map(|it| part(&it.name, Rule::INFO)))
            .collect();
        let has_own = table.of_type.is_some()
            || !table.meta.uses.is_empty()
            || table.ancestors().next().is_some();
        let own = has_own.then(|| Id::of::<Table>(name.clone()));
        for id in ids.into_iter().chain(own) {
            self.note_needs(&id);
        }
    }

    /// Remembers what the triggers and rules of a view that has another name need.
    pub(super) fn note_view(&mut self, name: &QName) {
        let Some(view) = self.schema.views.get(name) else { return };
        let triggers =
            view.triggers.iter().map(|it| Id::part::<Trigger>(name.clone(), it.name.clone()));
        let rules = view.rules.iter().map(|it| Id::part::<Rule>(name.clone(), it.name.clone()));
        for id in triggers.chain(rules).collect::<Vec<_>>() {
            self.note_needs(&id);
        }
    }

    /// Returns the objects that need the object now.
    pub(super) fn users_of(&self, id: &Id) -> Vec<Id> {
        let noted = self.users.of.get(id).into_iter().flatten();
        noted.filter(|it| needs::bound(&self.schema, it).contains(id)).cloned().collect()
    }

    /// An object has another identity now: what is known of it and what others know of it follows.
    pub(super) fn rename_needs(&mut self, from: &Id, to: &Id) {
        let users = self.users.of.remove(from).unwrap_or_default();
        for user in &users {
            let Some(meta) = self.schema.meta_mut(user) else { continue };
            for it in meta.uses.iter_mut().filter(|it| *it == from) {
                *it = to.clone();
            }
        }
        self.users.of.entry(to.clone()).or_default().extend(users);
        self.note_needs(to);
    }
}
