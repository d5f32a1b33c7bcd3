//! Tables that inherit from others or are partitions of them.

use super::{Action, Ctx, Vertex};
use crate::{
    base::{Name, QName},
    model::{Check, Column, Exclusion, Id, Object, PrimaryKey, Schema, Table, Unique},
};

impl Ctx<'_> {
    /// A new table gets the columns that the tables have by then which it inherits from.
    pub(super) fn inherits(&mut self, at: usize, id: &Id) {
        self.takes_place(at, id);
        for parent in ancestors(self.cx.desired, id) {
            self.after_columns(parent, at);
            self.after_open_checks(parent, at, id);
        }
    }

    /// A check that old rows of the parent may not meet holds for all rows of a new table, which has none.
    fn after_open_checks(&mut self, parent: &QName, at: usize, id: &Id) {
        let (Some(above), Some(own)) =
            (self.cx.desired.table(parent), self.cx.desired.table(&id.owner))
        else {
            return;
        };
        for check in above.checks.iter().filter(|it| it.not_valid) {
            if own.checks.iter().any(|it| it.name == check.name && !it.not_valid) {
                let id = Id::part::<Check>(parent.clone(), check.name.clone());
                self.before(self.find(Action::Create, &id), Some(at));
            }
        }
    }

    /// A table joins others whose columns its own have to be like, and leaves others as long as they are there.
    pub(super) fn joins(&mut self, at: usize, id: &Id) {
        self.takes_place(at, id);
        self.before(self.leaves.get(&id.owner).copied(), Some(at));
        for name in ancestors(self.cx.desired, id) {
            self.before(self.find(Action::Create, &Id::of::<Table>(name.clone())), Some(at));
            self.after_columns(name, at);
            self.after_checks(name, at);
        }
        self.after_columns(&id.owner, at);
    }

    /// A table that joins others needs no check that they lose.
    fn after_checks(&mut self, parent: &QName, at: usize) {
        let Some(above) = self.cx.current.table(parent) else { return };
        for check in &above.checks {
            let id = Id::part::<Check>(parent.clone(), check.name.clone());
            self.before(self.find(Action::Drop, &id), Some(at));
        }
    }

    /// A table leaves others as long as they are there.
    pub(super) fn leaves(&mut self, at: usize, id: &Id) {
        for name in ancestors(self.cx.current, id) {
            self.before(Some(at), self.find(Action::Drop, &Id::of::<Table>(name.clone())));
        }
    }

    /// What is done to a part comes after the table has left its parents, and after what the parents' change does to it.
    pub(super) fn follows_parents(&mut self, at: usize, vertex: &Vertex) {
        let id = &vertex.id;
        if !id.kind.part {
            return;
        }
        self.before(self.leaves.get(&id.owner).copied(), Some(at));
        for child in self.children.get(&id.owner).cloned().unwrap_or_default() {
            self.before(self.leaves.get(child).copied(), Some(at));
        }
        for parent in ancestors(self.cx.current, id).filter(|_| id.is::<Column>()) {
            let above = Id { owner: parent.clone(), ..id.clone() };
            for action in [Action::Create, Action::Alter, Action::Drop] {
                self.before(self.find(action, &above), Some(at));
            }
        }
        if vertex.action == Action::Create
            && let Some(of) = self.cx.desired.find(id).and_then(belongs_to)
            && let Some(part) =
                self.cx.desired.table(&id.owner).and_then(|it| it.partition_of.as_ref())
        {
            let above = Id { owner: part.parent.clone(), part: Some(of), ..id.clone() };
            self.before(Some(at), self.find(Action::Create, &above));
            self.before(self.find(Action::Drop, &above), Some(at));
        }
    }

    /// Notes that a partition goes or leaves.
    pub(super) fn empties(&mut self, at: usize, id: &Id) {
        let table = self.cx.current.table(&id.owner);
        if let Some(part) = table.and_then(|it| it.partition_of.as_ref()) {
            self.emptied.entry(&part.parent).or_default().push(at);
        }
    }

    /// A new partition may have the place of one that goes.
    fn takes_place(&mut self, at: usize, id: &Id) {
        let table = self.cx.desired.table(&id.owner);
        let parent = table.and_then(|it| it.partition_of.as_ref()).map(|it| &it.parent);
        let emptied = parent.and_then(|it| self.emptied.get(it)).cloned().unwrap_or_default();
        for first in emptied {
            self.before(Some(first), Some(at));
        }
    }

    fn after_columns(&mut self, table: &QName, at: usize) {
        for first in self.columns.get(table).cloned().unwrap_or_default() {
            self.before(Some(first), Some(at));
        }
    }
}

/// Returns the key of the partitioned table that one of a partition is to be part of: it finds that there.
fn belongs_to(part: Object) -> Option<Name> {
    if let Ok(it) = <&PrimaryKey>::try_from(part) {
        it.attached_to.clone()
    } else if let Ok(it) = <&Unique>::try_from(part) {
        it.attached_to.clone()
    } else {
        <&Exclusion>::try_from(part).ok()?.attached_to.clone()
    }
}

fn ancestors<'a>(schema: &'a Schema, id: &Id) -> impl Iterator<Item = &'a QName> + use<'a> {
    schema.table(&id.owner).into_iter().flat_map(Table::ancestors)
}
