//! What a table computes is read anew when columns get other types, and may have no meaning then
//! (`ATPostAlterTypeCleanup` of PostgreSQL).

use std::collections::BTreeSet;

use super::{
    codes,
    ctx::{Ctx, Outcome},
    drop_column, index_key, operator_class,
};
use crate::{
    base::{Name, Span},
    dialect::bound::replaced,
    dialect::postgres::spots::{self, Spot},
    dialect::{bind::World, needs::mentions, settle::computed_mut},
    model::{Check, Column, Exclusion, Expr, Id, Index, IndexKey, Table, Trigger},
    sql,
};

/// Refuses types of columns that checks, indexes and other parts cannot compute with; what they compute is what the
/// server kept of their texts.
pub(super) fn check(ctx: &Ctx, before: &Table, table: &mut Table, span: Option<Span>) -> Outcome {
    let Some(span) = span.filter(|_| ctx.is_postgres()) else { return Ok(()) };
    let was = |it: &Column| before.column(&it.name).is_some_and(|old| old.ty != it.ty);
    let changed: Vec<&Column> = table.columns.iter().filter(|it| was(it)).collect();
    if changed.is_empty() {
        return Ok(());
    }
    let names: Vec<Name> = changed.iter().map(|it| it.name.clone()).collect();
    settle_casts(ctx, before, table, &names);
    let table = &*table;
    let changed: Vec<&Column> = names.iter().filter_map(|it| table.column(it)).collect();
    let on =
        |it: &Trigger| changed.iter().any(|column| drop_column::is_run_on(ctx, it, &column.name));
    if let Some(trigger) = table.triggers.iter().find(|it| on(it)) {
        let reason = format!("trigger `{}` keeps the types of its columns", trigger.name);
        return Err(Box::new(codes::rejected(reason, ctx.place(span))));
    }
    check_indexes(ctx, &changed, table, span)?;
    let old: BTreeSet<Id> = before.parts().into_iter().map(|it| it.0).collect();
    for (id, part) in table.parts() {
        let names = mentions::columns(table, part);
        if id.is::<Column>() || !changed.iter().any(|it| names.contains(&&it.name)) {
            continue;
        }
        let was_there = old.contains(&id).then_some(before);
        let at = |spot| (table, was_there, spot);
        let condition = condition_of(table, &id);
        for expr in part.exprs() {
            let is_condition = condition.is_some_and(|it| std::ptr::eq(it, expr));
            let spot = spot_of(&id, is_condition);
            let Some(reason) = ctx.in_world(|world| refusal(world, expr.text(), at(spot))) else {
                continue;
            };
            let reason = format!("{} `{}`: {reason}", id.kind.noun, id.name());
            return Err(Box::new(codes::rejected(reason, ctx.place(span))));
        }
    }
    Ok(())
}

/// Drops casts to the types that columns had: the server kept none of them.
fn settle_casts(ctx: &Ctx, before: &Table, table: &mut Table, names: &[Name]) {
    let casts = |it: &str| it.contains("::") || it.to_ascii_lowercase().contains("cast");
    for expr in computed_mut(table).filter(|it| casts(it.text())) {
        if !names.iter().any(|it| ctx.dialect.uses(expr, it)) {
            continue;
        }
        while let Some(text) = ctx.in_world(|world| without_casts(world, expr.text(), before)) {
            *expr = ctx.expr_of(&text);
        }
    }
    index_key::settle(ctx, table);
}

/// Returns the text without the casts that change nothing, if there is one.
fn without_casts(world: &World, text: &str, before: &Table) -> Option<String> {
    let bound = world.expr(text, Some(before)).ok()?;
    let lexis = &world.dialect.lexis;
    let casts = bound.idle_casts.iter().flat_map(|it| sql::cast_of(text, *it, lexis));
    let edits: Vec<_> = casts.map(|it| (it, String::new())).collect();
    (!edits.is_empty()).then(|| replaced(text, edits))
}

/// Refuses types that no operator class of an index takes.
fn check_indexes(ctx: &Ctx, changed: &[&Column], table: &Table, span: Span) -> Outcome {
    let indexes = table.indexes.iter().map(|it| (it.method.as_deref(), &it.columns));
    let exclusions = table.exclusions.iter().map(|it| (Some(it.method.as_str()), &it.keys));
    for (method, keys) in indexes.chain(exclusions) {
        for key in keys {
            let is_of = |it: &&&Column| match &key.key {
                IndexKey::Column(name) => it.name == *name,
                IndexKey::Expr(expr) => ctx.dialect.uses(expr, &it.name),
            };
            if changed.iter().find(is_of).is_none() {
                continue;
            }
            if let Some(ty) = index_key::type_of(ctx, table, &key.key) {
                let class = key.opclass.as_deref();
                let method = method.unwrap_or("btree");
                operator_class::check_type(ctx, (method, class), &ty, span)?;
            }
        }
    }
    Ok(())
}

/// Returns the condition of a part that has one beside what it holds.
fn condition_of<'t>(table: &'t Table, id: &Id) -> Option<&'t Expr> {
    if id.is::<Index>() {
        table.indexes.iter().find(|it| it.name == *id.name())?.condition.as_ref()
    } else if id.is::<Exclusion>() {
        table.exclusions.iter().find(|it| it.name == *id.name())?.condition.as_ref()
    } else {
        None
    }
}

/// Returns where the expression of a part stands.
fn spot_of(id: &Id, is_condition: bool) -> Option<&'static Spot> {
    match () {
        () if is_condition => Some(&spots::INDEX_PREDICATE),
        () if id.is::<Index>() || id.is::<Exclusion>() => Some(&spots::INDEX),
        () if id.is::<Check>() => Some(&spots::CHECK),
        () => None,
    }
}

/// Returns why the expression has no meaning any more where it stands; constants of a part that was `there` have types.
fn refusal(
    world: &World,
    text: &str,
    (table, there, spot): (&Table, Option<&Table>, Option<&Spot>),
) -> Option<String> {
    let typed = there.map(|before| typed(world, text, before));
    let bound = world.expr(typed.as_deref().unwrap_or(text), Some(table)).ok()?;
    let misfit = bound.misfits.first().map(|it| it.0.clone());
    misfit.or_else(|| spots::refusal(world, &bound, spot?))
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
