//! The triggers that keep a `touch` column current; no other functions and triggers are replayed.

use super::ctx::Ctx;
use crate::{
    base::{Name, QName, Span},
    dialect::TouchStyle,
    model::Table,
    sql::ast::{CreateFunction, CreateTrigger, Drop, ObjectName},
};

const UNKNOWN: &str = "functions and triggers are not replayed yet";

pub(super) fn create_function(ctx: &mut Ctx, it: &CreateFunction, span: Span) {
    let name = ctx.new_name(&it.name);
    if is_touch_function(&name, it.text.text) {
        ctx.touch_functions.insert(name);
    } else {
        ctx.not_understood(UNKNOWN, span, None);
    }
}

pub(super) fn create_trigger(ctx: &mut Ctx, it: &CreateTrigger, span: Span) {
    let name = ctx.table_meant(&it.table);
    let column = ctx.schema.tables.get(&name).and_then(|table| {
        let column = touched(ctx, table, &it.name.name.text, false)?;
        sets_column(ctx, &column, it.text.text).then_some(column)
    });
    let found = column.and_then(|column| ctx.schema.tables.get_mut(&name)?.column_mut(&column));
    match found {
        Some(column) => column.touch = true,
        None => ctx.not_understood(UNKNOWN, span, Some(name)),
    }
}

pub(super) fn drop_functions(ctx: &mut Ctx, it: &Drop, span: Span) {
    for written in &it.names {
        let name = ctx.new_name(written);
        if !ctx.touch_functions.remove(&name) {
            ctx.not_understood(UNKNOWN, span, None);
            return;
        }
    }
}

pub(super) fn drop_triggers(ctx: &mut Ctx, it: &Drop, span: Span) {
    for written in &it.names {
        let found = find(ctx, written, it.table.as_ref());
        let Some((table, column)) = found else {
            ctx.not_understood(UNKNOWN, span, None);
            return;
        };
        let table = ctx.schema.tables.get_mut(&table);
        if let Some(column) = table.and_then(|it| it.column_mut(&column)) {
            column.touch = false;
        }
    }
}

/// Returns the column that a trigger of that name and text keeps current.
pub(super) fn touched_by(ctx: &Ctx, table: &QName, trigger: &str, text: &str) -> Option<Name> {
    let column = touched(ctx, ctx.schema.tables.get(table)?, trigger, false)?;
    sets_column(ctx, &column, text).then_some(column)
}

/// Drops the trigger that keeps a column current; returns whether there is one of that name.
pub(super) fn drop_trigger(ctx: &mut Ctx, written: &ObjectName) -> bool {
    let Some((table, column)) = find(ctx, written, None) else { return false };
    let table = ctx.schema.tables.get_mut(&table);
    if let Some(column) = table.and_then(|it| it.column_mut(&column)) {
        column.touch = false;
    }
    true
}

/// Returns the column that the trigger keeps current, and its table.
fn find(ctx: &Ctx, written: &ObjectName, on: Option<&ObjectName>) -> Option<(QName, Name)> {
    let trigger = &written.name.text;
    let on = on.map(|it| ctx.table_meant(it));
    let tables = || {
        let of_it = |it: &&Table| on.as_ref().is_none_or(|on| it.name == *on);
        ctx.schema.tables.values().filter(of_it)
    };
    let named = |it: &Table| Some((it.name.clone(), touched(ctx, it, trigger, true)?));
    tables().find_map(named).or_else(|| tables().find_map(|it| formerly_touched(it, trigger)))
}

/// Returns the column that a trigger of that name keeps current, or could.
fn touched(ctx: &Ctx, table: &Table, trigger: &str, is_set: bool) -> Option<Name> {
    let TouchStyle::Trigger { trigger: name_of } = ctx.dialect.touch else { return None };
    let mut candidates = table.columns.iter().filter(|it| it.touch || !is_set);
    candidates.find(|it| name_of(table, &it.name) == trigger).map(|it| it.name.clone())
}

/// Returns the column that the trigger keeps current in a table that was renamed since.
fn formerly_touched(table: &Table, trigger: &str) -> Option<(QName, Name)> {
    let mut candidates = table.columns.iter().filter(|it| it.touch);
    let column = candidates.find(|it| trigger.ends_with(&format!("_{}_touch", it.name)))?;
    Some((table.name.clone(), column.name.clone()))
}

/// `touch_<column>`, which does nothing but to set that column.
fn is_touch_function(name: &QName, text: &str) -> bool {
    let Some(column) = name.name.as_str().strip_prefix("touch_") else { return false };
    let text = text.to_lowercase().replace('"', "");
    let body: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    body.contains(&format!("begin new.{} := now(); return new; end", column.to_lowercase()))
}

fn sets_column(ctx: &Ctx, column: &Name, text: &str) -> bool {
    let text = text.to_lowercase().replace('"', "");
    let column = column.as_str().to_lowercase();
    if ctx.is_postgres() {
        text.contains("before update") && text.contains(&format!("touch_{column}()"))
    } else {
        text.contains(&format!("set {column} ="))
    }
}
