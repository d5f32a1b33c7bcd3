//! Tables that publications name, which are logged as long as they are named.

use super::{Action, Ctx};
use crate::model::{Id, Publication, Table};

impl Ctx<'_> {
    /// A publication that changes lets go of tables before they are unlogged, and takes those that are logged by then.
    pub(super) fn publishes_logged(&mut self, at: usize, id: &Id) {
        let named = |it: Option<&Publication>| -> Vec<Id> {
            let tables = it.into_iter().flat_map(|it| &it.tables);
            tables.map(|it| Id::of::<Table>(it.name.clone())).collect()
        };
        for table in named(self.cx.current.publications.get(id.name())) {
            if self.logging_of(&table) == Some(false) {
                self.before(Some(at), self.find(Action::Alter, &table));
            }
        }
        for table in named(self.cx.desired.publications.get(id.name())) {
            if self.logging_of(&table) == Some(true) {
                self.before(self.find(Action::Alter, &table), Some(at));
            }
        }
    }

    /// Returns whether the table is to be logged, if that changes.
    fn logging_of(&self, table: &Id) -> Option<bool> {
        let vertex = &self.vertices[self.find(Action::Alter, table)?];
        let altered = vertex.all().find(|it| it.action == Action::Alter && it.id == *table)?;
        let desired = self.cx.desired.table(&table.owner)?;
        altered.fields.contains(&"unlogged").then_some(!desired.unlogged)
    }
}
