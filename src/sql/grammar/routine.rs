//! Functions and triggers: name and table; bodies are not looked into.

use super::cursor::{Cursor, Res};
use crate::sql::{
    ast::{CreateFunction, CreateTrigger, Ddl},
    lexis::Family,
};

/// Reads what stands behind `FUNCTION`.
pub(in crate::sql) fn create_function<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    let _ = ctx.if_not_exists();
    let name = ctx.name("a function name")?;
    if !ctx.is_symbol("(") && !ctx.is_any(&["returns", "soname"]) {
        return Err(ctx.expected("`(`"));
    }
    ctx.rest();
    Ok(Ddl::CreateFunction(CreateFunction { name, text: ctx.since(0) }))
}

/// Reads what stands behind `TRIGGER`.
pub(in crate::sql) fn create_trigger<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    if ctx.family() == Family::Postgres && ctx.is_all(&["if", "not", "exists"]) {
        return Err(ctx.rejected("a trigger name"));
    }
    let _ = ctx.if_not_exists();
    let name = ctx.name("a trigger name")?;
    // `UPDATE OF a, b ON t`: the list is the only thing before the table.
    while !ctx.is("on") {
        if ctx.is_end() {
            return Err(ctx.expected("`on`"));
        }
        ctx.bump();
    }
    ctx.expect("on")?;
    let table = ctx.name("a table name")?;
    if ctx.is_end() {
        return Err(ctx.expected("`execute` or a body"));
    }
    ctx.rest();
    Ok(Ddl::CreateTrigger(CreateTrigger { name, table, text: ctx.since(0) }))
}
