//! What MySQL and MariaDB check of a program when it is made: that what it names of its own is declared, and that its
//! statements may stand there. Tables and routines are looked up when it runs
//! (<https://dev.mysql.com/doc/refman/8.4/en/stored-program-restrictions.html>).

use std::sync::Arc;

use super::statements::{self, Place};
use crate::{
    base::Span,
    replay::{
        codes, column,
        ctx::{Ctx, Outcome},
    },
    sql::{
        self,
        ast::{Block, Declare, Handler, Named, Over, Raise, Sql, Step, StepKind, Target},
        relations::has_word,
    },
};

/// Conditions that are there without being declared.
const GIVEN: &[&str] = &["not found", "sqlexception", "sqlwarning"];

/// Refuses a body that the server would not keep; `arguments` are variables of it.
pub(super) fn check(ctx: &Ctx, body: &Sql, kind: Place, arguments: &[String]) -> Outcome {
    // What is kept was checked once.
    if !ctx.is_mysql() || ctx.shows_kept {
        return Ok(());
    }
    let Ok(step) = sql::read_compound(body.text, &ctx.dialect.lexis) else { return Ok(()) };
    let mut walk = Walk {
        ctx,
        start: body.span.start,
        kind,
        variables: arguments.to_vec(),
        cursors: Vec::new(),
        conditions: Vec::new(),
        labels: Vec::new(),
        handlers: None,
        returns: false,
    };
    walk.step(&step)?;
    if kind == Place::Function && !walk.returns {
        return walk.reject("a function has to return something", step.span);
    }
    Ok(())
}

struct Walk<'w, 'h, 's, 'a> {
    ctx: &'w Ctx<'h, 's>,
    start: u32,
    kind: Place,
    /// What is declared here and around it, innermost last.
    variables: Vec<String>,
    cursors: Vec<String>,
    conditions: Vec<(String, String)>,
    /// The labels of the blocks and loops that are open, and whether each is a loop.
    labels: Vec<(String, bool)>,
    /// The handlers of the block that is open.
    handlers: Option<Arc<[Handler<'a>]>>,
    returns: bool,
}

impl<'a> Walk<'_, '_, '_, 'a> {
    fn reject(&self, reason: impl Into<String>, span: Span) -> Outcome {
        let place = self.ctx.place(span.shift(self.start));
        Err(Box::new(codes::rejected(reason.into(), place)))
    }

    fn block(&mut self, block: &Block<'a>, span: Span) -> Outcome {
        let depths = (self.variables.len(), self.cursors.len(), self.conditions.len());
        block.declares.iter().try_for_each(|it| self.declare(it, depths.0))?;
        for (name, meaning) in &block.conditions {
            if meaning == "0" || self.conditions[depths.2..].iter().any(|it| it.0 == *name) {
                return self.reject(format!("condition `{name}` is none, or declared twice"), span);
            }
            self.conditions.push((name.clone(), meaning.clone()));
        }
        for (name, query) in &block.cursors {
            if self.cursors[depths.1..].contains(name) {
                return self.reject(format!("cursor `{name}` is declared twice"), query.span);
            }
            if has_word(query.text, "into", &self.ctx.dialect.lexis) {
                return self.reject("the query of a cursor sets no variables", query.span);
            }
            self.text(query.text, query.span)?;
            self.cursors.push(name.clone());
        }
        // Steps that a handler goes on behind are blocks of their own with the same handlers.
        let is_same = |it: &Arc<[Handler]>| Arc::ptr_eq(it, &block.handlers);
        let outer = self.handlers.replace(Arc::clone(&block.handlers));
        if !outer.as_ref().is_some_and(is_same) {
            self.handlers(&block.handlers, span)?;
        }
        self.steps(&block.body)?;
        self.handlers = outer;
        self.variables.truncate(depths.0);
        self.cursors.truncate(depths.1);
        self.conditions.truncate(depths.2);
        Ok(())
    }

