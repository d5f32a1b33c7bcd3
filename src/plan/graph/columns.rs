//! What goes before columns that it is of, or speaks of.

use super::Ctx;
use crate::{
    dialect::needs::mentions,
    model::{Column, Id, Statistics, Trigger},
    plan::{Action, vertex::Vertex},
};

impl Ctx<'_> {
    /// Statistics go along with the columns that they are of.
    pub(super) fn goes_before_columns(&mut self, at: usize, vertex: &Vertex) {
        let Some(object) = self.cx.current.find(&vertex.id) else { return };
        let Ok(statistics) = <&Statistics>::try_from(object) else { return };
        let Some(table) = self.cx.current.table(&statistics.table) else { return };
        for name in mentions::columns(table, object) {
            let column = Id::part::<Column>(table.name.clone(), name.clone());
            self.before(Some(at), self.find(Action::Drop, &column));
        }
    }

    /// A server that reads triggers anew drops no column while one speaks of it.
    pub(super) fn is_done_with_columns(&mut self, at: usize, vertex: &Vertex) {
        let Some(object) = self.cx.current.find(&vertex.id).filter(|_| vertex.id.is::<Trigger>())
        else {
            return;
        };
        let spoken_of = object.meta().uses.iter().map(|it| &it.owner).chain([&vertex.id.owner]);
        let columns = spoken_of.filter_map(|it| self.columns.get(it)).flatten();
        let dropped = |it: &&usize| self.vertices[**it].action == Action::Drop;
        let dropped: Vec<usize> = columns.filter(dropped).copied().collect();
        for then in dropped {
            self.before(Some(at), Some(then));
        }
    }
}
