//! The language of a routine, and what it asks of the body.

use crate::{
    base::QName,
    model::Routine,
    replay::{
        codes,
        ctx::{Ctx, Outcome},
    },
    sql::ast::{CreateRoutine, RoutineOption},
};

/// Languages that every database has (<https://www.postgresql.org/docs/current/catalog-pg-language.html>).
const BUILT_IN: &[&str] = &["c", "internal", "plpgsql", "sql"];

pub(super) fn check(ctx: &Ctx, it: &CreateRoutine, routine: &Routine) -> Outcome {
    let name = routine.language.as_str();
    check_result(ctx, it, routine)?;
    if BUILT_IN.contains(&name) {
        return Ok(());
    }
    let own = ctx.dialect.table_name(name);
    let verbatim = QName::local(ctx.dialect.table_name(&format!("language {name}")));
    // An extension that brings a language is named after it.
    if ctx.schema.extensions.contains_key(&own) || ctx.schema.verbatims.contains_key(&verbatim) {
        return Ok(());
    }
    let span = it.options.iter().find_map(|it| match it {
        RoutineOption::Language(it) => Some(it.span),
        _ => None,
    });
    let place = ctx.place(span.unwrap_or(it.name.span));
    Err(Box::new(codes::rejected(format!("language `{name}` does not exist"), place)))
}

/// Refuses a result that the language cannot give, or that nothing settles the type of.
fn check_result(ctx: &Ctx, it: &CreateRoutine, routine: &Routine) -> Outcome {
    let Some(returns) = &routine.returns else { return Ok(()) };
    let reject = |reason: String| Err(Box::new(codes::rejected(reason, ctx.place(it.name.span))));
    let ty = &*returns.ty.name;
    if routine.language == "sql" && matches!(ty, "trigger" | "event_trigger") {
        return reject("a trigger's function is not written in SQL".to_owned());
    }
    // `anyelement` and its kin, and those that are compatible with each other.
    let kin = |it: &str| it.starts_with("any").then(|| it.starts_with("anycompatible"));
    let own = kin(ty).filter(|_| ty != "any");
    let mut inputs = routine.arguments.iter().filter(|it| it.is_input());
    if own.is_some() && !inputs.any(|it| kin(&it.ty.name) == own) {
        return reject(format!("nothing says which type the result {ty} is"));
    }
    Ok(())
}
