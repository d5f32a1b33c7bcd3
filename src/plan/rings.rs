//! Objects that get each other's names: one of them is called something else for as long as that takes.

use std::collections::BTreeMap;

use super::{Action, taken::taken, vertex::Vertex};
use crate::{base::Name, dialect::Cx, model::Id};

/// Parts one rename in two wherever renames wait for each other in a ring.
pub(super) fn part(vertices: &mut Vec<Vertex>, cx: &Cx) {
    let waits = waits(vertices, cx);
    let mut left: Vec<usize> = waits.keys().copied().collect();
    loop {
        let is_free = |at: &usize, left: &[usize]| !waits[at].iter().any(|it| left.contains(it));
        let n_left = left.len();
        left = left.iter().copied().filter(|it| !is_free(it, &left)).collect();
        let Some(&first) = left.first() else { return };
        if left.len() == n_left {
            let at = in_ring(first, &waits, &left);
            left.retain(|it| *it != at);
            let detour = detour(&mut vertices[at], cx);
            vertices.extend(detour);
        }
    }
}

/// Returns, for each rename, those that set its new name free.
fn waits(vertices: &[Vertex], cx: &Cx) -> BTreeMap<usize, Vec<usize>> {
    let renames = || vertices.iter().enumerate().filter(|it| it.1.action == Action::Rename);
    let mut freed = BTreeMap::new();
    for (at, from) in renames().filter_map(|it| Some((it.0, it.1.from.as_ref()?))) {
        freed.extend(taken(cx, cx.current, from).into_iter().map(|it| (it, at)));
    }
    let others = |at: usize, id: &Id| {
        let names = taken(cx, cx.desired, id);
        names.iter().filter_map(|it| freed.get(it).copied()).filter(|it| *it != at).collect()
    };
    renames().map(|(at, it)| (at, others(at, &it.id))).collect()
}

/// Returns a rename of the ring that one leads to.
fn in_ring(mut at: usize, waits: &BTreeMap<usize, Vec<usize>>, left: &[usize]) -> usize {
    let mut path = Vec::new();
    while !path.contains(&at) {
        path.push(at);
        at = waits[&at].iter().copied().find(|it| left.contains(it)).unwrap_or(at);
    }
    at
}

/// Lets the rename start from a name of its own; returns the one that gives it that name.
fn detour(vertex: &mut Vertex, cx: &Cx) -> Option<Vertex> {
    let from = vertex.from.clone()?;
    let (row, object) = (cx.dialect.emitter(vertex.id.kind)?, cx.desired.find(&vertex.id)?);
    let own = cx.dialect.table_name(&format!("schemac_new_{}", vertex.id.name()));
    let between = named(&from, own);
    let first = (row.rename)(cx, &from, &between, object)?;
    vertex.sql = (row.rename)(cx, &between, &vertex.id, object)?;
    vertex.from = Some(between.clone());
    Some(Vertex { from: Some(from), sql: first, ..Vertex::new(Action::Rename, between) })
}

/// Returns the identity under another name.
fn named(id: &Id, name: Name) -> Id {
    let mut res = id.clone();
    match &mut res.part {
        Some(part) => *part = name,
        None => res.owner.name = name,
    }
    res
}
