//! Typed tables: their columns are the attributes of a composite type
//! (<https://www.postgresql.org/docs/current/sql-createtable.html>, `OF type_name`).

use super::{
    alter_table, codes, column,
    ctx::{Ctx, Outcome},
    type_name,
};
use crate::{
    base::{Place, QName},
    model::{Attribute, Column, CompositeType, Id, Table},
    sql::ast::{
        AlterAction, AlterComposite, AlterKind, AlterTable, AttributeChange, ColumnChange,
        ColumnDef, ObjectName,
    },
};

/// Gives a new table the attributes of the type as columns.
pub(super) fn take_columns(ctx: &Ctx, table: &mut Table, written: &ObjectName) -> Outcome {
    let ty = find(ctx, written)?;
    let place = ctx.place(written.span);
    for attribute in &ty.attributes {
        let mut column = Column::new(attribute.name.clone(), attribute.ty.clone());
        column.nullable = true;
        column.collate.clone_from(&attribute.collate);
        column.meta.place = Some(place);
        column::push(ctx, table, column, place)?;
    }
    table.of_type = Some(ty.name);
    Ok(())
}

/// Returns the composite type that is meant.
fn find(ctx: &Ctx, written: &ObjectName) -> Outcome<CompositeType> {
    let Some(name) = ctx.type_meant(written) else { return Err(type_name::missing(ctx, written)) };
    if let Some(ty) = ctx.schema.composites.get(&name) {
        return Ok(ty.clone());
    }
    let reason = format!("`{name}` is no composite type of its own");
    Err(Box::new(codes::rejected(reason, ctx.place(written.span))))
}

/// `ALTER TABLE … OF`: the columns have to be those of the type, in its order.
pub(super) fn set(ctx: &Ctx, table: &mut Table, written: &ObjectName) -> Outcome {
    let ty = find(ctx, written)?;
    let place = ctx.place(written.span);
    let reject = |reason: String| Err(Box::new(codes::rejected(reason, place)));
    if !table.parents.is_empty() || table.partition_of.is_some() {
        return reject(format!("table `{}` has its columns from another table", table.name));
    }
    let is_same = |it: (&Attribute, &Column)| it.0.name == it.1.name && it.0.ty == it.1.ty;
    let is_whole = ty.attributes.len() == table.columns.len();
    if !is_whole || !ty.attributes.iter().zip(&table.columns).all(is_same) {
        return reject(format!(
            "the columns of `{}` are not those of type `{}`",
            table.name, ty.name
        ));
    }
    table.of_type = Some(ty.name);
    Ok(())
}

/// `ALTER TABLE … NOT OF`.
pub(super) fn unset(table: &mut Table, place: Place) -> Outcome {
    if table.of_type.take().is_some() {
        return Ok(());
    }
    let reason = format!("table `{}` is not of a type", table.name);
    Err(Box::new(codes::rejected(reason, place)))
}

/// Refuses what the type says of a table.
pub(super) fn check_alter(ctx: &Ctx, table: &Table, it: &AlterTable) -> Outcome {
    if table.of_type.is_none() {
        return Ok(());
    }
    let is_types = |kind: &AlterKind| {
        matches!(
            kind,
            AlterKind::AddColumn { .. }
                | AlterKind::DropColumn { .. }
                | AlterKind::RenameColumn { .. }
                | AlterKind::Inherit(_)
                | AlterKind::AlterColumn { change: ColumnChange::SetType { .. }, .. }
        )
    };
    match it.actions.iter().find(|it| is_types(&it.kind)) {
        Some(action) => {
            let reason = format!("the columns of `{}` are those of its type", table.name);
            Err(Box::new(codes::rejected(reason, ctx.place(action.span))))
        }
        None => Ok(()),
    }
}

/// Does to the tables of a type what is done to the type, if that says CASCADE.
pub(super) fn follow(ctx: &mut Ctx, of: &QName, it: &AlterComposite) -> Outcome {
    let tables: Vec<QName> = ctx
        .users_of(&Id::of::<CompositeType>(of.clone()))
        .into_iter()
        .map(|it| it.owner)
        .filter(|it| ctx.schema.tables.get(it).is_some_and(|it| it.of_type.as_ref() == Some(of)))
        .collect();
    let Some(first) = tables.first() else { return Ok(()) };
    if it.changes.iter().any(|it| !cascades(it)) {
        let reason = format!("type `{of}` is what table `{first}` is of: only CASCADE alters both");
        return Err(Box::new(codes::rejected(reason, ctx.place(it.name.span))));
    }
    let span = it.name.span;
    let actions: Vec<AlterAction> =
        it.changes.iter().map(|it| AlterAction { kind: action(it), span }).collect();
    for table in tables {
        let name = it.name.clone();
        let alter = AlterTable {
            name,
            if_exists: false,
            only: false,
            foreign: false,
            actions: actions.clone(),
        };
        alter_table::alter_known(ctx, &table, &alter)?;
    }
    Ok(())
}

fn cascades(it: &AttributeChange) -> bool {
    match it {
        AttributeChange::Add { cascade, .. }
        | AttributeChange::Drop { cascade, .. }
        | AttributeChange::Retype { cascade, .. }
        | AttributeChange::Rename { cascade, .. } => *cascade,
    }
}

/// Returns what the change of a type is to a table.
fn action<'a>(it: &AttributeChange<'a>) -> AlterKind<'a> {
    match it {
        AttributeChange::Add { attribute, .. } => {
            let column = ColumnDef {
                name: attribute.name.clone(),
                ty: Some(attribute.ty.clone()),
                options: Vec::new(),
                place: None,
                span: attribute.name.span,
            };
            AlterKind::AddColumn { column, if_not_exists: false }
        }
        AttributeChange::Drop { name, if_exists, .. } => {
            AlterKind::DropColumn { name: name.clone(), if_exists: *if_exists, cascade: true }
        }
        AttributeChange::Rename { from, to, .. } => {
            AlterKind::RenameColumn { from: from.clone(), to: to.clone(), if_exists: false }
        }
        AttributeChange::Retype { attribute, .. } => AlterKind::AlterColumn {
            name: attribute.name.clone(),
            change: ColumnChange::SetType { ty: attribute.ty.clone(), collate: None, using: None },
        },
    }
}
