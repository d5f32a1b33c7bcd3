//! What PostgreSQL refuses of window functions, DISTINCT ON and rows of values (`parse_agg.c`, `parse_func.c` and
//! `parse_clause.c` of the server).

use sqlparser::{
    ast::{Expr, Function, Ident, Spanned, Values, WindowType},
    tokenizer::Span,
};

use super::{checks::is_query, lower::Ctx, query::Rows, term::Term};

/// Functions of windows and nothing else.
const ONLY_OF_WINDOWS: &[&str] =
    &["first_value", "lag", "last_value", "lead", "nth_value", "ntile", "row_number"];

/// Functions of windows that are aggregates of ordered rows as well.
const OF_ORDERED_ROWS: &[&str] = &["cume_dist", "dense_rank", "percent_rank", "rank"];

/// The conditions that are asked of single rows, or of groups, before there are windows.
const BEFORE_WINDOWS: &[&str] = &["FILTER", "HAVING", "ON", "UPDATE", "WHERE"];

impl Ctx<'_> {
    /// Refuses a window function where there is no window yet.
    pub(super) fn check_no_window(&mut self, term: &Term, of: &str, span: Span) {
        if self.checks() && BEFORE_WINDOWS.contains(&of) && holds_window(term) {
            self.reject(format!("{of} holds a window function"), span);
        }
    }

    /// Refuses a window function without a window, and a window of what has none or with words that it has not.
    pub(super) fn check_window(&mut self, function: &Function, name: &str, is_distinct: bool) {
        if !self.checks() {
            return;
        }
        let span = function.name.span();
        let is_ordered = OF_ORDERED_ROWS.contains(&name) && !function.within_group.is_empty();
        let is_of_windows = ONLY_OF_WINDOWS.contains(&name) || OF_ORDERED_ROWS.contains(&name);
        if function.over.is_none() {
            if is_of_windows && !is_ordered {
                self.reject(format!("window function `{name}` has no window"), span);
            }
            return;
        }
        if is_distinct {
            return self.reject(format!("`{name}` has a window and DISTINCT"), span);
        }
        if !is_of_windows && self.scopes.catalog.is_aggregate(name) == Some(false) {
            self.reject(format!("`{name}` has a window and is no aggregate"), span);
        }
    }

    /// Refuses an aggregate over windows, and one of distinct values that is ordered by something else.
    pub(super) fn check_aggregate(
        &mut self,
        function: &Function,
        name: &str,
        (args, wraps): (&[Term], &[(&'static str, Vec<Term>)]),
        is_distinct: bool,
    ) {
        if !self.checks() {
            return;
        }
        let nests = args.iter().any(holds_window);
        if !nests && !is_distinct {
            return;
        }
        let is_aggregate = self.scopes.catalog.is_aggregate(name) == Some(true);
        if !is_aggregate && function.over.is_none() {
            return;
        }
        let span = function.name.span();
        if nests {
            self.reject(format!("`{name}` holds a window function"), span);
        }
        let values: Vec<&Term> = args.iter().map(uncast).collect();
        let sorted = wraps.iter().filter(|it| it.0 == "sorted").flat_map(|it| &it.1);
        let mut sorted = sorted.filter_map(inner);
        if is_distinct && sorted.any(|it| !values.contains(&uncast(it))) {
            self.reject(format!("`{name}` has DISTINCT and is ordered by something else"), span);
        }
    }

    /// Refuses a window that the SELECT does not name.
    pub(super) fn check_window_name(&mut self, name: &Ident) {
        let own = self.fold(name);
        let is_there = self.scopes.levels.last().is_some_and(|it| it.windows.contains(&own));
        if self.checks() && !is_there {
            self.reject(format!("there is no window `{own}`"), name.span);
        }
    }

    /// Refuses an order that begins with something else than what DISTINCT ON is of.
    pub(super) fn check_distinct_on(&mut self, select: &[Term], order: Option<&Term>, span: Span) {
        let is_on = |it: &&Term| matches!(it, Term::Node(head, _) if head == "distinct on");
        let Some(Term::Node(_, on)) = select.iter().find(is_on) else { return };
        let Some(Term::Node(_, order)) = order.filter(|_| self.checks()) else { return };
        let of = |it: &Term| match it {
            Term::Node(_, of) => of.first().is_some_and(|it| on.contains(it)),
            _ => false,
        };
        let n_first = order.iter().take_while(|it| of(it)).count();
        let first: Vec<&Term> = order[..n_first].iter().filter_map(|it| inner(it)).collect();
        let is_whole = n_first == order.len() || on.iter().all(|it| first.contains(&it));
        if !is_whole || order[n_first..].iter().any(of) {
            self.reject("ORDER BY begins with what DISTINCT ON is not of".to_owned(), span);
        }
    }

    /// Refuses rows of values that have not as many columns.
    pub(super) fn check_values(&mut self, values: &Values) {
        let mut pairs = values.rows.windows(2);
        if self.checks() && pairs.any(|it| it[0].content.len() != it[1].content.len()) {
            self.reject("the rows of VALUES are not of one length".to_owned(), values.span());
        }
    }

    /// Refuses `x op ANY (SELECT …)` where there is no such operator for the column.
    pub(super) fn check_any(&mut self, op: &str, left: (&Expr, &Term), rows: &Rows, span: Span) {
        let ([only], true) = (rows.outputs.as_slice(), self.checks() && rows.complete) else {
            return;
        };
        let (a, b) = (self.sure_type(left.0, left.1), only.sure.as_deref());
        if let (Some(a), Some(b)) = (a.as_deref(), b)
            && self.scopes.catalog.lacks_operator(op, Some(a), Some(b))
        {
            self.reject(format!("there is no operator `{op}` for `{a}` and `{b}`"), span);
        }
    }
}

/// Returns what an item of an order is of.
fn inner(item: &Term) -> Option<&Term> {
    match item {
        Term::Node(_, of) => of.first(),
        _ => None,
    }
}

fn uncast(term: &Term) -> &Term {
    match term {
        Term::Cast(inner, _) => uncast(inner),
        other => other,
    }
}

/// Returns the name of the window, where a call says no more of it.
pub(super) fn named(over: &WindowType) -> Option<&Ident> {
    match over {
        WindowType::NamedWindow(name) => Some(name),
        WindowType::WindowSpec(spec) => spec.window_name.as_ref(),
    }
}

fn holds_window(term: &Term) -> bool {
    match term {
        Term::Cast(inner, _) => holds_window(inner),
        Term::Call(_, args) => args.iter().any(holds_window),
        Term::Node(head, _) if is_query(head) => false,
        Term::Node(head, parts) => head == "windowed" || parts.iter().any(holds_window),
        _ => false,
    }
}
