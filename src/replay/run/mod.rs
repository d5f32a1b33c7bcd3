//! Procedural SQL, evaluated against the schema as it is at that moment.
//!
//! What cannot be known stays [`Val::Unknown`], never a guess: a statement under an unknown condition is reported.

mod aggregate;
mod calendar;
mod call;
mod cast;
mod catalog;
mod changed_rows;
mod control;
mod cursor;
mod data;
mod dynamic;
mod eval;
mod exec;
mod functions;
mod going_rows;
mod handler;
mod held;
mod inserted_rows;
mod join;
mod lookup;
mod moment;
mod names;
mod ops;
mod pattern;
mod raise;
mod relation;
mod routine;
mod row_keys;
mod scope;
mod select;
mod series;
mod snapshot;
mod state;
mod stored_rows;
mod strings;
mod tied_rows;
mod touching;
mod value;
mod variables;

pub(super) use data::Rows;
pub(super) use going_rows::is_kept_by_rows;
pub(super) use held::{check_rows, check_rows_of_index};
pub(super) use routine::trigger_changes;
pub(super) use snapshot::Snapshot;
pub(super) use stored_rows::note_rows;
pub(super) use value::Val;

use super::{Fate, ctx::Ctx};
use crate::{
    base::{QName, Span},
    diag::Diagnostic,
    sql::ast::{Sql, Statement, Step},
};
use scope::Vars;

/// Steps that one statement of a script may take: a loop that needs more is not followed to its end.
const STEPS: u32 = 20_000;

/// Routines that call each other.
const CALLS: u32 = 30;

/// Why a block does not go on.
pub(super) enum Stop {
    Raised(Raised),
    Exit { label: Option<String>, again: bool },
    Return(Val),
}

/// An error, and the condition that handlers know it by.
pub(super) struct Raised {
    pub diagnostic: Box<Diagnostic>,
    pub state: state::State,
}

/// Why the server refuses a statement about rows.
struct Refusal {
    reason: String,
    /// Whatever other rows there are.
    by_itself: bool,
}

pub(super) type Res<T = ()> = Result<T, Stop>;

/// A statement that is being evaluated.
pub(super) struct Run<'c, 'h, 's> {
    pub ctx: &'c mut Ctx<'h, 's>,
    vars: Vars,
    /// `$1` of the text that is being executed.
    params: Vec<Val>,
    left: u32,
    calls: u32,
    /// Why nobody knows whether what follows is run at all.
    doubt: Option<String>,
    did: Did,
    /// Results of `WITH`, innermost last.
    queries: Vec<(String, select::Table)>,
    /// The rows of the groups that aggregates are of, innermost last.
    groups: Vec<aggregate::Group>,
    /// The errors that the handlers at work took.
    handled: Vec<state::State>,
    /// How many blocks at work handle that there is no row.
    n_not_found: u32,
    /// How many texts are being executed, one in the other.
    texts: usize,
    /// The labels of the blocks at work, in front of whose variables they may stand.
    labels: Vec<String>,
    /// PL/pgSQL's FOUND: whether the last statement read or wrote a row
    /// (<https://www.postgresql.org/docs/current/plpgsql-statements.html#PLPGSQL-STATEMENTS-DIAGNOSTICS>).
    found: Val,
    /// Changes of the schema so far.
    n_changes: u32,
    /// What is read beside the one table, while its rows are worked out, is not known.
    only: Option<Only>,
    /// Why the server refuses the statement about rows that was worked out last, if it certainly does.
    refused: Option<Refusal>,
    /// Where the statement at work stands.
    at: Span,
}

/// The table whose rows are worked out.
struct Only {
    name: QName,
    table: select::Table,
    /// The rows of other tables are still those that the statement saw.
    is_now: bool,
}

/// What was done so far.
#[derive(Clone, Copy, Debug, Default)]
struct Did {
    schema: bool,
    data: bool,
    session: bool,
}

impl<'c, 'h, 's> Run<'c, 'h, 's> {
    fn new(ctx: &'c mut Ctx<'h, 's>, at: Span) -> Self {
        Self {
            ctx,
            vars: Vars::default(),
            params: Vec::new(),
            left: STEPS,
            calls: CALLS,
            doubt: None,
            did: Did::default(),
            queries: Vec::new(),
            groups: Vec::new(),
            handled: Vec::new(),
            n_not_found: 0,
            texts: 0,
            labels: Vec::new(),
            found: Val::Bool(false),
            n_changes: 0,
            only: None,
            refused: None,
            at,
        }
    }
}

/// Returns the text that an expression comes to, if that is known without rows.
pub(super) fn constant_text(ctx: &mut Ctx, sql: &Sql) -> Option<String> {
    match Run::new(ctx, sql.span).value_of(sql) {
        Ok(Val::Text(it)) => Some(it),
        _ => None,
    }
}

/// Runs a statement that is a program.
pub(super) fn run(ctx: &mut Ctx, step: &Step, statement: &Statement) -> Fate {
    ctx.unclear = false;
    let atomic = ctx.is_postgres() && exec::can_half_fail(step);
    let before = atomic.then(|| snapshot::Snapshot::take(ctx));
    let mut run = Run::new(ctx, step.span);
    let outcome = run.whole(step);
    let (did, n_changes) = (run.did, run.n_changes);
    if let Err(Stop::Raised(raised)) = outcome {
        if let Some(before) = before.filter(|_| n_changes > 0) {
            before.restore(ctx);
        }
        if ctx.refuse(*raised.diagnostic) {
            return Fate::Rejected;
        }
        ctx.blame.note_unread(statement.text, ctx.place(statement.span));
    }
    if ctx.unclear {
        return Fate::NotUnderstood;
    }
    match did {
        Did { schema: true, .. } => Fate::Schema,
        Did { data: true, .. } => Fate::Data,
        Did { session: true, .. } => Fate::Session,
        _ if statement.text.get(..2).is_some_and(|it| it.eq_ignore_ascii_case("do")) => {
            Fate::NoEffect
        }
        _ if ctx.is_mysql() => Fate::Session,
        _ => Fate::Data,
    }
}
