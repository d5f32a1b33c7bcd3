//! What is done to a table is done to the tables that inherit from it.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    alter_column,
    alter_table::{Edit, commit, pass},
    codes,
    ctx::{Ctx, Outcome},
    dependents::{self, Aftermath},
    drop_column, inherit, not_null, partition, rename, retyped,
};
use crate::{
    base::{Name, QName},
    model::Table,
    sql::ast::{AlterAction, AlterKind, AlterTable, ColumnChange, Ident},
};

/// Does to the tables below what was done to the table, which was `before`; all or none. Returns what others make of
/// that, to be finished.
pub(super) fn recurse(
    ctx: &mut Ctx,
    before: Arc<Table>,
    it: &AlterTable,
) -> Outcome<Vec<Aftermath>> {
    let mut below = Below { touched: vec![before], aftermaths: Vec::new() };
    let before = &below.touched[0];
    if ctx.children(&before.name).is_empty() || !it.actions.iter().any(|it| descends(&it.kind)) {
        return Ok(below.aftermaths);
    }
    match descend(ctx, it, &mut below, 0) {
        Ok(()) => Ok(below.aftermaths),
        Err(diagnostic) => {
            for table in below.touched.into_iter().rev() {
                put_back(ctx, table);
            }
            Err(diagnostic)
        }
    }
}

/// What a statement did to tables below the one that it names.
struct Below {
    /// The tables as they were, the one at the top first.
    touched: Vec<Arc<Table>>,
    aftermaths: Vec<Aftermath>,
}

/// Returns whether tables that inherit are concerned.
fn descends(kind: &AlterKind) -> bool {
    !matches!(
        kind,
        AlterKind::RenameTo(_)
            | AlterKind::SetSchema(_)
            | AlterKind::SetUnlogged(_)
            | AlterKind::Option(_)
            | AlterKind::ResetOptions(_)
            | AlterKind::Inherit(_)
            | AlterKind::NoInherit(_)
            | AlterKind::ReplicaIdentity(_)
            | AlterKind::ClusterOn(_)
            | AlterKind::Way(..)
            | AlterKind::NoEffect
            | AlterKind::NotUnderstood(_)
    )
}

fn descend(ctx: &mut Ctx, it: &AlterTable, below: &mut Below, at: usize) -> Outcome {
    let before = Arc::clone(&below.touched[at]);
    let Some(parent) = ctx.schema.tables.shared(&before.name) else { return Ok(()) };
    let mut old: BTreeSet<Name> = before
        .parts()
        .into_iter()
        .filter(|it| it.0.kind.keyword != "column")
        .filter_map(|it| it.0.part)
        .collect();
    let mut actions: Vec<&AlterAction> = it.actions.iter().collect();
    actions.sort_by_key(|it| pass(&it.kind, false));
    let mut added = BTreeSet::new();
    for action in &actions {
        match &action.kind {
            AlterKind::DropConstraint { name, .. } => drop(old.remove(&ctx.part_name(name))),
            AlterKind::AddColumn { column, .. } => drop(added.insert(ctx.part_name(&column.name))),
            _ => {}
        }
    }
    for name in ctx.children(&parent.name) {
        let Some(child) = ctx.schema.tables.shared(&name) else { continue };
        let mut edit = Edit::new(Table::clone(&child));
        below.touched.push(child);
        let own = below.touched.len() - 1;
        for action in &actions {
            act(ctx, &mut edit, (&parent, &added), &action.kind)?;
        }
        retyped::check(ctx, &below.touched[own], &mut edit.table, Some(it.name.span))?;
        not_null::follow(ctx, &mut edit.table, (&before, &parent));
        let span = it.name.span;
        let is_new = |it: &Name| !old.contains(it);
        inherit::take_checks(ctx, &mut edit.table, &parent, &|it| is_new(&it.name), span)?;
        if edit.table.partition_of.as_ref().is_some_and(|it| it.parent == parent.name) {
            partition::take_parts(ctx, &mut edit.table, &parent, &is_new, span)?;
        }
        below.aftermaths.push(dependents::of_edit(ctx, &edit, it)?);
        commit(ctx, edit);
        descend(ctx, it, below, own)?;
    }
    Ok(())
}

