//! A default as a constant where it is one, else as SQL.

use super::nodes::{Build, string};
use crate::{
    dialect::{Dialect, Family, defaults::Literal},
    model::{Column, ColumnType, Expr},
    syntax::{Node, Value},
};

/// Adds `default=`; whatever is written compiles into the same default.
pub(super) fn add(node: Node<'static>, dialect: &Dialect, column: &Column) -> Node<'static> {
    let Some(default) = &column.default else { return node };
    match constant(dialect, &column.ty, default) {
        Some(Literal::Text(text)) => node.prop("default", string(text)),
        Some(Literal::Number(text)) => node.prop("default", Value::Number(text.to_owned().into())),
        Some(Literal::Bool(it)) => node.prop("default", Value::Bool(it)),
        None => node.sql("default", portable(dialect, &column.ty, default)),
    }
}

/// Returns the constant that the default is.
fn constant<'a>(dialect: &Dialect, ty: &ColumnType, default: &'a Expr) -> Option<Literal<'a>> {
    let text = default.text().trim();
    // What is written may be cast to the type that it has anyway.
    let inner = unquoted(text).or_else(|| unquoted(default.canonical()));
    let number = Some(inner.unwrap_or(text)).filter(|it| is_number(it)).map(Literal::Number);
    let begins =
        |it: &str, first: &[char]| it.starts_with(first) || it.starts_with(char::is_numeric);
    let word = |is_value: bool| inner.filter(|_| is_value).map(Literal::Text);
    let candidates = match dialect.family(ty) {
        Family::Bool => [Some(Literal::Bool(true)), Some(Literal::Bool(false))],
        Family::Int(_) | Family::Decimal | Family::Float => [number, None],
        Family::Json => [word(inner.is_some_and(|it| begins(it, &['{', '[', '"']))), None],
        Family::Date | Family::Time | Family::Timestamp | Family::TimestampTz => {
            [word(inner.is_some_and(|it| begins(it, &[]))), None]
        }
        Family::Uuid | Family::Bytes | Family::Bit => [None, None],
        _ => [word(true), None],
    };
    let fits = |it: &Literal| match it {
        Literal::Text(text) if ty.args.len() == 1 => {
            ty.args[0].parse().is_ok_and(|limit: usize| text.chars().count() <= limit)
        }
        _ => true,
    };
    let is_same = |it: &Literal| fits(it) && dialect.literal_default(*it, ty) == *default;
    candidates.into_iter().flatten().find(is_same)
}

/// Returns what is in the quotes. Quotes and backslashes within need the rules of the dialect; SQL keeps them as they are.
fn unquoted(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('\'')?.strip_suffix('\'')?;
    (!inner.contains(['\'', '\\'])).then_some(inner)
}

/// Returns whether KDL and SQL both read the text as the same number.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    is_digits(whole) && is_digits(fraction)
}

/// Returns the portable expression that means the default here, else the default's own text.
fn portable<'a>(dialect: &Dialect, ty: &ColumnType, default: &'a Expr) -> &'a str {
    let means_it = |native: &str| dialect.default_expr(native, ty).as_ref() == Some(default);
    let row = dialect.portable_exprs.iter().find(|(_, native)| means_it(native));
    row.map_or(default.text(), |it| it.0)
}
