//! Names that are needed for something else while what has them would still be there.

use std::collections::{BTreeMap, BTreeSet};

use super::{Action, vertex::Vertex};
use crate::{
    base::{Name, QName},
    dialect::{Cx, Sql, needs},
    diff::Diff,
    model::{Id, MaterializedView, Schema, Table, View},
};

/// Returns the views that have to be dropped and created again, though they could be replaced.
pub(super) fn views(vertices: &[Vertex], diff: &Diff, cx: &Cx) -> Vec<Id> {
    let mut gone = names(vertices, Action::Drop, cx.current, cx);
    if gone.is_empty() {
        return Vec::new();
    }
    let taken = names(vertices, Action::Create, cx.desired, cx);
    gone.retain(|name, _| taken.contains_key(name));
    let gone = with_users(gone.into_values().flatten().collect(), vertices, cx);
    let altered = vertices.iter().filter(|it| it.action == Action::Alter && it.id.is::<View>());
    let rests_on_gone = |id: &&Id| {
        let object = diff.current_object(id);
        object.is_some_and(|it| it.meta().uses.iter().any(|it| gone.contains(it)))
    };
    altered.map(|it| &it.id).filter(rests_on_gone).cloned().collect()
}

/// Returns the parts that have to go before the table or view that they go with: tables that are made anew need their
/// names, and may have to be made before that goes.
pub(super) fn parts(vertices: &[Vertex], cx: &Cx) -> Vec<Id> {
    let rebuilt = vertices.iter().filter(|it| it.sql.contains(&Sql::Rebuild));
    let rebuilt: BTreeSet<Id> = rebuilt.map(|it| Id::of::<Table>(it.id.owner.clone())).collect();
    let shared = |schema: &Schema, owner: &Id| -> Vec<Id> {
        let parts = schema.parts_of(owner).into_iter().map(|it| it.0);
        parts.filter(|it| cx.dialect.names_are_shared(it.kind)).collect()
    };
    let taken = rebuilt.iter().flat_map(|it| shared(cx.desired, it));
    let taken: BTreeSet<(&'static str, Name)> =
        taken.map(|it| (it.kind.keyword, it.name().clone())).collect();
    if taken.is_empty() {
        return Vec::new();
    }
    let gone = vertices.iter().filter(|it| it.action == Action::Drop && !it.id.kind.part);
    let parts = gone.flat_map(|it| shared(cx.current, &it.id));
    parts.filter(|it| taken.contains(&(it.kind.keyword, it.name().clone()))).collect()
}

/// Adds what goes as well and rests on what goes, which has to go before that.
fn with_users<'v>(mut gone: BTreeSet<&'v Id>, vertices: &'v [Vertex], cx: &Cx) -> BTreeSet<&'v Id> {
    let dropped = vertices.iter().filter(|it| it.action == Action::Drop);
    let mut others: Vec<(&Id, Vec<Id>)> = Vec::new();
    if !gone.is_empty() {
        others.extend(
            dropped.map(|it| (&it.id, needs::needs(cx.current, &it.id, &it.without, cx.dialect))),
        );
    }
    loop {
        let n_gone = gone.len();
        let rests = |it: &&(&'v Id, Vec<Id>)| it.1.iter().any(|it| gone.contains(it));
        let more: Vec<&Id> = others.iter().filter(rests).map(|it| it.0).collect();
        gone.extend(more);
        if gone.len() == n_gone {
            return gone;
        }
    }
}

/// Returns the names of the tables and views that come or go, of keys and indexes among them, and whose they are.
fn names<'v>(
    vertices: &'v [Vertex],
    action: Action,
    schema: &Schema,
    cx: &Cx,
) -> BTreeMap<QName, Vec<&'v Id>> {
    let mut res: BTreeMap<QName, Vec<&Id>> = BTreeMap::new();
    let is_relation = |it: &Id| it.is::<Table>() || it.is::<View>() || it.is::<MaterializedView>();
    let relations = vertices.iter().filter(|it| it.action == action && is_relation(&it.id));
    for table in relations.map(|it| &it.id) {
        res.entry(table.owner.clone()).or_default().push(table);
        for (part, _) in schema.parts_of(table) {
            if cx.dialect.names_are_shared(part.kind) {
                let name = QName::new(part.owner.schema.clone(), part.name().clone());
                res.entry(name).or_default().push(table);
            }
        }
    }
    res
}
