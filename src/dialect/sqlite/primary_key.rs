//! Primary keys.

use super::{constraint, keys};
use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{Id, PrimaryKey, Table},
};

pub(super) fn inline(cx: &Cx, table: &Table, it: &PrimaryKey) -> Option<String> {
    // A numbered column states its key itself: https://www.sqlite.org/autoinc.html
    (!keys::is_in_column(table, it))
        .then(|| format!("{}{}", constraint::name(cx, it), keys::primary_key(cx, it)))
}

pub(super) fn create(cx: &Cx, id: &Id, _: &PrimaryKey, _: &[Name]) -> Vec<Sql> {
    constraint::create(cx, id)
}

pub(super) fn drop(cx: &Cx, id: &Id, _: &PrimaryKey) -> Vec<Sql> {
    constraint::drop(cx, id)
}

pub(super) fn alter(
    _: &Cx,
    _: &Id,
    _: &PrimaryKey,
    _: &PrimaryKey,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    Some(constraint::alter(changed))
}

pub(super) fn rename(_: &Cx, _: &Id, _: &Id, _: &PrimaryKey) -> Option<Vec<Sql>> {
    Some(vec![Sql::Rebuild])
}
