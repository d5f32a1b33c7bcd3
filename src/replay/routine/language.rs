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
