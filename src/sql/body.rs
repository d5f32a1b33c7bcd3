//! Follows a statement's words to know which semicolons lie inside a body.

use super::{Family, Lexis, token::Kind};

/// What has been seen of a statement so far.
#[derive(Debug, Default)]
pub(super) struct Body {
    form: Form,
    n_tokens: u32,
    /// One for each open block; true for a `CASE` that is an expression.
    blocks: Vec<bool>,
    had_blocks: bool,
    before: Before,
    in_rule: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Form {
    /// `CREATE`, perhaps `OR REPLACE`, `DEFINER = …`: what is created comes later.
    #[default]
    Unknown,
    Plain,
    /// A routine, trigger or event whose body is `BEGIN … END`.
    Routine,
    /// A function of PostgreSQL: `BEGIN ATOMIC … END`.
    Atomic,
    /// `CREATE RULE … DO (a; b)`.
    Rule,
}

/// The role of the token before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Before {
    #[default]
    Other,
    /// A statement may start now.
    Start,
    End,
    Begin,
    Dot,
}

impl Body {
    /// Whether a semicolon here does not end the statement.
    pub(super) fn is_open(&self) -> bool {
        !self.blocks.is_empty() || self.in_rule
    }

    /// Whether a semicolon here ends the statement for the server, be the client's delimiter another one. A body that is
    /// no block may be a condition or a loop.
    pub(super) fn is_whole(&self) -> bool {
        let is_plain = matches!(self.form, Form::Plain | Form::Unknown);
        self.blocks.is_empty() && (is_plain || self.had_blocks)
    }

    /// Takes the next token; `n_open` parentheses are open, this token included.
    pub(super) fn follow(&mut self, text: &str, kind: Kind, lexis: &Lexis, n_open: usize) {
        self.n_tokens += 1;
        self.had_blocks |= !self.blocks.is_empty();
        match self.form {
            Form::Plain => {}
            Form::Rule => self.in_rule = n_open > 0,
            Form::Unknown => self.find_form(text, kind, lexis),
            Form::Routine | Form::Atomic => {
                self.before = if kind == Kind::Word {
                    self.follow_word(&text.to_ascii_lowercase())
                } else {
                    match text {
                        ";" | ":" => Before::Start,
                        "." => Before::Dot,
                        _ => Before::Other,
                    }
                };
            }
        }
    }

    fn find_form(&mut self, text: &str, kind: Kind, lexis: &Lexis) {
        if kind != Kind::Word {
            return;
        }
        let word = text.to_ascii_lowercase();
        let postgres = lexis.family == Family::Postgres;
        self.form = match word.as_str() {
            "create" | "alter" if self.n_tokens == 1 => Form::Unknown,
            "begin" if self.n_tokens == 1 && lexis.mariadb_comments => Form::Unknown,
            "not" if self.n_tokens == 2 && lexis.mariadb_comments => {
                self.blocks.push(false);
                Form::Routine
            }
            _ if self.n_tokens == 1 || self.n_tokens > 16 => Form::Plain,
            "trigger" | "event" | "procedure" | "function" if lexis.block_bodies => Form::Routine,
            "procedure" | "function" if postgres => Form::Atomic,
            "rule" if postgres => Form::Rule,
            "table" | "index" | "view" | "type" | "database" | "schema" => Form::Plain,
            _ => Form::Unknown,
        };
    }

    fn follow_word(&mut self, word: &str) -> Before {
        let before = self.before;
        if before == Before::Dot {
            return Before::Other;
        }
        let starts = before == Before::Start || before == Before::Begin;
        match word {
            "begin" if self.form == Form::Routine => {
                self.blocks.push(false);
                Before::Begin
            }
            "begin" => Before::Begin,
            "atomic" if before == Before::Begin && self.form == Form::Atomic => {
                self.blocks.push(false);
                Before::Start
            }
            "case" if before != Before::End && !self.blocks.is_empty() => {
                self.blocks.push(!starts);
                Before::Other
            }
            "if" | "loop" | "while" | "repeat" | "for"
                if starts && before != Before::End && self.form == Form::Routine =>
            {
                self.blocks.push(false);
                if matches!(word, "loop" | "repeat") { Before::Start } else { Before::Other }
            }
            "end" => {
                self.blocks.pop();
                Before::End
            }
            "then" | "else" | "do" | "row" if self.blocks.last() != Some(&true) => Before::Start,
            _ => Before::Other,
        }
    }
}
