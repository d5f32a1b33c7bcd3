//! What PostgreSQL refuses in a query whose names are all known: conditions that are none, columns that are not grouped,
//! branches that do not fit together (`parse_agg.c`, `parse_clause.c`, `parse_coerce.c` of the server).

use sqlparser::{
    ast::{Distinct, Expr, GroupByExpr, Select, SetOperator, SetQuantifier, Spanned},
    tokenizer::Span,
};

use super::{
    lower::Ctx,
    query::{Out, Rows},
    scope::Problem,
    term::Term,
};
use crate::sql::Family;

/// What is wrapped around the call of an aggregate.
const WRAPS: &[&str] = &["distinct", "filter", "sorted", "with", "within group"];

/// The clauses of one SELECT, lowered.
pub(super) struct Clauses<'a> {
    pub(super) outputs: &'a [Out],
    pub(super) group: Option<&'a Term>,
    pub(super) having: Option<&'a Term>,
    pub(super) order: Option<&'a Term>,
}

/// What stands together in a GROUP BY, and the sources whose columns have to be there.
struct Groups<'a> {
    terms: Vec<&'a Term>,
    sources: Vec<GroupedSource>,
}

struct GroupedSource {
    key: String,
    alias: String,
    /// All of its key is grouped, and with it every column.
    whole: bool,
}

