//! Primary keys, which MySQL leaves nameless.

use super::{numbered, served};
use crate::{
    base::Name,
    dialect::{Cx, Sql, standard},
    model::{Id, PrimaryKey, Table},
};

pub(super) fn inline(cx: &Cx, _: &Table, it: &PrimaryKey) -> Option<String> {
    Some(text(cx, it))
}

pub(super) fn create(cx: &Cx, id: &Id, it: &PrimaryKey, _: &[Name]) -> Vec<Sql> {
    let columns: Vec<&Name> = it.columns.iter().collect();
    if numbered::is_written_with_column(cx, id, &columns) {
        return Vec::new();
    }
    let superseded = served::superseded(cx, id, &it.name);
    vec![Sql::Action(format!("ADD {}{superseded}", text(cx, it)))]
}

pub(super) fn drop(cx: &Cx, id: &Id, it: &PrimaryKey) -> Vec<Sql> {
    let columns: Vec<&Name> = it.columns.iter().collect();
    let stand_ins = served::stand_ins(cx, id, &it.name);
    numbered::drop_key(cx, id, &columns, &format!("DROP PRIMARY KEY{stand_ins}"))
}

pub(super) fn alter(
    cx: &Cx,
    id: &Id,
    _: &PrimaryKey,
    desired: &PrimaryKey,
    _: &[&'static str],
) -> Option<Vec<Sql>> {
    let columns: Vec<&Name> = desired.columns.iter().collect();
    if numbered::is_written_with_column(cx, id, &columns) {
        return Some(Vec::new());
    }
    let stand_ins = served::stand_ins(cx, id, &desired.name);
    Some(vec![Sql::Action(format!("DROP PRIMARY KEY,\n    ADD {}{stand_ins}", text(cx, desired)))])
}

pub(super) fn rename(_: &Cx, _: &Id, _: &Id, _: &PrimaryKey) -> Option<Vec<Sql>> {
    // There is one name for all of them.
    Some(Vec::new())
}

/// Returns the key as `CREATE TABLE` and `ADD` take it.
pub(super) fn text(cx: &Cx, it: &PrimaryKey) -> String {
    let comment = it.comment.as_ref().map(|it| format!(" COMMENT {}", cx.dialect.string(it)));
    standard::primary_key(cx, it) + &comment.unwrap_or_default()
}
