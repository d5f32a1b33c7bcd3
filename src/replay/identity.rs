//! Columns that a sequence numbers: `GENERATED … AS IDENTITY` comes, changes and goes.

use super::{
    codes,
    ctx::{Ctx, Outcome},
    numbering,
    sequence_options::apply,
};
use crate::{
    base::{Name, Place, QName},
    dialect::{Dialect, Family},
    model::{Column, Identity, Sequence, Table},
    sql::ast::ColumnChange,
};

/// Runs `ADD GENERATED`, `SET GENERATED` and `DROP IDENTITY`.
pub(super) fn alter(
    ctx: &mut Ctx,
    table: &mut Table,
    (name, place): (&Name, Place),
    change: &ColumnChange,
) -> Outcome {
    let (owner, dialect) = (table.name.clone(), ctx.dialect);
    let is_part = table.partition_of.is_some();
    let Some(column) = table.column_mut(name) else { return Ok(()) };
    let reject = |reason: &str| {
        let reason = format!("column `{name}` of table `{owner}` {reason}");
        Err(Box::new(codes::rejected(reason, place)))
    };
    let numbered = is_identity(column);
    if is_part && dialect.numbers_partitions() {
        return reject("is of a partition, which is numbered along with its table");
    }
    match change {
        ColumnChange::AddIdentity { .. } if numbered => reject("is an identity column already"),
        ColumnChange::AddIdentity { .. } if !can_be_identity(dialect, column) => {
            reject("is no whole number, as an identity column has to be")
        }
        ColumnChange::AddIdentity { .. } if column.nullable => {
            reject("has to be NOT NULL to be an identity column")
        }
        ColumnChange::AddIdentity { .. } if has_default(column) => reject("has a default already"),
        ColumnChange::AddIdentity { always, sequence: options } => {
            column.identity = Some(kind_of(*always));
            numbering::number(ctx, table, name, Some(options))
        }
        ColumnChange::DropIdentity { if_exists: true } if !numbered => Ok(()),
        _ if !numbered => reject("is no identity column"),
        ColumnChange::SetIdentity { always, sequence: options } => {
            column.identity = always.map_or(column.identity, |it| Some(kind_of(it)));
            if let Some(found) = ctx.dialect.sequence_of(&owner, column) {
                let mut changed = found.into_owned();
                apply(ctx, &mut changed, options)?;
                column.sequence = Some(Box::new(changed));
                ctx.dialect.settle_sequence(&owner, column);
            }
            Ok(())
        }
        _ => {
            if let Some(sequence) = ctx.dialect.sequence_name_of(&owner, column) {
                ctx.relations.remove(&sequence);
            }
            column.identity = None;
            column.sequence = None;
            Ok(())
        }
    }
}

/// The sequence of an identity column takes the column's new type; that of a `serial` keeps its own.
pub(super) fn retype_sequence(
    ctx: &Ctx,
    table: &QName,
    column: &mut Column,
    old: Option<Sequence>,
) {
    let Some(mut sequence) = old else { return };
    if is_identity(column) {
        let usual = ctx.dialect.usual_sequence(table, column);
        let before = ctx.dialect.new_sequence(sequence.name.clone(), sequence.ty.clone());
        if sequence.max == before.max {
            sequence.max = usual.max;
        }
        sequence.ty = usual.ty;
    }
    column.sequence = Some(Box::new(sequence));
    ctx.dialect.settle_sequence(table, column);
}

pub(super) fn is_identity(column: &Column) -> bool {
    column.identity.is_some_and(|it| it != Identity::Serial)
}

/// Returns whether the column is a whole number, and no list of some.
pub(super) fn can_be_identity(dialect: &Dialect, column: &Column) -> bool {
    column.ty.dimensions == 0 && matches!(dialect.family(&column.ty), Family::Int(_))
}

fn has_default(column: &Column) -> bool {
    column.identity == Some(Identity::Serial) || column.default.is_some()
}

fn kind_of(always: bool) -> Identity {
    if always { Identity::Always } else { Identity::ByDefault }
}
