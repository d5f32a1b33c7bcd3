//! What the server checks of a block of PL/pgSQL before it runs any of it: its syntax, the types of its variables, and
//! whether what it assigns to is a variable. What its statements name is looked up when they run
//! (<https://www.postgresql.org/docs/current/plpgsql-implementation.html#PLPGSQL-PLAN-CACHING>).

use super::read;
use crate::{
    base::{Name, QName, Span, is_one_of},
    dialect::postgres::conditions::{is_condition, is_state},
    model::{Argument, Routine},
    replay::{
        codes,
        ctx::{Ctx, Outcome},
    },
    sql::{
        self, Lexed,
        ast::{Block, Declare, Named, ObjectName, Over, Sql, Step, StepKind, Target},
    },
};

/// Variables that every body has, and those of triggers, whose `old` and `new` are among them.
#[rustfmt::skip]
const GIVEN: &[&str] = &[
    "found", "new", "old", "sqlerrm", "sqlstate", "tg_argv", "tg_event", "tg_level", "tg_name", "tg_nargs", "tg_op",
    "tg_relid", "tg_relname", "tg_table_name", "tg_table_schema", "tg_tag", "tg_when",
];

/// Refuses a body; `start` is where its text starts.
pub(super) fn check(
    ctx: &mut Ctx,
    (text, start): (&str, u32),
    name: &QName,
    routine: &Routine,
) -> Outcome {
    match sql::read_plpgsql(text, &ctx.dialect.lexis) {
        Ok(block) => check_in(ctx, &block, start, Some((name, routine))),
        Err(it) if it.certain => {
            let place = ctx.place(it.fault.span.shift(start));
            Err(Box::new(codes::rejected(it.fault.reason, place)))
        }
        Err(_) => Ok(()),
    }
}

/// Refuses a block of `DO`, whose places are those of the script.
pub(in crate::replay) fn check_block(ctx: &mut Ctx, block: &Block) -> Outcome {
    check_in(ctx, block, 0, None)
}

fn check_in<'b>(
    ctx: &mut Ctx,
    block: &'b Block,
    start: u32,
    routine: Option<(&'b QName, &'b Routine)>,
) -> Outcome {
    let mut names = Vec::new();
    if let Some((name, it)) = routine {
        names.push(name.name.as_str());
        names.extend(it.arguments.iter().filter_map(|it| it.name.as_ref()).map(Name::as_str));
    }
    let names = names.into_iter().map(|it| (it, false)).collect();
    let returns = routine.map(|it| it.1);
    let labels = routine.map(|it| it.0.name.as_str()).into_iter().collect();
    let (lexed, cursors) = (&block.lexed, Vec::new());
    let mut walk = Walk { ctx, start, lexed, names, labels, cursors, loops: 0, returns };
    walk.block(block)
}

struct Walk<'w, 'h, 's, 'b> {
    ctx: &'w mut Ctx<'h, 's>,
    start: u32,
    lexed: &'b Lexed<'b>,
    /// Variables and labels that can be named here, and which of them keep their value.
    names: Vec<(&'b str, bool)>,
    labels: Vec<&'b str>,
    /// Those of the variables that are cursors.
    cursors: Vec<&'b str>,
    /// How many loops are open.
    loops: usize,
    /// The routine that the body is of.
    returns: Option<&'b Routine>,
}

impl<'b> Walk<'_, '_, '_, 'b> {
    fn rejected(&self, reason: impl Into<String>, span: Span) -> Outcome {
        let place = self.ctx.place(span.shift(self.start));
        Err(Box::new(codes::rejected(reason.into(), place)))
    }

    fn block(&mut self, block: &'b Block) -> Outcome {
        let (outer, labels) = (self.names.len(), self.labels.len());
        self.label(block.label.as_deref());
        let own = self.names.len();
        let cursors = self.cursors.len();
        for (name, _) in &block.cursors {
            self.names.push((name, false));
            self.cursors.push(name);
        }
        for it in &block.declares {
            self.declare(it)?;
            for name in &it.names {
                if self.names[own..].iter().any(|it| it.0 == *name) {
                    return self.rejected(format!("variable `{name}` is declared twice"), it.span);
                }
                self.names.push((name, it.ty.starts_with("constant ")));
            }
        }
        self.steps(&block.body)?;
        for it in block.handlers.iter() {
            let place = it.body.first().map_or(Span::default(), |it| it.span);
            it.conditions.iter().try_for_each(|it| self.condition(it, place))?;
            self.steps(&it.body)?;
        }
        self.names.truncate(outer);
        self.cursors.truncate(cursors);
        self.labels.truncate(labels);
        Ok(())
    }

