//! Where an expression ends; what it says is read elsewhere.

use super::cursor::{Cursor, Res};
use crate::sql::{Family, ast::Sql, token::Kind};

impl<'a> Cursor<'a, '_> {
    /// Reads operands joined by operators, as `DEFAULT` takes them without parentheses: it ends before
    /// a word that starts the next option. `AND`, `IN` and their like do not belong to it.
    pub(in crate::sql) fn expression(&mut self) -> Res<Sql<'a>> {
        let start = self.at;
        self.operand()?;
        while self.operator() {
            if self.family() == Family::Postgres && QUANTIFIERS.iter().any(|it| self.is(it)) {
                return Err(self.rejected("an operand"));
            }
            self.operand()?;
        }
        Ok(self.since(start))
    }

    fn operand(&mut self) -> Res<()> {
        while self.is_prefix() {
            self.at += 1;
        }
        let token = self.peek();
        match token.kind {
            Kind::String => {
                while self.peek().kind == Kind::String {
                    self.at += 1;
                }
            }
            Kind::Number => self.at += 1,
            Kind::Symbol if self.is_symbol("(") => drop(self.parens()?),
            Kind::Symbol if self.is_symbol("?") => self.at += 1,
            Kind::Word if self.is("case") => self.case()?,
            Kind::Word if self.is("interval") => self.interval()?,
            Kind::Word | Kind::Quoted => self.path_or_call()?,
            _ => return Err(self.expected("an expression")),
        }
        self.suffixes()
    }

    fn is_prefix(&self) -> bool {
        ["-", "+", "~", "!", "@", "|", "/"].iter().any(|it| self.is_symbol(it))
            || self.family() != Family::Postgres
                && self.is("not")
                && !self.is_nth(1, "null")
                && !self.is_nth(1, "valid")
    }

    fn case(&mut self) -> Res<()> {
        let mut depth = 0_usize;
        loop {
            if self.is_end() {
                return Err(self.expected("`end`"));
            }
            depth += usize::from(self.is("case"));
            let closes = self.is("end");
            self.at += 1;
            if closes {
                depth -= 1;
                if depth == 0 {
                    return Ok(());
                }
            }
        }
    }

    /// `INTERVAL '1 day'`, `INTERVAL 1 DAY`, or a function of this name.
    fn interval(&mut self) -> Res<()> {
        if self.is_symbol_nth(1, "(") {
            return self.path_or_call();
        }
        self.at += 1;
        let quoted = self.peek().kind == Kind::String;
        if self.is_symbol("(") {
            self.parens()?;
        } else {
            let _ = self.eat_symbol("-");
            self.bump();
        }
        if !quoted || UNITS.iter().any(|it| self.is(it)) {
            let _ = self.eat_any(UNITS);
            if self.eat("to") {
                let _ = self.eat_any(UNITS);
            }
        }
        Ok(())
    }

    fn path_or_call(&mut self) -> Res<()> {
        self.at += 1;
        while self.is_symbol(".") {
            self.at += 2;
        }
        if self.is_symbol("(") {
            self.parens()?;
        } else if self.peek().kind == Kind::String {
            // `DATE '2024-01-01'`, `_utf8mb4'x'`.
            self.at += 1;
        }
        Ok(())
    }

    /// `::type`, `[1]`.
    fn suffixes(&mut self) -> Res<()> {
        loop {
            if self.eat_symbol("::") {
                self.type_name()?;
            } else if self.eat_symbol("[") {
                self.skip_balanced(&[]);
                self.expect_symbol("]")?;
            } else if self.is_symbol(".") {
                self.at += 2;
            } else {
                return Ok(());
            }
            self.at = self.at.min(self.last());
        }
    }

    fn operator(&mut self) -> bool {
        let start = self.at;
        while self.peek().kind == Kind::Symbol && OPERATORS.contains(self.raw(self.peek())) {
            self.at += 1;
        }
        let postgres = self.family() == Family::Postgres;
        self.at > start
            || self.eat_any(&["div", "mod"]).is_some()
            || postgres && self.eat_all(&["is", "distinct", "from"])
            || postgres && self.eat_all(&["is", "not", "distinct", "from"])
    }
}

/// What needs an expression in parentheses around it.
const QUANTIFIERS: [&str; 3] = ["all", "any", "some"];

const OPERATORS: &str = "+-*/%|<>=^&#~!@?";

const UNITS: &[&str] = &[
    "microsecond",
    "second",
    "minute",
    "hour",
    "day",
    "week",
    "month",
    "quarter",
    "year",
    "day_hour",
    "day_minute",
    "day_second",
    "hour_minute",
    "hour_second",
    "minute_second",
    "year_month",
];