    fn declare(&mut self, it: &Declare, own: usize) -> Outcome {
        if let Named::Plain(ty) = &it.named {
            let span = ty.span.shift(self.start);
            column::read_type(self.ctx, &sql::ast::TypeName { span, ..ty.clone() })?;
        }
        if let Some(default) = &it.default {
            self.text(default.text, default.span)?;
        }
        for name in &it.names {
            if self.variables[own..].contains(name) {
                return self.reject(format!("variable `{name}` is declared twice"), it.span);
            }
            self.variables.push(name.clone());
        }
        Ok(())
    }

    /// What a handler does leaves no block around it.
    fn handlers(&mut self, handlers: &Arc<[Handler<'a>]>, span: Span) -> Outcome {
        let labels = std::mem::take(&mut self.labels);
        let mut seen: Vec<String> = Vec::new();
        for handler in handlers.iter() {
            for it in &handler.conditions {
                let Some(meaning) = self.condition(it) else {
                    return self.reject(format!("there is no condition `{it}`"), span);
                };
                if seen.contains(&meaning) {
                    return self.reject(format!("`{it}` is handled twice"), span);
                }
                seen.push(meaning);
            }
            self.steps(&handler.body)?;
        }
        self.labels = labels;
        Ok(())
    }

    /// Returns what a condition is.
    fn condition(&self, name: &str) -> Option<String> {
        let is_number = || name.bytes().all(|it| it.is_ascii_digit()) && name != "0";
        if GIVEN.contains(&name) || name.starts_with("sqlstate ") || is_number() {
            return Some(name.to_owned());
        }
        self.conditions.iter().rfind(|it| it.0 == name).map(|it| it.1.clone())
    }

    fn steps(&mut self, steps: &[Step<'a>]) -> Outcome {
        steps.iter().try_for_each(|it| self.step(it))
    }

    fn step(&mut self, step: &Step<'a>) -> Outcome {
        let span = step.span;
        match &step.kind {
            StepKind::Block(it) => {
                self.labelled(it.label.as_deref(), (false, span), |walk| walk.block(it, span))
            }
            StepKind::Loop { label, over, body } => {
                self.labelled(label.as_deref(), (true, span), |walk| walk.any_loop(over, body))
            }
            StepKind::If { branches, otherwise } => {
                self.branches(branches)?;
                self.steps(otherwise)
            }
            StepKind::Case { operand, branches, otherwise } => {
                operand.as_ref().map_or(Ok(()), |it| self.text(it.text, it.span))?;
                self.branches(branches)?;
                self.steps(otherwise.as_deref().unwrap_or_default())
            }
            StepKind::Exit { label: Some(label), again, .. } => {
                let is_meant = |it: &(String, bool)| it.0 == *label && (it.1 || !again);
                if self.labels.iter().any(is_meant) {
                    return Ok(());
                }
                self.reject(format!("there is no label `{label}` here"), span)
            }
            StepKind::Return(value) => {
                self.returns = true;
                if self.kind != Place::Function {
                    return self.reject("only a function returns something", span);
                }
                value.map_or(Ok(()), |it| self.text(it.text, it.span))
            }
            StepKind::Raise(it) => self.signal(it, span),
            StepKind::Open(name) | StepKind::Close(name) => self.cursor(name, span),
            StepKind::Fetch { cursor, into } => {
                self.cursor(cursor, span)?;
                self.targets(into, span)
            }
            StepKind::Select { query, into, .. } => {
                self.targets(into, span)?;
                let is_file = || has_word(query, "into", &self.ctx.dialect.lexis);
                if into.is_empty() && !is_file() {
                    self.allow(&["select"], span)?;
                }
                self.text(query, span)
            }
            StepKind::Assign(list) => list.iter().try_for_each(|(to, value)| {
                self.assigned(to, span)?;
                self.text(value.text, value.span)
            }),
            StepKind::Prepare { .. } | StepKind::Run { .. } | StepKind::Deallocate(_) => {
                self.allow(&["prepare"], span)
            }
            StepKind::Execute { .. } => self.allow(&["prepare"], span),
            StepKind::Data { statement, .. } => {
                self.allow(&statements::words(statement.text), span)?;
                self.text(statement.text, span)
            }
            StepKind::Sql(it) => match statements::refusal_of(it, self.kind) {
                Some(reason) => self.reject(reason, span),
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn allow(&self, words: &[&str], span: Span) -> Outcome {
        statements::refusal(words, self.kind).map_or(Ok(()), |it| self.reject(it, span))
    }

    fn labelled(
        &mut self,
        label: Option<&str>,
        (is_loop, span): (bool, Span),
        inner: impl FnOnce(&mut Self) -> Outcome,
    ) -> Outcome {
        if let Some(it) = label.filter(|it| self.labels.iter().any(|own| own.0 == *it)) {
            return self.reject(format!("label `{it}` is given twice"), span);
        }
        let depth = self.labels.len();
        self.labels.extend(label.map(|it| (it.to_owned(), is_loop)));
        inner(self)?;
        self.labels.truncate(depth);
        Ok(())
    }

    fn any_loop(&mut self, over: &Over<'a>, body: &[Step<'a>]) -> Outcome {
        let depth = self.variables.len();
        match over {
            Over::While(it) | Over::Until(it) => self.text(it.text, it.span)?,
            Over::Range { variable, .. } => self.variables.push(variable.clone()),
            Over::Query { targets, .. } => {
                self.variables.extend(targets.iter().filter_map(|it| it.first().cloned()));
            }
            _ => {}
        }
        self.steps(body)?;
        self.variables.truncate(depth);
        Ok(())
    }

    fn branches(&mut self, branches: &[(Sql<'a>, Vec<Step<'a>>)]) -> Outcome {
        branches.iter().try_for_each(|(condition, body)| {
            self.text(condition.text, condition.span)?;
            self.steps(body)
        })
    }

    fn signal(&self, it: &Raise, span: Span) -> Outcome {
        let Some(name) = it.condition.as_deref().filter(|_| it.is_named) else { return Ok(()) };
        match self.condition(name) {
            Some(it) if it.starts_with("sqlstate ") => Ok(()),
            _ => self.reject(format!("there is no condition `{name}` of a state"), span),
        }
    }

    fn cursor(&self, name: &String, span: Span) -> Outcome {
        if self.cursors.contains(name) {
            return Ok(());
        }
        self.reject(format!("there is no cursor `{name}`"), span)
    }

    fn targets(&self, targets: &[Target], span: Span) -> Outcome {
        let own = targets.iter().filter_map(|it| it.first());
        let unknown = own.filter(|it| !it.starts_with('@')).find(|it| !self.variables.contains(it));
        unknown.map_or(Ok(()), |it| self.reject(format!("`{it}` is no variable"), span))
    }

    /// What `SET` gives a value is a variable of the program or of the server.
    fn assigned(&self, target: &Target, span: Span) -> Outcome {
        let Some(first) = target.first() else { return Ok(()) };
        let is_row = self.kind == Place::Trigger && matches!(&**first, "new" | "old");
        let is_whole = target.len() == 1 || self.ctx.is_mariadb();
        if self.variables.contains(first) && is_whole || is_row && target.len() > 1 {
            return Ok(());
        }
        let system = first.strip_prefix("@@");
        if system.is_none() && first.starts_with('@') {
            return Ok(());
        }
        let name = system.map_or(&**first, |it| it.rsplit('.').next().unwrap_or(it));
        let name = target.last().filter(|_| target.len() > 1).map_or(name, |it| it);
        if name == "autocommit" {
            return self.allow(&["autocommit"], span);
        }
        if self.ctx.dialect.lexis.has_variable(name) {
            return Ok(());
        }
        self.reject(format!("there is no variable `{name}`"), span)
    }

    /// Refuses a text that no server reads.
    fn text(&self, text: &str, span: Span) -> Outcome {
        if let Some(name) = statements::unknown_variable(text, &self.ctx.dialect.lexis) {
            return self.reject(format!("there is no variable `@@{name}`"), span);
        }
        sql::query_fault(text, &self.ctx.dialect.lexis)
            .map_or(Ok(()), |it| self.reject(it.reason, span))
    }
}