impl Ctx<'_> {
    pub(super) fn checks(&self) -> bool {
        self.binds && self.family == Family::Postgres
    }

    pub(super) fn reject(&mut self, reason: String, span: Span) {
        self.scopes.found.problems.push(Problem::Rejected(reason, span));
    }

    /// Refuses a condition that is certain to be no truth value.
    pub(super) fn condition(&mut self, expr: &Expr, term: &Term, of: &str) {
        if !self.checks() {
            return;
        }
        self.check_no_window(term, of, expr.span());
        let Some(ty) = self.sure_type(expr, term) else { return };
        if ty != "boolean" && self.scopes.catalog.lacks_operator("=", Some(&ty), Some("boolean")) {
            self.reject(format!("the condition of {of} is of type `{ty}`"), expr.span());
        }
    }

    /// Refuses branches of a set operation that have not as many columns, or columns of other types.
    pub(super) fn check_branches(
        &mut self,
        left: &Rows,
        right: &Rows,
        (op, quantifier): (SetOperator, SetQuantifier),
        span: Span,
    ) {
        if !self.checks() || !left.complete || !right.complete {
            return;
        }
        let op = op.to_string();
        let (n_left, n_right) = (left.outputs.len(), right.outputs.len());
        if n_left != n_right {
            let reason = format!("{op} of {n_left} and {n_right} columns");
            return self.reject(reason, span);
        }
        for (left, right) in left.outputs.iter().zip(&right.outputs) {
            let (Some(a), Some(b)) = (&left.sure, &right.sure) else { continue };
            let is_all = quantifier == SetQuantifier::All;
            if (a != b || !is_all) && self.scopes.catalog.lacks_operator("=", Some(a), Some(b)) {
                let reason = format!("{op} of a column of type `{a}` and one of type `{b}`");
                return self.reject(reason, span);
            }
        }
    }

    /// Refuses a subquery that stands for one value and gives several.
    pub(super) fn check_single(&mut self, rows: &Rows, span: Span) {
        let n_columns = rows.outputs.len();
        if self.checks() && rows.complete && n_columns > 1 {
            self.reject(format!("a subquery of {n_columns} columns stands for one value"), span);
        }
    }

    /// Refuses `x IN (SELECT …)` of another number of columns, or of a column that `x` is not compared with.
    pub(super) fn check_member(&mut self, left: (&Expr, &Term), rows: &Rows, span: Span) {
        if !self.checks() || !rows.complete {
            return;
        }
        let mut expr = left.0;
        while let Expr::Nested(inner) = expr {
            expr = inner;
        }
        if !matches!(expr, Expr::Identifier(_) | Expr::CompoundIdentifier(_)) {
            return;
        }
        let [only] = rows.outputs.as_slice() else {
            return self.check_single(rows, span);
        };
        let (a, b) = (self.sure_type(left.0, left.1), only.sure.as_deref());
        if b.is_some() && self.scopes.catalog.lacks_operator("=", a.as_deref(), b) {
            let shown = |it: Option<&str>| it.unwrap_or_default().to_owned();
            let (a, b) = (shown(a.as_deref()), shown(b));
            self.reject(format!("there is no operator `=` for `{a}` and `{b}`"), span);
        }
    }

    /// Refuses what is selected beside groups and is none of them.
    pub(super) fn check_groups(&mut self, select: &Select, clauses: &Clauses) {
        let is_known = self.checks() && !self.scopes.has_open_source();
        if !is_known {
            return;
        }
        let outputs = clauses.outputs.iter().map(|it| &it.term);
        let terms: Vec<&Term> = outputs.chain(clauses.having).chain(clauses.order).collect();
        let span = select.select_token.0.span;
        if terms.iter().any(|it| self.has_nested(it)) {
            return self.reject("an aggregate of an aggregate".to_owned(), span);
        }
        if let Some(number) = beyond(clauses) {
            return self.reject(format!("there is no column {number} in what is selected"), span);
        }
        let is_grouped = matches!(&select.group_by, GroupByExpr::Expressions(it, _) if !it.is_empty())
            || select.having.is_some()
            || terms.iter().any(|it| self.is_aggregated(it));
        if is_grouped && !matches!(select.group_by, GroupByExpr::All(_)) {
            let groups = self.groups(clauses.group);
            if let Some(name) = terms.iter().find_map(|it| self.ungrouped(it, &groups)) {
                let reason = format!("column `{name}` is neither grouped nor in an aggregate");
                return self.reject(reason, span);
            }
            self.note_grouped_keys(&groups);
        }
        let distinct = matches!(select.distinct, Some(Distinct::Distinct));
        if let Some(Term::Node(_, order)) = clauses.order.filter(|_| distinct) {
            let is_listed = |it: &Term| clauses.outputs.iter().any(|out| out.term == *it);
            let of = |it: &Term| matches!(it, Term::Node(_, of) if of.iter().all(is_listed));
            if !order.iter().all(of) {
                let reason = "ORDER BY is of what DISTINCT does not select".to_owned();
                self.reject(reason, span);
            }
        }
    }

    fn groups<'t>(&self, group: Option<&'t Term>) -> Groups<'t> {
        let mut terms = Vec::new();
        if let Some(Term::Node(_, parts)) = group {
            for it in parts {
                match it {
                    Term::Node(head, sets)
                        if matches!(head.as_str(), "grouping sets" | "cube" | "rollup") =>
                    {
                        for set in sets {
                            match set {
                                Term::Node(_, items) => terms.extend(items),
                                other => terms.push(other),
                            }
                        }
                    }
                    Term::Node(head, items) if head == "row" => terms.extend(items),
                    other => terms.push(other),
                }
            }
        }
        let level = self.scopes.levels.last();
        let sources = level.into_iter().flat_map(|it| &it.sources).map(|it| {
            let relation = &it.relation;
            let key = self.scopes.catalog.primary_key(relation.schema.as_deref(), &relation.name);
            let is_there = |column: &String| {
                let name = it.term_name(column);
                terms.iter().any(|it| matches!(it, Term::Name(own) if *own == name))
            };
            // An alias may give other names to the columns of the key.
            let whole = !key.is_empty() && (!it.stored || key.iter().all(is_there));
            GroupedSource { key: it.key.clone(), alias: it.alias.clone(), whole }
        });
        Groups { sources: sources.collect(), terms }
    }

    /// What rests on a key being grouped needs the key.
    fn note_grouped_keys(&mut self, groups: &Groups) {
        let Some(level) = self.scopes.levels.last() else { return };
        let whole =
            level.sources.iter().zip(&groups.sources).filter(|it| it.1.whole && it.0.stored);
        let relations: Vec<_> = whole.map(|it| std::rc::Rc::clone(&it.0.relation)).collect();
        self.scopes.found.keys.extend(relations);
    }

    /// Returns the first column outside of aggregates that is not grouped.
    fn ungrouped(&self, term: &Term, groups: &Groups) -> Option<String> {
        if groups.terms.contains(&term) {
            return None;
        }
        match term {
            Term::Name(name) => {
                let (key, column) = name.split_once('.')?;
                let source = groups.sources.iter().find(|it| it.key == key && !it.whole)?;
                Some(format!("{}.{column}", source.alias))
            }
            Term::Cast(inner, _) => self.ungrouped(inner, groups),
            Term::Call(name, args) => {
                let is_plain = self.scopes.catalog.is_aggregate(name) == Some(false);
                args.iter().filter(|_| is_plain).find_map(|it| self.ungrouped(it, groups))
            }
            Term::Node(head, parts) if head == "windowed" => {
                let inner = parts.first().into_iter().flat_map(inside);
                inner.chain(&parts[1..]).find_map(|it| self.ungrouped(it, groups))
            }
            Term::Node(head, parts) if WRAPS.contains(&head.as_str()) => {
                parts.first().and_then(|it| self.ungrouped(it, groups))
            }
            Term::Node(_, parts) => parts.iter().find_map(|it| self.ungrouped(it, groups)),
            Term::Number(_) | Term::Text(_) | Term::Word(_) | Term::Raw(_) => None,
        }
    }

    /// Whether the term holds an aggregate of the rows of this SELECT.
    fn is_aggregated(&self, term: &Term) -> bool {
        let is_own = |name: &str, args: &[Term]| {
            self.scopes.catalog.is_aggregate(name) == Some(true) && self.are_of_level(args)
        };
        holds_call(term, &is_own)
    }

    /// Whether the term holds an aggregate of this SELECT in whose arguments another one is.
    fn has_nested(&self, term: &Term) -> bool {
        let is_around = |name: &str, args: &[Term]| {
            self.scopes.catalog.is_aggregate(name) == Some(true)
                && args.iter().any(|it| self.is_aggregated(it))
        };
        holds_call(term, &is_around)
    }

    /// Whether the terms name columns of this SELECT, or none at all.
    fn are_of_level(&self, terms: &[Term]) -> bool {
        let mut names = Vec::new();
        for it in terms {
            push_names(it, &mut names);
        }
        let Some(level) = self.scopes.levels.last() else { return false };
        let is_own = |name: &&str| {
            name.split_once('.').is_some_and(|it| level.sources.iter().any(|own| own.key == it.0))
        };
        names.is_empty() || names.iter().any(is_own)
    }
}

