//! Numbers and JSON as the server spells them.

/// Returns a number without needless zeros; `.0` stays on one that was not written whole, since
/// `1 / 2` and `1.0 / 2` differ.
pub(super) fn number(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let (mantissa, exponent) = lower.split_once('e').unwrap_or((&lower, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_digits = |it: &str| it.bytes().all(|byte| byte.is_ascii_digit());
    let exponent = exponent.parse::<i32>().ok().filter(|it| it.abs() < 100);
    let (Some(exponent), true) = (exponent, is_digits(whole) && is_digits(fraction)) else {
        return lower;
    };
    let (whole, fraction) = shift(whole, fraction, exponent);
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let fraction = fraction.trim_end_matches('0');
    match (fraction, lower.contains(['.', 'e'])) {
        ("", false) => whole.to_owned(),
        ("", true) => format!("{whole}.0"),
        _ => format!("{whole}.{fraction}"),
    }
}

/// Moves the point of `whole.fraction` right by `places`.
fn shift(whole: &str, fraction: &str, places: i32) -> (String, String) {
    let digits = format!("{whole}{fraction}");
    let point = i64::try_from(whole.len()).unwrap_or(i64::MAX) + i64::from(places);
    let length = i64::try_from(digits.len()).unwrap_or(i64::MAX);
    let zeros = |n: i64| "0".repeat(usize::try_from(n).unwrap_or(0));
    if point <= 0 {
        return ("0".to_owned(), zeros(-point) + &digits);
    }
    if point >= length {
        return (digits + &zeros(point - length), String::new());
    }
    let (whole, fraction) = digits.split_at(usize::try_from(point).unwrap_or(0));
    (whole.to_owned(), fraction.to_owned())
}

/// Returns a number read from a string, sign included, or nothing if it is none.
pub(super) fn number_in(text: &str) -> Option<String> {
    let (sign, digits) = match text.trim().strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.trim()),
    };
    if !digits.starts_with(|it: char| it.is_ascii_digit()) {
        return None;
    }
    let number = number(digits);
    let plain = number.bytes().all(|it| it.is_ascii_digit() || it == b'.');
    plain.then(|| format!("{sign}{number}")).filter(|it| it.matches('.').count() < 2)
}

/// Returns a JSON text with the blanks that `jsonb` prints: one after `:` and `,`, else none.
pub(super) fn spaced_json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut quoted, mut escaped) = (false, false);
    for char in text.chars() {
        if !quoted && char.is_ascii_whitespace() {
            continue;
        }
        out.push(char);
        if quoted {
            quoted = escaped || char != '"';
            escaped = !escaped && char == '\\';
        } else if char == '"' {
            quoted = true;
        } else if matches!(char, ':' | ',') {
            out.push(' ');
        }
    }
    out
}

/// Returns the digits of `X'…'` or `0x…` as `0x…`.
pub(super) fn hex(digits: &str) -> String {
    format!("0x{}", digits.to_ascii_lowercase())
}

/// Returns the digits of `X'…'` as PostgreSQL keeps them: four bits for each.
pub(super) fn bits_of_hex(digits: &str) -> String {
    let bits = |it: char| it.to_digit(16).map_or_else(|| it.to_string(), |it| format!("{it:04b}"));
    digits.chars().map(bits).collect()
}

/// Returns a path of `jsonpath` without what says nothing: quotes around plain keys, blanks, outer parentheses.
pub(super) fn canonical_path(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.trim();
    if let Some(inner) = rest.strip_prefix('(').and_then(|it| it.strip_suffix(')'))
        && !inner.contains(['(', ')'])
    {
        rest = inner.trim();
    }
    while let Some(char) = rest.chars().next() {
        if char != '"' {
            if !char.is_ascii_whitespace() {
                out.push(char);
            }
            rest = &rest[char.len_utf8()..];
            continue;
        }
        let end = rest[1..].find('"').map_or(rest.len(), |it| it + 2);
        let quoted = &rest[..end];
        let inner = quoted.trim_matches('"');
        let is_key = out.ends_with('.') && !inner.is_empty();
        let is_plain = inner.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_');
        out.push_str(if is_key && is_plain { inner } else { quoted });
        rest = &rest[end..];
    }
    out
}

/// Returns the bits of `b'…'` as MariaDB prints them: `0x…`, whole bytes.
pub(super) fn hex_of_bits(bits: &str) -> String {
    let width = bits.len().div_ceil(8) * 2;
    u64::from_str_radix(bits, 2)
        .map_or_else(|_| format!("b'{bits}'"), |value| format!("0x{value:0width$x}"))
}
