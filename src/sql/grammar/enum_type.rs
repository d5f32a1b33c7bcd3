//! `CREATE TYPE … AS ENUM` and `ALTER TYPE`.

use super::{
    composite_type,
    cursor::{Cursor, Res},
    verbatim,
};
use crate::sql::ast::{AlterEnum, CreateEnum, Ddl, EnumChange};

/// Reads what stands behind `CREATE TYPE`.
pub(in crate::sql) fn create_type<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    if ctx.is_all(&["if", "not", "exists"]) {
        return Err(ctx.rejected("a type name"));
    }
    let name = ctx.name("a type name")?;
    if !ctx.eat_all(&["as", "enum"]) {
        return composite_type::create(ctx, name);
    }
    let values = if ctx.is_symbol("(") && ctx.is_symbol_nth(1, ")") {
        ctx.at += 2;
        Vec::new()
    } else {
        ctx.list(|it| it.string("a value in quotes"))?
    };
    Ok(Ddl::CreateEnum(CreateEnum { name, values }))
}

/// Reads what stands behind `ALTER TYPE`; `None` if it changes nothing of the type's meaning.
pub(in crate::sql) fn alter_type<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Option<Ddl<'a>>> {
    let name = ctx.name("a type name")?;
    if let Some(ddl) = composite_type::alter(ctx, &name)? {
        return Ok(Some(ddl));
    }
    let change = if ctx.eat_all(&["add", "value"]) {
        add_value(ctx)?
    } else if ctx.eat_all(&["rename", "value"]) {
        let from = ctx.string("a value in quotes")?;
        ctx.expect("to")?;
        EnumChange::RenameValue { from, to: ctx.string("a value in quotes")? }
    } else if ctx.eat_all(&["rename", "to"]) {
        EnumChange::RenameTo(ctx.ident("a type name")?)
    } else if ctx.eat_all(&["set", "schema"]) {
        EnumChange::SetSchema(ctx.ident("a schema name")?)
    } else if ctx.eat_all(&["owner", "to"]) {
        ctx.rest();
        return Ok(None);
    } else if ctx.is("set") && ctx.is_symbol_nth(1, "(") {
        return verbatim::base_type_options(ctx, name).map(Some);
    } else {
        return Err(ctx.rejected("`add value`, `rename`, `set schema` or an attribute"));
    };
    Ok(Some(Ddl::AlterEnum(AlterEnum { name, change })))
}

fn add_value<'a>(ctx: &mut Cursor<'a, '_>) -> Res<EnumChange<'a>> {
    let if_not_exists = ctx.if_not_exists();
    let value = ctx.string("a value in quotes")?;
    let neighbour = match ctx.eat_any(&["before", "after"]) {
        Some(word) => Some((word.eq_ignore_ascii_case("before"), ctx.string("a value in quotes")?)),
        None => None,
    };
    Ok(EnumChange::AddValue { value, if_not_exists, neighbour })
}
