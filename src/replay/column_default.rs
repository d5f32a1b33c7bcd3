//! What servers let a column begin with, and follow.

use super::{
    codes,
    ctx::{Ctx, Outcome},
    sqlite_table,
};
use crate::{
    dialect::{Family, constant},
    model::Column,
    sql::ast::Sql,
};

/// Refuses a default of MySQL that is no value of the column's type, or that its type takes in parentheses only
/// (<https://dev.mysql.com/doc/refman/8.4/en/data-type-defaults.html>).
pub(super) fn check(ctx: &Ctx, column: &Column, sql: &Sql) -> Outcome {
    if ctx.is_sqlite() {
        return sqlite_table::check_default(ctx, column, sql);
    }
    if !ctx.is_mysql() {
        return Ok(());
    }
    let family = ctx.dialect.family(&column.ty);
    let is_long = match family {
        Family::Text | Family::Json => true,
        Family::Bytes => !column.ty.name.ends_with("binary"),
        _ => false,
    };
    let is_time = matches!(family, Family::Timestamp | Family::TimestampTz);
    let is_bare = !ctx.is_mariadb() && !sql.text.starts_with('(');
    let refused = match &column.default {
        None if !column.nullable && column.identity.is_none() => Some("cannot be NULL"),
        Some(_) if column.identity.is_some() => Some("is numbered"),
        Some(_) if is_bare && is_long => Some("can only have a default in parentheses"),
        Some(it) if ctx.dialect.refuses_default(it, &column.ty) => Some("has no such value"),
        Some(it) if is_bare && is_time && !ctx.dialect.is_now_of(it.text(), &column.ty) => {
            Some("keeps another number of digits")
        }
        Some(it) if is_bare && !is_time && !constant::is_constant(it.canonical()) => {
            Some("can only have such a default in parentheses")
        }
        _ => None,
    };
    let Some(reason) = refused else { return Ok(()) };
    let reason = format!("column `{}` of type {} {reason}", column.name, column.ty);
    Err(Box::new(codes::rejected(reason, ctx.place(sql.span))))
}

/// Only points in time follow the clock
/// (<https://dev.mysql.com/doc/refman/8.4/en/timestamp-initialization.html>).
pub(super) fn check_touch(ctx: &Ctx, column: &Column, sql: &Sql) -> Outcome {
    let family = ctx.dialect.family(&column.ty);
    let is_time = matches!(family, Family::Timestamp | Family::TimestampTz);
    if is_time && (ctx.is_mariadb() || ctx.dialect.is_now_of(sql.text, &column.ty)) {
        return Ok(());
    }
    let reason = format!("column `{}` of type {} follows no clock", column.name, column.ty);
    Err(Box::new(codes::rejected(reason, ctx.place(sql.span))))
}
