//! Expressions of MySQL and SQLite in which operands and operators do not take turns, as in those that were written
//! for another database: `a ~ '^x'`, `ANY (ARRAY['x'])`, `EXTRACT(EPOCH FROM t)`.

use super::{
    cursor::{Cursor, Failure, Res},
    reserved::is_reserved,
};
use crate::{
    base::is_one_of,
    sql::{
        Family,
        ast::{Fault, Sql},
        token::Kind,
    },
};

/// Words behind an operand that another one follows.
const JOINING: &[&str] = &[
    "and", "between", "by", "collate", "div", "else", "escape", "glob", "in", "is", "like",
    "match", "mod", "of", "or", "order", "over", "regexp", "rlike", "then", "using", "when", "xor",
];

/// The same between the arguments of functions of MySQL.
const MYSQL_JOINING: &[&str] = &["for", "from", "separator"];

/// Words behind an operand that none has to follow.
const CLOSING: &[&str] =
    &["asc", "desc", "end", "isnull", "member", "mode", "not", "notnull", "null", "sounds"];

/// Words that a type, or nothing that could be told, follows up to the end of the parentheses.
const TYPED: &[&str] = &["against", "as", "returning"];

/// Words in front of an operand.
const PREFIXES: &[&str] = &[
    "all", "binary", "both", "case", "distinct", "exists", "from", "interval", "leading", "not",
    "trailing", "when",
];

/// Reserved words that are values by themselves.
const VALUES: &[&str] = &[
    "current_date",
    "current_time",
    "current_timestamp",
    "current_user",
    "default",
    "false",
    "localtime",
    "localtimestamp",
    "maxvalue",
    "null",
    "true",
    "utc_date",
    "utc_time",
    "utc_timestamp",
];

/// What MySQL measures time in (<https://dev.mysql.com/doc/refman/8.4/en/expressions.html#temporal-intervals>).
#[rustfmt::skip]
const UNITS: &[&str] = &[
    "day", "day_hour", "day_microsecond", "day_minute", "day_second", "hour", "hour_microsecond", "hour_minute",
    "hour_second", "microsecond", "minute", "minute_microsecond", "minute_second", "month", "quarter", "second",
    "second_microsecond", "week", "year", "year_month",
];

impl<'a> Cursor<'a, '_> {
    /// Errs with the expression, which reaches from the token `start` to here, if no such one is this database's.
    /// PostgreSQL's are read elsewhere.
    pub(super) fn sound(&self, start: usize, it: Sql<'a>) -> Res<Sql<'a>> {
        if self.family() == Family::Postgres {
            return Ok(it);
        }
        let mut turns = Turns { ctx: self, at: start, has_operand: false };
        while turns.at < self.at {
            match turns.step() {
                Step::Fine => turns.at += 1,
                Step::Unknown => break,
                Step::Misplaced => {
                    let span = self.tokens[turns.at].span;
                    let reason = format!("`{}` cannot stand here", self.raw(self.tokens[turns.at]));
                    return Err(Failure { fault: Fault { span, reason }, certain: true });
                }
            }
        }
        Ok(it)
    }

    /// Reads an expression in parentheses, which has to be one of this database.
    pub(super) fn sound_parens(&mut self) -> Res<Sql<'a>> {
        let start = self.at;
        let res = self.parens()?;
        self.sound(start, res)
    }
}

/// What a token is where it stands.
enum Step {
    Fine,
    /// What follows cannot be told.
    Unknown,
    Misplaced,
}

/// A walk over the tokens of an expression.
struct Turns<'c, 'a, 't> {
    ctx: &'c Cursor<'a, 't>,
    at: usize,
    has_operand: bool,
}

impl<'a> Turns<'_, 'a, '_> {
    fn text(&self, at: usize) -> &'a str {
        self.ctx.tokens.get(at).map_or("", |it| self.ctx.raw(*it))
    }

    fn is_mysql(&self) -> bool {
        self.ctx.family() == Family::MySql
    }

    fn step(&mut self) -> Step {
        let text = self.text(self.at);
        match self.ctx.tokens[self.at].kind {
            Kind::Broken | Kind::Placeholder | Kind::End => Step::Unknown,
            Kind::Symbol => self.symbol(text),
            Kind::Word if self.has_operand => self.goes_on(text),
            Kind::Word => self.begins(text),
            Kind::String if !self.is_mysql() && text.starts_with(['b', 'B', 'n', 'N']) => {
                Step::Misplaced
            }
            Kind::String if self.has_operand && self.is_introduced() => Step::Fine,
            Kind::Number | Kind::String | Kind::Quoted if self.has_operand => Step::Misplaced,
            Kind::Number | Kind::String | Kind::Quoted => {
                self.has_operand = true;
                Step::Fine
            }
        }
    }

    fn symbol(&mut self, text: &str) -> Step {
        if self.has_operand && matches!(text, "[" | "::" | "~") {
            return Step::Misplaced;
        }
        // `count(*)`, `now()`, a parameter
        self.has_operand = text == ")" || !self.has_operand && matches!(text, "*" | "?");
        Step::Fine
    }

    /// A word where an operand is awaited.
    fn begins(&mut self, text: &str) -> Step {
        // What queries look like is judged elsewhere.
        if is_one_of(text, &["select", "with"]) {
            return Step::Unknown;
        }
        let is_extract = self.is_mysql() && text.eq_ignore_ascii_case("extract");
        if is_extract && self.text(self.at + 1) == "(" && !is_one_of(self.text(self.at + 2), UNITS)
        {
            self.at += 2;
            return Step::Misplaced;
        }
        if self.is_no_name(text) {
            return Step::Misplaced;
        }
        self.has_operand = !is_one_of(text, PREFIXES);
        Step::Fine
    }

    /// Whether the word is reserved, and so neither a column nor a value nor what begins one.
    fn is_no_name(&self, text: &str) -> bool {
        let is_part = self.is_mysql() && self.at > 0 && self.text(self.at - 1) == ".";
        !is_part
            && self.text(self.at + 1) != "("
            && is_reserved(text, self.ctx.lexis)
            && !is_one_of(text, PREFIXES)
            && !is_one_of(text, VALUES)
            && !is_one_of(text, UNITS)
    }

    /// A word where an operator is awaited.
    fn goes_on(&mut self, text: &str) -> Step {
        if is_one_of(text, TYPED) || text.eq_ignore_ascii_case("filter") {
            return Step::Unknown;
        }
        let is_mysql = self.is_mysql();
        if is_one_of(text, JOINING) || is_mysql && is_one_of(text, MYSQL_JOINING) {
            self.has_operand = false;
            return Step::Fine;
        }
        let is_known = is_one_of(text, CLOSING) || is_mysql && is_of_type(text);
        if is_known { Step::Fine } else { Step::Misplaced }
    }

    /// Whether the string goes on with one in front of it, or belongs to a word: `_utf8mb4 'x'`, `DATE '2024-01-01'`.
    fn is_introduced(&self) -> bool {
        let Some(before) = self.at.checked_sub(1) else { return false };
        let text = self.text(before);
        self.is_mysql()
            && (self.ctx.tokens[before].kind == Kind::String
                || text.starts_with('_')
                || is_one_of(text, &["date", "time", "timestamp"]))
    }
}

/// Whether the word is a unit of time, of a type as in `CONVERT(a, SIGNED INTEGER)`, or of `NEXT VALUE FOR s`.
fn is_of_type(text: &str) -> bool {
    let words = ["character", "charset", "integer", "precision", "set", "value"];
    is_one_of(text, UNITS) || is_one_of(text, &words)
}
