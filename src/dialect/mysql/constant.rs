//! What a constant becomes as the default of a column, and which ones the server refuses
//! (<https://dev.mysql.com/doc/refman/8.4/en/data-type-defaults.html>).

use crate::{
    dialect::{Dialect, Family, defaults::plain_number, naming::Naming},
    model::ColumnType,
};

/// What was written, in canonical form.
enum Value<'a> {
    Text(&'a str),
    Number(&'a str),
    /// `b'101'`, `x'41'`.
    Bits(u64),
}

impl Dialect {
    /// Returns the constant in the form that the column's type gives it; `Err` where the server refuses it, `None` where
    /// it is no constant.
    pub(in crate::dialect) fn fitted(
        &self,
        canonical: &str,
        ty: &ColumnType,
    ) -> Option<Result<String, ()>> {
        let mariadb = self.naming == Naming::MariaDb;
        let value = value_of(canonical)?;
        let size = ty.args.first().and_then(|it| it.parse::<usize>().ok());
        let quoted = |it: &str| format!("'{it}'");
        let kept = match self.family(ty) {
            Family::Int(bits) => whole(&value, bits, ty.unsigned),
            Family::Bool => whole(&value, 8, false),
            Family::Decimal => {
                let scale = ty.args.get(1).and_then(|it| it.parse().ok()).unwrap_or(0);
                number(&value)
                    .map(|it| rounded(&it, scale))
                    .filter(|it| has_room(it, size.unwrap_or(10), scale))
            }
            Family::Float => number(&value),
            Family::Bit => bits(&value, size.unwrap_or(1)),
            Family::Year => year(&value),
            Family::Char | Family::Varchar => text(&value, size),
            Family::Enum => member(&value, ty),
            Family::Set => members(&value, ty),
            Family::Date => date(&value).map(|it| quoted(&it[..10])),
            Family::Timestamp => date(&value).map(|it| quoted(&it)),
            Family::TimestampTz => date(&value).filter(|it| is_moment(it)).map(|it| quoted(&it)),
            Family::Time => time(&value, mariadb),
            Family::Bytes if &*ty.name == "varbinary" => text(&value, size),
            Family::Text | Family::Json if mariadb => text(&value, None),
            _ => return None,
        };
        Some(kept.ok_or(()))
    }
}

fn value_of(canonical: &str) -> Option<Value<'_>> {
    let quoted = |prefix: &str| {
        let text = canonical.strip_prefix(prefix)?.strip_prefix('\'')?.strip_suffix('\'')?;
        (!text.replace("''", "").contains('\'')).then_some(text)
    };
    if let Some(text) = quoted("") {
        return Some(Value::Text(text));
    }
    let radix = |text: Option<&str>, radix| text.and_then(|it| u64::from_str_radix(it, radix).ok());
    let bits = radix(quoted("b"), 2).or_else(|| radix(quoted("x"), 16));
    if let Some(bits) = bits.or_else(|| radix(canonical.strip_prefix("0x"), 16)) {
        return Some(Value::Bits(bits));
    }
    match canonical {
        "true" => Some(Value::Number("1")),
        "false" => Some(Value::Number("0")),
        _ => canonical
            .parse::<f64>()
            .ok()
            .filter(|it| it.is_finite())
            .map(|_| Value::Number(canonical)),
    }
}

/// Returns a whole number that fits; fractions are rounded.
fn whole(value: &Value, bits: u8, unsigned: bool) -> Option<String> {
    let number = match value {
        Value::Text(text) | Value::Number(text) => text.trim().parse::<f64>().ok()?.round(),
        #[expect(clippy::cast_precision_loss, reason = "defaults are small")]
        Value::Bits(bits) => *bits as f64,
    };
    let (low, high) = if unsigned {
        (0.0, 2_f64.powi(bits.into()))
    } else {
        (-2_f64.powi(i32::from(bits) - 1), 2_f64.powi(i32::from(bits) - 1))
    };
    (number >= low && number < high).then(|| format!("{number:.0}"))
}

fn number(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) | Value::Number(text) => {
            text.trim().parse::<f64>().ok()?;
            Some(plain(text.trim()))
        }
        Value::Bits(bits) => Some(bits.to_string()),
    }
}

/// Returns the number with so many digits behind the point.
fn rounded(text: &str, scale: i32) -> String {
    let digits = text.split_once('.').map_or(0, |it| it.1.len());
    let by = 10_f64.powi(scale);
    match text.parse::<f64>() {
        Ok(number) if i32::try_from(digits).is_ok_and(|it| it > scale) => {
            plain(&((number * by).round() / by).to_string())
        }
        _ => text.to_owned(),
    }
}

/// Whether so many digits, some of them behind the point, are enough for a number.
fn has_room(text: &str, size: usize, scale: i32) -> bool {
    let whole = text.trim_start_matches('-').split('.').next().unwrap_or_default();
    let most = size.saturating_sub(usize::try_from(scale).unwrap_or(0));
    whole.contains('e') || whole.trim_start_matches('0').len() <= most
}

/// Returns a decimal number without needless zeros.
fn plain(text: &str) -> String {
    plain_number(text).unwrap_or_else(|| text.to_owned())
}

fn bits(value: &Value, size: usize) -> Option<String> {
    let number = match value {
        Value::Text("") => 0,
        Value::Text(_) => return None,
        Value::Number(text) => {
            text.parse::<f64>().ok().filter(|it| *it >= 0.0)?.round().to_string().parse().ok()?
        }
        Value::Bits(bits) => *bits,
    };
    (size >= 64 || number < 1 << size).then(|| format!("b'{number:b}'"))
}

