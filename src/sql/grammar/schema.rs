//! `CREATE SCHEMA`, and MySQL's databases.

use super::cursor::{Cursor, Res};
use crate::sql::{
    ast::{AlterDatabase, CreateSchema, Ddl, RoleKind, TableOption},
    lexis::Family,
};

/// Reads what stands behind `CREATE SCHEMA`, or `CREATE DATABASE` in MySQL.
pub(in crate::sql) fn create_schema<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    let if_not_exists = ctx.if_not_exists();
    let mut owner = None;
    let mut options = Vec::new();
    let name = if ctx.eat("authorization") {
        let role = ctx.role()?;
        let RoleKind::Named(name) = &role.kind else {
            return Err(ctx.not_replayed("create schema with the name of the current role"));
        };
        let name = name.clone();
        owner = Some(role);
        name
    } else {
        ctx.ident("a schema name")?
    };
    if ctx.family() == Family::MySql {
        options = database_options(ctx)?;
    } else if owner.is_none() && ctx.eat("authorization") {
        owner = Some(ctx.role()?);
    }
    if ctx.is_any(&["create", "grant"]) {
        return Err(ctx.not_replayed("create schema with its objects"));
    }
    Ok(Ddl::CreateSchema(CreateSchema { owner, name, if_not_exists, options }))
}

/// Reads what stands behind `ALTER DATABASE`.
pub(in crate::sql) fn alter_database<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    let is_option = ctx.is_any(&["default", "charset", "collate", "character", "comment", "read"]);
    let name = if is_option { None } else { Some(ctx.ident("a database name")?) };
    let options = database_options(ctx)?;
    Ok(Ddl::AlterDatabase(AlterDatabase { name, options }))
}

fn database_options<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Vec<TableOption<'a>>> {
    let mut res = Vec::new();
    while !ctx.is_end() {
        if ctx.eat_all(&["read", "only"]) {
            ctx.eat_symbol("=");
            ctx.bump();
        } else if ctx.eat_all(&["upgrade", "data", "directory", "name"]) {
        } else if ctx.is("default") && ctx.is_nth(1, "encryption") {
            ctx.at += 1;
        } else {
            let option = ctx.table_option()?;
            res.push(option.ok_or_else(|| ctx.rejected("`character set` or `collate`"))?);
        }
    }
    Ok(res)
}
