//! Reserved words that stand for names in queries of PostgreSQL, seen in their tokens alone
//! (<https://www.postgresql.org/docs/current/sql-keywords-appendix.html>).

use super::{
    Lexis,
    ast::Fault,
    grammar::{is_reserved, needs_quotes},
    token::{Kind, Token},
};
use crate::base::is_one_of;

/// Reserved words that may follow the name of a table.
const FOLLOWING: &[&str] = &[
    "as",
    "except",
    "fetch",
    "for",
    "group",
    "having",
    "intersect",
    "into",
    "join",
    "limit",
    "offset",
    "on",
    "order",
    "returning",
    "tablesample",
    "union",
    "using",
    "where",
    "window",
    "with",
];

/// Those of them that a join begins with, and what goes on with it.
const JOINS: &[&str] = &["cross", "full", "inner", "left", "natural", "right"];

const JOINING: &[&str] = &["full", "inner", "join", "left", "outer", "right"];

/// Words that a value, and so a column, never begins with.
const NO_VALUES: &[&str] = &[
    "analyse",
    "analyze",
    "asc",
    "asymmetric",
    "both",
    "check",
    "column",
    "constraint",
    "create",
    "deferrable",
    "desc",
    "do",
    "end",
    "foreign",
    "grant",
    "initially",
    "leading",
    "placing",
    "primary",
    "references",
    "symmetric",
    "table",
    "to",
    "trailing",
    "using",
];

/// Words that a value has to follow.
const AWAITING: &[&str] = &["and", "by", "having", "not", "or", "select", "set", "where"];

/// All that a mistake may follow, or that says where one may be.
const TELLING: &[&str] = &[
    "and", "by", "from", "having", "into", "join", "not", "or", "select", "set", "update", "where",
];

/// What a list in parentheses begins with that holds no names.
const QUERIES: &[&str] = &["select", "table", "values", "with"];

/// Returns the first of them.
pub(super) fn fault(text: &str, tokens: &[Token], lexis: &Lexis) -> Option<Fault> {
    let mut reader = Reader { text, tokens, lexis, open: vec![false] };
    (0..tokens.len()).find_map(|at| reader.step(at))
}

struct Reader<'t> {
    text: &'t str,
    tokens: &'t [Token],
    lexis: &'t Lexis,
    /// Of each pair of parentheses, whether it holds a query.
    open: Vec<bool>,
}

