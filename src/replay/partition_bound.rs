//! Which rows a partition holds: no two of a table may hold the same
//! (<https://www.postgresql.org/docs/current/sql-createtable.html>, `partition_bound_spec`).

use super::{
    codes,
    ctx::{Ctx, Outcome},
};
use crate::{base::calendar::days_since_epoch, model::Table, sql::ast::Sql};

/// The rows of a partition, as far as constants tell.
#[derive(Debug, PartialEq, Eq)]
enum Rows {
    Default,
    /// Constants as they are written, in lower case.
    List(Vec<String>),
    Hash(u64, u64),
    /// From the first to before the second.
    Range(End, End),
}

/// Where a range ends. Only what is alike is told apart: whole numbers, points in time with their zones, and days and hours
/// written in one way.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Min,
    Number(i128),
    /// Seconds since 1970 of a point in time that says its zone.
    Moment(i64),
    Text(String),
    Max,
}

/// Errs where rows of the bound are those of another partition already.
pub(super) fn check(ctx: &Ctx, parent: &Table, bound: &Sql) -> Outcome {
    let Some(own) = read(bound.text) else { return Ok(()) };
    let reject = |reason: String| Err(Box::new(codes::rejected(reason, ctx.place(bound.span))));
    match &own {
        Rows::Hash(modulus, remainder) if remainder >= modulus => {
            return reject("the remainder has to be less than the modulus".to_owned());
        }
        Rows::Range(from, to) if are_alike(from, to) && from >= to => {
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
            are_alike(a, d) && are_alike(c, b) && a < d && c < b
        }
        _ => false,
    }
}

fn are_alike(a: &End, b: &End) -> bool {
    match (a, b) {
        (End::Text(a), End::Text(b)) => a.len() == b.len(),
        (End::Min | End::Max, _) | (_, End::Min | End::Max) => true,
        (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
    }
}

fn read(text: &str) -> Option<Rows> {
    let text = text.trim().to_ascii_lowercase();
    if text == "default" {
        return Some(Rows::Default);
    }
    let (_, inner) = text.split_once('(')?;
    if text.starts_with("for values from") {
        let (from, rest) = inner.split_once(')')?;
        let (_, to) = rest.split_once('(')?;
        return Some(Rows::Range(end(from)?, end(to.strip_suffix(')')?)?));
    }
    let inner = inner.strip_suffix(')')?;
    if text.starts_with("for values in") {
        return inner.split(',').map(constant).collect::<Option<_>>().map(Rows::List);
    }
    let number = |word: &str| {
        let (_, rest) = inner.split_once(word)?;
        rest.trim_start().split(|it: char| !it.is_ascii_digit()).next()?.parse().ok()
    };
    Some(Rows::Hash(number("modulus")?, number("remainder")?))
}

/// Returns a string, a number or a word, where it is one.
fn constant(text: &str) -> Option<String> {
    let text = text.trim();
    let inner = text.strip_prefix('\'').and_then(|it| it.strip_suffix('\''));
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "-_.: +".contains(it);
    let bare = inner.unwrap_or(text);
    (!bare.is_empty() && bare.chars().all(is_plain)).then(|| bare.to_owned())
}

fn end(text: &str) -> Option<End> {
    let text = constant(text)?;
    match text.as_str() {
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
    Some(moment(&text).map_or(End::Text(text), End::Moment))
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
