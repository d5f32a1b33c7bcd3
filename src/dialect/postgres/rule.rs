//! `CREATE RULE` (<https://www.postgresql.org/docs/current/sql-createrule.html>).

use super::{comment, firing};
use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{Id, Rule, Table},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &Rule) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, id: &Id, it: &Rule, _: &[Name]) -> Vec<Sql> {
    let (name, owner) = (cx.dialect.ident(id.name()), cx.dialect.qname(&id.owner));
    let event = it.event.to_uppercase();
    let text = format!("CREATE RULE {name} AS ON {event} TO {owner} {}", it.text.text());
    let mut res = vec![Sql::Statement(text)];
    res.extend((it.enabled != "enabled").then(|| enable(cx, id, it)));
    res.extend(comment::initial(cx, &what(cx, id), it.comment.as_deref()));
    res
}

pub(super) fn drop(cx: &Cx, id: &Id, _: &Rule) -> Vec<Sql> {
    vec![Sql::Statement(format!("DROP {}", what(cx, id)))]
}

pub(super) fn alter(
    cx: &Cx,
    id: &Id,
    _: &Rule,
    desired: &Rule,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    if changed.contains(&"event") || changed.contains(&"text") {
        return None;
    }
    let mut res = Vec::new();
    if changed.contains(&"enabled") {
        res.push(enable(cx, id, desired));
    }
    if changed.contains(&"comment") {
        res.push(comment::set(cx, &what(cx, id), desired.comment.as_deref()));
    }
    Some(res)
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &Rule) -> Option<Vec<Sql>> {
    let to = cx.dialect.ident(id.name());
    Some(vec![Sql::Statement(format!("ALTER {} RENAME TO {to}", what(cx, from)))])
}

fn what(cx: &Cx, id: &Id) -> String {
    format!("RULE {} ON {}", cx.dialect.ident(id.name()), cx.dialect.qname(&id.owner))
}

fn enable(cx: &Cx, id: &Id, it: &Rule) -> Sql {
    let verb = firing::verb(it.enabled);
    let (table, name) = (cx.dialect.qname(&id.owner), cx.dialect.ident(id.name()));
    Sql::Statement(format!("ALTER TABLE {table} {verb} RULE {name}"))
}
