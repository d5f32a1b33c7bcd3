//! JSON as `jsonb` keeps it: no blanks, keys once and in order (<https://www.postgresql.org/docs/current/datatype-json.html>).

use std::collections::BTreeMap;

/// Returns the text in the form that `jsonb` shows; `None` if it is no JSON, or nested too deeply.
pub(in crate::dialect) fn canonical(text: &str) -> Option<String> {
    let mut rest = text;
    let res = value(&mut rest, 0)?;
    rest.trim().is_empty().then_some(res)
}

/// Deeper values are not defaults that anybody writes.
const MAX_DEPTH: usize = 64;

fn value(rest: &mut &str, depth: usize) -> Option<String> {
    *rest = rest.trim_start();
    match rest.chars().next()? {
        _ if depth > MAX_DEPTH => None,
        '{' => object(rest, depth),
        '[' => array(rest, depth),
        '"' => string(rest).map(str::to_owned),
        _ => word(rest),
    }
}

fn object(rest: &mut &str, depth: usize) -> Option<String> {
    *rest = &rest[1..];
    // Shorter keys come first.
    let mut members: BTreeMap<(usize, String), String> = BTreeMap::new();
    if !eat(rest, '}') {
        loop {
            *rest = rest.trim_start();
            let key = string(rest)?.to_owned();
            if !eat(rest, ':') {
                return None;
            }
            members.insert((key.len(), key), value(rest, depth + 1)?);
            if eat(rest, '}') {
                break;
            }
            if !eat(rest, ',') {
                return None;
            }
        }
    }
    let members: Vec<String> =
        members.into_iter().map(|((_, key), value)| format!("{key}: {value}")).collect();
    Some(format!("{{{}}}", members.join(", ")))
}

fn array(rest: &mut &str, depth: usize) -> Option<String> {
    *rest = &rest[1..];
    let mut items = Vec::new();
    if !eat(rest, ']') {
        loop {
            items.push(value(rest, depth + 1)?);
            if eat(rest, ']') {
                break;
            }
            if !eat(rest, ',') {
                return None;
            }
        }
    }
    Some(format!("[{}]", items.join(", ")))
}

/// Returns the string with its quotes, as it is spelt.
fn string<'a>(rest: &mut &'a str) -> Option<&'a str> {
    let text: &'a str = rest;
    let mut is_escaped = false;
    let inner = text.strip_prefix('"')?;
    for (at, it) in inner.char_indices() {
        match it {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => {
                let (res, after) = text.split_at(at + 2);
                *rest = after;
                return Some(res);
            }
            _ => {}
        }
    }
    None
}

fn word(rest: &mut &str) -> Option<String> {
    let end = rest.find([',', ']', '}', ' ', '\n', '\t', '\r']).unwrap_or(rest.len());
    let (word, after) = rest.split_at(end);
    *rest = after;
    let is_number = word.starts_with(|it: char| it.is_ascii_digit() || it == '-');
    (is_number || matches!(word, "true" | "false" | "null")).then(|| word.to_owned())
}

fn eat(rest: &mut &str, symbol: char) -> bool {
    let after = rest.trim_start().strip_prefix(symbol);
    if let Some(after) = after {
        *rest = after;
    }
    after.is_some()
}
