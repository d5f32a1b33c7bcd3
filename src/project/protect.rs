//! `protected`: what no plan may drop.

use super::codes;
use crate::{
    diag::Sink,
    diff::Change,
    model::{Id, Meta, Schema},
    plan::{Action, Plan},
};

/// Reports every protected object, and every column of a protected table, that the plan drops.
pub(super) fn check(plan: &Plan, current: &Schema, desired: &Schema, sink: &mut Sink) {
    let dropped = plan.changes.iter().filter(|it| matches!(it, Change::Drop(_))).map(Change::id);
    let remade = plan
        .steps
        .iter()
        .flat_map(|it| &it.items)
        .filter(|it| it.action == Action::Drop)
        .map(|it| &it.id);
    let mut seen = std::collections::BTreeSet::new();
    for id in dropped.chain(remade).filter(|it| seen.insert((*it).clone())) {
        let own = [current, desired].into_iter().filter_map(|it| Some(it.find(id)?.meta()));
        let is_column = id.kind.keyword == "column";
        let owners =
            [current, desired].into_iter().filter_map(|it| Some(&it.table(&id.owner)?.meta));
        let guard = own.chain(owners.filter(|_| is_column)).find(|it| it.protected);
        if let Some(Meta { place: Some(place), .. }) = guard {
            sink.push(codes::protected_object(&what(id), *place));
        }
    }
}

fn what(id: &Id) -> String {
    format!("{} `{id}`", id.kind.noun)
}
