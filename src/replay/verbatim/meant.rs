//! Which rare object the words of a statement mean.

use super::{
    operator::{self, Operands},
    outside,
};
use crate::{
    base::{Name, QName},
    diag::Diagnostic,
    dialect::postgres::rare_names::{self, Rare},
    model::{Id, Verbatim},
    replay::{
        codes,
        ctx::{Ctx, Outcome},
    },
    sql::ast::{ObjectName, VerbatimRef},
};

/// Returns what the name of a rare object stands for.
pub(super) fn look_up(ctx: &Ctx, what: &str, name: &ObjectName, tail: Option<&str>) -> Rare {
    let schema = name.schema.as_ref().map(|it| &*it.text);
    ctx.in_world(|world| rare_names::find(world, what, (schema, &name.name.text), tail))
}

pub(super) fn missing(ctx: &Ctx, noun: &str, name: &ObjectName) -> Box<Diagnostic> {
    let shown = match &name.schema {
        Some(schema) => QName::new(ctx.namespace(&schema.text), ctx.table_name(&name.name)),
        None => QName::local(ctx.table_name(&name.name)),
    };
    Box::new(codes::missing_relation(noun, &shown, ctx.place(name.span), None))
}

/// Returns the object of the schema that the words mean.
pub(super) fn find(ctx: &Ctx, object: &VerbatimRef) -> Outcome<Option<QName>> {
    let is_there = |name: &QName| ctx.schema.verbatims.contains_key(name);
    let (name, _) = identity(ctx, object)?;
    if is_there(&name) && object.name.as_ref().is_none_or(|it| it.schema.is_some()) {
        return Ok(Some(name));
    }
    let Some(written) = object.name.as_ref().filter(|it| it.schema.is_none() && !object.global)
    else {
        return Ok(is_there(&name).then_some(name));
    };
    let tail = tail(ctx, object)?;
    let key = |schema: &Option<Name>| {
        let own = QName::new(schema.clone(), ctx.table_name(&written.name));
        ctx.dialect.verbatim_key(object.what, Some(&own), tail.as_deref()).0
    };
    Ok(ctx.path.iter().map(key).find(is_there))
}

/// Returns the object that COMMENT, GRANT or OWNER TO is about, if it is one of the schema; errs where there is none.
pub(in crate::replay) fn meant(ctx: &Ctx, object: &VerbatimRef) -> Outcome<Option<Id>> {
    if let Some(name) = find(ctx, object)? {
        return Ok(Some(Id::of::<Verbatim>(name)));
    }
    if is_there(ctx, object)? { Ok(None) } else { Err(not_there(ctx, object)) }
}

/// Returns whether what is not the schema's may be there all the same.
pub(super) fn is_there(ctx: &Ctx, object: &VerbatimRef) -> Outcome<bool> {
    Ok(known(ctx, object)? != Rare::Missing)
}

pub(super) fn known(ctx: &Ctx, object: &VerbatimRef) -> Outcome<Rare> {
    let Some(name) = &object.name else {
        let is_mapping = object.mapping.is_some();
        return Ok(if is_mapping { Rare::Missing } else { Rare::Unknown });
    };
    if object.what == "OPERATOR" {
        let operands = Operands::of(ctx, &object.operands)?;
        return Ok(operands.map_or(Rare::Unknown, |it| operator::find(ctx, name, &it)));
    }
    Ok(look_up(ctx, object.what, name, tail(ctx, object)?.as_deref()))
}

pub(super) fn not_there(ctx: &Ctx, object: &VerbatimRef) -> Box<Diagnostic> {
    let noun = object.what.to_lowercase();
    let target = identity(ctx, object).map(|it| it.1).unwrap_or_default();
    let about = QName::local(Name::exact(target));
    Box::new(codes::missing_relation(&noun, &about, ctx.place(object.span), None))
}

/// Returns the key and the text that names the object in DROP.
pub(super) fn identity(ctx: &Ctx, object: &VerbatimRef) -> Outcome<(QName, String)> {
    let own = object.name.as_ref().map(|it| {
        if object.global { QName::local(ctx.table_name(&it.name)) } else { ctx.new_name(it) }
    });
    let tail = tail(ctx, object)?;
    Ok(ctx.dialect.verbatim_key(object.what, own.as_ref(), tail.as_deref()))
}

/// Returns what tells the object apart beside its name.
pub(super) fn tail(ctx: &Ctx, object: &VerbatimRef) -> Outcome<Option<String>> {
    if let Some((role, server)) = &object.mapping {
        let server = ctx.dialect.ident(&ctx.table_name(server));
        return Ok(Some(format!("for {} server {server}", outside::role_of(ctx, role)?)));
    }
    if let Some(operands) = Operands::of(ctx, &object.operands)? {
        return Ok(Some(operands.text()));
    }
    Ok(object.tail.as_ref().map(|it| it.text.to_owned()))
}

pub(super) fn said(object: &VerbatimRef, target: &str) -> String {
    format!("{} `{target}`", object.what.to_lowercase())
}
