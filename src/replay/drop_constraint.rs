//! Dropping and altering constraints and indexes of one table.

use super::{
    alter_table::{After, Edit},
    codes,
    column::deferral,
    ctx::{Ctx, Outcome},
    family, not_null, storage,
};
use crate::{
    base::{Name, Place, QName},
    model::{Check, Id, PrimaryKey, Table},
    sql::ast::{AlterAction, AlterKind, Ident},
};

/// Runs the actions of `ALTER TABLE` that take constraints away or change them.
pub(super) fn act(ctx: &mut Ctx, edit: &mut Edit, action: &AlterAction) -> Outcome {
    match &action.kind {
        AlterKind::DropConstraint { name, if_exists, cascade } => {
            let found = drop_any(ctx, edit, name, *cascade)?;
            found_or(ctx, &edit.table, "constraint", (name, found || *if_exists))
        }
        AlterKind::DropPrimaryKey => {
            let name = edit.table.primary_key.as_ref().map(|it| it.name.clone());
            let Some(name) = name else {
                let reason = format!("table `{}` has no primary key", edit.table.name);
                return Err(Box::new(codes::rejected(reason, ctx.place(action.span))));
            };
            drop_key(ctx, edit, &name, (ctx.place(action.span), false)).map(|_| ())
        }
        AlterKind::DropForeignKey { name, if_exists } => {
            let own = ctx.part_name(name);
            let found = remove(&mut edit.table.foreign_keys, |it| it.name == own);
            found_or(ctx, &edit.table, "foreign key", (name, found || *if_exists))
        }
        AlterKind::DropCheck { name } => {
            let own = ctx.part_name(name);
            let found = remove(&mut edit.table.checks, |it| it.name == own);
            found_or(ctx, &edit.table, "check constraint", (name, found))
        }
        AlterKind::DropIndex { name, if_exists } => drop_index(ctx, edit, name, *if_exists),
        AlterKind::AlterConstraint { name, deferral: given, enforced, inherit } => {
            if ctx.is_mysql() {
                // MySQL has this for checks alone.
                let own = ctx.part_name(name);
                let check = edit.table.checks.iter_mut().find(|it| it.name == own);
                let is_found = check.map(|it| it.enforced = enforced.unwrap_or(it.enforced));
                return found_or(ctx, &edit.table, "constraint", (name, is_found.is_some()));
            }
            alter_constraint(ctx, &mut edit.table, name, (*given, *enforced, *inherit))
        }
        AlterKind::ValidateConstraint(name) => validate(ctx, &mut edit.table, name),
        AlterKind::AlterIndex { name, invisible } => {
            let own = ctx.part_name(name);
            let found = edit.table.indexes.iter_mut().find(|it| it.name == own);
            // Whether the optimizer uses the index of a unique key is not recorded.
            let is_key = edit.table.uniques.iter().any(|it| it.name == own);
            let is_found = found.is_some() || is_key;
            if let Some(index) = found {
                index.invisible = *invisible;
            }
            found_or(ctx, &edit.table, "index", (name, is_found))
        }
        _ => Ok(()),
    }
}

/// `VALIDATE CONSTRAINT`.
fn validate(ctx: &Ctx, table: &mut Table, name: &Ident) -> Outcome {
    let own = ctx.part_name(name);
    let checks = table.checks.iter_mut().map(|it| (&it.name, it.enforced, &mut it.not_valid));
    let keys = table.foreign_keys.iter_mut().map(|it| (&it.name, it.enforced, &mut it.not_valid));
    if let Some((_, enforced, not_valid)) = checks.chain(keys).find(|it| *it.0 == own) {
        *not_valid = false;
        if enforced {
            return Ok(());
        }
        let reason = format!("constraint `{own}` is not enforced, so nothing holds to it");
        return Err(Box::new(codes::rejected(reason, ctx.place(name.span))));
    }
    let column = ctx.dialect.find_not_null(table, &own).map(|it| it.name.clone());
    if let Some(column) = &column {
        let of = table.name.clone();
        not_null::change(ctx, table, (&of, column), |it| it.not_valid = false)?;
    }
    found_or(ctx, table, "constraint", (name, column.is_some()))
}

