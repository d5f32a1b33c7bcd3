//! Which rows a partition holds: no two of a table may hold the same
//! (<https://www.postgresql.org/docs/current/sql-createtable.html>, `partition_bound_spec`).

use std::{borrow::Cow, cmp::Ordering};

use super::{
    codes,
    ctx::{Ctx, Outcome},
    index_key,
};
use crate::{
    base::calendar::days_since_epoch,
    model::{ColumnType, Table},
    sql::{ast::Sql, bind::Catalog},
};

/// The rows of a partition, as far as constants tell.
#[derive(Debug, PartialEq, Eq)]
enum Rows<'t> {
    Default,
    /// Constants as they are written.
    List(Vec<Cow<'t, str>>),
    Hash(u64, u64),
    /// From the first to before the second, with an end for each column.
    Range(Vec<End<'t>>, Vec<End<'t>>),
}

/// Where a range ends. Only what is alike is told apart: whole numbers, points in time with their zones, and days and hours
/// written in one way.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum End<'t> {
    Min,
    Number(i128),
    /// Seconds since 1970 of a point in time that says its zone.
    Moment(i64),
    Text(Cow<'t, str>),
    /// Of which nothing is known.
    Other,
    Max,
}

/// Errs where rows of the bound are those of another partition already.
pub(super) fn check(ctx: &Ctx, parent: &Table, bound: &Sql) -> Outcome {
    let reject = |reason: String| Err(Box::new(codes::rejected(reason, ctx.place(bound.span))));
    if let Some(reason) = misfit(ctx, parent, bound.text) {
        return reject(reason);
    }
    let Some(own) = read(bound.text) else { return Ok(()) };
    match &own {
        Rows::Hash(modulus, remainder) if remainder >= modulus => {
            return reject("the remainder has to be less than the modulus".to_owned());
        }
        Rows::Range(from, to) if order(from, to).is_some_and(Ordering::is_ge) => {
            return reject("there is nothing between the ends of the range".to_owned());
        }
        _ => {}
    }
    for name in ctx.children(&parent.name) {
        let part = ctx.schema.tables.get(&name).and_then(|it| it.partition_of.as_ref());
        let other = part.and_then(|it| read(it.bound.text()));
        if other.is_some_and(|it| overlap(&own, &it)) {
            return reject(format!("partition `{name}` holds such rows already"));
        }
    }
    Ok(())
}

/// Returns why the values are none of the columns that cut the table.
fn misfit(ctx: &Ctx, parent: &Table, text: &str) -> Option<String> {
    let keys = &parent.partition_by.as_ref()?.columns;
    let types = keys.iter().map(|it| index_key::type_of(ctx, parent, &it.key));
    let types: Vec<Option<ColumnType>> = types.map(|it| it.map(Cow::into_owned)).collect();
    let of = |value: &str, ty: &Option<ColumnType>| {
        let inner = value.strip_prefix('\'').and_then(|it| it.strip_suffix('\''))?;
        let ty = ty.as_ref()?;
        let is_none = ctx.in_world(|it| it.refuses_value(&ty.shown(), inner));
        is_none.then(|| format!("{value} is no value of type `{ty}`"))
    };
    match values(text)? {
        Values::List(values) => values.iter().find_map(|it| of(it, &types[0])),
        Values::Range(from, to) => [from, to].iter().find_map(|ends| {
            if ends.len() != types.len() {
                return Some(format!("the range has {} of {} ends", ends.len(), types.len()));
            }
            if ends.iter().any(|it| it.eq_ignore_ascii_case("null")) {
                return Some("no range ends with NULL".to_owned());
            }
            ends.iter().zip(&types).find_map(|it| of(it.0, it.1))
        }),
    }
}

fn overlap(a: &Rows, b: &Rows) -> bool {
    match (a, b) {
        (Rows::Default, Rows::Default) => true,
        (Rows::List(a), Rows::List(b)) => a.iter().any(|it| b.contains(it)),
        (Rows::Hash(a, at), Rows::Hash(b, other)) => {
            let (small, large) = if a < b { (a, b) } else { (b, a) };
            // The larger is a multiple of the smaller.
            *small == 0 || large % small != 0 || at % small == other % small
        }
        (Rows::Range(a, b), Rows::Range(c, d)) => {
            order(a, d) == Some(Ordering::Less) && order(c, b) == Some(Ordering::Less)
        }
        _ => false,
    }
}

/// Compares ends column by column; behind one without a limit the others do not count.
fn order(a: &[End], b: &[End]) -> Option<Ordering> {
    for (a, b) in a.iter().zip(b) {
        if !are_alike(a, b) {
            return None;
        }
        if a != b || matches!(a, End::Min | End::Max) {
            return Some(a.cmp(b));
        }
    }
    Some(Ordering::Equal)
}

