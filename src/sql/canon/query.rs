//! Lowering of queries whose names are bound: SELECT, set operations, WITH, VALUES.

use std::{rc::Rc, sync::Arc};

use sqlparser::{
    ast::{
        AccessExpr, Cte, Distinct, Expr, GroupByExpr, Query, Select, SelectItem,
        SelectItemQualifiedWildcardKind, SetExpr, Spanned, TableAlias, With,
    },
    tokenizer::Span,
};

use super::{
    checks::Clauses,
    collation::Derived,
    infer::type_of,
    lower::Ctx,
    outputs::output_name,
    scope::{Level, Named},
    shown::{Column, Shown, columns},
    term::Term,
};
use crate::sql::bind::Relation;

/// A lowered query and the columns it gives.
pub(super) struct Rows {
    pub(super) term: Term,
    pub(super) outputs: Vec<Out>,
    /// The outputs of the other branches of a set operation, which SQLite orders by as well.
    pub(super) others: Vec<Out>,
    /// Whether `outputs` are all.
    pub(super) complete: bool,
}

#[derive(Clone)]
pub(super) struct Out {
    pub(super) name: String,
    pub(super) term: Term,
    pub(super) ty: Option<String>,
    /// The type, where nothing can change that.
    pub(super) sure: Option<String>,
    /// The collation, where it is not that of the term.
    pub(super) collation: Option<Derived>,
    /// What it is, where it is a bare column of a relation of the schema and goes by its name.
    pub(super) column: Option<(Rc<Relation>, String)>,
}

/// A CTE whose first branch has to be read before the others can name it.
pub(super) struct Recursive {
    name: String,
    alias: TableAlias,
}

