//! `ORDER BY` of MySQL's `ALTER TABLE` (<https://dev.mysql.com/doc/refman/8.4/en/alter-table.html#alter-table-row-order>).

use super::cursor::{Cursor, Res};
use crate::sql::ast::{AlterKind, Ident, ObjectName};

/// Reads `[table.]column [ASC|DESC], …`: names alone, and no action behind them.
pub(super) fn row_order<'a>(ctx: &mut Cursor<'a, '_>) -> Res<AlterKind<'a>> {
    let mut columns = vec![column(ctx)?];
    while ctx.eat_symbol(",") {
        columns.push(column(ctx)?);
    }
    let goes_on = ctx.is_all(&["partition", "by"]) || ctx.is_all(&["remove", "partitioning"]);
    if ctx.is_end() || goes_on {
        return Ok(AlterKind::OrderBy(columns));
    }
    Err(ctx.rejected("`,` and a column name"))
}

/// Reads a column with the table it is said to be of; its database does not matter.
fn column<'a>(ctx: &mut Cursor<'a, '_>) -> Res<(Option<Ident<'a>>, Ident<'a>)> {
    let ObjectName { schema: table, name, .. } = ctx.name("a column name")?;
    let _ = ctx.eat_any(&["asc", "desc"]);
    Ok((table, name))
}
