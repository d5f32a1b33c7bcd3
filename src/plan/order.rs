//! A stable topological order: among free vertices the one of least rank comes first.

use std::{cmp::Reverse, collections::BinaryHeap};

use super::{Action, vertex::Vertex};
use crate::base::{Name, QName};

/// Where a vertex stands when nothing forces its place: renames, then what is added or changed, then what goes; by
/// stage, module, table, kind and name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    phase: u8,
    stage: u8,
    module: Option<Name>,
    owner: QName,
    kind: u8,
    part: Option<Name>,
    at: usize,
}

/// Returns the vertices' numbers in order. `edges[a]` are the vertices that come after `a`.
pub(super) fn order(vertices: &[Vertex], edges: &[Vec<usize>]) -> Vec<usize> {
    let ranks: Vec<Rank> = vertices.iter().enumerate().map(|(at, it)| rank(at, it)).collect();
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
    let mut stuck = by_rank.into_iter();
    while res.len() < vertices.len() {
        // Circles are broken before the graph is built; should one be left, its first vertex goes ahead.
        let next = free.pop().map(|it| it.0.1).or_else(|| stuck.by_ref().find(|&at| !done[at]));
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

fn rank(at: usize, vertex: &Vertex) -> Rank {
    let phase = match vertex.action {
        Action::Rename => 0,
        Action::Create | Action::Alter => 1,
        Action::Drop => 2,
    };
    // What is done by ALTER TABLE stands with its table, so that several actions make one statement.
    let stage = if vertex.begins_with_action() { 2 } else { vertex.id.kind.stage };
    Rank {
        phase,
        stage,
        module: vertex.module.clone(),
        owner: vertex.id.owner.clone(),
        kind: vertex.id.kind.stage,
        part: vertex.id.part.clone(),
        at,
    }
}