/// Returns the number by which GROUP BY or ORDER BY means a column that is not selected.
fn beyond<'t>(clauses: &Clauses<'t>) -> Option<&'t str> {
    let parts = |it: Option<&'t Term>| match it {
        Some(Term::Node(_, parts)) => parts.as_slice(),
        _ => &[],
    };
    let ordered = parts(clauses.order).iter().flat_map(|it| parts(Some(it)));
    parts(clauses.group).iter().chain(ordered).find_map(|it| {
        let Term::Number(text) = it else { return None };
        let n_columns = clauses.outputs.len();
        text.parse::<usize>().is_ok_and(|it| it == 0 || it > n_columns).then_some(text.as_str())
    })
}

/// Returns what a call with a window computes of rows: all but the call itself.
fn inside(term: &Term) -> &[Term] {
    match term {
        Term::Call(_, args) => args,
        Term::Node(head, parts) if WRAPS.contains(&head.as_str()) => {
            parts.first().map_or(&[], inside)
        }
        _ => std::slice::from_ref(term),
    }
}

pub(super) fn is_query(head: &str) -> bool {
    matches!(head, "array select" | "derived" | "exists" | "query" | "select" | "values")
        || head.ends_with(" select")
}

fn push_names<'t>(term: &'t Term, names: &mut Vec<&'t str>) {
    match term {
        Term::Name(name) => names.push(name),
        Term::Cast(inner, _) => push_names(inner, names),
        Term::Call(_, parts) | Term::Node(_, parts) => {
            for it in parts {
                push_names(it, names);
            }
        }
        _ => {}
    }
}

/// Whether the term holds such a call, subqueries and what makes a window function left aside.
fn holds_call(term: &Term, is_it: &dyn Fn(&str, &[Term]) -> bool) -> bool {
    match term {
        Term::Call(name, args) => is_it(name, args) || args.iter().any(|it| holds_call(it, is_it)),
        Term::Cast(inner, _) => holds_call(inner, is_it),
        Term::Node(head, parts) if head == "windowed" => {
            let inner = parts.first().into_iter().flat_map(inside);
            inner.chain(&parts[1..]).any(|it| holds_call(it, is_it))
        }
        Term::Node(head, _) if is_query(head) => false,
        Term::Node(_, parts) => parts.iter().any(|it| holds_call(it, is_it)),
        _ => false,
    }
}