/// `ALTER CONSTRAINT` of PostgreSQL: when a foreign key is checked and whether, and whether a NOT NULL is inherited.
fn alter_constraint(
    ctx: &Ctx,
    table: &mut Table,
    name: &Ident,
    (given, enforced, inherit): (Option<(bool, bool)>, Option<bool>, Option<bool>),
) -> Outcome {
    let own = ctx.part_name(name);
    let reject = |what: &str| {
        let reason = format!("constraint `{own}` is no {what}");
        Err(Box::new(codes::rejected(reason, ctx.place(name.span))))
    };
    let column = ctx.dialect.find_not_null(table, &own).map(|it| it.name.clone());
    if let Some(column) = &column {
        if given.is_some() || enforced.is_some() {
            return reject("foreign key");
        }
        not_null::check_own(ctx, table, column, name)?;
        let of = table.name.clone();
        let no_inherit = inherit == Some(false);
        return not_null::change(ctx, table, (&of, column), |it| it.no_inherit = no_inherit);
    }
    if let Some(key) = table.foreign_keys.iter_mut().find(|it| it.name == own) {
        if inherit.is_some() {
            return reject("NOT NULL constraint");
        }
        key.deferral = given.map_or(key.deferral, |it| deferral(it.0, it.1));
        key.enforced = enforced.unwrap_or(key.enforced);
        key.not_valid &= enforced.is_none();
        return Ok(());
    }
    let is_there = table.part_names().into_iter().any(|it| *it == own);
    if is_there && table.column(&own).is_none() {
        return reject(if inherit.is_some() { "NOT NULL constraint" } else { "foreign key" });
    }
    found_or(ctx, table, "constraint", (name, false))
}

/// Drops an index, or a key that is one, where the table alone says which is meant.
pub(super) fn drop_index(ctx: &mut Ctx, edit: &mut Edit, name: &Ident, if_exists: bool) -> Outcome {
    let own = ctx.part_name(name);
    let place = ctx.place(name.span);
    if ctx.is_mysql() && own.key() == "primary" && edit.table.primary_key.is_some() {
        let key = edit.table.primary_key.as_ref().map(|it| it.name.clone());
        return drop_key(ctx, edit, &key.unwrap_or(own), (place, false)).map(|_| ());
    }
    if edit.table.uniques.iter().any(|it| it.name == own) {
        return drop_key(ctx, edit, &own, (place, false)).map(|_| ());
    }
    let found = index(ctx, &mut edit.table, &own);
    if found {
        edit.dropped_keys.push((own, place));
    }
    found_or(ctx, &edit.table, "index", (name, found || if_exists))
}

/// Takes an index off the table; returns whether it was there.
pub(super) fn index(ctx: &mut Ctx, table: &mut Table, name: &Name) -> bool {
    let found = remove(&mut table.indexes, |it| it.name == *name);
    if found {
        storage::follow_index(table, name, None);
        ctx.forget_index(table, name);
    }
    found
}

fn drop_any(ctx: &mut Ctx, edit: &mut Edit, name: &Ident, cascade: bool) -> Outcome<bool> {
    let own = ctx.part_name(name);
    family::refuse_inherited(ctx, &edit.table, name, "constraint")?;
    let table = &mut edit.table;
    // MariaDB drops one behind a column with the column alone.
    let behind = table.column(&own).filter(|_| ctx.is_mariadb()).map(|it| it.name.clone());
    let is_meant =
        |it: &Check| it.name == own && !behind.as_ref().is_some_and(|own| it.is_behind(own));
    let mut found = remove(&mut table.checks, is_meant);
    found = found || remove(&mut table.foreign_keys, |it| it.name == own);
    let place = ctx.place(name.span);
    if !found && remove(&mut table.exclusions, |it| it.name == own) {
        ctx.forget_index(table, &own);
        found = true;
    }
    found = found || drop_key(ctx, edit, &own, (place, cascade))?;
    if !found && let Some(it) = ctx.dialect.find_not_null(&edit.table, &own) {
        let column = it.name.clone();
        not_null::drop(ctx, &mut edit.table, &column, place)?;
        found = true;
    }
    if !found && ctx.is_mysql() {
        found = index(ctx, &mut edit.table, &own);
        edit.dropped_keys.extend(found.then_some((own, place)));
    }
    Ok(found)
}

