//! `CREATE DOMAIN` and `ALTER DOMAIN`.

use super::cursor::{Cursor, Res};
use crate::sql::ast::{AlterDomain, CreateDomain, Ddl, DomainChange, DomainCheckDef, Ident};

/// Reads what stands behind `CREATE DOMAIN`.
pub(in crate::sql) fn create_domain<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    if ctx.is_all(&["if", "not", "exists"]) {
        return Err(ctx.rejected("a domain name"));
    }
    let name = ctx.name("a domain name")?;
    ctx.eat("as");
    let ty = ctx.type_name()?;
    let mut res =
        CreateDomain { name, ty, collate: None, default: None, not_null: None, checks: Vec::new() };
    while !ctx.is_end() {
        let named = constraint_name(ctx)?;
        let has_not = ctx.is("not");
        if (has_not || ctx.is("null")) && res.not_null.is_some_and(|it| it != has_not)
            || ctx.is("default") && res.default.is_some()
        {
            return Err(ctx.rejected("nothing that says otherwise"));
        }
        if ctx.eat("collate") {
            res.collate = Some(ctx.name("a collation")?);
        } else if ctx.eat("default") {
            res.default = Some(ctx.expression()?);
        } else if ctx.eat_all(&["not", "null"]) {
            res.not_null = Some(true);
        } else if ctx.eat("check") {
            res.checks.push(check(ctx, named)?);
        } else if ctx.eat("null") {
            res.not_null = Some(false);
        } else {
            return Err(ctx.rejected("`check`, `default` or `not null`"));
        }
    }
    Ok(Ddl::CreateDomain(res))
}

/// Reads what stands behind `ALTER DOMAIN`; its owner is read elsewhere.
pub(in crate::sql) fn alter_domain<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    let name = ctx.name("a domain name")?;
    let change = if ctx.eat_all(&["set", "default"]) {
        DomainChange::Default(Some(ctx.rest()))
    } else if ctx.eat_all(&["drop", "default"]) {
        DomainChange::Default(None)
    } else if ctx.eat_all(&["set", "not", "null"]) {
        DomainChange::NotNull(true)
    } else if ctx.eat_all(&["drop", "not", "null"]) {
        DomainChange::NotNull(false)
    } else if ctx.eat("add") {
        let named = constraint_name(ctx)?;
        if ctx.eat_all(&["not", "null"]) {
            ctx.dated("domain not null constraint");
            DomainChange::NotNull(true)
        } else {
            if !ctx.eat("check") {
                return Err(ctx.rejected("`check` or `not null`"));
            }
            DomainChange::AddCheck(check(ctx, named)?)
        }
    } else if ctx.eat_all(&["drop", "constraint"]) {
        let if_exists = ctx.if_exists();
        let name = ctx.ident("a constraint name")?;
        ctx.cascade();
        DomainChange::DropConstraint { name, if_exists }
    } else if ctx.eat_all(&["rename", "constraint"]) {
        let from = ctx.ident("a constraint name")?;
        ctx.expect("to")?;
        DomainChange::RenameConstraint { from, to: ctx.ident("a constraint name")? }
    } else if ctx.eat_all(&["validate", "constraint"]) {
        DomainChange::Validate(ctx.ident("a constraint name")?)
    } else if ctx.eat_all(&["rename", "to"]) {
        DomainChange::RenameTo(ctx.ident("a domain name")?)
    } else if ctx.eat_all(&["set", "schema"]) {
        DomainChange::SetSchema(ctx.ident("a schema name")?)
    } else {
        return Err(ctx.rejected("`set`, `drop`, `add`, `rename` or `validate`"));
    };
    Ok(Ddl::AlterDomain(AlterDomain { name, change }))
}

fn constraint_name<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Option<Ident<'a>>> {
    if ctx.eat("constraint") { ctx.ident("a constraint name").map(Some) } else { Ok(None) }
}

fn check<'a>(ctx: &mut Cursor<'a, '_>, name: Option<Ident<'a>>) -> Res<DomainCheckDef<'a>> {
    let expr = ctx.parens()?;
    Ok(DomainCheckDef { name, expr, not_valid: ctx.eat_all(&["not", "valid"]) })
}
