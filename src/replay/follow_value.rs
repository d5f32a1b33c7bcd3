//! A value of an enum gets another name: the literals that stand for it follow.

use std::collections::BTreeSet;

use super::{ctx::Ctx, follow::Rename};
use crate::{
    base::Span,
    dialect::bind::World,
    dialect::postgres::operators::enum_of,
    model::{Id, Table},
    sql::bind::Bound,
};

/// Returns the new texts of the literals that are the value which gets another name; `whole` is the type of a default.
pub(super) fn edits(
    world: &World,
    (text, bound): (&str, &Bound),
    whole: Option<(String, Span)>,
    rename: &Rename,
) -> Vec<(Span, String)> {
    let Rename::Value { of, from, to } = rename else { return Vec::new() };
    let literals = bound.literals.iter().chain(&whole);
    let own = literals.filter(|it| enum_of(world, &it.0).as_ref() == Some(of));
    own.filter_map(|it| edit(text, it.1, (from, to))).collect()
}

/// Returns the new text of a literal at that place, if it is the value or an array with it.
fn edit(text: &str, span: Span, (from, to): (&str, &str)) -> Option<(Span, String)> {
    let inner = text.get(span.range())?.strip_prefix('\'')?.strip_suffix('\'')?;
    let quoted = |it: &str| it.replace('\'', "''");
    let (from, to) = (quoted(from), quoted(to));
    if inner == from {
        return Some((span, format!("'{to}'")));
    }
    let elements = inner.strip_prefix('{')?.strip_suffix('}')?;
    let mut all: Vec<&str> = elements.split(',').map(str::trim).collect();
    let n_found = all.iter().filter(|it| **it == from).count();
    all.iter_mut().filter(|it| **it == from).for_each(|it| *it = &to);
    (n_found > 0).then(|| (span, format!("'{{{}}}'", all.join(","))))
}

/// Returns the objects that may compare something with a value of the enum: its users, and whatever reads them.
pub(super) fn readers(ctx: &Ctx, of: &Id) -> BTreeSet<Id> {
    let mut res: BTreeSet<Id> = BTreeSet::new();
    let mut queue: Vec<Id> = ctx.users_of(of);
    while let Some(id) = queue.pop() {
        let table = ctx.schema.tables.get(&id.owner).filter(|_| id.part.is_some());
        if res.insert(id.clone()) {
            queue.extend(ctx.users_of(&id));
            if let Some(table) = table {
                queue.extend(table.parts().into_iter().map(|it| it.0));
                queue.extend(ctx.users_of(&Id::of::<Table>(id.owner.clone())));
            }
        }
    }
    res
}
