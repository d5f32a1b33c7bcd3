//! A schema as a text with one line for each object, for pages.

use std::{collections::BTreeMap, fmt::Write as _};

use schemac::{
    dialect::Dialect,
    model::{Object, Schema, Table},
    replay::Counts,
};

pub(crate) fn schema_text(schema: &Schema, dialect: &Dialect) -> String {
    let mut text = String::new();
    for (id, object) in schema.objects().into_iter().filter(|it| it.0.part.is_none()) {
        if object.meta().external {
            continue;
        }
        let said = <&Table>::try_from(object).map(|it| without_defaults(it, dialect));
        let object = said.as_ref().map_or(object, Object::from);
        let _ = writeln!(text, "{} {}{}", id.kind.keyword, id.owner, fields(object));
        for (id, part) in schema.parts_of(&id) {
            let _ = writeln!(text, "  {} {}{}", id.kind.keyword, id.name(), fields(part));
        }
    }
    for it in &schema.unknowns {
        let table = it.table.as_ref().map(|it| format!(" ({it})")).unwrap_or_default();
        let _ = writeln!(text, "unknown: {}{table}", it.reason);
    }
    text
}

/// Returns the table without the options that it would have if nobody stated them.
fn without_defaults(table: &Table, dialect: &Dialect) -> Table {
    let mut res = table.clone();
    res.options.retain(|key, value| !dialect.is_server_option(table, key, value));
    res
}

/// Returns the fields that are not what they usually are.
fn fields(object: Object) -> String {
    /// What most objects are, where that is not "no".
    const USUAL: [(&str, &str); 8] = [
        ("enabled", "enabled"),
        ("deferral", "not deferrable"),
        ("enforced", "yes"),
        ("for_each_row", "yes"),
        ("on_delete", "no action"),
        ("on_update", "no action"),
        ("permissive", "yes"),
        ("with_data", "yes"),
    ];
    object.shown_fields().iter().fold(String::new(), |text, (name, value)| {
        let usual = USUAL.iter().find(|it| it.0 == *name).map_or("no", |it| it.1);
        if value == usual { text } else { text + &format!(" {name}={value}") }
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
