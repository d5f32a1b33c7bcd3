//! `DROP` of whole objects.

use std::collections::BTreeMap;

use super::{
    access,
    alter_table::{Edit, commit},
    codes,
    ctx::{Ctx, Outcome},
    drop_constraint, enum_type, event_trigger, index, namespace, trigger,
};
use crate::{
    base::QName,
    sql::ast::{Drop, DropKind, ObjectName},
};

pub(super) fn drop(ctx: &mut Ctx, it: &Drop) -> Outcome {
    match it.kind {
        DropKind::Schema => namespace::drop(ctx, it),
        DropKind::Table => tables(ctx, it),
        DropKind::Index => indexes(ctx, it),
        DropKind::Type => enum_type::drop(ctx, it),
        DropKind::Policy => access::drop_policies(ctx, it),
        DropKind::Trigger => trigger::drop(ctx, it),
        DropKind::EventTrigger => event_trigger::drop(ctx, it),
    }
}

/// Takes tables away with all that is theirs; foreign keys to them go too, but in SQLite, where they dangle.
pub(super) fn forget_tables(ctx: &mut Ctx, names: &[QName]) {
    for name in names {
        if let Some(table) = ctx.schema.tables.remove(name) {
            ctx.relations.remove_table(ctx.dialect, &table);
            ctx.partial.remove(name);
        }
    }
    if ctx.is_postgres() {
        for owner in names.iter().flat_map(|it| ctx.referrer_names(it)).collect::<Vec<_>>() {
            let Some(table) = ctx.schema.tables.get_mut(&owner) else { continue };
            table.foreign_keys.retain(|it| !names.contains(&it.references));
        }
    }
}

/// `DROP TABLE a, b`: all or none.
fn tables(ctx: &mut Ctx, it: &Drop) -> Outcome {
    let mut found = Vec::new();
    for written in &it.names {
        let name = ctx.table_meant(written);
        if ctx.temporary.contains(&name) {
            ctx.temporary.remove(&name);
        } else if ctx.schema.tables.contains_key(&name) {
            found.push((written, name));
        } else if !it.if_exists {
            return Err(ctx.missing_table(written, &name));
        }
    }
    let names: Vec<QName> = found.iter().map(|it| it.1.clone()).collect();
    let may_dangle = ctx.is_sqlite()
        || (ctx.is_postgres() && it.cascade)
        || (ctx.is_mysql() && !ctx.checks_keys);
    if !may_dangle && let Some(at) = referred_to(ctx, &names) {
        let (written, name) = &found[at.0];
        let (what, place) = (format!("table `{name}`"), ctx.place(written.span));
        let (user, user_place) = at.1;
        return Err(Box::new(codes::still_referenced(&what, &user, place, user_place)));
    }
    forget_tables(ctx, &names);
    Ok(())
}

type User = (String, Option<crate::base::Place>);

/// Returns which of the tables a table outside of them refers to, and by which foreign key.
fn referred_to(ctx: &Ctx, names: &[QName]) -> Option<(usize, User)> {
    let users: BTreeMap<_, _> =
        names.iter().flat_map(|it| ctx.referrers(it)).map(|it| (&it.name, it)).collect();
    let others = users.into_values().filter(|it| !names.contains(&it.name));
    others.flat_map(|it| it.foreign_keys.iter().map(move |key| (it, key))).find_map(
        |(owner, key)| {
            let at = names.iter().position(|it| *it == key.references)?;
            let user = format!("foreign key `{}` of table `{}`", key.name, owner.name);
            Some((at, (user, key.meta.place)))
        },
    )
}

fn indexes(ctx: &mut Ctx, it: &Drop) -> Outcome {
    let Some(table) = &it.table else {
        for name in &it.names {
            index::drop_by_name(ctx, name, it.if_exists)?;
        }
        return Ok(());
    };
    let name = ctx.table_meant(table);
    let Some(found) = ctx.schema.tables.get(&name) else {
        return if it.if_exists { Ok(()) } else { Err(ctx.missing_table(table, &name)) };
    };
    let mut edit = Edit::new(found.clone());
    for ObjectName { name, .. } in &it.names {
        drop_constraint::drop_index(ctx, &mut edit, name, it.if_exists)?;
    }
    drop_constraint::keys_keep_indexes(ctx, &edit)?;
    commit(ctx, edit);
    Ok(())
}
