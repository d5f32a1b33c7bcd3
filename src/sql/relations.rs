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
    let tokens = Lexer::tokens(text, lexis);
    let mut reader =
        Reader { text, tokens: &tokens, stack: vec![Inside::Other], own: vec![], found: vec![] };
    let mut at = 0;
    while at < tokens.len() {
        at = reader.step(at);
    }
    let Reader { mut found, own, .. } = reader;
    let is_own = |it: &Relation| {
        it.schema.is_none() && own.iter().any(|own| own.eq_ignore_ascii_case(&it.name))
    };
    found.retain(|it| !is_own(it));
    found
}

/// A walk over the tokens of a query.
struct Reader<'t> {
    text: &'t str,
    tokens: &'t [Token],
    /// What each open parenthesis is; the query itself is the first.
    stack: Vec<Inside>,
    /// The names that WITH defines.
    own: Vec<String>,
    found: Vec<Relation>,
}

/// Words behind which a list of relations is over.
const ENDS: &[&str] =
    &["except", "group", "having", "intersect", "limit", "on", "order", "union", "where", "window"];

impl<'t> Reader<'t> {
    fn raw(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |it| &self.text[it.span.range()])
    }

    fn is_name(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|it| matches!(it.kind, Kind::Word | Kind::Quoted))
    }

    fn top(&self) -> Inside {
        *self.stack.last().unwrap_or(&Inside::Other)
    }

    /// Looks at a token; returns the number of the next one.
    fn step(&mut self, at: usize) -> usize {
        let (top, word) = (self.top(), self.raw(at).to_ascii_lowercase());
        match word.as_str() {
            "(" => self.open(at),
            ")" => self.close(),
            "select" | "values" => self.turn(Inside::Other),
            "from" if top != Inside::Call => self.turn(Inside::Expects),
            "join" | "straight_join" => self.turn(Inside::Expects),
            "," if top == Inside::List => self.turn(Inside::Expects),
            it if top == Inside::List && ENDS.contains(&it) => self.turn(Inside::Other),
            "as" if self.raw(at + 1) == "(" && at > 0 => self.own.push(unquoted(self.raw(at - 1))),
            "lateral" if top == Inside::Expects => {}
            _ if top == Inside::Expects && self.is_name(at) => return self.relation(at),
            _ => {}
        }
        at + 1
    }

    fn turn(&mut self, to: Inside) {
        if let Some(last) = self.stack.last_mut() {
            *last = to;
        }
    }

    fn open(&mut self, at: usize) {
        let top = self.top();
        let is_call = at > 0 && self.is_name(at - 1) && !is_keyword(self.raw(at - 1));
        self.stack.push(match top {
            Inside::Expects => Inside::Expects,
            _ if is_call => Inside::Call,
            _ => Inside::Other,
        });
    }

    fn close(&mut self) {
        if self.stack.len() > 1 {
            self.stack.pop();
        }
        if self.top() == Inside::Expects {
            self.turn(Inside::List);
        }
    }

    /// Reads `[schema.]name`, unless it is a function that gives rows.
    fn relation(&mut self, at: usize) -> usize {
        let (mut name, mut schema) = (at, None);
        while self.raw(name + 1) == "." && self.is_name(name + 2) {
            schema = Some(unquoted(self.raw(name)));
            name += 2;
        }
        if self.raw(name + 1) != "(" {
            let span = self.tokens[name].span;
            self.found.push(Relation { schema, name: unquoted(self.raw(name)), span });
        }
        self.turn(Inside::List);
        name + 1
    }
}

