//! What stands between the statements of a script: blanks, comments and terminators, and nothing else. Written without
//! the splitter that it judges.

use schemac::sql::{Family, Lexis, ast::Statement};

pub(super) fn check(text: &str, statements: &[Statement], lexis: &Lexis) {
    let mut delimiter = ";".to_owned();
    let mut at = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut copies = false;
    for it in statements {
        let range = it.span.range();
        assert!(at <= range.start, "statements overlap at {at} in {text:?}");
        check_gap(&text[at..range.start], &delimiter, copies, lexis);
        at = range.end;
        let mut words = it.text.split_whitespace();
        let first = words.next().unwrap_or("").to_lowercase();
        let is_line = first == "delimiter" && it.text[9..].starts_with([' ', '\t']);
        if lexis.delimiter && is_line {
            words.next().unwrap_or(";").clone_into(&mut delimiter);
        }
        copies = lexis.psql && first.starts_with("copy");
    }
    check_gap(&text[at..], &delimiter, copies, lexis);
}

fn check_gap(gap: &str, delimiter: &str, copies: bool, lexis: &Lexis) {
    let mut rest = gap;
    let mut is_copied = copies;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\r', '\n', '\x0b', '\x0c']);
        if rest.is_empty() {
            return;
        }
        // The server parts by semicolons what the client sends as one.
        let behind_end = || rest.strip_prefix(delimiter).or_else(|| rest.strip_prefix(';'));
        rest = match behind_comment(rest, lexis).or_else(behind_end) {
            Some(it) => it,
            // The rows that COPY reads lie behind its terminator.
            None if is_copied => {
                is_copied = false;
                rest.find("\n\\.").map_or("", |it| &rest[it + 3..])
            }
            None => panic!("{rest:?} of {gap:?} is in no statement"),
        };
    }
}

fn behind_comment<'a>(rest: &'a str, lexis: &Lexis) -> Option<&'a str> {
    let mysql = lexis.family == Family::MySql;
    if rest.starts_with("--") || mysql && rest.starts_with('#') {
        return Some(rest.find('\n').map_or("", |it| &rest[it..]));
    }
    if mysql && rest.starts_with("*/") {
        return Some(&rest[2..]);
    }
    let mut depth = 0;
    let mut at = 0;
    while rest[at..].starts_with("/*") || depth > 0 {
        let (open, close) = (rest[at..].find("/*"), rest[at..].find("*/"));
        let opens = open.filter(|it| close.is_none_or(|close| *it < close));
        match (opens, close) {
            (Some(it), _) if depth == 0 || lexis.nested_comments => {
                depth += 1;
                at += it + 2;
            }
            (_, Some(it)) => {
                depth -= 1;
                at += it + 2;
                if depth == 0 {
                    return Some(&rest[at..]);
                }
            }
            _ => return None,
        }
    }
    None
}
