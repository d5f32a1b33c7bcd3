//! SQL that a program puts together: `EXECUTE`, and prepared statements.

use super::{Raised, Res, Run, scope::Scope, select::Table, state::State, value::Val};
use crate::{
    base::Span,
    replay::codes,
    sql::{
        self,
        ast::{Class, Ddl, Sql, Statement, Target},
    },
};

/// Whether the statement would keep the value of a parameter in what it defines: none is known there
/// (<https://www.postgresql.org/docs/current/plpgsql-statements.html#PLPGSQL-STATEMENTS-EXECUTING-DYN>).
fn keeps_parameter(statement: &Statement) -> bool {
    let Class::Schema(ddl) = &statement.class else { return false };
    let defines = match &**ddl {
        Ddl::CreateTable(it) => it.as_query.is_none(),
        Ddl::AlterTable(_) | Ddl::CreateIndex(_) | Ddl::CreatePolicy(_) | Ddl::CreateView(_) => {
            true
        }
        _ => false,
    };
    // What stands between marks is text.
    let mut outside = statement.text.split('\'').step_by(2);
    defines && outside.any(|it| it.contains("$1"))
}

/// Texts that execute texts; bounds the stack.
const DEPTH: usize = 16;

impl Run<'_, '_, '_> {
    pub(super) fn execute(&mut self, text: &Sql, into: &[Target], using: &[Sql]) -> Res {
        let value = self.value_of(text)?;
        let params = self.params_of(using)?;
        match value.show() {
            Ok(Some(it)) if !into.is_empty() => {
                let table = self.query_text(&it, params)?;
                self.store(&table, into);
                Ok(())
            }
            Ok(Some(it)) => self.run_text(&it, params, text.span),
            Ok(None) => self.null_text(text.span),
            Err(reason) => {
                self.unread(text, &reason);
                self.forget(into)
            }
        }
    }

    /// A query whose rows a loop goes over.
    pub(super) fn execute_query(&mut self, text: &Sql, using: &[Sql]) -> Res<Table> {
        let value = self.value_of(text)?;
        let params = self.params_of(using)?;
        match value.show() {
            Ok(Some(it)) => self.query_text(&it, params),
            Ok(None) => Ok(Table::default()),
            Err(reason) => Ok(Table::unknown(reason)),
        }
    }

    fn params_of(&mut self, using: &[Sql]) -> Res<Vec<Val>> {
        using.iter().map(|it| self.value_of(it)).collect()
    }

    /// Says that a text is not known; what it may do is read from the words that put it together.
    fn unread(&mut self, text: &Sql, reason: &str) {
        self.did.schema = true;
        self.ctx.blame.note_unread(text.text, self.ctx.place(text.span));
        self.not_understood(
            &format!("the text that is executed is not known: {reason}"),
            text.span,
        );
    }

    fn null_text(&mut self, span: Span) -> Res {
        let message = "the text that is executed is NULL";
        let diagnostic = Box::new(codes::raised(message, self.ctx.place(span)));
        self.fail(Raised { diagnostic, state: State::named("null_value_not_allowed") })
    }

    fn query_text(&mut self, text: &str, params: Vec<Val>) -> Res<Table> {
        let Ok(query) = sql::read_query(text.trim().trim_end_matches(';'), &self.ctx.dialect.lexis)
        else {
            self.write_rows(text, None)?;
            return Ok(Table::unknown("a query that is not read"));
        };
        let outer = std::mem::replace(&mut self.params, params);
        let res = self.query(&query, &Scope::NONE);
        self.params = outer;
        self.did.data = true;
        res
    }

    /// Runs the statements of a text; all places are that of the statement that runs it.
    pub(super) fn run_text(&mut self, text: &str, params: Vec<Val>, span: Span) -> Res {
        if self.texts >= DEPTH {
            self.not_understood("texts that execute texts are nested too deeply", span);
            return Ok(());
        }
        let statements = sql::parse(text, &self.ctx.dialect.lexis);
        // The server reads the whole text before it runs any of it.
        let fault = statements.iter().find_map(|it| match &it.class {
            Class::Rejected(fault) => Some(fault),
            _ => None,
        });
        let place = self.ctx.place(span);
        if let Some(fault) = fault {
            let shown = sql_line(text);
            let reason = format!("{} in the text that is executed: `{shown}`", fault.reason);
            let diagnostic = Box::new(codes::rejected(reason, place));
            return self.fail(Raised { diagnostic, state: State::named("syntax_error") });
        }
        if let Some(it) = statements.iter().find(|it| self.ctx.is_postgres() && keeps_parameter(it))
        {
            let shown = sql_line(it.text);
            let reason = format!("a definition keeps no parameter `$1`: `{shown}`");
            let diagnostic = Box::new(codes::rejected(reason, place));
            return self.fail(Raised { diagnostic, state: State::named("undefined_parameter") });
        }
        let fixed = self.ctx.fixed.replace(self.ctx.fixed.unwrap_or(place));
        let params = std::mem::replace(&mut self.params, params);
        let at = self.at;
        self.texts += 1;
        let mut res = Ok(());
        for statement in &statements {
            if !self.tick(span) {
                break;
            }
            res = self.statement(statement);
            if res.is_err() {
                break;
            }
        }
        self.texts -= 1;
        self.at = at;
        self.params = params;
        self.ctx.fixed = fixed;
        res
    }

    pub(super) fn prepare(&mut self, name: &str, text: &Sql) -> Res {
        let value = self.value_of(text)?;
        let value = match &self.doubt {
            Some(reason) => Val::unknown(reason.clone()),
            None => value,
        };
        if self.ctx.is_mysql() && matches!(value.show(), Ok(None)) {
            return self.null_text(self.at);
        }
        self.ctx.prepared.insert(name.to_lowercase(), value);
        self.did.session = true;
        Ok(())
    }

    pub(super) fn run_prepared(&mut self, name: &str, using: &[Sql]) -> Res {
        let params = self.params_of(using)?;
        let span = self.at;
        let found = self.ctx.prepared.get(&name.to_lowercase()).cloned();
        match found.as_ref().map(Val::show) {
            Some(Ok(Some(text))) => self.run_text(&text, params, span),
            Some(Ok(None)) => self.null_text(span),
            Some(Err(reason)) => {
                self.did.schema = true;
                self.not_understood(&format!("the prepared text is not known: {reason}"), span);
                Ok(())
            }
            None => self.not_prepared(name),
        }
    }

    pub(super) fn not_prepared(&mut self, name: &str) -> Res {
        let reason = format!("no statement `{name}` is prepared");
        let diagnostic = Box::new(codes::rejected(reason, self.ctx.place(self.at)));
        self.fail(Raised { diagnostic, state: State::named("undefined_object") })
    }
}

/// Returns the beginning of a text, on one line.
fn sql_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}
