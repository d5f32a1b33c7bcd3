//! `CREATE VIEW` (<https://www.postgresql.org/docs/current/sql-createview.html>).

use std::collections::BTreeMap;

use super::comment;
use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{Id, Table, View, ViewColumn},
    sql::bind::DEFAULT_COLLATION,
};

pub(super) fn inline(_: &Cx, _: &Table, _: &View) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, id: &Id, it: &View, _: &[Name]) -> Vec<Sql> {
    let name = cx.dialect.qname(&id.owner);
    let mut res = Vec::new();
    if it.meta.uses.contains(id) {
        res.extend(standing_in(cx, &name, it).map(Sql::Statement));
    }
    let head = if res.is_empty() { "CREATE VIEW" } else { "CREATE OR REPLACE VIEW" };
    res.push(Sql::Statement(text(cx, head, &name, it)));
    res.extend(comment::initial(cx, &format!("VIEW {name}"), it.comment.as_deref()));
    res.extend(column_comments(cx, &name, &[], &it.columns));
    res
}

pub(super) fn drop(cx: &Cx, id: &Id, _: &View) -> Vec<Sql> {
    vec![Sql::Statement(format!("DROP VIEW {}", cx.dialect.qname(&id.owner)))]
}

pub(super) fn alter(
    cx: &Cx,
    id: &Id,
    current: &View,
    desired: &View,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    let name = cx.dialect.qname(&id.owner);
    let mut res = Vec::new();
    if changed.contains(&"query") {
        if !extends(&current.columns, &desired.columns) {
            return None;
        }
        res.push(Sql::Statement(text(cx, "CREATE OR REPLACE VIEW", &name, desired)));
    } else if changed.contains(&"options") {
        res.extend(options(&format!("VIEW {name}"), &current.options, &desired.options));
    }
    if changed.contains(&"comment") {
        res.push(comment::set(cx, &format!("VIEW {name}"), desired.comment.as_deref()));
    }
    Some(res)
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &View) -> Option<Vec<Sql>> {
    let (from, to) = (cx.dialect.qname(&from.owner), cx.dialect.ident(id.name()));
    Some(vec![Sql::Statement(format!("ALTER VIEW {from} RENAME TO {to}"))])
}

/// Returns a view of the same columns without a query, for one that reads itself.
fn standing_in(cx: &Cx, name: &str, it: &View) -> Option<String> {
    let column = |it: &ViewColumn| {
        let ty = cx.dialect.type_sql(it.ty.as_ref()?);
        let collate = it.collate.as_ref().filter(|it| *it != DEFAULT_COLLATION);
        let collate = collate.map(|it| format!(" COLLATE {}", cx.dialect.ident_str(it)));
        let collate = collate.unwrap_or_default();
        Some(format!("NULL::{ty}{collate} AS {}", cx.dialect.ident(&it.name)))
    };
    let columns: Vec<String> = it.columns.iter().map(column).collect::<Option<_>>()?;
    Some(format!("CREATE VIEW {name} AS\nSELECT {}", columns.join(", ")))
}

fn text(cx: &Cx, head: &str, name: &str, it: &View) -> String {
    let columns = listed(cx, it.listed, &it.columns);
    format!("{head} {name}{columns}{} AS\n{}", with(&it.options), it.query.text())
}

/// Returns the list of columns, where the query names them otherwise.
pub(super) fn listed(cx: &Cx, listed: bool, columns: &[ViewColumn]) -> String {
    if !listed || columns.is_empty() {
        return String::new();
    }
    let names: Vec<String> = columns.iter().map(|it| cx.dialect.ident(&it.name)).collect();
    format!(" ({})", names.join(", "))
}

pub(super) fn with(options: &BTreeMap<String, String>) -> String {
    if options.is_empty() {
        return String::new();
    }
    format!(" WITH ({})", pairs(options.iter()))
}

/// Returns the statements that set and reset options of `what`.
pub(super) fn options(
    what: &str,
    current: &BTreeMap<String, String>,
    desired: &BTreeMap<String, String>,
) -> Vec<Sql> {
    let set = desired.iter().filter(|it| current.get(it.0) != Some(it.1));
    let set = pairs(set);
    let reset: Vec<&str> =
        current.keys().filter(|it| !desired.contains_key(*it)).map(String::as_str).collect();
    let mut res = Vec::new();
    if !set.is_empty() {
        res.push(Sql::Statement(format!("ALTER {what} SET ({set})")));
    }
    if !reset.is_empty() {
        res.push(Sql::Statement(format!("ALTER {what} RESET ({})", reset.join(", "))));
    }
    res
}

fn pairs<'a>(options: impl Iterator<Item = (&'a String, &'a String)>) -> String {
    options.map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(", ")
}

pub(super) fn column_comments(
    cx: &Cx,
    name: &str,
    current: &[ViewColumn],
    desired: &[ViewColumn],
) -> Vec<Sql> {
    let before = |it: &ViewColumn| {
        let old = current.iter().find(|other| other.name == it.name);
        old.and_then(|it| it.comment.clone())
    };
    let changed = desired.iter().filter(|it| before(it) != it.comment);
    let what = |it: &ViewColumn| format!("COLUMN {name}.{}", cx.dialect.ident(&it.name));
    changed.map(|it| comment::set(cx, &what(it), it.comment.as_deref())).collect()
}

/// `CREATE OR REPLACE VIEW` can only add columns at the end.
fn extends(current: &[ViewColumn], desired: &[ViewColumn]) -> bool {
    !current.is_empty()
        && current.len() <= desired.len()
        && current.iter().zip(desired).all(|(old, new)| {
            let is_collated_alike = old.collate == new.collate || new.collate.is_none();
            old.name == new.name && old.ty.is_some() && old.ty == new.ty && is_collated_alike
        })
}
