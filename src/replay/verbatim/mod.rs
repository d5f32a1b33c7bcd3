//! Rare objects: kept as they are written, once all that they are made of is there.

mod change;
mod class;
mod collation;
mod functions;
mod meant;
mod operator;
mod outside;
mod search;
mod text;
mod words;

pub(super) use change::{alter, drop, rename_type};
pub(super) use meant::meant;
pub(super) use outside::there;

use super::{
    codes,
    ctx::{Ctx, Outcome},
    type_name,
};
use crate::{
    base::QName,
    dialect::needs,
    model::{Access, ColumnType, Facts, Id, Verbatim},
    sql::ast::{CreateVerbatim, Definition, VerbatimRef},
};
use meant::{identity, said};
use words::others;

/// What an object is made of.
#[derive(Default)]
struct Made {
    uses: Vec<Id>,
    facts: Facts,
    /// A class of operators brings the family of its name.
    makes_family: bool,
}

pub(super) fn create(ctx: &mut Ctx, it: &CreateVerbatim) -> Outcome {
    let object = &it.object;
    let (name, target) = created(ctx, it)?;
    if let Some(existing) = ctx.schema.verbatims.get(&name) {
        if it.if_not_exists {
            return Ok(());
        }
        // A base type fills the shell of its name.
        let is_shell = is_shell(existing) && it.or_replace;
        if !it.or_replace {
            let (what, earlier) = (said(object, &target), existing.meta.place);
            return Err(Box::new(codes::exists(&what, ctx.place(object.span), earlier)));
        }
        let text = text::qualified(ctx, it.text, object, name.schema.as_ref());
        if let Some(found) = ctx.schema.verbatims.get_mut(&name) {
            if !is_shell {
                found.statements.clear();
            }
            found.statements.push(text);
        }
        return Ok(());
    }
    if object.what == "LANGUAGE" && target == "plpgsql" {
        return if it.or_replace {
            Ok(())
        } else {
            Err(Box::new(codes::exists(&said(object, &target), ctx.place(object.span), None)))
        };
    }
    if object.what == "TYPE"
        && let Some(written) = &object.name
    {
        let own = ctx.new_name(written);
        type_name::check_free(ctx, &own, written.span)?;
    }
    let made = made(ctx, it, &name)?;
    if made.makes_family {
        make_family(ctx, object, &name);
    }
    let mut meta = ctx.meta(object.span);
    meta.uses = made.uses;
    meta.uses.sort();
    meta.uses.dedup();
    operator::drop_shell(ctx, &name);
    let new = Verbatim {
        name: name.clone(),
        what: object.what,
        target: target.clone(),
        statements: vec![text::qualified(ctx, it.text, object, name.schema.as_ref())],
        facts: made.facts,
        access: Access::default(),
        comment: None,
        meta,
    };
    ctx.schema.verbatims.insert(name.clone(), new);
    ctx.note_needs(&Id::of::<Verbatim>(name));
    Ok(())
}

/// Returns the key of a new object, and the text that names it in DROP.
fn created(ctx: &Ctx, it: &CreateVerbatim) -> Outcome<(QName, String)> {
    let object = &it.object;
    let Some(written) = &object.name else { return identity(ctx, object) };
    let own = if object.global {
        QName::local(ctx.table_name(&written.name))
    } else {
        ctx.made_name(written)?
    };
    let tail = match (&it.definition, object.what) {
        (Definition::Attributes(attributes), "OPERATOR") => {
            Some(operator::created(ctx, written, attributes)?.text())
        }
        _ => object.tail.as_ref().map(|it| it.text.to_owned()),
    };
    Ok(ctx.dialect.verbatim_key(object.what, Some(&own), tail.as_deref()))
}

/// Returns what the new object is made of; errs where a part of it is not there.
fn made(ctx: &Ctx, it: &CreateVerbatim, key: &QName) -> Outcome<Made> {
    let object = &it.object;
    match (&it.definition, &object.name) {
        (Definition::Attributes(attributes), Some(name)) => match object.what {
            "OPERATOR" => {
                let operands = operator::created(ctx, name, attributes)?;
                operator::made(ctx, (name, key), &operands, attributes)
            }
            "COLLATION" => collation::made(ctx, object.span, attributes),
            _ => search::made(ctx, object, attributes),
        },
        (Definition::Like(from), _) => collation::like(ctx, from),
        (Definition::Class(class), _) => class::made(ctx, object, class, key),
        (Definition::Wrapper(functions, options), _) => outside::wrapper(ctx, functions, options),
        (Definition::Server(wrapper, options), _) => outside::server(ctx, wrapper, options),
        (Definition::Mapping(options), _) => match &object.mapping {
            Some(it) => outside::mapping(ctx, it, options),
            None => Ok(Made::default()),
        },
        (Definition::Functions(all), _) => {
            let mut uses = others(ctx, it);
            for routine in all {
                uses.extend(functions::of_routine(ctx, routine)?.0);
            }
            Ok(Made { uses, ..Made::default() })
        }
        _ if object.what == "OPERATOR FAMILY" => {
            class::method(ctx, object)?;
            Ok(Made::default())
        }
        // A base type and its functions need each other.
        _ if object.what == "TYPE" => Ok(Made::default()),
        _ => Ok(Made { uses: others(ctx, it), ..Made::default() }),
    }
}

/// Makes the family that a class of operators brings.
fn make_family(ctx: &mut Ctx, object: &VerbatimRef, class: &QName) {
    let Some(written) = &object.name else { return };
    let own = QName::new(class.schema.clone(), ctx.table_name(&written.name));
    let what = "OPERATOR FAMILY";
    let tail = object.tail.as_ref().map(|it| it.text);
    let (name, target) = ctx.dialect.verbatim_key(what, Some(&own), tail);
    let statements = vec![format!("CREATE {what} {target}")];
    let (access, meta) = (Access::default(), ctx.meta(object.span));
    let facts = Facts::Unknown;
    let new = Verbatim {
        name: name.clone(),
        what,
        target,
        statements,
        facts,
        access,
        comment: None,
        meta,
    };
    ctx.schema.verbatims.insert(name.clone(), new);
    ctx.note_needs(&Id::of::<Verbatim>(name));
}

/// Returns the type of the schema that the type is, or an array of.
fn type_id(ctx: &Ctx, ty: &ColumnType) -> Option<Id> {
    needs::type_of_name(&ctx.schema, ty.user.as_ref()?)
}

/// Returns whether it is a base type of which only the name is known so far.
fn is_shell(it: &Verbatim) -> bool {
    it.what == "TYPE" && matches!(&it.statements[..], [it] if !it.contains('('))
}
