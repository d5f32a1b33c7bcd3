//! What PostgreSQL asks of the values that columns are given: each is of the column's type, or becomes it by itself
//! (<https://www.postgresql.org/docs/current/typeconv-query.html>, "Value Storage").

use std::sync::Arc;

use sqlparser::ast::{Expr, Insert, ObjectName, SetExpr, Spanned};
use sqlparser::tokenizer::Span;

use super::{lower::Ctx, query::Rows, scope::Source, term::Term};
use crate::sql::{Family, bind::Relation};

/// A column that is given a value, and its type where that is known.
pub(super) type Given = (Arc<str>, Option<Arc<str>>);

impl Ctx<'_> {
    /// Refuses a value that the column cannot be given.
    pub(super) fn check_set(
        &mut self,
        (target, column): (&Source, &ObjectName),
        expr: &Expr,
        term: &Term,
    ) {
        if let Some(it) = self.given(&target.relation, column) {
            self.check_given(&it, expr, term);
        }
    }

    /// Refuses values of a row that the columns cannot be given.
    pub(super) fn check_row(&mut self, given: &[Given], exprs: &[Expr], terms: &[Term]) {
        // `t.*` stands for several.
        if exprs.len() == terms.len() {
            for (column, (expr, term)) in given.iter().zip(exprs.iter().zip(terms)) {
                self.check_given(column, expr, term);
            }
        }
    }

    fn check_given(&mut self, column: &Given, expr: &Expr, term: &Term) {
        if column.1.is_none() {
            return;
        }
        self.refuse_literal(column.1.as_deref(), expr);
        let from = self.sure_type(expr, term);
        self.refuse_assigned(column, from.as_deref(), expr.span());
    }

    /// Notes what the rows of values of an INSERT are given to, for when they are read.
    pub(super) fn await_values(&mut self, it: &Insert, target: Option<&Source>) {
        let is_values = it
            .source
            .as_ref()
            .is_some_and(|it| it.with.is_none() && matches!(it.body.as_ref(), SetExpr::Values(_)));
        self.given = if is_values { self.all_given(it, target) } else { Vec::new() };
    }

    /// Refuses what a query gives the columns of the table that it fills.
    pub(super) fn check_inserted(&mut self, it: &Insert, target: Option<&Source>, rows: &Rows) {
        let Some(source) = &it.source else { return };
        let SetExpr::Select(select) = source.body.as_ref() else { return };
        if !rows.complete {
            return;
        }
        for (column, out) in self.all_given(it, target).iter().zip(&rows.outputs) {
            // What is compared is of a type.
            let is_text = select.distinct.is_some() && matches!(out.term, Term::Text(_));
            let from = if is_text { Some("text") } else { out.sure.as_deref() };
            self.refuse_assigned(column, from, source.span());
        }
    }

    fn all_given(&self, it: &Insert, target: Option<&Source>) -> Vec<Given> {
        let Some(target) = target.filter(|_| self.family == Family::Postgres && self.binds) else {
            return Vec::new();
        };
        if it.columns.is_empty() {
            let all = if target.relation.open { &[] } else { target.relation.columns.as_slice() };
            return all.to_vec();
        }
        let unknown = || (Arc::from(""), None);
        let given = |it| self.given(&target.relation, it).unwrap_or_else(unknown);
        it.columns.iter().map(given).collect()
    }

    fn given(&self, relation: &Relation, column: &ObjectName) -> Option<Given> {
        let [only] = column.0.as_slice() else { return None };
        if self.family != Family::Postgres || !self.binds {
            return None;
        }
        let name = self.fold(only.as_ident()?);
        relation.columns.iter().find(|it| *it.0 == *name).cloned()
    }

    fn refuse_assigned(&mut self, (column, ty): &Given, from: Option<&str>, span: Span) {
        let (Some(ty), Some(from)) = (ty, from) else { return };
        if self.scopes.catalog.lacks_assignment(from, ty) {
            let reason =
                format!("column `{column}` of type `{ty}` is given a value of type `{from}`");
            self.scopes.found.misfits.push((reason, span));
        }
    }
}
