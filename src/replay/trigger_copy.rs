//! Triggers for each row of a partitioned table: each of its partitions has a copy.

use super::{
    codes,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::{Name, Span},
    model::Table,
};

/// Whether a table that this is a partition of has such a trigger for each row: its partitions have a copy.
pub(super) fn is_inherited(ctx: &Ctx, table: &Table, name: &Name) -> bool {
    let above = |it: &Table| ctx.schema.tables.shared(&it.partition_of.as_ref()?.parent);
    std::iter::successors(above(table), |it| above(it))
        .any(|it| it.triggers.iter().any(|it| it.name == *name && it.for_each_row))
}

/// Whether a partition of the table has a trigger of the name: it would get a copy beside that.
pub(super) fn is_below(ctx: &Ctx, table: &Table, name: &Name) -> bool {
    let children =
        if table.partition_by.is_some() { ctx.children(&table.name) } else { Vec::new() };
    let mut children = children.iter().filter_map(|it| ctx.schema.tables.get(it));
    children.any(|it| it.triggers.iter().any(|it| it.name == *name) || is_below(ctx, it, name))
}

/// Refuses to attach a table that has a trigger of its own by the name of one that it would get a copy of.
pub(super) fn check_attached(ctx: &Ctx, table: &Table, parent: &Table, span: Span) -> Outcome {
    let is_copied = |name: &Name| {
        parent.triggers.iter().any(|it| it.name == *name && it.for_each_row)
            || is_inherited(ctx, parent, name)
    };
    let Some(own) = table.triggers.iter().find(|it| is_copied(&it.name)) else { return Ok(()) };
    let what = format!("trigger `{}` of `{}`", own.name, table.name);
    Err(Box::new(codes::exists(&what, ctx.place(span), own.meta.place)))
}
