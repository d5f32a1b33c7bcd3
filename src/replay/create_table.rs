//! `CREATE TABLE`.

use super::{
    charset::{self, Said},
    codes, column, constraint,
    ctx::{Ctx, Outcome},
    drop, like, option,
};
use crate::{
    base::{QName, Span},
    model::{Table, value::Show},
    sql::ast::{ConstraintKind, CreateTable, IndexKey, TableConstraint},
};

pub(super) fn create(ctx: &mut Ctx, it: &CreateTable, span: Span) -> Outcome {
    let name = ctx.new_name(&it.name);
    // A dump of SQLite holds `sqlite_sequence` like any other table.
    if it.temporary || ctx.dialect.is_own_table(name.name.as_str()) {
        ctx.temporary.insert(name);
        return Ok(());
    }
    if it.or_replace && ctx.schema.tables.contains_key(&name) {
        drop::forget_tables(ctx, std::slice::from_ref(&name));
    }
    if let Some(home) = ctx.relations.home(&name).cloned() {
        return exists_already(ctx, it, &name, &home);
    }
    // The name is taken first: implicit indexes have to keep clear of it.
    ctx.relations.insert(name.clone(), name.clone());
    match build(ctx, it, &name, span) {
        Ok(table) => {
            ctx.temporary.remove(&name);
            ctx.failed.remove(&name);
            ctx.blame.settle(&table);
            ctx.schema.tables.insert(name.clone(), table);
            ctx.note_table(&name);
            Ok(())
        }
        Err(failure) => {
            let Failure { table, diagnostic } = *failure;
            ctx.relations.remove_table(ctx.dialect, &table);
            ctx.partial.remove(&name);
            ctx.failed.insert(name, ctx.place(it.name.span));
            Err(diagnostic)
        }
    }
}

/// A table that could not be made: the names it took have to be given back.
struct Failure {
    table: Table,
    diagnostic: Box<crate::diag::Diagnostic>,
}

fn build(ctx: &mut Ctx, it: &CreateTable, name: &QName, span: Span) -> Result<Table, Box<Failure>> {
    let mut table = Table::new(name.clone());
    table.meta = ctx.meta(it.name.name.span);
    table.unlogged = it.unlogged;
    for option in &it.options {
        option::set(ctx, &mut table, option);
    }
    option::complete(ctx, &mut table);
    match fill(ctx, it, &mut table, span) {
        Ok(()) => Ok(table),
        Err(diagnostic) => Err(Box::new(Failure { table, diagnostic })),
    }
}

fn fill(ctx: &mut Ctx, it: &CreateTable, table: &mut Table, span: Span) -> Outcome {
    charset::start(ctx, table, Said::of(&it.options))?;
    note_partial(ctx, it, table, span);
    if let Some(model) = &it.like {
        like::copy(ctx, table, model, &it.options)?;
    }
    let mut constraints: Vec<TableConstraint> = Vec::new();
    for def in &it.columns {
        let defined = column::read(ctx, def)?;
        if let Some(earlier) = table.column(&defined.column.name) {
            let what = format!("column `{}` of table `{}`", earlier.name, table.name);
            let place = ctx.place(def.name.span);
            return Err(Box::new(codes::exists(&what, place, earlier.meta.place)));
        }
        table.columns.push(defined.column);
        constraints.extend(defined.constraints);
    }
    constraints.extend(it.constraints.iter().cloned());
    constraints.sort_by_key(|it| (phase(ctx, it), it.span.start));
    if ctx.is_postgres() {
        merge_repeated(&mut constraints);
    }
    for it in &constraints {
        constraint::add(ctx, table, it)?;
    }
    ctx.dialect.settle_charsets(table);
    Ok(())
}

/// Returns when the database adds a constraint; names are invented in this order.
fn phase(ctx: &Ctx, it: &TableConstraint) -> u8 {
    match it.kind {
        // PostgreSQL makes checks with the table itself and keys after it (DefineRelation, transformIndexConstraints).
        ConstraintKind::Check { .. } if ctx.is_postgres() => 0,
        ConstraintKind::PrimaryKey { .. } | ConstraintKind::UsingIndex { primary: true, .. } => 1,
        ConstraintKind::Check { .. } => 3,
        ConstraintKind::ForeignKey { .. } => 4,
        _ => 2,
    }
}

