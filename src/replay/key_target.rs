//! The keys and indexes that a foreign key of MySQL or MariaDB may lead to.

use super::{
    codes,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::{Name, Place},
    model::{IndexKey, Table},
    sql::ast::{AlterAction, AlterKind, ConstraintKind},
};

/// Refuses columns that no key of the table makes findable, in the order in which they are referred to
/// (<https://dev.mysql.com/doc/refman/9.0/en/create-table-foreign-keys.html#foreign-key-restrictions>).
pub(super) fn check(ctx: &Ctx, other: &Table, bound: &[Name], place: Place) -> Outcome {
    if !ctx.is_mysql() || ctx.partial.contains(&other.name) {
        return Ok(());
    }
    if !ctx.is_innodb(other) {
        if !ctx.checks_keys {
            return Ok(());
        }
        let reason = format!("the engine of table `{}` knows no foreign keys", other.name);
        return Err(Box::new(codes::rejected(reason, place)));
    }
    let needs_unique = ctx.dialect.foreign_key_needs_unique;
    let is_met = if needs_unique { is_unique(other, bound) } else { is_indexed(other, bound) };
    if is_met {
        return Ok(());
    }
    Err(Box::new(codes::key_without_key(&other.name, bound, place, other.meta.place)))
}

/// Refuses a new table that foreign keys refer to already, and that is not what they refer to; MariaDB asks for that where
/// the session checks foreign keys.
pub(super) fn check_awaited(ctx: &Ctx, table: &Table, place: Place) -> Outcome {
    if !ctx.is_mysql() || ctx.is_mariadb() && !ctx.checks_keys || ctx.partial.contains(&table.name)
    {
        return Ok(());
    }
    for owner in ctx.referrers(&table.name).filter(|it| it.name != table.name) {
        for key in owner.foreign_keys.iter().filter(|it| it.references == table.name) {
            check(ctx, table, &key.target, place)?;
            for (from, to) in key.columns.iter().zip(&key.target) {
                let pair = owner.column(from).zip(table.column(to));
                if pair.is_none_or(|it| !ctx.dialect.takes_for_key(&it.0.ty, &it.1.ty)) {
                    let what = format!("{}.{to}", table.name);
                    let reason = format!(
                        "foreign key `{}` of `{}` does not fit {what}",
                        key.name, owner.name
                    );
                    return Err(Box::new(codes::rejected(reason, place)));
                }
            }
        }
    }
    Ok(())
}

/// Refuses to give a new foreign key the name of one that the same statement drops: the servers make it before the other
/// is gone.
pub(super) fn check_renewed(ctx: &Ctx, before: &Table, actions: &[&AlterAction]) -> Outcome {
    let dropped = actions.iter().filter_map(|it| match &it.kind {
        AlterKind::DropForeignKey { name, .. } | AlterKind::DropConstraint { name, .. } => {
            Some(ctx.part_name(name))
        }
        _ => None,
    });
    let is_key = |name: &Name| before.foreign_keys.iter().any(|it| it.name == *name);
    let dropped: Vec<Name> = dropped.filter(is_key).collect();
    for it in actions {
        let AlterKind::AddConstraint { constraint, .. } = &it.kind else { continue };
        let ConstraintKind::ForeignKey { .. } = constraint.kind else { continue };
        let Some(name) = &constraint.name else { continue };
        if dropped.contains(&ctx.part_name(name)) {
            let what = format!("foreign key `{}` of table `{}`", name.text, before.name);
            return Err(Box::new(codes::exists(&what, ctx.place(name.span), None)));
        }
    }
    Ok(())
}

fn is_unique(table: &Table, columns: &[Name]) -> bool {
    table.primary_key.as_ref().is_some_and(|it| it.columns == columns)
        || table.uniques.iter().any(|it| it.columns == columns)
        || indexes(table).any(|(unique, own)| unique && own.iter().copied().eq(columns))
}

fn is_indexed(table: &Table, columns: &[Name]) -> bool {
    table.primary_key.as_ref().is_some_and(|it| it.columns.starts_with(columns))
        || table.uniques.iter().any(|it| it.columns.starts_with(columns))
        || indexes(table).any(|(_, own)| {
            own.len() >= columns.len() && own.iter().copied().zip(columns).all(|it| it.0 == it.1)
        })
}

/// Returns of each index of whole columns whether it is unique, and the columns.
fn indexes(table: &Table) -> impl Iterator<Item = (bool, Vec<&Name>)> {
    table.indexes.iter().filter(|it| it.method.is_none()).map(|it| {
        let whole = it.columns.iter().map_while(|it| match &it.key {
            IndexKey::Column(name) if it.prefix.is_none() => Some(name),
            _ => None,
        });
        let own: Vec<&Name> = whole.collect();
        (it.unique && own.len() == it.columns.len(), own)
    })
}
