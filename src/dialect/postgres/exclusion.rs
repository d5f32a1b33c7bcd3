//! Exclusion constraints.

use super::{constraint, index};
use crate::{
    base::Name,
    dialect::{Cx, Sql, standard},
    model::{Exclusion, Id, Table},
};

pub(super) fn inline(cx: &Cx, _: &Table, it: &Exclusion) -> Option<String> {
    Some(format!("{}{}", standard::constraint_name(cx, &it.name, false), text(cx, it)))
}

pub(super) fn create(cx: &Cx, id: &Id, it: &Exclusion, _: &[Name]) -> Vec<Sql> {
    let name = standard::constraint_name(cx, &it.name, cx.is_nameless(&id.owner, it));
    constraint::add(cx, id, &format!("{name}{}", text(cx, it)), it.comment.as_deref())
}

pub(super) fn drop(cx: &Cx, id: &Id, _: &Exclusion) -> Vec<Sql> {
    constraint::drop(cx, id)
}

pub(super) fn alter(
    cx: &Cx,
    id: &Id,
    _: &Exclusion,
    desired: &Exclusion,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    constraint::alter_comment(cx, id, desired.comment.as_deref(), changed)
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &Exclusion) -> Option<Vec<Sql>> {
    Some(constraint::rename(cx, from, id))
}

fn text(cx: &Cx, it: &Exclusion) -> String {
    let keys: Vec<String> = it
        .keys
        .iter()
        .zip(&it.operators)
        .map(|(key, operator)| {
            format!("{} WITH {operator}", index::columns(cx, &it.method, std::slice::from_ref(key)))
        })
        .collect();
    let mut res = format!("EXCLUDE USING {} ({})", it.method, keys.join(", "));
    if !it.include.is_empty() {
        res.push_str(&format!(" INCLUDE ({})", cx.dialect.idents(&it.include)));
    }
    res.push_str(&standard::key_storage(&it.options));
    if let Some(condition) = &it.condition {
        res.push_str(&format!(" WHERE ({})", condition.text()));
    }
    res + standard::deferral(it.deferral)
}
