//! Arguments, properties and type annotations of a node.

use std::borrow::Cow;

use crate::base::Span;

use super::{
    codes,
    node::{Arg, Node, Prop, Value, Word},
    parse::Parser,
    word::{Role, Token, keyword_value},
};

/// Up to this many properties are compared pair by pair.
const FEW: usize = 16;

impl<'a> Parser<'a> {
    /// Reads arguments and properties up to the node's block or end.
    pub(super) fn entries(&mut self, node: &mut Node<'a>) {
        loop {
            self.lexer.skip_blanks();
            let at = self.lexer.at;
            match self.lexer.peek() {
                None | Some(b'{' | b'}' | b';') => break,
                Some(b'/') if self.lexer.sees("//") => break,
                Some(b'/') if self.lexer.sees("/-") => {
                    if self.dropped_entry() {
                        break;
                    }
                }
                _ if self.lexer.newline_len(at) > 0 => break,
                _ => self.entry(node),
            }
        }
        self.commas();
        self.duplicates(node);
    }

    /// Reads `/-` and the entry after it; returns whether a block follows instead.
    fn dropped_entry(&mut self) -> bool {
        let at = self.lexer.at;
        self.lexer.at += 2;
        self.lead();
        match self.lexer.peek() {
            Some(b'{') => {
                self.lexer.at = at;
                return true;
            }
            None | Some(b'}' | b';') => {
                let place = self.lexer.place(at, at + 2);
                self.lexer.report(codes::nothing_dropped(place));
                self.lexer.damaged = true;
            }
            _ => {
                let span = Span::new(at, at);
                let name = Word { text: Cow::Borrowed(""), span };
                let mut dropped = Node {
                    ty: None,
                    name,
                    args: Vec::new(),
                    props: Vec::new(),
                    children: None,
                    doc: None,
                    damaged: false,
                    span,
                };
                self.entry(&mut dropped);
            }
        }
        false
    }

    fn entry(&mut self, node: &mut Node<'a>) {
        if self.detached_parentheses(node) {
            return;
        }
        let start = self.lexer.at;
        let reported = self.lexer.sink.len();
        let ty = self.annotation();
        if start < self.lexer.at {
            self.lexer.skip_blanks();
            if self.at_node_end() || self.lexer.peek() == Some(b'=') {
                if reported == self.lexer.sink.len() {
                    let place = self.lexer.place(start, self.lexer.at);
                    self.lexer.report(codes::idle_annotation(place));
                }
                self.lexer.damaged = true;
                return;
            }
        }
        let Some(token) = self.lexer.token(Role::Argument) else { return };
        self.set_last();
        self.lexer.skip_blanks();
        if self.lexer.peek() == Some(b'=') {
            return self.property(node, token, ty);
        }
        node.args.push(self.arg(token, ty));
    }

    /// Reads `=value` after the key.
    fn property(&mut self, node: &mut Node<'a>, key: Token<'a>, misplaced: Option<Word<'a>>) {
        let equals = self.lexer.at;
        let span = key.span;
        let place = self.lexer.place(span.start as usize, span.end as usize);
        let key = key.into_word().unwrap_or_else(|_| {
            self.lexer.report(codes::bad_key(place));
            Word { text: Cow::Borrowed(&self.lexer.text[span.range()]), span }
        });
        self.reserved_name(&key);
        self.lexer.at += 1;
        self.lexer.skip_blanks();
        if let Some(ty) = &misplaced {
            let place = self.lexer.place(ty.span.start as usize - 1, span.start as usize);
            let value = self.lexer.place(self.lexer.at, self.lexer.at);
            self.lexer.report(codes::annotated_key(place, value, &ty.text));
        }
        let reported = self.lexer.sink.len();
        let ty = self.annotation().or(misplaced);
        self.lexer.skip_blanks();
        if self.at_node_end() {
            if reported == self.lexer.sink.len() {
                let place = self.lexer.place(span.start as usize, equals + 1);
                self.lexer.report(codes::missing_property_value(place, &key.text));
            }
            self.lexer.damaged = true;
            return;
        }
        let role = Role::Value { key: &key.text };
        let Some(token) = self.lexer.token(role) else {
            self.lexer.damaged = true;
            return;
        };
        self.set_last();
        let arg = self.arg(token, ty);
        node.props.push(Prop { key, arg });
    }

