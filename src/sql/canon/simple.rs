//! The commonest expressions, read without the parser: comparisons, `in`, `between`, `like` and
//! `is null` of columns, literals and calls, joined by `and` and `or`.
//!
//! What it is not sure of it leaves to the parser, so both agree on all that it reads.

use sqlparser::keywords::ALL_KEYWORDS;

use super::aliases::NILADIC;
use super::call::call;
use super::lower::negate;
use super::term::Term;
use super::{fold, literal, operand};
use crate::base::Span;
use crate::sql::{Family, Lexis};

/// Longer texts may hold more than the parser takes.
const LONGEST: usize = 1000;

/// How many parentheses may be open; well below what the parser takes.
const DEEPEST: usize = 6;

/// Words of sqlparser's that are plain columns and functions all the same.
const PLAIN: &[&str] = &[
    "abs", "category", "coalesce", "count", "data", "date", "id", "key", "level", "lower", "max",
    "min", "name", "owner", "quarter", "role", "size", "start", "status", "text", "time", "type",
    "upper", "url", "value", "version", "year",
];

/// More of them.
const LENGTHS: &[&str] = &["char_length", "character_length"];

/// An expression, and the names in it as the dialect folds them, each with its place.
pub(in crate::sql) struct Simple {
    pub(in crate::sql) term: Term,
    pub(in crate::sql) columns: Vec<(String, Span)>,
    pub(in crate::sql) functions: Vec<(String, Span)>,
}

/// Returns the term that the parser and [`lower`](super::lower) come to, or nothing if only they know.
pub(in crate::sql) fn simple(text: &str, lexis: &Lexis) -> Option<Simple> {
    if text.len() > LONGEST {
        return None;
    }
    let (columns, functions) = (Vec::new(), Vec::new());
    let mut reader = Reader { text, lexis, at: 0, open: 0, columns, functions };
    let mut term = reader.either()?;
    if reader.next() != 0 || reader.at < text.len() {
        return None;
    }
    if lexis.family == Family::Postgres {
        term = fold::settled(term, true);
    }
    Some(Simple { term, columns: reader.columns, functions: reader.functions })
}

struct Reader<'a> {
    text: &'a str,
    lexis: &'a Lexis,
    at: usize,
    open: usize,
    columns: Vec<(String, Span)>,
    functions: Vec<(String, Span)>,
}

impl<'a> Reader<'a> {
    /// Reads what `or` joins.
    fn either(&mut self) -> Option<Term> {
        let mut term = self.both()?;
        while self.eat("or") {
            term = fold::binary("or", term, self.both()?, self.lexis.family);
        }
        Some(term)
    }

    /// Reads what `and` joins.
    fn both(&mut self) -> Option<Term> {
        let mut term = self.predicate()?;
        while self.eat("and") {
            term = fold::binary("and", term, self.predicate()?, self.lexis.family);
        }
        Some(term)
    }

    fn predicate(&mut self) -> Option<Term> {
        let family = self.lexis.family;
        let left = self.operand()?;
        if let Some(op) = self.comparison() {
            return Some(fold::binary(op, left, self.operand()?, family));
        }
        if self.eat("is") {
            let head = if self.eat("not") { "is not null" } else { "is null" };
            return self.eat("null").then(|| Term::node(head, vec![left]));
        }
        let negated = self.eat("not");
        if self.eat("in") {
            let items = self.list()?;
            return (!items.is_empty()).then(|| fold::any_of(left, items, negated, family));
        }
        if self.eat("between") {
            let low = self.operand()?;
            let high = if self.eat("and") { self.operand()? } else { return None };
            return Some(fold::between(left, [low, high], negated, family));
        }
        if self.eat("like") {
            let term = Term::node("like", vec![left, self.operand()?]);
            return Some(if negated { negate(term) } else { term });
        }
        (!negated).then_some(left)
    }

    fn operand(&mut self) -> Option<Term> {
        match self.next() {
            b'(' => {
                let mut items = self.list()?;
                let item = items.pop()?;
                items.is_empty().then_some(item)
            }
            b'0'..=b'9' => Some(Term::Number(self.number()?)),
            b'-' => {
                self.at += 1;
                Some(Term::Number(format!("-{}", self.number()?)))
            }
            b'\'' => self.enclosed().map(|it| Term::Text(it.to_owned())),
            b'"' if self.lexis.family != Family::MySql => self.quoted(),
            b'`' if self.lexis.family == Family::MySql => self.quoted(),
            _ => self.name(),
        }
    }

