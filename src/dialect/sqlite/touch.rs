//! Columns that every UPDATE sets to the current time: SQLite has triggers for it
//! (<https://www.sqlite.org/lang_createtrigger.html>).

use super::{keys, table};
use crate::{
    base::{Name, QName},
    dialect::{Cx, Sql, touch::runs_on_update},
    model::{Schema, Table, Trigger},
};

/// Returns the name of the trigger of a table's column.
pub(in crate::dialect) fn trigger_name(table: &Table, column: &Name) -> String {
    format!("{}_{column}_touch", table.name.name)
}

/// Returns whether the trigger sets the column.
pub(in crate::dialect) fn is_touch(_: &Schema, _: &Table, column: &Name, it: &Trigger) -> bool {
    let body = it.body.as_deref().unwrap_or_default().to_lowercase().replace('"', "");
    runs_on_update(it, "after")
        && body.contains(&format!("set {} =", column.as_str().to_lowercase()))
}

/// Returns the statement that starts keeping the column current.
pub(super) fn create(cx: &Cx, table: &Table, column: &Name) -> Vec<Sql> {
    vec![Sql::Statement(create_text(cx, table, column))]
}

/// Returns the statement that [`create`] is.
pub(super) fn create_text(cx: &Cx, table: &Table, column: &Name) -> String {
    let trigger = qualified(cx, table, column);
    let (owner, own) = (cx.dialect.ident(&table.name.name), cx.dialect.ident(column));
    let key: Vec<String> = match &table.primary_key {
        // A numbered key is the rowid; renaming it puts its name in the place of `rowid` in triggers.
        Some(key) if table::is_without_rowid(table) || keys::is_in_column(table, key) => {
            key.columns.iter().map(|it| cx.dialect.ident(it)).collect()
        }
        _ => vec!["rowid".to_owned()],
    };
    let same: Vec<String> = key.iter().map(|it| format!("{it} = NEW.{it}")).collect();
    // The second condition ends the chain where recursive_triggers is on.
    format!(
        "CREATE TRIGGER {trigger} AFTER UPDATE ON {owner}\n    FOR EACH ROW WHEN NEW.{own} IS OLD.{own} AND NEW.{own} IS NOT CURRENT_TIMESTAMP\nBEGIN\n    UPDATE {owner} SET {own} = CURRENT_TIMESTAMP WHERE {};\nEND",
        same.join(" AND ")
    )
}

/// Returns the statement that stops keeping the column current.
pub(super) fn drop(cx: &Cx, table: &Table, column: &Name) -> Vec<Sql> {
    vec![Sql::Statement(format!("DROP TRIGGER {}", qualified(cx, table, column)))]
}

fn qualified(cx: &Cx, table: &Table, column: &Name) -> String {
    let name = cx.dialect.table_name(&trigger_name(table, column));
    cx.dialect.qname(&QName::new(table.name.schema.clone(), name))
}
