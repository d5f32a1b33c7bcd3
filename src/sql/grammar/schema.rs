//! `CREATE SCHEMA`.

use super::cursor::{Cursor, Res};
use crate::sql::{
    ast::{CreateSchema, Ddl},
    lexis::Family,
};

/// Reads what stands behind `CREATE SCHEMA`, or `CREATE DATABASE` in MySQL.
pub(in crate::sql) fn create_schema<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    let if_not_exists = ctx.if_not_exists();
    let authorised = ctx.eat("authorization");
    let name = ctx.ident("a schema name")?;
    if ctx.family() == Family::MySql {
        // The character set of a database is a default for its tables, not a part of them.
        ctx.rest();
    } else if !authorised && ctx.eat("authorization") {
        ctx.label("a role")?;
    }
    if ctx.is_any(&["create", "grant"]) {
        return Err(ctx.not_replayed("create schema with its objects"));
    }
    Ok(Ddl::CreateSchema(CreateSchema { name, if_not_exists }))
}