fn year(value: &Value) -> Option<String> {
    let number: i64 = match value {
        Value::Text(text) => text.parse().ok()?,
        Value::Number(text) => text.parse::<f64>().ok()?.round().to_string().parse().ok()?,
        Value::Bits(bits) => i64::try_from(*bits).ok()?,
    };
    let year = match number {
        0 if matches!(value, Value::Text(text) if text.len() < 4) => 2000,
        0 | 1901..=2155 => number,
        1..=69 => 2000 + number,
        70..=99 => 1900 + number,
        _ => return None,
    };
    Some(format!("'{year:04}'"))
}

fn text(value: &Value, size: Option<usize>) -> Option<String> {
    let text = match value {
        Value::Text(text) | Value::Number(text) => (*text).to_owned(),
        Value::Bits(bits) => {
            let bytes: Vec<u8> = bits.to_be_bytes().into_iter().skip_while(|it| *it == 0).collect();
            String::from_utf8(bytes).ok()?
        }
    };
    let fits = size.is_none_or(|size| text.replace("''", "'").chars().count() <= size);
    fits.then(|| format!("'{text}'"))
}

fn member(value: &Value, ty: &ColumnType) -> Option<String> {
    let Value::Text(text) = value else { return None };
    let own = ty.values.iter().map(|it| it.replace('\'', "''"));
    own.into_iter().find(|it| it.eq_ignore_ascii_case(text)).map(|it| format!("'{it}'"))
}

fn members(value: &Value, ty: &ColumnType) -> Option<String> {
    let Value::Text(text) = value else { return None };
    let is_own = |it: &str| ty.values.iter().any(|own| own.eq_ignore_ascii_case(it));
    (text.is_empty() || text.split(',').all(is_own)).then(|| format!("'{text}'"))
}

/// Returns a date with its time; both may be written as digits alone
/// (<https://dev.mysql.com/doc/refman/8.4/en/date-and-time-literals.html>).
fn date(value: &Value) -> Option<String> {
    let (Value::Number(text) | Value::Text(text)) = value else { return None };
    if *text == "0" && matches!(value, Value::Number(_)) {
        return Some("0000-00-00 00:00:00".to_owned());
    }
    let apart = digits_apart(text);
    let text = apart.as_deref().unwrap_or(text);
    let (day, time) = text.split_once([' ', 'T']).unwrap_or((text, "00:00:00"));
    let parts: Vec<&str> = day.split(|it: char| it.is_ascii_punctuation()).collect();
    let [year, month, day] = parts[..] else { return None };
    let number = |it: &str, most: u32| it.parse::<u32>().ok().filter(|it| *it <= most);
    let century = match (year.len(), number(year, 69)) {
        (1 | 2, Some(_)) => 2000,
        (1 | 2, None) => 1900,
        _ => 0,
    };
    let (year, month, day) = (number(year, 9999)?, number(month, 12)?, number(day, 31)?);
    let year = year + century;
    let time = if time.matches(':').count() == 1 { format!("{time}:00") } else { time.to_owned() };
    let whole = time.trim_end_matches('0').strip_suffix('.').unwrap_or(&time);
    Some(format!("{year:04}-{month:02}-{day:02} {whole}"))
}

/// Returns a date and its time that are written as one number.
fn digits_apart(text: &str) -> Option<String> {
    if !matches!(text.len(), 6 | 8 | 12 | 14) || !text.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let (day, time) = text.split_at(if text.len() % 6 == 2 { 8 } else { 6 });
    let (year, rest) = day.split_at(day.len() - 4);
    let time = if time.is_empty() { "000000" } else { time };
    let (month, day) = rest.split_at(2);
    let (hour, minute, second) = (&time[..2], &time[2..4], &time[4..]);
    Some(format!("{year}-{month}-{day} {hour}:{minute}:{second}"))
}

/// Whether a TIMESTAMP holds it: the zero, or a moment that 31 bits count the seconds of.
fn is_moment(text: &str) -> bool {
    text.starts_with("0000-00-00") || ("1970-01-01 00:00:01".."2038-01-19 03:14:08").contains(&text)
}

fn time(value: &Value, mariadb: bool) -> Option<String> {
    let (sign, digits) = match value {
        Value::Text(text) if text.contains(':') => {
            let text = text.split_once(' ').map_or(*text, |it| it.1);
            let (sign, text) = text.strip_prefix('-').map_or(("", text), |it| ("-", it));
            let (clock, _) = text.split_once('.').unwrap_or((text, ""));
            let valid = clock.split(':').all(|it| it.parse::<u32>().is_ok_and(|it| it < 839));
            // The seconds may be left out.
            let seconds = if clock == text && text.matches(':').count() == 1 { ":00" } else { "" };
            let hour = if clock.find(':') == Some(1) { "0" } else { "" };
            return valid.then(|| format!("'{sign}{hour}{text}{seconds}'"));
        }
        Value::Text(text) | Value::Number(text) => match text.strip_prefix('-') {
            Some(rest) => ("-", rest),
            None => ("", *text),
        },
        Value::Bits(_) => return None,
    };
    let number = digits.parse::<f64>().ok()?;
    let number = if mariadb { number.trunc() } else { number.round() };
    let number = format!("{number:.0}").parse::<u32>().ok()?;
    let (hours, minutes, seconds) = (number / 10_000, number / 100 % 100, number % 100);
    (minutes < 60 && seconds < 60).then(|| format!("'{sign}{hours:02}:{minutes:02}:{seconds:02}'"))
}
