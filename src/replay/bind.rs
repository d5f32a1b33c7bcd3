//! What the SQL inside an object refers to; what it names that is not there, the server refuses.

use super::{
    codes,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::{Name, QName, Span},
    diag::Diagnostic,
    dialect::{bind::World, postgres::builtins::is_builtin},
    model::{Expr, Id, Table},
    sql::{
        ast::{Ident, ObjectName, Sql},
        bind::{Bound, Problem},
    },
};

impl Ctx<'_, '_> {
    /// Shows the schema as the session sees it.
    pub(super) fn in_world<R>(&self, look: impl FnOnce(&World) -> R) -> R {
        let may_exist = |it: &QName, written: bool| {
            self.temporary.contains(it) || written && self.is_foreign(it)
        };
        let is_partial = |it: &QName| self.partial.contains(it);
        look(&World {
            dialect: self.dialect,
            schema: &self.schema,
            path: &self.path,
            may_exist: &may_exist,
            is_partial: &is_partial,
        })
    }

    /// Returns an expression over the table's columns, and all objects that it uses, those columns among them.
    pub(super) fn bind_own_expr(&mut self, sql: &Sql, own: &Table) -> Outcome<(Expr, Vec<Id>)> {
        let read = self.in_world(|world| {
            let bound = world.expr(sql.text, Some(own)).ok()?;
            let mut uses = world.uses(&bound, None);
            uses.retain(|it| *it != Id::of::<Table>(own.name.clone()));
            let text = world.settled(sql.text, &bound);
            Some((Expr::new(text.trim(), bound.canonical.as_str()), uses, bound))
        });
        let Some((expr, uses, bound)) = read else { return Ok((self.expr(sql), Vec::new())) };
        self.refuse_problem(&bound, sql.span.start)?;
        self.refuse_calls(&bound, sql.span.start)?;
        Ok((expr, uses))
    }

    /// Errs with the first name that stands for nothing; `start` is where the text starts. What a statement that was
    /// not understood may have made is only told.
    pub(super) fn refuse_problem(&mut self, bound: &Bound, start: u32) -> Outcome {
        for it in &bound.problems {
            let diagnostic = self.problem(it, start);
            let about = diagnostic.about.clone().unwrap_or_default();
            if about.is_empty() || self.blame.suspect(&about).is_none() {
                return Err(Box::new(diagnostic));
            }
            self.refuse(diagnostic);
        }
        let missing = bound
            .calls
            .iter()
            .find(|it| self.is_missing(it) && self.in_world(|world| world.function(it).is_none()));
        match missing {
            Some(it) => Err(self.missing_call(it, self.place(it.span.shift(start)))),
            None => Ok(()),
        }
    }

    /// Errs with the first call of a function that neither the schema has nor the server, nor an extension may have brought.
    pub(super) fn refuse_calls(&self, bound: &Bound, start: u32) -> Outcome {
        for call in &bound.calls {
            let ident = |text: &str| Ident { text: text.to_owned().into(), span: call.span };
            let written = ObjectName {
                schema: call.schema.as_deref().map(ident),
                name: ident(&call.name),
                span: call.span.shift(start),
            };
            let own = self.table_name(&written.name);
            let spaces = match call.schema.as_deref() {
                Some("pg_catalog") => continue,
                Some(schema) => vec![self.namespace(schema)],
                None if is_builtin(&call.name) => continue,
                None => self.path.clone(),
            };
            let named = |it: Option<Name>| self.routines_named(&QName::new(it, own.clone()));
            if spaces.into_iter().any(|it| !named(it).is_empty()) {
                continue;
            }
            let is_ours = self.history.routine_after(&call.name, (0, 0)).is_some();
            if is_ours || self.schema.extensions.is_empty() && !self.may_be_foreign(&written) {
                return Err(self.missing_function(&written, None, "function"));
            }
        }
        Ok(())
    }

    fn may_be_foreign(&self, written: &ObjectName) -> bool {
        written.schema.as_ref().is_some_and(|it| self.history.is_foreign(&it.text))
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
            Problem::Column { relation: Some((schema, relation)), name, span } => {
                let owner = self.dialect.qname_of(schema.as_deref(), relation);
                let table = self.schema.tables.get(&owner);
                let columns = table.into_iter().flat_map(|it| &it.columns);
                let columns = columns.map(|it| it.name.as_str());
                codes::missing_column(&owner, name, place(span), columns)
            }
            Problem::Column { relation: None, name, span } => {
                let reason = format!("no column `{name}` in any table that the query reads");
                codes::rejected(reason, place(span)).about(format!("column `{name}`"))
            }
            Problem::Ambiguous { name, span } => {
                let reason = format!("column `{name}` is in several tables that the query reads");
                codes::rejected(reason, place(span))
            }
        }
    }
}
