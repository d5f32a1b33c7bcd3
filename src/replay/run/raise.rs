//! Errors that a program raises itself.

use super::{Raised, Res, Run, state::State};
use crate::{
    base::Span,
    replay::codes,
    sql::ast::{Raise, Sql},
};

impl Run<'_, '_, '_> {
    pub(super) fn raise(&mut self, raise: &Raise, span: Span) -> Res {
        if !raise.aborts {
            return Ok(());
        }
        let message = match &raise.message {
            Some(it) => self.message(it, &raise.args)?,
            None => raise.condition.clone().unwrap_or_else(|| "an error".to_owned()),
        };
        // Conditions of MySQL have the names that the program gives them.
        let is_own = raise.is_named && self.ctx.is_mysql();
        let condition = raise.condition.as_deref().filter(|_| !is_own).unwrap_or("raise_exception");
        let state = State::named(condition);
        // An error that is raised again keeps its state, which the handler knew.
        let state = match self.handled.last() {
            Some(it) if raise.message.is_none() && raise.condition.is_none() => it.clone(),
            _ => state,
        };
        let diagnostic = codes::raised(&message, self.ctx.place(span));
        self.fail(Raised { diagnostic: Box::new(diagnostic), state })
    }

    /// Returns the text of an error, its `%` filled in as far as they are known.
    fn message(&mut self, sql: &Sql, args: &[Sql]) -> Res<String> {
        let text = self.value_of(sql)?.show().ok().flatten().unwrap_or_default();
        let mut res = text;
        for arg in args {
            let value = self.value_of(arg)?.show().ok().flatten();
            res = res.replacen('%', &value.unwrap_or_else(|| "…".to_owned()), 1);
        }
        Ok(res.lines().next().unwrap_or("").trim().to_owned())
    }

    pub(super) fn assert(&mut self, condition: &Sql) -> Res {
        match self.value_of(condition)?.truth() {
            Ok(it) if it != Some(true) => {
                let diagnostic = codes::raised("assertion failed", self.ctx.place(condition.span));
                let state = State::named("assert_failure");
                self.fail(Raised { diagnostic: Box::new(diagnostic), state })
            }
            // A check that nobody can make is taken to have passed.
            _ => Ok(()),
        }
    }
}
