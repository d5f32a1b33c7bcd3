//! Texts that are no values of a type, as far as that is certain: PostgreSQL reads constants when it reads a statement
//! (<https://www.postgresql.org/docs/current/datatype.html>).

use crate::{
    base::calendar::days_in,
    dialect::postgres::rare_names::Rare,
    dialect::{Dialect, Family, bind::World, json},
    model::ColumnType,
};

/// Domains stand on domains; a history may have made a ring of them.
const DEPTH: usize = 8;

/// Words that stand for points in time.
const TIMES: &[&str] =
    &["allballs", "epoch", "infinity", "-infinity", "now", "today", "tomorrow", "yesterday"];

/// Returns whether the server takes the text for no value of the type.
pub fn is_no_value(world: &World, ty: &ColumnType, text: &str) -> bool {
    judged(world, ty, text, 0)
}

fn judged(world: &World, ty: &ColumnType, text: &str, depth: usize) -> bool {
    let trimmed = text.trim();
    if ty.dimensions > 0 {
        return !(trimmed.starts_with('{') || trimmed.starts_with('[') && trimmed.contains('='));
    }
    if let Some(user) = &ty.user {
        if let Some(it) = world.schema.enums.get(user) {
            return it.values.iter().all(|it| it.text != text);
        }
        let domain = world.schema.domains.get(user).filter(|_| depth < DEPTH);
        return domain.is_some_and(|it| judged(world, &it.ty, text, depth + 1));
    }
    if ty.name.starts_with("reg") {
        return world.referred(&ty.name, trimmed) == Some(Rare::Missing);
    }
    is_no_native(world.dialect, ty, trimmed)
}

fn is_no_native(dialect: &Dialect, ty: &ColumnType, text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let has_digit = text.bytes().any(|it| it.is_ascii_digit());
    match dialect.family(ty) {
        Family::Int(bits) => !is_whole(&lower, bits),
        Family::Decimal if &*ty.name == "money" => !has_digit,
        Family::Decimal | Family::Float => !is_number(&lower),
        Family::Bool => !is_truth(&lower),
        Family::Uuid => !is_uuid(text),
        Family::Json => json::canonical(text).is_none() && text.len() < 10_000,
        Family::Date | Family::Timestamp | Family::TimestampTz => {
            !has_digit && !TIMES.contains(&lower.as_str()) || has_no_such_day(text)
        }
        Family::Time => !has_digit && !TIMES.contains(&lower.as_str()),
        Family::Interval => !has_digit && !lower.ends_with("infinity"),
        Family::Net => !text.bytes().all(|it| it.is_ascii_hexdigit() || b".:/-".contains(&it)),
        _ => false,
    }
}

/// Newer servers take `0x1f` and `1_000` as well.
fn is_whole(text: &str, bits: u8) -> bool {
    let digits = text.trim_start_matches(['-', '+']);
    if digits.starts_with('0') && digits.len() > 1 || digits.contains('_') {
        return digits.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_');
    }
    let Ok(number) = text.parse::<i128>() else { return false };
    let end = 1_i128 << (bits - 1);
    (-end..end).contains(&number)
}

fn is_number(text: &str) -> bool {
    let bare = text.trim_start_matches(['-', '+']);
    matches!(bare, "nan" | "infinity" | "inf")
        || bare.starts_with("0x")
        || text.parse::<f64>().is_ok()
        || text.contains('_')
}

/// Any beginning of these words that is the beginning of no other.
fn is_truth(text: &str) -> bool {
    let begins = |word: &str, least: usize| text.len() >= least && word.starts_with(text);
    begins("true", 1)
        || begins("false", 1)
        || begins("yes", 1)
        || begins("no", 1)
        || text == "on"
        || begins("off", 2)
        || matches!(text, "0" | "1")
}

fn is_uuid(text: &str) -> bool {
    let inner = text.strip_prefix('{').and_then(|it| it.strip_suffix('}')).unwrap_or(text);
    let n_digits = inner.bytes().filter(u8::is_ascii_hexdigit).count();
    n_digits == 32 && inner.bytes().all(|it| it.is_ascii_hexdigit() || it == b'-')
}

/// `2020-13-01`, `0000-00-00`; other orders of the parts depend on settings.
fn has_no_such_day(text: &str) -> bool {
    let parts: Vec<&str> = text.get(..10).unwrap_or(text).split('-').collect();
    let [year, month, day] = parts[..] else { return false };
    if year.len() != 4 || month.len() != 2 || day.len() != 2 {
        return false;
    }
    let (Ok(year), Ok(month), Ok(day)) =
        (year.parse::<i64>(), month.parse::<i64>(), day.parse::<i64>())
    else {
        return false;
    };
    year == 0 || !(1..=12).contains(&month) || !(1..=days_in(year, month)).contains(&day)
}
