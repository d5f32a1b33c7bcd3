//! `DROP` of the objects that the schema records.

use super::cursor::{Cursor, Res};
use crate::sql::{
    ast::{Ddl, Drop, DropKind, ObjectName},
    lexis::Family,
};

/// Reads what stands behind `DROP <kind>`.
pub(in crate::sql) fn drop_objects<'a>(ctx: &mut Cursor<'a, '_>, kind: DropKind) -> Res<Ddl<'a>> {
    let mut concurrently = false;
    if kind == DropKind::Index {
        ctx.refuse_if_exists()?;
        concurrently = ctx.eat("concurrently");
    }
    let temporary =
        ctx.tokens.get(1).is_some_and(|it| ctx.raw(*it).eq_ignore_ascii_case("temporary"));
    let if_exists = ctx.if_exists();
    let mut names: Vec<ObjectName<'a>> = Vec::new();
    loop {
        names.push(ctx.name("a name")?);
        if !ctx.eat_symbol(",") {
            break;
        }
    }
    let on_table =
        matches!(kind, DropKind::Index | DropKind::Policy | DropKind::Rule | DropKind::Trigger);
    let on_table = on_table && (kind != DropKind::Index || ctx.family() == Family::MySql);
    let table = if on_table && ctx.eat("on") { Some(ctx.name("a table name")?) } else { None };
    if kind == DropKind::Index && ctx.family() == Family::MySql && table.is_none() {
        return Err(ctx.rejected("`on`"));
    }
    if concurrently && (ctx.is("cascade") || names.len() > 1) {
        return Err(ctx.rejected("one index, without `cascade`"));
    }
    let cascade = ctx.cascade();
    if ctx.family() == Family::MySql {
        if !ctx.lexis.mariadb_comments {
            ctx.ways()?;
        }
        if ctx.eat("wait") {
            ctx.bump();
        }
        ctx.eat("nowait");
    }
    Ok(Ddl::Drop(Drop { kind, names, table, if_exists, temporary, cascade }))
}
