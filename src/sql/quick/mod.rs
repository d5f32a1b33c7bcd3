//! The commonest expressions, queries and statements about rows, read without sqlparser's own parser.
//!
//! What it is not sure of it leaves to that parser, so both give the same tree of all that it reads; a debug build holds
//! each of its trees against the parser's. Its places are bytes: see [`Lines`](super::expr::Lines).

mod expr;
mod from;
mod name;
mod operand;
mod query;
mod words;
mod written;

use sqlparser::ast::Ident;
use sqlparser::tokenizer::{Location, Span};

use super::lexis::{Family, Lexis};

/// Longer texts may hold more than the parser takes.
const LONGEST: usize = 16 * 1024;

/// How many parentheses may be open; bounds the stack that the tree needs.
const DEEPEST: usize = 10;

/// How many operators may stand on each other; as above.
const CHAIN: usize = 200;

/// Returns the tree that the parser gives of the whole text, or nothing if only it knows.
pub(super) fn quick<'a, T>(
    text: &'a str,
    lexis: &'a Lexis,
    read: impl FnOnce(&mut Reader<'a>) -> Option<T>,
) -> Option<T> {
    if text.len() > LONGEST {
        return None;
    }
    let mut reader = Reader { text, lexis, at: 0, open: 0, links: 0, is_torn: false };
    let tree = read(&mut reader)?;
    let is_whole = reader.next() == 0 && reader.at >= text.len();
    (is_whole && !reader.is_torn).then_some(tree)
}

pub(super) struct Reader<'a> {
    text: &'a str,
    lexis: &'a Lexis,
    at: usize,
    open: usize,
    /// Operators that the tree stands on so far.
    links: usize,
    /// Something began that it could not read to its end.
    is_torn: bool,
}

impl<'a> Reader<'a> {
    fn is_postgres(&self) -> bool {
        self.lexis.family == Family::Postgres
    }

    fn is_mysql(&self) -> bool {
        self.lexis.family == Family::MySql
    }

    /// Steps over the word if it comes next.
    fn eat(&mut self, word: &str) -> bool {
        self.next();
        let rest = &self.text.as_bytes()[self.at..];
        let found =
            rest.get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word.as_bytes()))
                && !rest.get(word.len()).is_some_and(|it| is_word(*it));
        self.at += if found { word.len() } else { 0 };
        found
    }

    /// Steps over the words if they come next. Stays where only the first of them do.
    fn eat_all(&mut self, words: &[&str]) -> bool {
        let start = self.at;
        let found = words.iter().all(|it| self.eat(it));
        self.at = if found { self.at } else { start };
        found
    }

    /// Steps over the mark if it comes next.
    fn eat_mark(&mut self, mark: u8) -> bool {
        let found = self.next() == mark;
        self.at += usize::from(found);
        found
    }

    /// Puts one more operator or the like on what the tree stands on.
    fn link(&mut self) -> Option<()> {
        self.links += 1;
        (self.links < CHAIN).then_some(())
    }

    /// Reads what has to follow where it has begun.
    fn rest<T>(&mut self, has_begun: bool, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let res = if has_begun { read(self) } else { None };
        self.is_torn |= has_begun && res.is_none();
        res
    }

    /// Reads what `,` separates.
    fn list<T>(&mut self, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let links = self.links;
        let mut res = vec![read(self)?];
        while self.eat_mark(b',') {
            self.links = links;
            res.push(read(self)?);
        }
        Some(res)
    }

    /// Reads what stands in parentheses.
    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.open == DEEPEST || !self.eat_mark(b'(') {
            return None;
        }
        self.open += 1;
        let links = self.links;
        let res = read(self)?;
        self.links = links;
        self.open -= 1;
        self.eat_mark(b')').then_some(res)
    }

    /// Returns the word that comes next, which may be empty.
    fn peek(&mut self) -> &'a str {
        self.next();
        self.run(is_word)
    }

    /// Reads a word, which may be empty.
    fn word(&mut self) -> &'a str {
        let word = self.peek();
        self.at += word.len();
        word
    }

    /// Reads what stands between two marks, neither of which is in it.
    fn enclosed(&mut self) -> Option<&'a str> {
        let mark = char::from(self.next());
        let (inner, rest) = self.text[self.at + 1..].split_once(mark)?;
        self.at += inner.len() + 2;
        (!inner.contains('\\') && !rest.starts_with(mark)).then_some(inner)
    }

    /// Returns the name that was read last, from `start` on.
    fn ident(&self, text: &str, start: usize) -> Ident {
        Ident { value: text.to_owned(), quote_style: None, span: self.span(start) }
    }

    /// Returns the place from `start` to here, as bytes of a line 0.
    fn span(&self, start: usize) -> Span {
        let location = |at: usize| Location { line: 0, column: at as u64 };
        Span::new(location(start), location(self.at))
    }

    /// Skips blanks and comments and returns the byte behind them, 0 at the end.
    fn next(&mut self) -> u8 {
        loop {
            let Some(&first) = self.text.as_bytes().get(self.at) else { return 0 };
            let length = match first {
                b' ' | b'\t' | b'\r' | b'\n' => 1,
                b'-' | b'#' | b'/' => self.comment(&self.text[self.at..]),
                _ => 0,
            };
            if length == 0 {
                return first;
            }
            self.at += length;
        }
    }

    /// Returns how long the comment is that the rest starts with. One that may be more than that is none.
    fn comment(&self, rest: &str) -> usize {
        let line = || rest.find('\n').unwrap_or(rest.len());
        match rest.as_bytes() {
            [b'-', b'-', b' ' | b'\t' | b'\r' | b'\n', ..] => line(),
            [b'-', b'-', ..] if !self.is_mysql() => line(),
            [b'#', ..] if self.is_mysql() => line(),
            [b'/', b'*', mark, ..] if !matches!(mark, b'!' | b'+' | b'M') => {
                let end = rest.find("*/").map_or(0, |it| it + 2);
                if rest[2..end.max(2)].contains("/*") { 0 } else { end }
            }
            _ => 0,
        }
    }

    fn run(&self, is_part: impl Fn(u8) -> bool) -> &'a str {
        let bytes = self.text.as_bytes();
        let mut end = self.at;
        while end < bytes.len() && is_part(bytes[end]) {
            end += 1;
        }
        &self.text[self.at..end]
    }
}

fn is_name(word: &str) -> bool {
    word.bytes().next().is_some_and(|it| !it.is_ascii_digit())
}

fn is_word(it: u8) -> bool {
    it.is_ascii_alphanumeric() || it == b'_'
}
