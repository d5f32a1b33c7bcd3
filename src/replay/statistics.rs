//! Extended statistics (<https://www.postgresql.org/docs/current/sql-createstatistics.html>).

use super::{
    alter_table::{After, Edit},
    calls::OwnExpr,
    cascade, codes,
    ctx::{Ctx, Outcome},
    extension, virtual_column,
};
use crate::{
    base::{Name, QName, Span},
    dialect::postgres::spots,
    model::{Access, Expr, Id, Meta, Statistics, Table},
    sql::ast::{AlterStatistics, CreateStatistics, Drop, ObjectName, StatisticsChange},
};

pub(super) fn create(ctx: &mut Ctx, it: &CreateStatistics) -> Outcome {
    let table_name = ctx.table_meant(&it.table);
    let Some(table) = ctx.schema.tables.get(&table_name).cloned() else {
        return Err(ctx.missing_table(&it.table, &table_name));
    };
    let name = match &it.name {
        Some(written) => ctx.made_name(written)?,
        None => free_name(ctx, &table.name, it.keys.iter().map(|it| it.text)),
    };
    if let Some(existing) = ctx.schema.statistics.get(&name) {
        if it.if_not_exists {
            return Ok(());
        }
        let place = ctx.place(it.name.as_ref().map_or(it.table.span, |it| it.span));
        let what = format!("statistics `{name}`");
        return Err(Box::new(codes::exists(&what, place, existing.meta.place)));
    }
    let mut columns = Vec::new();
    let mut exprs = Vec::new();
    let mut needs = Vec::new();
    for key in &it.keys {
        let OwnExpr { expr, uses, mentions } = ctx.own_expr(key, &table, &spots::STATISTICS)?;
        let mut named = mentions.iter().filter_map(|it| table.column(&it.0));
        if let Some(column) = named.find(|it| virtual_column::is_virtual(ctx, it)) {
            return virtual_column::refuse(column, "have statistics", ctx.place(key.span));
        }
        needs.extend(uses);
        let is_column = table.columns.iter().any(|it| {
            ctx.dialect.ident(&it.name) == *expr.text() || it.name.as_str() == expr.text()
        });
        if is_column { columns.push(expr) } else { exprs.push(expr) }
    }
    let repeats = (1..columns.len()).any(|at| columns[..at].contains(&columns[at]));
    if repeats || columns.len() == 1 && exprs.is_empty() {
        let reason = "statistics are of several columns, each named once";
        return Err(Box::new(codes::rejected(reason, ctx.place(it.table.span))));
    }
    // The catalog keeps columns in their table's order, expressions behind them.
    columns.sort_by_key(|key| table.columns.iter().position(|it| it.name.as_str() == key.text()));
    let mut kinds = it.kinds.clone();
    kinds.sort();
    if kinds.is_empty() && !(columns.is_empty() && exprs.len() == 1) {
        kinds = ["dependencies", "mcv", "ndistinct"].map(str::to_owned).to_vec();
    }
    let meta = ctx.meta(it.name.as_ref().map_or(it.table.span, |it| it.span));
    let meta = Meta { uses: needs, ..meta };
    let keys = columns.into_iter().chain(exprs).collect();
    let access = Access::default();
    let new = Statistics {
        name: name.clone(),
        table: table_name,
        kinds,
        keys,
        access,
        comment: None,
        meta,
    };
    ctx.schema.statistics.insert(name.clone(), new);
    ctx.note_needs(&Id::of::<Statistics>(name));
    Ok(())
}

pub(super) fn alter(ctx: &mut Ctx, it: &AlterStatistics) -> Outcome {
    let Some(name) = find(ctx, &it.name) else {
        return if it.if_exists { Ok(()) } else { Err(missing(ctx, &it.name)) };
    };
    let to = match &it.change {
        StatisticsChange::RenameTo(to) => QName::new(name.schema.clone(), ctx.table_name(to)),
        StatisticsChange::SetSchema(schema) => {
            QName::new(extension::known_schema(ctx, schema)?, name.name.clone())
        }
        StatisticsChange::Target(_) => return Ok(()),
    };
    let moves = matches!(it.change, StatisticsChange::SetSchema(_));
    if !(moves && to == name) && ctx.schema.statistics.contains_key(&to) {
        let what = format!("statistics `{to}`");
        return Err(Box::new(codes::exists(&what, ctx.place(it.name.span), None)));
    }
    rename(ctx, &name, &to);
    Ok(())
}

