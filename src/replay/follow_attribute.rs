//! An attribute of a composite type gets another name, or is to go: the SQL that names it is found by the types of values.

use super::{ctx::Ctx, follow, follow_value};
use crate::{
    base::{Name, Span},
    dialect::bind::World,
    model::Id,
    sql::bind::{Bound, UsedField},
};

/// Returns what puts the new name in the place of the old one.
pub(super) fn edits(
    world: &World,
    bound: &Bound,
    of: &Id,
    (from, to): (&Name, &Name),
) -> Vec<(Span, String)> {
    let new = world.dialect.ident(to);
    let edit = |it: &UsedField| {
        let kept = format!("{new} AS {}", world.dialect.ident(from));
        (it.span, if it.is_output { kept } else { new.clone() })
    };
    fields_of(world, bound, (of, from)).map(edit).collect()
}

/// Returns the places that name an attribute of the composite type.
fn fields_of<'b>(
    world: &'b World,
    bound: &'b Bound,
    (of, name): (&'b Id, &'b Name),
) -> impl Iterator<Item = &'b UsedField> {
    bound.fields.iter().filter(move |it| {
        let ty = world.column_type(&it.ty);
        let is_its = ty.dimensions == 0 && ty.user.as_ref() == Some(&of.owner);
        is_its && it.name == name.as_str()
    })
}

/// Returns who names the attribute of the composite type in its SQL, if anyone does.
pub(super) fn reader(ctx: &Ctx, of: &Id, name: &Name) -> Option<Id> {
    let world = World::of(ctx.dialect, &ctx.schema);
    follow_value::readers(ctx, of).into_iter().find(|id| {
        let Some(object) = ctx.schema.find(id) else { return false };
        object.exprs().into_iter().enumerate().any(|(at, expr)| {
            let bound = follow::bind(ctx, &world, id, at, expr);
            bound.is_ok_and(|it| fields_of(&world, &it, (of, name)).next().is_some())
        })
    })
}
