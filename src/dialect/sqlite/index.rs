//! `CREATE INDEX` (<https://www.sqlite.org/lang_createindex.html>).

use crate::{
    base::{Name, QName},
    dialect::{Cx, Sql, standard},
    model::{Id, Index, Table},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &Index) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, id: &Id, it: &Index, _: &[Name]) -> Vec<Sql> {
    vec![Sql::Statement(text(cx, &id.owner, it))]
}

pub(super) fn drop(cx: &Cx, id: &Id, _: &Index) -> Vec<Sql> {
    let name = QName::new(id.owner.schema.clone(), id.name().clone());
    vec![Sql::Statement(format!("DROP INDEX {}", cx.dialect.qname(&name)))]
}

pub(super) fn alter(
    _: &Cx,
    _: &Id,
    _: &Index,
    _: &Index,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    // The database keeps neither of them.
    changed.iter().all(|it| matches!(*it, "comment" | "options")).then(Vec::new)
}

pub(super) fn rename(_: &Cx, _: &Id, _: &Id, _: &Index) -> Option<Vec<Sql>> {
    None
}

/// Returns the statement that makes the index of the table.
pub(super) fn text(cx: &Cx, table: &QName, it: &Index) -> String {
    let unique = if it.unique { "UNIQUE " } else { "" };
    // The database's name stands before the index, never before the table.
    let name = QName::new(table.schema.clone(), it.name.clone());
    let condition =
        it.condition.as_ref().map_or_else(String::new, |it| format!(" WHERE {}", it.text()));
    format!(
        "CREATE {unique}INDEX {} ON {} ({}){condition}",
        cx.dialect.qname(&name),
        cx.dialect.ident(&table.name),
        standard::index_columns(cx, &it.columns)
    )
}
