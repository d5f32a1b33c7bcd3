//! Constants as PostgreSQL reads them for the type of their column: two spellings of one value are the same.

use super::{Dialect, Family};
use crate::{dialect::postgres::output, model::ColumnType};

impl Dialect {
    /// Returns the string constant, quotes and all, in the form that the type gives it; `None` where nothing is to be done.
    pub(super) fn typed_literal(&self, inner: &str, ty: &ColumnType) -> Option<String> {
        if let Some(text) = output::output(&inner.replace("''", "'"), ty) {
            return Some(format!("'{}'", text.replace('\'', "''")));
        }
        if ty.dimensions > 0 {
            return None;
        }
        let text = match self.family(ty) {
            Family::Bytes => bytes(inner)?,
            Family::Timestamp => timestamp(inner, false)?,
            Family::TimestampTz => timestamp(inner, true)?,
            Family::Json if &*ty.name == "jsonb" => {
                super::json::canonical(&inner.replace("''", "'"))?.replace('\'', "''")
            }
            _ => return None,
        };
        Some(format!("'{text}'"))
    }
}

/// `abc` is `\x616263`, and so is `\141bc` (<https://www.postgresql.org/docs/current/datatype-binary.html>).
fn bytes(text: &str) -> Option<String> {
    if let Some(digits) = text.strip_prefix("\\x") {
        return Some(format!("\\x{}", digits.to_ascii_lowercase()));
    }
    let text = text.replace("''", "'");
    let mut res = "\\x".to_owned();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let (byte, tail) = match (first, tail) {
            (b'\\', [b'\\', tail @ ..]) => (b'\\', tail),
            (b'\\', [a @ b'0'..=b'3', b @ b'0'..=b'7', c @ b'0'..=b'7', tail @ ..]) => {
                ((a - b'0') * 64 + (b - b'0') * 8 + (c - b'0'), tail)
            }
            (b'\\', _) => return None,
            (byte, tail) => (*byte, tail),
        };
        res.push_str(&format!("{byte:02x}"));
        rest = tail;
    }
    Some(res)
}

/// `2024-01-31T10:00` is `2024-01-31 10:00:00`; without time zone, an offset is passed over.
fn timestamp(text: &str, zoned: bool) -> Option<String> {
    let (date, rest) = text.split_at_checked(10)?;
    let is_date = date.bytes().enumerate().all(|(at, it)| match at {
        4 | 7 => it == b'-',
        _ => it.is_ascii_digit(),
    });
    if !is_date {
        return None;
    }
    let rest = rest.trim_start_matches(['T', 't', ' ']);
    let end = rest.find(|it: char| !matches!(it, '0'..='9' | ':' | '.')).unwrap_or(rest.len());
    let (time, zone) = rest.split_at(end);
    let zone = zone.trim();
    let is_zone = zone.chars().all(|it| matches!(it, '0'..='9' | ':' | '+' | '-' | 'Z' | 'z'));
    let is_utc = zone.chars().all(|it| matches!(it, '0' | ':' | '+' | '-' | 'Z' | 'z'));
    if !is_zone || zoned && !is_utc {
        return None;
    }
    let time =
        if time.contains('.') { time.trim_end_matches('0').trim_end_matches('.') } else { time };
    let time = match time.split(':').count() {
        _ if time.is_empty() => "00:00:00".to_owned(),
        2 => format!("{time}:00"),
        _ => time.to_owned(),
    };
    Some(format!("{date} {time}"))
}
