//! Interval literals of PostgreSQL, which prints `24 hours` as `24:00:00`.

/// The units that PostgreSQL keeps apart: months, days, microseconds.
type Parts = (i64, i64, i64);

const SECOND: i64 = 1_000_000;

/// One row per unit: spellings, and what one of it is.
const UNITS: &[(&[&str], Parts)] = &[
    (&["year", "years", "y", "yr", "yrs"], (12, 0, 0)),
    (&["month", "months", "mon", "mons"], (1, 0, 0)),
    (&["week", "weeks", "w"], (0, 7, 0)),
    (&["day", "days", "d"], (0, 1, 0)),
    (&["hour", "hours", "h", "hr", "hrs"], (0, 0, 3600 * SECOND)),
    (&["minute", "minutes", "min", "mins", "m"], (0, 0, 60 * SECOND)),
    (&["second", "seconds", "sec", "secs", "s"], (0, 0, SECOND)),
];

/// Returns the value of an interval literal as one text, or nothing if its form is not one of
/// `1 day`, `2 hours 30 minutes`, `-01:30:00`.
pub(super) fn canonical_interval(text: &str) -> Option<String> {
    let (mut months, mut days, mut micros) = (0_i64, 0_i64, 0_i64);
    let text = text.to_ascii_lowercase();
    let mut words = text.split_whitespace();
    let first = words.clone().next()?;
    first.starts_with(|it: char| it.is_ascii_digit() || it == '-' || it == '+').then_some(())?;
    while let Some(word) = words.next() {
        if word.contains(':') {
            micros = micros.checked_add(clock(word)?)?;
            continue;
        }
        let digits = word.trim_end_matches(|it: char| it.is_ascii_alphabetic());
        // A number alone is one of seconds.
        let unit = match &word[digits.len()..] {
            "" => words.next().unwrap_or("s"),
            unit => unit,
        };
        let (_, one) = UNITS.iter().find(|(spellings, _)| spellings.contains(&unit))?;
        if digits.contains('.') {
            micros = micros.checked_add(fraction(digits, one.2)?)?;
            continue;
        }
        let count: i64 = digits.parse().ok()?;
        months = months.checked_add(one.0.checked_mul(count)?)?;
        days = days.checked_add(one.1.checked_mul(count)?)?;
        micros = micros.checked_add(one.2.checked_mul(count)?)?;
    }
    Some(format!("{months} mon {days} day {micros} us"))
}

/// Returns the microseconds of `1.5` of a unit that has so many.
fn fraction(digits: &str, one: i64) -> Option<i64> {
    let (whole, fraction) = digits.split_once('.')?;
    let sign = if whole.starts_with('-') { -1 } else { 1 };
    let scale = 10_i64.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let part = fraction.parse::<i64>().ok()?.checked_mul(one)?;
    (one > 0 && part % scale == 0).then_some(())?;
    whole.checked_mul(one)?.checked_add(sign * (part / scale))
}

/// Returns the microseconds of `[-]hh:mm[:ss[.ffffff]]`.
fn clock(word: &str) -> Option<i64> {
    let (sign, word) = word.strip_prefix('-').map_or((1, word), |rest| (-1, rest));
    let mut parts = word.trim_start_matches('+').split(':');
    let hours: i64 = parts.next()?.parse().ok()?;
    let minutes: i64 = parts.next()?.parse().ok()?;
    let (seconds, fraction) =
        parts.next().map_or(("0", ""), |it| it.split_once('.').unwrap_or((it, "")));
    let seconds: i64 = seconds.parse().ok()?;
    let micros: i64 = format!("{fraction:0<6}").parse().ok()?;
    if parts.next().is_some() || fraction.len() > 6 {
        return None;
    }
    let minutes = hours.checked_mul(60)?.checked_add(minutes)?;
    Some(
        sign * minutes
            .checked_mul(60)?
            .checked_add(seconds)?
            .checked_mul(SECOND)?
            .checked_add(micros)?,
    )
}

/// Functions of MySQL whose first argument is a unit of time, no column.
const OF_UNITS: [&str; 2] = ["timestampadd", "timestampdiff"];
const WORDS: [&str; 9] =
    ["microsecond", "second", "minute", "hour", "day", "week", "month", "quarter", "year"];

/// Returns whether the word is one where it is such a function's argument.
pub(super) fn is_unit(function: &str, word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    let unit = word.strip_prefix("sql_tsi_").unwrap_or(&word);
    OF_UNITS.contains(&function) && WORDS.contains(&unit)
}
