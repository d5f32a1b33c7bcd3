//! SQL that all dialects write alike.

use std::collections::BTreeMap;

use super::{Cx, Sql};
use crate::{
    base::{Name, QName},
    model::{
        Action, Check, Column, Deferral, ForeignKey, Generated, IndexColumn, IndexKey, Object,
        PrimaryKey, Table, Unique,
    },
};

/// Returns `CONSTRAINT name `, or nothing for a name that nobody gave and the database does not keep.
pub(super) fn constraint_name(cx: &Cx, name: &Name, nameless: bool) -> String {
    if nameless { String::new() } else { format!("CONSTRAINT {} ", cx.dialect.ident(name)) }
}

pub(super) fn primary_key(cx: &Cx, it: &PrimaryKey) -> String {
    let columns = key_columns(cx, &it.columns, it.without_overlaps);
    let include = include(cx, &it.include);
    let storage = key_storage(&it.options);
    format!("PRIMARY KEY ({columns}){include}{storage}{}", deferral(it.deferral))
}

pub(super) fn unique(cx: &Cx, it: &Unique) -> String {
    let nulls = if it.nulls_not_distinct { " NULLS NOT DISTINCT" } else { "" };
    let columns = key_columns(cx, &it.columns, it.without_overlaps);
    let (include, storage) = (include(cx, &it.include), key_storage(&it.options));
    format!("UNIQUE{nulls} ({columns}){include}{storage}{}", deferral(it.deferral))
}

fn key_columns(cx: &Cx, columns: &[Name], without_overlaps: bool) -> String {
    let overlaps = if without_overlaps { " WITHOUT OVERLAPS" } else { "" };
    cx.dialect.idents(columns) + overlaps
}

fn include(cx: &Cx, columns: &[Name]) -> String {
    if columns.is_empty() {
        return String::new();
    }
    format!(" INCLUDE ({})", cx.dialect.idents(columns))
}

/// Returns ` WITH (…) USING INDEX TABLESPACE x` of a key.
pub(super) fn key_storage(options: &BTreeMap<String, String>) -> String {
    let space = options.get("tablespace").map(|it| format!(" USING INDEX TABLESPACE {it}"));
    parameters(options).unwrap_or_default() + &space.unwrap_or_default()
}

/// Returns ` WITH (…)` of an index.
pub(super) fn parameters(options: &BTreeMap<String, String>) -> Option<String> {
    let is_parameter = |key: &str| key != "tablespace" && !key.starts_with("statistics_");
    let pairs = options.iter().filter(|it| is_parameter(it.0));
    let pairs: Vec<String> = pairs.map(|(key, value)| format!("{key}={value}")).collect();
    (!pairs.is_empty()).then(|| format!(" WITH ({})", pairs.join(", ")))
}

pub(super) fn check(it: &Check) -> String {
    let enforced = if it.enforced { "" } else { " NOT ENFORCED" };
    let inherit = if it.no_inherit { " NO INHERIT" } else { "" };
    format!("CHECK ({}){inherit}{enforced}", it.expr.text())
}

pub(super) fn foreign_key(cx: &Cx, it: &ForeignKey) -> String {
    let mut res = format!(
        "FOREIGN KEY ({}) REFERENCES {}",
        period_columns(cx, &it.columns, it.period),
        cx.dialect.qname(&it.references),
    );
    // Where they are not known they were not written either.
    if it.target.len() == it.columns.len() {
        res.push_str(&format!(" ({})", period_columns(cx, &it.target, it.period)));
    }
    if it.match_full {
        res.push_str(" MATCH FULL");
    }
    for (event, action) in [("DELETE", it.on_delete), ("UPDATE", it.on_update)] {
        if action != Action::NoAction {
            res.push_str(&format!(" ON {event} {}", action.sql()));
            if event == "DELETE" && !it.on_delete_columns.is_empty() {
                res.push_str(&format!(" ({})", cx.dialect.idents(&it.on_delete_columns)));
            }
        }
    }
    res.push_str(deferral(it.deferral));
    if it.enforced { res } else { res + " NOT ENFORCED" }
}

/// Returns the columns, the last of which may be a period of time.
fn period_columns(cx: &Cx, columns: &[Name], period: bool) -> String {
    match columns.split_last() {
        Some((last, rest)) if period => {
            let rest: String = rest.iter().map(|it| cx.dialect.ident(it) + ", ").collect();
            format!("{rest}PERIOD {}", cx.dialect.ident(last))
        }
        _ => cx.dialect.idents(columns),
    }
}

