//! Unique constraints.

use super::{constraint, keys};
use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{Id, Table, Unique},
};

pub(super) fn inline(cx: &Cx, _: &Table, it: &Unique) -> Option<String> {
    Some(format!("{}{}", constraint::name(cx, it), keys::unique(cx, it)))
}

pub(super) fn create(cx: &Cx, id: &Id, _: &Unique, _: &[Name]) -> Vec<Sql> {
    constraint::create(cx, id)
}

pub(super) fn drop(cx: &Cx, id: &Id, _: &Unique) -> Vec<Sql> {
    constraint::drop(cx, id)
}

pub(super) fn alter(
    _: &Cx,
    _: &Id,
    _: &Unique,
    _: &Unique,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    Some(constraint::alter(changed))
}

pub(super) fn rename(_: &Cx, _: &Id, _: &Id, _: &Unique) -> Option<Vec<Sql>> {
    Some(vec![Sql::Rebuild])
}
