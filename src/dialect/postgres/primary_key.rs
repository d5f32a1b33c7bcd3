//! Primary keys.

use super::{constraint, table};
use crate::{
    base::Name,
    dialect::{Cx, Sql, standard},
    model::{Id, PrimaryKey, Table},
};

pub(super) fn inline(cx: &Cx, table: &Table, it: &PrimaryKey) -> Option<String> {
    Some(format!(
        "{}{}",
        standard::constraint_name(cx, &it.name, cx.is_nameless(&table.name, it)),
        standard::primary_key(cx, it)
    ))
}

pub(super) fn create(cx: &Cx, id: &Id, it: &PrimaryKey, _: &[Name]) -> Vec<Sql> {
    let text = format!(
        "{}{}",
        standard::constraint_name(cx, &it.name, cx.is_nameless(&id.owner, it)),
        standard::primary_key(cx, it)
    );
    let mut res = constraint::add(cx, id, &text, it.comment.as_deref());
    res.extend(table::order_by(cx, &id.owner, &it.name));
    res
}

pub(super) fn drop(cx: &Cx, id: &Id, _: &PrimaryKey) -> Vec<Sql> {
    constraint::drop(cx, id)
}

pub(super) fn alter(
    cx: &Cx,
    id: &Id,
    _: &PrimaryKey,
    desired: &PrimaryKey,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    constraint::alter_comment(cx, id, desired.comment.as_deref(), changed)
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &PrimaryKey) -> Option<Vec<Sql>> {
    Some(constraint::rename(cx, from, id))
}
