//! Columns that every UPDATE sets to the current time: PostgreSQL has triggers for it.

use crate::{
    base::{Name, QName},
    dialect::{Cx, Sql, touch::runs_on_update},
    model::{Schema, Table, Trigger, routine},
};

/// Returns the name of the trigger of a table's column.
pub(in crate::dialect) fn trigger_name(table: &Table, column: &Name) -> String {
    format!("{}_{column}_touch", table.name.name)
}

/// Returns whether the trigger calls `touch_<column>`, which does nothing but set that column.
pub(in crate::dialect) fn is_touch(
    schema: &Schema,
    table: &Table,
    column: &Name,
    it: &Trigger,
) -> bool {
    let name = QName::new(table.name.schema.clone(), Name::exact(format!("touch_{column}")));
    let key = routine::signature(&name, &[]);
    let calls_it = it.function.as_ref() == Some(&key) && it.arguments.is_empty();
    if !calls_it || it.condition.is_some() || !runs_on_update(it, "before") {
        return false;
    }
    schema.functions.get(&key).is_some_and(|it| {
        let text = it.routine.body.text.to_lowercase().replace('"', "");
        let body: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let column = column.as_str().to_lowercase();
        it.comment.is_none()
            && body.trim_end_matches(';') == format!("begin new.{column} := now(); return new; end")
    })
}

/// Returns the function that all triggers of columns of that name share.
fn function_name(cx: &Cx, table: &Table, column: &Name) -> QName {
    QName::new(table.name.schema.clone(), cx.dialect.table_name(&format!("touch_{column}")))
}

/// Returns the statements that start keeping the column current.
pub(super) fn create(cx: &Cx, table: &Table, column: &Name) -> Vec<Sql> {
    let function = cx.dialect.qname(&function_name(cx, table, column));
    let own = cx.dialect.ident(column);
    let trigger = cx.dialect.ident_str(&trigger_name(table, column));
    let owner = cx.dialect.qname(&table.name);
    vec![
        Sql::First(format!(
            "CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n    NEW.{own} := now();\n    RETURN NEW;\nEND\n$$"
        )),
        Sql::Statement(format!(
            "CREATE TRIGGER {trigger} BEFORE UPDATE ON {owner}\n    FOR EACH ROW EXECUTE FUNCTION {function}()"
        )),
    ]
}

/// Returns the statements that stop keeping the column current.
pub(super) fn drop(cx: &Cx, table: &Table, column: &Name) -> Vec<Sql> {
    let trigger = cx.dialect.ident_str(&trigger_name(table, column));
    let owner = cx.dialect.qname(&table.name);
    std::iter::once(Sql::Statement(format!("DROP TRIGGER {trigger} ON {owner}")))
        .chain(drop_function(cx, table, column))
        .collect()
}

/// Returns the statement that drops the function, once no column of that name is kept current any more.
pub(super) fn drop_function(cx: &Cx, table: &Table, column: &Name) -> Option<Sql> {
    let still_used = cx.desired.tables.values().any(|it| {
        it.name.schema == table.name.schema && it.column(column).is_some_and(|column| column.touch)
    });
    let function = cx.dialect.qname(&function_name(cx, table, column));
    (!still_used).then(|| Sql::Last(format!("DROP FUNCTION {function}()")))
}