/// PostgreSQL makes one index of keys on the same columns (transformIndexConstraints): the first one stays.
fn merge_repeated(constraints: &mut Vec<TableConstraint>) {
    let mut kept: Vec<TableConstraint> = Vec::new();
    for it in constraints.drain(..) {
        let columns = key_columns(&it);
        let same = |other: &&mut TableConstraint| {
            columns.is_some()
                && key_columns(other) == columns
                && other.deferrable == it.deferrable
                && other.initially_deferred == it.initially_deferred
        };
        match kept.iter_mut().find(same) {
            Some(first) if first.name.is_none() => first.name.clone_from(&it.name),
            Some(_) => {}
            None => kept.push(it),
        }
    }
    *constraints = kept;
}

fn key_columns(it: &TableConstraint) -> Option<Vec<String>> {
    let columns = match &it.kind {
        ConstraintKind::PrimaryKey { columns } => columns,
        ConstraintKind::Unique { columns, nulls_not_distinct: false, include }
            if include.is_empty() =>
        {
            columns
        }
        _ => return None,
    };
    columns
        .iter()
        .map(|it| match &it.key {
            IndexKey::Column(name) => Some(name.text.to_string()),
            IndexKey::Expression(_) => None,
        })
        .collect()
}

/// Records what of a table cannot be known.
fn note_partial(ctx: &mut Ctx, it: &CreateTable, table: &Table, span: Span) {
    let reason = if it.as_query.is_some() {
        "the columns of a table made by a query are not known"
    } else if it.inherits.is_some() {
        "inheritance is not replayed yet"
    } else if it.partition.is_some() {
        "partitions are not replayed yet"
    } else {
        return;
    };
    let at = it.as_query.or(it.inherits).or(it.partition).map_or(span, |it| it.span);
    if it.as_query.is_some() || it.inherits.is_some() || it.columns.is_empty() {
        ctx.partial.insert(table.name.clone());
    }
    ctx.not_understood(reason, at, Some(table.name.clone()));
}

/// The name is taken: an error, or a definition that IF NOT EXISTS skips.
fn exists_already(ctx: &mut Ctx, it: &CreateTable, name: &QName, home: &QName) -> Outcome {
    let place = ctx.place(it.name.span);
    let Some(owner) = ctx.schema.tables.get(home).cloned() else { return Ok(()) };
    if !it.if_not_exists {
        let earlier = constraint::part_place(&owner, &name.name).filter(|_| home != name);
        let earlier = earlier.or(owner.meta.place);
        let noun = if home == name { "table" } else { "relation" };
        return Err(Box::new(codes::exists(&format!("{noun} `{name}`"), place, earlier)));
    }
    let differences = differences(ctx, it, &owner);
    if home == name && !differences.is_empty() {
        let (what, earlier) = (format!("table `{name}`"), owner.meta.place);
        ctx.sink.push(codes::skipped(&what, place, earlier, &differences));
    }
    Ok(())
}

/// Says how the columns that exist differ from those written.
fn differences(ctx: &mut Ctx, it: &CreateTable, existing: &Table) -> Vec<String> {
    let mut res = Vec::new();
    let mut missing = Vec::new();
    let mut written = Vec::new();
    for def in &it.columns {
        let name = ctx.part_name(&def.name);
        let ty = def.ty.as_ref().and_then(|it| column::read_type(ctx, it).ok());
        match existing.column(&name) {
            None => missing.push(format!("`{name}`")),
            Some(column) => {
                let other = ty.filter(|it| *it != column.ty && &*column.ty.name != "json");
                res.extend(other.map(|it| {
                    format!("column `{name}` is {}, not {}", column.ty.show(), it.show())
                }));
            }
        }
        written.push(name);
    }
    if !missing.is_empty() {
        res.insert(0, format!("no column {}", missing.join(", ")));
    }
    let extra = existing.columns.iter().filter(|it| !written.contains(&it.name));
    let extra: Vec<String> = extra.map(|it| format!("`{}`", it.name)).collect();
    if !extra.is_empty() && it.as_query.is_none() && it.like.is_none() {
        res.push(format!("column {} beside those written", extra.join(", ")));
    }
    res
}