/// Drops the primary key or a unique constraint; foreign keys that rest on it keep it, or go with CASCADE.
fn drop_key(
    ctx: &mut Ctx,
    edit: &mut Edit,
    name: &Name,
    (place, cascade): (Place, bool),
) -> Outcome<bool> {
    let id = Id::part::<PrimaryKey>(edit.table.name.clone(), name.clone());
    // Those of PostgreSQL that show more than they group by.
    let users = if ctx.is_postgres() { ctx.users_of(&id) } else { Vec::new() };
    if let Some(user) = users.first().filter(|_| !cascade) {
        let what = format!("constraint `{name}` of table `{}`", edit.table.name);
        let described = format!("{} `{user}`", user.kind.noun);
        let earlier = ctx.schema.find(user).and_then(|it| it.meta().place);
        return Err(Box::new(codes::still_referenced(&what, &described, place, earlier)));
    }
    if !users.is_empty() {
        edit.after.push(After::DropUsersOf(id));
    }
    let table = &mut edit.table;
    let columns = if let Some(key) = table.primary_key.take_if(|it| it.name == *name) {
        key.columns
    } else if let Some(at) = table.uniques.iter().position(|it| it.name == *name) {
        table.uniques.remove(at).columns
    } else {
        return Ok(false);
    };
    storage::follow_index(table, name, None);
    ctx.forget_index(table, name);
    if ctx.is_mysql() {
        edit.dropped_keys.push((name.clone(), place));
    } else if !table.is_unique(&columns) {
        if !cascade && let Some((user, user_place)) = resting_key(ctx, table, &columns) {
            let what = format!("constraint `{name}` of table `{}`", table.name);
            return Err(Box::new(codes::still_referenced(&what, &user, place, user_place)));
        }
        if cascade {
            let own = table.name.clone();
            table.foreign_keys.retain(|it| it.references != own || !same_set(&it.target, &columns));
            edit.after.push(After::DropForeignKeysTo(columns));
        }
    }
    Ok(true)
}

/// Returns a foreign key that refers to exactly these columns.
fn resting_key(ctx: &Ctx, table: &Table, columns: &[Name]) -> Option<(String, Option<Place>)> {
    let others = ctx.referrers(&table.name);
    others.chain([table]).flat_map(|it| it.foreign_keys.iter().map(move |key| (it, key))).find_map(
        |(owner, key)| {
            let rests = key.references == table.name && same_set(&key.target, columns);
            let user = format!("foreign key `{}` of table `{}`", key.name, owner.name);
            rests.then_some((user, key.meta.place))
        },
    )
}

fn same_set(a: &[Name], b: &[Name]) -> bool {
    a.len() == b.len() && a.iter().all(|it| b.contains(it))
}

/// Removes the first match; returns whether there was one.
fn remove<T>(list: &mut Vec<T>, is_meant: impl Fn(&T) -> bool) -> bool {
    let found = list.iter().position(is_meant);
    found.map(|at| list.remove(at)).is_some()
}

fn found_or(ctx: &Ctx, table: &Table, noun: &str, (name, found): (&Ident, bool)) -> Outcome {
    if found {
        return Ok(());
    }
    let parts = table.parts();
    let names = parts
        .iter()
        .filter(|(id, _)| id.kind.keyword != "column")
        .filter_map(|(id, _)| id.part.as_ref().map(Name::as_str));
    let (own, place) = (ctx.part_name(name), ctx.place(name.span));
    Err(Box::new(codes::missing_constraint(noun, &table.name, &own, place, names)))
}

impl Ctx<'_, '_> {
    /// Gives up the name of an index that goes.
    pub(super) fn forget_index(&mut self, table: &Table, name: &Name) {
        if !self.is_mysql() {
            self.relations.remove(&QName::new(table.name.schema.clone(), name.clone()));
        }
    }
}
