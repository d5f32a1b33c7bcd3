//! Columns (<https://dev.mysql.com/doc/refman/8.4/en/create-table.html>): a change states the whole column anew.

use super::{check, default};
use crate::{
    base::{Name, QName},
    dialect::{Cx, Family, Feature, Sql, naming::Naming, standard},
    model::{Check, Column, Id, Table},
};

pub(super) fn inline(cx: &Cx, table: &Table, it: &Column) -> Option<String> {
    let is_own = |own: &&Check| own.name == it.name && check::is_part(cx, table, own);
    let check = table.checks.iter().find(is_own);
    let check = check.map_or_else(String::new, |it| format!(" {}", standard::check(it)));
    Some(definition(cx, it) + &check)
}

pub(super) fn create(cx: &Cx, id: &Id, it: &Column, _: &[Name]) -> Vec<Sql> {
    if it.default.as_ref().is_some_and(|it| cx.dialect.default_varies(it)) {
        return create_filled(cx, id, it);
    }
    let add = Sql::Action(format!("ADD COLUMN {}", definition(cx, it)));
    default::mode(cx, [it]).into_iter().chain([add]).collect()
}

pub(super) fn drop(cx: &Cx, _: &Id, it: &Column) -> Vec<Sql> {
    vec![Sql::Action(format!("DROP COLUMN {}", cx.dialect.ident(&it.name)))]
}

pub(super) fn alter(
    cx: &Cx,
    id: &Id,
    current: &Column,
    desired: &Column,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    // Whether values are stored cannot change, but for a column that becomes or was a plain one and stays stored:
    // https://dev.mysql.com/doc/refman/8.4/en/alter-table-generated-columns.html
    let stored = |it: &Column| it.generated.as_ref().is_none_or(|it| it.stored);
    if changed.contains(&"generated") && stored(current) != stored(desired) {
        return None;
    }
    if changed.contains(&"ty") && !is_castable(cx, current, desired) {
        return None;
    }
    let whole = modify(cx, &id.owner, desired);
    let renamed = desired.values_to_rename(|text| current.ty.values.iter().any(|own| own == text));
    if !renamed.is_empty() {
        return Some(rename_values(cx, id, current, desired, &renamed));
    }
    if desired.default.as_ref().is_none_or(|it| !cx.dialect.default_varies(it)) {
        return Some(
            default::mode(cx, [desired]).into_iter().chain([Sql::Action(whole)]).collect(),
        );
    }
    // As in `create_filled`: with nothing but the default left to change, no row is touched.
    let plain = Column { default: None, ..desired.clone() };
    let owner = cx.dialect.qname(&id.owner);
    Some(vec![
        Sql::Action(modify(cx, &id.owner, &plain)),
        Sql::Statement(format!("ALTER TABLE {owner} {whole}")),
    ])
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &Column) -> Option<Vec<Sql>> {
    let (from, to) = (cx.dialect.ident(from.name()), cx.dialect.ident(id.name()));
    let owner = cx.dialect.qname(&id.owner);
    Some(vec![Sql::Statement(format!("ALTER TABLE {owner} RENAME COLUMN {from} TO {to}"))])
}

/// Returns the action that states the column anew.
pub(super) fn modify(cx: &Cx, owner: &QName, it: &Column) -> String {
    format!("MODIFY COLUMN {}{}", definition(cx, it), kept_check(cx, owner, &it.name))
}

/// Returns the check of MariaDB that is part of the column's definition, and stays.
fn kept_check(cx: &Cx, owner: &QName, column: &Name) -> String {
    let tables = (cx.current.table(owner), cx.desired.table(owner));
    let (Some(current), Some(desired), Naming::MariaDb) = (tables.0, tables.1, cx.dialect.naming)
    else {
        return String::new();
    };
    let stays = |it: &&Check| {
        let same = |own: &Check| own.name == it.name && own.expr == it.expr;
        it.is_behind(column) && desired.checks.iter().any(same)
    };
    let kept = current.checks.iter().find(stays);
    kept.map_or_else(String::new, |it| format!(" {}", standard::check(it)))
}

/// Returns the statements that give values other names: the rows can only change while the column allows both.
fn rename_values(
    cx: &Cx,
    id: &Id,
    current: &Column,
    desired: &Column,
    renamed: &[(&str, &str)],
) -> Vec<Sql> {
    let mut both = current.clone();
    let new = desired.ty.values.iter().filter(|it| !current.ty.values.contains(it));
    both.ty.values.extend(new.cloned());
    let (owner, own) = (cx.dialect.qname(&id.owner), cx.dialect.ident(&desired.name));
    both.name = desired.name.clone();
    let old: Vec<String> = renamed.iter().map(|it| cx.dialect.string(it.0)).collect();
    let mut values = vec![format!("{own} = {}", standard::renamed_value(cx, &own, renamed))];
    values.extend(kept_times(cx, id));
    vec![
        Sql::Statement(format!("ALTER TABLE {owner} {}", modify(cx, &id.owner, &both))),
        Sql::Statement(format!(
            "UPDATE {owner} SET {} WHERE {own} IN ({})",
            values.join(", "),
            old.join(", ")
        )),
        Sql::Statement(format!("ALTER TABLE {owner} {}", modify(cx, &id.owner, desired))),
    ]
}

