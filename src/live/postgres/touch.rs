//! The triggers that keep a `touch` column current.

use super::Reader;
use crate::{dialect::TouchStyle, live::Failure};

const QUERY: &str =
    "SELECT r.nspname, r.relname, g.tgname, p.proname, pg_get_triggerdef(g.oid) FROM relations r
    JOIN pg_catalog.pg_trigger g ON g.tgrelid = r.oid AND NOT g.tgisinternal
    JOIN pg_catalog.pg_proc p ON p.oid = g.tgfoid";

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let TouchStyle::Trigger { trigger: name_of } = reader.dialect.touch else { return Ok(()) };
    for row in reader.rows(QUERY)? {
        let Some(table) = reader.table(&row) else { continue };
        let column = row.text(3).strip_prefix("touch_").and_then(|function| {
            let named = |it: &&crate::model::Column| {
                it.name.as_str() == function && name_of(table, &it.name) == row.text(2)
            };
            table.columns.iter().find(named).map(|it| it.name.clone())
        });
        let is_before = row.text(4).contains(" BEFORE UPDATE ON ");
        if let Some(column) = column.filter(|_| is_before).and_then(|it| table.column_mut(&it)) {
            column.touch = true;
        }
    }
    Ok(())
}
