//! What is renamed, or stands in the way of that, and has to come anew.

use super::{Action, Ctx};
use crate::{
    dialect::needs::mentions,
    diff::Change,
    model::{Column, Id},
};

impl Ctx<'_> {
    /// Drops and creates again what stands in the way of a rename.
    pub(super) fn part_from_renamed(&mut self) {
        if self.cx.dialect.renames_in_exprs {
            return;
        }
        let mut affected: Vec<Id> = Vec::new();
        for change in &self.diff.changes {
            let Change::Rename { to, .. } = change else { continue };
            let Some(table) = self.cx.desired.table(&to.owner).filter(|_| to.is::<Column>()) else {
                continue;
            };
            affected.extend(table.parts().into_iter().map(|it| it.0).filter(|id| {
                mentions::in_exprs_of(self.cx.current, self.diff.current_id(id)).contains(to.name())
            }));
        }
        for id in affected {
            self.recreate(&id);
        }
    }

    /// Drops a part by its old name and creates it by its new one, where it was to be renamed.
    pub(super) fn recreate_renamed(&mut self, id: &Id) {
        let is_it = |it: &super::Vertex| it.action == Action::Rename && it.id == *id;
        let Some(at) = self.vertices.iter().position(is_it) else { return };
        if let Some(from) = self.vertices.remove(at).from {
            self.disturbed.recreated.insert(id.clone());
            self.drop(&from);
            self.create(id);
        }
    }
}
