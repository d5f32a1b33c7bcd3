//! Values for columns that the server computes or numbers by itself: it takes none but their default.

use super::{
    codes,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::Span,
    model::{Column, Identity, Table},
    sql::assigned::{Assigned, Column as Named, assigned},
    sql::ast::ObjectName,
};

/// Errs where the statement, which writes to that table, gives such a column another value; `start` is where its text starts.
pub(super) fn check(ctx: &Ctx, text: &str, written: &ObjectName, start: u32) -> Outcome {
    // MariaDB looks at it row by row.
    if ctx.is_mariadb() {
        return Ok(());
    }
    let name = ctx.table_meant(written);
    let Some(table) = ctx.schema.tables.get(&name) else { return Ok(()) };
    let is_own = |it: &Column| it.generated.is_some() || is_numbered(ctx, it);
    if ctx.partial.contains(&name) || !table.columns.iter().any(is_own) {
        return Ok(());
    }
    let Some(found) = assigned(text, &ctx.dialect.lexis) else { return Ok(()) };
    refused(ctx, table, &found).map_or(Ok(()), |(reason, span)| {
        Err(Box::new(codes::rejected(reason, ctx.place(span.shift(start)))))
    })
}

/// Returns whether the column is `GENERATED ALWAYS AS IDENTITY`.
fn is_numbered(ctx: &Ctx, column: &Column) -> bool {
    ctx.is_postgres() && column.identity == Some(Identity::Always)
}

fn refused(ctx: &Ctx, table: &Table, found: &Assigned) -> Option<(String, Span)> {
    found.values.iter().filter(|it| !it.is_default || ctx.is_sqlite()).find_map(|value| {
        let column = match &value.column {
            Named::Named(ident) => table.column(&ctx.part_name(ident)),
            // SQLite counts the others only.
            Named::Nth(at) => table.columns.get(*at).filter(|_| !ctx.is_sqlite()),
        }?;
        let is_kept = is_numbered(ctx, column) && (value.is_update || !found.overrides);
        let is_refused = column.generated.is_some() || is_kept;
        is_refused.then(|| {
            let reason = format!("column `{}` takes no value but its default", column.name);
            (reason, value.span)
        })
    })
}
