//! `BEGIN`, `COMMIT` and their like, in the forms of each database:
//! <https://www.postgresql.org/docs/current/sql-begin.html>, <https://dev.mysql.com/doc/refman/8.4/en/commit.html>,
//! <https://www.sqlite.org/lang_transaction.html>.

use super::{
    Family,
    ast::{Ident, Transaction},
    grammar::{Cursor, Res},
};

const VERBS: &[&str] =
    &["abort", "begin", "commit", "end", "release", "rollback", "savepoint", "start"];

/// Reads a statement that begins, ends or marks a transaction; none if it starts with such a word and is another.
pub(super) fn transaction<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Option<Transaction<'a>>> {
    let Some(verb) = ctx.eat_any(VERBS) else { return Ok(None) };
    let is = |word: &str| verb.eq_ignore_ascii_case(word);
    let res = if is("savepoint") {
        Transaction::Savepoint(point(ctx)?)
    } else if is("release") {
        if !ctx.eat("savepoint") && ctx.family() == Family::MySql {
            return Err(ctx.rejected("`savepoint`"));
        }
        Transaction::Release(point(ctx)?)
    } else if is("begin") || is("start") && ctx.is("transaction") {
        begin(ctx, is("start"));
        Transaction::Begin
    } else if is("start") || ctx.is("prepared") && ctx.family() == Family::Postgres {
        return Ok(None);
    } else {
        end(ctx, is("rollback") || is("abort"))?
    };
    if ctx.is_end() { Ok(Some(res)) } else { Err(ctx.rejected("the end of the statement")) }
}

/// Passes over what the transaction is to be.
fn begin(ctx: &mut Cursor, is_start: bool) {
    match ctx.family() {
        Family::Sqlite => {
            let _ = ctx.eat_any(&["deferred", "exclusive", "immediate"]);
            own_name(ctx);
        }
        Family::Postgres => {
            let _ = ctx.eat_any(&["transaction", "work"]);
            modes(ctx, POSTGRES_MODES);
        }
        Family::MySql if is_start => {
            ctx.at += 1;
            modes(ctx, MYSQL_MODES);
        }
        Family::MySql => {
            ctx.eat("work");
        }
    }
}

/// SQLite's `TRANSACTION [name]`.
fn own_name(ctx: &mut Cursor) {
    if ctx.eat("transaction") && !ctx.is_end() && !ctx.is("to") {
        let _ = ctx.word_or_string("a name");
    }
}

const POSTGRES_MODES: &[&[&str]] = &[
    &["isolation", "level", "serializable"],
    &["isolation", "level", "repeatable", "read"],
    &["isolation", "level", "read", "committed"],
    &["isolation", "level", "read", "uncommitted"],
    &["read", "write"],
    &["read", "only"],
    &["deferrable"],
    &["not", "deferrable"],
];

const MYSQL_MODES: &[&[&str]] =
    &[&["with", "consistent", "snapshot"], &["read", "write"], &["read", "only"]];

fn modes(ctx: &mut Cursor, modes: &[&[&str]]) {
    while modes.iter().any(|it| ctx.eat_all(it)) {
        let _ = ctx.eat_symbol(",");
    }
}

/// Reads what stands behind `COMMIT` or `ROLLBACK`.
fn end<'a>(ctx: &mut Cursor<'a, '_>, goes_back: bool) -> Res<Transaction<'a>> {
    match ctx.family() {
        Family::Sqlite => own_name(ctx),
        Family::Postgres => {
            let _ = ctx.eat_any(&["transaction", "work"]);
        }
        Family::MySql => {
            ctx.eat("work");
        }
    }
    if goes_back && ctx.eat("to") {
        ctx.eat("savepoint");
        return Ok(Transaction::RollbackTo(point(ctx)?));
    }
    let chain = ctx.family() != Family::Sqlite && ctx.eat_all(&["and", "chain"]);
    if ctx.family() != Family::Sqlite && !chain {
        ctx.eat_all(&["and", "no", "chain"]);
    }
    if ctx.family() == Family::MySql {
        let _ = ctx.eat_all(&["no", "release"]) || ctx.eat("release");
    }
    Ok(if goes_back { Transaction::Rollback { chain } } else { Transaction::Commit { chain } })
}

fn point<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ident<'a>> {
    if ctx.family() == Family::Sqlite {
        ctx.word_or_string("a savepoint")
    } else {
        ctx.ident("a savepoint")
    }
}
