//! A schema as a text with one line for each object, for pages.

use std::{collections::BTreeMap, fmt::Write as _};

use schemac::{
    model::{Object, Schema, Table},
    replay::Counts,
};

pub(crate) fn schema_text(schema: &Schema) -> String {
    let mut text = String::new();
    for it in schema.namespaces.values() {
        let _ = writeln!(text, "schema {}{}", it.name, fields(it.into(), &[]));
    }
    for it in schema.enums.values() {
        let _ = writeln!(text, "enum {}{}", it.name, fields(it.into(), &[]));
    }
    for it in schema.tables.values() {
        table_text(it, &mut text);
    }
    for it in &schema.unknowns {
        let table = it.table.as_ref().map(|it| format!(" ({it})")).unwrap_or_default();
        let _ = writeln!(text, "unknown: {}{table}", it.reason);
    }
    text
}

fn table_text(table: &Table, text: &mut String) {
    let _ = writeln!(
        text,
        "table {}{}",
        table.name,
        fields(table.into(), &[("force_rls", "no"), ("rls", "no"), ("unlogged", "no")])
    );
    let usual = [
        ("nullable", "no"),
        ("touch", "no"),
        ("inherited", "no"),
        ("no_inherit", "no"),
        ("not_valid", "no"),
        ("period", "no"),
        ("without_overlaps", "no"),
        ("invisible", "no"),
        ("unique", "no"),
        ("nulls_not_distinct", "no"),
        ("match_full", "no"),
        ("enforced", "yes"),
        ("on_delete", "no action"),
        ("on_update", "no action"),
        ("deferral", "not deferrable"),
    ];
    for (id, part) in table.parts() {
        let name = id.part.as_ref().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(text, "  {} {name}{}", id.kind.keyword, fields(part, &usual));
    }
}

/// Returns the fields that are not what they usually are.
fn fields(object: Object, usual: &[(&str, &str)]) -> String {
    object.shown_fields().iter().fold(String::new(), |text, (name, value)| {
        if usual.contains(&(name, value.as_str())) {
            return text;
        }
        text + &format!(" {name}={value}")
    })
}

/// Returns what became of the statements.
pub(crate) fn counts_text(it: &Counts) -> String {
    let rows: BTreeMap<&str, usize> = BTreeMap::from([
        ("data", it.data),
        ("session", it.session),
        ("no effect", it.no_effect),
        ("rejected", it.rejected),
        ("not understood", it.not_understood),
    ]);
    let rest: usize = rows.values().sum();
    assert_eq!(it.schema + rest, it.statements, "each statement is of one class");
    let shown = rows.iter().filter(|it| *it.1 > 0).map(|it| format!(", {} {}", it.1, it.0));
    format!("counts: {} schema{}\n", it.schema, shown.collect::<String>())
}
