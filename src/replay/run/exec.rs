//! Statements, one after the other.

use super::{
    Raised, Res, Run, Stop, routine::calls_changer, scope::Scope, snapshot::Snapshot, state::State,
    value::Val,
};
use crate::{
    base::Span,
    diag::{Diagnostic, Severity},
    dialect::postgres::transactions::needs_no_transaction,
    replay::{codes, ctx::Outcome, inert::is_inert, routine, run_ddl, session, upkeep},
    sql::{
        self,
        ast::{Block, Class, Ddl, Over, Sql, Statement, Step, StepKind, Target},
    },
};

/// Returns how many statements that may change the schema a step holds; those of a loop count twice.
pub(super) fn may_change(step: &Step) -> usize {
    let all = |steps: &[Step]| steps.iter().map(may_change).sum::<usize>();
    match &step.kind {
        StepKind::Block(block) => {
            all(&block.body) + block.handlers.iter().map(|it| all(&it.body)).sum::<usize>()
        }
        StepKind::If { branches, otherwise } => {
            branches.iter().map(|it| all(&it.1)).sum::<usize>() + all(otherwise)
        }
        StepKind::Case { branches, otherwise, .. } => {
            branches.iter().map(|it| all(&it.1)).sum::<usize>()
                + otherwise.as_ref().map_or(0, |it| all(it))
        }
        StepKind::Loop { over, body, .. } => {
            let own = usize::from(matches!(over, Over::Execute { .. }));
            (all(body) + own) * 2
        }
        StepKind::Execute { .. }
        | StepKind::Run { .. }
        | StepKind::Call { .. }
        | StepKind::Text(_) => 2,
        StepKind::Data { .. } => 1,
        StepKind::Select { query, .. } => 2 * usize::from(query.contains('(')),
        StepKind::Sql(statement) => {
            usize::from(!matches!(statement.class, Class::NoEffect | Class::Upkeep(_)))
        }
        _ => 0,
    }
}

/// Whether the steps can fail when they have changed something.
pub(super) fn needs_undo(steps: &[Step]) -> bool {
    let Some((last, others)) = steps.split_last() else { return false };
    others.iter().any(|it| may_change(it) > 0) || can_half_fail(last)
}

pub(super) fn can_half_fail(step: &Step) -> bool {
    match &step.kind {
        StepKind::Block(block) => {
            needs_undo(&block.body) || block.handlers.iter().any(|it| needs_undo(&it.body))
        }
        StepKind::If { branches, otherwise } => {
            branches.iter().any(|it| needs_undo(&it.1)) || needs_undo(otherwise)
        }
        StepKind::Sql(_) => false,
        _ => may_change(step) > 0,
    }
}