/// `added` are the columns that the same statement adds.
fn act(
    ctx: &mut Ctx,
    edit: &mut Edit,
    (parent, added): (&Table, &BTreeSet<Name>),
    kind: &AlterKind,
) -> Outcome {
    match kind {
        AlterKind::AddColumn { column, .. } => add_column(ctx, edit, parent, &column.name),
        AlterKind::DropColumn { name, .. } => {
            // With IF EXISTS, or where the column was the parent's by another parent, nothing happened.
            let own = ctx.part_name(name);
            if parent.column(&own).is_some() && !added.contains(&own) {
                return Ok(());
            }
            drop_column(ctx, edit, parent, name)
        }
        AlterKind::RenameColumn { from, to, .. } => {
            refuse_shared(ctx, edit, parent, from)?;
            rename::column(ctx, edit, from, to, true)
        }
        AlterKind::AlterColumn { name, change } => match change {
            ColumnChange::AddIdentity { .. }
            | ColumnChange::SetIdentity { .. }
            | ColumnChange::DropIdentity { .. } => Ok(()),
            ColumnChange::SetNotNull | ColumnChange::DropNotNull
                if ctx.dialect.names_not_null() =>
            {
                Ok(())
            }
            _ => {
                if matches!(change, ColumnChange::SetType { .. }) {
                    refuse_shared(ctx, edit, parent, name)?;
                }
                alter_column::alter(ctx, &mut edit.table, name, change)
            }
        },
        AlterKind::DropConstraint { name, .. } => {
            drop_attached(ctx, &mut edit.table, &ctx.part_name(name));
            Ok(())
        }
        AlterKind::RenameConstraint { from, to } => {
            let (old, new) = (ctx.part_name(from), ctx.part_name(to));
            partition::follow_name(&mut edit.table, &old, &new);
            for check in edit.table.checks.iter_mut().filter(|it| it.name == old) {
                check.name = new.clone();
            }
            Ok(())
        }
        AlterKind::ValidateConstraint(name) => {
            let own = ctx.part_name(name);
            for check in edit.table.checks.iter_mut().filter(|it| it.name == own) {
                check.not_valid = false;
            }
            let keys = edit.table.foreign_keys.iter_mut();
            for key in keys.filter(|it| it.attached_to.as_ref() == Some(&own)) {
                key.not_valid = false;
            }
            Ok(())
        }
        AlterKind::AlterConstraint { name, .. } => {
            let own = ctx.part_name(name);
            let changed = parent.foreign_keys.iter().find(|it| it.name == own);
            let keys = edit.table.foreign_keys.iter_mut();
            for key in keys.filter(|it| it.attached_to.as_ref() == Some(&own)) {
                if let Some(changed) = changed {
                    (key.deferral, key.enforced) = (changed.deferral, changed.enforced);
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Refuses a change of a column that comes from another parent as well, which does not change.
fn refuse_shared(ctx: &Ctx, edit: &Edit, parent: &Table, ident: &Ident) -> Outcome {
    let name = ctx.part_name(ident);
    let others = edit.table.ancestors().filter(|it| **it != parent.name);
    let has = |it: &Table| it.column(&name).is_some_and(|it| !it.inherited);
    if !others.filter_map(|it| ctx.schema.tables.get(it)).any(has) {
        return Ok(());
    }
    let reason = format!("column `{name}` of table `{}` has other parents", edit.table.name);
    Err(Box::new(codes::rejected(reason, ctx.place(ident.span))))
}

fn add_column(ctx: &mut Ctx, edit: &mut Edit, parent: &Table, ident: &Ident) -> Outcome {
    let name = ctx.part_name(ident);
    let Some(column) = parent.column(&name) else { return Ok(()) };
    if let Some(own) = edit.table.column(&name) {
        return inherit::same_type(ctx, own, column, ident.span);
    }
    edit.table.columns.push(inherit::inherited(ctx, &parent.name, column));
    not_null::inherit(ctx, &mut edit.table, parent, &name);
    Ok(())
}

fn drop_column(ctx: &mut Ctx, edit: &mut Edit, parent: &Table, ident: &Ident) -> Outcome {
    let name = ctx.part_name(ident);
    let others = edit.table.ancestors().filter(|it| **it != parent.name);
    let from_other =
        others.filter_map(|it| ctx.schema.tables.get(it)).any(|it| it.column(&name).is_some());
    if from_other || edit.table.column(&name).is_none_or(|it| !it.inherited) {
        return Ok(());
    }
    if let Some(column) = edit.table.column_mut(&name) {
        column.inherited = false;
    }
    drop_column::drop(ctx, edit, ident, (true, true))
}

/// Takes away what belongs to a constraint or index of the parent that is gone.
pub(super) fn drop_attached(ctx: &mut Ctx, table: &mut Table, name: &Name) {
    let is_part = |it: &Option<Name>| it.as_ref() == Some(name);
    let mut gone = Vec::new();
    gone.extend(table.primary_key.take_if(|it| is_part(&it.attached_to)).map(|it| it.name));
    gone.extend(table.uniques.extract_if(.., |it| is_part(&it.attached_to)).map(|it| it.name));
    gone.extend(table.exclusions.extract_if(.., |it| is_part(&it.attached_to)).map(|it| it.name));
    gone.extend(table.indexes.extract_if(.., |it| is_part(&it.attached_to)).map(|it| it.name));
    for name in &gone {
        ctx.forget_index(table, name);
    }
    table.checks.retain(|it| !(it.inherited && it.name == *name));
    table.foreign_keys.retain(|it| !is_part(&it.attached_to));
}

/// Takes the indexes of all partitions away that belong to one that is gone.
pub(super) fn drop_index_below(ctx: &mut Ctx, parent: &QName, index: &Name) {
    for name in ctx.children(parent) {
        let Some(mut child) = ctx.schema.tables.remove(&name) else { continue };
        let indexes = child.indexes.iter().map(|it| (&it.name, &it.attached_to));
        let uniques = child.uniques.iter().map(|it| (&it.name, &it.attached_to));
        let attached = indexes.chain(uniques).find(|it| it.1.as_ref() == Some(index));
        let attached = attached.map(|it| it.0.clone());
        drop_attached(ctx, &mut child, index);
        ctx.schema.tables.insert(name.clone(), child);
        if let Some(own) = attached {
            drop_index_below(ctx, &name, &own);
        }
    }
}

/// Gives the partitions below an index that is new in their table.
pub(super) fn index_below(
    ctx: &mut Ctx,
    parent: &QName,
    index: &Name,
    span: crate::base::Span,
) -> Outcome {
    let names = ctx.children(parent);
    if names.is_empty() {
        return Ok(());
    }
    let Some(parent) = ctx.schema.tables.shared(parent) else { return Ok(()) };
    for name in names {
        let Some(mut child) = ctx.schema.tables.remove(&name) else { continue };
        if child.partition_of.as_ref().is_none_or(|it| it.parent != parent.name) {
            ctx.schema.tables.insert(name, child);
            continue;
        }
        let res = partition::take_parts(ctx, &mut child, &parent, &|it| it == index, span);
        let indexes = child.indexes.iter();
        let own = indexes.clone().find(|it| it.attached_to.as_ref() == Some(index));
        let own = own.map(|it| it.name.clone());
        ctx.schema.tables.insert(name.clone(), child);
        res?;
        if let Some(own) = own {
            index_below(ctx, &name, &own, span)?;
        }
    }
    Ok(())
}

/// Refuses to take a column or constraint away that is there because a parent has it.
pub(super) fn refuse_inherited(ctx: &Ctx, table: &Table, ident: &Ident, what: &str) -> Outcome {
    let name = ctx.part_name(ident);
    let is_inherited = if what == "column" {
        let mut parents = table.ancestors().filter_map(|it| ctx.schema.tables.get(it));
        table.column(&name).is_some() && parents.any(|it| it.column(&name).is_some())
    } else {
        let attached = |own: &Name, to: &Option<Name>| *own == name && to.is_some();
        table.checks.iter().any(|it| it.inherited && it.name == name)
            || table.primary_key.as_ref().is_some_and(|it| attached(&it.name, &it.attached_to))
            || table.uniques.iter().any(|it| attached(&it.name, &it.attached_to))
            || table.foreign_keys.iter().any(|it| attached(&it.name, &it.attached_to))
    };
    if !is_inherited {
        return Ok(());
    }
    let reason = format!("{what} `{name}` of table `{}` is inherited", table.name);
    Err(Box::new(codes::rejected(reason, ctx.place(ident.span))))
}

/// A table has another name: its children know it by that.
pub(super) fn follow_table(ctx: &mut Ctx, from: &QName, to: &QName) {
    for name in ctx.children(from) {
        let Some(child) = ctx.schema.tables.get_mut(&name) else { continue };
        for parent in child.parents.iter_mut().filter(|it| *it == from) {
            *parent = to.clone();
        }
        if let Some(part) = child.partition_of.as_mut().filter(|it| it.parent == *from) {
            part.parent = to.clone();
        }
        ctx.note_child(to, &name);
    }
}

/// Adds to tables that are to go those that go along: partitions, and with CASCADE all that inherit. Fails with the
/// number of a table and a child that keeps it.
pub(super) fn with_children(
    ctx: &Ctx,
    names: &mut Vec<QName>,
    cascade: bool,
) -> Result<(), (usize, QName)> {
    let mut at = 0;
    while at < names.len() {
        for child in ctx.children(&names[at]) {
            if names.contains(&child) {
                continue;
            }
            let table = ctx.schema.tables.get(&child);
            if !cascade && table.is_some_and(|it| it.partition_of.is_none()) {
                return Err((at, child));
            }
            names.push(child);
        }
        at += 1;
    }
    Ok(())
}

fn put_back(ctx: &mut Ctx, table: Arc<Table>) {
    if let Some(changed) = ctx.schema.tables.get(&table.name) {
        ctx.relations.remove_table(ctx.dialect, changed);
    }
    ctx.relations.add_table(ctx.dialect, &table);
    ctx.schema.tables.put(table.name.clone(), table);
}
