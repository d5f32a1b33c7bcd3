//! `DROP COLUMN`: what goes along with a column, and what keeps it.

use super::{
    alter_table::{After, Edit},
    codes,
    ctx::{Ctx, Outcome},
    partition, sequence, storage,
};
use crate::{
    base::{Name, Place},
    model::{Check, Exclusion, Index, IndexKey, Kind, Table, Trigger, Unique},
    sql::ast::Ident,
};

/// `flags` are IF EXISTS and CASCADE.
pub(super) fn drop(
    ctx: &mut Ctx,
    edit: &mut Edit,
    ident: &Ident,
    (if_exists, cascade): (bool, bool),
) -> Outcome {
    let name = ctx.part_name(ident);
    if edit.table.column(&name).is_none() {
        let missing = ctx.missing_column(&edit.table, &name, ident.span);
        return if if_exists { Ok(()) } else { Err(missing) };
    }
    if partition::cuts(&edit.table, &name) {
        let reason = format!("column `{name}` cuts table `{}` into partitions", edit.table.name);
        return Err(Box::new(codes::rejected(reason, ctx.place(ident.span))));
    }
    if edit.table.columns.len() == 1 && ctx.is_sqlite() {
        let reason = format!("table `{}` would have no column left", edit.table.name);
        return Err(Box::new(codes::rejected(reason, ctx.place(ident.span))));
    }
    if let Some((user, place)) = needed_by(ctx, &edit.table, &name, &edit.redefined) {
        if !(ctx.is_postgres() && cascade) {
            let what = format!("column `{name}` of table `{}`", edit.table.name);
            let own = ctx.place(ident.span);
            return Err(Box::new(codes::still_referenced(&what, &user, own, place)));
        }
        edit.after.push(After::DropForeignKeysTo(vec![name.clone()]));
    }
    if ctx.is_postgres() {
        drop_with_parts(ctx, edit, &name);
    } else if ctx.is_mysql() {
        edit.dropped_columns.push((name.clone(), ctx.place(ident.span)));
        shrink_keys(&mut edit.table, &name);
        edit.table.checks.retain(|it| !(ctx.is_mariadb() && it.is_behind(&name)));
    } else {
        let column = edit.table.column(&name).and_then(|it| it.meta.place);
        edit.table.checks.retain(|it| !it.meta.is_behind(column));
        edit.table.foreign_keys.retain(|it| !it.meta.is_behind(column));
    }
    take_away(ctx, edit, &name);
    Ok(())
}

/// Takes a column of PostgreSQL away with all parts of the table that involve it.
pub(super) fn cascade(ctx: &mut Ctx, edit: &mut Edit, name: &Name) {
    edit.after.push(After::DropForeignKeysTo(vec![name.clone()]));
    drop_with_parts(ctx, edit, name);
    take_away(ctx, edit, name);
}

fn take_away(ctx: &mut Ctx, edit: &mut Edit, name: &Name) {
    let own = edit.table.name.clone();
    let gone = edit.table.column(name).and_then(|it| ctx.dialect.sequence_name_of(&own, it));
    if let Some(sequence) = gone {
        ctx.relations.remove(&sequence);
    }
    sequence::drop_owned(ctx, |it| it.0 == own && it.1 == *name);
    edit.table.columns.retain(|it| it.name != *name);
    if let Some(grants) = &mut edit.table.access.grants {
        grants.rename_column(name, None);
    }
}

/// Refuses to leave a column that is made from one that went.
pub(super) fn check_left(ctx: &Ctx, edit: &Edit) -> Outcome {
    for (name, place) in &edit.dropped_columns {
        if edit.table.column(name).is_some() {
            continue;
        }
        if let Some(it) = made_from(ctx, &edit.table, name).next() {
            let what = format!("column `{name}` of table `{}`", edit.table.name);
            let user = format!("generated column `{}`", it.name);
            return Err(Box::new(codes::still_referenced(&what, &user, *place, it.meta.place)));
        }
    }
    Ok(())
}

/// Returns the other columns that are made from one.
pub(super) fn made_from<'t>(
    ctx: &Ctx,
    table: &'t Table,
    name: &'t Name,
) -> impl Iterator<Item = &'t crate::model::Column> {
    let dialect = ctx.dialect;
    table.columns.iter().filter(move |it| {
        it.name != *name && it.generated.as_ref().is_some_and(|it| dialect.uses(&it.expr, name))
    })
}

