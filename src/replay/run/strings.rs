//! Functions that put text together: quoting, `format`, and the texts of lists.

use super::value::Val;
use crate::{replay::ctx::Ctx, sql::Family};

/// Returns the name as it must be written.
pub(super) fn quote_ident(ctx: &Ctx, text: &str) -> String {
    let first = text.chars().next();
    let is_plain = first.is_some_and(|it| it.is_ascii_lowercase() || it == '_')
        && text.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_')
        && ctx.dialect.reserved.binary_search(&text).is_err();
    if is_plain { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}

pub(super) fn quote_literal(ctx: &Ctx, text: &str) -> String {
    let doubled = text.replace('\'', "''");
    if ctx.dialect.lexis.family == Family::Postgres && text.contains('\\') {
        return format!("E'{}'", doubled.replace('\\', "\\\\"));
    }
    format!("'{doubled}'")
}

/// `format(text, a, b)` with `%s`, `%I`, `%L`, `%%` and positions
/// (<https://www.postgresql.org/docs/current/functions-string.html#FUNCTIONS-STRING-FORMAT>).
pub(super) fn format(ctx: &Ctx, pattern: &str, args: &[Val]) -> Result<String, String> {
    let mut res = String::new();
    let mut chars = pattern.chars().peekable();
    let mut next = 0;
    while let Some(it) = chars.next() {
        if it != '%' {
            res.push(it);
            continue;
        }
        let mut digits = String::new();
        while let Some(digit) = chars.peek().filter(|it| it.is_ascii_digit()) {
            digits.push(*digit);
            chars.next();
        }
        if chars.peek() == Some(&'$') {
            chars.next();
            next = digits.parse::<usize>().unwrap_or(1).saturating_sub(1);
        }
        let kind = chars.next().ok_or("`format` ends in `%`")?;
        if kind == '%' {
            res.push('%');
            continue;
        }
        let arg = args.get(next).ok_or("`format` has too few arguments")?;
        next += 1;
        let shown = arg.show()?;
        match kind {
            's' => res.push_str(&shown.unwrap_or_default()),
            'I' => res.push_str(&quote_ident(ctx, &shown.ok_or("a name is NULL")?)),
            'L' => match shown {
                Some(it) => res.push_str(&quote_literal(ctx, &it)),
                None => res.push_str("NULL"),
            },
            other => return Err(format!("`format` does not know `%{other}`")),
        }
    }
    Ok(res)
}

/// `{a,"b c"}` as a list.
pub(super) fn array(text: &str) -> Vec<Val> {
    let inner = text.trim().trim_start_matches('{').trim_end_matches('}');
    if inner.trim().is_empty() {
        return Vec::new();
    }
    let mut res = vec![String::new()];
    let mut quoted = false;
    let mut chars = inner.chars();
    while let Some(it) = chars.next() {
        let last = res.len() - 1;
        match it {
            '"' => quoted = !quoted,
            '\\' => res[last].extend(chars.next()),
            ',' if !quoted => res.push(String::new()),
            it => res[last].push(it),
        }
    }
    let items = res.into_iter().map(|it| it.trim().to_owned());
    items.map(|it| if it == "NULL" { Val::Null } else { Val::Text(it) }).collect()
}
