//! What the SQL inside an object refers to; what it names that is not there, the server refuses.

use std::rc::Rc;

use super::{
    codes,
    ctx::{Ctx, Outcome},
    sqlite_names,
};
use crate::{
    base::{Name, QName, Span},
    diag::Diagnostic,
    dialect::bind::World,
    dialect::postgres::spots,
    model::{Expr, Id, Schema, Table, View},
    sql::{
        self,
        ast::Sql,
        bind::{Bound, Problem},
    },
};

/// Views upon views that are looked into.
const VIEWS: usize = 30;

impl Ctx<'_, '_> {
    /// Returns the expression without the parentheses that the grammar asks for.
    pub(super) fn expr(&self, sql: &Sql) -> Expr {
        self.expr_of(sql.text)
    }

    pub(super) fn expr_of(&self, text: &str) -> Expr {
        let text = text.trim();
        Expr::new(text, sql::canonical(text, &self.dialect.lexis))
    }

    /// Returns the expression, and the columns that it mentions, each with its place.
    pub(super) fn read_expr(&self, sql: &Sql) -> (Expr, Vec<(Name, Span)>) {
        let Ok(parsed) = sql::check_expr(sql.text, &self.dialect.lexis) else {
            return (self.expr(sql), Vec::new());
        };
        let named = |(name, span): (String, Span)| {
            (self.dialect.column_name(&name), span.shift(sql.span.start))
        };
        let columns = parsed.columns.into_iter().map(named).collect();
        (Expr::new(sql.text.trim(), parsed.canonical), columns)
    }

    /// Shows the schema as the session sees it.
    pub(super) fn in_world<R>(&self, look: impl FnOnce(&World) -> R) -> R {
        self.in_world_with(&|_, _| false, look)
    }

    /// Shows the schema as a program with variables sees it.
    pub(super) fn in_world_with<R>(
        &self,
        has_variable: &dyn Fn(&str, bool) -> bool,
        look: impl FnOnce(&World) -> R,
    ) -> R {
        self.in_world_of(&self.schema, has_variable, look)
    }

    /// Shows a schema of SQLite as what it holds sees it: without what is the session's.
    pub(super) fn in_world_within<R>(&self, schema: &Schema, look: impl FnOnce(&World) -> R) -> R {
        let is_partial = |it: &QName| self.partial.contains(it);
        look(&World {
            dialect: self.dialect,
            schema,
            path: &self.path,
            hides: false,
            may_exist: &|_, _| false,
            is_partial: &is_partial,
            has_variable: &|_, _| false,
            seen: Rc::clone(&self.seen),
            home: Some("main"),
        })
    }

    /// Shows another schema, as it may come to be.
    pub(super) fn in_world_of<R>(
        &self,
        schema: &Schema,
        has_variable: &dyn Fn(&str, bool) -> bool,
        look: impl FnOnce(&World) -> R,
    ) -> R {
        let may_exist = |it: &QName, written: bool| {
            written && self.is_foreign(it) || self.is_sqlite() && sqlite_names::is_beside(self, it)
        };
        let is_partial = |it: &QName| self.partial.contains(it);
        look(&World {
            dialect: self.dialect,
            schema,
            path: &self.path,
            hides: self.has_temporary,
            may_exist: &may_exist,
            is_partial: &is_partial,
            has_variable,
            seen: Rc::clone(&self.seen),
            home: if self.is_sqlite() { Some("main") } else { self.history.database },
        })
    }

    /// Returns the condition of a policy, and all objects that it uses, columns of its table among them.
    pub(super) fn bind_own_expr(&mut self, sql: &Sql, own: &Table) -> Outcome<(Expr, Vec<Id>)> {
        let read = self.in_world(|world| {
            let bound = world.expr(sql.text, Some(own)).ok()?;
            let mut uses = world.uses(&bound, None);
            uses.retain(|it| *it != Id::of::<Table>(own.name.clone()));
            Some((world.kept(sql.text, &bound, own), uses, bound))
        });
        let Some((expr, uses, bound)) = read else { return Ok((self.expr(sql), Vec::new())) };
        self.refuse_problem(&bound, sql.span.start)?;
        self.refuse_no_condition(&bound, "a policy", sql.span)?;
        Ok((expr, uses))
    }

