//! `CREATE TABLE`.

use super::cursor::{Cursor, Res};
use crate::sql::{
    ast::{CreateTable, Ddl, ObjectName, TableOption},
    lexis::Family,
    token::Kind,
};

/// Reads what stands behind `CREATE [OR REPLACE]`, from `TEMPORARY` or `TABLE` on.
pub(in crate::sql) fn create_table<'a>(ctx: &mut Cursor<'a, '_>, or_replace: bool) -> Res<Ddl<'a>> {
    let _ = ctx.eat_any(&["global", "local"]);
    let temporary = ctx.eat_any(&["temp", "temporary"]).is_some();
    let unlogged = ctx.eat("unlogged");
    ctx.expect("table")?;
    let if_not_exists = ctx.if_not_exists();
    let mut table = empty(ctx.name("a table name")?);
    table.temporary = temporary;
    table.unlogged = unlogged;
    table.or_replace = or_replace;
    table.if_not_exists = if_not_exists;
    if ctx.is_all(&["partition", "of"]) {
        table.partition = Some(ctx.rest());
        return Ok(Ddl::CreateTable(table));
    }
    if ctx.is("of") {
        return Err(ctx.not_replayed("create table … of type"));
    }
    if ctx.eat("like") {
        table.like = Some(ctx.name("a table name")?);
        return Ok(Ddl::CreateTable(table));
    }
    if ctx.is_symbol("(") && !ctx.is_nth(1, "select") {
        parts(ctx, &mut table)?;
    } else if !ctx.is_symbol("(")
        && !ctx.is_any(&["as", "select", "ignore", "replace", "with", "using", "engine"])
    {
        return Err(ctx.expected("`(`"));
    }
    tail(ctx, &mut table)?;
    Ok(Ddl::CreateTable(table))
}

fn empty(name: ObjectName<'_>) -> CreateTable<'_> {
    CreateTable {
        name,
        temporary: false,
        unlogged: false,
        or_replace: false,
        if_not_exists: false,
        columns: Vec::new(),
        constraints: Vec::new(),
        like: None,
        as_query: None,
        options: Vec::new(),
        partition: None,
        inherits: None,
    }
}

fn parts<'a>(ctx: &mut Cursor<'a, '_>, table: &mut CreateTable<'a>) -> Res<()> {
    ctx.expect_symbol("(")?;
    if ctx.family() == Family::Postgres && ctx.eat_symbol(")") {
        return Ok(());
    }
    loop {
        part(ctx, table)?;
        // SQLite lets constraints follow each other without a comma.
        let glued = ctx.family() == Family::Sqlite && ctx.starts_constraint();
        if !ctx.eat_symbol(",") && !glued {
            break;
        }
    }
    if ctx.eat_symbol(")") { Ok(()) } else { Err(ctx.rejected("`,` or `)`")) }
}

fn part<'a>(ctx: &mut Cursor<'a, '_>, table: &mut CreateTable<'a>) -> Res<()> {
    if ctx.is("like") && matches!(ctx.nth(1).kind, Kind::Word | Kind::Quoted) {
        ctx.at += 1;
        table.like = Some(ctx.name("a table name")?);
        // Which properties are copied is for the one who knows the other table.
        let start = ctx.at;
        while ctx.eat_any(&["including", "excluding"]).is_some() {
            ctx.at += 1;
        }
        if ctx.at > start {
            let options = ctx.since(start);
            table.options.push(TableOption {
                key: "like".to_owned(),
                value: options.text.into(),
                span: options.span,
            });
        }
    } else if ctx.is_all(&["period", "for"]) {
        return Err(ctx.not_replayed("period for system_time"));
    } else if ctx.starts_constraint() {
        table.constraints.push(ctx.constraint()?);
    } else if ctx.is_symbol(")") || ctx.is_symbol(",") {
        return Err(ctx.rejected("a column or a constraint"));
    } else {
        let as_query = ctx.family() == Family::Postgres
            && (ctx.is_symbol_nth(1, ",") || ctx.is_symbol_nth(1, ")"));
        if as_query {
            return Err(ctx.not_replayed("create table (names) as query"));
        }
        table.columns.push(ctx.column()?);
    }
    Ok(())
}

fn tail<'a>(ctx: &mut Cursor<'a, '_>, table: &mut CreateTable<'a>) -> Res<()> {
    while !ctx.is_end() {
        let start = ctx.at;
        if ctx.is_all(&["partition", "by"]) {
            partition(ctx, table);
        } else if ctx.eat("inherits") {
            table.inherits = Some(ctx.parens()?);
        } else if let Some(option) = ctx.table_option()? {
            table.options.push(option);
            ctx.eat_symbol(",");
        } else if ctx.family() == Family::Postgres && postgres_tail(ctx, table)? {
        } else {
            query(ctx, table)?;
        }
        debug_assert!(ctx.at > start, "each turn of the loop reads something");
    }
    Ok(())
}

/// MySQL's partitions are the last part but the query; PostgreSQL's `PARTITION BY` has one list.
fn partition<'a>(ctx: &mut Cursor<'a, '_>, table: &mut CreateTable<'a>) {
    let start = ctx.at;
    if ctx.family() == Family::Postgres {
        ctx.skip_balanced(&["with", "tablespace", "using", "on"]);
    } else {
        ctx.skip_balanced(&["as", "select"]);
    }
    table.partition = Some(ctx.since(start));
}

fn postgres_tail<'a>(ctx: &mut Cursor<'a, '_>, table: &mut CreateTable<'a>) -> Res<bool> {
    if ctx.eat_all(&["without", "oids"]) || ctx.eat_all(&["with", "oids"]) {
    } else if ctx.is("with") && ctx.is_symbol_nth(1, "(") {
        ctx.at += 1;
        table.options.append(&mut ctx.storage_parameters()?);
    } else if ctx.eat_all(&["on", "commit"]) {
        let known = ctx.eat_all(&["preserve", "rows"])
            || ctx.eat_all(&["delete", "rows"])
            || ctx.eat("drop");
        if !known {
            return Err(ctx.rejected("`preserve rows`, `delete rows` or `drop`"));
        }
    } else if ctx.eat_any(&["tablespace", "using"]).is_some() {
        ctx.label("a name")?;
    } else {
        return Ok(false);
    }
    Ok(true)
}

fn query<'a>(ctx: &mut Cursor<'a, '_>, table: &mut CreateTable<'a>) -> Res<()> {
    if ctx.family() == Family::MySql {
        let _ = ctx.eat_any(&["ignore", "replace"]);
    }
    ctx.eat("as");
    let wrapped = ctx.is_symbol("(");
    if !wrapped && !ctx.is_any(&["select", "with", "values", "table", "execute"]) {
        return Err(ctx.rejected("a table option or the end of the statement"));
    }
    table.as_query = Some(ctx.rest());
    Ok(())
}
