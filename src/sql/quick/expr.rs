//! What operators join.

use sqlparser::ast::{BinaryOperator as Op, Expr, UnaryOperator};

use super::{
    Reader,
    words::{ADDING, COMPARING, MULTIPLYING, OTHER},
};

impl Reader<'_> {
    /// Reads what `or` joins.
    pub(in crate::sql) fn expr(&mut self) -> Option<Expr> {
        let mut expr = self.both()?;
        while self.eat("or") {
            let right = self.both()?;
            expr = self.binary(expr, Op::Or, right)?;
        }
        Some(expr)
    }

    /// Reads what `and` joins.
    fn both(&mut self) -> Option<Expr> {
        let mut expr = self.truth()?;
        while self.eat("and") {
            let right = self.truth()?;
            expr = self.binary(expr, Op::And, right)?;
        }
        Some(expr)
    }

    fn truth(&mut self) -> Option<Expr> {
        if !self.eat("not") {
            return self.predicate();
        }
        if self.eat("exists") {
            return self.exists(true);
        }
        self.link()?;
        let expr = Box::new(self.truth()?);
        Some(Expr::UnaryOp { op: UnaryOperator::Not, expr })
    }

    fn predicate(&mut self) -> Option<Expr> {
        let left = self.joined()?;
        if let Some(op) = self.operator(COMPARING) {
            if self.eat("any") {
                return self.any_of(left, op);
            }
            let right = self.joined()?;
            return self.binary(left, op, right);
        }
        // Nothing that a predicate goes on with.
        if !self.next().is_ascii_alphabetic() {
            return Some(left);
        }
        let expr = Box::new(left);
        if self.eat("is") {
            return self.test(expr);
        }
        let negated = self.eat("not");
        if self.eat("in") {
            return self.membership(expr, negated);
        }
        if self.eat("between") {
            let low = Box::new(self.joined()?);
            let high = if self.eat("and") { Box::new(self.joined()?) } else { return None };
            return Some(Expr::Between { expr, negated, low, high });
        }
        let (any, escape_char) = (false, None);
        if self.eat("like") {
            let pattern = Box::new(self.joined()?);
            return Some(Expr::Like { negated, any, expr, pattern, escape_char });
        }
        if self.eat("ilike") {
            let pattern = Box::new(self.joined()?);
            return Some(Expr::ILike { negated, any, expr, pattern, escape_char });
        }
        (!negated).then_some(*expr)
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
            it.joined()
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

    /// Reads what operators of PostgreSQL's own join.
    fn joined(&mut self) -> Option<Expr> {
        let mut expr = self.sum()?;
        if self.is_postgres() {
            while let Some(op) = self.operator(OTHER) {
                let right = self.sum()?;
                expr = self.binary(expr, op, right)?;
            }
        }
        Some(expr)
    }

    fn sum(&mut self) -> Option<Expr> {
        let mut expr = self.product()?;
        while let Some(op) = self.operator(ADDING) {
            let right = self.product()?;
            expr = self.binary(expr, op, right)?;
        }
        Some(expr)
    }

    fn product(&mut self) -> Option<Expr> {
        let mut expr = self.operand()?;
        while let Some(op) = self.operator(MULTIPLYING) {
            let right = self.operand()?;
            expr = self.binary(expr, op, right)?;
        }
        Some(expr)
    }

    fn binary(&mut self, left: Expr, op: Op, right: Expr) -> Option<Expr> {
        self.link()?;
        Some(Expr::BinaryOp { left: Box::new(left), op, right: Box::new(right) })
    }

    /// Reads one of these operators; what is glued to it would make it another one.
    fn operator(&mut self, rows: &[(&str, Op)]) -> Option<Op> {
        if !is_operator(self.next()) {
            return None;
        }
        let run = self.run(is_operator);
        let op = &rows.iter().find(|it| it.0 == run)?.1;
        self.at += run.len();
        Some(op.clone())
    }
}

fn is_operator(it: u8) -> bool {
    b"+-*/<>=~!@#%^&|?:".contains(&it)
}
