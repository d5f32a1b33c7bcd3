//! Unique constraints.

use super::{constraint, table};
use crate::{
    base::Name,
    dialect::{Cx, Sql, standard},
    model::{Id, PrimaryKey, Table, Unique},
};

pub(super) fn inline(cx: &Cx, table: &Table, it: &Unique) -> Option<String> {
    if is_merged(table, it) {
        return None;
    }
    Some(format!(
        "{}{}",
        standard::constraint_name(cx, &it.name, cx.is_nameless(&table.name, it)),
        standard::unique(cx, it)
    ))
}

/// Whether `CREATE TABLE` would make no index of it: of keys that are alike in all but their names only the first is made
/// (`transformIndexConstraints`).
fn is_merged(table: &Table, it: &Unique) -> bool {
    let is_plain = it.include.is_empty() && !it.nulls_not_distinct && !it.without_overlaps;
    let is_key = |key: &PrimaryKey| {
        is_plain
            && key.columns == it.columns
            && key.include.is_empty()
            && key.deferral == it.deferral
    };
    let is_alike = |other: &&Unique| {
        other.columns == it.columns
            && other.include == it.include
            && other.nulls_not_distinct == it.nulls_not_distinct
            && other.deferral == it.deferral
            && other.without_overlaps == it.without_overlaps
    };
    let first = table.uniques.iter().find(is_alike);
    table.primary_key.as_ref().is_some_and(is_key)
        || first.is_some_and(|other| other.name != it.name)
}

pub(super) fn create(cx: &Cx, id: &Id, it: &Unique, _: &[Name]) -> Vec<Sql> {
    let text = format!(
        "{}{}",
        standard::constraint_name(cx, &it.name, cx.is_nameless(&id.owner, it)),
        standard::unique(cx, it)
    );
    let mut res = constraint::add(cx, id, &text, it.comment.as_deref());
    res.extend(table::order_by(cx, &id.owner, &it.name));
    res
}

pub(super) fn drop(cx: &Cx, id: &Id, _: &Unique) -> Vec<Sql> {
    constraint::drop(cx, id)
}

pub(super) fn alter(
    cx: &Cx,
    id: &Id,
    _: &Unique,
    desired: &Unique,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    constraint::alter_comment(cx, id, desired.comment.as_deref(), changed)
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &Unique) -> Option<Vec<Sql>> {
    Some(constraint::rename(cx, from, id))
}