impl Reader<'_> {
    fn raw(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |it| &self.text[it.span.range()])
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
        self.tokens.get(at).is_some_and(|it| it.kind == Kind::Word)
            && is_one_of(self.raw(at), words)
            && !(at > 0 && self.raw(at - 1) == ".")
    }

    /// Whether one of the words stands that many tokens in front.
    fn is_before(&self, at: usize, distance: usize, words: &[&str]) -> bool {
        at.checked_sub(distance).is_some_and(|it| self.is(it, words))
    }

    fn step(&mut self, at: usize) -> Option<Fault> {
        if self.tokens[at].kind == Kind::Symbol {
            match self.raw(at) {
                "(" => self.open.push(false),
                ")" if self.open.len() > 1 => drop(self.open.pop()),
                _ => {}
            }
            return None;
        }
        if !self.is(at, TELLING) {
            return None;
        }
        if self.is(at, &["select"])
            && let Some(own) = self.open.last_mut()
        {
            *own = true;
        }
        if self.is(at, &["into"]) && self.is_before(at, 1, &["insert", "merge"]) {
            return self.target(at + 1, self.is(at - 1, &["insert"]));
        }
        let begins = at == 0 || self.raw(at - 1) == "(" && self.is_before(at, 2, &["as"]);
        if self.is(at, &["update"]) && begins
            || self.is(at, &["from"]) && self.is_before(at, 1, &["delete"])
        {
            return self.target(at + 1, false);
        }
        if self.open.last() == Some(&true) && self.is(at, &["from", "join"]) && !self.compares(at) {
            return self.source(at + 1);
        }
        if self.is(at, AWAITING) && self.is(at + 1, NO_VALUES) && self.raw(at + 2) != "." {
            return Some(self.reserved(at + 1, "an expression"));
        }
        None
    }

    /// Whether the FROM is that of `IS DISTINCT FROM`.
    fn compares(&self, at: usize) -> bool {
        self.is_before(at, 1, &["distinct"]) && self.is_before(at, 2, &["is", "not"])
    }

    /// Looks at the table that a statement writes to, and at the columns that it names.
    fn target(&self, at: usize, lists: bool) -> Option<Fault> {
        let at = if self.is(at, &["only"]) { at + 1 } else { at };
        if self.is_word(at) && is_reserved(self.raw(at), self.lexis) {
            return Some(self.reserved(at, "a table name"));
        }
        let end = self.end_of_name(at)?;
        if !lists {
            return self.alias(end).err();
        }
        let first = if self.is(end, &["as"]) { end + 2 } else { end };
        if self.raw(first) != "(" || self.is(first + 1, QUERIES) {
            return None;
        }
        let mut depth = 0;
        for at in first..self.tokens.len() {
            match self.raw(at) {
                "(" => depth += 1,
                ")" if depth == 1 => return None,
                ")" => depth -= 1,
                _ => {}
            }
            let begins = depth == 1 && matches!(self.raw(at), "(" | ",");
            if begins && self.is_word(at + 1) && is_reserved(self.raw(at + 1), self.lexis) {
                return Some(self.reserved(at + 1, "a column name"));
            }
        }
        None
    }

    /// Looks at the tables of a FROM clause, as far as they are named.
    fn source(&self, mut at: usize) -> Option<Fault> {
        loop {
            while self.is(at, &["lateral", "only"]) {
                at += 1;
            }
            if self.is(at, NO_VALUES) || self.is(at, FOLLOWING) {
                return Some(self.reserved(at, "a table name"));
            }
            let end = self.end_of_name(at)?;
            if self.raw(end) == "(" {
                return None;
            }
            match self.alias(end) {
                Err(fault) => return Some(fault),
                Ok(end) if self.raw(end) == "," => at = end + 1,
                Ok(_) => return None,
            }
        }
    }

    /// Returns what follows the alias that may stand there.
    fn alias(&self, at: usize) -> Result<usize, Fault> {
        let at = if self.raw(at) == "*" { at + 1 } else { at };
        if self.is(at, &["as"]) {
            let is_name = !self.is_word(at + 1) || !is_reserved(self.raw(at + 1), self.lexis);
            return if is_name { Ok(at + 2) } else { Err(self.reserved(at + 1, "an alias")) };
        }
        let joins = self.is(at, JOINS) && self.is(at + 1, JOINING);
        let sorts = self.is(at, &["group", "order"]);
        let follows = if sorts { self.is(at + 1, &["by"]) } else { self.is(at, FOLLOWING) };
        if !self.is_word(at) || joins || follows {
            return Ok(at);
        }
        if is_reserved(self.raw(at), self.lexis) {
            return Err(self.reserved(at, "an alias"));
        }
        Ok(at + 1)
    }

    fn end_of_name(&self, at: usize) -> Option<usize> {
        let is_name = |at: usize| {
            self.tokens.get(at).is_some_and(|it| matches!(it.kind, Kind::Word | Kind::Quoted))
        };
        let mut end = at;
        while is_name(end) {
            end += 1;
            if self.raw(end) != "." {
                return Some(end);
            }
            end += 1;
        }
        None
    }

    fn is_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|it| it.kind == Kind::Word)
    }

    fn reserved(&self, at: usize, what: &str) -> Fault {
        Fault { span: self.tokens[at].span, reason: needs_quotes(what, self.raw(at)) }
    }
}
