//! Bodies that are no strings: the server keeps what they mean, so they follow what gets another name.

use super::{
    ctx::Ctx,
    follow::{self, Rename},
    follow_value,
};
use crate::{
    base::Name,
    dialect::{bind::World, bound::replaced, inline},
    model::{Function, Id, routine},
};

/// Returns the body with the new name in it, if it is one that names it.
pub(super) fn follow(ctx: &Ctx, world: &World, id: &Id, rename: &Rename) -> Option<String> {
    let routine = ctx.routine(id).filter(|it| it.inline)?;
    let name = Name::exact(routine::bare(&id.owner.name));
    let parts = world.inline(&name, routine);
    inline::rewritten(&routine.body.text, &parts, &|part, bound| {
        let mut edits = follow::edits(world, bound, rename);
        edits.extend(follow_value::edits(world, (&part.text, bound), None, rename));
        (!edits.is_empty()).then(|| replaced(&part.text, edits))
    })
}

/// Puts a body in place.
pub(super) fn settle(ctx: &mut Ctx, id: &Id, text: String) {
    let Some(mut routine) = ctx.routine(id).cloned() else { return };
    routine.body.text = text;
    let name = Name::exact(routine::bare(&id.owner.name));
    let parts = World::of(ctx.dialect, &ctx.schema).inline(&name, &routine);
    routine.body.meaning = inline::meaning(&parts);
    if let Some(it) = ctx.schema.functions.get_mut(&id.owner).filter(|_| id.is::<Function>()) {
        it.routine.body = routine.body;
    } else if let Some(it) = ctx.schema.procedures.get_mut(&id.owner) {
        it.routine.body = routine.body;
    }
}
