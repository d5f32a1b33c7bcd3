//! What quoted identifiers and strings say once their quotes and escapes are resolved.

use std::borrow::Cow;

use super::lexis::Lexis;

/// Returns the text of a quoted identifier.
pub(super) fn unquote(raw: &str) -> Cow<'_, str> {
    if raw.starts_with("U&") || raw.starts_with("u&") {
        return Cow::Owned(resolve_points(&raw[2..]));
    }
    let Some(quote) = raw.chars().next().filter(|_| raw.len() >= 2) else {
        return Cow::Borrowed(raw);
    };
    let inner = &raw[quote.len_utf8()..raw.len() - 1];
    if quote == '[' || !inner.contains(quote) {
        return Cow::Borrowed(inner);
    }
    let doubled: String = [quote, quote].iter().collect();
    Cow::Owned(inner.replace(&doubled, quote.encode_utf8(&mut [0; 4])))
}

/// Returns how much of a string constant stands in front of its text: a quote and its prefix, or a dollar quote.
pub(super) fn opening(raw: &str) -> usize {
    match raw.strip_prefix('$') {
        Some(tag) => tag.find('$').map_or(0, |it| it + 2),
        None => raw.find(['\'', '"']).map_or(0, |it| it + 1),
    }
}

/// Returns where the text of the string constant that `raw` starts with stands in it; 0 where it has escapes or
/// says nothing.
pub fn text_at(raw: &str, text: &str) -> usize {
    let at = opening(raw);
    if !text.is_empty() && raw[at..].starts_with(text) { at } else { 0 }
}

/// Returns the text of a string constant of any kind.
pub(super) fn string_text<'a>(raw: &'a str, lexis: &Lexis) -> Cow<'a, str> {
    if raw.starts_with('$') {
        let mark = opening(raw);
        return Cow::Borrowed(raw.get(mark..raw.len() - mark).unwrap_or(""));
    }
    let Some(open) = raw.find(['\'', '"']) else {
        return Cow::Borrowed(raw);
    };
    let (prefix, body) = raw.split_at(open);
    if prefix.eq_ignore_ascii_case("u&") {
        return Cow::Owned(resolve_points(body));
    }
    let quote = char::from(body.as_bytes()[0]);
    let inner = body.get(1..body.len() - 1).unwrap_or("");
    let escapes = lexis.backslash_escapes || prefix.eq_ignore_ascii_case("e");
    if !(inner.contains(quote) || escapes && inner.contains('\\')) {
        return Cow::Borrowed(inner);
    }
    Cow::Owned(resolve(inner, quote, escapes, lexis))
}

fn resolve(inner: &str, quote: char, escapes: bool, lexis: &Lexis) -> String {
    let mut res = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(it) = chars.next() {
        if it == quote {
            chars.next();
            res.push(quote);
        } else if it == '\\' && escapes {
            resolve_escape(&mut chars, lexis, &mut res);
        } else {
            res.push(it);
        }
    }
    res
}

fn resolve_escape(chars: &mut std::str::Chars<'_>, lexis: &Lexis, res: &mut String) {
    let Some(it) = chars.next() else { return };
    match it {
        'n' => res.push('\n'),
        't' => res.push('\t'),
        'r' => res.push('\r'),
        'b' => res.push('\u{8}'),
        '0' if lexis.backslash_escapes => res.push('\0'),
        'Z' if lexis.backslash_escapes => res.push('\u{1a}'),
        // In LIKE patterns MySQL keeps the backslash of these two.
        '%' | '_' if lexis.backslash_escapes => res.extend(['\\', it]),
        'f' if !lexis.backslash_escapes => res.push('\u{c}'),
        'u' if !lexis.backslash_escapes => resolve_unicode(chars, 4, res),
        'U' if !lexis.backslash_escapes => resolve_unicode(chars, 8, res),
        'x' if !lexis.backslash_escapes => resolve_unicode(chars, 2, res),
        other => res.push(other),
    }
}

fn resolve_unicode(chars: &mut std::str::Chars<'_>, len: usize, res: &mut String) {
    let rest = chars.as_str();
    let digits = rest.bytes().take(len).take_while(u8::is_ascii_hexdigit).count();
    let code = u32::from_str_radix(&rest[..digits], 16).ok();
    res.extend(code.and_then(char::from_u32));
    *chars = rest[digits..].chars();
}

/// Resolves `'\\0061'` and `'!+000061' UESCAPE '!'`
/// (<https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-STRINGS-UESCAPE>).
fn resolve_points(body: &str) -> String {
    let mut chars = body.chars();
    let Some(quote) = chars.next() else { return String::new() };
    let tail = body.to_ascii_lowercase();
    let has_own = tail.rfind("uescape").filter(|&it| body[..it].trim_end().ends_with(quote));
    let escape = has_own.and_then(|_| body.chars().rev().nth(1)).unwrap_or('\\');
    let mut res = String::with_capacity(body.len());
    while let Some(it) = chars.next() {
        if it == quote {
            if chars.next() != Some(quote) {
                break;
            }
            res.push(quote);
        } else if it == escape {
            let rest = chars.as_str();
            if let Some(rest) = rest.strip_prefix(escape) {
                chars = rest.chars();
                res.push(escape);
            } else if let Some(rest) = rest.strip_prefix('+') {
                chars = rest.chars();
                resolve_unicode(&mut chars, 6, &mut res);
            } else {
                resolve_unicode(&mut chars, 4, &mut res);
            }
        } else {
            res.push(it);
        }
    }
    res
}
