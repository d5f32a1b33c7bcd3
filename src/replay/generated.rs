//! What the expression of a generated column may speak of.

use super::{
    codes, constraint,
    ctx::{Ctx, Outcome},
};
use crate::{
    model::Table,
    sql::ast::{ColumnDef, ColumnOptionKind},
};

/// Refuses one that mentions a column which is not there, the column itself or, in PostgreSQL, a generated one
/// (<https://www.postgresql.org/docs/current/ddl-generated-columns.html>).
pub(super) fn check(ctx: &Ctx, table: &Table, def: &ColumnDef) -> Outcome {
    let own = ctx.part_name(&def.name);
    for option in &def.options {
        let ColumnOptionKind::Generated { expression, stored } = &option.kind else { continue };
        for (name, span) in ctx.read_expr(expression).1 {
            let Some(column) = table.column(&name) else {
                if constraint::may_be_text(ctx, expression, span) {
                    continue;
                }
                return Err(ctx.missing_column(table, &name, span));
            };
            // SQLite notices a loop among those that it computes when they are read.
            let is_loop = name == own && !(ctx.is_sqlite() && *stored);
            if is_loop || ctx.is_postgres() && column.generated.is_some() {
                let reason = format!("a generated column cannot use generated column `{name}`");
                return Err(Box::new(codes::rejected(reason, ctx.place(span))));
            }
        }
    }
    Ok(())
}
