//! `CREATE PROCEDURE` (<https://www.postgresql.org/docs/current/sql-createprocedure.html>).

use super::{comment, routine};
use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{Id, Procedure, Table},
};

const NOUN: &str = "PROCEDURE";

pub(super) fn inline(_: &Cx, _: &Table, _: &Procedure) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, _: &Id, it: &Procedure, _: &[Name]) -> Vec<Sql> {
    let mut res = routine::create(cx, NOUN, &it.name, &it.routine, false);
    let what = routine::reference(cx, NOUN, &it.name, &it.routine);
    res.extend(comment::initial(cx, &what, it.comment.as_deref()));
    res
}

pub(super) fn drop(cx: &Cx, _: &Id, it: &Procedure) -> Vec<Sql> {
    let what = routine::reference(cx, NOUN, &it.name, &it.routine);
    vec![Sql::Statement(format!("DROP {what}"))]
}

pub(super) fn alter(
    cx: &Cx,
    _: &Id,
    current: &Procedure,
    desired: &Procedure,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    let what = routine::reference(cx, NOUN, &desired.name, &desired.routine);
    let mut res = Vec::new();
    if changed.iter().any(|it| routine::FIELDS.contains(it)) {
        if !routine::can_replace(&current.routine, &desired.routine) {
            return None;
        }
        res = routine::create(cx, NOUN, &desired.name, &desired.routine, true);
    }
    if changed.contains(&"comment") {
        res.push(comment::set(cx, &what, desired.comment.as_deref()));
    }
    Some(res)
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, it: &Procedure) -> Option<Vec<Sql>> {
    let what = routine::reference(cx, NOUN, &from.owner, &it.routine);
    let to = cx.dialect.ident_str(crate::model::routine::bare(id.name()));
    Some(vec![Sql::Statement(format!("ALTER {what} RENAME TO {to}"))])
}
