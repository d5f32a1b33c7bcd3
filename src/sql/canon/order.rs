//! Lowering of what stands behind a query, and of windows.

use sqlparser::ast::{
    Expr, Ident, LimitClause, NamedWindowDefinition, NamedWindowExpr, OrderBy, OrderByExpr,
    OrderByKind, OrderBySort, Query, Value, WindowFrame, WindowFrameBound, WindowSpec, WindowType,
};

use super::{
    fold::loosen,
    lower::Ctx,
    query::{Out, Rows},
    term::Term,
    windows,
};
use crate::sql::Family;

impl Ctx<'_> {
    /// Adds the order of a query that is no plain SELECT: it names outputs only.
    pub(super) fn order_outputs(&mut self, rows: &mut Rows, order: Option<&OrderBy>) {
        let mut outputs = rows.outputs.clone();
        if self.family == Family::Sqlite {
            outputs.append(&mut rows.others.clone());
        }
        if let Some(order) = self.order(order, &outputs) {
            let term = std::mem::replace(&mut rows.term, Term::word(""));
            rows.term = Term::node("ordered", vec![term, order]);
        }
    }

    pub(super) fn order(&mut self, order: Option<&OrderBy>, outputs: &[Out]) -> Option<Term> {
        let OrderByKind::Expressions(exprs) = &order?.kind else {
            return Some(Term::word("order by all"));
        };
        Some(Term::node("order by", self.order_list(exprs, Some(outputs))))
    }

    pub(super) fn order_list(
        &mut self,
        exprs: &[OrderByExpr],
        outputs: Option<&[Out]>,
    ) -> Vec<Term> {
        let mut res = Vec::new();
        for it in exprs {
            let term = match outputs {
                Some(outputs) => self.output_or_expr(&it.expr, outputs),
                None => self.expr(&it.expr),
            };
            let descending = matches!(it.options.sort, Some(OrderBySort::Desc));
            let mut head = if descending { "desc" } else { "asc" }.to_owned();
            if let Some(OrderBySort::Using(operator)) = &it.options.sort {
                head = format!("using {operator}");
            }
            // PostgreSQL takes NULLs for the largest: <https://www.postgresql.org/docs/current/queries-order.html>.
            let usual = if self.family == Family::Postgres { descending } else { !descending };
            match it.options.nulls_first {
                Some(first) if first != usual => {
                    head.push_str(if first { " nulls first" } else { " nulls last" });
                }
                _ => {}
            }
            res.push(Term::Node(head, vec![term]));
        }
        res
    }

    /// `ORDER BY 1`, `ORDER BY alias`: the output itself.
    pub(super) fn output_or_expr(&mut self, expr: &Expr, outputs: &[Out]) -> Term {
        let found = match expr {
            Expr::Value(value) => match &value.value {
                Value::Number(text, _) => {
                    text.parse::<usize>().ok().and_then(|it| outputs.get(it.checked_sub(1)?))
                }
                _ => None,
            },
            Expr::Identifier(ident) => {
                let name = self.fold(ident);
                let found = outputs.iter().find(|it| self.scopes.is_same(&it.name, &name));
                self.note_ordered(found, ident);
                found
            }
            Expr::Nested(inner) if !matches!(inner.as_ref(), Expr::Value(_)) => {
                return self.output_or_expr(inner, outputs);
            }
            _ => None,
        };
        match found {
            Some(it) => it.term.clone(),
            None => self.expr(expr),
        }
    }

    /// In SQLite a bare column that rows are ordered by is that column, whatever it goes by.
    fn note_ordered(&mut self, found: Option<&Out>, ident: &Ident) {
        if self.family == Family::Sqlite
            && let Some((relation, name)) = found.and_then(|it| it.column.clone())
        {
            let span = ident.span;
            let column = super::scope::Column { relation, name, span, is_output: false };
            self.scopes.found.columns.push(column);
        }
    }

    /// Lowers LIMIT, OFFSET, FETCH and locks.
    pub(super) fn limits(&mut self, query: &Query) -> Vec<Term> {
        let mut res = Vec::new();
        let (limit, offset) = match &query.limit_clause {
            Some(LimitClause::LimitOffset { limit, offset, .. }) => {
                (limit.as_ref(), offset.as_ref().map(|it| &it.value))
            }
            Some(LimitClause::OffsetCommaLimit { offset, limit }) => (Some(limit), Some(offset)),
            None => (None, None),
        };
        let fetched = query.fetch.as_ref().and_then(|it| it.quantity.as_ref());
        let mut ties = query.fetch.as_ref().is_some_and(|it| it.with_ties);
        for (head, expr) in [("limit", limit.or(fetched)), ("offset", offset)] {
            let Some(expr) = expr else { continue };
            let term = loosen(self.expr(expr), self.family);
            if !term.is_word("null") {
                let head = if std::mem::take(&mut ties) { "limit with ties" } else { head };
                res.push(Term::node(head, vec![term]));
            }
        }
        res.extend(query.locks.iter().map(|it| Term::word(&it.to_string().to_lowercase())));
        res
    }

    pub(super) fn named_window(&mut self, window: &NamedWindowDefinition) -> Term {
        let NamedWindowDefinition(name, expr) = window;
        let spec = match expr {
            NamedWindowExpr::NamedWindow(other) => Term::Word(self.fold(other)),
            NamedWindowExpr::WindowSpec(spec) => self.window(spec),
        };
        Term::node("window", vec![Term::Word(self.fold(name)), spec])
    }

    pub(super) fn over(&mut self, over: &WindowType) -> Term {
        if let Some(name) = windows::named(over) {
            self.check_window_name(name);
        }
        match over {
            WindowType::NamedWindow(name) => Term::Word(format!("over {}", self.fold(name))),
            WindowType::WindowSpec(spec) => self.window(spec),
        }
    }

    fn window(&mut self, spec: &WindowSpec) -> Term {
        let mut parts: Vec<Term> =
            spec.window_name.iter().map(|it| Term::Word(self.fold(it))).collect();
        if !spec.partition_by.is_empty() {
            let by = spec.partition_by.iter().map(|it| self.expr(it)).collect();
            parts.push(Term::node("partition by", by));
        }
        if !spec.order_by.is_empty() {
            parts.push(Term::node("order by", self.order_list(&spec.order_by, None)));
        }
        if let Some(frame) = spec.window_frame.as_ref().filter(|it| !is_usual(it)) {
            let start = self.frame_bound(&frame.start_bound);
            let end = frame.end_bound.as_ref().map(|it| self.frame_bound(it));
            let end = end.unwrap_or_else(|| Term::word("current row"));
            parts.push(Term::Node(frame.units.to_string().to_lowercase(), vec![start, end]));
        }
        Term::node("over", parts)
    }

    fn frame_bound(&mut self, bound: &WindowFrameBound) -> Term {
        let (head, expr) = match bound {
            WindowFrameBound::CurrentRow => return Term::word("current row"),
            WindowFrameBound::Preceding(expr) => ("preceding", expr),
            WindowFrameBound::Following(expr) => ("following", expr),
        };
        Term::node(head, expr.iter().map(|it| self.expr(it)).collect())
    }
}

/// Whether the frame is the one that is meant where none is written.
fn is_usual(frame: &WindowFrame) -> bool {
    use sqlparser::ast::WindowFrameUnits::Range;
    frame.units == Range
        && frame.start_bound == WindowFrameBound::Preceding(None)
        && matches!(frame.end_bound, None | Some(WindowFrameBound::CurrentRow))
}
