//! Cursors of MySQL and PL/pgSQL (<https://dev.mysql.com/doc/refman/8.4/en/cursors.html>,
//! <https://www.postgresql.org/docs/current/plpgsql-cursors.html>): their queries, and what is left of their rows, are kept
//! as variables, since it is known where a variable is.

use super::{Raised, Res, Run, scope::Scope, select::Table, state::State, value::Val};
use crate::{
    replay::codes,
    sql::{
        self,
        ast::{Block, Target},
    },
};

impl Run<'_, '_, '_> {
    pub(super) fn declare_cursors(&mut self, block: &Block) {
        for (name, query) in &block.cursors {
            self.vars.declare(&variable(name), Val::text(query.text));
            self.vars.declare(&opened(name), Val::unknown("a cursor that is not open"));
            if self.ctx.is_postgres() {
                self.vars.declare(name, Val::unknown("a cursor"));
            }
        }
    }

    /// Returns the query of the cursor of that name, if there is one.
    pub(super) fn query_of_cursor(&self, name: &str) -> Option<String> {
        match self.vars.get(&variable(name)) {
            Some(Val::Text(text)) => Some(text.clone()),
            _ => None,
        }
    }

    pub(super) fn open(&mut self, cursor: &str) -> Res {
        let rows = match self.vars.get(&variable(cursor)) {
            _ if self.doubt.is_some() => Val::unknown("whether the cursor is open"),
            Some(Val::Text(text)) => match sql::read_query(text, &self.ctx.dialect.lexis) {
                Ok(query) => rows(self.query(&query, &Scope::NONE)?),
                Err(fault) => Val::unknown(fault.reason),
            },
            _ => Val::unknown(format!("the cursor `{cursor}`")),
        };
        self.vars.set(&opened(cursor), rows);
        Ok(())
    }

    pub(super) fn fetch(&mut self, cursor: &str, into: &[Target]) -> Res {
        let Some(Val::List(rows)) = self.vars.get_mut(&opened(cursor)) else {
            return self.forget(into);
        };
        if rows.is_empty() {
            return self.no_row(true);
        }
        if let Val::List(row) = rows.remove(0) {
            for (target, value) in into.iter().zip(row) {
                self.assign(target, value);
            }
        }
        Ok(())
    }

    /// The condition that handlers know as `NOT FOUND`: an error where a cursor was asked, else none without a handler.
    pub(super) fn no_row(&mut self, is_error: bool) -> Res {
        if !is_error && self.n_not_found == 0 {
            return Ok(());
        }
        let place = self.ctx.place(self.span());
        let diagnostic = Box::new(codes::raised("there is no row any more", place));
        self.fail(Raised { diagnostic, state: State::named("sqlstate 02000") })
    }
}

fn rows(table: Table) -> Val {
    match table.unknown {
        Some(reason) => Val::Unknown(reason),
        None => Val::List(table.rows.into_iter().map(Val::List).collect()),
    }
}

/// No variable of a script has a blank in its name.
fn variable(cursor: &str) -> String {
    format!("cursor {cursor}")
}

fn opened(cursor: &str) -> String {
    format!("rows {cursor}")
}
