//! Transactions that a file begins and ends itself: what ROLLBACK takes back, and what runs in none.
//!
//! MySQL commits before and after every statement that changes the schema, so nothing of it is taken back there
//! (<https://dev.mysql.com/doc/refman/8.4/en/implicit-commit.html>).

use super::{
    Fate,
    access::Roles,
    codes,
    ctx::{Ctx, Outcome},
    parsed::Parsed,
    run::Snapshot,
    temporary,
};
use crate::{
    base::{Name, Span},
    dialect::postgres::transactions::needs_no_transaction,
    sql::ast::{Class, Ident, Session, Statement, Transaction},
};

/// The transaction of the session.
#[derive(Default)]
pub(super) struct Transactions {
    open: Option<Open>,
    /// The file at work takes something back, so what there was before has to be kept.
    keeps: bool,
}

impl Transactions {
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }
}

struct Open {
    before: Option<Snapshot>,
    session: Settings,
    /// `SET LOCAL` was run: its effect ends with the transaction.
    has_local: bool,
    /// Each savepoint, and what there was when it was set.
    points: Vec<(Name, Option<Snapshot>)>,
    /// SQLite: the first savepoint began it, and ends it
    /// (<https://www.sqlite.org/lang_savepoint.html>).
    by_savepoint: bool,
}

/// What a transaction may change of the session.
struct Settings {
    path: Vec<Option<Name>>,
    said_path: (Vec<Option<Name>>, Option<usize>),
    roles: Roles,
    checks_bodies: bool,
    untied: bool,
}

impl Settings {
    fn of(ctx: &Ctx) -> Self {
        Self {
            path: ctx.path.clone(),
            said_path: ctx.said_path.clone(),
            roles: ctx.roles.clone(),
            checks_bodies: ctx.checks_bodies,
            untied: ctx.rows.untied,
        }
    }

    fn restore(self, ctx: &mut Ctx) {
        ctx.path = self.path;
        ctx.said_path = self.said_path;
        ctx.roles = self.roles;
        ctx.checks_bodies = self.checks_bodies;
        ctx.rows.untied = self.untied;
    }
}

/// A new session is in no transaction; what the file before left open is kept, as by a runner.
pub(super) fn open_file(ctx: &mut Ctx, file: &Parsed) {
    let mut keeps = false;
    file.each(&mut |_, it| keeps |= takes_back(it));
    ctx.transactions = Transactions { open: None, keeps };
}

fn takes_back(statement: &Statement) -> bool {
    let Class::Session(Session::Transaction(it)) = &statement.class else { return false };
    matches!(it, Transaction::Rollback { .. } | Transaction::RollbackTo(_))
}

/// Says that a setting holds no longer than the transaction.
pub(super) fn note_local(ctx: &mut Ctx) {
    if let Some(open) = &mut ctx.transactions.open {
        open.has_local = true;
    }
}

/// Errs with a statement that runs in no transaction, if one is open.
pub(super) fn check_allowed(ctx: &Ctx, statement: &Statement) -> Outcome {
    if ctx.transactions.open.is_none() || !ctx.is_postgres() {
        return Ok(());
    }
    let Some(words) = needs_no_transaction(statement.text) else { return Ok(()) };
    refuse(ctx, &format!("`{words}` cannot run inside a transaction block"), statement.span)
}

fn refuse(ctx: &Ctx, reason: &str, span: Span) -> Outcome {
    Err(Box::new(codes::rejected(reason.to_owned(), ctx.place(span))))
}

/// Begins, ends or goes back in a transaction.
pub(super) fn run(ctx: &mut Ctx, it: &Transaction) -> Outcome {
    if ctx.is_mysql() {
        return Ok(());
    }
    match it {
        Transaction::Begin if ctx.transactions.open.is_some() => {
            // PostgreSQL only warns.
            let reason = "a transaction is open already";
            if ctx.is_sqlite() { refuse(ctx, reason, ctx.statement.span) } else { Ok(()) }
        }
        Transaction::Begin => {
            // What was made before it went with a transaction of its own.
            temporary::forget_of_transaction(ctx);
            begin(ctx, false);
            Ok(())
        }
        Transaction::Commit { chain } => end(ctx, *chain, false),
        Transaction::Rollback { chain } => end(ctx, *chain, true),
        Transaction::Savepoint(name) => savepoint(ctx, name),
        Transaction::Release(name) => {
            let at = point(ctx, name)?;
            let Some(open) = &mut ctx.transactions.open else { return Ok(()) };
            open.points.truncate(at);
            if at == 0 && open.by_savepoint {
                ctx.transactions.open = None;
            }
            Ok(())
        }
        Transaction::RollbackTo(name) => {
            let at = point(ctx, name)?;
            let Some(open) = &mut ctx.transactions.open else { return Ok(()) };
            open.points.truncate(at + 1);
            if let Some(before) = open.points[at].1.clone() {
                before.restore(ctx);
            }
            Ok(())
        }
    }
}

fn begin(ctx: &mut Ctx, by_savepoint: bool) {
    let before = snapshot(ctx);
    let (session, points) = (Settings::of(ctx), Vec::new());
    ctx.transactions.open = Some(Open { before, session, has_local: false, points, by_savepoint });
}

fn snapshot(ctx: &mut Ctx) -> Option<Snapshot> {
    ctx.transactions.keeps.then(|| Snapshot::take(ctx))
}

fn end(ctx: &mut Ctx, chain: bool, takes_back: bool) -> Outcome {
    let Some(open) = ctx.transactions.open.take() else {
        let reason = "no transaction is open";
        // PostgreSQL only warns.
        let is_wrong = ctx.is_sqlite() || chain;
        return if is_wrong { refuse(ctx, reason, ctx.statement.span) } else { Ok(()) };
    };
    if let Some(before) = open.before.filter(|_| takes_back) {
        before.restore(ctx);
    }
    if takes_back || open.has_local {
        open.session.restore(ctx);
    }
    temporary::forget_of_transaction(ctx);
    if chain {
        begin(ctx, false);
    }
    Ok(())
}

fn savepoint(ctx: &mut Ctx, name: &Ident) -> Outcome {
    if ctx.transactions.open.is_none() {
        if !ctx.is_sqlite() {
            return refuse(ctx, "a savepoint can only be set in a transaction block", name.span);
        }
        begin(ctx, true);
    }
    let own = (ctx.table_name(name), snapshot(ctx));
    if let Some(open) = &mut ctx.transactions.open {
        open.points.push(own);
    }
    Ok(())
}

/// Returns which savepoint is meant: the last one of the name.
fn point(ctx: &Ctx, name: &Ident) -> Outcome<usize> {
    let own = ctx.table_name(name);
    let open = ctx.transactions.open.as_ref();
    let at = open.and_then(|it| it.points.iter().rposition(|it| it.0 == own));
    at.ok_or_else(|| {
        let reason = format!("there is no savepoint `{}`", name.text);
        Box::new(codes::rejected(reason, ctx.place(name.span)))
    })
}

/// The server does not come to a statement that is sent along with one that fails.
pub(super) fn leave_out(ctx: &mut Ctx, statement: &Statement) -> Fate {
    let reason = "the server does not come to it: what is sent along before it fails";
    let diagnostic = codes::rejected(reason, ctx.place(statement.span));
    ctx.blame.refuse_along(diagnostic);
    ctx.blame.note_unmade(statement.text);
    Fate::Rejected
}
