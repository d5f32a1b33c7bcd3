//! Which tables and views a query reads, found without reading the query whole.

use super::{
    lexis::Lexis,
    literal,
    token::{Kind, Lexer, Token},
};
use crate::base::Span;

/// A name behind `FROM` or `JOIN`, with its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    pub schema: Option<String>,
    pub name: String,
    /// Of the name without its schema.
    pub span: Span,
}

/// What the place is inside of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// Anything but a list of relations.
    Other,
    /// Behind FROM or JOIN: a relation comes next.
    Expects,
    /// Behind a relation: a comma brings the next.
    List,
    /// The arguments of a function, where FROM means something else.
    Call,
}

/// Returns the relations that a query reads, those that it defines itself left out.
pub fn relations(text: &str, lexis: &Lexis) -> Vec<Relation> {
    let tokens = tokens(text, lexis);
    let raw = |at: usize| tokens.get(at).map_or("", |it| &text[it.span.range()]);
    let is_name =
        |at: usize| tokens.get(at).is_some_and(|it| matches!(it.kind, Kind::Word | Kind::Quoted));
    let mut res: Vec<Relation> = Vec::new();
    let mut own: Vec<String> = Vec::new();
    let mut stack = vec![Inside::Other];
    let mut at = 0;
    while at < tokens.len() {
        let word = raw(at).to_ascii_lowercase();
        let top = *stack.last().unwrap_or(&Inside::Other);
        let mut next = top;
        match word.as_str() {
            "(" => {
                let is_call =
                    top != Inside::Expects && at > 0 && is_name(at - 1) && !is_keyword(raw(at - 1));
                stack.push(match top {
                    Inside::Expects => Inside::Expects,
                    _ if is_call => Inside::Call,
                    _ => Inside::Other,
                });
                at += 1;
                continue;
            }
            ")" => {
                if stack.len() > 1 {
                    stack.pop();
                }
                if let Some(last) = stack.last_mut().filter(|it| **it == Inside::Expects) {
                    *last = Inside::List;
                }
                at += 1;
                continue;
            }
            "select" | "values" => next = Inside::Other,
            "from" if top != Inside::Call => next = Inside::Expects,
            "join" | "straight_join" => next = Inside::Expects,
            "," if top == Inside::List => next = Inside::Expects,
            "where" | "group" | "having" | "order" | "limit" | "union" | "window" | "except"
            | "intersect" | "on"
                if top == Inside::List =>
            {
                next = Inside::Other;
            }
            "as" if raw(at + 1) == "(" && at > 0 => own.push(unquoted(raw(at - 1))),
            "lateral" if top == Inside::Expects => {}
            _ if top == Inside::Expects && is_name(at) => {
                let mut schema = None;
                let mut name = at;
                while raw(name + 1) == "." && is_name(name + 2) {
                    schema = Some(unquoted(raw(name)));
                    name += 2;
                }
                if raw(name + 1) != "(" {
                    let span = tokens[name].span;
                    res.push(Relation { schema, name: unquoted(raw(name)), span });
                }
                at = name;
                next = Inside::List;
            }
            _ => {}
        }
        if let Some(last) = stack.last_mut() {
            *last = next;
        }
        at += 1;
    }
    let is_own = |it: &Relation| {
        it.schema.is_none() && own.iter().any(|own| own.eq_ignore_ascii_case(&it.name))
    };
    res.retain(|it| !is_own(it));
    res
}

/// Returns the columns that a trigger's body names as `NEW.c` and `OLD.c`.
pub fn row_columns(text: &str, lexis: &Lexis) -> Vec<(String, Span)> {
    let tokens = tokens(text, lexis);
    let raw = |it: &Token| &text[it.span.range()];
    let is_row = |it: &Token| {
        it.kind == Kind::Word
            && ["new", "old"].iter().any(|word| raw(it).eq_ignore_ascii_case(word))
    };
    let found = tokens.windows(3).enumerate().filter(|(at, it)| {
        is_row(&it[0])
            && raw(&it[1]) == "."
            && matches!(it[2].kind, Kind::Word | Kind::Quoted)
            && (*at == 0 || raw(&tokens[at - 1]) != ".")
    });
    found.map(|(_, it)| (unquoted(raw(&it[2])), it[2].span)).collect()
}

/// Returns the text with another name wherever it reads or writes the relation; `None` if it does neither.
pub fn with_relation_renamed(text: &str, from: &str, to: &str, lexis: &Lexis) -> Option<String> {
    let read = relations(text, lexis);
    let tokens = tokens(text, lexis);
    let raw = |at: usize| tokens.get(at).map_or("", |it| &text[it.span.range()]);
    let is_it = |at: &usize| {
        let token = tokens[*at];
        if !matches!(token.kind, Kind::Word | Kind::Quoted)
            || !unquoted(raw(*at)).eq_ignore_ascii_case(from)
        {
            return false;
        }
        let before = at.checked_sub(1).map_or("", raw);
        let is_written = ["update", "into"].iter().any(|it| before.eq_ignore_ascii_case(it));
        is_written || raw(at + 1) == "." || read.iter().any(|it| it.span == token.span)
    };
    let places: Vec<usize> = (0..tokens.len()).filter(is_it).collect();
    if places.is_empty() {
        return None;
    }
    let mut res = text.to_owned();
    for at in places.into_iter().rev() {
        res.replace_range(tokens[at].span.range(), to);
    }
    Some(res)
}

/// Returns whether a client that knows no statements would cut the text at a semicolon.
pub fn holds_semicolon(text: &str, lexis: &Lexis) -> bool {
    tokens(text, lexis).iter().any(|it| &text[it.span.range()] == ";")
}

/// Returns the text without comments, each run of blanks as one, words outside of quotes in lower case.
pub fn plain_text(text: &str, lexis: &Lexis) -> String {
    let mut res = String::with_capacity(text.len());
    let mut end = None;
    for it in tokens(text, lexis) {
        if end.is_some_and(|end| end < it.span.start) {
            res.push(' ');
        }
        end = Some(it.span.end);
        let raw = &text[it.span.range()];
        if it.kind == Kind::Word {
            res.push_str(&raw.to_ascii_lowercase());
        } else {
            res.push_str(raw);
        }
    }
    res
}

fn tokens(text: &str, lexis: &Lexis) -> Vec<Token> {
    let mut lexer = Lexer::new(text, lexis);
    let mut res = Vec::new();
    while lexer.skip_blanks().is_none() && !lexer.is_done() {
        res.push(lexer.token());
    }
    res
}

fn unquoted(raw: &str) -> String {
    if raw.starts_with(['`', '"', '[']) {
        literal::unquote(raw).into_owned()
    } else {
        raw.to_owned()
    }
}

/// Words before a parenthesis that is no list of arguments.
fn is_keyword(word: &str) -> bool {
    [
        "in", "exists", "and", "or", "not", "where", "on", "as", "select", "all", "any", "some",
        "over",
    ]
    .iter()
    .any(|it| it.eq_ignore_ascii_case(word))
}
