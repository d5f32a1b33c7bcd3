//! Mistakes that SQLite's parser finds in the statements of a trigger, which are less than those that stand alone
//! (<https://www.sqlite.org/lang_createtrigger.html>).

use super::{
    ast::Fault,
    lexis::Lexis,
    token::{Kind, Lexer, Token},
};
use crate::base::{Span, is_one_of};

/// What RAISE does with a message; with IGNORE it takes none.
const RAISED: &[&str] = &["abort", "fail", "rollback"];

/// Returns the first mistake of a statement that reads or writes rows.
pub fn step_fault(text: &str, lexis: &Lexis) -> Option<Fault> {
    let tokens = Lexer::tokens(text, lexis);
    if tokens.iter().any(|it| matches!(it.kind, Kind::Broken | Kind::Placeholder)) {
        return None;
    }
    let reader = Reader { text, tokens: &tokens };
    reader.head().or_else(|| reader.raise()).map(|it| it.fault())
}

/// Returns whether the text between BEGIN and END is not empty and ends in a semicolon.
pub fn is_whole(text: &str, lexis: &Lexis) -> bool {
    let tokens = Lexer::tokens(text, lexis);
    tokens.len() > 1 && tokens.last().is_some_and(|it| &text[it.span.range()] == ";")
}

struct Reader<'t> {
    text: &'t str,
    tokens: &'t [Token],
}

/// A token that cannot stand where it does.
struct Wrong<'t>(Span, &'t str);

impl Wrong<'_> {
    fn fault(&self) -> Fault {
        Fault { span: self.0, reason: format!("`{}` cannot stand here in a trigger", self.1) }
    }
}

impl<'t> Reader<'t> {
    fn raw(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |it| &self.text[it.span.range()])
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
        self.tokens.get(at).is_some_and(|it| it.kind == Kind::Word)
            && is_one_of(self.raw(at), words)
    }

    fn wrong(&self, at: usize) -> Wrong<'t> {
        let end = Span::new(self.text.len(), self.text.len());
        Wrong(self.tokens.get(at).map_or(end, |it| it.span), self.raw(at))
    }

    /// Looks at what stands around the table that is written to.
    fn head(&self) -> Option<Wrong<'t>> {
        let is_insert = self.is(0, &["insert", "replace"]);
        if !is_insert && !self.is(0, &["update", "delete"]) {
            return None;
        }
        let mut at = if self.is(1, &["or"]) { 3 } else { 1 };
        if self.is(at, &["into", "from"]) {
            at += 1;
        }
        at += 1;
        while self.raw(at) == "." {
            at += 2;
        }
        if self.is(at, &["as", "indexed"]) || self.is(at, &["not"]) && self.is(at + 1, &["indexed"])
        {
            return Some(self.wrong(at));
        }
        if is_insert {
            let values = (at..self.tokens.len()).find(|it| self.is(it + 1, &["values"]));
            return values.filter(|it| self.is(*it, &["default"])).map(|it| self.wrong(it));
        }
        self.outside(&["order", "limit"]).map(|it| self.wrong(it))
    }

    /// Returns where one of the words stands outside of parentheses.
    fn outside(&self, words: &[&str]) -> Option<usize> {
        let mut depth = 0_usize;
        (0..self.tokens.len()).find(|at| {
            match self.raw(*at) {
                "(" => depth += 1,
                ")" => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && self.is(*at, words)
        })
    }

    fn raise(&self) -> Option<Wrong<'t>> {
        let is_call = |at: &usize| self.is(*at, &["raise"]) && self.raw(at + 1) == "(";
        (0..self.tokens.len()).filter(is_call).find_map(|at| {
            let follows = if self.is(at + 2, &["ignore"]) {
                ")"
            } else if self.is(at + 2, RAISED) {
                ","
            } else {
                return Some(self.wrong(at + 2));
            };
            (self.raw(at + 3) != follows).then(|| self.wrong(at + 3))
        })
    }
}
