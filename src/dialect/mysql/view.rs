//! Views (<https://dev.mysql.com/doc/refman/8.4/en/create-view.html>).

use super::stored;
use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{Id, Table, View},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &View) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, _: &Id, it: &View, _: &[Name]) -> Vec<Sql> {
    vec![Sql::Statement(text(cx, "CREATE", it))]
}

pub(super) fn drop(cx: &Cx, id: &Id, _: &View) -> Vec<Sql> {
    vec![Sql::Statement(format!("DROP VIEW {}", cx.dialect.qname(&id.owner)))]
}

pub(super) fn alter(
    cx: &Cx,
    _: &Id,
    _: &View,
    desired: &View,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    // Views have no comment, and privileges are the server's.
    let is_other = changed.iter().any(|it| matches!(*it, "query" | "options"));
    let text = || Sql::Statement(text(cx, "CREATE OR REPLACE", desired));
    Some(is_other.then(text).into_iter().collect())
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &View) -> Option<Vec<Sql>> {
    let (from, to) = (cx.dialect.qname(&from.owner), cx.dialect.qname(&id.owner));
    Some(vec![Sql::Statement(format!("RENAME TABLE {from} TO {to}"))])
}

fn text(cx: &Cx, verb: &str, it: &View) -> String {
    let algorithm = it.options.get("algorithm");
    let algorithm =
        algorithm.map(|it| format!(" ALGORITHM={}", it.to_ascii_uppercase())).unwrap_or_default();
    let security = stored::security(&it.options);
    let names: Vec<Name> = it.columns.iter().map(|it| it.name.clone()).collect();
    let columns =
        if it.listed { format!(" ({})", cx.dialect.idents(&names)) } else { String::new() };
    let check = it.options.get("check_option");
    let check = check
        .map(|it| format!("\nWITH {} CHECK OPTION", it.to_ascii_uppercase()))
        .unwrap_or_default();
    format!(
        "{verb}{algorithm}{}{security} VIEW {}{columns} AS\n{}{check}",
        stored::definer(&it.options),
        cx.dialect.qname(&it.name),
        it.query.text()
    )
}
