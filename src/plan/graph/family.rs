//! Tables that inherit from others or are partitions of them.

use super::{Action, Ctx};
use crate::{
    base::QName,
    model::{Id, Schema, Table},
};

impl Ctx<'_> {
    /// A new table gets the columns that the tables have by then which it inherits from.
    pub(super) fn inherits(&mut self, at: usize, id: &Id) {
        for parent in ancestors(self.cx.desired, id) {
            self.after_columns(parent, at, true);
        }
    }

    /// A table joins others whose columns its own have to be like, and leaves others as long as they are there.
    pub(super) fn joins(&mut self, at: usize, id: &Id) {
        for name in ancestors(self.cx.current, id) {
            self.before(Some(at), self.find(Action::Drop, &Id::of::<Table>(name.clone())));
        }
        for name in ancestors(self.cx.desired, id) {
            self.before(self.find(Action::Create, &Id::of::<Table>(name.clone())), Some(at));
            self.after_columns(name, at, true);
        }
        // What it has from others can only go when it has left them.
        let is_free = ancestors(self.cx.current, id).next().is_none();
        self.after_columns(&id.owner, at, is_free);
    }

    /// `all`: also after those that go.
    fn after_columns(&mut self, table: &QName, at: usize, all: bool) {
        let vertices = self.vertices;
        for first in self.columns.get(table).cloned().unwrap_or_default() {
            if all || vertices[first].action != Action::Drop {
                self.before(Some(first), Some(at));
            }
        }
    }
}

fn ancestors<'a>(schema: &'a Schema, id: &Id) -> impl Iterator<Item = &'a QName> + use<'a> {
    schema.table(&id.owner).into_iter().flat_map(Table::ancestors)
}
