//! The expressions of generated columns, and what they may speak of.

use super::{
    calls::OwnExpr,
    codes, constraint,
    ctx::{Ctx, Outcome},
    virtual_column,
};
use crate::{
    base::Name,
    dialect::postgres::spots,
    model::{Function, Generated, Table},
    sql::ast::{ColumnDef, ColumnOptionKind, Sql},
};

/// Gives a generated column of the definition its expression, which may speak of all columns of the table.
pub(super) fn settle(ctx: &Ctx, table: &mut Table, def: &ColumnDef) -> Outcome {
    let own = ctx.part_name(&def.name);
    for option in &def.options {
        if let ColumnOptionKind::Generated { expression, stored } = &option.kind {
            set(ctx, table, &own, expression, *stored)?;
        }
    }
    Ok(())
}

/// Gives the column `own` another expression to be computed by.
///
/// Errs where it mentions a column which is not there, the column itself or, in PostgreSQL, a generated one
/// (<https://www.postgresql.org/docs/current/ddl-generated-columns.html>).
pub(super) fn set(ctx: &Ctx, table: &mut Table, own: &Name, sql: &Sql, stored: bool) -> Outcome {
    let OwnExpr { expr, mentions, uses } = ctx.own_expr(sql, table, &spots::GENERATED)?;
    if ctx.is_postgres() && !stored {
        virtual_column::check_own(ctx, table, own, (&mentions, &uses), sql.span)?;
    }
    for (name, span) in mentions {
        let Some(column) = table.column(&name) else {
            if constraint::may_be_text(ctx, sql, span) {
                continue;
            }
            return Err(ctx.missing_column(table, &name, span));
        };
        // SQLite looks for loops once the table is there.
        let is_loop = name == *own && !ctx.is_sqlite();
        if is_loop || ctx.is_postgres() && column.generated.is_some() {
            let reason = format!("a generated column cannot use generated column `{name}`");
            return Err(Box::new(codes::rejected(reason, ctx.place(span))));
        }
    }
    if let Some(column) = table.column_mut(own) {
        column.meta.uses.retain(|it| !it.is::<Function>());
        column.meta.uses.extend(uses);
        column.generated = Some(Generated { expr, stored });
    }
    Ok(())
}
