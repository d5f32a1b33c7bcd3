//! Unique constraints, which are unique indexes of whole columns.

use super::{numbered, served};
use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{Id, Table, Unique},
};

pub(super) fn inline(cx: &Cx, _: &Table, it: &Unique) -> Option<String> {
    Some(text(cx, it))
}

pub(super) fn create(cx: &Cx, id: &Id, it: &Unique, _: &[Name]) -> Vec<Sql> {
    let columns: Vec<&Name> = it.columns.iter().collect();
    if numbered::is_written_with_column(cx, id, &columns) {
        return Vec::new();
    }
    let superseded = served::superseded(cx, id, &it.name);
    vec![Sql::Action(format!("ADD {}{superseded}", text(cx, it)))]
}

pub(super) fn drop(cx: &Cx, id: &Id, it: &Unique) -> Vec<Sql> {
    let columns: Vec<&Name> = it.columns.iter().collect();
    let stand_ins = served::stand_ins(cx, id, &it.name);
    let own = cx.dialect.ident(&it.name);
    numbered::drop_key(cx, id, &columns, &format!("DROP INDEX {own}{stand_ins}"))
}

pub(super) fn alter(
    cx: &Cx,
    id: &Id,
    current: &Unique,
    desired: &Unique,
    _: &[&'static str],
) -> Option<Vec<Sql>> {
    // In one action, so that a foreign key that needs the index never lacks one.
    let stand_ins = served::stand_ins(cx, id, &current.name);
    let (own, text) = (cx.dialect.ident(&current.name), text(cx, desired));
    Some(vec![Sql::Action(format!("DROP INDEX {own},\n    ADD {text}{stand_ins}"))])
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &Unique) -> Option<Vec<Sql>> {
    let (from, to) = (cx.dialect.ident(from.name()), cx.dialect.ident(id.name()));
    Some(vec![Sql::Action(format!("RENAME INDEX {from} TO {to}"))])
}

/// Returns the key as `CREATE TABLE` and `ADD` take it.
pub(super) fn text(cx: &Cx, it: &Unique) -> String {
    let comment = it.comment.as_ref().map(|it| format!(" COMMENT {}", cx.dialect.string(it)));
    let (own, columns) = (cx.dialect.ident(&it.name), cx.dialect.idents(&it.columns));
    format!("UNIQUE KEY {own} ({columns}){}", comment.unwrap_or_default())
}