impl Run<'_, '_, '_> {
    /// Takes one of the steps that a program has; says so when there are no more.
    pub(super) fn tick(&mut self, span: Span) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        if self.left == 0 {
            self.not_understood("the program takes too many steps to be followed", span);
        }
        self.left > 0
    }

    /// Runs a program, which the server reads whole before.
    pub(super) fn whole(&mut self, step: &Step) -> Res {
        if let StepKind::Block(block) = &step.kind
            && self.ctx.is_postgres()
            && self.doubt.is_none()
        {
            let outcome = routine::check_block(self.ctx, block);
            self.unless_refused(outcome)?;
        }
        match &step.kind {
            StepKind::Select { query, into, .. }
                if into.is_empty() && self.ctx.is_postgres() && !self.calls_own(query) =>
            {
                self.write_rows(query, Some(step.span.start))
            }
            _ => self.step(step),
        }
    }

    pub(super) fn steps(&mut self, steps: &[Step]) -> Res {
        for step in steps {
            self.step(step)?;
        }
        Ok(())
    }

    pub(super) fn step(&mut self, step: &Step) -> Res {
        if !self.tick(step.span) {
            return Ok(());
        }
        self.at = step.span;
        match &step.kind {
            StepKind::Nothing
            | StepKind::Close(_)
            | StepKind::ReturnRows(_)
            | StepKind::ReturnNext(_) => Ok(()),
            StepKind::Block(block) => self.block(block),
            StepKind::If { branches, otherwise } => self.conditional(branches, otherwise),
            StepKind::Case { operand, branches, otherwise } => {
                self.case_step(operand.as_ref(), branches, otherwise.as_deref())
            }
            StepKind::Loop { label, over, body } => self.any_loop(label.as_deref(), over, body),
            StepKind::Exit { label, when, again } => {
                self.exit(label.as_ref(), when.as_ref(), *again)
            }
            StepKind::Return(value) => self.returned(value.as_ref()),
            StepKind::Raise(raise) => self.raise(raise, step.span),
            StepKind::Assert(condition) => self.assert(condition),
            StepKind::Assign(list) => self.assign_all(list),
            StepKind::Select { query, into, strict } => self.select_step(query, into, *strict),
            StepKind::Execute { text, into, using } => self.execute(text, into, using),
            StepKind::Text(text) => self.run_text(text, Vec::new(), step.span),
            StepKind::Prepare { name, text } => self.prepare(&name.text, text),
            StepKind::PrepareAs { name, text } => {
                self.ctx.prepared.insert(name.text.to_lowercase(), Val::text(text.text));
                self.did.session = true;
                Ok(())
            }
            StepKind::Run { name, using } => self.run_prepared(&name.text, using),
            StepKind::Deallocate(name) => {
                let known = self.ctx.prepared.remove(&name.text.to_lowercase()).is_some();
                if !known && self.doubt.is_none() {
                    return self.not_prepared(&name.text);
                }
                self.did.session = true;
                Ok(())
            }
            StepKind::Call { name, args } => self.call_procedure(name, args),
            StepKind::Open(cursor) => self.open(cursor),
            StepKind::Fetch { cursor, into } => self.fetch(cursor, into),
            StepKind::Forget(targets) => self.forget(targets),
            StepKind::Data { statement, into, bare } => {
                let text = bare.as_deref().unwrap_or(statement.text);
                self.write_rows(text, Some(statement.span.start))?;
                self.forget(into)
            }
            StepKind::Sql(statement) => self.statement(statement),
            StepKind::NotUnderstood(fault) => {
                self.not_understood(&fault.reason, fault.span);
                Ok(())
            }
        }
    }

    /// Runs a statement that could stand in a script by itself.
    pub(super) fn statement(&mut self, statement: &Statement) -> Res {
        if self.ctx.is_postgres()
            && let Some(words) = needs_no_transaction(statement.text)
        {
            let reason = format!("`{words}` cannot run inside a function or a block");
            let diagnostic = codes::rejected(reason, self.ctx.place(statement.span));
            let state = State::named("active_sql_transaction");
            return self.fail(Raised { diagnostic: Box::new(diagnostic), state });
        }
        match &statement.class {
            Class::Schema(ddl) => self.change(ddl, statement),
            Class::Data => self.write_rows(statement.text, Some(statement.span.start)),
            Class::Session(it) => {
                self.did.session = true;
                if self.doubt.is_some() {
                    return Ok(());
                }
                let outcome = session::set(self.ctx, it);
                self.unless_refused(outcome)
            }
            Class::Program(step) => self.whole(step),
            Class::NoEffect => Ok(()),
            Class::Upkeep(it) => {
                self.did.data |= upkeep::is_data(it);
                let outcome = upkeep::check(self.ctx, it, statement.text);
                self.unless_refused(outcome)
            }
            Class::Include(it) => {
                let reason = format!("`{}` is a file that only a client reads", it.path);
                self.not_understood(&reason, statement.span);
                Ok(())
            }
            Class::Rejected(fault) => {
                let span = if fault.span.is_empty() { statement.span } else { fault.span };
                let diagnostic = codes::rejected(fault.reason.clone(), self.ctx.place(span));
                self.fail(Raised {
                    diagnostic: Box::new(diagnostic),
                    state: State::named("syntax_error"),
                })
            }
            Class::NotUnderstood(fault) => {
                let span = if fault.span.is_empty() { statement.span } else { fault.span };
                self.ctx.blame.note_unread(statement.text, self.ctx.place(span));
                self.not_understood(&fault.reason, span);
                Ok(())
            }
        }
    }

    /// Runs DDL. Where nobody knows whether it is run, it is tried: what changes nothing does no harm.
    fn change(&mut self, ddl: &Ddl, statement: &Statement) -> Res {
        self.did.schema = true;
        let Some(reason) = self.doubt.clone() else {
            let unclear = std::mem::take(&mut self.ctx.unclear);
            let outcome = run_ddl(self.ctx, ddl, statement.span);
            self.ctx.unclear |= unclear;
            self.n_changes += 1;
            return self.unless_refused(outcome);
        };
        let before = Snapshot::take(self.ctx);
        let sink = std::mem::take(self.ctx.sink);
        let unclear = self.ctx.unclear;
        let n_unknowns = self.ctx.schema.unknowns.len();
        let outcome = run_ddl(self.ctx, ddl, statement.span);
        *self.ctx.sink = sink;
        let is_now = before.is_now(self.ctx);
        let is_harmless = !self.ctx.unclear && (outcome.is_err() || is_now);
        self.ctx.unclear = unclear;
        self.ctx.schema.unknowns.truncate(n_unknowns);
        if !is_now {
            before.restore(self.ctx);
        }
        if !is_harmless {
            self.ctx.blame.note_unread(statement.text, self.ctx.place(statement.span));
            self.not_understood(
                &format!("whether it is run is not known: {reason}"),
                statement.span,
            );
            if let Some(it) = self.ctx.schema.unknowns.last_mut() {
                it.inert |= is_inert(statement);
            }
        }
        Ok(())
    }

    pub(super) fn unless_refused(&mut self, outcome: Outcome) -> Res {
        match outcome {
            Ok(()) => Ok(()),
            Err(diagnostic) => {
                let state = State::of(&diagnostic);
                self.fail(Raised { diagnostic, state })
            }
        }
    }

    pub(super) fn write_rows(&mut self, text: &str, start: Option<u32>) -> Res {
        self.did.data = true;
        self.found = Val::unknown("whether there are such rows");
        self.check_rows(text, start)?;
        self.note_rows(text);
        Ok(())
    }

    /// An error that stops the block, if it is certain and certain to happen.
    pub(super) fn fail(&mut self, raised: Raised) -> Res {
        if self.doubt.is_some() {
            return Ok(());
        }
        if self.is_uncertain(&raised.diagnostic) {
            self.ctx.refuse(*raised.diagnostic);
            return Ok(());
        }
        Err(Stop::Raised(raised))
    }

    /// Whether an error may be none, because something that was not understood came before.
    pub(super) fn is_uncertain(&self, diagnostic: &Diagnostic) -> bool {
        diagnostic.severity != Severity::Error
            || diagnostic.about.as_ref().is_some_and(|it| self.ctx.blame.suspect(it).is_some())
    }

    pub(super) fn not_understood(&mut self, reason: &str, span: Span) {
        self.ctx.not_understood(reason, span, None);
    }

    /// Runs steps that nobody knows whether they are run.
    pub(super) fn doubtfully(&mut self, reason: &str, steps: &[Step]) -> Res {
        let outer = self.doubt.clone();
        self.doubt.get_or_insert_with(|| reason.to_owned());
        let outcome = self.steps(steps);
        self.found = Val::unknown(reason);
        match outcome {
            // What would follow is in doubt too: `self.doubt` stays.
            Err(Stop::Exit { .. } | Stop::Return(_)) => Ok(()),
            Err(Stop::Raised(_)) | Ok(()) => {
                self.doubt = outer;
                Ok(())
            }
        }
    }

    fn returned(&mut self, value: Option<&Sql>) -> Res {
        let value = match value {
            Some(it) => self.value_of(it)?,
            None => Val::Null,
        };
        Err(Stop::Return(value))
    }

    fn select_step(&mut self, text: &str, into: &[Target], strict: bool) -> Res {
        let Ok(query) = sql::read_query(text, &self.ctx.dialect.lexis) else {
            // A query that is not read reads rows all the same.
            self.write_rows(text, None)?;
            return self.forget(into);
        };
        if self.ctx.is_postgres() {
            self.check_rows(text, None)?;
        }
        let effects = (self.did, self.n_changes);
        let table = self.query(&query, &Scope::NONE)?;
        self.found = match &table.unknown {
            Some(reason) => Val::unknown(reason.clone()),
            None => Val::Bool(!table.rows.is_empty()),
        };
        if let Some(reason) = table.unknown.as_ref().filter(|_| calls_changer(self.ctx, text)) {
            self.not_understood(reason, self.span());
        }
        self.did.data |= self.n_changes == effects.1;
        self.set_session_variables(&query)?;
        if self.ctx.is_mysql() && table.unknown.is_none() && table.rows.is_empty() {
            // The variables keep what they hold: https://dev.mysql.com/doc/refman/8.4/en/select-into.html
            return if into.is_empty() { Ok(()) } else { self.no_row(false) };
        }
        self.store(&table, into);
        if strict && table.unknown.is_none() && table.rows.len() != 1 {
            let name = if table.rows.is_empty() { "no_data_found" } else { "too_many_rows" };
            let place = self.ctx.place(self.at);
            let diagnostic = codes::raised("the query gives not exactly one row", place);
            let state = State::named(name);
            return self.fail(Raised { diagnostic: Box::new(diagnostic), state });
        }
        Ok(())
    }

    pub(super) fn block(&mut self, block: &Block) -> Res {
        let (mark, n_labels) = (self.vars.mark(), self.labels.len());
        self.labels.extend(block.label.clone());
        let res = self.declare(block).and_then(|()| self.guarded(block));
        self.labels.truncate(n_labels);
        self.vars.reset(mark);
        match res {
            Err(Stop::Exit { label: Some(label), again: false })
                if block.label.as_ref() == Some(&label) =>
            {
                Ok(())
            }
            other => other,
        }
    }

    fn declare(&mut self, block: &Block) -> Res {
        self.declare_cursors(block);
        for it in &block.declares {
            let ty = it.ty.trim_start_matches("constant ").trim();
            let ty = ty.split(" collate").next().unwrap_or(ty);
            let ty = ty.split(" not null").next().unwrap_or(ty);
            let ty = ty.split('(').next().unwrap_or(ty).trim();
            let value = match &it.default {
                Some(sql) => {
                    let value = self.value_of(sql)?;
                    self.cast(value, ty)?
                }
                // A record is a row from the start.
                None if it.ty == "record" || it.ty.ends_with("%rowtype") => Val::Row(Vec::new()),
                None => Val::Null,
            };
            for name in &it.names {
                self.vars.declare_as(name, value.clone(), ty);
            }
        }
        Ok(())
    }
}