/// Returns the relation that `INSERT`, `UPDATE`, `DELETE` or `MERGE` writes to, if the text is one of them.
pub fn target(text: &str, lexis: &Lexis) -> Option<Relation> {
    let tokens = Lexer::tokens(text, lexis);
    let raw = |at: usize| tokens.get(at).map_or("", |it| &text[it.span.range()]);
    let is = |at: usize, word: &str| raw(at).eq_ignore_ascii_case(word);
    let mut at = match () {
        () if is(0, "insert") && is(1, "into") || is(0, "merge") && is(1, "into") => 2,
        () if is(0, "delete") && is(1, "from") => 2,
        () if is(0, "update") => 1,
        () => return None,
    };
    at += usize::from(is(at, "only"));
    let mut schema = None;
    while raw(at + 1) == "." {
        schema = Some(unquoted(raw(at)));
        at += 2;
    }
    let span = tokens.get(at)?.span;
    Some(Relation { schema, name: unquoted(raw(at)), span })
}

/// Returns the columns that a trigger's body names as `NEW.c` and `OLD.c`.
pub fn row_columns(text: &str, lexis: &Lexis) -> Vec<(Row, String, Span)> {
    let tokens = Lexer::tokens(text, lexis);
    let raw = |at: usize| tokens.get(at).map_or("", |it| &text[it.span.range()]);
    let is_row = |at: usize| {
        let is_word = tokens[at].kind == Kind::Word
            && ["new", "old"].iter().any(|word| raw(at).eq_ignore_ascii_case(word));
        let is_column =
            tokens.get(at + 2).is_some_and(|it| matches!(it.kind, Kind::Word | Kind::Quoted));
        is_word && raw(at + 1) == "." && is_column && (at == 0 || raw(at - 1) != ".")
    };
    let read = |at: usize| {
        let is_new = raw(at).eq_ignore_ascii_case("new");
        let behind_set = at > 0 && raw(at - 1).eq_ignore_ascii_case("set");
        let row = match (is_new, behind_set && matches!(raw(at + 3), "=" | ":=")) {
            (true, false) => Row::New,
            (true, true) => Row::SetNew,
            (false, false) => Row::Old,
            (false, true) => Row::SetOld,
        };
        (row, unquoted(raw(at + 2)), tokens[at + 2].span)
    };
    (0..tokens.len()).filter(|at| is_row(*at)).map(read).collect()
}

/// Which row of a trigger is meant, and whether a value is given to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    New,
    Old,
    SetNew,
    SetOld,
}

/// Returns whether the word stands in the text, outside of quotes and comments.
pub fn has_word(text: &str, word: &str, lexis: &Lexis) -> bool {
    let is_it =
        |it: &Token| it.kind == Kind::Word && text[it.span.range()].eq_ignore_ascii_case(word);
    let mut parts = text.as_bytes().windows(word.len());
    parts.any(|it| it.eq_ignore_ascii_case(word.as_bytes()))
        && Lexer::tokens(text, lexis).iter().any(is_it)
}

/// Returns where the first parameter of SQLite stands (<https://www.sqlite.org/lang_expr.html#parameters>).
pub fn parameter(text: &str, lexis: &Lexis) -> Option<Span> {
    let is_mark = |it: char| matches!(it, '?' | ':' | '@' | '$');
    if !text.contains(is_mark) {
        return None;
    }
    let is_parameter = |it: &&Token| {
        let raw = &text[it.span.range()];
        matches!(it.kind, Kind::Word | Kind::Symbol) && raw.starts_with(is_mark) && raw != ":="
    };
    Lexer::tokens(text, lexis).iter().find(is_parameter).map(|it| it.span)
}

/// Returns whether a client that knows no statements would cut the text at a semicolon.
pub fn holds_semicolon(text: &str, lexis: &Lexis) -> bool {
    Lexer::tokens(text, lexis).iter().any(|it| &text[it.span.range()] == ";")
}

/// Returns the text without comments, each run of blanks as one, words outside of quotes in lower case.
pub fn plain_text(text: &str, lexis: &Lexis) -> String {
    let mut res = String::with_capacity(text.len());
    let mut end = None;
    for it in Lexer::tokens(text, lexis) {
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
