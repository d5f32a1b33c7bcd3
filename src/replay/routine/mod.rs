//! Functions and procedures (<https://www.postgresql.org/docs/current/sql-createfunction.html>).

mod aggregate;
mod alter;
mod body;
mod find;
mod language;
mod options;
mod procedural;
mod read;
mod replace;
mod result;

pub(super) use aggregate::create as create_aggregate;
pub(super) use alter::{alter, drop, rename};
pub(super) use procedural::check_block;
pub(super) use read::value_type;

use super::{
    codes,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::QName,
    dialect::postgres::spots,
    model::{Access, Function, Id, Meta, Procedure, Routine, routine},
    sql::ast::{CreateRoutine, RoutineKind},
};

pub(super) fn create(ctx: &mut Ctx, it: &CreateRoutine) -> Outcome {
    let mut routine = read::routine(ctx, it)?;
    let name = ctx.made_name(&it.name)?;
    let key = routine::signature(&name, &read::input_types(&routine.arguments));
    language::check(ctx, it, &routine)?;
    let existing = ctx.routine_of_key(&key);
    if let Some(id) = &existing {
        if !it.or_replace {
            let earlier = ctx.schema.find(id).and_then(|it| it.meta().place);
            let what = format!("{} `{key}`", id.kind.noun);
            return Err(Box::new(codes::exists(&what, ctx.place(it.name.span), earlier)));
        }
        replace::check(ctx, it, id, &routine)?;
    }
    body::check(ctx, it, &name, &routine)?;
    let mut meta = ctx.meta(it.name.name.span);
    meta.uses = body::inline(ctx, it, &name, &mut routine)?;
    for default in it.arguments.iter().filter_map(|it| it.default.as_ref()) {
        meta.uses.extend(ctx.settle(default, None, &spots::DEFAULT)?.uses);
    }
    let id = insert(ctx, it.kind, key, routine, meta);
    ctx.note_needs(&id);
    Ok(())
}

/// Puts the routine in the place of an earlier one, whose owner, privileges and comment stay.
fn insert(ctx: &mut Ctx, kind: RoutineKind, key: QName, routine: Routine, meta: Meta) -> Id {
    let name = key.clone();
    if kind == RoutineKind::Procedure {
        let old = ctx.schema.procedures.remove(&key);
        let (access, comment) = old.map_or((Access::default(), None), |it| (it.access, it.comment));
        let new = Procedure { name, routine, access, comment, meta };
        ctx.schema.procedures.insert(key.clone(), new);
        return Id::of::<Procedure>(key);
    }
    let old = ctx.schema.functions.remove(&key);
    let (access, comment) = old.map_or((Access::default(), None), |it| (it.access, it.comment));
    let new = Function { name, routine, access, comment, meta };
    ctx.schema.functions.insert(key.clone(), new);
    Id::of::<Function>(key)
}
