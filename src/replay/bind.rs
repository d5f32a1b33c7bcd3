//! What the SQL inside an object refers to; what it names that is not there, the server refuses.

use super::{
    codes,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::{QName, Span},
    diag::Diagnostic,
    dialect::bind::World,
    model::{Expr, Id, Table},
    sql::{
        ast::Sql,
        bind::{Bound, Problem},
    },
};

impl Ctx<'_, '_> {
    /// Shows the schema as the session sees it.
    pub(super) fn in_world<R>(&self, look: impl FnOnce(&World) -> R) -> R {
        let may_exist = |it: &QName| self.temporary.contains(it) || self.is_foreign(it);
        let is_partial = |it: &QName| self.partial.contains(it);
        look(&World {
            dialect: self.dialect,
            schema: &self.schema,
            path: &self.path,
            may_exist: &may_exist,
            is_partial: &is_partial,
        })
    }

    #[expect(dead_code, reason = "policies will be read with it")]
    /// Returns an expression of the table's columns, and the objects that it uses beside them.
    pub(super) fn bind_expr(&self, sql: &Sql, own: Option<&Table>) -> Outcome<(Expr, Vec<Id>)> {
        self.in_world(|world| {
            let Ok(bound) = world.expr(sql.text, own) else {
                return Ok((self.expr(sql), Vec::new()));
            };
            self.refuse_problem(&bound, sql.span.start)?;
            let uses = world.uses(&bound, own.map(|it| &it.name));
            let text = world.settled(sql.text, &bound);
            Ok((Expr::new(text.trim(), bound.canonical), uses))
        })
    }

    /// Errs with the first name that stands for nothing; `start` is where the text starts.
    pub(super) fn refuse_problem(&self, bound: &Bound, start: u32) -> Outcome {
        bound.problems.first().map_or(Ok(()), |it| Err(Box::new(self.problem(it, start))))
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
                codes::rejected(reason, place(span))
            }
            Problem::Ambiguous { name, span } => {
                let reason = format!("column `{name}` is in several tables that the query reads");
                codes::rejected(reason, place(span))
            }
        }
    }
}
