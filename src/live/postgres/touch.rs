//! The triggers that keep a `touch` column current, and their functions: neither is shown, the column is.

use crate::{
    base::Name,
    dialect::TouchStyle,
    live::{Failure, reader::Reader},
    model::{Function, Table, Trigger},
};

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let TouchStyle::Trigger { trigger: name_of } = reader.dialect.touch else { return Ok(()) };
    for table in reader.schema.tables.values_mut() {
        let touched = touched(table, name_of);
        for (trigger, column) in touched {
            table.triggers.retain(|it| it.name != trigger);
            if let Some(column) = table.column_mut(&column) {
                column.touch = true;
            }
        }
    }
    let is_touch = |it: &Function| {
        let name = it.name.name.as_str();
        let column = name.strip_prefix("touch_").and_then(|it| it.strip_suffix("()"));
        let body: Vec<&str> = it.routine.body.split_whitespace().collect();
        let wanted = column.map(|it| format!("begin new.{it} := now(); return new; end"));
        wanted.is_some_and(|it| body.join(" ").replace('"', "").to_lowercase() == it.to_lowercase())
    };
    let functions = reader.schema.functions.values().filter(|it| is_touch(it));
    let functions: Vec<_> = functions.map(|it| it.name.clone()).collect();
    for it in functions {
        reader.schema.functions.remove(&it);
    }
    Ok(())
}

/// Returns the triggers, each with the column that it keeps current.
fn touched(table: &Table, name_of: fn(&Table, &Name) -> String) -> Vec<(Name, Name)> {
    let column = |trigger: &Trigger| {
        let function = trigger.function.as_ref()?.name.as_str().strip_prefix("touch_")?;
        let columns = table.columns.iter().map(|it| &it.name);
        let mut named = columns.filter(|it| name_of(table, it) == trigger.name.as_str());
        let column = named.find(|it| it.as_str() == function)?;
        let is_touch = trigger.timing == "before" && trigger.events == ["update"];
        is_touch.then(|| (trigger.name.clone(), column.clone()))
    };
    table.triggers.iter().filter_map(column).collect()
}
