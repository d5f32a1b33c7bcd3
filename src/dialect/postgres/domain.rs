//! `CREATE DOMAIN` (<https://www.postgresql.org/docs/current/sql-createdomain.html>).

use super::{access, comment, in_place};
use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{Domain, DomainCheck, Id, Table},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &Domain) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, _: &Id, it: &Domain, _: &[Name]) -> Vec<Sql> {
    let name = cx.dialect.qname(&it.name);
    let mut text = format!("CREATE DOMAIN {name} AS {}", cx.dialect.type_sql(&it.ty));
    if let Some(collate) = &it.collate {
        text.push_str(&format!(" COLLATE {}", cx.dialect.ident_str(collate)));
    }
    if let Some(default) = &it.default {
        text.push_str(&format!(" DEFAULT {}", default.text()));
    }
    if !it.nullable {
        text.push_str(" NOT NULL");
    }
    for check in it.checks.iter().filter(|it| it.validated) {
        text.push_str(&format!("\n    {}", check_sql(cx, check)));
    }
    let mut res = vec![Sql::Statement(text)];
    // Only ALTER can add one that is not held against what is there.
    for check in it.checks.iter().filter(|it| !it.validated) {
        res.push(Sql::Statement(format!("ALTER DOMAIN {name} ADD {}", check_sql(cx, check))));
    }
    res.extend(comment::initial(cx, &format!("DOMAIN {name}"), it.comment.as_deref()));
    res
}

pub(super) fn drop(cx: &Cx, _: &Id, it: &Domain) -> Vec<Sql> {
    vec![Sql::Statement(format!("DROP DOMAIN {}", cx.dialect.qname(&it.name)))]
}

pub(super) fn alter(
    cx: &Cx,
    _: &Id,
    current: &Domain,
    desired: &Domain,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    if changed.contains(&"ty") || changed.contains(&"collate") {
        return Some(replace(cx, desired));
    }
    let name = cx.dialect.qname(&desired.name);
    let mut res = Vec::new();
    let mut does = |what: String| res.push(Sql::Statement(format!("ALTER DOMAIN {name} {what}")));
    if changed.contains(&"default") {
        does(match &desired.default {
            Some(it) => format!("SET DEFAULT {}", it.text()),
            None => "DROP DEFAULT".to_owned(),
        });
    }
    if changed.contains(&"nullable") {
        does(if desired.nullable { "DROP NOT NULL" } else { "SET NOT NULL" }.to_owned());
    }
    if changed.contains(&"checks") {
        for check in current.checks.iter().filter(|it| !desired.checks.contains(it)) {
            does(format!("DROP CONSTRAINT {}", cx.dialect.ident(&check.name)));
        }
        for check in desired.checks.iter().filter(|it| !current.checks.contains(it)) {
            does(format!("ADD {}", check_sql(cx, check)));
        }
    }
    if changed.contains(&"comment") {
        res.push(comment::set(cx, &format!("DOMAIN {name}"), desired.comment.as_deref()));
    }
    Some(res)
}

/// Returns the statements that put a new domain in the place of the old one, column by column.
pub(super) fn replace(cx: &Cx, desired: &Domain) -> Vec<Sql> {
    let id = Id::of::<Domain>(desired.name.clone());
    let mut res = in_place::begin(cx, "DOMAIN", &desired.name, create(cx, &id, desired, &[]));
    res.extend(in_place::end(cx, "DOMAIN", &desired.name));
    res.extend(access::change(cx, &id, None, &desired.access));
    res
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &Domain) -> Option<Vec<Sql>> {
    let (from, to) = (cx.dialect.qname(&from.owner), cx.dialect.ident(id.name()));
    Some(vec![Sql::Statement(format!("ALTER DOMAIN {from} RENAME TO {to}"))])
}

fn check_sql(cx: &Cx, it: &DomainCheck) -> String {
    let valid = if it.validated { "" } else { " NOT VALID" };
    format!("CONSTRAINT {} CHECK ({}){valid}", cx.dialect.ident(&it.name), it.expr.text())
}
