//! `DROP … RESTRICT | CASCADE` of objects of any kind
//! (<https://www.postgresql.org/docs/current/ddl-depend.html>).

use std::collections::BTreeSet;

use super::{
    alter_table::{Edit, commit},
    codes,
    ctx::{Ctx, Outcome},
    drop, drop_column, extension,
};
use crate::{
    base::{QName, Span},
    diag::Diagnostic,
    dialect::needs,
    model::{
        Column, ColumnType, CompositeType, EnumType, Id, MaterializedView, Namespace, Publication,
        Statistics, Table, Verbatim, View,
    },
};

/// Drops the objects; what needs them keeps them, or goes along with CASCADE.
pub(super) fn drop_objects(ctx: &mut Ctx, ids: &[Id], cascade: bool, span: Span) -> Outcome {
    let mut gone: BTreeSet<Id> = ids.iter().cloned().collect();
    let mut queue: Vec<Id> = ids.to_vec();
    let mut order: Vec<Id> = Vec::new();
    while let Some(id) = queue.pop() {
        let computed = computed(ctx, &id);
        for user in ctx.users_of(&id).into_iter().chain(computed) {
            if gone.contains(&user) || is_inside(&user, &gone) {
                continue;
            }
            if !cascade && !goes_along(&user, &id) {
                return Err(kept(ctx, &id, &user, span));
            }
            if falls(ctx, &user, &id) {
                gone.insert(user.clone());
                queue.push(user);
            }
        }
        order.push(id);
    }
    let (tables, others): (Vec<Id>, Vec<Id>) = order.into_iter().partition(Id::is::<Table>);
    let tables: Vec<_> = tables.into_iter().map(|it| it.owner).collect();
    drop::forget_tables(ctx, &tables);
    for id in others {
        forget_names(ctx, &id);
        if id.is::<Column>() && ctx.is_postgres() {
            drop_column(ctx, &id);
        } else {
            ctx.schema.remove(&id);
        }
    }
    Ok(())
}

/// Returns the columns of the table that are computed from the column.
fn computed(ctx: &Ctx, id: &Id) -> Vec<Id> {
    let table = ctx.schema.tables.get(&id.owner).filter(|_| id.is::<Column>());
    let Some((table, name)) = table.zip(id.part.as_ref()) else { return Vec::new() };
    let made = drop_column::made_from(ctx, table, name);
    made.map(|it| Id::part::<Column>(id.owner.clone(), it.name.clone())).collect()
}

/// Takes a column away with what its table computes from it.
fn drop_column(ctx: &mut Ctx, id: &Id) {
    let Some(table) = ctx.schema.tables.get(&id.owner) else { return };
    let Some(name) = id.part.as_ref().filter(|it| table.column(it).is_some()) else { return };
    let mut edit = Edit::new(table.clone());
    drop_column::cascade(ctx, &mut edit, name);
    commit(ctx, edit);
}

/// Gives up the names that a view and its indexes have among relations.
fn forget_names(ctx: &mut Ctx, id: &Id) {
    if !id.is::<View>() && !id.is::<MaterializedView>() {
        return;
    }
    let view = ctx.schema.materialized_views.get(&id.owner);
    let indexes: Vec<_> =
        view.into_iter().flat_map(|it| &it.indexes).map(|it| it.name.clone()).collect();
    for index in indexes {
        ctx.relations.remove(&QName::new(id.owner.schema.clone(), index));
    }
    ctx.relations.remove(&id.owner);
    ctx.partial.remove(&id.owner);
}

/// Returns whether the object's owner goes anyhow.
fn is_inside(user: &Id, gone: &BTreeSet<Id>) -> bool {
    user.part.is_some()
        && gone.iter().any(|it| it.part.is_none() && it.owner == user.owner && !it.kind.part)
}

/// Returns whether the user goes with what it needs even without CASCADE: a part with its table, a class with its family.
fn goes_along(user: &Id, need: &Id) -> bool {
    let follows = user.is::<Publication>() || user.is::<Statistics>();
    if follows && (need.is::<Table>() || need.is::<Namespace>()) {
        return true;
    }
    let is = |it: &Id, what: &str| it.is::<Verbatim>() && it.owner.name.as_str().starts_with(what);
    if is(user, "operator class ") && is(need, "operator family ") {
        return true;
    }
    user.part.is_some() && need.part.is_none() && user.owner == need.owner
}

/// Takes away of the user what needs the object; returns whether that is all of it.
pub(super) fn falls(ctx: &mut Ctx, user: &Id, need: &Id) -> bool {
    if let Some(it) = ctx.schema.publications.get_mut(user.name())
        && user.is::<Publication>()
    {
        // A table goes with a column that it is published by.
        let goes = need.is::<Table>() || need.is::<Column>();
        it.tables.retain(|it| !goes || it.name != need.owner);
        it.schemas.retain(|it| !need.is::<Namespace>() || it != need.name());
        return false;
    }
    if let Some(it) = ctx.schema.composites.get_mut(&user.owner)
        && user.is::<CompositeType>()
    {
        let collation = collation_of(need);
        it.attributes.retain(|it| collation.is_none() || it.collate.as_deref() != collation);
        let goes = |it: &ColumnType| {
            let own = it.user.as_ref();
            own == Some(&need.owner)
                || own.is_some_and(|it| Verbatim::type_key(it) == need.owner)
                || extension::brings_type(need, it)
        };
        it.attributes.retain(|it| !goes(&it.ty));
        return need.is::<Namespace>();
    }
    if !user.is::<Column>() {
        return true;
    }
    let Some(column) = user
        .part
        .as_ref()
        .and_then(|name| ctx.schema.tables.get_mut(&user.owner)?.column_mut(name))
    else {
        return true;
    };
    // A default is an object of its own to the server, which the column survives.
    let is_type = column.ty.user.as_ref() == Some(&need.owner)
        || column.ty.user.as_ref().is_some_and(|it| Verbatim::type_key(it) == need.owner)
        || extension::brings_type(need, &column.ty);
    let collation = collation_of(need);
    let is_collation = collation.is_some() && column.collate.as_deref() == collation;
    if is_type || is_collation || column.generated.is_some() {
        return true;
    }
    column.default = None;
    column.meta.uses.retain(|it| it != need);
    false
}

/// Returns the name of the collation that the identity is of.
pub(super) fn collation_of(id: &Id) -> Option<&str> {
    id.owner.name.as_str().strip_prefix("collation ").filter(|_| id.is::<Verbatim>())
}

fn kept(ctx: &Ctx, id: &Id, user: &Id, span: Span) -> Box<Diagnostic> {
    let place = ctx.schema.find(user).and_then(|it| it.meta().place);
    Box::new(codes::still_referenced(&named(ctx, id), &named(ctx, user), ctx.place(span), place))
}

/// Returns the object in words: a column of a table, a type.
pub(super) fn named(ctx: &Ctx, id: &Id) -> String {
    let noun = if id.is::<EnumType>() { "type" } else { id.kind.noun };
    let own = format!(
        "{noun} `{}`",
        id.part.as_ref().map_or_else(|| id.owner.to_string(), ToString::to_string)
    );
    match needs::owner(&ctx.schema, id).filter(|_| id.part.is_some()) {
        Some(owner) => format!("{own} of {} `{}`", owner.kind.noun, owner.owner),
        None => own,
    }
}
