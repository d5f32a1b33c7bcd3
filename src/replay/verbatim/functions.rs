//! The functions and types that rare objects are made of.

use crate::{
    base::QName,
    dialect::postgres::{
        extension_functions::brings, extensions::extensions_of_function, functions::is_built_in,
        rare_names::Rare,
    },
    model::{ColumnType, Extension, Id, routine::signature},
    replay::{
        ctx::{Ctx, Outcome},
        extension, routine,
    },
    sql::ast::{ArgumentDef, ObjectName, RoutineRef, ValueType},
};

/// Returns the type, which has to be there.
pub(super) fn type_of(ctx: &Ctx, it: &ValueType) -> Outcome<ColumnType> {
    routine::value_type(ctx, it)
}

/// Returns the function of exactly these types, if it is the schema's or an extension's; errs where there is none.
pub(super) fn exact(ctx: &Ctx, name: &ObjectName, types: &[ColumnType]) -> Outcome<Option<Id>> {
    let shown: Vec<String> = types.iter().map(ToString::to_string).collect();
    let spaces = spaces(ctx, name);
    let own = spaces.iter().map(|it| {
        let name = QName::new(it.clone(), ctx.table_name(&name.name));
        signature(&name, &shown)
    });
    if let Some(id) = own.clone().find_map(|it| ctx.routine_of_key(&it)) {
        return Ok(Some(id));
    }
    // No function of the server or of an extension takes a type of the schema as that.
    let is_users = types.iter().any(|it| it.user.is_some());
    match other(ctx, name) {
        Rare::Server | Rare::Brought(_) | Rare::Unknown if !is_users => Ok(other(ctx, name).id()),
        Rare::Unknown => Ok(None),
        _ => Err(ctx.missing_function(name, Some(&shown), "function")),
    }
}

/// Returns a function of that name, if it is the schema's or an extension's; errs where there is none.
pub(super) fn named(ctx: &Ctx, name: &ObjectName) -> Outcome<Option<Id>> {
    let own = |it: &Option<crate::base::Name>| {
        ctx.routines_named(&QName::new(it.clone(), ctx.table_name(&name.name)))
    };
    if let Some(id) = spaces(ctx, name).iter().find_map(|it| own(it).into_iter().next()) {
        return Ok(Some(id));
    }
    match other(ctx, name) {
        Rare::Missing | Rare::Own(_) => Err(ctx.missing_function(name, None, "function")),
        found => Ok(found.id()),
    }
}

/// Returns the function that a routine's name and arguments mean; `or` are the types where none are written.
pub(super) fn of_routine(ctx: &Ctx, it: &RoutineRef) -> Outcome<(Option<Id>, Vec<ColumnType>)> {
    let Some(arguments) = &it.arguments else { return Ok((named(ctx, &it.name)?, Vec::new())) };
    let ty = |it: &ArgumentDef| type_of(ctx, &it.ty);
    let types = arguments.iter().map(ty).collect::<Outcome<Vec<_>>>()?;
    Ok((exact(ctx, &it.name, &types)?, types))
}

/// Returns the type that the function of the schema gives.
pub(super) fn result(ctx: &Ctx, id: &Id) -> Option<String> {
    let function = ctx.schema.functions.get(&id.owner)?;
    function.routine.returns.as_ref().map(|it| it.ty.to_string())
}

/// Returns who has a function of the name that is not the schema's.
fn other(ctx: &Ctx, name: &ObjectName) -> Rare {
    let schema = name.schema.as_ref().map(|it| &*it.text);
    let own = &*name.name.text;
    if schema.is_none_or(|it| it == "pg_catalog") && is_built_in(own, ctx.dialect.version) {
        return Rare::Server;
    }
    let spaces = spaces(ctx, name);
    let brings = |it: &&Extension| {
        let listed = || extensions_of_function(own).any(|row| *row.name == *it.name.as_str());
        spaces.contains(&it.schema) && (brings(it.name.as_str(), own) || listed())
    };
    if let Some(it) = ctx.schema.extensions.values().find(brings) {
        return Rare::Brought(Id::of::<Extension>(QName::local(it.name.clone())));
    }
    let is_known = spaces.iter().all(|it| ctx.knows_functions_of(it.as_ref()));
    let is_foreign = name.schema.is_some() && ctx.is_foreign(&ctx.new_name(name));
    if !is_known || is_foreign || ctx.is_brought(own) || extension::any_unknown(ctx) {
        return Rare::Unknown;
    }
    Rare::Missing
}

fn spaces(ctx: &Ctx, name: &ObjectName) -> Vec<Option<crate::base::Name>> {
    match &name.schema {
        Some(it) => vec![ctx.namespace(&it.text)],
        None => ctx.path.clone(),
    }
}
