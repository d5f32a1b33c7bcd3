//! What operators join.

use sqlparser::ast::{BinaryOperator as Op, Expr, UnaryOperator};

use super::{
    Reader,
    words::{AND, CONJUNCTIONS, MULTIPLYING, NOT, OPERATORS, OR, OTHER, PREDICATE, PREDICATES},
};
use crate::base::is_one_of;

impl Reader<'_> {
    /// Reads an expression.
    pub(in crate::sql) fn expr(&mut self) -> Option<Expr> {
        self.joined(OR)
    }

    /// Reads what operators of this rank and those above it join.
    pub(super) fn joined(&mut self, least: u8) -> Option<Expr> {
        let is_negated = least <= NOT && self.eat("not");
        let mut expr = if is_negated { self.negated()? } else { self.operand()? };
        // What was read has taken all that holds closer.
        let mut most = if is_negated { AND } else { MULTIPLYING };
        loop {
            let next = self.next();
            if let Some((op, rank)) = self.operator(next, least, most) {
                most = if rank == PREDICATE { AND } else { rank };
                expr = if rank == PREDICATE && self.eat("any") {
                    self.any_of(expr, op)?
                } else {
                    let right = self.joined(rank + 1)?;
                    self.binary(expr, op, right)?
                };
            } else if next.is_ascii_alphabetic() && self.is_predicate(least, most) {
                most = AND;
                expr = self.predicate(Box::new(expr))?;
            } else {
                return Some(expr);
            }
        }
    }

    /// Reads what follows `not`.
    fn negated(&mut self) -> Option<Expr> {
        if self.eat("exists") {
            return self.exists(true);
        }
        self.link()?;
        let expr = Box::new(self.deeper(|it| it.joined(NOT))?);
        Some(Expr::UnaryOp { op: UnaryOperator::Not, expr })
    }

    fn is_predicate(&mut self, least: u8, most: u8) -> bool {
        (least..=most).contains(&PREDICATE) && is_one_of(self.peek(), PREDICATES)
    }

    /// Reads what a predicate goes on with behind its first value.
    fn predicate(&mut self, expr: Box<Expr>) -> Option<Expr> {
        if self.eat("is") {
            return self.test(expr);
        }
        let negated = self.eat("not");
        if self.eat("in") {
            return self.membership(expr, negated);
        }
        if self.eat("between") {
            let low = Box::new(self.joined(OTHER)?);
            let high = if self.eat("and") { Box::new(self.joined(OTHER)?) } else { return None };
            return Some(Expr::Between { expr, negated, low, high });
        }
        let (any, escape_char) = (false, None);
        if self.eat("like") {
            let pattern = Box::new(self.joined(OTHER)?);
            return Some(Expr::Like { negated, any, expr, pattern, escape_char });
        }
        if self.eat("ilike") {
            let pattern = Box::new(self.joined(OTHER)?);
            return Some(Expr::ILike { negated, any, expr, pattern, escape_char });
        }
        None
    }

    /// Reads what follows `in`.
    fn membership(&mut self, expr: Box<Expr>, negated: bool) -> Option<Expr> {
        self.nested(|it| {
            if it.starts_query() {
                let subquery = Box::new(it.query()?);
                return Some(Expr::InSubquery { expr, subquery, negated });
            }
            let list = it.list(Self::expr)?;
            Some(Expr::InList { expr, list, negated })
        })
    }

    /// Reads what follows `= any`.
    fn any_of(&mut self, left: Expr, compare_op: Op) -> Option<Expr> {
        let right = self.nested(|it| {
            if it.starts_query() {
                return Some(Expr::Subquery(Box::new(it.query()?)));
            }
            it.joined(OTHER)
        })?;
        let (left, right) = (Box::new(left), Box::new(right));
        Some(Expr::AnyOp { left, compare_op, right, is_some: false })
    }

    /// Reads what follows `exists`.
    pub(super) fn exists(&mut self, negated: bool) -> Option<Expr> {
        let query = self.nested(|it| it.starts_query().then(|| it.query()).flatten())?;
        Some(Expr::Exists { subquery: Box::new(query), negated })
    }

    /// Reads what follows `is`.
    fn test(&mut self, expr: Box<Expr>) -> Option<Expr> {
        let negated = self.eat("not");
        Some(match (negated, self.word().to_ascii_lowercase().as_str()) {
            (false, "null") => Expr::IsNull(expr),
            (true, "null") => Expr::IsNotNull(expr),
            (false, "true") => Expr::IsTrue(expr),
            (true, "true") => Expr::IsNotTrue(expr),
            (false, "false") => Expr::IsFalse(expr),
            (true, "false") => Expr::IsNotFalse(expr),
            _ => return None,
        })
    }

    fn binary(&mut self, left: Expr, op: Op, right: Expr) -> Option<Expr> {
        self.link()?;
        Some(Expr::BinaryOp { left: Box::new(left), op, right: Box::new(right) })
    }

    /// Reads an operator of one of these ranks; what is glued to it would make it another one.
    fn operator(&mut self, next: u8, least: u8, most: u8) -> Option<(Op, u8)> {
        let (run, rows) = if is_operator(next) {
            (self.run(is_operator), OPERATORS)
        } else if least <= AND && matches!(next, b'a' | b'A' | b'o' | b'O') {
            (self.peek(), CONJUNCTIONS)
        } else {
            return None;
        };
        let is_it = |it: &&(&str, Op, u8)| it.0.eq_ignore_ascii_case(run);
        let (_, op, rank) = rows.iter().find(is_it)?;
        if !(least..=most).contains(rank) || *rank == OTHER && !self.is_postgres() {
            return None;
        }
        self.at += run.len();
        Some((op.clone(), *rank))
    }
}

fn is_operator(it: u8) -> bool {
    b"+-*/<>=~!@#%^&|?:".contains(&it)
}
