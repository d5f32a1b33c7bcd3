//! Values and names, and what must follow them.

use std::borrow::Cow;

use crate::base::Span;

use super::{
    codes,
    lexer::{Lexer, is_forbidden},
    node::{Value, Word},
};

/// A value or name; which of them is known only when `=` follows or does not.
pub(super) struct Token<'a> {
    pub(super) value: Value<'a>,
    pub(super) span: Span,
}

/// Where a token stands.
#[derive(Clone, Copy)]
pub(super) enum Role<'k> {
    Name,
    Argument,
    Value { key: &'k str },
}

impl<'a> Token<'a> {
    /// Returns the token as a name, if it is a string.
    pub(super) fn into_word(self) -> Result<Word<'a>, Self> {
        match self.value {
            Value::String(text) => Ok(Word { text, span: self.span }),
            _ => Err(self),
        }
    }
}

impl<'a> Lexer<'a> {
    /// Reads the token that begins here; `None` where what stood there was reported and skipped.
    pub(super) fn token(&mut self, role: Role) -> Option<Token<'a>> {
        let start = self.at;
        let value = match self.peek()? {
            b'"' => Value::String(self.string()),
            b'#' if self.sees_string() => Value::String(self.string()),
            b'#' => self.keyword(role)?,
            b'\'' | b'`' => self.foreign_quotes(),
            b'-' if self.sees("--") => return self.foreign_comment(2),
            b'0'..=b'9' | b'+' | b'-' | b'.' if self.sees_number() => self.number(),
            _ => Value::String(Cow::Borrowed(self.bare()?)),
        };
        let token = Token { value, span: Span::new(start, self.at) };
        if self.ends_value(self.at) { Some(token) } else { Some(self.boundary(token, role)) }
    }

    /// Reads a bare word up to the first comma.
    pub(super) fn bare(&mut self) -> Option<&'a str> {
        let start = self.at;
        self.skip_bare();
        if let Some(comma) = self.text[start..self.at].find(',') {
            self.at = start + comma;
            if comma == 0 {
                self.commas.push(start);
                self.at += 1;
                return None;
            }
        } else if self.at == start {
            self.unexpected();
            return None;
        }
        Some(&self.text[start..self.at])
    }

    /// Reads `#true` and its like.
    fn keyword(&mut self, role: Role) -> Option<Value<'a>> {
        let start = self.at;
        self.at += 1;
        if matches!(role, Role::Name) || self.peek() == Some(b'#') || self.ends_value(self.at) {
            self.at = start;
            return self.foreign_comment(1).map(|it| it.value);
        }
        self.skip_bare();
        if let Some(comma) = self.text[start..self.at].find(',') {
            self.at = start + comma;
        }
        let word = &self.text[start..self.at];
        Some(keyword_value(&word[1..]).unwrap_or_else(|| {
            let place = self.place(start, self.at);
            self.report(codes::unknown_keyword(place, word));
            self.damaged = true;
            Value::String(Cow::Borrowed(word))
        }))
    }

    /// Reads `'text'` or `` `text` ``.
    fn foreign_quotes(&mut self) -> Value<'a> {
        let start = self.at;
        let quote = char::from(self.text.as_bytes()[start]);
        let rest = &self.text[start + 1..self.line_end(start)];
        let text = if let Some(len) = rest.find(quote) {
            self.at += len + 2;
            &rest[..len]
        } else {
            self.skip_bare();
            self.damaged = true;
            &self.text[start + 1..self.at]
        };
        let place = self.place(start, self.at);
        self.report(codes::single_quoted_string(place, quote, text));
        Value::String(Cow::Borrowed(text))
    }

    /// Skips a comment of SQL or of a shell.
    fn foreign_comment(&mut self, mark: usize) -> Option<Token<'a>> {
        let place = self.place(self.at, self.at + mark);
        let text = &self.text[place.span.range()];
        self.report(codes::wrong_comment_mark(place, text));
        self.skip_line_comment();
        None
    }

    /// Deals with a token that something unexpected touches.
    fn boundary(&mut self, token: Token<'a>, role: Role) -> Token<'a> {
        let at = self.at;
        match self.peek() {
            Some(b'(' | b'[') => return self.brackets(token, role),
            Some(b',') => {
                self.commas.push(at);
                self.at += 1;
            }
            Some(b'"') if !self.text[at + 1..self.line_end(at)].contains('"') => {
                self.at += 1;
                let start = token.span.start as usize;
                let (place, opening) = (self.place(at, at + 1), self.place(start, start));
                self.report(codes::unopened_string(place, opening));
                self.damaged = true;
            }
            Some(b'"') => self.missing_blank(),
            Some(b'#') if self.sees_string() || self.sees_keyword() => self.missing_blank(),
            Some(b'#' | b')' | b']' | b'\\' | b'/') => self.unexpected(),
            _ if self.char(at).is_some_and(is_forbidden) => self.unexpected(),
            _ => self.missing_blank(),
        }
        token
    }

    fn missing_blank(&mut self) {
        let place = self.place(self.at, self.at + self.char(self.at).map_or(0, char::len_utf8));
        let gap = self.place(self.at, self.at);
        self.report(codes::missing_blank(place, gap));
    }

    fn sees_keyword(&self) -> bool {
        let mut probe = Lexer::new(self.file, self.text);
        probe.at = self.at + 1;
        probe.skip_bare();
        keyword_value(&self.text[self.at + 1..probe.at]).is_some()
    }

    /// Reports the character here and skips what cannot be understood because of it.
    pub(super) fn unexpected(&mut self) {
        let Some(char) = self.char(self.at) else { return };
        let place = self.place(self.at, self.at + char.len_utf8());
        if is_forbidden(char) {
            self.report(codes::forbidden_character(place, char));
            while self.char(self.at).is_some_and(is_forbidden) {
                self.at += self.char(self.at).map_or(1, char::len_utf8);
            }
        } else {
            self.report(codes::unexpected_character(place, char));
            self.at += char.len_utf8();
            self.skip_to_node_end();
        }
    }

    /// Takes `(50)` or `[]` after a word as part of it.
    fn brackets(&mut self, token: Token<'a>, role: Role) -> Token<'a> {
        let start = token.span.start as usize;
        let square = self.peek() == Some(b'[');
        let closed = self.skip_brackets();
        let mut text = &self.text[start..self.at];
        let mut quoted = text.starts_with('"');
        if !quoted && closed && self.peek() == Some(b'"') && !self.has_quote_after(self.at) {
            self.at += 1;
            quoted = true;
        }
        let place = self.place(start, self.at);
        let inner = if quoted { text.replace('"', "") } else { String::new() };
        self.damaged |= !closed || matches!(role, Role::Name);
        self.report(match role {
            Role::Name => codes::call_as_name(place, text),
            _ if square => codes::bare_word_with_brackets(place, text, &inner),
            Role::Argument => codes::bare_word_with_parentheses(place, text, &inner, ""),
            Role::Value { key } => codes::bare_word_with_parentheses(place, text, &inner, key),
        });
        if matches!(role, Role::Name) {
            text = &self.text[token.span.range()];
        }
        let text = if quoted { Cow::Owned(inner) } else { Cow::Borrowed(text) };
        Token { value: Value::String(text), span: Span::new(start, self.at) }
    }

    fn has_quote_after(&self, at: usize) -> bool {
        self.text[at + 1..self.line_end(at)].contains('"')
    }

    /// Skips bracket pairs and the words that touch them; returns whether all were closed.
    fn skip_brackets(&mut self) -> bool {
        let end = self.line_end(self.at);
        let mut depth = 0_usize;
        while self.at < end {
            match self.text.as_bytes()[self.at] {
                b'(' | b'[' => depth += 1,
                b')' | b']' if depth > 0 => depth -= 1,
                b'{' | b';' => return false,
                _ if depth == 0 => break,
                _ => {}
            }
            self.at += 1;
        }
        depth == 0
    }
}

/// Returns the value of a word that KDL spells with `#`.
pub(super) fn keyword_value(word: &str) -> Option<Value<'static>> {
    Some(match word {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        "null" => Value::Null,
        "inf" => Value::Keyword("#inf"),
        "-inf" => Value::Keyword("#-inf"),
        "nan" => Value::Keyword("#nan"),
        _ => return None,
    })
}
