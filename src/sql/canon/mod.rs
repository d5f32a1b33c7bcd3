//! One canonical text per meaning of an expression, so that what a person wrote equals what the
//! server gives back. A key for comparing; it is not SQL and never shown.
//!
//! A rewrite that is not certain is not done: a false "equal" is worse than a difference shown.

mod access;
mod aggregate;
mod aliases;
mod assigned;
mod binder;
mod branches;
mod call;
mod checks;
mod collation;
mod compare;
mod conflict;
mod data;
mod fold;
mod free_names;
mod from;
mod idle;
mod infer;
mod interval;
mod items;
mod joins;
mod literal;
mod lower;
mod meaning;
mod moment;
mod nobody;
mod operand;
mod operations;
mod order;
mod outputs;
mod query;
mod row_function;
mod row_source;
mod scope;
mod shown;
mod star;
mod sure;
mod term;
mod types;
mod windows;

pub(super) use binder::Binder;
pub(super) use from::table_function;
pub(super) use lower::{Lowered, lower};
pub use moment::{canonical_date, canonical_moment, canonical_time};
pub(super) use term::render;

use super::bind::Catalog;
use super::expr::{parse, tokens};
use super::lexis::{Family, Lexis};
use sqlparser::tokenizer::Token;
use term::Term;

/// Returns the key of an expression; text that is no expression is compared token by token.
pub fn canonical(text: &str, lexis: &Lexis) -> String {
    term_of(text, lexis).map_or_else(|| folded(text, lexis), |it| render(&it))
}

/// Returns what PostgreSQL calls the column that an index has for the expression (`FigureIndexColname`).
pub fn index_column_name(text: &str, lexis: &Lexis) -> Option<String> {
    let expr = parse(text.trim(), lexis).ok()?;
    outputs::expression_name(&expr, lexis)
}

/// Returns the key of a column's default.
///
/// The column's type decides what a literal is, so a cast of one says nothing: `'x'::mood` is
/// `'x'`, `(0)::numeric` and `0.00` are `0`.
pub fn canonical_default(text: &str, lexis: &Lexis) -> String {
    let term = term_of(text, lexis).map(|it| fold::default_value(it, lexis.family));
    term.map_or_else(|| folded(text, lexis), |it| render(&it))
}

/// Returns the key of the default of a column of the type `ty`.
///
/// Knows more than [`canonical_default`]: `'5'` is `5` for an integer, `'24 hours'` is
/// `'24:00:00'` for an interval, `'{"a":1}'` is `'{"a": 1}'` for a `jsonb`.
pub fn canonical_default_of(text: &str, ty: &str, lexis: &Lexis) -> String {
    canonical_default_in(text, ty, lexis, &nobody::Nobody)
}

/// Returns the key of the default of a column of the type `ty`, `catalog` knowing what is called.
pub fn canonical_default_in(text: &str, ty: &str, lexis: &Lexis, catalog: &dyn Catalog) -> String {
    let term = term_in(text, lexis, catalog).map(|it| fold::default_of(it, ty, lexis.family));
    term.map_or_else(|| folded(text, lexis), |it| render(&it))
}

fn term_of(text: &str, lexis: &Lexis) -> Option<Term> {
    term_in(text, lexis, &nobody::Nobody)
}

fn term_in(text: &str, lexis: &Lexis, catalog: &dyn Catalog) -> Option<Term> {
    let text = text.trim();
    if let Some(term) = plain(text, lexis) {
        return Some(term);
    }
    let unescaped;
    let text = if lexis.family == Family::MySql && has_escaped_quotes(text) {
        unescaped = text.replace("\\'", "'").replace("\\\\", "\\");
        unescaped.as_str()
    } else {
        text
    };
    let expr = parse(text, lexis).ok()?;
    if lexis.family == Family::Postgres && catalog.knows_functions() {
        return Some(Binder::new(lexis, catalog, &[]).whole_expr(&expr));
    }
    Some(lower(&expr, lexis).term)
}

/// Returns the term of a literal, a literal with a cast, a word like `current_timestamp`, or a call
/// without arguments. Most defaults are one of them and need no parser.
fn plain(text: &str, lexis: &Lexis) -> Option<Term> {
    let bytes = text.as_bytes();
    let first = *bytes.first()?;
    if first.is_ascii_digit() {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let is_digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
        let is_number = is_digits(whole) && is_digits(fraction);
        return is_number.then(|| Term::Number(literal::number(text)));
    }
    if first == b'\'' {
        let (inner, rest) = text[1..].split_once('\'')?;
        if inner.contains('\\') && lexis.backslash_escapes {
            return None;
        }
        let literal = Term::Text(inner.to_owned());
        if rest.is_empty() {
            return Some(literal);
        }
        let ty = rest.strip_prefix("::")?;
        let is_word = |it: u8| it.is_ascii_alphanumeric() || it == b'_' || it == b' ';
        let named = lexis.family == Family::Postgres && ty.bytes().all(is_word);
        return named.then(|| fold::cast(literal, types::canonical_type(ty), lexis.family));
    }
    let Some(name) = text.strip_suffix("()") else { return operand::word(text, lexis.family) };
    let is_name = |it: u8| it.is_ascii_alphanumeric() || it == b'_';
    let plain = name.bytes().all(is_name) && (first.is_ascii_alphabetic() || first == b'_');
    plain.then(|| call::call(&name.to_ascii_lowercase(), Vec::new(), lexis.family))
}

/// MySQL's `information_schema` gives the strings of an expression as `_utf8mb4\'x\'`.
fn has_escaped_quotes(text: &str) -> bool {
    let first = text.find('\'').unwrap_or(text.len());
    first > 0 && text.as_bytes()[first - 1] == b'\\'
}

/// Returns the tokens in one case with one blank between them, for what the parser cannot read.
fn folded(text: &str, lexis: &Lexis) -> String {
    let Ok(tokens) = tokens(text, lexis) else {
        return text.split_whitespace().collect::<Vec<_>>().join(" ");
    };
    let words = tokens.into_iter().filter_map(|it| match it.token {
        Token::Whitespace(_) | Token::EOF => None,
        Token::Word(word) if word.quote_style.is_none() => Some(word.value.to_lowercase()),
        token => Some(token.to_string()),
    });
    words.collect::<Vec<_>>().join(" ")
}
