//! How MySQL calls the columns of a query that are given no name: as they are written.

use crate::sql::{
    Family, Lexis,
    token::{Kind, Lexer},
};

/// Words in front of the first item (<https://dev.mysql.com/doc/refman/8.4/en/select.html>).
const MODIFIERS: &[&str] = &[
    "all",
    "distinct",
    "distinctrow",
    "high_priority",
    "straight_join",
    "sql_big_result",
    "sql_buffer_result",
    "sql_cache",
    "sql_calc_found_rows",
    "sql_no_cache",
    "sql_small_result",
];

/// Words behind the last one.
const ENDS: &[&str] = &[
    "from",
    "where",
    "group",
    "having",
    "order",
    "limit",
    "union",
    "except",
    "intersect",
    "into",
    "for",
    "lock",
    "window",
];

/// The longest name of a column.
const NAME_CHARS: usize = 64;

/// Returns the items of the first SELECT of the query that is not within another, as they are written.
pub(super) fn items<'t>(text: &'t str, lexis: &Lexis) -> Vec<&'t str> {
    if lexis.family != Family::MySql {
        return Vec::new();
    }
    let (mut depth, mut own) = (0_usize, None);
    let (mut res, mut start, mut end) = (Vec::new(), None, 0);
    // A query that is all in parentheses is the query itself.
    let opened =
        text.bytes().take_while(|it| b"( \t\r\n".contains(it)).filter(|it| *it == b'(').count();
    for token in Lexer::tokens(text, lexis) {
        let (from, to) = (token.span.start as usize, token.span.end as usize);
        let raw = &text[from..to];
        let is = |words: &[&str]| {
            token.kind == Kind::Word && words.iter().any(|it| raw.eq_ignore_ascii_case(it))
        };
        match raw {
            "(" => depth += 1,
            ")" if own == Some(depth) => break,
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if own.is_none() {
            own = (depth <= opened && is(&["select"])).then_some(depth);
            continue;
        }
        let is_own = own == Some(depth);
        if is_own && is(ENDS) {
            break;
        }
        if start.is_none() && is(MODIFIERS) {
            continue;
        }
        if is_own && raw == "," {
            res.extend(start.take().map(|it| &text[it..end]));
            continue;
        }
        start = start.or(Some(from));
        end = to;
    }
    res.extend(start.map(|it| &text[it..end]));
    res
}

/// Returns the name that the item has as a column, which is its number among the items from 1 on.
pub(super) fn name(item: &str, number: usize) -> String {
    if item.chars().count() > NAME_CHARS { format!("Name_exp_{number}") } else { item.to_owned() }
}