impl Ctx<'_> {
    /// Lowers a query.
    pub(super) fn rows(&mut self, query: &Query) -> Rows {
        let n_ctes = self.scopes.ctes.len();
        let mut parts = Vec::new();
        let items = std::mem::take(&mut self.items);
        if let Some(with) = &query.with {
            parts.extend(self.with(with));
        }
        self.items = items;
        let recursive = self.recursive.take();
        let mut rows = self.set(&query.body, recursive, query.order_by.as_ref());
        self.scopes.ctes.truncate(n_ctes);
        parts.extend(self.limits(query));
        if !parts.is_empty() {
            parts.insert(0, rows.term);
            rows.term = Term::node("query", parts);
        }
        rows
    }

    fn with(&mut self, with: &With) -> Vec<Term> {
        let mut res = Vec::new();
        for cte in &with.cte_tables {
            res.push(self.cte(cte, with.recursive));
        }
        res
    }

    fn cte(&mut self, cte: &Cte, recursive: bool) -> Term {
        self.check_free(&cte.alias.name, "a name");
        let name = self.fold(&cte.alias.name);
        let is_union = matches!(cte.query.body.as_ref(), SetExpr::SetOperation { .. });
        if recursive && is_union {
            self.recursive = Some(Recursive { name: name.clone(), alias: cte.alias.clone() });
        }
        let rows = self.rows(&cte.query);
        let relation = self.relation_of(&rows, Some(&cte.alias));
        let names: Vec<Term> = relation.columns.iter().map(|it| Term::word(&it.0)).collect();
        self.scopes.ctes.push((name.clone(), Rc::new(relation)));
        let parts = vec![Term::Word(name), Term::node("names", names), rows.term];
        Term::node("with", parts)
    }

    /// Returns what a subquery is to the query around it, its columns named by the alias.
    pub(super) fn relation_of(&self, rows: &Rows, alias: Option<&TableAlias>) -> Relation {
        let column = |it: &Out| (it.name.as_str().into(), it.ty.as_deref().map(Into::into));
        let mut columns: Vec<_> = rows.outputs.iter().map(column).collect();
        for (at, given) in alias.into_iter().flat_map(|it| &it.columns).enumerate() {
            let name: Arc<str> = self.fold(&given.name).into();
            match columns.get_mut(at) {
                Some(column) => column.0 = name,
                None => columns.push((name, None)),
            }
        }
        let unusual = self.unusual_collations(&rows.outputs).into_iter();
        let collations = unusual.map(|it| (columns[it.0].0.clone(), it.1.map(Into::into)));
        let collations = collations.collect();
        let name = alias.map(|it| self.fold(&it.name)).unwrap_or_default();
        Relation { name, columns, collations, open: !rows.complete, ..Relation::default() }
    }

    fn set(
        &mut self,
        set: &SetExpr,
        recursive: Option<Recursive>,
        order: Option<&sqlparser::ast::OrderBy>,
    ) -> Rows {
        match set {
            SetExpr::Select(select) => self.select(select, order),
            SetExpr::Query(query) => {
                self.recursive = recursive;
                let mut rows = self.rows(query);
                self.order_outputs(&mut rows, order);
                rows
            }
            SetExpr::SetOperation { left, op, set_quantifier, right } => {
                let left = self.set(left, None, None);
                let n_ctes = self.scopes.ctes.len();
                if let Some(Recursive { name, alias }) = recursive {
                    let relation = self.relation_of(&left, Some(&alias));
                    self.scopes.ctes.push((name, Rc::new(relation)));
                }
                let right = self.set(right, None, None);
                self.scopes.ctes.truncate(n_ctes);
                self.check_branches(&left, &right, (*op, *set_quantifier), set.span());
                let mut rows = self.combined(left, right, *op, *set_quantifier);
                self.order_outputs(&mut rows, order);
                rows
            }
            SetExpr::Values(values) => {
                let (mut outputs, mut terms) = (Vec::new(), Vec::new());
                let given = std::mem::take(&mut self.given);
                for row in &values.rows {
                    let parts = self.values(&row.content);
                    self.check_row(&given, &row.content, &parts);
                    if outputs.is_empty() {
                        outputs = (1..).zip(&parts).map(|it| self.value_column(it)).collect();
                    }
                    terms.push(Term::node("row", parts));
                }
                self.check_values(values);
                let term = Term::node("values", terms);
                let mut rows = Rows { term, outputs, others: Vec::new(), complete: true };
                self.order_outputs(&mut rows, order);
                rows
            }
            SetExpr::Insert(it)
            | SetExpr::Update(it)
            | SetExpr::Delete(it)
            | SetExpr::Merge(it)
                if self.binds =>
            {
                self.data(it).unwrap_or_else(|| self.unread(set))
            }
            other => self.unread(other),
        }
    }

    fn unread(&self, set: &SetExpr) -> Rows {
        let term = Term::Raw(super::folded(&set.to_string(), self.lexis));
        Rows { term, outputs: Vec::new(), others: Vec::new(), complete: false }
    }

    fn value_column(&self, (number, term): (usize, &Term)) -> Out {
        let ty = type_of(term, &self.scopes.types);
        let name = format!("column{number}");
        Out { name, term: term.clone(), ty, sure: None, collation: None, column: None }
    }

    fn select(&mut self, select: &Select, order: Option<&sqlparser::ast::OrderBy>) -> Rows {
        let windows = select.named_window.iter().map(|it| self.fold(&it.0)).collect();
        self.scopes.levels.push(Level { windows, ..Level::default() });
        let mut froms = Vec::new();
        let mut shown = Vec::new();
        let items = std::mem::take(&mut self.items);
        for from in &select.from {
            let (term, mut own) = self.from(from);
            froms.push(term);
            shown.append(&mut own);
        }
        self.items = items;
        let condition = select.selection.as_ref().map(|it| self.filter(it, "WHERE"));
        self.check_output_names(&select.projection);
        let (outputs, complete) = self.projection(&select.projection, &shown);
        let mut parts =
            vec![Term::node("list", outputs.iter().map(|it| it.term.clone()).collect())];
        if !complete {
            parts.push(Term::word("*"));
        }
        if !froms.is_empty() {
            parts.push(Term::node("from", self.listed(froms)));
        }
        parts.extend(condition.map(|it| Term::node("where", vec![it])));
        match &select.distinct {
            Some(Distinct::Distinct) => parts.push(Term::word("distinct")),
            Some(Distinct::On(exprs)) => {
                let on = exprs.iter().map(|it| self.output_or_expr(it, &outputs));
                let mut terms: Vec<Term> = on.collect();
                terms.sort();
                parts.push(Term::node("distinct on", terms));
            }
            Some(Distinct::All) | None => {}
        }
        let group = self.group(&select.group_by, &outputs);
        let having = select.having.as_ref().map(|it| self.filter(it, "HAVING"));
        let windows: Vec<Term> =
            select.named_window.iter().map(|it| self.named_window(it)).collect();
        let order = self.order(order, &outputs);
        self.check_distinct_on(&parts, order.as_ref(), select.select_token.0.span);
        if complete {
            let (group, having, order) = (group.as_ref(), having.as_ref(), order.as_ref());
            self.check_groups(select, &Clauses { outputs: &outputs, group, having, order });
        }
        parts.extend(group);
        parts.extend(having.map(|it| Term::node("having", vec![it])));
        parts.extend(windows);
        parts.extend(order);
        self.scopes.levels.pop();
        Rows { term: Term::node("select", parts), outputs, others: Vec::new(), complete }
    }

    pub(super) fn filter(&mut self, expr: &Expr, of: &str) -> Term {
        let term = self.expr(expr);
        self.condition(expr, &term, of);
        term
    }

    pub(super) fn projection(&mut self, items: &[SelectItem], shown: &[Shown]) -> (Vec<Out>, bool) {
        let mut res = Vec::new();
        let mut complete = true;
        let texts = std::mem::take(&mut self.items);
        for (at, item) in items.iter().enumerate() {
            match item {
                SelectItem::UnnamedExpr(expr) => {
                    if let Expr::CompoundFieldAccess { root, access_chain } = expr
                        && super::outputs::ends_in_star(access_chain)
                    {
                        if self.fields(root, access_chain, &mut res) {
                            continue;
                        }
                        complete = false;
                    }
                    let name = output_name(expr, self, texts.get(at).map(|it| (*it, at + 1)));
                    let n_columns = self.scopes.found.columns.len();
                    let mut out = self.output(expr, name);
                    if let Expr::Identifier(_) | Expr::CompoundIdentifier(_) = expr
                        && let Some(column) = self.scopes.found.columns.last_mut()
                    {
                        column.is_output = true;
                        let own = (Rc::clone(&column.relation), column.name.clone());
                        out.column = (self.scopes.found.columns.len() > n_columns).then_some(own);
                    }
                    if let Expr::CompoundFieldAccess { access_chain, .. } = expr
                        && let Some(AccessExpr::Dot(Expr::Identifier(last))) = access_chain.last()
                        && let Some(field) = self.scopes.found.fields.last_mut()
                    {
                        field.is_output = field.span == last.span;
                    }
                    res.push(out);
                }
                SelectItem::ExprWithAlias { expr, alias } => {
                    let name = self.fold(alias);
                    self.scopes.found.aliases.push(name.clone());
                    if let Expr::Identifier(column) = expr {
                        self.scopes.found.listed.push(column.span);
                    } else if let Expr::CompoundIdentifier(path) = expr {
                        self.scopes.found.listed.extend(path.last().map(|it| it.span));
                    }
                    res.push(self.output(expr, name));
                }
                SelectItem::Wildcard(options) => {
                    let all = columns(shown);
                    complete &= self.has_only_known_sources(None);
                    self.star(&all, options.wildcard_token.0.span, &mut res);
                }
                SelectItem::QualifiedWildcard(
                    SelectItemQualifiedWildcardKind::ObjectName(name),
                    options,
                ) => {
                    let idents: Vec<_> = name.0.iter().filter_map(|it| it.as_ident()).collect();
                    let Some((of, schema)) = idents.split_last() else { continue };
                    let of = self.named(of);
                    let schema = schema.last().map(|it| self.named(it));
                    // Tells of a name that stands for nothing.
                    let all = Named { text: "*".to_owned(), span: of.span };
                    self.scopes.qualified(schema.as_ref(), &of, &all);
                    complete &= self.has_only_known_sources(Some(&of.text));
                    let mut own = columns(shown);
                    own.retain(|it| it.is_of(&of.text));
                    if own.is_empty() {
                        own = self.outer_columns(schema.as_ref(), &of);
                    }
                    let first = schema.as_ref().map_or(of.span, |it| it.span);
                    let span = first.union(&options.wildcard_token.0.span);
                    self.star(&own, span, &mut res);
                }
                other => {
                    complete = false;
                    let term = Term::Raw(super::folded(&other.to_string(), self.lexis));
                    let name = String::new();
                    res.push(Out {
                        name,
                        term,
                        ty: None,
                        sure: None,
                        collation: None,
                        column: None,
                    });
                }
            }
        }
        (res, complete)
    }

    fn has_only_known_sources(&self, alias: Option<&str>) -> bool {
        let Some(level) = self.scopes.levels.last() else { return false };
        let mut own = level.sources.iter().filter(|it| alias.is_none_or(|name| it.alias == name));
        let known = own.clone().all(|it| !it.relation.open);
        known && (alias.is_none() || own.next().is_some())
    }

    fn star(&mut self, columns: &[Column], span: Span, res: &mut Vec<Out>) {
        let shown = || columns.iter().filter(|it| !it.hidden);
        let texts = shown().map(|it| (it.qualifier.clone(), it.name.clone())).collect();
        self.scopes.found.stars.push((span, texts));
        for it in shown() {
            if let Some((relation, name)) = &it.stored {
                self.scopes.found.columns.push(super::scope::Column {
                    relation: Rc::clone(relation),
                    name: name.clone(),
                    span: Span::empty(),
                    is_output: false,
                });
            }
            res.push(Out {
                name: it.name.clone(),
                term: it.term.clone(),
                ty: it.ty.clone(),
                sure: it.ty.clone(),
                collation: None,
                column: it.stored.clone(),
            });
        }
    }

    fn output(&mut self, expr: &Expr, name: String) -> Out {
        let term = self.expr(expr);
        let ty = self.type_of(expr, &term);
        let sure = self.sure_type(expr, &term);
        Out { name, term, ty, sure, collation: None, column: None }
    }

    fn group(&mut self, group: &GroupByExpr, outputs: &[Out]) -> Option<Term> {
        let GroupByExpr::Expressions(exprs, modifiers) = group else {
            return Some(Term::word("group by all"));
        };
        if exprs.is_empty() {
            return None;
        }
        let mut terms: Vec<Term> = exprs.iter().map(|it| self.grouped(it, outputs)).collect();
        terms.extend(modifiers.iter().map(|it| Term::word(&it.to_string().to_lowercase())));
        Some(Term::node("group by", terms))
    }

    fn grouped(&mut self, expr: &Expr, outputs: &[Out]) -> Term {
        let (head, sets) = match expr {
            Expr::GroupingSets(sets) => ("grouping sets", sets),
            Expr::Cube(sets) => ("cube", sets),
            Expr::Rollup(sets) => ("rollup", sets),
            // An input column comes before an output of that name.
            Expr::Identifier(ident) if self.is_input(&self.fold(ident)) => return self.expr(expr),
            other => return self.output_or_expr(other, outputs),
        };
        let row = |set: &Vec<Expr>, ctx: &mut Self| {
            Term::node("row", set.iter().map(|it| ctx.output_or_expr(it, outputs)).collect())
        };
        Term::node(head, sets.iter().map(|it| row(it, self)).collect())
    }

    fn is_input(&self, name: &str) -> bool {
        self.scopes.levels.last().is_some_and(|level| {
            level.merged.iter().any(|it| it.0 == name)
                || level.sources.iter().any(|it| self.scopes.has(it, name))
        })
    }
}