/// Returns what keeps the column, and where it was written; `redefined` are made from something else in a moment.
fn needed_by(
    ctx: &Ctx,
    table: &Table,
    name: &Name,
    redefined: &[Name],
) -> Option<(String, Option<Place>)> {
    // MariaDB looks at the table that all actions make.
    let mut generated = made_from(ctx, table, name).filter(|it| !redefined.contains(&it.name));
    if let Some(it) = generated.next().filter(|_| !ctx.is_mariadb()) {
        return Some((format!("generated column `{}`", it.name), it.meta.place));
    }
    let own = if ctx.is_sqlite() {
        needed_in_sqlite(ctx, table, name)
    } else if ctx.is_mysql() {
        needed_in_mysql(ctx, table, name)
    } else {
        let trigger = table.triggers.iter().find(|it| is_run_on(ctx, it, name));
        let exclusion = table.exclusions.iter().find(|it| only_computes_with(ctx, it, name));
        let trigger = trigger.map(|it| (format!("trigger `{}`", it.name), it.meta.place));
        trigger.or_else(|| {
            exclusion.map(|it| (format!("exclusion constraint `{}`", it.name), it.meta.place))
        })
    };
    own.or_else(|| own_key(ctx, table, name)).or_else(|| referring_key(ctx, table, name))
}

/// Returns whether the trigger is made for the column, or its condition mentions it.
pub(super) fn is_run_on(ctx: &Ctx, trigger: &Trigger, name: &Name) -> bool {
    let condition = trigger.condition.as_ref();
    trigger.columns.contains(name) || condition.is_some_and(|it| ctx.dialect.uses(it, name))
}

/// Returns a foreign key of the table itself to the column, which does not go with it by itself.
fn own_key(ctx: &Ctx, table: &Table, name: &Name) -> Option<(String, Option<Place>)> {
    let mut keys = table.foreign_keys.iter().filter(|it| it.references == table.name);
    let key = keys.find(|it| it.target.contains(name) && !it.columns.contains(name))?;
    let user = format!("foreign key `{}`", key.name);
    ctx.is_postgres().then_some((user, key.meta.place))
}

/// Returns a foreign key of another table to the column; only columns of keys can have any.
fn referring_key(ctx: &Ctx, table: &Table, name: &Name) -> Option<(String, Option<Place>)> {
    let in_key = table.primary_key.as_ref().is_some_and(|it| it.columns.contains(name))
        || table.uniques.iter().any(|it| it.columns.contains(name))
        || table.indexes.iter().any(|it| it.mentions(name));
    if ctx.is_sqlite() || !in_key || (ctx.is_mysql() && !ctx.checks_keys) {
        return None;
    }
    let others = ctx.referrers(&table.name);
    others.flat_map(|it| it.foreign_keys.iter().map(move |key| (it, key))).find_map(
        |(owner, key)| {
            let refers = key.references == table.name && key.target.contains(name);
            let user = format!("foreign key `{}` of table `{}`", key.name, owner.name);
            refers.then_some((user, key.meta.place))
        },
    )
}

/// <https://www.sqlite.org/lang_altertable.html#altertabdropcol>
fn needed_in_sqlite(ctx: &Ctx, table: &Table, name: &Name) -> Option<(String, Option<Place>)> {
    if let Some(key) = table.primary_key.as_ref().filter(|it| it.columns.contains(name)) {
        return Some(("the primary key".to_owned(), key.meta.place));
    }
    let has = |columns: &[Name]| columns.contains(name);
    if let Some(it) = table.uniques.iter().find(|it| has(&it.columns)) {
        return Some(("a unique constraint".to_owned(), it.meta.place));
    }
    if let Some(it) = table.indexes.iter().find(|it| involves(ctx, it, name)) {
        return Some((format!("index `{}`", it.name), it.meta.place));
    }
    // Constraints written behind the column go with it.
    let column = table.column(name).and_then(|it| it.meta.place);
    let mut checks = table.checks.iter().filter(|it| !it.meta.is_behind(column));
    if let Some(it) = checks.find(|it| has(&it.columns)) {
        return Some(("a check constraint".to_owned(), it.meta.place));
    }
    let mut keys = table.foreign_keys.iter().filter(|it| !it.meta.is_behind(column));
    keys.find(|it| has(&it.columns)).map(|it| ("a foreign key".to_owned(), it.meta.place))
}

