//! Statements that read or write rows: what they name has to be there, whether there are rows or not.

use super::{
    codes, computed,
    ctx::{Ctx, Outcome},
    run, upkeep,
};
use crate::{
    base::{QName, Span, is_one_of},
    dialect::postgres::functions,
    sql::{
        self,
        ast::{Fault, ObjectName},
    },
};

/// A text of more bytes holds rows; what it writes to is told by its head.
const LONG: usize = 16 * 1024;

/// The rows of a shorter text are looked at one by one.
const FEW_ROWS: usize = 1024;

/// Statements of all kinds stand behind some of these.
const UNFOLLOWED: &[&str] =
    &["explain", "show", "describe", "desc", "load", "handler", "signal", "do", "help"];

/// Statements that give columns values.
const WRITING: &[&str] = &["insert", "replace", "update"];

/// Errs with what the server would not find; `start` is where the text starts. `has_variable` knows the variables of a
/// program that the statement is part of.
pub(super) fn check(
    ctx: &mut Ctx,
    text: &str,
    start: u32,
    has_variable: &dyn Fn(&str, bool) -> bool,
) -> Outcome {
    let first = text.split(|it: char| !it.is_ascii_alphabetic()).next().unwrap_or_default();
    if is_one_of(first, UNFOLLOWED) {
        return Ok(());
    }
    let lexis = &ctx.dialect.lexis;
    let (is_postgres, version) = (ctx.is_postgres(), ctx.dialect.version);
    let built_in = |it: &str| !is_postgres || functions::is_built_in(it, version);
    let head = || sql::read_written(text, lexis, &built_in);
    if ctx.is_mysql() && ctx.checks_keys && is_one_of(first, &["truncate"]) {
        let emptied = sql::written_to(text, lexis);
        let emptied = emptied.map(|it| ObjectName { span: it.span.shift(start), ..it });
        emptied.map_or(Ok(()), |it| upkeep::refuse_emptied(ctx, &[it]))?;
    }
    let is_short = text.len() <= LONG;
    let is_writing = is_one_of(first, WRITING);
    let written = (is_writing || is_one_of(first, &["copy"])).then(head).flatten();
    if let Some(it) = written.as_ref().filter(|_| is_writing && is_short) {
        computed::check(ctx, text, &it.name, start)?;
    }
    let changed = written.as_ref().and_then(|it| changing(ctx, &it.name, first));
    let (problems, bound) = ctx.in_world_with(has_variable, |world| {
        // Rows may be many: where they are all that follows, the head tells. PostgreSQL looks at the types of a few.
        let are_few = is_postgres && text.len() <= FEW_ROWS;
        let is_told = !are_few && written.as_ref().is_some_and(|it| it.n_values.is_some());
        let bound = (!is_told && is_short).then(|| world.names(text));
        let own = match &bound {
            Some(Ok(_)) => None,
            _ => written.or_else(head),
        };
        (own.map(|it| it.problems(lexis, world)).unwrap_or_default(), bound)
    });
    ctx.refuse_problems(&problems, start)?;
    match bound {
        Some(Ok(it)) => ctx.refuse_problem(&it, start)?,
        Some(Err(_)) => ctx.refuse_fault(text, start)?,
        None => {}
    }
    if let Some(name) = changed {
        let reason = format!("a trigger of table `{name}` may change the schema");
        ctx.not_understood(&reason, Span::new(0, text.len()).shift(start), None);
    }
    Ok(())
}

/// Takes in what a statement does to rows; errs where those that are known keep it from that.
pub(super) fn keep_rows(ctx: &mut Ctx, text: &str, start: u32) -> Outcome {
    let Some(reason) = run::note_rows(ctx, text) else { return Ok(()) };
    let written = sql::written_to(text, &ctx.dialect.lexis);
    let (name, span) = written.map(|it| (ctx.table_meant(&it), it.span)).unzip();
    let name = name.map(|it| format!("rows of `{it}` cannot be written: ")).unwrap_or_default();
    let place = ctx.place(span.unwrap_or(Span::new(0, text.len())).shift(start));
    Err(Box::new(codes::rejected(format!("{name}{reason}"), place)))
}

/// Returns the table that is written to, if a trigger of it may change the schema.
fn changing(ctx: &Ctx, written: &ObjectName, first: &str) -> Option<QName> {
    let event = if is_one_of(first, &["update"]) { "update" } else { "insert" };
    let name = ctx.table_meant(written);
    let table = ctx.schema.tables.get(&name).filter(|it| !it.triggers.is_empty())?;
    run::trigger_changes(ctx, table, event).then_some(name)
}

impl Ctx<'_, '_> {
    /// Errs with a mistake that every server finds in the text of a query, which starts at that byte.
    pub(super) fn refuse_fault(&self, text: &str, start: u32) -> Outcome {
        let fault = sql::query_fault(text, &self.dialect.lexis);
        let rejected =
            |it: Fault| Box::new(codes::rejected(it.reason, self.place(it.span.shift(start))));
        fault.map_or(Ok(()), |it| Err(rejected(it)))
    }
}
