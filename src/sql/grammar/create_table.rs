//! `CREATE TABLE`.

use super::cursor::{Cursor, Res};
use crate::sql::{
    ast::{ColumnDef, CreateTable, Ddl, Like, ObjectName, TableOption},
    lexis::Family,
    token::Kind,
};

/// Reads what stands behind `CREATE [OR REPLACE]`, from `TEMPORARY` or `TABLE` on.
pub(in crate::sql) fn create_table<'a>(ctx: &mut Cursor<'a, '_>, or_replace: bool) -> Res<Ddl<'a>> {
    let _ = ctx.eat_any(&["global", "local"]);
    let temporary = ctx.eat("temporary") || ctx.family() != Family::MySql && ctx.eat("temp");
    let unlogged = ctx.eat("unlogged");
    ctx.expect("table")?;
    let if_not_exists = ctx.if_not_exists();
    let mut table = empty(ctx.name("a table name")?);
    table.temporary = temporary;
    table.unlogged = unlogged;
    table.or_replace = or_replace;
    table.if_not_exists = if_not_exists;
    if ctx.eat_all_of(Family::Postgres, &["partition", "of"]) {
        let parent = ctx.name("a table name")?;
        if ctx.is_symbol("(") {
            bare_parts(ctx, &mut table)?;
        }
        table.partition_of = Some((parent, ctx.partition_bound()?));
        tail(ctx, &mut table)?;
        return Ok(Ddl::CreateTable(table));
    }
    if ctx.eat_of(Family::Postgres, "of") {
        table.of_type = Some(ctx.name("a type name")?);
        if ctx.is_symbol("(") {
            bare_parts(ctx, &mut table)?;
        }
        tail(ctx, &mut table)?;
        return Ok(Ddl::CreateTable(table));
    }
    if ctx.eat_of(Family::MySql, "like") {
        let model = ctx.name("a table name")?;
        table.likes.push(Like { table: model, options: Vec::new(), at: 0 });
        return Ok(Ddl::CreateTable(table));
    }
    if ctx.is_symbol("(") && !ctx.is_nth(1, "select") {
        parts(ctx, &mut table)?;
    } else if !ctx.is_symbol("(") && !ctx.is_any(BEHIND_NAME) {
        return Err(ctx.expected("`(`"));
    }
    tail(ctx, &mut table)?;
    let has_bare = table.columns.iter().any(|it| it.ty.is_none());
    if has_bare && table.as_query.is_none() && ctx.family() == Family::Postgres {
        return Err(ctx.rejected("`as` and a query"));
    }
    Ok(Ddl::CreateTable(table))
}

/// What can stand behind the name of a table whose columns are those of a query.
const BEHIND_NAME: &[&str] =
    &["as", "select", "ignore", "replace", "with", "using", "engine", "on", "tablespace"];

/// Reads `SELECT … INTO t …` from `INTO` on.
pub(in crate::sql) fn select_into<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    ctx.expect("into")?;
    let temporary = ctx.eat_any(&["temp", "temporary"]).is_some();
    let unlogged = ctx.eat("unlogged");
    ctx.eat("table");
    let mut table = empty(ctx.name("a table name")?);
    (table.temporary, table.unlogged) = (temporary, unlogged);
    ctx.rest();
    table.as_query = Some(ctx.since(0));
    Ok(Ddl::CreateTable(table))
}

pub(super) fn empty(name: ObjectName<'_>) -> CreateTable<'_> {
    CreateTable {
        name,
        temporary: false,
        drops_on_commit: false,
        unlogged: false,
        or_replace: false,
        if_not_exists: false,
        columns: Vec::new(),
        constraints: Vec::new(),
        likes: Vec::new(),
        of_type: None,
        as_query: None,
        options: Vec::new(),
        partition: None,
        partition_by: None,
        partition_of: None,
        inherits: Vec::new(),
        foreign: None,
    }
}

pub(super) fn parts<'a>(ctx: &mut Cursor<'a, '_>, table: &mut CreateTable<'a>) -> Res<()> {
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

/// Reads columns without types, as tables have them that take their columns from elsewhere.
pub(super) fn bare_parts<'a>(ctx: &mut Cursor<'a, '_>, table: &mut CreateTable<'a>) -> Res<()> {
    ctx.expect_symbol("(")?;
    loop {
        if ctx.starts_constraint() {
            table.constraints.push(ctx.constraint()?);
        } else {
            table.columns.push(ctx.bare_column()?);
        }
        if !ctx.eat_symbol(",") {
            return ctx.expect_symbol(")");
        }
    }
}