pub(super) fn deferral(it: Deferral) -> &'static str {
    match it {
        Deferral::NotDeferrable => "",
        Deferral::Immediate => " DEFERRABLE",
        Deferral::Deferred => " DEFERRABLE INITIALLY DEFERRED",
    }
}

pub(super) fn generated(it: &Generated) -> String {
    let how = if it.stored { "STORED" } else { "VIRTUAL" };
    format!(" GENERATED ALWAYS AS ({}) {how}", it.expr.text())
}

/// Returns the columns of an index, without the parentheses around them.
pub(super) fn index_columns(cx: &Cx, columns: &[IndexColumn]) -> String {
    let text = |it: &IndexColumn| {
        let mut res = match &it.key {
            IndexKey::Column(name) => cx.dialect.ident(name),
            IndexKey::Expr(expr) => format!("({})", expr.text()),
        };
        if let Some(prefix) = it.prefix {
            res.push_str(&format!("({prefix})"));
        }
        if let Some(collate) = &it.collate {
            res.push_str(&format!(" COLLATE {}", cx.dialect.ident_str(collate)));
        }
        if let Some(opclass) = &it.opclass {
            res.push_str(&format!(" {opclass}"));
        }
        if let Some(options) = &it.opclass_options {
            res.push_str(&format!(" ({options})"));
        }
        if it.descending {
            res.push_str(" DESC");
        }
        match it.nulls_first {
            Some(true) => res.push_str(" NULLS FIRST"),
            Some(false) => res.push_str(" NULLS LAST"),
            None => {}
        }
        res
    };
    columns.iter().map(text).collect::<Vec<_>>().join(", ")
}

/// Returns the body of `CREATE TABLE`: every part that has an inline text, one a line.
pub(super) fn table_body(cx: &Cx, table: &Table, without: &[crate::base::Name]) -> String {
    let lines: Vec<String> = table
        .parts()
        .into_iter()
        .filter(|(id, _)| !(id.is::<ForeignKey>() && without.contains(id.name())))
        .filter(|(_, part)| table.parents.is_empty() || !is_inherited(*part))
        .filter_map(|(id, part)| {
            let row = cx.dialect.emitter(id.kind)?;
            (row.inline)(cx, table, part)
        })
        .filter(|it| !it.is_empty())
        .map(|it| format!("    {it}"))
        .collect();
    format!("(\n{}\n)", lines.join(",\n"))
}

/// Returns whether the part comes from a parent.
fn is_inherited(part: Object) -> bool {
    <&Column>::try_from(part).is_ok_and(|it| it.inherited)
        || <&Check>::try_from(part).is_ok_and(|it| it.inherited)
}

/// Writes the statements about one touch column's trigger.
pub(super) type Trigger = fn(&Cx, &Table, &Name) -> Vec<Sql>;

/// Returns the statements that give a table, whose new name is `table`, or a column of it another name. The triggers of
/// touch columns that this `concerns` are called after both, so they are dropped before the first rename and created
/// after the last.
pub(super) fn rename_touched(
    cx: &Cx,
    table: &QName,
    concerns: impl Fn(&Column) -> bool,
    rename: String,
    (drop, create): (Trigger, Trigger),
) -> Vec<Sql> {
    let (mut first, mut last) = (Vec::new(), Vec::new());
    if let (Some(before), Some(after)) = (cx.table_before(table), cx.current.table(table)) {
        for (old, new) in before.columns.iter().zip(&after.columns) {
            if old.touch && concerns(new) {
                first.extend(drop(cx, before, &old.name).into_iter().map(|it| match it {
                    Sql::Statement(text) => Sql::First(text),
                    other => other,
                }));
                last.extend(create(cx, after, &new.name).into_iter().map(|it| match it {
                    Sql::Statement(text) => Sql::Last(text),
                    other => other,
                }));
            }
        }
    }
    first.push(Sql::Statement(rename));
    first.extend(last);
    first
}

/// Returns the value of a column under its new name, where it has got one.
pub(super) fn renamed_value(cx: &Cx, column: &str, renamed: &[(&str, &str)]) -> String {
    let case = |(from, to): &(&str, &str)| {
        format!(" WHEN {} THEN {}", cx.dialect.string(from), cx.dialect.string(to))
    };
    let cases: String = renamed.iter().map(case).collect();
    format!("CASE {column}{cases} ELSE {column} END")
}
