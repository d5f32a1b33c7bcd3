//! What a function in SQL gives back: the rows of its last statement (`check_sql_fn_retval` of PostgreSQL).

use crate::{
    base::Span,
    model::{Argument, ColumnType, Routine},
    replay::{
        codes,
        ctx::{Ctx, Outcome},
        domain,
    },
    sql::bind::Bound,
};

/// Refuses a last statement that does not give what the function returns; `None` where there is none.
pub(super) fn check(
    ctx: &Ctx,
    routine: &Routine,
    last: Option<(&str, Option<&Bound>)>,
    span: Span,
) -> Outcome {
    let Some(returns) = routine.returns.as_ref().filter(|it| &*it.ty.name != "void") else {
        return Ok(());
    };
    let reject = |reason: String| Err(Box::new(codes::rejected(reason, ctx.place(span))));
    let Some((text, bound)) = last else {
        return reject(format!("an empty body gives no {}", returns.ty));
    };
    let lower = text.trim_start().to_ascii_lowercase();
    let writes = ["insert", "update", "delete", "merge"].iter().any(|it| lower.starts_with(it));
    if writes && !lower.contains("returning") {
        return reject(format!("the last statement gives no {}", returns.ty));
    }
    let is_query = lower.starts_with("select") || lower.starts_with("values");
    let Some(bound) = bound.filter(|it| is_query && it.complete && !it.outputs.is_empty()) else {
        return Ok(());
    };
    let Some(wanted) = columns(ctx, routine, &returns.ty) else { return Ok(()) };
    if let ([only], true) = (bound.outputs.as_slice(), wanted.len() > 1) {
        // It may be all of the row.
        let given = only.ty.as_ref().map(|it| ctx.in_world(|world| world.column_type(it)));
        if given.is_none_or(|it| it.user.is_some() || &*it.name == "record") {
            return Ok(());
        }
    }
    if wanted.len() != bound.outputs.len() {
        let (n_wanted, n_given) = (wanted.len(), bound.outputs.len());
        return reject(format!("the last statement gives {n_given} columns, not {n_wanted}"));
    }
    for (ty, output) in wanted.iter().zip(&bound.outputs) {
        let Some(given) = output.ty.as_ref().filter(|it| *it != "unknown") else { continue };
        let given = ctx.in_world(|world| world.column_type(given));
        let (from, to) = (ctx.schema.base_type(&given), ctx.schema.base_type(ty));
        if !to.name.starts_with("any") && !domain::assigns(ctx, from, to) {
            return reject(format!("the last statement gives {from}, not {to}"));
        }
    }
    Ok(())
}

/// Returns the types of what is given back; nothing where rows of any kind are.
fn columns(ctx: &Ctx, routine: &Routine, ty: &ColumnType) -> Option<Vec<ColumnType>> {
    let is_out = |it: &&Argument| matches!(it.mode, "out" | "inout" | "table");
    let out: Vec<ColumnType> =
        routine.arguments.iter().filter(is_out).map(|it| it.ty.clone()).collect();
    if !out.is_empty() {
        return Some(out);
    }
    let is_row = |it: &ColumnType| {
        let user = it.user.as_ref().filter(|_| it.dimensions == 0);
        user.is_some_and(|it| {
            !ctx.schema.enums.contains_key(it) && !ctx.schema.ranges.contains_key(it)
        })
    };
    let base = ctx.schema.base_type(ty);
    if let Some(user) = base.user.as_ref().filter(|_| base.dimensions == 0) {
        let table = ctx.schema.tables.get(user).filter(|_| !ctx.partial.contains(user));
        let types = table.map(|it| it.columns.iter().map(|it| it.ty.clone()).collect());
        let composite = || {
            let found = ctx.schema.composites.get(user)?;
            Some(found.attributes.iter().map(|it| it.ty.clone()).collect())
        };
        if let Some(types) = types.or_else(composite) {
            return Some(types);
        }
    }
    let is_open = is_row(base) || matches!(&*base.name, "record" | "trigger" | "event_trigger");
    (!is_open).then(|| vec![ty.clone()])
}