fn part<'a>(ctx: &mut Cursor<'a, '_>, table: &mut CreateTable<'a>) -> Res<()> {
    let is_model = ctx.is("like") && matches!(ctx.nth(1).kind, Kind::Word | Kind::Quoted);
    if is_model && ctx.family() != Family::Sqlite {
        ctx.at += 1;
        let model = ctx.name("a table name")?;
        let mut options = Vec::new();
        while ctx.family() == Family::Postgres
            && let Some(word) = ctx.eat_any(&["including", "excluding"])
        {
            let Some(what) = ctx.eat_any(COPIED) else {
                return Err(ctx.rejected("what is copied, as `all`"));
            };
            if what.eq_ignore_ascii_case("compression") {
                ctx.dated("including compression");
            }
            options.push((word.eq_ignore_ascii_case("including"), what.to_ascii_lowercase()));
        }
        table.likes.push(Like { table: model, options, at: table.columns.len() });
    } else if ctx.eat_bare_constraint() {
    } else if let Some(period) = ctx.system_period()? {
        table.options.push(period);
    } else if ctx.is_all(&["period", "for"]) {
        return Err(ctx.not_replayed("period for application time"));
    } else if ctx.starts_constraint() {
        table.constraints.push(ctx.constraint()?);
    } else if ctx.family() == Family::Sqlite && !table.constraints.is_empty() {
        return Err(ctx.rejected("a constraint, as columns come before"));
    } else if ctx.is_symbol(")") || ctx.is_symbol(",") {
        return Err(ctx.rejected("a column or a constraint"));
    } else {
        let as_query = ctx.family() == Family::Postgres
            && (ctx.is_symbol_nth(1, ",") || ctx.is_symbol_nth(1, ")"));
        if as_query {
            let name = ctx.ident("a column name")?;
            let span = name.span;
            let (ty, options, place) = (None, Vec::new(), None);
            table.columns.push(ColumnDef { name, ty, options, place, span });
            return Ok(());
        }
        table.columns.push(ctx.column()?);
    }
    Ok(())
}

fn tail<'a>(ctx: &mut Cursor<'a, '_>, table: &mut CreateTable<'a>) -> Res<()> {
    while !ctx.is_end() {
        let start = ctx.at;
        if ctx.is_all(&["partition", "by"]) {
            partition(ctx, table)?;
        } else if ctx.eat_of(Family::Postgres, "inherits") {
            table.inherits = ctx.list(|it| it.name("a table name"))?;
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
fn partition<'a>(ctx: &mut Cursor<'a, '_>, table: &mut CreateTable<'a>) -> Res<()> {
    let start = ctx.at;
    if ctx.family() == Family::Postgres {
        ctx.at += 2;
        table.partition_by = Some(ctx.partition_by()?);
    } else {
        ctx.skip_balanced(&["as", "select"]);
        table.partition = Some(ctx.since(start));
    }
    Ok(())
}

/// What `LIKE` can copy.
const COPIED: &[&str] = &[
    "all",
    "comments",
    "compression",
    "constraints",
    "defaults",
    "generated",
    "identity",
    "indexes",
    "statistics",
    "storage",
];

fn postgres_tail<'a>(ctx: &mut Cursor<'a, '_>, table: &mut CreateTable<'a>) -> Res<bool> {
    if ctx.is_all(&["with", "oids"]) {
        return Err(ctx.rejected("`without oids`"));
    }
    if ctx.eat_all(&["without", "oids"]) {
    } else if ctx.is("with") && ctx.is_symbol_nth(1, "(") {
        ctx.at += 1;
        table.options.append(&mut ctx.storage_parameters()?);
    } else if ctx.eat_all(&["on", "commit"]) {
        table.drops_on_commit = ctx.eat("drop");
        let keeps = ctx.eat_all(&["preserve", "rows"]) || ctx.eat_all(&["delete", "rows"]);
        if !keeps && !table.drops_on_commit {
            return Err(ctx.rejected("`preserve rows`, `delete rows` or `drop`"));
        }
    } else if ctx.is("tablespace") {
        table.options.push(ctx.tablespace()?);
    } else if ctx.eat("using") {
        let start = ctx.at;
        let value = ctx.label("an access method")?.text;
        let (key, span) = ("using".to_owned(), ctx.span_since(start));
        table.options.push(TableOption { key, value, span });
    } else {
        return Ok(false);
    }
    Ok(true)
}

fn query<'a>(ctx: &mut Cursor<'a, '_>, table: &mut CreateTable<'a>) -> Res<()> {
    if ctx.family() == Family::MySql {
        let _ = ctx.eat_any(&["ignore", "replace"]);
    }
    if ctx.family() == Family::Sqlite && !(table.columns.is_empty() && ctx.is("as")) {
        return Err(ctx.rejected("a table option or the end of the statement"));
    }
    ctx.eat("as");
    let wrapped = ctx.is_symbol("(");
    if !wrapped && !ctx.is_any(&["select", "with", "values", "table", "execute"]) {
        return Err(ctx.rejected("a table option or the end of the statement"));
    }
    let start = ctx.at;
    if ctx.family() == Family::Postgres {
        ctx.at = ctx.last() - super::view::data_tail(ctx, start);
        table.as_query = Some(ctx.since(start));
    }
    let rest = ctx.rest();
    table.as_query.get_or_insert(rest);
    Ok(())
}
