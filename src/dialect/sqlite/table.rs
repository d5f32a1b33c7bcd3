//! `CREATE TABLE` (<https://www.sqlite.org/lang_createtable.html>).

use super::{modules, touch};
use crate::{
    base::{Name, QName},
    dialect::{Cx, Sql, standard},
    model::{Id, Table},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &Table) -> Option<String> {
    None
}

/// The option that says what makes a virtual table.
const MODULE: &str = "using";

pub(super) fn create(cx: &Cx, _: &Id, it: &Table, without: &[Name]) -> Vec<Sql> {
    let mut res = vec![Sql::Statement(text(cx, it, &cx.dialect.qname(&it.name), without))];
    res.extend(fill(cx, it).map(Sql::Statement));
    let touched = it.columns.iter().filter(|it| it.touch);
    res.extend(touched.flat_map(|column| touch::create(cx, it, &column.name)));
    res
}

pub(super) fn drop(cx: &Cx, _: &Id, it: &Table) -> Vec<Sql> {
    let drop = Sql::Statement(format!("DROP TABLE {}", cx.dialect.qname(&it.name)));
    if cx.can_be_emptied(it) {
        return vec![drop];
    }
    let enforce = |word: &str| Sql::Statement(format!("PRAGMA foreign_keys = {word}"));
    vec![enforce("OFF"), drop, enforce("ON")]
}

pub(super) fn alter(
    _: &Cx,
    _: &Id,
    current: &Table,
    desired: &Table,
    _: &[&'static str],
) -> Option<Vec<Sql>> {
    // What a module makes of its arguments cannot be altered.
    if current.options.get(MODULE) != desired.options.get(MODULE) {
        return None;
    }
    let shape = |it: &Table| (is_strict(it), is_without_rowid(it));
    // The database keeps nothing else about a table.
    Some(if shape(current) == shape(desired) { Vec::new() } else { vec![Sql::Rebuild] })
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &Table) -> Option<Vec<Sql>> {
    let (own, to) = (cx.dialect.qname(&from.owner), cx.dialect.ident(id.name()));
    Some(standard::rename_touched(
        cx,
        &id.owner,
        |_| true,
        format!("ALTER TABLE {own} RENAME TO {to}"),
        (touch::drop, touch::create),
    ))
}

/// Returns the statement that fills an index of another table's texts which is made anew
/// (<https://www.sqlite.org/fts5.html#the_rebuild_command>).
fn fill(cx: &Cx, it: &Table) -> Option<String> {
    let module = it.options.get(MODULE)?;
    let (name, arguments) = module.split_once('(')?;
    let content = modules::content(name, arguments)?;
    let content = QName::local(cx.dialect.table_name(&content));
    cx.table_before(&it.name)?;
    cx.table_before(&content).filter(|_| cx.desired.table(&content).is_some())?;
    let own = cx.dialect.ident(&it.name.name);
    Some(format!("INSERT INTO {own}({own}) VALUES ('rebuild')"))
}

/// Returns `CREATE TABLE` under that name.
pub(super) fn text(cx: &Cx, it: &Table, name: &str, without: &[Name]) -> String {
    if let Some(module) = it.options.get(MODULE) {
        return format!("CREATE VIRTUAL TABLE {name} USING {module}");
    }
    let body = standard::table_body(cx, it, without);
    let options: Vec<&str> = [("STRICT", is_strict(it)), ("WITHOUT ROWID", is_without_rowid(it))]
        .into_iter()
        .filter_map(|(word, set)| set.then_some(word))
        .collect();
    let blank = if options.is_empty() { "" } else { " " };
    format!("CREATE TABLE {name} {body}{blank}{}", options.join(", "))
}

pub(super) fn is_without_rowid(it: &Table) -> bool {
    is_set(it, "without_rowid") || is_set(it, "without-rowid")
}

/// Returns whether the rows are numbered by a column.
pub(super) fn is_numbered(it: &Table) -> bool {
    it.columns.iter().any(|it| it.identity.is_some())
}

pub(super) fn is_strict(it: &Table) -> bool {
    is_set(it, "strict")
}

fn is_set(it: &Table, option: &str) -> bool {
    it.options.get(option).is_some_and(|it| !matches!(it.as_str(), "false" | "0"))
}
