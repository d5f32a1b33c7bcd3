//! Row-level security policies.

use super::cursor::{Cursor, Res};
use crate::sql::ast::{Ddl, PolicyDef, RenamePolicy};

const COMMANDS: &[&str] = &["all", "select", "insert", "update", "delete"];

/// Reads what stands behind `CREATE POLICY`
/// (<https://www.postgresql.org/docs/current/sql-createpolicy.html>).
pub(in crate::sql) fn create_policy<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    if ctx.is_all(&["if", "not", "exists"]) {
        return Err(ctx.rejected("a policy name"));
    }
    let mut def = head(ctx)?;
    if ctx.eat("as") {
        def.permissive = match ctx.eat_any(&["permissive", "restrictive"]) {
            Some(word) => Some(word.eq_ignore_ascii_case("permissive")),
            None => return Err(ctx.rejected("`permissive` or `restrictive`")),
        };
    }
    if ctx.eat("for") {
        def.command = COMMANDS.iter().find(|it| ctx.eat(it)).copied();
        if def.command.is_none() {
            return Err(ctx.rejected("a command"));
        }
    }
    tail(ctx, &mut def)?;
    if def.check.is_some() && matches!(def.command, Some("select" | "delete")) {
        return Err(ctx.rejected("no WITH CHECK, which SELECT and DELETE do not have"));
    }
    if def.using.is_some() && def.command == Some("insert") {
        return Err(ctx.rejected("no USING, which INSERT does not have"));
    }
    Ok(Ddl::CreatePolicy(def))
}

/// Reads what stands behind `ALTER POLICY`.
pub(in crate::sql) fn alter_policy<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    let mut def = head(ctx)?;
    if ctx.eat_all(&["rename", "to"]) {
        let to = ctx.ident("a policy name")?;
        return Ok(Ddl::RenamePolicy(RenamePolicy { name: def.name, table: def.table, to }));
    }
    tail(ctx, &mut def)?;
    Ok(Ddl::AlterPolicy(def))
}

fn head<'a>(ctx: &mut Cursor<'a, '_>) -> Res<PolicyDef<'a>> {
    let name = ctx.ident("a policy name")?;
    if !ctx.eat("on") {
        return Err(ctx.rejected("`on`"));
    }
    let table = ctx.name("a table name")?;
    Ok(PolicyDef {
        name,
        table,
        permissive: None,
        command: None,
        roles: None,
        using: None,
        check: None,
    })
}

fn tail<'a>(ctx: &mut Cursor<'a, '_>, def: &mut PolicyDef<'a>) -> Res<()> {
    if ctx.eat("to") {
        def.roles = Some(ctx.roles()?);
    }
    if ctx.eat("using") {
        def.using = Some(ctx.parens()?);
    }
    if ctx.eat("with") {
        ctx.expect("check")?;
        def.check = Some(ctx.parens()?);
    }
    if ctx.is_end() { Ok(()) } else { Err(ctx.rejected("the end of the statement")) }
}
