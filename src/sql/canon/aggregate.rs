//! Lowering of calls and subqueries whose names are bound: aggregates, windows, `exists`, `in`.

use sqlparser::ast::{
    Expr, Function, FunctionArg, FunctionArgExpr, FunctionArgumentClause, FunctionArgumentList,
    FunctionArguments, ObjectName, OrderByExpr, Query, SetExpr, Spanned,
};

use super::{call::call, lower::Ctx, term::Term};
use crate::sql::Family;

impl Ctx<'_> {
    pub(super) fn bound_function(&mut self, function: &Function) -> Term {
        let name = self.function_name(&function.name);
        let args = match &function.args {
            FunctionArguments::None => return super::operand::call_niladic(&name, self.family),
            FunctionArguments::Subquery(query) => {
                let rows = self.rows(query);
                return Term::node("array select", vec![rows.term]);
            }
            FunctionArguments::List(list) => list,
        };
        let (mut terms, wraps) = self.bound_arguments(&name, args);
        let callee = self.note_call(&function.name, &terms);
        let is_servers = callee.is_none();
        if let Some(ty) = callee.and_then(|it| it.returns) {
            self.scopes.types.note(format!("{name}("), ty);
        }
        let exprs: Vec<&Expr> = args.args.iter().filter_map(plain).collect();
        match name.as_str() {
            _ if exprs.len() != terms.len() => {}
            "coalesce" | "greatest" | "least" => self.note_one_type(&exprs, &terms),
            "nullif" => self.note_alike(&exprs, &terms),
            _ if function.within_group.is_empty() => {
                self.note_lacking(&function.name, &exprs, &terms);
            }
            _ => {}
        }
        let is_distinct = args.duplicate_treatment.is_some_and(|it| it.to_string() == "DISTINCT");
        if is_servers {
            self.check_window(function, &name, is_distinct);
            self.check_aggregate(function, &name, (&terms, &wraps), is_distinct);
        }
        match name.as_str() {
            "coalesce" | "greatest" | "least" => {
                if !self.mean_one_type(&mut terms) {
                    self.make_alike(&mut terms);
                }
            }
            "nullif" => {
                self.mean_operator("=", &mut terms);
            }
            _ if !function.within_group.is_empty() => {}
            _ => self.mean_function(&function.name, &mut terms),
        }
        let mut term = call(&name, terms, self.family);
        if is_distinct {
            term = Term::node("distinct", vec![term]);
        }
        for (head, parts) in wraps {
            term = Term::node(head, [vec![term], parts].concat());
        }
        if !function.within_group.is_empty() {
            let order = self.order_within(&function.name, &mut term, &function.within_group);
            term = Term::node("within group", [vec![term], order].concat());
        }
        if let Some(condition) = &function.filter {
            let lowered = self.expr(condition);
            self.condition(condition, &lowered, "FILTER");
            let condition = lowered;
            term = Term::node("filter", vec![term, condition]);
        }
        if let Some(over) = &function.over {
            let over = self.over(over);
            term = Term::node("windowed", vec![term, over]);
        }
        term
    }

    /// Lowers what an aggregate is ordered by, which it takes behind its arguments.
    fn order_within(
        &mut self,
        name: &ObjectName,
        term: &mut Term,
        order: &[OrderByExpr],
    ) -> Vec<Term> {
        let mut order = self.order_list(order, None);
        let Term::Call(_, args) = term else { return order };
        let n_args = args.len();
        let sorted = order.iter().filter_map(|it| match it {
            Term::Node(_, parts) => parts.first().cloned(),
            _ => None,
        });
        let mut all: Vec<Term> = args.drain(..).chain(sorted).collect();
        self.mean_function(name, &mut all);
        let sorted = all.split_off(n_args);
        *args = all;
        for (it, sorted) in order.iter_mut().zip(sorted) {
            if let Term::Node(_, parts) = it {
                *parts = vec![sorted];
            }
        }
        order
    }

    fn bound_arguments(
        &mut self,
        function: &str,
        list: &FunctionArgumentList,
    ) -> (Vec<Term>, Vec<(&'static str, Vec<Term>)>) {
        let terms = list.args.iter().map(|it| {
            self.argument(function, it)
                .unwrap_or_else(|| Term::Raw(super::folded(&it.to_string(), self.lexis)))
        });
        let terms = terms.collect();
        let mut wraps = Vec::new();
        for clause in &list.clauses {
            match clause {
                FunctionArgumentClause::OrderBy(exprs) => {
                    wraps.push(("sorted", self.order_list(exprs, None)));
                }
                other => {
                    let text = super::folded(&other.to_string(), self.lexis);
                    // What MySQL puts between texts where nothing is said.
                    if self.family == Family::MySql && text == "separator ','" {
                        continue;
                    }
                    wraps.push(("with", vec![Term::Raw(text)]));
                }
            }
        }
        (terms, wraps)
    }

    /// Lowers a subquery in an expression, or the operator before it; nothing for other expressions.
    pub(super) fn bound_subquery(&mut self, expr: &Expr) -> Option<Term> {
        match expr {
            Expr::Subquery(query) => Some(Term::node("select", vec![self.scalar(query)])),
            Expr::Exists { subquery, negated } => {
                let term = self.exists(subquery);
                Some(if *negated { super::lower::negate(term) } else { term })
            }
            Expr::InSubquery { expr, subquery, negated } => {
                let (left, rows) = (self.expr(expr), self.rows(subquery));
                self.check_member((expr, &left), &rows, subquery.span());
                let parts = vec![left, rows.term];
                let term = Term::node("in select", parts);
                Some(if *negated { super::lower::negate(term) } else { term })
            }
            _ => None,
        }
    }

    /// Lowers a subquery that stands for a value.
    pub(super) fn scalar(&mut self, query: &Query) -> Term {
        let bare = query.with.is_none()
            && query.limit_clause.is_none()
            && matches!(query.body.as_ref(), SetExpr::Select(it)
                if it.from.is_empty() && it.selection.is_none() && it.having.is_none());
        let rows = self.rows(query);
        self.check_single(&rows, query.span());
        match rows.outputs.as_slice() {
            [only] if bare && rows.complete => only.term.clone(),
            _ => rows.term,
        }
    }

    /// Lowers `EXISTS (SELECT …)`: what it selects is of no account.
    pub(super) fn exists(&mut self, query: &Query) -> Term {
        let counts = match query.body.as_ref() {
            SetExpr::Select(it) => it.distinct.is_none() && it.having.is_none(),
            _ => false,
        };
        let mut term = self.rows(query).term;
        if counts && let Term::Node(head, parts) = &mut term {
            let parts = if head == "query" {
                match parts.first_mut() {
                    Some(Term::Node(_, parts)) => parts,
                    _ => return Term::node("exists", vec![term]),
                }
            } else {
                parts
            };
            parts.retain(|it| !matches!(it, Term::Node(head, _) if head == "list"));
        }
        // MySQL asks for one row, whatever the limit.
        if counts
            && self.family == Family::MySql
            && let Term::Node(head, parts) = &mut term
            && head == "query"
        {
            parts.retain(|it| !matches!(it, Term::Node(head, _) if head == "limit"));
            if parts.len() == 1 {
                term = parts.remove(0);
            }
        }
        Term::node("exists", vec![term])
    }

    /// `x = any (SELECT …)` is `x in (SELECT …)`.
    pub(super) fn any_query(
        &mut self,
        left: &Expr,
        op: &str,
        right: &Expr,
        any: bool,
    ) -> Option<Term> {
        let mut right = right;
        while let Expr::Nested(inner) = right {
            right = inner;
        }
        let Expr::Subquery(query) = right else { return None };
        let written = left;
        let left = self.expr(left);
        let rows = self.rows(query);
        self.check_any(op, (written, &left), &rows, right.span());
        let term = rows.term;
        let head = match (op, any) {
            ("=", true) => "in select".to_owned(),
            ("<>", false) => {
                let inside = Term::node("in select", vec![left, term]);
                return Some(super::lower::negate(inside));
            }
            (op, true) => format!("{op} any select"),
            (op, false) => format!("{op} all select"),
        };
        Some(Term::Node(head, vec![left, term]))
    }
}

pub(super) fn plain(arg: &FunctionArg) -> Option<&Expr> {
    match arg {
        FunctionArg::Unnamed(FunctionArgExpr::Expr(it)) => Some(it),
        _ => None,
    }
}
