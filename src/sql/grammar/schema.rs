//! `CREATE SCHEMA`, and MySQL's databases.

use super::cursor::{Cursor, Res};
use crate::{
    base::Span,
    sql::{
        ast::{AlterDatabase, CreateSchema, Ddl, RoleKind, TableOption},
        lexis::Family,
        token::{Kind, Token},
    },
};

/// Reads what stands behind `CREATE SCHEMA`, or `CREATE DATABASE` in MySQL.
pub(in crate::sql) fn create_schema<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    let if_not_exists = ctx.if_not_exists();
    let mut owner = None;
    let mut options = Vec::new();
    let start = ctx.at;
    let name = if ctx.family() == Family::Postgres && ctx.eat("authorization") {
        let role = ctx.role()?;
        let name = if let RoleKind::Named(name) = &role.kind { Some(name.clone()) } else { None };
        owner = Some(role);
        name
    } else {
        Some(ctx.ident("a schema name")?)
    };
    let span = ctx.span_since(start);
    if ctx.family() == Family::MySql {
        options = database_options(ctx)?;
    } else if owner.is_none() && ctx.eat("authorization") {
        owner = Some(ctx.role()?);
    }
    let elements = Vec::new();
    Ok(Ddl::CreateSchema(CreateSchema { owner, name, if_not_exists, options, elements, span }))
}

/// Skips one of the statements inside `CREATE SCHEMA`; returns its tokens, as a statement of its own.
pub(in crate::sql) fn schema_element(ctx: &mut Cursor<'_, '_>) -> Vec<Token> {
    let start = ctx.at;
    let mut depth = 0_usize;
    while !ctx.is_end() {
        let is_first = ctx.at == start;
        match ctx.raw(ctx.peek()) {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            // `GRANT CREATE ON …`, `WITH GRANT OPTION`
            _ if depth == 0 && !is_first && ctx.is_any(&["create", "grant"]) => {
                let before = ctx.raw(ctx.previous()).to_ascii_lowercase();
                if !["grant", ",", "with"].contains(&before.as_str()) {
                    break;
                }
            }
            _ => {}
        }
        ctx.at += 1;
    }
    let mut tokens = ctx.tokens[start..ctx.at].to_vec();
    let end = ctx.previous().span.end;
    tokens.push(Token { kind: Kind::End, span: Span { start: end, end } });
    tokens
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
