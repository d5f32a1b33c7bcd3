//! What a table computes is read anew when columns get other types, and may have no meaning then
//! (`ATPostAlterTypeCleanup` of PostgreSQL).

use std::collections::BTreeSet;

use super::{
    codes,
    ctx::{Ctx, Outcome},
    drop_column, operator_class,
};
use crate::{
    base::Span,
    dialect::{bind::World, needs::mentions},
    model::{Column, Id, IndexKey, Table, Trigger},
};

/// Refuses types of columns that checks, indexes and other parts cannot compute with.
pub(super) fn check(ctx: &Ctx, before: &Table, table: &Table, span: Option<Span>) -> Outcome {
    let Some(span) = span.filter(|_| ctx.is_postgres()) else { return Ok(()) };
    let was = |it: &Column| before.column(&it.name).is_some_and(|old| old.ty != it.ty);
    let changed: Vec<&Column> = table.columns.iter().filter(|it| was(it)).collect();
    if changed.is_empty() {
        return Ok(());
    }
    let on =
        |it: &Trigger| changed.iter().any(|column| drop_column::is_run_on(ctx, it, &column.name));
    if let Some(trigger) = table.triggers.iter().find(|it| on(it)) {
        let reason = format!("trigger `{}` keeps the types of its columns", trigger.name);
        return Err(Box::new(codes::rejected(reason, ctx.place(span))));
    }
    for index in &table.indexes {
        for key in &index.columns {
            let IndexKey::Column(name) = &key.key else { continue };
            if let Some(column) = changed.iter().find(|it| it.name == *name) {
                let method = index.method.as_deref().unwrap_or("btree");
                operator_class::check_type(
                    ctx,
                    (method, key.opclass.as_deref()),
                    &column.ty,
                    span,
                )?;
            }
        }
    }
    let old: BTreeSet<Id> = before.parts().into_iter().map(|it| it.0).collect();
    for (id, part) in table.parts() {
        let names = mentions::columns(table, part);
        if id.is::<Column>() || !changed.iter().any(|it| names.contains(&&it.name)) {
            continue;
        }
        let was_there = old.contains(&id);
        for expr in part.exprs() {
            let bound = ctx.in_world(|world| {
                let text = expr.text();
                let typed = was_there.then(|| typed(world, text, before));
                world.expr(typed.as_deref().unwrap_or(text), Some(table)).ok()
            });
            let Some((reason, _)) = bound.and_then(|it| it.misfits.into_iter().next()) else {
                continue;
            };
            let reason = format!("{} `{}`: {reason}", id.kind.noun, id.name());
            return Err(Box::new(codes::rejected(reason, ctx.place(span))));
        }
    }
    Ok(())
}

/// Returns the text with the types that its constants were read as.
fn typed(world: &World, text: &str, before: &Table) -> String {
    let mut res = text.to_owned();
    let Ok(bound) = world.expr(text, Some(before)) else { return res };
    let mut literals = bound.literals;
    literals.sort_by_key(|it| std::cmp::Reverse(it.1.end));
    literals.dedup_by_key(|it| it.1.end);
    // What ANY looks through is an array of such values.
    let is_array =
        |it: &(String, Span)| text.get(it.1.range()).is_some_and(|it| it.starts_with("'{"));
    literals.retain(|it| !is_array(it));
    for (ty, span) in literals {
        if res.is_char_boundary(span.end as usize) {
            res.insert_str(span.end as usize, &format!("::{ty}"));
        }
    }
    res
}