    /// Makes a value of a token; a keyword without `#` is taken for the keyword.
    fn arg(&mut self, token: Token<'a>, ty: Option<Word<'a>>) -> Arg<'a> {
        let Token { mut value, span } = token;
        let spelling = &self.lexer.text[span.range()];
        if let Some(meant) = keyword_value(spelling) {
            let place = self.lexer.place(span.start as usize, span.end as usize);
            self.lexer.report(codes::bare_keyword(place, spelling));
            value = meant;
        }
        Arg { ty, value, span }
    }

    /// Reports a name that is spelt like a keyword.
    pub(super) fn reserved_name(&mut self, word: &Word<'a>) {
        let spelling = &self.lexer.text[word.span.range()];
        if keyword_value(spelling).is_some() {
            let place = self.lexer.place(word.span.start as usize, word.span.end as usize);
            self.lexer.report(codes::keyword_as_name(place, spelling));
        }
    }

    /// Reads `(type)`, if it is there; a wrong one is reported.
    pub(super) fn annotation(&mut self) -> Option<Word<'a>> {
        if self.lexer.peek() != Some(b'(') {
            return None;
        }
        let open = self.lexer.at;
        self.lexer.at += 1;
        self.lexer.skip_blanks();
        let start = self.lexer.at;
        let text = if self.lexer.sees_string() {
            self.lexer.string()
        } else {
            self.lexer.skip_bare();
            Cow::Borrowed(&self.lexer.text[start..self.lexer.at])
        };
        let word = Word { text, span: Span::new(start, self.lexer.at) };
        let spelling = &self.lexer.text[word.span.range()];
        let digit = spelling.starts_with(|it: char| it.is_ascii_digit());
        self.lexer.skip_blanks();
        if self.lexer.peek() == Some(b')') && !digit && !spelling.is_empty() {
            self.lexer.at += 1;
            self.reserved_name(&word);
            return Some(word);
        }
        let end = self.lexer.line_end(self.lexer.at);
        // A `)` within a string that follows closes nothing.
        let rest = &self.lexer.text[self.lexer.at..end];
        let close = rest.find([')', '"']).filter(|it| rest[*it..].starts_with(')'));
        let shown_end = close.map_or(word.span.end as usize, |it| self.lexer.at + it + 1);
        self.lexer.at += close.map_or(0, |it| it + 1);
        let place = self.lexer.place(open, shown_end.max(open + 1));
        self.lexer.report(codes::bad_annotation(place));
        self.lexer.damaged = true;
        if close.is_none() {
            self.lexer.skip_to_node_end();
        }
        None
    }

    /// Takes `(10, 2)` after a blank as part of the argument before it.
    fn detached_parentheses(&mut self, node: &mut Node<'a>) -> bool {
        let at = self.lexer.at;
        let text = self.lexer.text;
        let line = &text[at..self.lexer.line_end(at)];
        let Some(inner) = line.strip_prefix('(').and_then(|it| it.split_once(')')) else {
            return false;
        };
        let numbers = inner.0.contains(|it: char| it.is_ascii_digit())
            && inner.0.chars().all(|it| it.is_ascii_digit() || matches!(it, ',' | ' '));
        let Some(last) = node.args.last_mut().filter(|it| numbers && it.as_str().is_some()) else {
            return false;
        };
        self.lexer.at = at + inner.0.len() + 2;
        let start = last.span.start as usize;
        let name = last.as_str().unwrap_or_default().to_owned();
        let joined = format!("{name}({})", inner.0);
        let place = self.lexer.place(start, self.lexer.at);
        let spelling = &text[start..self.lexer.at];
        self.lexer.report(codes::bare_word_with_parentheses(place, spelling, &joined, ""));
        last.value = Value::String(Cow::Owned(joined));
        last.span = Span::new(start, self.lexer.at);
        self.set_last();
        true
    }

    fn at_node_end(&self) -> bool {
        matches!(self.lexer.peek(), None | Some(b';' | b'{' | b'}'))
            || self.lexer.sees("//")
            || self.lexer.newline_len(self.lexer.at) > 0
    }

    /// Reports the commas of a node, all in one.
    fn commas(&mut self) {
        if self.lexer.commas.is_empty() {
            return;
        }
        let commas = std::mem::take(&mut self.lexer.commas);
        let edits = commas.iter().map(|&at| {
            let touches = !self.lexer.ends_value(at + 1);
            (self.lexer.place(at, at + 1), if touches { " " } else { "" })
        });
        let edits = edits.collect();
        self.lexer.report(codes::comma_between_values(edits));
    }

    /// Reports each property that is given more than once.
    fn duplicates(&mut self, node: &Node<'a>) {
        let props = &node.props;
        let mut twice: Vec<(usize, usize)> = Vec::new();
        if props.len() <= FEW {
            for (i, prop) in props.iter().enumerate() {
                let first = props[..i].iter().position(|it| it.key.text == prop.key.text);
                twice.extend(first.map(|it| (it, i)));
            }
        } else {
            let mut order: Vec<usize> = (0..props.len()).collect();
            order.sort_by_key(|it| (&props[*it].key.text, *it));
            let same = |a: &usize, b: &usize| props[*a].key.text == props[*b].key.text;
            for run in order.chunk_by(same) {
                twice.extend(run[1..].iter().map(|it| (run[0], *it)));
            }
            twice.sort_by_key(|it| it.1);
        }
        for (first, again) in twice {
            let place = |it: &Prop| {
                let span = it.key.span.to(it.arg.span);
                self.lexer.place(span.start as usize, span.end as usize)
            };
            let (key, first, again) =
                (&props[again].key, place(&props[first]), place(&props[again]));
            self.lexer.report(codes::property_given_twice(again, first, &key.text));
        }
    }
}
