//! A place among the tokens of one statement, and what can be asked there.

use super::reserved;
use crate::base::Span;
use crate::sql::{
    as_usual::as_usual,
    ast::{Fault, Ident, ObjectName, Sql},
    lexis::{Family, Lexis},
    literal,
    token::{Kind, Token},
};

/// Why a statement could not be read.
#[derive(Debug)]
pub(in crate::sql) struct Failure {
    pub(in crate::sql) fault: Fault,
    /// No server takes the statement; otherwise a form that is not known here.
    pub(in crate::sql) certain: bool,
}

pub(in crate::sql) type Res<T> = Result<T, Failure>;

pub(in crate::sql) struct Cursor<'a, 't> {
    pub(in crate::sql) text: &'a str,
    pub(in crate::sql) lexis: &'t Lexis,
    /// `End` is the last one.
    pub(super) tokens: &'t [Token],
    pub(in crate::sql) at: usize,
    /// What the server is too old for.
    pub(super) too_new: Option<Fault>,
}

impl<'a, 't> Cursor<'a, 't> {
    pub(in crate::sql) fn new(text: &'a str, lexis: &'t Lexis, tokens: &'t [Token]) -> Self {
        Self { text, lexis, tokens, at: 0, too_new: None }
    }

    pub(in crate::sql) fn nth(&self, n: usize) -> Token {
        self.tokens[(self.at + n).min(self.tokens.len() - 1)]
    }

    pub(in crate::sql) fn peek(&self) -> Token {
        self.nth(0)
    }

    /// Returns the token before this one.
    pub(in crate::sql) fn previous(&self) -> Token {
        self.tokens[self.at.saturating_sub(1)]
    }

    pub(in crate::sql) fn bump(&mut self) -> Token {
        let token = self.peek();
        self.at += usize::from(token.kind != Kind::End);
        token
    }

    /// Returns the index of the `End` token.
    pub(in crate::sql) fn last(&self) -> usize {
        self.tokens.len() - 1
    }

    pub(in crate::sql) fn is_end(&self) -> bool {
        self.peek().kind == Kind::End
    }

    pub(in crate::sql) fn family(&self) -> Family {
        self.lexis.family
    }

