//! `ALTER` and `DROP` of rare objects.

use super::{
    class, collation, is_shell,
    meant::{find, identity, is_there, known, not_there, said, tail},
    operator, outside, search, text,
};
use crate::{
    base::{QName, Span},
    dialect::postgres::rare_names::Rare,
    model::{Id, Verbatim},
    replay::{
        cascade, codes,
        ctx::{Ctx, Outcome},
        extension, type_name,
    },
    sql::ast::{AlterVerbatim, Amendment, DropVerbatim, Ident, VerbatimChange, VerbatimRef},
};

pub(in crate::replay) fn alter(ctx: &mut Ctx, it: &AlterVerbatim) -> Outcome {
    let name = match find(ctx, &it.object)? {
        Some(name) => name,
        None if it.if_exists => return Ok(()),
        // The server's own, or an extension's.
        None if is_there(ctx, &it.object)? => return Ok(()),
        None => return Err(not_there(ctx, &it.object)),
    };
    ctx.check_owner_of(&Id::of::<Verbatim>(name.clone()), it.object.span)?;
    match &it.change {
        VerbatimChange::Again(text, amendment) => {
            let text = text::qualified(ctx, *text, &it.object, name.schema.as_ref());
            amend(ctx, &it.object, &name, amendment)?;
            if let Some(found) = ctx.schema.verbatims.get_mut(&name) {
                if is_shell(found) {
                    let reason = format!("type `{}` is only a shell", found.target);
                    return Err(Box::new(codes::rejected(reason, ctx.place(it.object.span))));
                }
                found.statements.push(text);
            }
            Ok(())
        }
        VerbatimChange::RenameTo(to) => {
            let words = format!("RENAME TO {}", ctx.dialect.ident(&ctx.table_name(to)));
            let new = QName::new(name.schema.clone(), ctx.table_name(to));
            rename(ctx, &it.object, &name, (&new, to.span), &words)
        }
        VerbatimChange::SetSchema(schema) => {
            let home = extension::known_schema(ctx, schema)?;
            let own = it.object.name.as_ref().map(|it| ctx.table_name(&it.name));
            let own = own.unwrap_or_else(|| name.name.clone());
            let text = home.as_ref().map_or("public".to_owned(), |it| ctx.dialect.ident(it));
            let new = QName::new(home, own);
            rename(ctx, &it.object, &name, (&new, schema.span), &format!("SET SCHEMA {text}"))
        }
    }
}

fn amend(ctx: &mut Ctx, object: &VerbatimRef, key: &QName, it: &Amendment) -> Outcome {
    match (it, &object.name) {
        (Amendment::Attributes(attributes), Some(name)) if object.what == "OPERATOR" => {
            operator::amended(ctx, name, attributes)
        }
        (Amendment::Attributes(attributes), _) => search::told(ctx, object.span, key, attributes),
        (Amendment::Members { drops, members }, _) => {
            class::amend(ctx, object, key, (*drops, members))
        }
        (Amendment::Mapping(change), _) => search::map(ctx, object.span, key, change),
        (Amendment::Options(functions, options), _) => outside::amend(ctx, key, functions, options),
        (Amendment::Kept, _) => Ok(()),
    }
}

/// Gives the object another name or schema, where that is free.
fn rename(
    ctx: &mut Ctx,
    object: &VerbatimRef,
    name: &QName,
    (to, span): (&QName, Span),
    words: &str,
) -> Outcome {
    let tail = tail(ctx, object)?;
    let (new, target) = ctx.dialect.verbatim_key(object.what, Some(to), tail.as_deref());
    if let Some(other) = ctx.schema.verbatims.get(&new).filter(|it| it.name != *name) {
        let (what, earlier) = (said(object, &target), other.meta.place);
        return Err(Box::new(codes::exists(&what, ctx.place(span), earlier)));
    }
    if object.what == "COLLATION" {
        let users = ctx.users_of(&Id::of::<Verbatim>(name.clone()));
        collation::follow(ctx, &users, name, &to.name);
    }
    let Some(mut found) = ctx.schema.verbatims.remove(name) else { return Ok(()) };
    found.statements.push(format!("ALTER {} {} {words}", found.what, found.target));
    found.name = new.clone();
    found.target = target;
    ctx.schema.verbatims.insert(new.clone(), found);
    ctx.rename_needs(&Id::of::<Verbatim>(name.clone()), &Id::of::<Verbatim>(new));
    Ok(())
}

pub(in crate::replay) fn drop(ctx: &mut Ctx, it: &DropVerbatim) -> Outcome {
    let mut ids = Vec::new();
    for object in &it.objects {
        let found = find(ctx, object);
        // The types of an operator need not be there either.
        if found.is_err() && it.if_exists && object.what == "OPERATOR" {
            continue;
        }
        if let Some(name) = found? {
            ctx.check_owner_of(&Id::of::<Verbatim>(name.clone()), object.span)?;
            ids.push(Id::of::<Verbatim>(name));
            continue;
        }
        if operator::drop_shell(ctx, &identity(ctx, object)?.0) {
            continue;
        }
        if object.what.starts_with("OPERATOR ") {
            class::method(ctx, object)?;
        }
        match known(ctx, object)? {
            Rare::Server | Rare::Brought(_) => {
                let what = said(object, &identity(ctx, object)?.1);
                let reason = format!("{what} is needed by what brought it");
                return Err(Box::new(codes::rejected(reason, ctx.place(object.span))));
            }
            _ if it.if_exists => {}
            _ => return Err(not_there(ctx, object)),
        }
    }
    let span = it.objects.first().map_or(Span::default(), |it| it.span);
    cascade::drop_objects(ctx, &ids, it.cascade, span)
}

/// Renames a base type, whose statements go on to speak of it by its first name.
pub(in crate::replay) fn rename_type(
    ctx: &mut Ctx,
    from: &QName,
    to: &QName,
    ident: &Ident,
    sets_schema: bool,
) {
    let Some(mut found) = ctx.schema.verbatims.remove(&Verbatim::type_key(from)) else { return };
    let words = if sets_schema { "SET SCHEMA" } else { "RENAME TO" };
    let name = ctx.dialect.ident(&ctx.table_name(ident));
    found.statements.push(format!("ALTER TYPE {} {words} {name}", found.target));
    found.name = Verbatim::type_key(to);
    found.target = ctx.dialect.verbatim_key("TYPE", Some(to), None).1;
    ctx.schema.verbatims.insert(Verbatim::type_key(to), found);
    type_name::follow(ctx, from, to);
    ctx.rename_needs(
        &Id::of::<Verbatim>(Verbatim::type_key(from)),
        &Id::of::<Verbatim>(Verbatim::type_key(to)),
    );
}
