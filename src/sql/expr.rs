//! One expression or query of a dialect: is it well formed, and which names does it use.
//!
//! Not for comparing expressions; that is `canon`.

use std::{cell::OnceCell, fmt::Debug};

use sqlparser::ast::{Expr, Query, Statement};
use sqlparser::dialect::{Dialect, MySqlDialect, PostgreSqlDialect, SQLiteDialect};
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Location, Token, TokenWithSpan, Tokenizer};

use super::ast::Fault;
use super::canon::{Lowered, lower, render};
use super::lexis::{Family, Lexis};
use super::quick::{Reader, quick};
use super::respell::respell;
use crate::base::Span;

/// How many calls of the parser may stand on each other. The parser has as much of the stack as it needs; this bounds what
/// walks the tree.
const DEPTH: usize = 38;

/// How many tokens may stand between one token and the start of the expression, commas of the
/// open lists not counted; bounds the depth of the tree that a chain of operators makes.
const CHAIN: usize = 1000;

const TOO_DEEP: &str = "nested too deeply";

/// An expression that its dialect can read, and the names it mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// Columns as the dialect folds them, without qualifier, each with its place in the text.
    /// Names inside subqueries are not among them: they may belong to another relation.
    pub columns: Vec<(String, Span)>,
    /// Functions as the dialect folds them, with their schema if one was written.
    pub functions: Vec<(String, Span)>,
    /// The text that [`canonical`](super::canonical) gives.
    pub canonical: String,
}

/// Reads `text` as exactly one expression.
///
/// Errs with the bytes of the first token that cannot stand where it stands.
pub fn check_expr(text: &str, lexis: &Lexis) -> Result<Parsed, Fault> {
    let expr = parse(text, lexis)?;
    let Lowered { term, columns, functions } = lower(&expr, lexis);
    let lines = Lines::new(text);
    let placed = |(name, span): (String, sqlparser::tokenizer::Span)| {
        (name, Span::new(lines.offset(span.start), lines.offset(span.end)))
    };
    Ok(Parsed {
        columns: columns.into_iter().map(placed).collect(),
        functions: functions.into_iter().map(placed).collect(),
        canonical: render(&term),
    })
}

/// Reads `text` as exactly one query (`SELECT …`, `VALUES …`, `WITH … SELECT …`).
pub fn check_query(text: &str, lexis: &Lexis) -> Result<(), Fault> {
    let mut drop_query = |parser: &mut Parser| parser.parse_query().map(|_: Box<Query>| ());
    run(text, lexis, &mut drop_query)
}

/// Reads `text` as exactly one expression of sqlparser's.
pub(super) fn parse(text: &str, lexis: &Lexis) -> Result<Expr, Fault> {
    either(text, lexis, Reader::expr, &|| run(text, lexis, &mut |parser| parser.parse_expr()))
}

/// Reads `text` as exactly one query of sqlparser's.
pub(super) fn parse_query(text: &str, lexis: &Lexis) -> Result<Box<Query>, Fault> {
    let read = |reader: &mut Reader| reader.query().map(Box::new);
    either(text, lexis, read, &|| run(text, lexis, &mut |parser| parser.parse_query()))
}

/// Reads `text` as exactly one query, whose words have their places.
pub(super) fn parse_query_with_places(text: &str, lexis: &Lexis) -> Result<Box<Query>, Fault> {
    run(text, lexis, &mut |parser| parser.parse_query())
}

/// Reads `text` as exactly one statement of sqlparser's.
pub(super) fn parse_statement(text: &str, lexis: &Lexis) -> Result<Statement, Fault> {
    let slow = || run(text, lexis, &mut |parser| parser.parse_statement());
    either(text, lexis, Reader::statement, &slow)
}

/// Reads the text without sqlparser's own parser if that can be done.
fn either<'a, T: Debug + PartialEq>(
    text: &'a str,
    lexis: &'a Lexis,
    read: impl FnOnce(&mut Reader<'a>) -> Option<T>,
    slow: &dyn Fn() -> Result<T, Fault>,
) -> Result<T, Fault> {
    let Some(tree) = quick(text, lexis, read) else { return slow() };
    debug_assert!(
        slow().map_or_else(|it| it.reason == TOO_DEEP, |it| it == tree),
        "{text} is read as {tree:?}, and not as {:?}",
        slow(),
    );
    Ok(tree)
}

/// Returns the tokens of `text`, blanks and comments included.
pub(super) fn tokens(text: &str, lexis: &Lexis) -> Result<Vec<TokenWithSpan>, Fault> {
    let dialect = dialect(lexis);
    Tokenizer::new(dialect, text).tokenize_with_location().map_err(|error| {
        let start = Lines::new(text).offset(error.location);
        Fault { span: Span::new(start, text.len()), reason: reword(&error.message) }
    })
}

