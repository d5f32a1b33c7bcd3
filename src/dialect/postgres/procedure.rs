//! `CREATE PROCEDURE` (<https://www.postgresql.org/docs/current/sql-createprocedure.html>).

use super::routine::Stated;
use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{Id, Procedure, Table},
};

fn stated(it: &Procedure) -> Stated<'_> {
    let comment = it.comment.as_deref();
    Stated { noun: "PROCEDURE", name: &it.name, routine: &it.routine, comment }
}

pub(super) fn inline(_: &Cx, _: &Table, _: &Procedure) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, _: &Id, it: &Procedure, _: &[Name]) -> Vec<Sql> {
    stated(it).create(cx)
}

pub(super) fn drop(cx: &Cx, _: &Id, it: &Procedure) -> Vec<Sql> {
    stated(it).drop(cx)
}

pub(super) fn alter(
    cx: &Cx,
    _: &Id,
    current: &Procedure,
    desired: &Procedure,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    stated(desired).alter(cx, &current.routine, changed)
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, it: &Procedure) -> Option<Vec<Sql>> {
    Some(stated(it).rename(cx, from, id))
}
