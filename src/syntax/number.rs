//! Numbers in KDL's four bases.

use std::borrow::Cow;

use super::{codes, lexer::Lexer, node::Value};

impl<'a> Lexer<'a> {
    /// Returns whether a number, or what was meant as one, begins here.
    pub(super) fn sees_number(&self) -> bool {
        let rest = &self.text.as_bytes()[self.at..];
        let rest = rest.strip_prefix(b"+").or(rest.strip_prefix(b"-")).unwrap_or(rest);
        rest.strip_prefix(b".").unwrap_or(rest).first().is_some_and(u8::is_ascii_digit)
    }

    /// Reads the number that begins here; one that is wrong becomes a string of its spelling.
    pub(super) fn number(&mut self) -> Value<'a> {
        let start = self.at;
        self.skip_bare();
        let mut spelling = &self.text[start..self.at];
        if let Some(comma) = spelling.find(',') {
            spelling = &spelling[..comma];
            self.at = start + comma;
        }
        match read_number(spelling) {
            Ok(number) => Value::Number(number),
            Err(why) => {
                let place = self.place(start, self.at);
                self.report(codes::bad_number(place, spelling, why));
                self.damaged = true;
                Value::String(Cow::Borrowed(spelling))
            }
        }
    }
}

/// Returns the decimal spelling without underscores, or what is wrong.
fn read_number(spelling: &str) -> Result<Cow<'_, str>, &'static str> {
    let digits = spelling.trim_start_matches(['+', '-']);
    let base = match digits.get(..2) {
        Some("0x") => 16,
        Some("0o") => 8,
        Some("0b") => 2,
        _ => return read_decimal(spelling, digits),
    };
    let digits = &digits[2..];
    if digits.starts_with('_') || digits.is_empty() {
        return Err("a digit is missing after the base");
    }
    if !digits.chars().all(|it| it == '_' || it.is_digit(base)) {
        return Err("not a digit of this base");
    }
    let sign = if spelling.starts_with('-') { "-" } else { "" };
    let number = u128::from_str_radix(&digits.replace('_', ""), base).map_err(|_| "too large")?;
    Ok(Cow::Owned(format!("{sign}{number}")))
}

fn read_decimal<'a>(spelling: &'a str, digits: &str) -> Result<Cow<'a, str>, &'static str> {
    let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (digits, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    if whole.is_empty() {
        return Err("a digit is missing before the point");
    }
    if !is_integer(whole) {
        return Err("not a number");
    }
    if fraction.is_some_and(|it| it.is_empty() || it.starts_with('_')) {
        return Err("a digit is missing after the point");
    }
    if !fraction.is_none_or(is_integer) {
        return Err("not a number");
    }
    let unsigned = exponent.map(|it| it.strip_prefix(['+', '-']).unwrap_or(it));
    if !unsigned.is_none_or(is_integer) {
        return Err("the exponent is not a number");
    }
    Ok(if spelling.contains('_') {
        Cow::Owned(spelling.replace('_', ""))
    } else {
        Cow::Borrowed(spelling)
    })
}

fn is_integer(digits: &str) -> bool {
    digits.starts_with(|it: char| it.is_ascii_digit())
        && digits.bytes().all(|it| it.is_ascii_digit() || it == b'_')
}
