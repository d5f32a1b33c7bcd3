//! Foreign keys.

use super::constraint;
use crate::{
    base::Name,
    dialect::{Cx, Sql, standard},
    model::{ForeignKey, Id, Table},
};

pub(super) fn inline(cx: &Cx, _: &Table, it: &ForeignKey) -> Option<String> {
    Some(format!(
        "{}{}",
        standard::constraint_name(cx, &it.name, false),
        standard::foreign_key(cx, it)
    ))
}

pub(super) fn create(cx: &Cx, id: &Id, it: &ForeignKey, _: &[Name]) -> Vec<Sql> {
    let text = format!(
        "{}{}",
        standard::constraint_name(cx, &it.name, cx.is_nameless(&id.owner, it)),
        standard::foreign_key(cx, it)
    );
    constraint::add(cx, id, &text, it.comment.as_deref())
}

pub(super) fn drop(cx: &Cx, id: &Id, _: &ForeignKey) -> Vec<Sql> {
    constraint::drop(cx, id)
}

pub(super) fn alter(
    cx: &Cx,
    id: &Id,
    _: &ForeignKey,
    desired: &ForeignKey,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    constraint::alter_comment(cx, id, desired.comment.as_deref(), changed)
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &ForeignKey) -> Option<Vec<Sql>> {
    Some(constraint::rename(cx, from, id))
}
