//! The values of MySQL's partitions: the server computes them once, and keeps the numbers
//! (<https://dev.mysql.com/doc/refman/8.4/en/partitioning-range.html>).

use crate::sql::{self, Lexis, ast::Ex};

/// Returns the clause with each computed value as the number that it is.
pub(super) fn folded(clause: &str, lexis: &Lexis) -> String {
    let mut res = String::with_capacity(clause.len());
    let mut rest = clause;
    while let Some(at) = next_values(rest) {
        let (before, tail) = rest.split_at(at);
        let end = end_of_list(tail);
        res.push_str(before);
        let values: Vec<String> = items(&tail[..end]).iter().map(|it| value(it, lexis)).collect();
        res.push_str(&values.join(","));
        rest = &tail[end..];
    }
    res + rest
}

/// Returns where the next list of values begins.
fn next_values(text: &str) -> Option<usize> {
    let starts = ["values less than(", "values in("];
    starts.iter().filter_map(|it| text.find(it).map(|at| at + it.len())).min()
}

/// Returns where the parenthesis is that closes the list, whose first one is left out.
fn end_of_list(text: &str) -> usize {
    let mut depth = 0;
    walk(text, |it| {
        depth += i32::from(it == b'(') - i32::from(it == b')');
        depth < 0
    })
    .unwrap_or(text.len())
}

fn items(list: &str) -> Vec<&str> {
    let mut res = Vec::new();
    let mut rest = list;
    loop {
        let mut depth = 0;
        let end = walk(rest, |it| {
            depth += i32::from(it == b'(') - i32::from(it == b')');
            depth == 0 && it == b','
        });
        let Some(end) = end else { break };
        res.push(&rest[..end]);
        rest = &rest[end + 1..];
    }
    res.push(rest);
    res
}

/// Returns the first byte outside of texts that is meant.
fn walk(text: &str, mut is_meant: impl FnMut(u8) -> bool) -> Option<usize> {
    let mut quote = None;
    text.bytes().position(|it| match quote {
        Some(own) => {
            quote = quote.filter(|_| it != own);
            false
        }
        None if matches!(it, b'\'' | b'"') => {
            quote = Some(it);
            false
        }
        None => is_meant(it),
    })
}

fn value(text: &str, lexis: &Lexis) -> String {
    // Rows of values, texts and plain numbers are kept as they are.
    let is_computed =
        text.contains(['+', '*', '(', '%', ' ']) || text.trim_start_matches('-').contains('-');
    let number = || number(&sql::read_ex(text, lexis).ok()?);
    match is_computed.then(number).flatten() {
        Some(it) => it.to_string(),
        None => text.to_owned(),
    }
}

fn number(ex: &Ex) -> Option<i64> {
    match ex {
        Ex::Number(it) => it.parse().ok(),
        Ex::Minus(it) => number(it)?.checked_neg(),
        Ex::Binary(op, a, b) => {
            let (a, b) = (number(a)?, number(b)?);
            match op.as_str() {
                "+" => a.checked_add(b),
                "-" => a.checked_sub(b),
                "*" => a.checked_mul(b),
                "DIV" => a.checked_div(b),
                "%" | "MOD" => a.checked_rem(b),
                _ => None,
            }
        }
        Ex::Call(call) => {
            let [Ex::Text(date)] = &call.args[..] else { return None };
            match call.name.as_str() {
                "to_days" => days(date),
                "unix_timestamp" => seconds(date),
                "year" => date.split('-').next()?.parse().ok(),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Returns the seconds since 1970, in a session whose clock is not set apart from the world's.
fn seconds(moment: &str) -> Option<i64> {
    const FIRST: i64 = 719_528;
    let time = moment.split_once([' ', 'T']).map_or("00:00:00", |it| it.1);
    let mut parts = time.split(':').map(|it| it.parse::<i64>().ok());
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
    Some((days(moment)? - FIRST) * 86_400 + hour * 3600 + minute * 60 + second)
}

/// Returns the days since the year 0 (<https://dev.mysql.com/doc/refman/8.4/en/date-and-time-functions.html>).
fn days(date: &str) -> Option<i64> {
    let date = date.split([' ', 'T']).next()?;
    let mut parts = date.split('-').map(|it| it.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    // The year begins in March, so that the leap day is its last one.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leaps = year / 4 - year / 100 + year / 400;
    Some(year * 365 + leaps + (month * 306 + 5) / 10 + day + 59)
}
