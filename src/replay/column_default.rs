//! What servers let a column begin with, and follow.

use super::{
    codes,
    ctx::{Ctx, Outcome},
    domain, modes, sqlite_table,
};
use crate::{
    base::Span,
    dialect::postgres::literals,
    dialect::{Family, constant},
    model::{Column, ColumnType},
    sql::ast::Sql,
};

/// Refuses a default of MySQL that is no value of the column's type, or that its type takes in parentheses only
/// (<https://dev.mysql.com/doc/refman/8.4/en/data-type-defaults.html>).
pub(super) fn check(ctx: &Ctx, column: &Column, sql: &Sql) -> Outcome {
    if ctx.is_postgres() {
        return check_type(ctx, &format!("column `{}`", column.name), &column.ty, sql);
    }
    if ctx.is_sqlite() {
        return sqlite_table::check_default(ctx, column, sql);
    }
    if !ctx.is_mysql() {
        return Ok(());
    }
    let family = ctx.dialect.family(&column.ty);
    if modes::forgets_default(ctx, column, sql) {
        return Ok(());
    }
    let is_long = ctx.dialect.is_unbounded(&column.ty);
    let is_time = matches!(family, Family::Timestamp | Family::TimestampTz);
    let is_bare = !ctx.is_mariadb() && !sql.text.starts_with('(');
    let refused = match &column.default {
        None if !column.nullable && column.identity.is_none() => Some("cannot be NULL"),
        Some(_) if column.identity.is_some() => Some("is numbered"),
        Some(it) if ctx.dialect.foreign_function(it).is_some() => {
            Some("has a default of a function that the server has not")
        }
        Some(_) if is_bare && is_long => Some("can only have a default in parentheses"),
        Some(it) if ctx.dialect.refuses_default(it, &column.ty, ctx.modes) => {
            Some("has no such value")
        }
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

/// Refuses to add a column whose default a replica may compute otherwise.
pub(super) fn refuse_varying(ctx: &Ctx, column: &Column, span: Span) -> Outcome {
    let Some(default) = column.default.as_ref().filter(|_| ctx.is_mysql()) else { return Ok(()) };
    if !ctx.dialect.default_varies(default) {
        return Ok(());
    }
    let reason =
        format!("column `{}` has a default that a replica may compute otherwise", column.name);
    let help = "add the column without it, and give it the default by a statement of its own";
    Err(Box::new(codes::rejected(reason, ctx.place(span)).help(help)))
}

/// Refuses a default of PostgreSQL that is no value of the type, or of a type that is not assigned to it by itself.
pub(super) fn check_type(ctx: &Ctx, what: &str, ty: &ColumnType, sql: &Sql) -> Outcome {
    let text = bare(sql.text);
    let reject = |reason: String| Err(Box::new(codes::rejected(reason, ctx.place(sql.span))));
    if let Some(inner) = plain_string(text) {
        let is_value = !ctx.in_world(|world| literals::is_no_value(world, ty, &inner));
        return if is_value { Ok(()) } else { reject(format!("{text} is no value of type {ty}")) };
    }
    let Some(from) = type_of(ctx, text) else { return Ok(()) };
    if domain::assigns(ctx, &from, ty) {
        return Ok(());
    }
    reject(format!("the default of {what} is {from}, which is not assigned to {ty}"))
}

/// Returns the text without the parentheses around the whole of it.
fn bare(text: &str) -> &str {
    let text = text.trim();
    let inner = text.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
    match inner.filter(|it| plain_string(bare(it)).is_some()) {
        Some(inner) => bare(inner),
        None => text,
    }
}

/// Returns what stands between the quotes of a text that is one string and nothing else.
fn plain_string(text: &str) -> Option<String> {
    let inner = text.strip_prefix('\'')?.strip_suffix('\'')?;
    let plain = inner.replace("''", "");
    (!plain.contains('\'')).then(|| inner.replace("''", "'"))
}

/// Returns the type of an expression, where that is known.
pub(super) fn type_of(ctx: &Ctx, text: &str) -> Option<ColumnType> {
    let known = |name: &str| Some(ColumnType::new(name));
    let digits = text.trim_start_matches(['-', '+', ' ']);
    match text.to_ascii_lowercase().as_str() {
        "null" => return None,
        "true" | "false" => return known("boolean"),
        "now()" | "current_timestamp" => return known("timestamptz"),
        "gen_random_uuid()" => return known("uuid"),
        _ if !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit()) => {
            return known("integer");
        }
        _ => {}
    }
    let bound = ctx.in_world(|world| {
        let bound = world.query(&format!("SELECT {text}")).ok()?;
        let ty = bound.outputs.first()?.ty.as_ref()?;
        Some(world.column_type(ty))
    });
    bound.filter(|it| &*it.name != "unknown")
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
