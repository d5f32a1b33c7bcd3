//! Mistakes in queries that no server forgives, seen in their tokens alone. That sqlparser reads a query or not says
//! little: it knows less than the servers, and takes more.

use std::fmt::{Debug, Formatter, Result};

use super::{
    Family, Lexis,
    ast::{Fault, Sql},
    name_faults,
    token::{Kind, Lexer, Token},
};
use crate::base::{Span, is_one_of};

/// Words that go on with a query, so that no value, no name and no comma is still awaited before them.
const CLAUSES: &[&str] =
    &["from", "group", "having", "intersect", "limit", "order", "union", "where"];

/// What combines queries or goes on with one: no other word tells anything of those in front of it.
const TELLING: &[&str] =
    &["except", "from", "group", "having", "intersect", "limit", "order", "union", "where"];

/// Words that something has to follow.
const AWAITING: &[&str] = &["and", "by", "having", "not", "or", "where"];

/// The same where no query is without columns.
const MYSQL_AWAITING: &[&str] = &["from", "select", "set"];

/// Words that combine queries; one that is sorted or cut off has to stand in parentheses in front of them.
const COMBINING: &[&str] = &["except", "intersect", "union"];

/// Returns the first mistake in the text of a query or of a statement that writes rows.
pub fn query_fault(text: &str, lexis: &Lexis) -> Option<Fault> {
    fault_in(text, &Lexer::tokens(text, lexis), lexis)
}

fn fault_in(text: &str, tokens: &[Token], lexis: &Lexis) -> Option<Fault> {
    if tokens.iter().any(|it| matches!(it.kind, Kind::Broken | Kind::Placeholder)) {
        return None;
    }
    let is_mysql = lexis.family == Family::MySql;
    let mut reader = Reader { text, tokens, open: vec![Level::default()], is_mysql };
    let fault = (0..tokens.len()).find_map(|at| reader.step(at)).or_else(|| reader.at_end());
    let names = || name_faults::fault(text, tokens, lexis);
    fault.or_else(|| if lexis.family == Family::Postgres { names() } else { None })
}

/// A text whose tokens are at hand.
#[derive(Clone, Default)]
pub struct Lexed<'a> {
    text: &'a str,
    /// In their order.
    tokens: Vec<Token>,
}

/// Its tokens say no more than what was read from them.
impl Debug for Lexed<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str("[]")
    }
}

impl<'a> Lexed<'a> {
    pub(super) fn new(text: &'a str, tokens: Vec<Token>) -> Self {
        Self { text, tokens }
    }

    /// Returns why a part of the text is none, as [`query_fault`] does.
    pub fn why_not(&self, part: &Sql, lexis: &Lexis) -> Option<String> {
        let is_here = |own: &str| std::ptr::eq(own, part.text);
        let fault = if self.text.get(part.span.range()).is_some_and(is_here) {
            let start = self.tokens.partition_point(|it| it.span.start < part.span.start);
            let end = self.tokens.partition_point(|it| it.span.end <= part.span.end);
            fault_in(self.text, &self.tokens[start..end], lexis)
        } else {
            query_fault(part.text, lexis)
        };
        fault.map(|it| it.reason)
    }
}

/// What a pair of parentheses holds so far.
#[derive(Clone, Copy, Default)]
struct Level {
    /// Where it opens.
    at: usize,
    is_query: bool,
    /// Its rows are sorted or cut off.
    is_over: bool,
}

struct Reader<'t> {
    text: &'t str,
    tokens: &'t [Token],
    open: Vec<Level>,
    is_mysql: bool,
}

impl<'t> Reader<'t> {
    fn raw(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |it| &self.text[it.span.range()])
    }

    /// Whether the token is one of the words, and no name.
    fn is(&self, at: usize, words: &[&str]) -> bool {
        let is_text = |it: &Token| matches!(it.kind, Kind::Word | Kind::Symbol);
        let is_part = || at > 0 && self.raw(at - 1) == "." || self.raw(at + 1) == ".";
        self.tokens.get(at).is_some_and(is_text) && is_one_of(self.raw(at), words) && !is_part()
    }

    fn step(&mut self, at: usize) -> Option<Fault> {
        match self.text.get(self.tokens[at].span.range())? {
            "(" | "[" => self.open.push(Level { at, ..Level::default() }),
            ")" | "]" if self.open.len() > 1 => {
                let opened = self.open.pop()?.at;
                let is_empty = opened + 1 == at;
                return (!is_empty).then(|| self.awaited(at)).flatten();
            }
            ")" => return Some(self.unexpected(at)),
            "," => return self.follows_mark(at).then(|| self.unexpected(at)),
            _ if self.tokens[at].kind == Kind::Symbol => return None,
            word if word.eq_ignore_ascii_case("select") => {
                let level = self.open.last_mut()?;
                (level.is_query, level.is_over) = (true, false);
            }
            _ if !self.is(at, TELLING) => return None,
            _ => {}
        }
        let level = *self.open.last()?;
        let is_sorted = self.is(at, &["order"]) && self.is(at + 1, &["by"]);
        let is_cut = self.is(at, &["limit"]) && at > 0 && !self.is(at - 1, &["as"]);
        if level.is_query && (is_sorted || is_cut) {
            self.open.last_mut()?.is_over = true;
        }
        if level.is_over && self.is(at, COMBINING) {
            return Some(self.unexpected(at));
        }
        if self.is(at, CLAUSES) { self.awaited(at) } else { None }
    }

    /// Whether the token stands right behind a comma or what opens parentheses.
    fn follows_mark(&self, at: usize) -> bool {
        at > 0
            && self.tokens[at - 1].kind == Kind::Symbol
            && matches!(self.raw(at - 1), "," | "(" | "[")
    }

    /// Tells of the token, if something else has to stand before it.
    fn awaited(&self, at: usize) -> Option<Fault> {
        let before = at.checked_sub(1)?;
        let is_comma = self.raw(before) == "," && self.tokens[before].kind == Kind::Symbol;
        let is_awaiting =
            self.is(before, AWAITING) || self.is_mysql && self.is(before, MYSQL_AWAITING);
        (is_comma || is_awaiting).then(|| self.unexpected(at))
    }

    fn at_end(&self) -> Option<Fault> {
        let last = self.tokens.last()?;
        let end = Span::new(last.span.end as usize, last.span.end as usize);
        let is_left = self.open.len() > 1 || self.awaited(self.tokens.len()).is_some();
        is_left.then(|| Fault { span: end, reason: "the query ends too early".to_owned() })
    }

    fn unexpected(&self, at: usize) -> Fault {
        let span = self.tokens.get(at).map_or(Span::default(), |it| it.span);
        Fault { span, reason: format!("`{}` cannot stand here", self.raw(at)) }
    }
}