    fn label(&mut self, label: Option<&'b str>) {
        self.names.extend(label.map(|it| (it, false)));
        self.labels.extend(label);
    }

    fn knows(&self, name: &str) -> bool {
        GIVEN.contains(&name) || self.names.iter().any(|it| it.0 == name)
    }

    /// Errs where there is no condition of that name.
    fn condition(&self, name: &str, span: Span) -> Outcome {
        let is_there = match name.strip_prefix("sqlstate ") {
            Some(state) => is_state(state),
            None => name == "others" || is_condition(name, self.ctx.dialect.version),
        };
        if is_there {
            Ok(())
        } else {
            self.rejected(format!("there is no condition `{name}`"), span)
        }
    }

    fn declare(&mut self, it: &Declare) -> Outcome {
        if it.default.is_none() && it.ty.ends_with(" not null") {
            return self.rejected("a variable that is not null needs a value", it.span);
        }
        let number = it.ty.strip_prefix("alias for $").and_then(|it| it.parse::<usize>().ok());
        let n_arguments = self.returns.map_or(0, |it| it.arguments.len());
        if let Some(number) = number.filter(|it| *it > n_arguments) {
            return self.rejected(format!("there is no argument ${number}"), it.span);
        }
        let place = self.ctx.place(it.span.shift(self.start));
        let outer = self.ctx.fixed.replace(self.ctx.fixed.unwrap_or(place));
        let res = self.named(&it.named);
        self.ctx.fixed = outer;
        res
    }

    /// Errs where the type of a variable is certain to be missing.
    fn named(&self, it: &Named) -> Outcome {
        match it {
            Named::Nothing | Named::Plain(_) => Ok(()),
            Named::Variable(name) if self.knows(name) => Ok(()),
            Named::Variable(name) => {
                self.rejected(format!("no variable `{name}`"), Span::default())
            }
            Named::Row(name) => self.relation(name),
            Named::Type(it) => match &it.column {
                Some((of, _)) if of.schema.is_none() && self.knows(&of.name.text) => Ok(()),
                _ => certain(read::value_type(self.ctx, it).map(drop)),
            },
        }
    }

    fn relation(&self, written: &ObjectName) -> Outcome {
        if self.ctx.type_meant(written).is_some() {
            return Ok(());
        }
        let name = self.ctx.meant(written, |it| self.ctx.has_relation(it));
        let schema = written.schema.as_ref().map_or(&*written.name.text, |it| &*it.text);
        let is_servers = self.ctx.dialect.is_own_schema(schema)
            || self.ctx.dialect.is_own_relation(&written.name.text);
        if is_servers || self.ctx.has_relation(&name) {
            return Ok(());
        }
        certain(Err(self.ctx.missing_table(written, &name)))
    }

    fn steps(&mut self, steps: &'b [Step]) -> Outcome {
        steps.iter().try_for_each(|it| self.step(it))
    }

    fn step(&mut self, step: &'b Step) -> Outcome {
        self.expressions(&step.kind)?;
        match &step.kind {
            StepKind::Block(block) => self.block(block),
            StepKind::If { branches, otherwise } => {
                branches.iter().try_for_each(|it| self.steps(&it.1))?;
                self.steps(otherwise)
            }
            StepKind::Case { branches, otherwise, .. } => {
                branches.iter().try_for_each(|it| self.steps(&it.1))?;
                self.steps(otherwise.as_deref().unwrap_or_default())
            }
            StepKind::Loop { label, over, body } => {
                let (outer, labels) = (self.names.len(), self.labels.len());
                self.label(label.as_deref());
                self.over(over, step.span)?;
                self.loops += 1;
                self.steps(body)?;
                self.loops -= 1;
                self.names.truncate(outer);
                self.labels.truncate(labels);
                Ok(())
            }
            StepKind::Exit { label: Some(label), .. } if !self.labels.contains(&label.as_str()) => {
                self.rejected(format!("there is no label `{label}` here"), step.span)
            }
            StepKind::Raise(raise) if raise.is_named => {
                raise.condition.as_ref().map_or(Ok(()), |it| self.condition(it, step.span))
            }
            StepKind::Exit { label: None, .. } if self.loops == 0 => {
                self.rejected("there is no loop to leave", step.span)
            }
            StepKind::Return(value) => self.returned(value.is_some(), step.span),
            StepKind::ReturnRows(query) => {
                self.gives_rows(step.span)?;
                query.as_ref().map_or(Ok(()), |it| self.part(it))
            }
            StepKind::ReturnNext(has_value) => {
                self.gives_rows(step.span)?;
                match (*has_value, self.has_out()) {
                    (true, true) => self
                        .rejected("the rows are made of the function's own arguments", step.span),
                    (false, false) => self.rejected("which row is returned is not said", step.span),
                    _ => Ok(()),
                }
            }
            StepKind::Assign(list) => list.iter().try_for_each(|it| self.target(&it.0, step.span)),
            StepKind::Select { query, into, .. } => {
                self.targets(into, step.span)?;
                // Where INTO was cut out, places in the text are not those of the script.
                self.query(query, step.span)
            }
            StepKind::Data { statement, into, bare } => {
                self.targets(into, step.span)?;
                match bare {
                    Some(text) => self.query(text, statement.span),
                    None => self.part(statement),
                }
            }
            StepKind::Execute { into, .. }
            | StepKind::Fetch { into, .. }
            | StepKind::Forget(into) => self.targets(into, step.span),
            _ => Ok(()),
        }
    }