    /// Errs with what is certain to be no truth value where one is asked for.
    pub(super) fn refuse_no_condition(&self, bound: &Bound, of: &str, span: Span) -> Outcome {
        let ty = self.in_world(|world| spots::no_condition(world, bound));
        let Some(ty) = ty.filter(|_| self.is_postgres()) else { return Ok(()) };
        let reason = format!("the condition of {of} is of type `{ty}`");
        Err(Box::new(codes::rejected(reason, self.place(span))))
    }

    /// Errs with the first name that stands for nothing; `start` is where the text starts. What a statement that was
    /// not understood may have made is only told.
    pub(super) fn refuse_problem(&mut self, bound: &Bound, start: u32) -> Outcome {
        self.refuse_problems(&bound.problems, start)?;
        self.refuse_broken(bound, start)?;
        self.refuse_calls(bound, start)
    }

    /// MySQL keeps a view whose tables are gone, but nothing can be read from it
    /// (<https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html>: 1356).
    fn refuse_broken(&self, bound: &Bound, start: u32) -> Outcome {
        // Of what a server keeps the first view that works no more tells enough.
        if !self.is_mysql() || self.shows_kept || self.schema.views.is_empty() {
            return Ok(());
        }
        for it in &bound.relations {
            let name = self.relation_of(it.schema.as_deref(), &it.name);
            if self.is_broken(&name, VIEWS) {
                let reason = format!("view `{name}` looks at what is not there any more");
                return Err(Box::new(codes::rejected(reason, self.place(it.span.shift(start)))));
            }
        }
        Ok(())
    }

    /// Returns whether what the view was made of is gone; looks that deep into views of views.
    fn is_broken(&self, name: &QName, depth: usize) -> bool {
        let Some(view) = self.schema.views.get(name).filter(|_| depth > 0) else { return false };
        let uses = &view.meta.uses;
        if uses.iter().any(|it| self.schema.find(it).is_none()) {
            return true;
        }
        let views = || uses.iter().filter(|it| it.is::<View>());
        if views().any(|it| self.is_broken(&it.owner, depth - 1)) {
            return true;
        }
        let bound = self.in_world(|world| world.query(view.query.text()));
        bound.is_ok_and(|it| !it.problems.is_empty() || self.refuse_calls(&it, 0).is_err())
    }

    /// Errs with the first of these that is certain.
    pub(super) fn refuse_problems(&mut self, problems: &[Problem], start: u32) -> Outcome {
        for it in problems {
            let diagnostic = self.problem(it, start);
            let about = diagnostic.about.clone().unwrap_or_default();
            if about.is_empty() || self.blame.suspect(&about).is_none() {
                return Err(Box::new(diagnostic));
            }
            self.refuse(diagnostic);
        }
        Ok(())
    }

    pub(super) fn problem(&self, problem: &Problem, start: u32) -> Diagnostic {
        let place = |span: &Span| self.place(span.shift(start));
        match problem {
            Problem::Relation { schema, name, span } => {
                let schema = schema
                    .as_deref()
                    .map_or_else(|| self.path.first().cloned().flatten(), |it| self.namespace(it));
                let missing = QName::new(schema, self.dialect.table_name(name));
                let later = self.history.table_after(name, self.moment);
                let res = codes::missing_relation("table", &missing, place(span), later);
                self.with_cause(res, &missing)
            }
            Problem::Column { relation: Some((schema, relation)), name, span }
            | Problem::Written { relation: Some((schema, relation)), name, span }
                if self.has_relation(&self.dialect.qname_of(schema.as_deref(), relation)) =>
            {
                let owner = self.dialect.qname_of(schema.as_deref(), relation);
                let table = self.schema.tables.get(&owner);
                let columns = table.into_iter().flat_map(|it| &it.columns);
                let columns = columns.map(|it| it.name.as_str());
                codes::missing_column(&owner, name, place(span), columns)
            }
            Problem::Column { name, span, .. } | Problem::Written { name, span, .. } => {
                let reason = format!("no column `{name}` in any table that the query reads");
                codes::rejected(reason, place(span)).about(format!("column `{name}`"))
            }
            Problem::Rejected { reason, span } => codes::rejected(reason.clone(), place(span)),
            Problem::Ambiguous { name, span } => {
                let reason = format!("column `{name}` is in several tables that the query reads");
                codes::rejected(reason, place(span))
            }
        }
    }
}
