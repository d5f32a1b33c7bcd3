//! Procedures and functions of MySQL: one for each name, whatever its arguments.

use std::collections::BTreeMap;

use super::{may_create, missing_object, noun, options, program, statements::Place};
use crate::{
    base::QName,
    model::{Access, Argument, Function, Id, Kind, Procedure, Returns, Routine, Schema},
    replay::{
        codes, column,
        ctx::{Ctx, Outcome},
    },
    sql::ast::{AlterStored, CreateStored, ObjectName, RoutineDef, Stored, StoredType},
};

pub(super) fn create(ctx: &mut Ctx, it: &CreateStored, def: &RoutineDef) -> Outcome {
    let name = name(ctx, &it.name);
    let is_new = if def.is_function {
        may_create::<Function>(ctx, it, &name, it.name.span)?
    } else {
        may_create::<Procedure>(ctx, it, &name, it.name.span)?
    };
    if !is_new {
        return Ok(());
    }
    let routine = read(ctx, it, def)?;
    let place = if def.is_function { Place::Function } else { Place::Procedure };
    let arguments: Vec<String> =
        def.arguments.iter().map(|it| it.name.text.to_lowercase()).collect();
    program::check(ctx, &def.body, place, &arguments)?;
    let comment = it.comment.as_ref().map(|it| it.text.to_string()).filter(|it| !it.is_empty());
    let (meta, access) = (ctx.meta(it.name.name.span), Access::default());
    if def.is_function {
        let function = Function { name: name.clone(), routine, access, comment, meta };
        ctx.schema.functions.insert(name, function);
    } else {
        let procedure = Procedure { name: name.clone(), routine, access, comment, meta };
        ctx.schema.procedures.insert(name, procedure);
    }
    Ok(())
}

/// Changes the characteristics; neither arguments nor body can be altered.
pub(super) fn alter(ctx: &mut Ctx, it: &AlterStored) -> Outcome {
    let name = name(ctx, &it.name);
    let Some((routine, comment)) = parts_mut(&mut ctx.schema, it.what, &name) else {
        return Err(missing_object(ctx, noun(it.what), &it.name));
    };
    routine.options.extend(options(&it.options));
    if let Some(text) = &it.comment {
        *comment = Some(text.text.to_string()).filter(|it| !it.is_empty());
    }
    Ok(())
}

fn parts_mut<'s>(
    schema: &'s mut Schema,
    what: Stored,
    name: &QName,
) -> Option<(&'s mut Routine, &'s mut Option<String>)> {
    if what == Stored::Function {
        schema.functions.get_mut(name).map(|it| (&mut it.routine, &mut it.comment))
    } else {
        schema.procedures.get_mut(name).map(|it| (&mut it.routine, &mut it.comment))
    }
}

pub(super) fn find(ctx: &Ctx, written: &ObjectName, is_function: bool) -> Option<Id> {
    let kind = if is_function { Function::INFO } else { Procedure::INFO };
    let id = Id { kind, owner: name(ctx, written), part: None };
    ctx.schema.find(&id).is_some().then_some(id)
}

/// Names of routines are no files: they are the same in letters of either case.
fn name(ctx: &Ctx, written: &ObjectName) -> QName {
    QName::new(ctx.new_name(written).schema, ctx.part_name(&written.name))
}

fn read(ctx: &mut Ctx, it: &CreateStored, def: &RoutineDef) -> Outcome<Routine> {
    let mut res = Routine {
        language: "sql".to_owned(),
        body: super::body(&def.body).as_str().into(),
        inline: true,
        options: options(&it.options),
        ..Routine::default()
    };
    for parameter in &def.arguments {
        let name = ctx.part_name(&parameter.name);
        if res.arguments.iter().any(|it| it.name.as_ref() == Some(&name)) {
            let reason = format!("two parameters have the name `{name}`");
            return Err(Box::new(codes::rejected(reason, ctx.place(parameter.name.span))));
        }
        note_charset(ctx, &mut res.options, name.as_str(), &parameter.ty);
        let ty = column::read_type(ctx, &parameter.ty.ty)?;
        let argument = Argument { mode: parameter.mode, name: Some(name), ty, default: None };
        res.arguments.push(argument);
    }
    if let Some(returns) = &def.returns {
        note_charset(ctx, &mut res.options, "returns", returns);
        let ty = column::read_type(ctx, &returns.ty)?;
        res.returns = Some(Returns { ty, set: false });
    }
    Ok(res)
}

/// Remembers a collation that is not the database's.
fn note_charset(ctx: &Ctx, options: &mut BTreeMap<String, String>, of: &str, ty: &StoredType) {
    let charset = ty.charset.as_ref().map(|it| ctx.dialect.charset_name(&it.text));
    let collate = ty.collate.as_ref().map(|it| ctx.dialect.charset_name(&it.text));
    let of_charset =
        charset.and_then(|it| ctx.dialect.charset(&it)).map(|it| it.collate.to_owned());
    let default = ctx.collates.get(&None).map_or(ctx.dialect.server_collate, String::as_str);
    if let Some(it) = collate.or(of_charset).filter(|it| it != default) {
        options.insert(format!("collate of {of}"), it);
    }
}