/// Returns what keeps the time of change of rows that only the schema changes.
fn kept_times(cx: &Cx, id: &Id) -> Vec<String> {
    let columns = cx.current.table(&id.owner).map_or(&[][..], |it| &it.columns);
    let touched = columns.iter().filter(|it| it.touch).map(|it| cx.dialect.ident(&it.name));
    touched.map(|it| format!("{it} = {it}")).collect()
}

/// Returns whether values of one type can become those of the other: what is neither number, time nor text is made of
/// text or bytes only (<https://mariadb.com/kb/en/uuid-data-type/>).
fn is_castable(cx: &Cx, current: &Column, desired: &Column) -> bool {
    let (from, to) = (cx.dialect.family(&current.ty), cx.dialect.family(&desired.ty));
    let is_own_kind = |it: Family| matches!(it, Family::Uuid | Family::Net | Family::Other);
    let is_raw = |it: Family| {
        it.is_text() || matches!(it, Family::Bytes | Family::Json | Family::Enum | Family::Set)
    };
    let fits = |it: Family, other: Family| !is_own_kind(it) || is_raw(other);
    current.ty.name == desired.ty.name || fits(from, to) && fits(to, from)
}

/// Returns the statements that add a column whose default differs from row to row. MySQL calls one ALTER TABLE for it
/// unsafe to replicate and refuses (<https://dev.mysql.com/doc/refman/8.4/en/data-type-defaults.html>).
fn create_filled(cx: &Cx, id: &Id, it: &Column) -> Vec<Sql> {
    let empty = Column { default: None, nullable: true, ..it.clone() };
    let owner = cx.dialect.qname(&id.owner);
    let value = it.default.as_ref().map_or("NULL", |it| it.text());
    let mut values = vec![format!("{} = {value}", cx.dialect.ident(&it.name))];
    values.extend(kept_times(cx, id));
    vec![
        Sql::Statement(format!("ALTER TABLE {owner} ADD COLUMN {}", definition(cx, &empty))),
        Sql::Statement(format!("UPDATE {owner} SET {}", values.join(", "))),
        Sql::Statement(format!("ALTER TABLE {owner} MODIFY COLUMN {}", definition(cx, it))),
    ]
}

/// Returns the column as `CREATE TABLE`, `ADD COLUMN` and `MODIFY COLUMN` take it.
pub(super) fn definition(cx: &Cx, it: &Column) -> String {
    let mut res = format!("{} {}", cx.dialect.ident(&it.name), cx.dialect.type_sql(&it.ty));
    if let Some(charset) = &it.charset {
        res.push_str(&format!(" CHARACTER SET {charset}"));
    }
    if let Some(collate) = &it.collate {
        res.push_str(&format!(" COLLATE {collate}"));
    }
    if let Some(generated) = &it.generated {
        res.push_str(&standard::generated(generated));
    }
    let versioning = it.settings.get("versioning").map(String::as_str);
    let row_end = versioning.filter(|it| it.starts_with("row"));
    if let Some(row) = row_end {
        res.push_str(&format!(" GENERATED ALWAYS AS {}", row.to_ascii_uppercase()));
    }
    let says_null =
        row_end.is_none() && it.generated.is_none() || cx.dialect.has(Feature::GeneratedNotNull);
    if says_null && !it.nullable {
        res.push_str(" NOT NULL");
    } else if says_null && *it.ty.name == *"timestamp" {
        // Without explicit_defaults_for_timestamp a TIMESTAMP that does not say NULL is NOT NULL:
        // https://mariadb.com/kb/en/timestamp/
        res.push_str(" NULL");
    }
    if let Some(srid) = it.settings.get("srid") {
        let word = if cx.dialect.naming == Naming::MariaDb { "REF_SYSTEM_ID=" } else { "SRID " };
        res.push_str(&format!(" {word}{srid}"));
    }
    if let Some(default) = &it.default {
        res.push_str(&format!(" DEFAULT {}", default::text(cx, it, default)));
    }
    if it.touch {
        res.push_str(&format!(" ON UPDATE {}", default::now(&it.ty)));
    }
    if it.invisible {
        res.push_str(" INVISIBLE");
    }
    if it.identity.is_some() {
        res.push_str(" AUTO_INCREMENT");
    }
    if let Some(comment) = &it.comment {
        res.push_str(&format!(" COMMENT {}", cx.dialect.string(comment)));
    }
    if versioning == Some("without") {
        res.push_str(" WITHOUT SYSTEM VERSIONING");
    }
    res
}