pub(super) fn rename(ctx: &mut Ctx, from: &QName, to: &QName) {
    let Some(mut found) = ctx.schema.statistics.remove(from) else { return };
    found.name = to.clone();
    ctx.schema.statistics.insert(to.clone(), found);
    let (old, new) = (Id::of::<Statistics>(from.clone()), Id::of::<Statistics>(to.clone()));
    ctx.rename_needs(&old, &new);
}

pub(super) fn drop(ctx: &mut Ctx, it: &Drop) -> Outcome {
    for written in &it.names {
        match find(ctx, written) {
            Some(name) => {
                let id = Id::of::<Statistics>(name);
                cascade::drop_objects(ctx, &[id], it.cascade, written.span)?;
            }
            None if it.if_exists => {}
            None => return Err(missing(ctx, written)),
        }
    }
    Ok(())
}

/// Statistics go with any of their columns.
pub(super) fn leave(ctx: &mut Ctx, edit: &Edit) {
    let Some(before) = ctx.schema.tables.get(&edit.table.name).filter(|_| ctx.is_postgres()) else {
        return;
    };
    let is_renamed = |name: &Name| {
        let mut after = edit.after.iter();
        after.any(|it| matches!(it, After::RenameColumn { from, .. } if from == name))
    };
    let goes = |it: &&Name| edit.table.column(it).is_none() && !is_renamed(it);
    let gone: Vec<&Name> = before.columns.iter().map(|it| &it.name).filter(goes).collect();
    if gone.is_empty() {
        return;
    }
    let has_lost = |it: &Id| {
        let own = ctx.schema.statistics.get(&it.owner).filter(|_| it.is::<Statistics>());
        let mut keys = own.into_iter().flat_map(|it| &it.keys);
        keys.any(|key| gone.iter().any(|it| ctx.dialect.uses(key, it)))
    };
    let table = Id::of::<Table>(edit.table.name.clone());
    let lost: Vec<Id> = ctx.users_of(&table).into_iter().filter(has_lost).collect();
    if !lost.is_empty() {
        let dropped = cascade::drop_objects(ctx, &lost, true, Span::default());
        debug_assert!(dropped.is_ok(), "nothing rests on statistics");
    }
}

fn find(ctx: &Ctx, written: &ObjectName) -> Option<QName> {
    let own = ctx.table_name(&written.name);
    let mut places: Vec<Option<Name>> = ctx.path.clone();
    if written.schema.is_some() {
        places = vec![ctx.new_name(written).schema];
    }
    let names = places.into_iter().map(|it| QName::new(it, own.clone()));
    names.into_iter().find(|it| ctx.schema.statistics.contains_key(it))
}

/// Gives a table that is there by now the statistics of another one.
pub(super) fn copy(ctx: &mut Ctx, table: &QName, model: &QName, comments: bool) {
    let all = ctx.schema.statistics.values().filter(|it| it.table == *model);
    let copies: Vec<Statistics> = all.cloned().collect();
    for it in copies {
        let name = free_name(ctx, table, it.keys.iter().map(Expr::text));
        let new = Statistics {
            name: name.clone(),
            table: table.clone(),
            access: Access::default(),
            comment: it.comment.filter(|_| comments),
            ..it
        };
        ctx.schema.statistics.insert(name.clone(), new);
        ctx.note_needs(&Id::of::<Statistics>(name));
    }
}

/// The server joins the names with `_` and numbers what is taken: `t_a_b_stat`.
fn free_name<'k>(ctx: &Ctx, table: &QName, keys: impl Iterator<Item = &'k str>) -> QName {
    let key = |it: &'k str| {
        let is_word = it.chars().all(|it| it.is_alphanumeric() || it == '_');
        if is_word { it } else { "expr" }
    };
    let keys: Vec<&str> = keys.map(key).collect();
    let first = format!("{}_{}_stat", table.name, keys.join("_"));
    let numbered = (1..).map(|it| format!("{first}{it}"));
    let names = std::iter::once(first.clone()).chain(numbered);
    names
        .map(|it| QName::new(table.schema.clone(), ctx.dialect.table_name(&it)))
        .find(|it| !ctx.schema.statistics.contains_key(it))
        .expect("one of the numbers is free")
}

fn missing(ctx: &Ctx, written: &ObjectName) -> Box<crate::diag::Diagnostic> {
    let name = ctx.new_name(written);
    Box::new(codes::missing_relation("statistics", &name, ctx.place(written.span), None))
}
