//! `ALTER TABLE ONLY`: what may be done to a table without the tables that inherit from it.

use super::{
    codes,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::Name,
    model::{NotNull, Table},
    sql::ast::{AlterAction, AlterKind, AlterTable, ColumnChange, ConstraintKind, IndexKey},
};

/// Refuses to do to a table alone what the tables that inherit from it have to have as well.
pub(super) fn check(ctx: &Ctx, table: &Table, it: &AlterTable) -> Outcome {
    if !it.only {
        return Ok(());
    }
    let is_cut = table.partition_by.is_some();
    let refers = |it: &&AlterAction| {
        let AlterKind::AddConstraint { constraint, .. } = &it.kind else { return false };
        matches!(constraint.kind, ConstraintKind::ForeignKey { .. })
    };
    if let Some(key) = it.actions.iter().find(refers).filter(|_| is_cut) {
        let reason = format!("all partitions of `{}` refer with it, so ONLY cannot be", table.name);
        return Err(Box::new(codes::rejected(reason, ctx.place(key.span))));
    }
    if ctx.children(&table.name).is_empty() {
        return Ok(());
    }
    let concerns = |kind: &AlterKind| match kind {
        AlterKind::AddColumn { .. } | AlterKind::RenameColumn { .. } => true,
        AlterKind::AddConstraint { constraint: it, .. } => match &it.kind {
            ConstraintKind::Check { .. } => !it.no_inherit,
            ConstraintKind::PrimaryKey { columns, .. } => {
                is_cut && {
                    columns.iter().any(|it| match &it.key {
                        IndexKey::Column(name) => has_nullable(ctx, table, &ctx.part_name(name)),
                        IndexKey::Expression(_) => false,
                    })
                }
            }
            _ => false,
        },
        AlterKind::DropConstraint { name, .. } => {
            is_cut && !ctx.dialect.names_not_null() && is_check(table, &ctx.part_name(name))
        }
        AlterKind::DropColumn { .. } => is_cut,
        AlterKind::AlterColumn { name, change } => {
            concerns_children(ctx, table, &ctx.part_name(name), change)
        }
        _ => false,
    };
    match it.actions.iter().find(|it| concerns(&it.kind)) {
        Some(action) => {
            let reason = format!("tables inherit that from `{}`, so ONLY cannot be", table.name);
            Err(Box::new(codes::rejected(reason, ctx.place(action.span))))
        }
        None => Ok(()),
    }
}

/// What forbids NULL in a table alone does so in none that inherits from it.
pub(super) fn keep_not_null(ctx: &mut Ctx, before: &Table, it: &AlterTable) {
    if !ctx.dialect.names_not_null() || ctx.children(&before.name).is_empty() {
        return;
    }
    for action in &it.actions {
        let AlterKind::AlterColumn { name, change: ColumnChange::SetNotNull } = &action.kind else {
            continue;
        };
        let name = ctx.part_name(name);
        let was = before.column(&name).is_some_and(|it| it.nullable);
        let table = ctx.schema.tables.get_mut(&before.name).filter(|_| was);
        if let Some(column) = table.and_then(|it| it.column_mut(&name)) {
            let held = column.held_not_null();
            ctx.dialect.set_not_null(&before.name, column, NotNull { no_inherit: true, ..held });
        }
    }
}

/// Returns whether what the statement does to the table alone is done to its partitions all the same: a key that they
/// have from it goes along.
pub(super) fn takes_along(ctx: &Ctx, table: &Table, it: &AlterTable) -> bool {
    let is_one = |name: &Name| {
        table.primary_key.as_ref().is_some_and(|it| it.name == *name)
            || table.uniques.iter().any(|it| it.name == *name)
            || table.exclusions.iter().any(|it| it.name == *name)
            || table.foreign_keys.iter().any(|it| it.name == *name)
    };
    let is_key = |it: &AlterAction| match &it.kind {
        AlterKind::DropConstraint { name, .. } => is_one(&ctx.part_name(name)),
        _ => false,
    };
    table.partition_by.is_some() && it.actions.iter().all(is_key)
}

fn is_check(table: &Table, name: &Name) -> bool {
    table.checks.iter().any(|it| it.name == *name)
}

/// Returns whether a column cannot be changed so without those of the tables that inherit.
fn concerns_children(ctx: &Ctx, table: &Table, name: &Name, change: &ColumnChange) -> bool {
    let is_cut = table.partition_by.is_some();
    let is_nullable = table.column(name).is_some_and(|it| it.nullable);
    match change {
        ColumnChange::SetType { .. } => true,
        ColumnChange::DropNotNull => is_cut && !ctx.dialect.names_not_null(),
        ColumnChange::SetNotNull => {
            let is_kept = !ctx.dialect.names_not_null();
            is_cut && is_nullable && (!is_kept || has_nullable(ctx, table, name))
        }
        _ => false,
    }
}

/// Returns whether a table that inherits from it holds NULL in the column.
fn has_nullable(ctx: &Ctx, table: &Table, name: &Name) -> bool {
    let is_nullable = |it: &Table| it.column(name).is_some_and(|it| it.nullable);
    let children = ctx.children(&table.name);
    children.iter().any(|it| ctx.schema.tables.get(it).is_some_and(is_nullable))
}
