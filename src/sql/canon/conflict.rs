//! What a row that is there already is told by in `ON CONFLICT`
//! (<https://www.postgresql.org/docs/current/sql-insert.html#SQL-ON-CONFLICT>, <https://www.sqlite.org/lang_upsert.html>).

use std::collections::BTreeSet;

use sqlparser::ast::{ConflictTarget, Ident, OnConflict, OnConflictAction, Spanned};
use sqlparser::tokenizer::Span;

use super::{
    lower::Ctx,
    scope::{Problem, Source},
};
use crate::sql::Family;

impl Ctx<'_> {
    /// Refuses columns that no key of the table is of, and a constraint that it has not. The body of a function is not
    /// planned before it is called.
    pub(super) fn check_conflict(&mut self, it: &OnConflict, target: Option<&Source>, span: Span) {
        let Some(relation) = target.map(|it| &it.relation).filter(|_| self.runs) else { return };
        let updates = matches!(it.action, OnConflictAction::DoUpdate(_));
        if it.conflict_target.is_none() && updates && self.family == Family::Postgres {
            let reason = "DO UPDATE has to say which rows it is about".to_owned();
            self.scopes.found.problems.push(Problem::Rejected(reason, span));
        }
        let (schema, name) = (relation.schema.as_deref(), relation.name.as_str());
        let Some(keys) = self.scopes.catalog.keys(schema, name) else { return };
        let (reason, span) = match &it.conflict_target {
            Some(ConflictTarget::Columns(columns)) => {
                let own: BTreeSet<String> = columns.iter().map(|it| self.key_part(it)).collect();
                let is_it = |it: &Vec<String>| {
                    it.len() == own.len() && it.iter().all(|it| own.contains(&self.folded_part(it)))
                };
                let has = |own: &String| {
                    relation.columns.iter().any(|it| self.folded_part(&it.0) == *own)
                };
                // A column that is not there is told of where it is read.
                if keys.columns.iter().any(is_it) || !own.iter().all(has) {
                    return;
                }
                let listed: Vec<String> = columns.iter().map(|it| it.value.clone()).collect();
                let span = columns.iter().map(|it| it.span).reduce(|a, b| a.union(&b));
                let reason = format!("no key of table `{name}` is that of ({})", listed.join(", "));
                (reason, span.unwrap_or_else(Span::empty))
            }
            Some(ConflictTarget::OnConstraint(written)) => {
                let own = written.0.last().and_then(|it| it.as_ident()).map(|it| self.fold(it));
                if own.as_ref().is_none_or(|it| keys.names.contains(it)) {
                    return;
                }
                let own = own.unwrap_or_default();
                (format!("table `{name}` has no key `{own}` that tells rows apart"), written.span())
            }
            None => return,
        };
        self.scopes.found.problems.push(Problem::Rejected(reason, span));
    }

    fn key_part(&self, ident: &Ident) -> String {
        self.folded_part(&self.fold(ident))
    }

    fn folded_part(&self, name: &str) -> String {
        if self.family == Family::Postgres { name.to_owned() } else { name.to_lowercase() }
    }
}
