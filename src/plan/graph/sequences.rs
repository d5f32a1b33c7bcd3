//! Sequences and the columns that they number or that own them.

use std::collections::BTreeMap;

use super::{Action, Ctx, Vertex};
use crate::{
    base::{Name, QName},
    dialect::Dialect,
    model::{Column, Id, Schema, Sequence, Table},
};

impl Ctx<'_> {
    /// What numbers a column goes with the column, and with its being numbered unless it goes on by itself.
    pub(super) fn frees_sequences(&mut self, at: usize, vertex: &Vertex) {
        if vertex.action != Action::Drop && !renumbers(vertex) {
            return;
        }
        for name in sequences(self.cx.current, &vertex.id, self.cx.dialect) {
            if vertex.action == Action::Drop || !self.cx.desired.sequences.contains_key(&name) {
                self.frees(at, &Id::of::<Sequence>(name));
            }
        }
    }

    /// A sequence is there before the column that owns it, and goes after it.
    pub(super) fn owned(&mut self, at: usize, vertex: &Vertex) {
        let (owned, action) = match vertex.action {
            Action::Create => (&self.owned_after, Action::Create),
            Action::Drop => (&self.owned_before, Action::Drop),
            Action::Alter | Action::Rename => return,
        };
        let ids = owned.of(&vertex.id);
        for id in &ids {
            self.before(self.find(Action::Rename, id), Some(at));
            for it in [self.find(action, id), self.find(Action::Alter, id)] {
                match vertex.action {
                    Action::Create => self.before(it, Some(at)),
                    _ => self.before(Some(at), it),
                }
            }
        }
    }

    pub(super) fn waits_for_sequences(&mut self, at: usize, vertex: &Vertex) {
        if vertex.action == Action::Create || renumbers(vertex) {
            for name in sequences(self.cx.desired, &vertex.id, self.cx.dialect) {
                self.waits_for_names(at, &Id::of::<Sequence>(name));
            }
        }
    }

    /// A default draws from a sequence that is there.
    pub(super) fn waits_for_drawn(&mut self, at: usize, vertex: &Vertex) {
        let Some(table) = self.cx.desired.table(&vertex.id.owner) else { return };
        if self.makes.is_empty() || !matches!(vertex.action, Action::Create | Action::Alter) {
            return;
        }
        let is_own = |it: &&Column| vertex.id.is::<Table>() || it.name == *vertex.id.name();
        let defaults = table.columns.iter().filter(is_own).filter_map(|it| it.default.as_ref());
        for name in defaults.filter_map(|it| self.cx.dialect.sequence_drawn(it.canonical())) {
            self.before(self.makes.get(&name).copied(), Some(at));
        }
    }

    /// A column takes a sequence in before the one goes that owned it.
    pub(super) fn keeps_taken_in(&mut self, at: usize, vertex: &Vertex) {
        if self.makes.is_empty() {
            return;
        }
        for id in self.owned_before.of(&vertex.id) {
            self.before(self.makes.get(&id.owner).copied(), Some(at));
        }
    }

    /// Sequences follow their table first, in who has it and how it is logged; what is said of their own comes then.
    pub(super) fn takes_sequences_along(&mut self, at: usize, table: &Id) {
        let ids = [self.owned_before.of(table), self.owned_after.of(table)].concat();
        for id in ids {
            for action in [Action::Create, Action::Alter] {
                self.before(Some(at), self.find(action, &id));
            }
        }
        // Those that are yet to be made are made for the owner to be.
        let made: Vec<usize> = self.makes.values().copied().collect();
        for other in made.into_iter().filter(|it| self.vertices[*it].id.owner == table.owner) {
            self.before(Some(at), Some(other));
        }
    }
}

/// The sequences that the columns of each table own.
pub(super) struct Owned<'a>(BTreeMap<&'a QName, Vec<(&'a Name, Id)>>);

impl<'a> Owned<'a> {
    pub(super) fn new(schema: &'a Schema) -> Self {
        let mut res = Self(BTreeMap::new());
        for sequence in schema.sequences.values() {
            if let Some((table, column)) = &sequence.owned_by {
                let id = Id::of::<Sequence>(sequence.name.clone());
                res.0.entry(table).or_default().push((column, id));
            }
        }
        res
    }

    /// Returns those of a column, or of all columns of a table.
    fn of(&self, owner: &Id) -> Vec<Id> {
        let all = self.0.get(&owner.owner).into_iter().flatten();
        let is_meant =
            |it: &&(&Name, Id)| owner.is::<Table>() || owner.is::<Column>() && it.0 == owner.name();
        all.filter(is_meant).map(|it| it.1.clone()).collect()
    }
}

pub(super) fn renumbers(vertex: &Vertex) -> bool {
    vertex.action == Action::Alter
        && vertex.id.is::<Column>()
        && vertex.fields.iter().any(|it| matches!(*it, "identity" | "sequence"))
}

/// Returns the names of the sequences that number the column, or the columns of the table, of that identity.
pub(super) fn sequences(schema: &Schema, id: &Id, dialect: &Dialect) -> Vec<QName> {
    let Some(table) = schema.table(&id.owner) else { return Vec::new() };
    if id.is::<Table>() {
        return dialect.sequence_names(table).collect();
    }
    let column = table.column(id.name()).filter(|_| id.is::<Column>());
    column.and_then(|it| dialect.sequence_name_of(&table.name, it)).into_iter().collect()
}
