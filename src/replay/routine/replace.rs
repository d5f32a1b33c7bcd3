//! What `CREATE OR REPLACE` cannot change
//! (<https://www.postgresql.org/docs/current/sql-createfunction.html>).

use crate::{
    model::{Argument, Id, Routine},
    replay::{
        codes,
        ctx::{Ctx, Outcome},
    },
    sql::ast::{CreateRoutine, RoutineKind},
};

pub(super) fn check(ctx: &Ctx, it: &CreateRoutine, id: &Id, new: &Routine) -> Outcome {
    let rejected = |reason: String| Err(Box::new(codes::rejected(reason, ctx.place(it.name.span))));
    let noun = if it.kind == RoutineKind::Procedure { "procedure" } else { "function" };
    if id.kind.keyword != noun {
        return rejected(format!(
            "`{}` is a {} and cannot become a {noun}",
            id.owner, id.kind.noun
        ));
    }
    let Some(old) = ctx.routine(id) else { return Ok(()) };
    if old.returns != new.returns || outputs(old) != outputs(new) {
        return rejected(format!(
            "what function `{}` returns cannot be changed: drop it first",
            id.owner
        ));
    }
    for (old, new) in inputs(old).zip(inputs(new)) {
        if let Some(name) = &old.name
            && new.name.as_ref() != Some(name)
        {
            return rejected(format!(
                "argument `{name}` of {noun} `{}` cannot be renamed: drop it first",
                id.owner
            ));
        }
        if old.default.is_some() && new.default.is_none() {
            return rejected(format!(
                "the defaults of {noun} `{}` cannot be removed: drop it first",
                id.owner
            ));
        }
    }
    Ok(())
}

fn inputs(it: &Routine) -> impl Iterator<Item = &Argument> {
    it.arguments.iter().filter(|it| it.is_input())
}

/// Returns the names and types of what it gives back, if that is more than one value.
fn outputs(it: &Routine) -> Vec<(Option<&str>, String)> {
    let is_record = it.returns.as_ref().is_some_and(|it| &*it.ty.name == "record");
    let outputs = it.arguments.iter().filter(|it| !it.is_input() || it.mode == "inout");
    outputs
        .filter(|_| is_record)
        .map(|it| (it.name.as_ref().map(crate::base::Name::as_str), it.ty.to_string()))
        .collect()
}
