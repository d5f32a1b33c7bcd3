//! Unique constraints, which are unique indexes of whole columns.

use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{Id, Table, Unique},
};

pub(super) fn inline(cx: &Cx, _: &Table, it: &Unique) -> Option<String> {
    Some(text(cx, it, false))
}

pub(super) fn create(cx: &Cx, id: &Id, it: &Unique, _: &[Name]) -> Vec<Sql> {
    vec![Sql::Action(format!("ADD {}", text(cx, it, cx.is_nameless(&id.owner, it))))]
}

pub(super) fn drop(cx: &Cx, _: &Id, it: &Unique) -> Vec<Sql> {
    vec![Sql::Action(format!("DROP INDEX {}", cx.dialect.ident(&it.name)))]
}

pub(super) fn alter(
    cx: &Cx,
    _: &Id,
    current: &Unique,
    desired: &Unique,
    _: &[&'static str],
) -> Option<Vec<Sql>> {
    let (own, text) = (cx.dialect.ident(&current.name), text(cx, desired, false));
    Some(vec![Sql::Action(format!("DROP INDEX {own}")), Sql::Action(format!("ADD {text}"))])
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &Unique) -> Option<Vec<Sql>> {
    let (from, to) = (cx.dialect.ident(from.name()), cx.dialect.ident(id.name()));
    Some(vec![Sql::Action(format!("RENAME INDEX {from} TO {to}"))])
}

/// Returns the key as `CREATE TABLE` and `ADD` take it.
fn text(cx: &Cx, it: &Unique, nameless: bool) -> String {
    let comment = it.comment.as_ref().map(|it| format!(" COMMENT {}", cx.dialect.string(it)));
    let own = if nameless { String::new() } else { format!(" {}", cx.dialect.ident(&it.name)) };
    let columns = cx.dialect.idents(&it.columns);
    format!("UNIQUE KEY{own} ({columns}){}", comment.unwrap_or_default())
}
