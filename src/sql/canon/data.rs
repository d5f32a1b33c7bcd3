//! Lowering of statements that write rows, as far as their names go: INSERT, UPDATE, DELETE, MERGE.

use std::{collections::BTreeSet, rc::Rc};

use sqlparser::ast::{
    Assignment, AssignmentTarget, ConflictTarget, Delete, Expr, FromTable, Insert, Merge,
    MergeAction, MergeInsertExpr, MergeInsertKind, MergeUpdateKind, ObjectName, OnConflictAction,
    OnInsert, Query, SelectItem, SetExpr, Spanned, Statement, TableAlias, TableObject, Update,
    UpdateTableFromKind,
};
use sqlparser::tokenizer::Span;

use super::{
    fold,
    lower::Ctx,
    query::Rows,
    scope::{Column, Level, Problem, Source},
    shown::Shown,
    term::Term,
};
use crate::sql::Family;

impl Ctx<'_> {
    /// Lowers a query or a statement that writes rows; returns what it gives back. `None` is another statement.
    pub(super) fn data(&mut self, statement: &Statement) -> Option<Rows> {
        match statement {
            Statement::Query(it) => Some(self.rows(it)),
            Statement::Insert(it) => self.insert(it),
            Statement::Update(it) => Some(self.update(it)),
            Statement::Delete(it) => Some(self.delete(it)),
            Statement::Merge(it) => Some(self.merge_into(it)),
            _ => None,
        }
    }

    fn insert(&mut self, it: &Insert) -> Option<Rows> {
        let TableObject::TableName(name) = &it.table else { return None };
        self.scopes.levels.push(Level::default());
        let alias = it.table_alias.as_ref().map(|it| TableAlias {
            explicit: true,
            name: it.alias.clone(),
            columns: Vec::new(),
            at: None,
        });
        let (table, shown) = self.table(name, alias.as_ref());
        let target = self.last_source();
        self.written_columns(&it.columns, target.as_deref());
        self.await_values(it, target.as_deref());
        let source = it.source.as_ref().map(|it| self.inserted(it));
        let width = source.as_ref().and_then(|it| it.complete.then_some(it.outputs.len()));
        self.check_width((name.span(), &it.columns), target.as_deref(), width);
        if let Some(rows) = &source {
            self.check_inserted(it, target.as_deref(), rows);
        }
        self.assignments(&it.assignments, target.as_deref());
        let mut parts = vec![table, self.names(it, target.as_deref(), width)];
        parts.extend(source.map(|it| fold::loosen_values(it.term, self.family)));
        if let Some(on) = &it.on {
            let on_insert = self.on_insert(on, target.as_deref(), name.span());
            parts.push(on_insert);
        }
        let rows = self.returned(it.returning.as_deref(), &shown);
        self.scopes.levels.pop();
        Some(written("insert", parts, rows))
    }

    /// Returns the columns that get a value: where none is listed, as many as there are values.
    fn names(&mut self, it: &Insert, target: Option<&Source>, width: Option<usize>) -> Term {
        let ident = |it: &ObjectName| it.0.last().and_then(|it| it.as_ident()).cloned();
        let listed = it.columns.iter().filter_map(ident).map(|it| Term::Word(self.fold(&it)));
        let mut names: Vec<Term> = listed.collect();
        if let (true, Some(target)) = (names.is_empty(), target) {
            let all = target.relation.columns.iter().take(width.unwrap_or(0));
            names = all.clone().map(|it| Term::word(&it.0)).collect();
            self.scopes.found.columns.extend(all.map(|it| Column {
                relation: Rc::clone(&target.relation),
                name: it.0.to_string(),
                span: Span::empty(),
                is_output: false,
            }));
        }
        Term::node("names", names)
    }

    fn on_insert(&mut self, on: &OnInsert, target: Option<&Source>, span: Span) -> Term {
        match on {
            OnInsert::OnConflict(it) => {
                self.check_conflict(it, target, span);
                let mut parts = Vec::new();
                match &it.conflict_target {
                    Some(ConflictTarget::Columns(columns)) => {
                        let terms = columns.iter().map(|it| self.identifier(it)).collect();
                        parts.push(Term::node("columns", terms));
                    }
                    Some(other) => {
                        parts.push(Term::Raw(super::folded(&other.to_string(), self.lexis)));
                    }
                    None => {}
                }
                let OnConflictAction::DoUpdate(update) = &it.action else {
                    return Term::node("on conflict", parts);
                };
                if let Some(target) = target {
                    let alias = "excluded".to_owned();
                    self.scopes.add(Source { alias, schema: None, ..target.clone() });
                }
                parts.push(Term::node("set", self.assignments(&update.assignments, target)));
                let selection = update.selection.iter().map(|it| self.filter(it, "WHERE"));
                parts.extend(selection.map(|it| Term::node("where", vec![it])));
                if let Some(level) = self.scopes.levels.last_mut() {
                    level.sources.truncate(1);
                }
                Term::node("on conflict", parts)
            }
            // What it computes may also name columns of the query that gives the rows.
            OnInsert::DuplicateKeyUpdate(list) => {
                for it in list {
                    self.assigned(&it.target, target);
                }
                Term::Raw(super::folded(&on.to_string(), self.lexis))
            }
            _ => Term::Raw(super::folded(&on.to_string(), self.lexis)),
        }
    }

    fn update(&mut self, it: &Update) -> Rows {
        self.scopes.levels.push(Level::default());
        self.check_target(&it.table.relation);
        let (table, mut shown) = self.from(&it.table);
        let mut parts = vec![table];
        let target = self.scopes.levels.last().and_then(|it| it.sources.first()).cloned();
        if let Some(UpdateTableFromKind::BeforeSet(from) | UpdateTableFromKind::AfterSet(from)) =
            &it.from
        {
            for from in from {
                let (term, mut own) = self.from(from);
                parts.push(term);
                shown.append(&mut own);
            }
        }
        parts.push(Term::node("set", self.assignments(&it.assignments, target.as_deref())));
        let selection = it.selection.iter().map(|it| self.filter(it, "WHERE"));
        parts.extend(selection.map(|it| Term::node("where", vec![it])));
        it.order_by.iter().for_each(|it| drop(self.expr(&it.expr)));
        let rows = self.returned(it.returning.as_deref(), &shown);
        self.scopes.levels.pop();
        written("update", parts, rows)
    }

    fn delete(&mut self, it: &Delete) -> Rows {
        self.scopes.levels.push(Level::default());
        let (FromTable::WithFromKeyword(from) | FromTable::WithoutKeyword(from)) = &it.from;
        // `DELETE FROM a USING a JOIN b` of MySQL names in the first list what the second has.
        let names_only = self.family == Family::MySql && it.using.is_some();
        let sources = from.iter().filter(|_| !names_only).chain(it.using.iter().flatten());
        for it in from {
            self.check_target(&it.relation);
        }
        let (mut parts, mut shown) = (Vec::new(), Vec::new());
        for from in sources {
            let (term, mut own) = self.from(from);
            parts.push(term);
            shown.append(&mut own);
        }
        let selection = it.selection.iter().map(|it| self.filter(it, "WHERE"));
        parts.extend(selection.map(|it| Term::node("where", vec![it])));
        it.order_by.iter().for_each(|it| drop(self.expr(&it.expr)));
        let rows = self.returned(it.returning.as_deref(), &shown);
        self.scopes.levels.pop();
        written("delete", parts, rows)
    }

    fn merge_into(&mut self, it: &Merge) -> Rows {
        self.scopes.levels.push(Level::default());
        self.check_target(&it.table);
        self.factor(&it.table);
        let target = self.last_source();
        self.factor(&it.source);
        self.expr(&it.on);
        for clause in &it.clauses {
            clause.predicate.iter().for_each(|it| drop(self.expr(it)));
            match &clause.action {
                MergeAction::Insert(it) => self.merge_insert(it, target.as_deref()),
                MergeAction::Update(it) => {
                    if let MergeUpdateKind::Set(list) = &it.kind {
                        self.assignments(list, target.as_deref());
                    }
                }
                _ => {}
            }
        }
        self.scopes.levels.pop();
        nothing()
    }

    fn merge_insert(&mut self, it: &MergeInsertExpr, target: Option<&Source>) {
        self.written_columns(&it.columns, target);
        if let MergeInsertKind::Values(values) = &it.kind {
            for row in &values.rows {
                for (at, value) in row.content.iter().enumerate() {
                    let term = self.expr(value);
                    if let Some((target, column)) = target.zip(it.columns.get(at)) {
                        self.check_set((target, column), value, &term);
                    }
                }
            }
            let width = values.rows.first().map(|it| it.content.len());
            self.check_width((it.insert_token.0.span, &it.columns), target, width);
        }
    }

    /// Lowers the query whose rows are inserted.
    fn inserted(&mut self, query: &Query) -> Rows {
        // MySQL computes values from columns of the table; nothing else sees it.
        let sees_columns = self.family == Family::MySql && is_values(query);
        let target = if sees_columns { None } else { self.scopes.levels.pop() };
        let rows = self.rows(query);
        self.scopes.levels.extend(target);
        rows
    }

    /// A list of columns takes as many values as it has names.
    fn check_width(
        &mut self,
        (span, columns): (Span, &[ObjectName]),
        target: Option<&Source>,
        width: Option<usize>,
    ) {
        let (Some(first), Some(last), Some(width)) = (columns.first(), columns.last(), width)
        else {
            let relation = target.map(|it| &*it.relation);
            let wanted = relation.zip(width).and_then(|it| it.0.misses(it.1, self.family));
            if let Some(reason) = wanted.filter(|_| columns.is_empty()) {
                self.scopes.found.problems.push(Problem::Rejected(reason, span));
            }
            return;
        };
        let ident = |it: &ObjectName| it.0.last().and_then(|it| it.as_ident()).map(|it| it.span);
        if width != columns.len()
            && let (Some(first), Some(last)) = (ident(first), ident(last))
        {
            let reason = format!("{width} values for {} columns", columns.len());
            self.scopes.found.problems.push(Problem::Rejected(reason, first.union(&last)));
        }
    }

    fn last_source(&self) -> Option<Rc<Source>> {
        self.scopes.levels.last().and_then(|it| it.sources.last()).cloned()
    }

    fn assignments(&mut self, list: &[Assignment], target: Option<&Source>) -> Vec<Term> {
        let mut res = Vec::new();
        for it in list {
            self.assigned(&it.target, target);
            // PostgreSQL keeps `(a, b) = (1, 2)` as `a = 1, b = 2`.
            match (&it.target, &it.value) {
                (AssignmentTarget::Tuple(names), Expr::Tuple(values))
                    if names.len() == values.len() =>
                {
                    let pairs = names.iter().zip(values);
                    res.extend(pairs.map(|(name, value)| self.assignment(name, value, target)));
                }
                (AssignmentTarget::ColumnName(name), value) => {
                    res.push(self.assignment(name, value, target));
                }
                (several @ AssignmentTarget::Tuple(names), value) => {
                    let name = Term::Word(super::folded(&several.to_string(), self.lexis));
                    let value = self.several(names.len(), value);
                    res.push(Term::node("=", vec![name, value]));
                }
            }
        }
        res
    }

    /// Lowers what several columns are set to at once: a row, or a subquery that gives one.
    fn several(&mut self, n_columns: usize, value: &Expr) -> Term {
        let Expr::Subquery(query) = value else { return self.expr(value) };
        if !self.binds {
            return self.expr(value);
        }
        let rows = self.rows(query);
        let n_values = rows.outputs.len();
        if self.checks() && rows.complete && n_values != n_columns {
            self.reject(format!("{n_columns} columns are set to {n_values} values"), query.span());
        }
        Term::node("select", vec![rows.term])
    }

    fn assignment(&mut self, name: &ObjectName, value: &Expr, target: Option<&Source>) -> Term {
        let written = name;
        let name = match name.0.as_slice() {
            [only] if only.as_ident().is_some() => {
                only.as_ident().map(|it| self.fold(it)).unwrap_or_default()
            }
            _ => super::folded(&name.to_string(), self.lexis),
        };
        let span = value.span();
        let expr = value;
        let value = self.expr(expr);
        self.check_no_window(&value, "UPDATE", span);
        if let Some(target) = target {
            self.check_set((target, written), expr, &value);
        }
        Term::node("=", vec![Term::Word(name), fold::loosen(value, self.family)])
    }

    fn assigned(&mut self, it: &AssignmentTarget, target: Option<&Source>) {
        match it {
            AssignmentTarget::ColumnName(name) => self.written_column(name, target),
            AssignmentTarget::Tuple(names) => {
                for name in names {
                    self.written_column(name, target);
                }
            }
        }
    }

    fn written_columns(&mut self, columns: &[ObjectName], target: Option<&Source>) {
        let mut before: BTreeSet<&str> = BTreeSet::new();
        for it in columns {
            self.written_column(it, target);
            if let [only] = it.0.as_slice()
                && let Some(ident) = only.as_ident()
                && !before.insert(&ident.value)
                && self.family != Family::Sqlite
            {
                let reason = format!("column `{}` is named twice", self.fold(ident));
                self.scopes.found.problems.push(Problem::Rejected(reason, ident.span));
            }
        }
    }

    /// A column that a value is given to: `c`, PostgreSQL's `c.field`, MySQL's `t.c`.
    fn written_column(&mut self, name: &ObjectName, target: Option<&Source>) {
        let idents: Vec<_> = name.0.iter().filter_map(|it| it.as_ident()).cloned().collect();
        if self.family == Family::MySql {
            match idents.as_slice() {
                [only] => drop(self.identifier(only)),
                several => drop(self.qualified(several)),
            }
            return;
        }
        let (Some(ident), Some(target)) = (idents.first(), target) else { return };
        self.refuse_reserved(ident, "a column name");
        let name = self.named(ident);
        let is_hidden =
            self.family != Family::Postgres && self.scopes.catalog.is_hidden_column(&name.text);
        let relation = Rc::clone(&target.relation);
        if self.scopes.has(target, &name.text) {
            if target.stored {
                let (name, span) = (name.text, name.span);
                let column = super::scope::Column { relation, name, span, is_output: false };
                self.scopes.found.columns.push(column);
            }
        } else if !is_hidden && !target.relation.open {
            let of = target.stored.then_some(relation);
            self.scopes.found.problems.push(Problem::Written(of, name.text, name.span));
        }
    }

    fn returned(&mut self, items: Option<&[SelectItem]>, shown: &[Shown]) -> Rows {
        let Some(items) = items else { return nothing() };
        let (outputs, complete) = self.projection(items, shown);
        let term = Term::node("list", outputs.iter().map(|it| it.term.clone()).collect());
        Rows { term, outputs, others: Vec::new(), complete }
    }
}

fn is_values(it: &Query) -> bool {
    matches!(it.body.as_ref(), SetExpr::Values(_))
}

/// Returns the rows of a statement that writes, with the term of all of it.
fn written(head: &str, mut parts: Vec<Term>, rows: Rows) -> Rows {
    if !rows.outputs.is_empty() {
        parts.push(Term::node("returning", vec![rows.term]));
    }
    Rows { term: Term::node(head, parts), ..rows }
}

fn nothing() -> Rows {
    Rows { term: Term::word(""), outputs: Vec::new(), others: Vec::new(), complete: true }
}
