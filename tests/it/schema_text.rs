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
    let routines = schema.functions.values().map(|it| ("function", &it.name, Object::from(it)));
    let procedures = schema.procedures.values().map(|it| ("procedure", &it.name, it.into()));
    let aggregates = schema.aggregates.values().map(|it| ("aggregate", &it.name, it.into()));
    for (noun, name, it) in routines.chain(procedures).chain(aggregates) {
        let _ = writeln!(text, "{noun} {name}{}", fields(it, USUAL_IN_ROUTINES));
    }
    for it in schema.event_triggers.values() {
        let fields = fields(it.into(), &[("enabled", "enabled")]);
        let _ = writeln!(text, "event trigger {}{fields}", it.name);
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

/// The fields of functions that are what they are where nothing is said.
const USUAL_IN_ROUTINES: &[(&str, &str)] = &[
    ("inline", "no"),
    ("leakproof", "no"),
    ("parallel", "unsafe"),
    ("security_definer", "no"),
    ("strict", "no"),
    ("volatility", "volatile"),
    ("window", "no"),
];

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
        ("invisible", "no"),
        ("unique", "no"),
        ("nulls_not_distinct", "no"),
        ("match_full", "no"),
        ("enforced", "yes"),
        ("on_delete", "no action"),
        ("on_update", "no action"),
        ("deferral", "not deferrable"),
        ("enabled", "enabled"),
        ("for_each_row", "yes"),
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
        let value = value.trim().replace('\n', "\\n");
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
