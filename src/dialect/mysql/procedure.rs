//! Procedures (<https://dev.mysql.com/doc/refman/8.4/en/create-procedure.html>).

use super::stored;
use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{Id, Procedure, Table},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &Procedure) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, id: &Id, it: &Procedure, _: &[Name]) -> Vec<Sql> {
    let name = cx.dialect.qname(&id.owner);
    let text = stored::routine(cx, "PROCEDURE", &name, &it.routine, it.comment.as_ref());
    vec![Sql::Statement(text)]
}

pub(super) fn drop(cx: &Cx, id: &Id, _: &Procedure) -> Vec<Sql> {
    vec![Sql::Statement(format!("DROP PROCEDURE {}", cx.dialect.qname(&id.owner)))]
}

pub(super) fn alter(
    _: &Cx,
    _: &Id,
    _: &Procedure,
    _: &Procedure,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    changed.iter().all(|it| *it == "access").then(Vec::new)
}

pub(super) fn rename(_: &Cx, _: &Id, _: &Id, _: &Procedure) -> Option<Vec<Sql>> {
    None
}