fn are_alike(a: &End, b: &End) -> bool {
    match (a, b) {
        (End::Text(a), End::Text(b)) => a.len() == b.len(),
        (End::Min | End::Max, _) | (_, End::Min | End::Max) => true,
        (End::Other, End::Other) => false,
        (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
    }
}

/// The values that a bound names, as they are written.
enum Values<'t> {
    List(Vec<&'t str>),
    Range(Vec<&'t str>, Vec<&'t str>),
}

fn values(text: &str) -> Option<Values<'_>> {
    let (words, _) = text.split_once('(')?;
    let words = words.to_ascii_lowercase();
    let words: Vec<&str> = words.split_whitespace().collect();
    let (first, rest) = split(&text[text.find('(')? + 1..])?;
    match words[..] {
        ["for", "values", "in"] => Some(Values::List(first)),
        ["for", "values", "from"] => {
            let to = split(&rest[rest.find('(')? + 1..])?.0;
            Some(Values::Range(first, to))
        }
        _ => None,
    }
}

/// Returns the values up to the parenthesis that closes, and what follows.
fn split(text: &str) -> Option<(Vec<&str>, &str)> {
    let (mut res, mut start, mut depth, mut is_text) = (Vec::new(), 0, 0, false);
    for (at, it) in text.bytes().enumerate() {
        match it {
            b'\'' => is_text = !is_text,
            _ if is_text => {}
            b'(' => depth += 1,
            b')' if depth > 0 => depth -= 1,
            b',' | b')' if depth == 0 => {
                res.push(text[start..at].trim());
                start = at + 1;
                if it == b')' {
                    return Some((res, &text[start..]));
                }
            }
            _ => {}
        }
    }
    None
}

fn read(text: &str) -> Option<Rows<'_>> {
    if text.trim().eq_ignore_ascii_case("default") {
        return Some(Rows::Default);
    }
    match values(text) {
        Some(Values::List(values)) => {
            return values.into_iter().map(constant).collect::<Option<_>>().map(Rows::List);
        }
        Some(Values::Range(from, to)) => return Some(Rows::Range(ends(from), ends(to))),
        None => {}
    }
    let lower = text.to_ascii_lowercase();
    let number = |word: &str| {
        let (_, rest) = lower.split_once(word)?;
        rest.trim_start().split(|it: char| !it.is_ascii_digit()).next()?.parse().ok()
    };
    Some(Rows::Hash(number("modulus")?, number("remainder")?))
}

fn ends(of: Vec<&str>) -> Vec<End<'_>> {
    of.into_iter().map(|it| end(it).unwrap_or(End::Other)).collect()
}

/// Returns a string, a number or a word, where it is one.
fn constant(text: &str) -> Option<Cow<'_, str>> {
    let text = text.trim();
    let inner = text.strip_prefix('\'').and_then(|it| it.strip_suffix('\''));
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || b"-_.: +".contains(&it);
    let bare = inner.unwrap_or(text);
    if bare.is_empty() || !bare.bytes().all(is_plain) {
        return None;
    }
    let is_word = inner.is_none() && bare.bytes().any(|it| it.is_ascii_uppercase());
    Some(if is_word { bare.to_ascii_lowercase().into() } else { bare.into() })
}

fn end(text: &str) -> Option<End<'_>> {
    let text = constant(text)?;
    match &*text {
        "minvalue" => return Some(End::Min),
        "maxvalue" => return Some(End::Max),
        _ => {}
    }
    if let Ok(number) = text.parse() {
        return Some(End::Number(number));
    }
    let is_day = |it: (usize, u8)| match it.0 {
        4 | 7 => it.1 == b'-',
        _ => it.1.is_ascii_digit(),
    };
    let head = text.as_bytes().get(..10)?;
    if !head.iter().copied().enumerate().all(is_day) {
        return None;
    }
    Some(moment(&text).map_or_else(|| End::Text(whole(text)), End::Moment))
}

/// Says the hour that a point in time leaves out.
fn whole(text: Cow<'_, str>) -> Cow<'_, str> {
    match text.len() {
        10 => text + " 00:00:00",
        16 => text + ":00",
        _ => text,
    }
}

/// Reads `2024-01-31 10:00:00+02` and `2024-01-31 10:00:00+05:30`.
fn moment(text: &str) -> Option<i64> {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let seconds = number(11, 13)? * 3600 + number(14, 16)? * 60 + number(17, 19)?;
    let zone = text.get(19..)?;
    let (hours, minutes) = zone.split_once(':').unwrap_or((zone, "0"));
    let hours: i64 = hours.strip_prefix(['+', '-']).filter(|it| !it.is_empty())?.parse().ok()?;
    let offset = hours * 3600 + minutes.parse::<i64>().ok()? * 60;
    let offset = if zone.starts_with('-') { -offset } else { offset };
    let days = days_since_epoch(year, month, day);
    Some(days * 86_400 + seconds - offset)
}
