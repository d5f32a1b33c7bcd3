//! Statements that keep relations well: which relations they name.

use super::cursor::{Cursor, Res};
use crate::sql::{
    ast::{ObjectName, Upkeep, UpkeepKind},
    lexis::Family,
};

/// Words in front of the names that are no names.
const WORDS: &[&str] =
    &["analyse", "analyze", "concurrently", "freeze", "full", "only", "table", "verbose"];

/// Reads the statement; what is not understood of it names nothing.
pub(in crate::sql) fn upkeep<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Upkeep<'a>> {
    match ctx.family() {
        Family::Sqlite => return of_sqlite(ctx),
        Family::MySql => return locked(ctx),
        Family::Postgres => {}
    }
    refuse_object(ctx)?;
    let kind = if ctx.is("truncate") {
        UpkeepKind::Table
    } else if ctx.is("refresh") {
        UpkeepKind::MaterializedView
    } else if ctx.is("reindex") && ctx.is_nth(1, "index") {
        UpkeepKind::Index
    } else {
        UpkeepKind::Any
    };
    let clusters = ctx.is("cluster");
    let relations = relations(ctx).unwrap_or_default();
    let cluster_on = (clusters && ctx.eat("using")).then(|| ctx.ident("an index").ok()).flatten();
    let cascade = kind == UpkeepKind::Table && ctx.has_word(ctx.at, ctx.last(), &["cascade"]);
    Ok(Upkeep { kind, relations, clusters, cascade, cluster_on })
}

/// What the verbs of PostgreSQL want or do not want next: <https://www.postgresql.org/docs/current/sql-reindex.html>.
fn refuse_object(ctx: &Cursor) -> Res<()> {
    const INDEXED: &[&str] = &["database", "index", "schema", "system", "table"];
    if ctx.is("reindex") && !ctx.is_symbol_nth(1, "(") {
        let is_known = INDEXED.iter().any(|it| ctx.is_nth(1, it));
        return if is_known { Ok(()) } else { Err(ctx.rejected_at(1, "`index` or `table`")) };
    }
    let takes_table = !ctx.is_any(&["analyse", "analyze", "cluster", "refresh", "vacuum"]);
    let mut words = (1..ctx.last()).take_while(|n| WORDS.iter().any(|it| ctx.is_nth(*n, it)));
    match words.find(|n| !takes_table && ctx.is_nth(*n, "table")) {
        Some(n) => Err(ctx.rejected_at(n, "a name")),
        None => Ok(()),
    }
}

/// Reads `LOCK TABLES t [AS a] READ, …` (<https://dev.mysql.com/doc/refman/8.4/en/lock-tables.html>).
fn locked<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Upkeep<'a>> {
    ctx.at += 1;
    let kind = UpkeepKind::Any;
    let relations = Vec::new();
    let mut res = Upkeep { kind, relations, clusters: false, cascade: false, cluster_on: None };
    if ctx.eat("instance") {
        ctx.rest();
        return Ok(res);
    }
    if ctx.eat_any(&["table", "tables"]).is_none() {
        return Err(ctx.rejected("`tables`"));
    }
    loop {
        res.relations.push(ctx.name("a table name")?);
        ctx.eat("as");
        if !ctx.is_any(&["low_priority", "read", "write"]) {
            ctx.ident("an alias")?;
        }
        if ctx.eat("read") {
            ctx.eat("local");
        } else {
            let is_mariadb = ctx.lexis.mariadb_comments;
            let _ = is_mariadb && ctx.eat("low_priority");
            if !ctx.eat("write") {
                return Err(ctx.rejected("`read` or `write`"));
            }
            let _ = is_mariadb && ctx.eat("concurrent");
        }
        if !ctx.eat_symbol(",") {
            break;
        }
    }
    ctx.waiting();
    if !ctx.is_end() {
        return Err(ctx.rejected("the end of the statement"));
    }
    Ok(res)
}

/// Reads `REINDEX` or `ANALYZE`, and the one name that may follow
/// (<https://www.sqlite.org/lang_reindex.html>, <https://www.sqlite.org/lang_analyze.html>).
fn of_sqlite<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Upkeep<'a>> {
    let kind = if ctx.is("reindex") { UpkeepKind::Index } else { UpkeepKind::Any };
    ctx.at += 1;
    let relations = if ctx.is_end() { Vec::new() } else { vec![ctx.name("a name")?] };
    if !ctx.is_end() {
        return Err(ctx.rejected("the end of the statement"));
    }
    Ok(Upkeep { kind, relations, clusters: false, cascade: false, cluster_on: None })
}

fn relations<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Vec<ObjectName<'a>>> {
    let is_reindex = ctx.is("reindex");
    ctx.at += 1;
    ctx.eat_all(&["materialized", "view"]);
    if ctx.is_symbol("(") {
        let _ = ctx.parens()?;
    }
    if is_reindex && ctx.eat_any(&["index", "table"]).is_none() {
        return Ok(Vec::new());
    }
    while ctx.eat_any(WORDS).is_some() {}
    let mut res = Vec::new();
    while !ctx.is_end() {
        ctx.eat("only");
        let name = ctx.name("a name")?;
        // `CLUSTER index ON table` of old.
        if !ctx.eat("on") {
            res.push(name);
        }
        ctx.eat_symbol("*");
        if ctx.is_symbol("(") {
            let _ = ctx.parens()?;
        }
        if !ctx.eat_symbol(",") {
            break;
        }
    }
    Ok(res)
}
