//! Foreign keys.

use super::constraint;
use crate::{
    base::Name,
    dialect::{Cx, Sql, standard},
    model::{ForeignKey, Id, Table},
};

pub(super) fn inline(cx: &Cx, _: &Table, it: &ForeignKey) -> Option<String> {
    Some(format!("{}{}", constraint::name(cx, it), standard::foreign_key(cx, it)))
}

pub(super) fn create(cx: &Cx, id: &Id, _: &ForeignKey, _: &[Name]) -> Vec<Sql> {
    constraint::create(cx, id)
}

pub(super) fn drop(cx: &Cx, id: &Id, _: &ForeignKey) -> Vec<Sql> {
    constraint::drop(cx, id)
}

pub(super) fn alter(
    _: &Cx,
    _: &Id,
    _: &ForeignKey,
    _: &ForeignKey,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    Some(constraint::alter(changed))
}

pub(super) fn rename(_: &Cx, _: &Id, _: &Id, _: &ForeignKey) -> Option<Vec<Sql>> {
    Some(vec![Sql::Rebuild])
}
