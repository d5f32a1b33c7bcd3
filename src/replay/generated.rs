//! What the expression of a generated column may speak of.

use super::{
    codes, constraint,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::Name,
    dialect::postgres::spots,
    model::Table,
    sql::ast::{ColumnDef, ColumnOptionKind, Sql},
};

/// Refuses a generated column whose expression the table's other columns do not allow.
pub(super) fn check(ctx: &Ctx, table: &Table, def: &ColumnDef) -> Outcome {
    let own = ctx.part_name(&def.name);
    for option in &def.options {
        if let ColumnOptionKind::Generated { expression, stored } = &option.kind {
            check_expression(ctx, table, &own, expression, *stored)?;
        }
    }
    Ok(())
}

/// Refuses an expression that mentions a column which is not there, the column `own` itself or, in PostgreSQL, a generated
/// one (<https://www.postgresql.org/docs/current/ddl-generated-columns.html>).
pub(super) fn check_expression(
    ctx: &Ctx,
    table: &Table,
    own: &Name,
    sql: &Sql,
    stored: bool,
) -> Outcome {
    for (name, span) in ctx.read_expr(sql).1 {
        let Some(column) = table.column(&name) else {
            if constraint::may_be_text(ctx, sql, span) {
                continue;
            }
            return Err(ctx.missing_column(table, &name, span));
        };
        // SQLite notices a loop among those that it computes when they are read.
        let is_loop = name == *own && !(ctx.is_sqlite() && stored);
        if is_loop || ctx.is_postgres() && column.generated.is_some() {
            let reason = format!("a generated column cannot use generated column `{name}`");
            return Err(Box::new(codes::rejected(reason, ctx.place(span))));
        }
    }
    ctx.settle(sql, Some(table), &spots::GENERATED).map(drop)
}
