//! Primary keys, which MySQL leaves nameless.

use crate::{
    base::Name,
    dialect::{Cx, Sql, standard},
    model::{Id, PrimaryKey, Table},
};

pub(super) fn inline(cx: &Cx, _: &Table, it: &PrimaryKey) -> Option<String> {
    Some(text(cx, it))
}

pub(super) fn create(cx: &Cx, _: &Id, it: &PrimaryKey, _: &[Name]) -> Vec<Sql> {
    vec![Sql::Action(format!("ADD {}", text(cx, it)))]
}

pub(super) fn drop(_: &Cx, _: &Id, _: &PrimaryKey) -> Vec<Sql> {
    vec![Sql::Action("DROP PRIMARY KEY".to_owned())]
}

pub(super) fn alter(
    cx: &Cx,
    _: &Id,
    _: &PrimaryKey,
    desired: &PrimaryKey,
    _: &[&'static str],
) -> Option<Vec<Sql>> {
    Some(vec![Sql::Action(format!("DROP PRIMARY KEY,\n    ADD {}", text(cx, desired)))])
}

pub(super) fn rename(_: &Cx, _: &Id, _: &Id, _: &PrimaryKey) -> Option<Vec<Sql>> {
    // There is one name for all of them.
    Some(Vec::new())
}

/// Returns the key as `CREATE TABLE` and `ADD` take it.
fn text(cx: &Cx, it: &PrimaryKey) -> String {
    let comment = it.comment.as_ref().map(|it| format!(" COMMENT {}", cx.dialect.string(it)));
    standard::primary_key(cx, it) + &comment.unwrap_or_default()
}
