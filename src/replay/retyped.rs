//! What a table computes is read anew when columns get other types, and may have no meaning then
//! (`ATPostAlterTypeCleanup` of PostgreSQL).

use super::{
    codes,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::Span,
    dialect::needs::mentions,
    model::{Column, Table},
};

/// Refuses types of columns that checks, indexes and other parts cannot compute with.
pub(super) fn check(ctx: &Ctx, before: &Table, table: &Table, span: Option<Span>) -> Outcome {
    let Some(span) = span.filter(|_| ctx.is_postgres()) else { return Ok(()) };
    let was = |it: &Column| before.column(&it.name).is_some_and(|old| old.ty != it.ty);
    let changed: Vec<&Column> = table.columns.iter().filter(|it| was(it)).collect();
    if changed.is_empty() {
        return Ok(());
    }
    for (id, part) in table.parts() {
        let names = mentions::columns(table, part);
        if id.is::<Column>() || !changed.iter().any(|it| names.contains(&&it.name)) {
            continue;
        }
        for expr in part.exprs() {
            let bound = ctx.in_world(|world| world.expr(expr.text(), Some(table)).ok());
            let Some((reason, _)) = bound.and_then(|it| it.misfits.into_iter().next()) else {
                continue;
            };
            let reason = format!("{} `{}`: {reason}", id.kind.noun, id.name());
            return Err(Box::new(codes::rejected(reason, ctx.place(span))));
        }
    }
    Ok(())
}
