//! SQL as it is written where the session's modes read nothing otherwise: the same statement for a session that begins.

use std::borrow::Cow;

use super::{
    Lexis,
    literal::unquote,
    token::{Kind, Lexer, Token},
};

/// Returns the text with its names, strings and `||` spelt for a session of no such mode. A text that is spelt anew stays
/// for the rest of the run, as the script that it comes from does.
pub(super) fn as_usual<'a>(text: &'a str, lexis: &Lexis) -> &'a str {
    if lexis.reading.is_usual() {
        return text;
    }
    match respelt(text, lexis) {
        Cow::Borrowed(it) => it,
        Cow::Owned(it) => it.leak(),
    }
}

fn respelt<'a>(text: &'a str, lexis: &Lexis) -> Cow<'a, str> {
    if !text.contains(['"', '\\', '|']) {
        return Cow::Borrowed(text);
    }
    let tokens = Lexer::tokens(text, lexis);
    let mut words: Vec<String> = tokens.iter().map(|it| word(text, *it, lexis)).collect();
    if lexis.reading.joining_pipes {
        Joins { text, tokens: &tokens, chains: Vec::new() }.respell(&mut words);
    }
    let mut res = String::with_capacity(text.len() + 16);
    let mut at = 0;
    for (token, word) in tokens.iter().zip(&words) {
        res.push_str(&text[at..token.span.start as usize]);
        res.push_str(word);
        at = token.span.end as usize;
    }
    res.push_str(&text[at..]);
    Cow::Owned(res)
}

fn word(text: &str, token: Token, lexis: &Lexis) -> String {
    let raw = &text[token.span.range()];
    match token.kind {
        Kind::Quoted if raw.starts_with('"') => format!("`{}`", unquote(raw).replace('`', "``")),
        Kind::String if lexis.reading.plain_backslashes => raw.replace('\\', "\\\\"),
        _ => raw.to_owned(),
    }
}

/// `a || b || c` as `concat(concat(a, b), c)`, as servers keep it.
struct Joins<'t> {
    text: &'t str,
    tokens: &'t [Token],
    /// Of each `||` so far: the first and the last token of what it joins.
    chains: Vec<(usize, usize)>,
}

impl Joins<'_> {
    fn respell(&mut self, words: &mut [String]) {
        let mut at = 1;
        while at + 1 < self.tokens.len() {
            let Some(width) = self.pipes(at) else {
                at += 1;
                continue;
            };
            let start = self.start_of_operand(at - 1);
            let end = self.end_of_operand(at + width);
            words[start].insert_str(0, "concat(");
            ",".clone_into(&mut words[at]);
            if width == 2 {
                words[at + 1].clear();
            }
            if let Some(last) = words.get_mut(end) {
                last.push(')');
            }
            self.chains.push((start, end));
            at += width;
        }
    }

    fn raw(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |it| &self.text[it.span.range()])
    }

    /// Returns how many tokens make the `||` that stands there.
    fn pipes(&self, at: usize) -> Option<usize> {
        let is_pair = self.raw(at) == "|"
            && self.raw(at + 1) == "|"
            && self.tokens[at].span.end == self.tokens[at + 1].span.start;
        match self.raw(at) {
            "||" => Some(1),
            _ => is_pair.then_some(2),
        }
    }

    /// Returns where the operand begins whose last token that is.
    fn start_of_operand(&self, last: usize) -> usize {
        if let Some(chain) = self.chains.iter().rev().find(|it| it.1 == last) {
            return chain.0;
        }
        let mut at = match self.raw(last) {
            ")" => self.opening(last),
            it if it.eq_ignore_ascii_case("end") => self.case(last),
            _ => last,
        };
        let is_call = |at: usize| self.tokens[at].kind != Kind::Symbol && !self.is_operator(at);
        if self.raw(last) == ")" && at > 0 && is_call(at - 1) {
            at -= 1;
        }
        while at >= 2 && self.raw(at - 1) == "." {
            at -= 2;
        }
        if at >= 2 && self.raw(at - 1).eq_ignore_ascii_case("collate") {
            return self.start_of_operand(at - 2);
        }
        while at > 0 && self.is_sign(at - 1) {
            at -= 1;
        }
        at
    }

    /// Returns where the operand ends that begins there.
    fn end_of_operand(&self, first: usize) -> usize {
        let mut at = first;
        while matches!(self.raw(at), "-" | "+" | "~" | "!") {
            at += 1;
        }
        if self.raw(at).eq_ignore_ascii_case("case") {
            return self.end_of_case(at);
        }
        if self.raw(at) == "(" {
            at = self.closing(at);
        }
        while self.raw(at + 1) == "." {
            at += 2;
        }
        if self.raw(at + 1) == "(" && self.raw(at) != ")" {
            at = self.closing(at + 1);
        }
        if self.raw(at + 1).eq_ignore_ascii_case("collate") {
            at += 2;
        }
        at
    }

    /// Words that no call begins with: what stands in parentheses behind them is an operand of its own.
    fn is_operator(&self, at: usize) -> bool {
        const WORDS: [&str; 20] = [
            "all", "and", "as", "between", "by", "distinct", "div", "else", "in", "like", "mod",
            "not", "on", "or", "return", "select", "set", "then", "when", "where",
        ];
        WORDS.iter().any(|it| it.eq_ignore_ascii_case(self.raw(at)))
    }

    /// Whether the token is a sign in front of an operand, and no operator between two.
    fn is_sign(&self, at: usize) -> bool {
        let ends_operand = at > 0
            && (self.raw(at - 1) == ")"
                || self.tokens[at - 1].kind != Kind::Symbol && !self.is_operator(at - 1));
        matches!(self.raw(at), "-" | "+" | "~" | "!") && !ends_operand
    }

    fn opening(&self, close: usize) -> usize {
        self.partner((0..=close).rev(), ")", "(").unwrap_or(0)
    }

    fn closing(&self, open: usize) -> usize {
        self.partner(open..self.tokens.len(), "(", ")").unwrap_or(self.tokens.len() - 1)
    }

    fn case(&self, end: usize) -> usize {
        self.partner((0..=end).rev(), "end", "case").unwrap_or(0)
    }

    fn end_of_case(&self, start: usize) -> usize {
        self.partner(start..self.tokens.len(), "case", "end").unwrap_or(self.tokens.len() - 1)
    }

    /// Returns where what the first token begins comes to its end, the same within it left out.
    fn partner(
        &self,
        mut way: impl Iterator<Item = usize>,
        begins: &str,
        ends: &str,
    ) -> Option<usize> {
        let mut depth = 0;
        let is = |at: usize, word: &str| self.raw(at).eq_ignore_ascii_case(word);
        way.find(|&at| {
            depth += i32::from(is(at, begins)) - i32::from(is(at, ends));
            depth == 0
        })
    }
}
