//! `CREATE`, `ALTER` and `DROP` of functions and procedures.

use super::cursor::{Cursor, Res};
use crate::sql::{
    ast::{
        AlterRoutine, ArgumentDef, CreateRoutine, Ddl, DropRoutines, RoutineChange, RoutineKind,
        ValueType,
    },
    lexis::Family,
};

/// `FUNCTION` or `PROCEDURE`.
pub(in crate::sql) fn routine_kind(ctx: &mut Cursor<'_, '_>) -> Option<RoutineKind> {
    if ctx.eat("function") {
        Some(RoutineKind::Function)
    } else {
        ctx.eat("procedure").then_some(RoutineKind::Procedure)
    }
}

/// The word behind `ALTER` or `DROP` that says that it is about a routine.
pub(in crate::sql) fn any_routine_kind(ctx: &mut Cursor<'_, '_>) -> Option<RoutineKind> {
    if ctx.family() != Family::Postgres {
        return None;
    }
    if ctx.eat("aggregate") {
        return Some(RoutineKind::Aggregate);
    }
    if ctx.eat("routine") { Some(RoutineKind::Routine) } else { routine_kind(ctx) }
}

/// Reads what stands behind `FUNCTION` or `PROCEDURE`.
pub(in crate::sql) fn create_routine<'a>(
    ctx: &mut Cursor<'a, '_>,
    kind: RoutineKind,
    or_replace: bool,
) -> Res<Ddl<'a>> {
    let name = ctx.name("the name of a function")?;
    let mut arguments = ctx.arguments()?;
    let mut returns = None;
    if kind == RoutineKind::Function && ctx.is("returns") && !ctx.is_nth(1, "null") {
        ctx.at += 1;
        if ctx.eat("table") {
            arguments.extend(ctx.list(table_column)?);
        } else {
            returns = Some(ctx.value_type()?);
        }
    }
    let options = ctx.routine_options()?;
    let text = ctx.since(0);
    Ok(Ddl::CreateRoutine(CreateRoutine {
        kind,
        name,
        or_replace,
        arguments,
        returns,
        options,
        text,
    }))
}

/// A column of `RETURNS TABLE (…)`.
fn table_column<'a>(ctx: &mut Cursor<'a, '_>) -> Res<ArgumentDef<'a>> {
    let start = ctx.at;
    let name = ctx.argument_name()?;
    let ty: ValueType<'a> = ctx.value_type()?;
    let span = ctx.span_since(start);
    Ok(ArgumentDef { mode: "table", name: Some(name), ty, default: None, span })
}

/// Reads what stands behind `ALTER FUNCTION` and its like; an aggregate too.
pub(in crate::sql) fn alter_routine<'a>(
    ctx: &mut Cursor<'a, '_>,
    kind: RoutineKind,
) -> Res<Ddl<'a>> {
    let what = ctx.routine_ref(kind)?;
    let change = if ctx.eat_all(&["rename", "to"]) {
        RoutineChange::RenameTo(ctx.ident("the name of a function")?)
    } else if ctx.is_all(&["set", "schema"]) && !ctx.is_nth(2, "to") && !ctx.is_symbol_nth(2, "=") {
        ctx.at += 2;
        RoutineChange::SetSchema(ctx.ident("a schema name")?)
    } else if ctx.eat_all(&["depends", "on", "extension"])
        || ctx.eat_all(&["no", "depends", "on", "extension"])
    {
        ctx.ident("an extension")?;
        RoutineChange::DependsOnExtension
    } else {
        let mut options = Vec::new();
        while let Some(it) = ctx.common_option()? {
            options.push(it);
        }
        ctx.eat("restrict");
        if options.is_empty() || kind == RoutineKind::Aggregate {
            return Err(ctx.rejected("what to change"));
        }
        RoutineChange::Options(options)
    };
    Ok(Ddl::AlterRoutine(AlterRoutine { what, change }))
}

/// Reads what stands behind `DROP FUNCTION` and its like.
pub(in crate::sql) fn drop_routines<'a>(
    ctx: &mut Cursor<'a, '_>,
    kind: RoutineKind,
) -> Res<Ddl<'a>> {
    let if_exists = ctx.if_exists();
    let mut routines = vec![ctx.routine_ref(kind)?];
    while ctx.eat_symbol(",") {
        routines.push(ctx.routine_ref(kind)?);
    }
    let cascade = ctx.cascade();
    Ok(Ddl::DropRoutines(DropRoutines { kind, routines, if_exists, cascade }))
}
