//! Lowering of comparisons: of rows, with lists, with ranges, and those that a CASE makes.

use sqlparser::ast::{BinaryOperator, CaseWhen, Expr};

use super::{
    fold,
    lower::{Ctx, negate},
    term::Term,
};
use crate::sql::Family;

impl Ctx<'_> {
    /// Returns `left op right`; rows are compared column by column, as PostgreSQL keeps it (`make_row_comparison_op`).
    pub(super) fn compared(&mut self, op: &str, left: Term, right: Term) -> Term {
        let (left, right) = match (self.family, left, right) {
            (Family::Postgres, Term::Node(a, lefts), Term::Node(b, rights))
                if a == "row" && b == "row" && lefts.len() == rights.len() =>
            {
                return self.compared_rows(op, lefts, rights);
            }
            (_, left, right) => (left, right),
        };
        let mut sides = [left, right];
        if op != "is distinct from" || !sides.iter().any(|it| it.is_word("null")) {
            let is_known = self.mean_operator(op, &mut sides);
            if !is_known {
                self.make_alike(&mut sides);
            }
        }
        let [left, right] = sides;
        fold::binary(op, left, right, self.family)
    }

    fn compared_rows(&mut self, op: &str, lefts: Vec<Term>, rights: Vec<Term>) -> Term {
        let joined = match op {
            _ if lefts.len() == 1 => "and",
            "=" => "and",
            "<>" | "is distinct from" => "or",
            _ => return self.ordered_rows(op, lefts, rights),
        };
        let pairs = lefts.into_iter().zip(rights);
        let terms = pairs.map(|(left, right)| self.compared(op, left, right));
        let terms: Vec<Term> = terms.collect();
        let first = terms.into_iter().reduce(|a, b| fold::binary(joined, a, b, self.family));
        first.unwrap_or_else(|| Term::word("true"))
    }

    fn ordered_rows(&mut self, op: &str, lefts: Vec<Term>, rights: Vec<Term>) -> Term {
        let (mut left, mut right) = (Vec::new(), Vec::new());
        for (a, b) in lefts.into_iter().zip(rights) {
            let mut sides = [a, b];
            self.mean_operator(op, &mut sides);
            let [a, b] = sides.map(|it| fold::loosen(it, self.family));
            left.push(a);
            right.push(b);
        }
        Term::node(op, vec![Term::node("row", left), Term::node("row", right)])
    }

    /// Returns `term in (items)`: PostgreSQL makes an array of those without columns, and compares with the others one by
    /// one (`transformAExprIn`).
    pub(super) fn one_of(&mut self, term: Term, items: Vec<Term>, negated: bool) -> Term {
        if self.family != Family::Postgres || !self.may_repeat() {
            return fold::any_of(term, items, negated, self.family);
        }
        let is_row = matches!(&term, Term::Node(head, _) if head == "row");
        let is_single = |it: &Term| is_row || mentions_column(it);
        let (op, joined) = if negated { ("<>", "and") } else { ("=", "or") };
        let mut terms = Vec::new();
        // A single one that could stand in an array keeps its place.
        let has_array = items.iter().filter(|it| !is_single(it)).count() > 1;
        let (single, array): (Vec<Term>, Vec<Term>) =
            items.into_iter().partition(|it| !has_array || is_single(it));
        if has_array {
            terms.push(self.in_array(term.clone(), array, negated));
        }
        for it in single {
            terms.push(self.compared(op, term.clone(), it));
        }
        let first = terms.into_iter().reduce(|a, b| fold::binary(joined, a, b, self.family));
        first.unwrap_or_else(|| Term::word("false"))
    }

    /// Returns `term = any (array[items])` or its opposite.
    pub(super) fn in_array(&mut self, term: Term, mut items: Vec<Term>, negated: bool) -> Term {
        items.insert(0, term);
        let mut own = items.clone();
        if self.mean_one_type(&mut own) {
            items[1..].clone_from_slice(&own[1..]);
        }
        let term = items.remove(0);
        let mut cast = term.clone();
        for it in &mut items {
            let mut sides = [term.clone(), it.clone()];
            self.mean_operator("=", &mut sides);
            [cast, *it] = sides;
        }
        fold::any_of(cast, items, negated, self.family)
    }

    pub(super) fn between(&mut self, term: Term, range: [Term; 2], negated: bool) -> Term {
        let [low, high] = range;
        if !self.may_repeat() {
            let term = Term::node("between", vec![term, low, high]);
            return if negated { negate(term) } else { term };
        }
        if !self.finds_meanings() {
            return fold::between(term, [low, high], negated, self.family);
        }
        let (at_low, at_high, joined) =
            if negated { ("<", ">", "or") } else { (">=", "<=", "and") };
        let low = self.compared(at_low, term.clone(), low);
        let high = self.compared(at_high, term, high);
        fold::binary(joined, low, high, self.family)
    }

    pub(super) fn case(
        &mut self,
        operand: Option<&Expr>,
        arms: &[CaseWhen],
        otherwise: Option<&Expr>,
    ) -> Term {
        let tested = operand.map(|it| self.expr(it));
        let mut conditions = Vec::new();
        let mut results = Vec::new();
        for arm in arms {
            let condition = self.expr(&arm.condition);
            let condition = match (operand, &tested) {
                (Some(operand), Some(tested)) => {
                    self.note_operator("=", (operand, tested), (&arm.condition, &condition));
                    self.tested_with(tested, condition)
                }
                _ => self.tested(&arm.condition, condition),
            };
            conditions.push(condition);
            results.push(self.expr(&arm.result));
        }
        results.extend(otherwise.map(|it| self.expr(it)));
        let exprs: Vec<&Expr> = arms.iter().map(|it| &it.result).chain(otherwise).collect();
        self.note_one_type(&exprs, &results);
        self.mean_one_type(&mut results);
        let mut results = results.into_iter();
        let mut parts: Vec<Term> = tested.into_iter().collect();
        for condition in conditions {
            let result = results.next().unwrap_or_else(|| Term::word("null"));
            parts.push(Term::node("when", vec![condition, result]));
        }
        let otherwise = results.next().filter(|it| !it.is_word("null"));
        parts.extend(otherwise.map(|it| Term::node("else", vec![it])));
        Term::node("case", parts)
    }

    /// Returns what the operand of a CASE is compared with, as `=` would.
    fn tested_with(&mut self, tested: &Term, condition: Term) -> Term {
        let mut sides = [tested.clone(), condition];
        self.mean_operator("=", &mut sides);
        let [_, condition] = sides;
        if tested.is_literal() { condition } else { fold::loosen(condition, self.family) }
    }

    fn tested(&mut self, written: &Expr, condition: Term) -> Term {
        self.condition(written, &condition, "CASE");
        fold::truth(condition, self.family)
    }

    /// `x = any (array[…])` is `x in (…)`, `x <> all (array[…])` its opposite.
    pub(super) fn any(
        &mut self,
        left: &Expr,
        op: &BinaryOperator,
        right: &Expr,
        any: bool,
    ) -> Term {
        let (op, negated) = super::operand::operator(op, self.family);
        if self.binds
            && let Some(term) = self.any_query(left, &op, right, any)
        {
            return term;
        }
        let written = (left, right);
        let (mut left, mut right) = (self.expr(left), self.expr(right));
        self.note_quantified(&op, (written.0, &left), (written.1, &right));
        self.mean_quantified(&op, &mut left, &mut right);
        let is_list = op == if any { "=" } else { "<>" };
        match right {
            Term::Node(head, items) if head == "array" && is_list && !items.is_empty() => {
                fold::any_of(left, items, !any, self.family)
            }
            right => {
                let right =
                    if left.is_literal() { right } else { fold::loosen(right, self.family) };
                let quantified = if any { "any" } else { "all" };
                let not = if negated { "not " } else { "" };
                Term::Node(format!("{not}{op} {quantified}"), vec![left, right])
            }
        }
    }

    /// Gives the left side and the array on the right the casts that `left op any (right)` asks for.
    pub(super) fn mean_quantified(&mut self, op: &str, left: &mut Term, right: &mut Term) {
        let Some(array) = super::infer::type_of(right, &self.scopes.types) else { return };
        let Some(element) = array.strip_suffix("[]") else { return };
        self.mean_with_array(op, left, right, element);
    }
}

/// Whether it has a column in it, subqueries left aside.
fn mentions_column(term: &Term) -> bool {
    match term {
        Term::Name(_) => true,
        Term::Cast(inner, _) => mentions_column(inner),
        Term::Call(_, parts) => parts.iter().any(mentions_column),
        Term::Node(head, parts) => head != "select" && parts.iter().any(mentions_column),
        _ => false,
    }
}

pub(super) fn is_whole_row(term: &Term) -> bool {
    matches!(term, Term::Name(name) if name == "*" || name.ends_with(".*"))
}