    /// Looks at the expressions that the step itself works out.
    fn expressions(&self, step: &StepKind) -> Outcome {
        match step {
            StepKind::If { branches, .. } => branches.iter().try_for_each(|it| self.part(&it.0)),
            StepKind::Case { operand, branches, .. } => operand
                .iter()
                .chain(branches.iter().map(|it| &it.0))
                .try_for_each(|it| self.part(it)),
            StepKind::Return(Some(it))
            | StepKind::Assert(it)
            | StepKind::Exit { when: Some(it), .. } => self.part(it),
            StepKind::Assign(list) => list.iter().try_for_each(|it| self.part(&it.1)),
            _ => Ok(()),
        }
    }

    /// Looks at a query or an expression as it stands in the body.
    fn part(&self, part: &Sql) -> Outcome {
        let reason = self.lexed.why_not(part, &self.ctx.dialect.lexis);
        reason.map_or(Ok(()), |it| self.rejected(it, part.span))
    }

    fn query(&self, text: &str, span: Span) -> Outcome {
        match sql::query_fault(text, &self.ctx.dialect.lexis) {
            Some(fault) => self.rejected(fault.reason, span),
            None => Ok(()),
        }
    }

    fn over(&mut self, over: &'b Over, span: Span) -> Outcome {
        match over {
            Over::Range { variable, .. } => {
                self.names.push((variable, false));
                Ok(())
            }
            // It makes its own variable.
            Over::Query { targets, query } if self.cursors.contains(&query.text.trim()) => {
                let named = targets.iter().filter_map(|it| it.first());
                self.names.extend(named.map(|it| (it.as_str(), false)));
                Ok(())
            }
            Over::Query { targets, query } => {
                self.targets(targets, span)?;
                self.part(query)
            }
            Over::Execute { targets, .. } => self.targets(targets, span),
            Over::Array { target, .. } => self.target(target, span),
            _ => Ok(()),
        }
    }

    fn targets(&self, targets: &[Target], span: Span) -> Outcome {
        targets.iter().try_for_each(|it| self.target(it, span))
    }

    fn target(&self, target: &Target, span: Span) -> Outcome {
        let Some(name) = target.first() else { return Ok(()) };
        match self.names.iter().rfind(|it| it.0 == *name) {
            Some((_, true)) => self.rejected(format!("`{name}` is a constant"), span),
            Some(_) => Ok(()),
            None if name.starts_with('$') || GIVEN.contains(&name.as_str()) => Ok(()),
            None => self.rejected(format!("`{name}` is no variable"), span),
        }
    }

    fn gives_rows(&self, span: Span) -> Outcome {
        let returns = self.returns.and_then(|it| it.returns.as_ref());
        if returns.is_some_and(|it| it.set) {
            return Ok(());
        }
        self.rejected("only a function that returns a set gives rows", span)
    }

    /// Whether the routine returns arguments of its own.
    fn has_out(&self) -> bool {
        let is_out = |it: &Argument| matches!(it.mode, "inout" | "out" | "table");
        self.returns.is_some_and(|it| it.arguments.iter().any(is_out))
    }

    fn returned(&self, has_value: bool, span: Span) -> Outcome {
        let Some(routine) = self.returns else {
            let reason = "a block returns nothing";
            return if has_value { self.rejected(reason, span) } else { Ok(()) };
        };
        let takes_none = match &routine.returns {
            Some(it) => {
                it.set || self.has_out() || is_one_of(&it.ty.name, &["void", "event_trigger"])
            }
            None => true,
        };
        match (takes_none, has_value) {
            (true, true) => self.rejected("the routine returns no value of its own", span),
            (false, false) => self.rejected("the function has to return a value", span),
            _ => Ok(()),
        }
    }
}

/// Keeps an error only where it is certain: what may be there is no mistake yet.
fn certain(outcome: Outcome) -> Outcome {
    match outcome {
        Err(it) if it.severity != crate::diag::Severity::Error => Ok(()),
        other => other,
    }
}
