//! Check constraints.

use super::constraint;
use crate::{
    base::Name,
    dialect::{Cx, Sql, standard},
    model::{Check, Id, Table},
};

pub(super) fn inline(cx: &Cx, _: &Table, it: &Check) -> Option<String> {
    Some(format!("{}{}", standard::constraint_name(cx, &it.name, false), standard::check(it)))
}

pub(super) fn create(cx: &Cx, id: &Id, it: &Check, _: &[Name]) -> Vec<Sql> {
    let text = format!(
        "{}{}",
        standard::constraint_name(cx, &it.name, cx.is_nameless(&id.owner, it)),
        standard::check(it)
    );
    constraint::add(cx, id, &text, it.comment.as_deref())
}

pub(super) fn drop(cx: &Cx, id: &Id, _: &Check) -> Vec<Sql> {
    constraint::drop(cx, id)
}

pub(super) fn alter(
    cx: &Cx,
    id: &Id,
    _: &Check,
    desired: &Check,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    constraint::alter_comment(cx, id, desired.comment.as_deref(), changed)
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &Check) -> Option<Vec<Sql>> {
    Some(constraint::rename(cx, from, id))
}
