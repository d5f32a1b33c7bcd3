//! `CREATE TABLE` and the options of a table (<https://dev.mysql.com/doc/refman/8.4/en/alter-table.html>).

use super::{column, default, foreign_key};
use crate::{
    base::Name,
    dialect::{Cx, Family, Sql, naming::Naming, standard},
    model::{Column, Id, Table},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &Table) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, _: &Id, it: &Table, without: &[Name]) -> Vec<Sql> {
    let name = cx.dialect.qname(&it.name);
    let mut body = standard::table_body(cx, it, without);
    if let (Some(period), Some(open)) = (it.options.get(PERIOD), body.strip_suffix("\n)")) {
        body = format!("{open},\n    PERIOD FOR {period}\n)");
    }
    let mut res = format!("CREATE TABLE {name} {body}");
    for (key, value) in it.options.iter().filter(|it| it.0 != PARTITIONS && it.0 != PERIOD) {
        let option = option(cx, key, value);
        if let Some(option) = option.map(|it| it.replacen("ADD SYSTEM", "WITH SYSTEM", 1)) {
            res.push_str(&format!(" {option}"));
        }
    }
    if let Some(comment) = &it.comment {
        res.push_str(&format!(" COMMENT={}", cx.dialect.string(comment)));
    }
    if let Some(clause) = it.options.get(PARTITIONS) {
        res.push_str(&format!("\nPARTITION BY {clause}"));
    }
    let own = it.foreign_keys.iter().filter(|it| !without.contains(&it.name));
    let sql = default::mode(cx, &it.columns).into_iter().chain([Sql::Statement(res)]).collect();
    foreign_key::unchecked(cx, own, sql)
}

pub(super) fn drop(cx: &Cx, _: &Id, it: &Table) -> Vec<Sql> {
    let keys = cx.desired.tables.values().flat_map(|it| &it.foreign_keys);
    let sql = vec![Sql::Statement(format!("DROP TABLE {}", cx.dialect.qname(&it.name)))];
    foreign_key::unchecked(cx, keys.filter(|key| key.references == it.name), sql)
}

pub(super) fn alter(
    cx: &Cx,
    _: &Id,
    current: &Table,
    desired: &Table,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    let mut res = Vec::new();
    for field in changed {
        match *field {
            "options" => res.extend(alter_options(cx, current, desired)),
            "comment" => {
                let comment = cx.dialect.string(desired.comment.as_deref().unwrap_or_default());
                res.push(Sql::Action(format!("COMMENT={comment}")));
            }
            // There is no write-ahead log to pass by.
            "unlogged" => {}
            other => unreachable!("a table has no field {other}"),
        }
    }
    Some(res)
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &Table) -> Option<Vec<Sql>> {
    let (from, to) = (cx.dialect.qname(&from.owner), cx.dialect.qname(&id.owner));
    Some(vec![Sql::Statement(format!("ALTER TABLE {from} RENAME TO {to}"))])
}

fn alter_options(cx: &Cx, current: &Table, desired: &Table) -> Vec<Sql> {
    let is_kept = |key: &str, value: &str| {
        current.options.get(key).is_some_and(|it| it.eq_ignore_ascii_case(value))
    };
    let changed = desired.options.iter().filter(|(key, value)| !is_kept(key, value));
    let (text, rest): (Vec<_>, Vec<_>) =
        changed.partition(|(key, _)| matches!(key.as_str(), "charset" | "collate"));
    let mut res = Vec::new();
    if !text.is_empty() {
        res.extend(convert(cx, current, desired));
    }
    for (key, value) in rest {
        let end = |it| if key == PARTITIONS { Sql::End(it) } else { Sql::Action(it) };
        res.extend(option(cx, key, value).map(end));
    }
    res
}

/// Returns the statement that changes the character set of a table, columns that do not state their own included.
fn convert(cx: &Cx, current: &Table, desired: &Table) -> Option<Sql> {
    let option = |key: &str| desired.options.get(key).or_else(|| current.options.get(key));
    let collate = option("collate").filter(|it| {
        // The collation of the current table is not one of another character set.
        desired.options.contains_key("collate")
            || option("charset").is_some_and(|charset| it.starts_with(charset.as_str()))
    });
    // A collation's name begins with that of its character set.
    let charset = option("charset")
        .cloned()
        .or_else(|| collate.map(|it| it.split('_').next().unwrap_or_default().to_owned()))?;
    let collate = collate.map_or_else(String::new, |it| format!(" COLLATE {it}"));
    let owner = cx.dialect.qname(&desired.name);
    if !desired.columns.iter().any(|it| is_converted_too_far(cx, it)) {
        let action = format!("CONVERT TO CHARACTER SET {charset}{collate}");
        return Some(Sql::Statement(format!("ALTER TABLE {owner} {action}")));
    }
    let mut actions = vec![format!("DEFAULT CHARSET={charset}{collate}")];
    let follows = |it: &&Column| {
        cx.dialect.has_charset(&it.ty) && it.charset.is_none() && it.collate.is_none()
    };
    let moved = desired.columns.iter().filter(follows);
    actions.extend(moved.map(|it| column::modify(cx, &desired.name, it)));
    Some(Sql::Statement(format!("ALTER TABLE {owner}\n    {}", actions.join(",\n    "))))
}

/// Returns whether CONVERT TO would change more of the column than it should: a character set of its own, the size of a
/// TEXT, the binary collation that MariaDB's JSON is made of. A MODIFY beside it comes too late: the server converts
/// the column all the same.
fn is_converted_too_far(cx: &Cx, it: &Column) -> bool {
    let family = cx.dialect.family(&it.ty);
    it.charset.is_some()
        || it.collate.is_some()
        || family == Family::Text
        || (family == Family::Json && cx.dialect.naming == Naming::MariaDb)
}

/// The option that is a clause of its own: how the table is cut into partitions.
pub(super) const PARTITIONS: &str = "partition_by";

/// MariaDB's `PERIOD FOR`, which stands among the columns.
const PERIOD: &str = "period";

/// Options whose value is a string.
const TEXTS: &[&str] =
    &["compression", "connection", "encryption", "engine_attribute", "secondary_engine_attribute"];

/// Returns the option as SQL; the next `AUTO_INCREMENT` value is a matter of the rows, not of the schema.
fn option(cx: &Cx, key: &str, value: &str) -> Option<String> {
    let name = match key {
        "auto_increment" | "auto-increment" => return None,
        PARTITIONS => return Some(format!("PARTITION BY {value}")),
        PERIOD => return Some(format!("ADD PERIOD FOR {value}")),
        "versioning" => return Some("ADD SYSTEM VERSIONING".to_owned()),
        "charset" => "DEFAULT CHARSET".to_owned(),
        other => other.replace('-', "_").to_ascii_uppercase(),
    };
    let value = if TEXTS.contains(&key) { cx.dialect.string(value) } else { value.to_owned() };
    Some(format!("{name}={value}"))
}
