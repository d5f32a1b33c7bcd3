//! A stable topological order: among free vertices the one of least rank comes first.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, BinaryHeap},
};

use super::{Action, vertex::Vertex};
use crate::{
    base::{Name, QName},
    model::{Kind, Table},
};

/// Where a vertex stands when nothing forces its place: renames, then what is added or changed, then what goes; by
/// stage, module, table and kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    /// The turn of the vertex's module, where modules take turns.
    turn: usize,
    phase: u8,
    stage: u8,
    module: Option<Name>,
    owner: QName,
    kind: u8,
    /// Parts keep the order in which they are declared.
    at: usize,
}

/// Returns the vertices' numbers in order. `edges[a]` are the vertices that come after `a`.
/// `by_module`: modules take turns, one that others need first.
pub(super) fn order(vertices: &[Vertex], edges: &[Vec<usize>], by_module: bool) -> Vec<usize> {
    let mut ranks: Vec<Rank> = vertices.iter().enumerate().map(|(at, it)| rank(at, it)).collect();
    if by_module {
        let turns = turns(vertices, edges);
        for (rank, vertex) in ranks.iter_mut().zip(vertices) {
            rank.turn = turns[&vertex.module];
        }
    }
    let mut waiting: Vec<usize> = vec![0; vertices.len()];
    for &to in edges.iter().flatten() {
        waiting[to] += 1;
    }
    let mut free: BinaryHeap<Reverse<(&Rank, usize)>> = (0..vertices.len())
        .filter(|&at| waiting[at] == 0)
        .map(|at| Reverse((&ranks[at], at)))
        .collect();
    let mut res = Vec::with_capacity(vertices.len());
    let mut done = vec![false; vertices.len()];
    let mut by_rank: Vec<usize> = (0..vertices.len()).collect();
    by_rank.sort_by_key(|&at| &ranks[at]);
    let stuck = by_rank.iter().copied();
    while res.len() < vertices.len() {
        // Circles are broken before the graph is built; should one be left, its first vertex goes ahead.
        let next = free.pop().map(|it| it.0.1).or_else(|| {
            let waiting = stuck.clone().find(|&at| !done[at])?;
            circle(edges, &done, waiting).into_iter().min_by_key(|&at| &ranks[at])
        });
        let Some(at) = next else { break };
        if std::mem::replace(&mut done[at], true) {
            continue;
        }
        res.push(at);
        for &to in &edges[at] {
            waiting[to] = waiting[to].saturating_sub(1);
            if waiting[to] == 0 && !done[to] {
                free.push(Reverse((&ranks[to], to)));
            }
        }
    }
    res
}

/// Returns the vertices of a circle that a vertex waits for; those that are done wait for nothing.
fn circle(edges: &[Vec<usize>], done: &[bool], waiting: usize) -> Vec<usize> {
    let mut before: Vec<Option<usize>> = vec![None; edges.len()];
    for (from, targets) in edges.iter().enumerate().filter(|it| !done[it.0]) {
        for &to in targets {
            before[to].get_or_insert(from);
        }
    }
    let (mut path, mut at) = (Vec::new(), waiting);
    loop {
        if let Some(start) = path.iter().position(|&it| it == at) {
            return path.split_off(start);
        }
        path.push(at);
        match before[at] {
            Some(first) => at = first,
            None => return path,
        }
    }
}

fn rank(at: usize, vertex: &Vertex) -> Rank {
    let phase = match vertex.action {
        Action::Rename => 0,
        Action::Create | Action::Alter => 1,
        Action::Drop => 2,
    };
    // What is done by ALTER TABLE stands with its table, so that several actions make one statement.
    let stage = if vertex.begins_with_action() { Table::INFO.stage } else { vertex.id.kind.stage };
    Rank {
        turn: 0,
        phase,
        stage,
        module: vertex.module.clone(),
        owner: vertex.id.owner.clone(),
        kind: vertex.id.kind.stage,
        at,
    }
}

/// Returns each module's turn: after those whose vertices come before its own; by name where that is a circle.
fn turns<'a>(vertices: &'a [Vertex], edges: &[Vec<usize>]) -> BTreeMap<&'a Option<Name>, usize> {
    let mut before: BTreeMap<&Option<Name>, BTreeSet<&Option<Name>>> = BTreeMap::new();
    for (from, targets) in edges.iter().enumerate() {
        let first = &vertices[from].module;
        before.entry(first).or_default();
        for then in targets.iter().map(|&to| &vertices[to].module).filter(|it| *it != first) {
            before.entry(then).or_default().insert(first);
        }
    }
    let mut res = BTreeMap::new();
    while res.len() < before.len() {
        let waiting = || before.iter().filter(|(module, _)| !res.contains_key(*module));
        let free = waiting().find(|(_, needed)| needed.iter().all(|it| res.contains_key(it)));
        let Some(module) = free.or_else(|| waiting().next()).map(|it| *it.0) else { break };
        res.insert(module, res.len());
    }
    res
}
