//! Functions (<https://dev.mysql.com/doc/refman/8.4/en/create-procedure.html>).

use super::stored;
use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{Function, Id, Table},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &Function) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, id: &Id, it: &Function, _: &[Name]) -> Vec<Sql> {
    let name = cx.dialect.qname(&id.owner);
    let text = stored::routine(cx, "FUNCTION", &name, &it.routine, it.comment.as_ref());
    vec![Sql::Statement(text)]
}

pub(super) fn drop(cx: &Cx, id: &Id, _: &Function) -> Vec<Sql> {
    vec![Sql::Statement(format!("DROP FUNCTION {}", cx.dialect.qname(&id.owner)))]
}

pub(super) fn alter(
    _: &Cx,
    _: &Id,
    _: &Function,
    _: &Function,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    changed.iter().all(|it| *it == "access").then(Vec::new)
}

pub(super) fn rename(_: &Cx, _: &Id, _: &Id, _: &Function) -> Option<Vec<Sql>> {
    None
}
