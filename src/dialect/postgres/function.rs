//! `CREATE FUNCTION` (<https://www.postgresql.org/docs/current/sql-createfunction.html>).

use super::routine::Stated;
use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{Function, Id, Table},
};

fn stated(it: &Function) -> Stated<'_> {
    let comment = it.comment.as_deref();
    Stated { noun: "FUNCTION", name: &it.name, routine: &it.routine, comment }
}

pub(super) fn inline(_: &Cx, _: &Table, _: &Function) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, _: &Id, it: &Function, _: &[Name]) -> Vec<Sql> {
    stated(it).create(cx)
}

pub(super) fn drop(cx: &Cx, _: &Id, it: &Function) -> Vec<Sql> {
    stated(it).drop(cx)
}

pub(super) fn alter(
    cx: &Cx,
    _: &Id,
    current: &Function,
    desired: &Function,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    stated(desired).alter(cx, &current.routine, changed)
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, it: &Function) -> Option<Vec<Sql>> {
    Some(stated(it).rename(cx, from, id))
}