    /// Reads `(a, b)`.
    fn list(&mut self) -> Option<Vec<Term>> {
        let mut items = Vec::new();
        if self.next() != b'(' || self.open == DEEPEST {
            return None;
        }
        self.open += 1;
        self.at += 1;
        if self.next() != b')' {
            items.push(self.either()?);
            while self.next() == b',' {
                self.at += 1;
                items.push(self.either()?);
            }
        }
        let is_closed = self.next() == b')';
        self.open -= 1;
        self.at += 1;
        is_closed.then_some(items)
    }

    /// Reads an operator that compares; what is glued to it would make it another one.
    fn comparison(&mut self) -> Option<&'static str> {
        const ROWS: [(&str, &str); 7] = [
            ("=", "="),
            ("<>", "<>"),
            ("!=", "<>"),
            ("<", "<"),
            ("<=", "<="),
            (">", ">"),
            (">=", ">="),
        ];
        self.next();
        let run = self.run(|it| b"+-*/<>=~!@#%^&|?:".contains(&it));
        let op = ROWS.iter().find(|it| it.0 == run)?.1;
        self.at += run.len();
        Some(op)
    }

    fn number(&mut self) -> Option<String> {
        let text = self.run(|it| it.is_ascii_digit() || it == b'.' || is_word(it));
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let is_digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
        self.at += text.len();
        (is_digits(whole) && is_digits(fraction)).then(|| literal::number(text))
    }

    /// Reads what stands between two marks, neither of which is in it.
    fn enclosed(&mut self) -> Option<&'a str> {
        let mark = char::from(self.next());
        let (inner, rest) = self.text[self.at + 1..].split_once(mark)?;
        self.at += inner.len() + 2;
        (!inner.contains('\\') && !rest.starts_with(mark)).then_some(inner)
    }

    fn quoted(&mut self) -> Option<Term> {
        let start = self.at;
        let name = self.enclosed().filter(|it| !it.is_empty())?;
        // A function's name may be quoted as well.
        let end = self.at;
        if self.next() == b'(' {
            return None;
        }
        self.columns.push((name.to_owned(), Span::new(start, end)));
        let keeps_case = self.lexis.family == Family::Postgres;
        Some(Term::Name(if keeps_case { name.to_owned() } else { name.to_lowercase() }))
    }

    /// Reads a column, a call, or a word such as `null`.
    fn name(&mut self) -> Option<Term> {
        let family = self.lexis.family;
        let word = self.run(is_word);
        let key = word.to_ascii_lowercase();
        let span = Span::new(self.at, self.at + word.len());
        self.at += word.len();
        let is_call = self.next() == b'(';
        if let Some(term) = operand::word(word, family) {
            return (!is_call).then_some(term);
        }
        let is_keyword = || ALL_KEYWORDS.binary_search(&word.to_ascii_uppercase().as_str()).is_ok();
        let is_free = [PLAIN, LENGTHS].iter().any(|it| it.contains(&key.as_str()));
        if word.is_empty() || NILADIC.contains(&key.as_str()) || !is_free && is_keyword() {
            return None;
        }
        let folded = if self.lexis.folds_to_lower { key.clone() } else { word.to_owned() };
        if is_call {
            self.functions.push((folded, span));
            return Some(call(&key, self.list()?, family));
        }
        self.columns.push((folded, span));
        Some(Term::Name(key))
    }

    /// Steps over the word if it comes next.
    fn eat(&mut self, word: &str) -> bool {
        self.next();
        let found = self.run(is_word).eq_ignore_ascii_case(word);
        self.at += if found { word.len() } else { 0 };
        found
    }

    /// Skips blanks and returns the byte behind them, 0 at the end.
    fn next(&mut self) -> u8 {
        self.at += self.run(|it| matches!(it, b' ' | b'\t' | b'\r' | b'\n')).len();
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn run(&self, is_part: impl Fn(u8) -> bool) -> &'a str {
        let rest = &self.text[self.at..];
        &rest[..rest.bytes().position(|it| !is_part(it)).unwrap_or(rest.len())]
    }
}

fn is_word(it: u8) -> bool {
    it.is_ascii_alphanumeric() || it == b'_'
}