fn dialect(lexis: &Lexis) -> &'static dyn Dialect {
    match lexis.family {
        Family::Postgres => &PostgreSqlDialect {},
        Family::MySql => &MySqlDialect {},
        Family::Sqlite => &SQLiteDialect {},
    }
}

pub(super) fn run<T>(
    text: &str,
    lexis: &Lexis,
    read: &mut dyn FnMut(&mut Parser) -> Result<T, ParserError>,
) -> Result<T, Fault> {
    let mut tokens = tokens(text, lexis)?;
    tokens.retain(|it| !matches!(it.token, Token::Whitespace(_)));
    let tokens = respell(tokens, lexis.family);
    let lines = Lines::new(text);
    if let Some(at) = too_deep(&tokens) {
        return Err(Fault { span: lines.span(at.span), reason: TOO_DEEP.to_owned() });
    }
    let spans: Vec<_> = tokens.iter().map(|it| it.span).collect();
    let mut parser =
        Parser::new(dialect(lexis)).with_recursion_limit(DEPTH).with_tokens_with_locations(tokens);
    let fault = match read(&mut parser) {
        Ok(value) => {
            let next = parser.peek_token();
            if next.token == Token::EOF {
                return Ok(value);
            }
            format!("Expected: the end, found: {}{}", next.token, next.span.start)
        }
        Err(ParserError::RecursionLimitExceeded) => TOO_DEEP.to_owned(),
        Err(ParserError::ParserError(message) | ParserError::TokenizerError(message)) => message,
    };
    Err(place(&fault, text, &lines, &spans))
}

/// Returns the token from which on the tree would be deeper than the stack is sure to hold.
fn too_deep(tokens: &[TokenWithSpan]) -> Option<&TokenWithSpan> {
    let mut runs = vec![0];
    let mut sum = 0;
    tokens.iter().find(|it| {
        match it.token {
            Token::LParen | Token::LBracket => runs.push(0),
            Token::RParen | Token::RBracket if runs.len() > 1 => {
                sum -= runs.pop().unwrap_or(0);
            }
            Token::Comma => sum -= runs.last_mut().map_or(0, std::mem::take),
            _ => {}
        }
        if let Some(last) = runs.last_mut() {
            *last += 1;
            sum += 1;
        }
        sum > CHAIN
    })
}

/// Turns sqlparser's `Expected: x, found: y at Line: 1, Column: 2` into a fault of ours.
fn place(message: &str, text: &str, lines: &Lines, spans: &[sqlparser::tokenizer::Span]) -> Fault {
    let end = Span::new(text.trim_end().len(), text.trim_end().len());
    let Some((message, at)) = message.rsplit_once(" at Line: ") else {
        let start = text.len() - text.trim_start().len();
        let span = if message.ends_with("found: EOF") {
            end
        } else {
            Span::new(start, text.trim_end().len().max(start))
        };
        return Fault { span, reason: reword(message) };
    };
    let location = at.split_once(", Column: ").and_then(|(line, column)| {
        Some(Location { line: line.parse().ok()?, column: column.parse().ok()? })
    });
    let token = location.and_then(|it| spans.iter().find(|span| span.start == it));
    Fault { span: token.map_or(end, |it| lines.span(*it)), reason: reword(message) }
}

fn reword(message: &str) -> String {
    let message = message.strip_prefix("sql parser error: ").unwrap_or(message);
    let Some((expected, found)) =
        message.strip_prefix("Expected: ").and_then(|it| it.split_once(", found: "))
    else {
        return lower_first(message);
    };
    let expected = if expected.starts_with(|it: char| it.is_ascii_punctuation()) {
        format!("`{expected}`")
    } else {
        expected.to_owned()
    };
    match found {
        "EOF" => format!("expected {expected}, found the end"),
        _ => format!("expected {expected}, found `{found}`"),
    }
}

fn lower_first(message: &str) -> String {
    let mut chars = message.trim_end_matches('.').chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// Places in bytes of a text. sqlparser counts lines and characters; where the line is 0 the column is the byte.
pub(super) struct Lines<'t> {
    text: &'t str,
    /// Where each line starts.
    starts: OnceCell<Vec<usize>>,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, starts: OnceCell::new() }
    }

    fn starts(&self) -> &[usize] {
        self.starts.get_or_init(|| {
            let breaks = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect()
        })
    }

    pub(super) fn offset(&self, at: Location) -> usize {
        let index = |it: u64| usize::try_from(it).unwrap_or(usize::MAX);
        let Some(line) = at.line.checked_sub(1) else { return index(at.column) };
        let Some(&start) = self.starts().get(index(line)) else { return self.text.len() };
        let column = index(at.column.saturating_sub(1));
        let mut chars = self.text[start..].char_indices();
        chars.nth(column).map_or(self.text.len(), |(byte, _)| start + byte)
    }

    pub(super) fn span(&self, span: sqlparser::tokenizer::Span) -> Span {
        Span::new(self.offset(span.start), self.offset(span.end))
    }
}
