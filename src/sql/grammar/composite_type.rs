//! `CREATE TYPE … AS ( … )`, `… AS RANGE`, base and shell types, and the attributes in `ALTER TYPE`.

use super::{
    cursor::{Cursor, Res},
    verbatim,
};
use crate::sql::ast::{
    AlterComposite, AttributeChange, AttributeDef, CreateComposite, CreateRange, Ddl, ObjectName,
};

/// Reads what stands behind the name of a new type that is no enumeration.
pub(super) fn create<'a>(ctx: &mut Cursor<'a, '_>, name: ObjectName<'a>) -> Res<Ddl<'a>> {
    if ctx.eat_all(&["as", "range"]) {
        return range(ctx, name);
    }
    if ctx.eat("as") {
        if !ctx.is_symbol("(") {
            return Err(ctx.rejected("`enum`, `range` or `(`"));
        }
        let attributes = if ctx.is_symbol_nth(1, ")") {
            ctx.at += 2;
            Vec::new()
        } else {
            ctx.list(attribute)?
        };
        return Ok(Ddl::CreateComposite(CreateComposite { name, attributes }));
    }
    if !ctx.is_end() && !ctx.is_symbol("(") {
        return Err(ctx.rejected("`as` or `(`"));
    }
    verbatim::base_type(ctx, name)
}

fn attribute<'a>(ctx: &mut Cursor<'a, '_>) -> Res<AttributeDef<'a>> {
    let name = ctx.ident("an attribute name")?;
    attribute_type(ctx, name)
}

fn attribute_type<'a>(
    ctx: &mut Cursor<'a, '_>,
    name: crate::sql::ast::Ident<'a>,
) -> Res<AttributeDef<'a>> {
    let ty = ctx.type_name()?;
    let collate = if ctx.eat("collate") { Some(ctx.name("a collation")?) } else { None };
    Ok(AttributeDef { name, ty, collate })
}

fn range<'a>(ctx: &mut Cursor<'a, '_>, name: ObjectName<'a>) -> Res<Ddl<'a>> {
    let (mut subtype, mut multirange, mut options) = (None, None, Vec::new());
    ctx.list(|it| {
        let key = it.label("an option")?.text.to_lowercase();
        it.expect_symbol("=")?;
        match key.as_str() {
            "subtype" => subtype = Some(it.type_name()?),
            "multirange_type_name" => {
                it.dated("multirange_type_name");
                multirange = Some(it.name("a type name")?);
            }
            _ => options.push((key, it.until_comma()?)),
        }
        Ok(())
    })?;
    let Some(subtype) = subtype else { return Err(ctx.rejected("`subtype`")) };
    Ok(Ddl::CreateRange(CreateRange { name, subtype, multirange, options }))
}

/// Reads the attributes in `ALTER TYPE`; `None` where it is about something else.
pub(super) fn alter<'a>(ctx: &mut Cursor<'a, '_>, name: &ObjectName<'a>) -> Res<Option<Ddl<'a>>> {
    let mut changes = Vec::new();
    if ctx.eat_all(&["rename", "attribute"]) {
        let from = ctx.ident("an attribute name")?;
        ctx.expect("to")?;
        let to = ctx.ident("an attribute name")?;
        changes.push(AttributeChange::Rename { from, to, cascade: ctx.cascade() });
    } else if ctx.is_nth(1, "attribute") && ctx.is_any(&["add", "drop", "alter"]) {
        loop {
            changes.push(change(ctx)?);
            if !ctx.eat_symbol(",") {
                break;
            }
        }
    } else {
        return Ok(None);
    }
    Ok(Some(Ddl::AlterComposite(AlterComposite { name: name.clone(), changes })))
}

fn change<'a>(ctx: &mut Cursor<'a, '_>) -> Res<AttributeChange<'a>> {
    if ctx.eat_all(&["add", "attribute"]) {
        let attribute = attribute(ctx)?;
        return Ok(AttributeChange::Add { attribute, cascade: ctx.cascade() });
    }
    if ctx.eat_all(&["drop", "attribute"]) {
        let if_exists = ctx.if_exists();
        let name = ctx.ident("an attribute name")?;
        return Ok(AttributeChange::Drop { name, if_exists, cascade: ctx.cascade() });
    }
    if ctx.eat_all(&["alter", "attribute"]) {
        let name = ctx.ident("an attribute name")?;
        ctx.eat_all(&["set", "data"]);
        ctx.expect("type")?;
        let attribute = attribute_type(ctx, name)?;
        return Ok(AttributeChange::Retype { attribute, cascade: ctx.cascade() });
    }
    Err(ctx.rejected("`add attribute`, `drop attribute` or `alter attribute`"))
}
