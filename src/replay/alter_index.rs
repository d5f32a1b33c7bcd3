//! PostgreSQL's `ALTER INDEX`, but for its renaming.

use super::{
    codes,
    ctx::{Ctx, Outcome},
    index, option,
};
use crate::{
    base::{Name, QName},
    dialect::postgres::parameters::Holder,
    model::{Index, IndexColumn, IndexKey, Table},
    sql::ast::{AlterIndex, IndexChange, ObjectName},
};

pub(super) fn alter(ctx: &mut Ctx, it: &AlterIndex) -> Outcome {
    let Some((table, own)) = index::home(ctx, &it.name) else {
        return if it.if_exists { Ok(()) } else { Err(index::missing(ctx, &it.name)) };
    };
    let indexes = ctx.schema.tables.get(&table).map(|it| &it.indexes);
    let index = indexes.into_iter().flatten().find(|it| it.name == own);
    let place = ctx.place(it.name.span);
    let settings: Vec<(String, Option<String>)> = match &it.change {
        IndexChange::AttachPartition(child) => {
            let is_cut = ctx.schema.tables.get(&table).is_some_and(|it| it.partition_by.is_some());
            if !is_cut {
                let reason = format!("index `{own}` is not of a partitioned table");
                return Err(Box::new(codes::rejected(reason, place)));
            }
            return attach(ctx, (&table, &own), child);
        }
        IndexChange::Options(options) => {
            let method = index.and_then(|it| it.method.as_deref()).unwrap_or("btree");
            option::check_stated(ctx, Holder::Index(method), options, it.name.span)?;
            options.clone()
        }
        IndexChange::Statistics { column, value } => {
            let key = index.and_then(|it| it.columns.get(column.checked_sub(1)?));
            if index.is_some() && !key.is_some_and(|it| matches!(it.key, IndexKey::Expr(_))) {
                let reason = format!("part {column} of index `{own}` is no expression");
                return Err(Box::new(codes::rejected(reason, place)));
            }
            vec![(format!("statistics_{column}"), value.clone())]
        }
        IndexChange::NoEffect => return Ok(()),
    };
    let Some(table) = ctx.schema.tables.get_mut(&table) else { return Ok(()) };
    let indexes = table.indexes.iter_mut().map(|it| (&it.name, &mut it.options));
    let uniques = table.uniques.iter_mut().map(|it| (&it.name, &mut it.options));
    let keys = table.primary_key.iter_mut().map(|it| (&it.name, &mut it.options));
    let Some((_, options)) = indexes.chain(uniques).chain(keys).find(|it| *it.0 == own) else {
        return Ok(());
    };
    option::apply(options, &settings);
    Ok(())
}

/// `ATTACH PARTITION`: the index becomes a part of that of the partitioned table.
fn attach(ctx: &mut Ctx, (of, parent): (&QName, &Name), child: &ObjectName) -> Outcome {
    let Some((table, own)) = index::home(ctx, child) else {
        return Err(index::missing(ctx, child));
    };
    let tables = &ctx.schema.tables;
    let is_part = tables.get(&table).and_then(|it| it.partition_of.as_ref());
    if is_part.is_none_or(|it| it.parent != *of) {
        let reason = format!("index `{own}` is not of a partition of `{of}`");
        return Err(Box::new(codes::rejected(reason, ctx.place(child.span))));
    }
    let find = |of: &QName, name: &Name| {
        tables.get(of).and_then(|it| it.indexes.iter().find(|it| it.name == *name))
    };
    if let (Some(above), Some(below)) = (find(of, parent), find(&table, &own))
        && !is_alike(above, below)
    {
        let reason = format!("index `{own}` is defined in another way than `{parent}`");
        return Err(Box::new(codes::rejected(reason, ctx.place(child.span))));
    }
    let Some(table) = ctx.schema.tables.get_mut(&table) else { return Ok(()) };
    let is_other = |it: (&Name, &mut Option<Name>)| *it.0 != own && it.1.as_ref() == Some(parent);
    if attachments(table).any(is_other) {
        let reason = format!("another index of `{}` is a part of `{parent}`", table.name);
        return Err(Box::new(codes::rejected(reason, ctx.place(child.span))));
    }
    let Some(attached) = attachment(table, &own) else { return Ok(()) };
    if attached.as_ref().is_some_and(|it| it != parent) {
        let reason = format!("index `{own}` is a part of another index already");
        return Err(Box::new(codes::rejected(reason, ctx.place(child.span))));
    }
    *attached = Some(parent.clone());
    Ok(())
}

/// In which order keys stand does not matter (`CompareIndexInfo` of PostgreSQL).
fn is_alike(a: &Index, b: &Index) -> bool {
    let key = |it: &IndexColumn| (it.key.clone(), it.opclass.clone(), it.collate.clone());
    a.unique == b.unique
        && a.method == b.method
        && a.condition == b.condition
        && a.columns.len() == b.columns.len()
        && a.columns.iter().zip(&b.columns).all(|(a, b)| key(a) == key(b))
}

fn attachment<'t>(table: &'t mut Table, name: &Name) -> Option<&'t mut Option<Name>> {
    attachments(table).find(|it| it.0 == name).map(|it| it.1)
}

/// Returns the name of each index and key, and what it is attached to.
fn attachments(table: &mut Table) -> impl Iterator<Item = (&Name, &mut Option<Name>)> {
    let indexes = table.indexes.iter_mut().map(|it: &mut Index| (&it.name, &mut it.attached_to));
    let uniques = table.uniques.iter_mut().map(|it| (&it.name, &mut it.attached_to));
    let keys = table.primary_key.iter_mut().map(|it| (&it.name, &mut it.attached_to));
    let exclusions = table.exclusions.iter_mut().map(|it| (&it.name, &mut it.attached_to));
    indexes.chain(uniques).chain(keys).chain(exclusions)
}
