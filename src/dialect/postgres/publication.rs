//! `CREATE PUBLICATION` (<https://www.postgresql.org/docs/current/sql-createpublication.html>).

use std::collections::BTreeSet;

use super::comment;
use crate::{
    base::{Name, QName},
    dialect::{Cx, Sql},
    model::{Id, Publication, PublishedTable, Table},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &Publication) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, _: &Id, it: &Publication, _: &[Name]) -> Vec<Sql> {
    let name = cx.dialect.ident(&it.name);
    let about = if it.all_tables {
        " FOR ALL TABLES".to_owned()
    } else if it.tables.is_empty() && it.schemas.is_empty() {
        String::new()
    } else {
        format!(" FOR {}", items(cx, &it.tables, &it.schemas))
    };
    let options: Vec<String> =
        it.options.iter().map(|it| format!("{} = {}", it.0, cx.dialect.string(it.1))).collect();
    let with =
        if options.is_empty() { String::new() } else { format!(" WITH ({})", options.join(", ")) };
    std::iter::once(Sql::Statement(format!("CREATE PUBLICATION {name}{about}{with}")))
        .chain(comment::initial(cx, &format!("PUBLICATION {name}"), it.comment.as_deref()))
        .collect()
}

pub(super) fn drop(cx: &Cx, _: &Id, it: &Publication) -> Vec<Sql> {
    vec![Sql::Statement(format!("DROP PUBLICATION {}", cx.dialect.ident(&it.name)))]
}

pub(super) fn alter(
    cx: &Cx,
    _: &Id,
    current: &Publication,
    desired: &Publication,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    if changed.contains(&"all_tables") {
        return None;
    }
    let name = cx.dialect.ident(&desired.name);
    let mut res = Vec::new();
    let mut does = |what: String| {
        res.push(Sql::Statement(format!("ALTER PUBLICATION {name} {what}")));
    };
    if changed.contains(&"tables") || changed.contains(&"schemas") {
        let gone: Vec<PublishedTable> =
            current.tables.iter().filter(|it| !desired.tables.contains(it)).cloned().collect();
        let bare = gone.into_iter().map(|it| PublishedTable {
            columns: Vec::new(),
            condition: None,
            ..it
        });
        let gone: Vec<PublishedTable> = bare.collect();
        let left: Vec<Name> =
            current.schemas.iter().filter(|it| !desired.schemas.contains(it)).cloned().collect();
        if !gone.is_empty() || !left.is_empty() {
            does(format!("DROP {}", items(cx, &gone, &left)));
        }
        let new: Vec<PublishedTable> =
            desired.tables.iter().filter(|it| !current.tables.contains(it)).cloned().collect();
        let joined: Vec<Name> =
            desired.schemas.iter().filter(|it| !current.schemas.contains(it)).cloned().collect();
        if !new.is_empty() || !joined.is_empty() {
            does(format!("ADD {}", items(cx, &new, &joined)));
        }
    }
    if changed.contains(&"options") {
        let keys = current.options.keys().chain(desired.options.keys());
        let keys: BTreeSet<&String> = keys.collect();
        let defaults =
            |it: &str| if it == "publish" { "insert, update, delete, truncate" } else { "false" };
        let values: Vec<String> = keys
            .into_iter()
            .map(|it| (it, desired.options.get(it).map_or(defaults(it), String::as_str)))
            .map(|(key, value)| format!("{key} = {}", cx.dialect.string(value)))
            .collect();
        does(format!("SET ({})", values.join(", ")));
    }
    if changed.contains(&"comment") {
        res.push(comment::set(cx, &format!("PUBLICATION {name}"), desired.comment.as_deref()));
    }
    Some(res)
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &Publication) -> Option<Vec<Sql>> {
    let (from, to) = (cx.dialect.ident(from.name()), cx.dialect.ident(id.name()));
    Some(vec![Sql::Statement(format!("ALTER PUBLICATION {from} RENAME TO {to}"))])
}

fn items(cx: &Cx, tables: &[PublishedTable], schemas: &[Name]) -> String {
    // What inherits from a table would come along.
    let all = cx.current.tables.values().chain(cx.desired.tables.values());
    let parents: BTreeSet<&QName> = all.flat_map(|it| &it.parents).collect();
    let only = |it: &PublishedTable| if parents.contains(&it.name) { "ONLY " } else { "" };
    let tables: Vec<String> =
        tables.iter().map(|it| format!("{}{}", only(it), table(cx, it))).collect();
    let schemas: Vec<String> = schemas.iter().map(|it| cx.dialect.ident(it)).collect();
    let mut res = Vec::new();
    if !tables.is_empty() {
        res.push(format!("TABLE {}", tables.join(", ")));
    }
    if !schemas.is_empty() {
        res.push(format!("TABLES IN SCHEMA {}", schemas.join(", ")));
    }
    res.join(", ")
}

fn table(cx: &Cx, it: &PublishedTable) -> String {
    let mut res = cx.dialect.qname(&it.name);
    if !it.columns.is_empty() {
        let columns: Vec<String> = it.columns.iter().map(|it| cx.dialect.ident(it)).collect();
        res.push_str(&format!(" ({})", columns.join(", ")));
    }
    if let Some(condition) = &it.condition {
        res.push_str(&format!(" WHERE ({})", condition.text()));
    }
    res
}
