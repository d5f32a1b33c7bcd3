//! What servers let a column begin with, and follow.

use std::fmt::Display;

use super::{
    calls::Settled,
    codes,
    ctx::{Ctx, Outcome},
    domain, modes, run, sqlite_expr,
};
use crate::{
    base::Span,
    dialect::postgres::{literals, spots},
    dialect::{Family, constant},
    model::{Column, ColumnType, Expr},
    sql::ast::Sql,
};

/// Refuses a default of MySQL that is no value of the column's type, or that its type takes in parentheses only
/// (<https://dev.mysql.com/doc/refman/8.4/en/data-type-defaults.html>).
pub(super) fn check(ctx: &mut Ctx, column: &Column, sql: &Sql) -> Outcome {
    if ctx.is_sqlite() {
        return sqlite_expr::check_default(ctx, column, sql);
    }
    if !ctx.is_mysql() {
        return Ok(());
    }
    let family = ctx.dialect.family(&column.ty);
    if modes::forgets_default(ctx, column, sql) {
        return Ok(());
    }
    let computed = column.default.as_ref().and_then(|it| computed(ctx, it, sql));
    let is_long = ctx.dialect.is_unbounded(&column.ty);
    let is_time = matches!(family, Family::Timestamp | Family::TimestampTz);
    let is_bare = !ctx.is_mariadb() && !sql.text.starts_with('(');
    let is_refused = |it: &Expr| {
        let value = computed.as_ref().unwrap_or(it);
        ctx.dialect.refuses_default(value, &column.ty, ctx.modes)
    };
    let refused = match &column.default {
        None if !column.nullable && column.identity.is_none() => Some("cannot be NULL"),
        Some(_) if column.identity.is_some() => Some("is numbered"),
        Some(it) if ctx.dialect.foreign_function(it).is_some() => {
            Some("has a default of a function that the server has not")
        }
        Some(_) if ctx.dialect.quotes_sequence(sql.text) => Some("names its sequence in a string"),
        Some(_) if is_no_number(sql.text) => Some("has a default that is no number"),
        Some(_) if is_bare && is_long => Some("can only have a default in parentheses"),
        Some(it) if is_refused(it) => Some("has no such value"),
        Some(it) if is_bare && is_time && !ctx.dialect.is_now_of(it.text(), &column.ty) => {
            Some("keeps another number of digits")
        }
        Some(it)
            if is_bare
                && !is_time
                && ![it.canonical(), sql.text].into_iter().any(constant::is_constant) =>
        {
            Some("can only have such a default in parentheses")
        }
        _ => None,
    };
    let Some(reason) = refused else { return Ok(()) };
    let reason = format!("column `{}` of type {} {reason}", column.name, column.ty);
    Err(Box::new(codes::rejected(reason, ctx.place(sql.span))))
}

/// Returns whether the text looks like a number in hexadecimal or binary digits, which servers read as a name.
fn is_no_number(text: &str) -> bool {
    let Some((prefix, digits)) = text.split_at_checked(2) else { return false };
    match prefix {
        "0X" | "0B" => true,
        "0x" => digits.is_empty() || digits.contains(|it: char| !it.is_ascii_hexdigit()),
        "0b" => digits.is_empty() || digits.contains(|it| !matches!(it, '0' | '1')),
        _ => false,
    }
}

/// Returns the text that MariaDB computes once from a default, to see whether it is a value of the column's.
fn computed(ctx: &mut Ctx, default: &Expr, sql: &Sql) -> Option<Expr> {
    if !ctx.is_mariadb()
        || constant::is_constant(default.canonical())
        || ctx.dialect.varies(default)
    {
        return None;
    }
    let text = run::constant_text(ctx, sql)?;
    let quoted = format!("'{}'", text.replace('\'', "''"));
    Some(Expr::literal(quoted.clone(), quoted))
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

/// Settles the default of something with the type. Errs where it calls what is not there, and where PostgreSQL refuses
/// it: it is no value of the type, or of a type that is not assigned to it by itself.
pub(in crate::replay) fn settle<'t>(
    ctx: &Ctx,
    what: &dyn Display,
    ty: &ColumnType,
    sql: &Sql<'t>,
) -> Outcome<Settled<'t>> {
    let res = ctx.settle(sql, None, &spots::DEFAULT)?;
    if ctx.is_postgres() {
        check_type(ctx, what, ty, sql, &res)?;
    }
    Ok(res)
}

fn check_type(
    ctx: &Ctx,
    what: &dyn Display,
    ty: &ColumnType,
    sql: &Sql,
    settled: &Settled,
) -> Outcome {
    let bare = constant::bare(sql.text);
    let reject = |reason: String| Err(Box::new(codes::rejected(reason, ctx.place(sql.span))));
    if let Some(inner) = plain_string(bare) {
        let is_value = !ctx.in_world(|world| literals::is_no_value(world, ty, &inner));
        return if is_value { Ok(()) } else { reject(format!("{bare} is no value of type {ty}")) };
    }
    let from = match &settled.ty {
        Some(it) => known_type(ctx, it),
        None if settled.is_bound => None,
        None => type_of(ctx, sql.text.trim()),
    };
    let Some(from) = from else { return Ok(()) };
    if domain::assigns(ctx, &from, ty) {
        return Ok(());
    }
    reject(format!("the default of {what} is {from}, which is not assigned to {ty}"))
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
    known_type(ctx, &ctx.in_world(|world| world.expr(text, None)).ok()?.ty?)
}

fn known_type(ctx: &Ctx, shown: &str) -> Option<ColumnType> {
    (shown != "unknown").then(|| ctx.in_world(|world| world.column_type(shown)))
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
