//! What has a collation; both ends of a foreign key of MySQL and MariaDB between texts have one.

use super::{
    codes,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::{Place, Span},
    dialect::{Family, Stored},
    model::{Column, ColumnType, ForeignKey, Table},
};

/// Refuses a key between texts of two collations.
pub(super) fn check_pair(
    ctx: &Ctx,
    own: (&Table, &Column),
    other: (&Table, &Column),
    place: Place,
) -> Outcome {
    if !ctx.is_mysql() || ctx.dialect.stored_as(&own.1.ty) != Stored::Text {
        return Ok(());
    }
    let from = ctx.dialect.collate_of(own.0, own.1);
    let to = ctx.dialect.collate_of(other.0, other.1);
    if from == to {
        return Ok(());
    }
    let reason = format!(
        "column `{}` has the collation {from}, but `{}.{}`, which it refers to, has {to}",
        own.1.name, other.0.name, other.1.name
    );
    Err(Box::new(codes::rejected(reason, place)))
}

/// Refuses new collations of columns that foreign keys use. MariaDB bears no change; MySQL looks at both ends
/// afterwards, and not at all while keys are not checked.
pub(super) fn check_change(ctx: &Ctx, before: &Table, table: &Table, span: Span) -> Outcome {
    if !ctx.is_mysql() || !(ctx.checks_keys || ctx.is_mariadb()) {
        return Ok(());
    }
    let changed = |name: &crate::base::Name| {
        let (old, new) = (before.column(name), table.column(name));
        old.zip(new).is_some_and(|(old, new)| {
            let is_concerned = match ctx.dialect.stored_as(&new.ty) {
                Stored::Text => true,
                // An enum, whose collation only MariaDB looks at.
                _ => ctx.is_mariadb() && ctx.dialect.has_charset(&new.ty),
            };
            is_concerned
                && ctx.dialect.collate_of(before, old) != ctx.dialect.collate_of(table, new)
        })
    };
    let own = table
        .foreign_keys
        .iter()
        .filter(|it| before.foreign_keys.iter().any(|old| old.name == it.name));
    for key in own {
        if key.columns.iter().any(changed) {
            refuse(ctx, table, (table, key), span)?;
        }
    }
    for owner in ctx.referrers(&table.name) {
        for key in owner.foreign_keys.iter().filter(|it| it.references == table.name) {
            if key.target.iter().any(changed) {
                refuse(ctx, table, (owner, key), span)?;
            }
        }
    }
    Ok(())
}

fn refuse(ctx: &Ctx, table: &Table, (owner, key): (&Table, &ForeignKey), span: Span) -> Outcome {
    if ctx.is_mariadb() {
        let reason =
            format!("foreign key `{}` of table `{}` keeps the collation", key.name, owner.name);
        return Err(Box::new(codes::rejected(reason, ctx.place(span))));
    }
    let Some(other) = ctx.target(table, &key.references) else { return Ok(()) };
    for (from, to) in key.columns.iter().zip(&key.target) {
        if let (Some(from), Some(to)) = (owner.column(from), other.column(to)) {
            check_pair(ctx, (owner, from), (other, to), ctx.place(span))?;
        }
    }
    Ok(())
}

/// Returns whether values of the type may have a collation.
pub(super) fn may_have<'t>(ctx: &'t Ctx, mut ty: &'t ColumnType) -> bool {
    // A ring of domains is no type.
    for _ in 0..=ctx.schema.domains.len() {
        let domain = ty.user.as_ref().and_then(|it| ctx.schema.domains.get(it));
        ty = domain.map_or(ty, |it| &it.ty);
    }
    let family = ctx.dialect.family(ty);
    [Family::Char, Family::Varchar, Family::Text, Family::Other].contains(&family)
}
