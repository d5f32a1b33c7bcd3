//! Constants as PostgreSQL reads them for the type of their column: two spellings of one value are the same.

use super::{Dialect, Family};
use crate::{
    dialect::postgres::output,
    model::ColumnType,
    sql::{canonical_date, canonical_moment, canonical_time},
};

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
            Family::Timestamp => canonical_moment(inner, false),
            Family::TimestampTz => canonical_moment(inner, true),
            Family::Date => canonical_date(inner),
            Family::Time => canonical_time(inner),
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
