//! What MySQL and MariaDB let a generated column, an index, a check or a default be computed from.

use super::ctx::Ctx;
use crate::{
    base::Name,
    dialect::{Family, Spot},
    model::{Column, Expr, Kind, Table},
    sql::relations::has_word,
};

/// Returns what is wrong with an expression of the table.
pub(super) fn fault(ctx: &Ctx, table: &Table) -> Option<String> {
    if ctx.shows_kept {
        return None;
    }
    let columns = table.columns.iter().find_map(|it| {
        let generated = it.generated.as_ref().map(|own| {
            let is_kept = own.stored || is_indexed(table, &it.name);
            (&own.expr, if is_kept { Spot::Kept } else { Spot::Virtual })
        });
        let default = it.default.as_ref().map(|it| (it, Spot::Default));
        generated.into_iter().chain(default).find_map(|own| refused(ctx, &it.name, own))
    });
    let checks =
        || table.checks.iter().find_map(|it| refused(ctx, &it.name, (&it.expr, Spot::Check)));
    let indexes = || {
        let exprs = |it| (it, Spot::Kept);
        table.indexes.iter().find_map(|it| {
            it.exprs().into_iter().find_map(|expr| refused(ctx, &it.name, exprs(expr)))
        })
    };
    columns.or_else(checks).or_else(indexes).or_else(|| check_padding(ctx, table))
}

/// Returns what is wrong with an expression whatever table it stands in.
pub(super) fn refused(ctx: &Ctx, name: &Name, (expr, spot): (&Expr, Spot)) -> Option<String> {
    if spot == Spot::Check && ctx.dialect.is_no_condition(expr) {
        return Some(format!("check `{name}` is neither true nor false"));
    }
    // A constant rests on nothing.
    if !expr.canonical().contains(['(', '@']) && spot == Spot::Default {
        return None;
    }
    if has_word(expr.text(), "select", &ctx.dialect.lexis) {
        return Some(format!("`{name}` rests on a query"));
    }
    if let Some(call) = other_call(ctx, expr) {
        return Some(format!(
            "`{name}` rests on `{call}`, which is no function of the server's own"
        ));
    }
    let call = ctx.dialect.refused_call(expr, spot)?;
    Some(format!("`{name}` rests on `{call}`, which a row does not decide"))
}

/// Returns the function that is called and is not the server's own.
fn other_call(ctx: &Ctx, expr: &Expr) -> Option<String> {
    if !expr.canonical().contains('(') {
        return None;
    }
    let bound = ctx.in_world(|world| world.expr(expr.text(), None)).ok()?;
    let mut calls = bound.calls.into_iter();
    calls.find(|it| it.schema.is_some() || !ctx.dialect.has_function(&it.name)).map(|it| it.name)
}

fn is_indexed(table: &Table, name: &Name) -> bool {
    table.uniques.iter().any(|it| it.columns.contains(name))
        || table.indexes.iter().any(|it| it.mentions(name))
}

/// MariaDB keeps no value that depends on whether CHAR is padded
/// (<https://mariadb.com/kb/en/generated-columns/#index-support>).
fn check_padding(ctx: &Ctx, table: &Table) -> Option<String> {
    if !ctx.is_mariadb() {
        return None;
    }
    let is_char = |it: &&Column| ctx.dialect.family(&it.ty) == Family::Char;
    table.columns.iter().find_map(|column| {
        let generated = column.generated.as_ref()?;
        if !generated.stored && !is_indexed(table, &column.name) {
            return None;
        }
        let mut padded = table.columns.iter().filter(is_char);
        let source = padded.find(|it| ctx.dialect.shows_padding(&generated.expr, &it.name))?;
        Some(format!("`{}` depends on the padding of `{}`, and is kept", column.name, source.name))
    })
}
