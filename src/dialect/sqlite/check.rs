//! Check constraints.

use super::constraint;
use crate::{
    base::Name,
    dialect::{Cx, Sql, standard},
    model::{Check, Id, Table},
};

pub(super) fn inline(cx: &Cx, _: &Table, it: &Check) -> Option<String> {
    Some(format!("{}{}", constraint::name(cx, it), standard::check(it)))
}

pub(super) fn create(cx: &Cx, id: &Id, _: &Check, _: &[Name]) -> Vec<Sql> {
    constraint::create(cx, id)
}

pub(super) fn drop(cx: &Cx, id: &Id, _: &Check) -> Vec<Sql> {
    constraint::drop(cx, id)
}

pub(super) fn alter(
    _: &Cx,
    _: &Id,
    _: &Check,
    _: &Check,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    Some(constraint::alter(changed))
}

pub(super) fn rename(_: &Cx, _: &Id, _: &Id, _: &Check) -> Option<Vec<Sql>> {
    Some(vec![Sql::Rebuild])
}
