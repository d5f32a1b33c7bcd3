//! Several changes of one table that have to be made at once: one vertex in their place.

use std::collections::{BTreeMap, BTreeSet};

use super::{Action, vertex::Vertex};
use crate::{
    base::{Name, QName},
    dialect::{Cx, Sql, needs::mentions},
    model::{Column, ForeignKey, Id, Index, Table, Trigger, Unique},
};

/// Returns the vertices, those that one step has to do together as one.
pub(super) fn absorb(vertices: Vec<Vertex>, cx: &Cx) -> Vec<Vertex> {
    let vertices = rebuilt(vertices, cx);
    if cx.dialect.alters_at_once { altered_at_once(vertices, cx) } else { vertices }
}

/// Puts one ALTER TABLE in the place of all that concern a table but its foreign keys. The database judges the table
/// when all is done, so a key never has to wait for a column, nor an index for the one in its place, nor the other way
/// round; only foreign keys, which concern two tables, come and go on their own.
fn altered_at_once(vertices: Vec<Vertex>, cx: &Cx) -> Vec<Vertex> {
    let renamed = renamed_columns(&vertices);
    let is_inside = |it: &Vertex| {
        let is_change = of_table(it) && !it.id.is::<ForeignKey>() && !hinders(it, &renamed, cx);
        let stands_alone = it.action == Action::Rename && !it.begins_with_action();
        is_change && !stands_alone && cx.current.tables.contains_key(&it.id.owner)
    };
    let (inside, mut res): (Vec<_>, Vec<_>) = vertices.into_iter().partition(is_inside);
    let mut groups: BTreeMap<QName, Vec<Vertex>> = BTreeMap::new();
    for it in inside.into_iter().filter(|it| !it.sql.is_empty()) {
        groups.entry(it.id.owner.clone()).or_default().push(it);
    }
    for (name, mut group) in groups {
        if let [_] = &group[..] {
            res.append(&mut group);
            continue;
        }
        let waiting = group.iter_mut().filter(|it| waits_for_charset(it, cx));
        let last: Vec<Sql> = waiting.filter_map(|it| it.sql.pop()).collect();
        let dropped: BTreeSet<Id> =
            group.iter().filter(|it| it.action == Action::Drop).map(|it| it.id.clone()).collect();
        group.sort_by_key(|it| turn(it, &dropped));
        let mut sql: Vec<Sql> = group.iter().flat_map(|it| it.sql.iter().cloned()).collect();
        sql.extend(last.into_iter().map(|it| alone(it, &name, cx)));
        let vertex = Vertex::new(Action::Alter, Id::of::<Table>(name));
        res.push(Vertex { sql, absorbed: group, ..vertex });
    }
    res
}

/// Returns the action as a statement of its own.
fn alone(sql: Sql, table: &QName, cx: &Cx) -> Sql {
    match sql {
        Sql::Action(text) => {
            Sql::Statement(format!("ALTER TABLE {} {text}", cx.dialect.qname(table)))
        }
        other => other,
    }
}

/// Returns whether an index is made, or made anew, on a text that gets another character set along with its table, by a statement of
/// its own: how much of the text an index holds is a matter of that.
fn waits_for_charset(vertex: &Vertex, cx: &Cx) -> bool {
    let id = &vertex.id;
    let tables = cx.current.table(&id.owner).zip(cx.desired.table(&id.owner));
    let Some((current, desired)) = tables else { return false };
    let is_index = id.is::<Index>() || id.is::<Unique>();
    let has_actions = vertex.sql.iter().all(|it| matches!(it, Sql::Action(_)));
    let recoded = || cx.dialect.table_collate(current) != cx.dialect.table_collate(desired);
    if !is_index || vertex.action == Action::Drop || !has_actions || !recoded() {
        return false;
    }
    let follows = |it: &Column| {
        cx.dialect.has_charset(&it.ty) && it.charset.is_none() && it.collate.is_none()
    };
    let columns = cx.desired.find(id).map(|it| mentions::columns(desired, it));
    let mut columns = columns.into_iter().flatten().filter_map(|it| desired.column(it));
    columns.any(follows)
}

/// Returns the columns that get another name, under the new one.
fn renamed_columns(vertices: &[Vertex]) -> BTreeSet<Id> {
    let renames = vertices.iter().filter(|it| it.action == Action::Rename);
    renames.map(|it| it.id.clone()).filter(Id::is::<Column>).collect()
}

/// Returns whether a column can only be renamed once this has been dropped.
fn hinders(vertex: &Vertex, renamed: &BTreeSet<Id>, cx: &Cx) -> bool {
    let owner = &vertex.id.owner;
    let is_renamed = |it: Name| renamed.contains(&Id::part::<Column>(owner.clone(), it));
    vertex.action == Action::Drop
        && !cx.dialect.renames_in_exprs
        && mentions::in_exprs_of(cx.current, &vertex.id).into_iter().any(is_renamed)
}

/// Returns where a change stands in its group: whole statements that make a column come before the ALTER TABLE, all
/// others after it.
fn turn(it: &Vertex, dropped: &BTreeSet<Id>) -> (u8, u8) {
    let turn = match it.action {
        _ if !it.begins_with_action() => {
            let is_new = it.id.is::<Column>() && !dropped.contains(&it.id);
            if is_new { 0 } else { 4 }
        }
        Action::Rename => 1,
        Action::Create | Action::Alter => 2,
        // What rests on a column goes before it.
        Action::Drop => return (3, u8::MAX - it.id.kind.stage),
    };
    (turn, it.id.kind.stage)
}

fn of_table(it: &Vertex) -> bool {
    it.id.kind.part || it.id.is::<Table>() && it.action == Action::Alter
}

/// Puts one vertex in the place of all that concern a table which only a new table can satisfy.
fn rebuilt(vertices: Vec<Vertex>, cx: &Cx) -> Vec<Vertex> {
    let Some(rebuild) = cx.dialect.rebuild else { return vertices };
    let names: BTreeSet<QName> = vertices
        .iter()
        .filter(|it| it.sql.contains(&Sql::Rebuild))
        .map(|it| it.id.owner.clone())
        .collect();
    let (inside, mut res): (Vec<Vertex>, Vec<Vertex>) = vertices.into_iter().partition(|it| {
        // These go on their own: one of that name may come to another table before this one is made anew.
        let goes = it.action == Action::Drop && (it.id.is::<Trigger>() || it.id.is::<Index>());
        of_table(it) && it.action != Action::Rename && !goes && names.contains(&it.id.owner)
    });
    for name in names {
        let (Some(current), Some(desired)) = (cx.current.table(&name), cx.desired.table(&name))
        else {
            continue;
        };
        let sql = rebuild(cx, current, desired).into_iter().map(Sql::Alone).collect();
        let absorbed = inside.iter().filter(|it| it.id.owner == name).cloned().collect();
        res.push(Vertex { sql, absorbed, ..Vertex::new(Action::Alter, Id::of::<Table>(name)) });
    }
    res
}
