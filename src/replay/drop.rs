//! `DROP` of whole objects.

use std::collections::BTreeMap;

use super::{
    access,
    alter_table::{Edit, commit},
    cascade, codes,
    ctx::{Ctx, Outcome},
    domain, drop_constraint, enum_type, event_trigger, extension, family, index, namespace,
    publication, rule, sequence, served_keys, sqlite_writes, statistics, trigger, view,
};
use crate::{
    base::{QName, Span},
    model::{Id, Table},
    sql::ast::{Drop, DropKind, ObjectName},
};

pub(super) fn drop(ctx: &mut Ctx, it: &Drop, span: Span) -> Outcome {
    match it.kind {
        DropKind::Domain => domain::drop(ctx, it),
        DropKind::Extension => extension::drop(ctx, it),
        DropKind::Publication => publication::drop(ctx, it),
        DropKind::Statistics => statistics::drop(ctx, it),
        DropKind::Schema => namespace::drop(ctx, it),
        DropKind::ForeignTable | DropKind::Table => tables(ctx, it, span),
        DropKind::Index => {
            let view = it.names.first().and_then(|it| view::of_index(ctx, it));
            view::as_table(ctx, view, |ctx| indexes(ctx, it))
        }
        DropKind::MaterializedView | DropKind::View => view::drop(ctx, it),
        DropKind::Rule => rule::drop(ctx, it),
        DropKind::Sequence => sequence::drop(ctx, it),
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
            ctx.rows.forget(name);
        }
    }
    if ctx.is_postgres() {
        sequence::drop_owned(ctx, |it| names.contains(&it.0));
        for owner in names.iter().flat_map(|it| ctx.referrer_names(it)).collect::<Vec<_>>() {
            let Some(table) = ctx.schema.tables.get_mut(&owner) else { continue };
            table.foreign_keys.retain(|it| !names.contains(&it.references));
        }
    }
}

/// Takes away objects and the names that they have among relations; what rests on them is left to the caller.
pub(super) fn forget_objects(ctx: &mut Ctx, ids: &[Id]) {
    let (tables, others): (Vec<&Id>, Vec<&Id>) = ids.iter().partition(|it| it.is::<Table>());
    let tables: Vec<QName> = tables.into_iter().map(|it| it.owner.clone()).collect();
    forget_tables(ctx, &tables);
    for id in others {
        ctx.schema.remove(id);
        ctx.relations.remove(&id.owner);
        ctx.partial.remove(&id.owner);
    }
}

/// `CREATE OR REPLACE TABLE` of MariaDB drops the table first, unless a foreign key refers to it.
pub(super) fn replace(ctx: &mut Ctx, name: &QName, span: Span) -> Outcome {
    let own = std::slice::from_ref(name);
    let user = referred_to(ctx, own).filter(|_| ctx.checks_keys);
    if let Some((_, (user, place))) = user {
        let what = format!("table `{name}`");
        return Err(Box::new(codes::still_referenced(&what, &user, ctx.place(span), place)));
    }
    forget_tables(ctx, own);
    Ok(())
}

/// `DROP TABLE a, b`: all or none.
fn tables(ctx: &mut Ctx, it: &Drop, span: Span) -> Outcome {
    let mut found = Vec::new();
    let mut missing = None;
    for written in &it.names {
        let name = ctx.table_meant(written);
        if it.temporary && ctx.is_mysql() && !ctx.is_temporary(&name) {
            if !it.if_exists {
                return Err(ctx.missing_table(written, &name));
            }
        } else if ctx.is_mariadb() && ctx.schema.sequences.contains_key(&name) {
            sequence::forget(ctx, &name);
        } else if let Some(table) = ctx.schema.tables.get(&name) {
            if ctx.is_postgres() && table.foreign.is_some() != (it.kind == DropKind::ForeignTable) {
                let state = if table.foreign.is_some() { "a foreign" } else { "no foreign" };
                let reason = format!("`{name}` is {state} table");
                return Err(Box::new(codes::rejected(reason, ctx.place(written.span))));
            }
            found.push((written, name));
        } else if !ctx.is_mysql() && view::meant(ctx, written).is_some() {
            let reason = format!("`{name}` is a view, not a table");
            return Err(Box::new(codes::rejected(reason, ctx.place(written.span))));
        } else if !it.if_exists && ctx.is_mariadb() {
            // https://mariadb.com/kb/en/drop-table/: the others are dropped all the same.
            missing = missing.or(Some(ctx.missing_table(written, &name)));
        } else if !it.if_exists {
            return Err(ctx.missing_table(written, &name));
        }
    }
    for (written, name) in &found {
        let table = ctx.schema.tables.get(name);
        table.map_or(Ok(()), |it| ctx.check_dropper(&it.access, name, written.span))?;
    }
    let mut names: Vec<QName> = found.iter().map(|it| it.1.clone()).collect();
    if let Err((at, child)) = family::with_children(ctx, &mut names, it.cascade) {
        let (written, name) = &found[at];
        let (what, place) = (format!("table `{name}`"), ctx.place(written.span));
        let user = format!("table `{child}`");
        return Err(Box::new(codes::still_referenced(&what, &user, place, None)));
    }
    let may_dangle = ctx.is_sqlite()
        || (ctx.is_postgres() && it.cascade)
        || (ctx.is_mysql() && !ctx.checks_keys);
    if !may_dangle && ctx.is_mariadb() {
        // https://mariadb.com/kb/en/drop-table/: one after the other, whatever becomes of those before.
        for (written, name) in &found {
            let Some((_, (user, place))) = referred_to(ctx, std::slice::from_ref(name)) else {
                forget_tables(ctx, std::slice::from_ref(name));
                continue;
            };
            let (what, own) = (format!("table `{name}`"), ctx.place(written.span));
            missing.get_or_insert(Box::new(codes::still_referenced(&what, &user, own, place)));
        }
        return missing.map_or(Ok(()), Err);
    }
    if !may_dangle && let Some(at) = referred_to(ctx, &names) {
        let (written, name) = &found[at.0.min(found.len() - 1)];
        let (what, place) = (format!("table `{name}`"), ctx.place(written.span));
        let (user, user_place) = at.1;
        return Err(Box::new(codes::still_referenced(&what, &user, place, user_place)));
    }
    if ctx.is_sqlite() && ctx.checks_keys {
        sqlite_writes::can_be_emptied(ctx, &found)?;
    }
    if ctx.is_postgres() {
        let ids: Vec<Id> = names.into_iter().map(Id::of::<Table>).collect();
        let span = it.names.first().map_or(span, |it| it.span);
        return cascade::drop_objects(ctx, &ids, it.cascade, span);
    }
    forget_tables(ctx, &names);
    missing.map_or(Ok(()), Err)
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
        return Err(ctx.missing_table(table, &name));
    };
    let found = found.clone();
    let mut edit = Edit::new(found.clone());
    for ObjectName { name, .. } in &it.names {
        drop_constraint::drop_index(ctx, &mut edit, name, it.if_exists)?;
    }
    served_keys::check(ctx, &edit, (&found, &[]), table.name.span)?;
    commit(ctx, edit);
    Ok(())
}