    pub(in crate::sql) fn raw(&self, token: Token) -> &'a str {
        &self.text[token.span.range()]
    }

    /// Whether the token `n` ahead is this word; words are given in lower case.
    pub(in crate::sql) fn is_nth(&self, n: usize, word: &str) -> bool {
        let token = self.nth(n);
        token.kind == Kind::Word && self.is_text(token, word, <[u8]>::eq_ignore_ascii_case)
    }

    pub(in crate::sql) fn is(&self, word: &str) -> bool {
        self.is_nth(0, word)
    }

    pub(in crate::sql) fn is_any(&self, words: &[&str]) -> bool {
        words.iter().any(|it| self.is(it))
    }

    /// Whether the words stand here in this order.
    pub(in crate::sql) fn is_all(&self, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(n, it)| self.is_nth(n, it))
    }

    pub(in crate::sql) fn eat(&mut self, word: &str) -> bool {
        let found = self.is(word);
        self.at += usize::from(found);
        found
    }

    pub(in crate::sql) fn eat_all(&mut self, words: &[&str]) -> bool {
        let found = self.is_all(words);
        self.at += if found { words.len() } else { 0 };
        found
    }

    pub(in crate::sql) fn eat_any(&mut self, words: &[&str]) -> Option<&'a str> {
        let token = self.peek();
        self.is_any(words).then(|| {
            self.at += 1;
            self.raw(token)
        })
    }

    pub(in crate::sql) fn expect(&mut self, word: &str) -> Res<()> {
        if self.eat(word) { Ok(()) } else { Err(self.expected(&format!("`{word}`"))) }
    }

    pub(in crate::sql) fn is_symbol_nth(&self, n: usize, symbol: &str) -> bool {
        let token = self.nth(n);
        token.kind == Kind::Symbol && self.is_text(token, symbol, <[u8]>::eq)
    }

    /// Compares no more than lengths where they differ: what is asked here is what stands here seldom.
    fn is_text(&self, token: Token, text: &str, is_alike: fn(&[u8], &[u8]) -> bool) -> bool {
        let range = token.span.range();
        range.len() == text.len() && is_alike(&self.text.as_bytes()[range], text.as_bytes())
    }

    pub(in crate::sql) fn is_symbol(&self, symbol: &str) -> bool {
        self.is_symbol_nth(0, symbol)
    }

    pub(in crate::sql) fn eat_symbol(&mut self, symbol: &str) -> bool {
        let found = self.is_symbol(symbol);
        self.at += usize::from(found);
        found
    }

    pub(in crate::sql) fn expect_symbol(&mut self, symbol: &str) -> Res<()> {
        if self.eat_symbol(symbol) { Ok(()) } else { Err(self.expected(&format!("`{symbol}`"))) }
    }

    /// `IF EXISTS`.
    pub(in crate::sql) fn if_exists(&mut self) -> bool {
        self.eat_all(&["if", "exists"])
    }

    /// `IF NOT EXISTS`.
    pub(in crate::sql) fn if_not_exists(&mut self) -> bool {
        self.eat_all(&["if", "not", "exists"])
    }

    /// `CASCADE` or `RESTRICT`.
    pub(in crate::sql) fn cascade(&mut self) -> bool {
        !self.eat("restrict") && self.eat("cascade")
    }

    /// Says what is missing here. A word may belong to a form that is not known; nothing else may.
    pub(in crate::sql) fn expected(&self, what: &str) -> Failure {
        let is_other = self.peek().kind != Kind::Word || self.is_statement_word();
        self.failure(what, is_other || self.is_known_whole())
    }

    /// Whether every form of such a statement is known.
    fn is_known_whole(&self) -> bool {
        let is = |n: usize, word: &str| {
            self.tokens.get(n).is_some_and(|it| self.raw(*it).eq_ignore_ascii_case(word))
        };
        self.family() == Family::Sqlite || is(0, "create") && (is(1, "index") || is(2, "index"))
    }

    /// Says what is missing here, where every word that a server takes is known.
    pub(in crate::sql) fn rejected(&self, what: &str) -> Failure {
        self.failure(what, true)
    }

    /// The same of the token `n` ahead.
    pub(in crate::sql) fn rejected_at(&self, n: usize, what: &str) -> Failure {
        self.failure_at(n, what, true)
    }

    fn failure(&self, what: &str, certain: bool) -> Failure {
        self.failure_at(0, what, certain)
    }

    fn failure_at(&self, n: usize, what: &str, certain: bool) -> Failure {
        let token = self.nth(n);
        let found = match token.kind {
            Kind::End => "the end of the statement".to_owned(),
            _ => format!("`{}`", shorten(self.raw(token))),
        };
        let reason = format!("expected {what}, found {found}");
        Failure { fault: Fault { span: token.span, reason }, certain }
    }

    /// Says that the form is known, but not followed.
    pub(in crate::sql) fn not_replayed(&self, form: &str) -> Failure {
        let span = self.previous().span;
        let reason = format!("`{form}` is not replayed yet");
        Failure { fault: Fault { span, reason }, certain: false }
    }

    fn is_statement_word(&self) -> bool {
        self.is_any(&[
            "create", "alter", "drop", "insert", "update", "delete", "grant", "commit", "exists",
        ])
    }

    pub(in crate::sql) fn expect_end(&self) -> Res<()> {
        if self.is_end() { Ok(()) } else { Err(self.expected("the end of the statement")) }
    }

    /// Returns the text between the token `start` and the one before the current.
    pub(in crate::sql) fn since(&self, start: usize) -> Sql<'a> {
        let span = self.span_since(start);
        Sql { text: as_usual(&self.text[span.range()], self.lexis), span }
    }

    pub(in crate::sql) fn span_since(&self, start: usize) -> Span {
        if self.at <= start {
            let at = self.tokens[start.min(self.tokens.len() - 1)].span.start;
            return Span { start: at, end: at };
        }
        self.tokens[start].span.to(self.tokens[self.at - 1].span)
    }

    /// Reads an identifier. `what` names it in the fault: "a column name".
    pub(in crate::sql) fn ident(&mut self, what: &str) -> Res<Ident<'a>> {
        let token = self.peek();
        if token.kind == Kind::Word && reserved::is_reserved(self.raw(token), self.lexis) {
            return Err(self.reserved(what));
        }
        self.label(what)
    }

    /// Reads an identifier that may be a reserved word, as behind a dot.
    pub(in crate::sql) fn label(&mut self, what: &str) -> Res<Ident<'a>> {
        let token = self.peek();
        let raw = self.raw(token);
        let text = match token.kind {
            Kind::Quoted => literal::unquote(raw),
            Kind::Word if raw.starts_with('@') => return Err(self.rejected(what)),
            Kind::Word
                if self.lexis.folds_to_lower && raw.bytes().any(|it| it.is_ascii_uppercase()) =>
            {
                raw.to_ascii_lowercase().into()
            }
            Kind::Word => raw.into(),
            Kind::String if self.family() == Family::Sqlite => {
                literal::string_text(raw, self.lexis)
            }
            _ => return Err(self.rejected(what)),
        };
        self.at += 1;
        Ok(Ident { text, span: token.span })
    }

    fn reserved(&self, what: &str) -> Failure {
        let mut failure = self.rejected(what);
        failure.fault.reason = reserved::needs_quotes(what, self.raw(self.peek()));
        failure
    }

    /// Reads `[[database.]schema.]name`.
    pub(in crate::sql) fn name(&mut self, what: &str) -> Res<ObjectName<'a>> {
        let mut name = self.ident(what)?;
        let mut schema = None;
        while self.is_symbol(".") {
            self.at += 1;
            schema = Some(std::mem::replace(&mut name, self.label(what)?));
        }
        let start = schema.as_ref().map_or(name.span, |it| it.span);
        Ok(ObjectName { span: start.to(name.span), schema, name })
    }

    /// Reads `[[database.]schema.]table.column`.
    pub(in crate::sql) fn column_path(&mut self) -> Res<(ObjectName<'a>, Ident<'a>)> {
        let mut parts: Vec<Ident<'a>> = vec![self.ident("a column name")?];
        while self.eat_symbol(".") {
            parts.push(self.label("a column name")?);
        }
        let (Some(column), Some(name)) = (parts.pop(), parts.pop()) else {
            return Err(self.rejected("`.` and a column name"));
        };
        let schema = parts.pop();
        let span = schema.as_ref().map_or(name.span, |it| it.span).to(name.span);
        Ok((ObjectName { schema, name, span }, column))
    }

    /// Reads `( … )` and returns what is inside.
    pub(in crate::sql) fn parens(&mut self) -> Res<Sql<'a>> {
        self.expect_symbol("(")?;
        let start = self.at;
        self.skip_balanced(&[]);
        let inner = self.since(start);
        self.expect_symbol(")")?;
        Ok(inner)
    }

    /// Reads `(a, b, …)`.
    pub(in crate::sql) fn list<T>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Res<T>,
    ) -> Res<Vec<T>> {
        self.expect_symbol("(")?;
        let mut res = vec![item(self)?];
        while self.eat_symbol(",") {
            res.push(item(self)?);
        }
        self.expect_symbol(")")?;
        Ok(res)
    }

    pub(in crate::sql) fn idents(&mut self, what: &str) -> Res<Vec<Ident<'a>>> {
        self.list(|it| it.ident(what))
    }

    /// Skips to the comma or closing bracket that ends this part, or to one of the words.
    pub(in crate::sql) fn skip_balanced(&mut self, stop: &[&str]) {
        let comma = !stop.is_empty();
        let mut depth = 0_usize;
        while !self.is_end() {
            match self.raw(self.peek()) {
                "(" | "[" => depth += 1,
                ")" | "]" if depth == 0 => return,
                ")" | "]" => depth -= 1,
                "," if comma && depth == 0 => return,
                _ if depth == 0 && self.is_any(stop) => return,
                _ => {}
            }
            self.at += 1;
        }
    }

    /// Skips to the symbol, a closing bracket or the end.
    pub(in crate::sql) fn skip_to_symbol(&mut self, symbol: &str) {
        while !self.is_end() && !self.is_symbol(symbol) && !self.is_symbol(")") {
            let start = self.at;
            if self.eat_symbol("(") {
                self.skip_balanced(&[]);
            }
            self.at = self.at.max(start) + usize::from(!self.is_end());
        }
    }

    /// Skips to the next comma, closing bracket or the end.
    pub(in crate::sql) fn skip_to_comma(&mut self) {
        self.skip_balanced(&[","]);
    }

    /// Returns the text up to the next comma or closing bracket.
    pub(in crate::sql) fn until_comma(&mut self) -> Res<Sql<'a>> {
        let start = self.at;
        self.skip_balanced(&[","]);
        if self.at == start { Err(self.expected("an expression")) } else { Ok(self.since(start)) }
    }

    /// Returns the text up to the end of the statement.
    pub(in crate::sql) fn rest(&mut self) -> Sql<'a> {
        let start = self.at;
        self.at = self.tokens.len() - 1;
        self.since(start)
    }
}

/// A string of a megabyte is no help in a message.
fn shorten(text: &str) -> String {
    let line = text.lines().next().unwrap_or("");
    match line.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None if line.len() < text.len() => format!("{line}…"),
        None => line.to_owned(),
    }
}
