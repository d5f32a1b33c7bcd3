//! Defaults of MySQL and MariaDB that are computed from other columns.

use super::ctx::Ctx;
use crate::{
    base::Name,
    dialect::constant,
    model::{Column, Expr, Table},
    sql::ast::Sql,
};

/// Returns what is wrong with what a default mentions: columns that are there, not numbered, and known before it is
/// (<https://dev.mysql.com/doc/refman/9.0/en/data-type-defaults.html#data-type-defaults-explicit>).
pub(super) fn fault(ctx: &Ctx, table: &Table) -> Option<String> {
    if ctx.shows_kept || ctx.partial.contains(&table.name) {
        return None;
    }
    let mentioned = |it: &Column| it.default.as_ref().map_or_else(Vec::new, |it| names(ctx, it));
    table.columns.iter().enumerate().find_map(|(at, own)| {
        mentioned(own).into_iter().find_map(|name| {
            let what = format!("the default of column `{}` mentions `{name}`", own.name);
            let Some(place) = table.columns.iter().position(|it| it.name == name) else {
                return Some(format!("{what}, which table `{}` has not", table.name));
            };
            let other = &table.columns[place];
            if other.identity.is_some() {
                return Some(format!("{what}, which is numbered"));
            }
            let is_computed = other.generated.is_some()
                || other.default.as_ref().is_some_and(|it| {
                    is_expression(it) && !(ctx.is_mariadb() && names(ctx, it).is_empty())
                });
            (place >= at && is_computed).then(|| format!("{what}, which is computed after it"))
        })
    })
}

/// Returns the columns that a default mentions.
fn names(ctx: &Ctx, default: &Expr) -> Vec<Name> {
    if !is_expression(default) {
        return Vec::new();
    }
    let sql = Sql { text: default.text(), span: crate::base::Span::default() };
    ctx.read_expr(&sql).1.into_iter().map(|it| it.0).collect()
}

fn is_expression(default: &Expr) -> bool {
    default.text().starts_with('(') || !constant::is_constant(default.canonical())
}
