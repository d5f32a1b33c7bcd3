//! What goes with something else unless the plan lets go of it first: sequences of columns, children of tables.

use std::collections::{BTreeMap, BTreeSet};

use super::{Action, vertex::Vertex};
use crate::{
    base::QName,
    dialect::{Cx, Sql},
    model::{Column, Id, Kind, Sequence, Table},
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

/// Tables that stay leave the tables that go and that they inherit from or are partitions of.
pub(super) fn part_children(vertices: &mut Vec<Vertex>, cx: &Cx) {
    let tables = |action: Action| -> BTreeSet<QName> {
        let found = vertices.iter().filter(|it| it.action == action && it.id.is::<Table>());
        found.map(|it| it.id.owner.clone()).collect()
    };
    let gone = tables(Action::Drop);
    if gone.is_empty() {
        return;
    }
    let Some(row) = cx.dialect.emitter(Table::INFO) else { return };
    let staying = cx.current.tables.values().filter(|it| !gone.contains(&it.name));
    let mut new = Vec::new();
    for child in staying.filter(|it| it.ancestors().any(|it| gone.contains(it))) {
        let id = Id::of::<Table>(child.name.clone());
        let mut fields = vec!["parents", "partition_of"];
        let altered = vertices.iter().filter(|it| it.action == Action::Alter && it.id == id);
        altered.for_each(|it| fields.retain(|field| !it.fields.contains(field)));
        let mut free = child.clone();
        free.parents.retain(|it| !gone.contains(it));
        free.partition_of.take_if(|it| gone.contains(&it.parent));
        let sql = (row.alter)(cx, &id, child.into(), (&free).into(), &fields).unwrap_or_default();
        if !sql.is_empty() {
            new.push(Vertex { fields, sql, ..Vertex::new(Action::Alter, id) });
        }
    }
    vertices.extend(new);
}

/// Returns the statements after which no column owns the sequence.
fn freed(cx: &Cx, id: &Id, sequence: &Sequence) -> Vec<Sql> {
    let Some(row) = cx.dialect.emitter(id.kind) else { return Vec::new() };
    let free = Sequence { owned_by: None, ..sequence.clone() };
    (row.alter)(cx, id, sequence.into(), (&free).into(), &["owned_by"]).unwrap_or_default()
}
