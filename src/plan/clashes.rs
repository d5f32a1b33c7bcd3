//! Views that would keep a table there while its names are needed for another one.

use std::collections::{BTreeMap, BTreeSet};

use super::{Action, vertex::Vertex};
use crate::{
    base::QName,
    dialect::Cx,
    diff::Diff,
    model::{Id, Schema, Table, View},
};

/// Returns the views that have to be dropped and created again, though they could be replaced.
pub(super) fn views(vertices: &[Vertex], diff: &Diff, cx: &Cx) -> Vec<Id> {
    let mut gone = names(vertices, Action::Drop, cx.current, cx);
    if gone.is_empty() {
        return Vec::new();
    }
    let taken = names(vertices, Action::Create, cx.desired, cx);
    gone.retain(|name, _| taken.contains_key(name));
    let gone: BTreeSet<&Id> = gone.into_values().flatten().collect();
    let altered = vertices.iter().filter(|it| it.action == Action::Alter && it.id.is::<View>());
    let rests_on_gone = |id: &&Id| {
        let object = diff.current_object(id);
        object.is_some_and(|it| it.meta().uses.iter().any(|it| gone.contains(it)))
    };
    altered.map(|it| &it.id).filter(rests_on_gone).cloned().collect()
}

/// Returns the names of the keys and indexes of the tables that come or go, and whose they are.
fn names<'v>(
    vertices: &'v [Vertex],
    action: Action,
    schema: &Schema,
    cx: &Cx,
) -> BTreeMap<QName, Vec<&'v Id>> {
    let mut res: BTreeMap<QName, Vec<&Id>> = BTreeMap::new();
    let tables = vertices.iter().filter(|it| it.action == action && it.id.is::<Table>());
    for table in tables.map(|it| &it.id) {
        for (part, _) in schema.parts_of(table) {
            if cx.dialect.names_are_shared(part.kind) {
                let name = QName::new(part.owner.schema.clone(), part.name().clone());
                res.entry(name).or_default().push(table);
            }
        }
    }
    res
}
