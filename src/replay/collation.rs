//! What has a collation; both ends of a foreign key of MySQL and MariaDB between texts have one.

use super::{
    codes,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::{Place, QName, Span},
    dialect::postgres::rare_names::{self, Rare},
    dialect::{Family, Stored},
    model::{Column, ColumnType, ForeignKey, Id, Table},
    sql::{
        ast::{ColumnDef, ObjectName},
        bind::{Bound, Collation, Output},
    },
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

/// Returns the collation that is named, and what it needs; PostgreSQL has to have it.
pub(super) fn named(ctx: &Ctx, name: &ObjectName) -> Outcome<(String, Option<Id>)> {
    name.schema.as_ref().map_or(Ok(()), |it| ctx.refuse_gone(it))?;
    let schema = name.schema.as_ref().map(|it| &*it.text);
    let id = known(ctx, (schema, &name.name.text), name.span)?;
    Ok((name.name.text.to_string(), id))
}

/// Returns the collation of values of the type, and what it needs.
pub(super) fn of_type(
    ctx: &Ctx,
    name: &ObjectName,
    ty: &ColumnType,
) -> Outcome<(Option<String>, Option<Id>)> {
    let (text, id) = named(ctx, name)?;
    if ctx.is_postgres() && !may_have(ctx, ty) {
        let reason = format!("type {ty} has no collation");
        return Err(Box::new(codes::rejected(reason, ctx.place(name.span))));
    }
    Ok((Some(text), id))
}

/// Returns what the collation needs; errs where it is certain that PostgreSQL does not have it.
pub(super) fn known(
    ctx: &Ctx,
    (schema, name): (Option<&str>, &str),
    span: Span,
) -> Outcome<Option<Id>> {
    if !ctx.is_postgres() {
        return Ok(None);
    }
    let found = ctx.in_world(|world| rare_names::find(world, "COLLATION", (schema, name), None));
    if found != Rare::Missing {
        return Ok(found.id());
    }
    let schema = schema.and_then(|it| ctx.namespace(it));
    let name = QName::new(schema, ctx.dialect.table_name(name));
    Err(Box::new(codes::missing_relation("collation", &name, ctx.place(span), None)))
}

impl Ctx<'_, '_> {
    /// Errs with the first collation that is certain not to be there; `start` is where the text starts.
    pub(super) fn refuse_collations(&self, bound: &Bound, start: u32) -> Outcome {
        bound.collations.iter().try_for_each(|it| {
            let name = (it.schema.as_deref(), it.name.as_str());
            known(self, name, it.span.shift(start)).map(drop)
        })
    }
}

/// Refuses to store what comes from columns of several collations.
pub(super) fn refuse_conflict(ctx: &Ctx, bound: &Bound, span: Span) -> Outcome {
    let is_torn = |it: &&Output| it.collation == Collation::Conflict;
    let Some(torn) = bound.outputs.iter().find(is_torn) else { return Ok(()) };
    let reason =
        format!("column `{}` could have several collations, and none is stated", torn.name);
    Err(Box::new(codes::rejected(reason, ctx.place(span))))
}

/// Only texts have collations in PostgreSQL (<https://www.postgresql.org/docs/current/collation.html>).
pub(super) fn check_column(ctx: &Ctx, def: &ColumnDef, column: &Column) -> Outcome {
    if !ctx.is_postgres() || column.collate.is_none() || may_have(ctx, &column.ty) {
        return Ok(());
    }
    let reason = format!("column `{}` of type {} has no collation", column.name, column.ty);
    Err(Box::new(codes::rejected(reason, ctx.place(def.name.span))))
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
