//! A table copied into its new shape (<https://www.sqlite.org/lang_altertable.html#otheralter>).

use std::collections::BTreeMap;

use super::{column, index, table, touch, trigger, types};
use crate::{
    base::QName,
    dialect::{Cx, standard},
    model::{Column, Table},
};

/// Returns the statements that put the desired table, its indexes and triggers in the place of the current one.
pub(super) fn rebuild(cx: &Cx, current: &Table, desired: &Table) -> Vec<String> {
    let desired = &with_unstated(current, desired);
    let name = cx.dialect.qname(&desired.name);
    let copy = cx.dialect.table_name(&format!("schemac_new_{}", desired.name.name));
    let copy = cx.dialect.qname(&QName::new(desired.name.schema.clone(), copy));
    let mut res = vec![
        // With foreign keys on, DROP TABLE deletes the rows first, and whatever hangs on them by CASCADE. Within a
        // transaction the pragma does nothing, so the script has to run outside of one; the savepoint makes its own.
        "PRAGMA foreign_keys = OFF".to_owned(),
        "SAVEPOINT schemac_rebuild".to_owned(),
        // For a runner that opens a transaction all the same: keys are then checked at its end, not at the drop.
        "PRAGMA defer_foreign_keys = ON".to_owned(),
        table::text(cx, desired, &copy, &[]),
    ];
    res.extend(copy_rows(cx, current, desired, &copy));
    let is_looked_at = cx.is_looked_at(&desired.name);
    if is_looked_at {
        // Otherwise the server refuses to rename while a view or a trigger elsewhere speaks of a table that is not there
        // (<https://www.sqlite.org/pragma.html#pragma_legacy_alter_table>), as of the one that is replaced.
        res.push("PRAGMA legacy_alter_table = ON".to_owned());
    }
    res.push(format!("DROP TABLE {name}"));
    res.push(format!("ALTER TABLE {copy} RENAME TO {}", cx.dialect.ident(&desired.name.name)));
    if is_looked_at {
        res.push("PRAGMA legacy_alter_table = OFF".to_owned());
    }
    res.extend(desired.indexes.iter().map(|it| index::text(cx, &desired.name, it)));
    let touched = desired.columns.iter().filter(|it| it.touch);
    res.extend(touched.map(|it| touch::create_text(cx, desired, &it.name)));
    res.extend(desired.triggers.iter().flat_map(|it| trigger::texts(cx, &desired.name, it)));
    if !cx.has_mismatch() {
        res.push("PRAGMA foreign_key_check".to_owned());
    }
    res.push("RELEASE schemac_rebuild".to_owned());
    res.push("PRAGMA foreign_keys = ON".to_owned());
    res
}

/// Returns the desired table with the options that it does not state: those are not managed, and stay.
fn with_unstated(current: &Table, desired: &Table) -> Table {
    let mut res = desired.clone();
    let take = |own: &mut BTreeMap<String, String>, old: &BTreeMap<String, String>| {
        for (key, value) in old {
            own.entry(key.clone()).or_insert_with(|| value.clone());
        }
    };
    for it in &mut res.columns {
        if let Some(old) = source(current, it) {
            take(&mut it.settings, &old.settings);
        }
    }
    for it in &mut res.uniques {
        if let Some(old) = current.uniques.iter().find(|old| old.columns == it.columns) {
            take(&mut it.options, &old.options);
        }
    }
    if let (Some(own), Some(old)) = (&mut res.primary_key, &current.primary_key)
        && own.columns == old.columns
    {
        take(&mut own.options, &old.options);
    }
    let mut old = current.options.clone();
    old.retain(|key, _| match key.as_str() {
        "strict" => res.columns.iter().all(types::is_strict),
        "without_rowid" => res.primary_key.is_some() && !table::is_numbered(&res),
        _ => false,
    });
    take(&mut res.options, &old);
    res
}

/// Returns the statement that copies the rows, unless no column is left of them.
fn copy_rows(cx: &Cx, current: &Table, desired: &Table, copy: &str) -> Option<String> {
    let (mut to, mut from) = (Vec::new(), Vec::new());
    for column in desired.columns.iter().filter(|it| it.generated.is_none()) {
        if let Some(source) = source(current, column) {
            to.push(cx.dialect.ident(&column.name));
            from.push(value(cx, current, source, column));
        }
    }
    let name = cx.dialect.qname(&desired.name);
    (!to.is_empty()).then(|| {
        format!("INSERT INTO {copy} ({}) SELECT {} FROM {name}", to.join(", "), from.join(", "))
    })
}

/// Returns the column that the values come from: the one of that name, or of the name it had.
fn source<'a>(current: &'a Table, desired: &Column) -> Option<&'a Column> {
    current.column(&desired.name).or_else(|| current.column(desired.meta.renamed_from.as_ref()?))
}

/// Returns the value for the new column: the old one, or the default where there is none and has to be one.
fn value(cx: &Cx, current: &Table, source: &Column, desired: &Column) -> String {
    let mut own = cx.dialect.ident(&source.name);
    // The check of the enum is the only place that knows which values there are.
    let mut checks = current.checks.iter().filter(|it| it.columns.contains(&source.name));
    if let Some(check) = checks.find(|it| it.columns.len() == 1) {
        let allowed = |text: &str| check.expr.text().contains(&cx.dialect.string(text));
        let renamed = desired.values_to_rename(allowed);
        if !renamed.is_empty() {
            own = standard::renamed_value(cx, &own, &renamed);
        }
    }
    match &desired.default {
        Some(default) if source.nullable && !desired.nullable => {
            format!("coalesce({own}, {})", column::default_text(default.text()))
        }
        _ => own,
    }
}
