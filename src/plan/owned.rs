//! What goes with something else unless the plan lets go of it first: sequences of columns.

use std::collections::BTreeMap;

use super::{Action, vertex::Vertex};
use crate::{
    dialect::{Cx, Sql},
    model::{Column, Id, Sequence, Table},
};

/// Leaves out the DROP of sequences that go with their column, and frees those that stay from columns that go.
pub(super) fn part(vertices: &mut [Vertex], cx: &Cx) {
    let sequences: Vec<(&Sequence, [Id; 2])> = cx
        .current
        .sequences
        .values()
        // The column that takes one in gets it first.
        .filter(|it| !it.meta.external && !cx.is_taken_in(&it.name))
        .filter_map(|it| {
            let (table, column) = it.owned_by.clone()?;
            Some((it, [Id::of::<Table>(table.clone()), Id::part::<Column>(table, column)]))
        })
        .collect();
    if sequences.is_empty() {
        return;
    }
    let dropped = vertices.iter().enumerate().filter(|it| it.1.action == Action::Drop);
    let gone: BTreeMap<Id, usize> = dropped.map(|(at, it)| (it.id.clone(), at)).collect();
    for (sequence, owners) in sequences {
        let Some(owner) = owners.iter().find_map(|it| gone.get(it)) else { continue };
        let id = Id::of::<Sequence>(sequence.name.clone());
        match gone.get(&id) {
            Some(own) => vertices[*own].sql.clear(),
            None => drop(vertices[*owner].sql.splice(..0, freed(cx, &id, sequence))),
        }
    }
}

/// Returns the statements after which no column owns the sequence.
fn freed(cx: &Cx, id: &Id, sequence: &Sequence) -> Vec<Sql> {
    let Some(row) = cx.dialect.emitter(id.kind) else { return Vec::new() };
    let free = Sequence { owned_by: None, ..sequence.clone() };
    (row.alter)(cx, id, sequence.into(), (&free).into(), &["owned_by"]).unwrap_or_default()
}