fn needed_in_mysql(ctx: &Ctx, table: &Table, name: &Name) -> Option<(String, Option<Place>)> {
    if let Some(it) = table.foreign_keys.iter().find(|it| it.columns.contains(name)) {
        return Some((format!("foreign key `{}`", it.name), it.meta.place));
    }
    let is_computed = |it: &&Index| it.exprs().iter().any(|it| ctx.dialect.uses(it, name));
    if let Some(it) = table.indexes.iter().find(is_computed) {
        return Some((format!("index `{}`", it.name), it.meta.place));
    }
    let several = |columns: &[Name]| columns.len() > 1 && columns.contains(name);
    let goes_along = |it: &Check| ctx.is_mariadb() && it.is_behind(name);
    let mut checks = table.checks.iter().filter(|it| !goes_along(it));
    if let Some(it) = checks.find(|it| several(&it.columns)) {
        return Some((format!("check constraint `{}`", it.name), it.meta.place));
    }
    // https://mariadb.com/kb/en/alter-table/#drop-column
    let primary = table.primary_key.as_ref().filter(|it| ctx.is_mariadb() && several(&it.columns));
    if let Some(key) = primary {
        return Some(("the primary key".to_owned(), key.meta.place));
    }
    let unique = table.uniques.iter().find(|it| ctx.is_mariadb() && several(&it.columns));
    let unique = unique.map(|it| (format!("unique constraint `{}`", it.name), it.meta.place));
    let holds =
        |it: &&Index| ctx.is_mariadb() && it.unique && it.columns.len() > 1 && it.mentions(name);
    let index = || table.indexes.iter().find(holds);
    unique.or_else(|| index().map(|it| (format!("unique index `{}`", it.name), it.meta.place)))
}

/// PostgreSQL drops every constraint and index that involves the column.
fn drop_with_parts(ctx: &mut Ctx, edit: &mut Edit, name: &Name) {
    let table = &mut edit.table;
    let mut gone: Vec<Name> = Vec::new();
    if let Some(key) = table.primary_key.take_if(|it| it.columns.contains(name)) {
        gone.push(key.name);
    }
    let holds = |it: &mut Unique| it.columns.contains(name) || it.include.contains(name);
    gone.extend(table.uniques.extract_if(.., holds).map(|it| it.name));
    let involved = |it: &mut Index| involves(ctx, it, name);
    gone.extend(table.indexes.extract_if(.., involved).map(|it| it.name));
    let excluded = |it: &mut Exclusion| excludes(ctx, it, name);
    gone.extend(table.exclusions.extract_if(.., excluded).map(|it| it.name));
    let own = table.name.clone();
    table.checks.retain(|it| !it.columns.contains(name));
    table.foreign_keys.retain(|it| {
        !(it.columns.contains(name) || it.references == own && it.target.contains(name))
    });
    table.triggers.retain(|it| !is_run_on(ctx, it, name));
    for index in gone {
        storage::follow_index(&mut edit.table, &index, None);
        ctx.forget_index(&edit.table, &index);
    }
    // Reached with CASCADE only.
    let made: Vec<Name> = made_from(ctx, &edit.table, name).map(|it| it.name.clone()).collect();
    for name in made {
        cascade(ctx, edit, &name);
    }
}

/// MySQL takes the column out of every key; a key without columns goes
/// (<https://dev.mysql.com/doc/refman/8.4/en/alter-table.html>).
fn shrink_keys(table: &mut Table, name: &Name) {
    if let Some(key) = &mut table.primary_key {
        key.columns.retain(|it| it != name);
    }
    table.primary_key.take_if(|it| it.columns.is_empty());
    for key in &mut table.uniques {
        key.columns.retain(|it| it != name);
    }
    table.uniques.retain(|it| !it.columns.is_empty());
    for index in &mut table.indexes {
        index.columns.retain(|it| !matches!(&it.key, IndexKey::Column(own) if own == name));
    }
    table.indexes.retain(|it| !it.columns.is_empty());
    table.checks.retain(|it| !it.columns.contains(name));
}

/// Returns whether an exclusion constraint involves the column and does not hold it as such: it is the index that rests
/// on the column then, and an index keeps its constraint (`findDependentObjects` of PostgreSQL).
fn only_computes_with(ctx: &Ctx, it: &Exclusion, name: &Name) -> bool {
    let holds = it.include.contains(name)
        || it.keys.iter().any(|it| matches!(&it.key, IndexKey::Column(own) if own == name));
    !holds && excludes(ctx, it, name)
}

fn excludes(ctx: &Ctx, it: &Exclusion, name: &Name) -> bool {
    let base = Index::new(it.name.clone(), it.keys.clone());
    let (include, condition) = (it.include.clone(), it.condition.clone());
    involves(ctx, &Index { include, condition, ..base }, name)
}

fn involves(ctx: &Ctx, index: &Index, name: &Name) -> bool {
    index.mentions(name)
        || index.condition.as_ref().is_some_and(|it| ctx.dialect.uses(it, name))
        || index
            .columns
            .iter()
            .any(|it| matches!(&it.key, IndexKey::Expr(expr) if ctx.dialect.uses(expr, name)))
}
