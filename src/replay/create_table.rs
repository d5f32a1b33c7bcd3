//! `CREATE TABLE`.

use std::collections::BTreeSet;

use super::{
    charset::{self, Said},
    codes,
    column::{self, Defined},
    constraint, copied,
    ctx::{Ctx, Outcome},
    drop, foreign_table, generated, inherit, key_target, like, mariadb_replace, modes,
    mysql_columns, mysql_partition, not_null, numbering, option, partition, sqlite_table, storage,
    table_as, temporary, typed_table, versioning, virtual_column, whole_table,
};
use crate::{
    base::{Name, QName, Span},
    dialect::postgres::parameters::Holder,
    model::{Column, Table, value::Show},
    sql::ast::{ColumnDef, ConstraintKind, CreateTable, IndexKey, TableConstraint},
};

pub(super) fn create(ctx: &mut Ctx, it: &CreateTable, span: Span) -> Outcome {
    let name = ctx.fresh_name(&it.name, it.temporary)?;
    if it.unlogged && ctx.is_temporary(&name) {
        let reason = "a temporary table is not unlogged besides";
        return Err(Box::new(codes::rejected(reason, ctx.place(it.name.span))));
    }
    if it.or_replace && it.if_not_exists {
        let reason = "OR REPLACE and IF NOT EXISTS exclude each other";
        return Err(Box::new(codes::rejected(reason, ctx.place(it.name.span))));
    }
    // A dump of SQLite holds `sqlite_sequence` like any other table.
    charset::check(ctx, &it.options)?;
    option::check(ctx, Holder::Table, &it.options)?;
    if it.or_replace && ctx.schema.tables.contains_key(&name) {
        mariadb_replace::check(ctx, it)?;
        drop::replace(ctx, &name, it.name.span)?;
    }
    if !ctx.transactions.is_open() && ctx.dropped_on_commit.contains(&name) {
        temporary::forget_of_transaction(ctx);
    }
    if let Some(home) = ctx.relations.home(&name).cloned() {
        return exists_already(ctx, it, &name, &home);
    }
    // The name is taken first: implicit indexes have to keep clear of it.
    ctx.relations.insert(name.clone(), name.clone());
    match build(ctx, it, &name, span) {
        Ok(mut table) => {
            sqlite_table::tell_apart(ctx, &mut table);
            if it.drops_on_commit {
                ctx.dropped_on_commit.push(name.clone());
            }
            ctx.failed.remove(&name);
            ctx.blame.settle(&table);
            ctx.schema.tables.insert(name.clone(), table);
            if it.as_query.is_some() {
                ctx.rows.lose(&name);
            }
            ctx.note_table(&name);
            it.likes.iter().for_each(|it| like::copy_statistics(ctx, &name, it));
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
    match fill(ctx, it, &mut table, span) {
        Ok(()) => Ok(table),
        Err(diagnostic) => Err(Box::new(Failure { table, diagnostic })),
    }
}

fn fill(ctx: &mut Ctx, it: &CreateTable, table: &mut Table, span: Span) -> Outcome {
    for option in &it.options {
        option::set(ctx, table, option)?;
    }
    option::complete(ctx, table);
    if let Some(it) = &it.foreign {
        foreign_table::set(ctx, table, it)?;
    }
    if it.partition_by.is_some() && it.unlogged {
        storage::refuse_unlogged(ctx, table, it.name.span)?;
    }
    charset::start(ctx, table, Said::of(&it.options))?;
    let copied = match &it.as_query {
        Some(query) if ctx.is_postgres() => table_as::columns(ctx, query, &it.columns)?,
        Some(query) => copied::columns(ctx, query)?,
        None => None,
    };
    if copied.is_none() {
        note_partial(ctx, it, table, span);
    }
    if let Some(clause) = it.partition.as_ref().filter(|_| ctx.is_mysql()) {
        if ctx.is_temporary(&table.name) {
            let reason = "a temporary table has no partitions";
            return Err(Box::new(codes::rejected(reason, ctx.place(clause.span))));
        }
        mysql_partition::set(ctx, table, clause)?;
    }
    if let Some(ty) = &it.of_type {
        typed_table::take_columns(ctx, table, ty)?;
    }
    let parents = inherit::parents(ctx, it, table)?;
    for (parent, span) in &parents {
        inherit::take_columns(ctx, table, parent, *span)?;
    }
    let only_names = it.as_query.is_some() && ctx.is_postgres();
    let mut constraints = if only_names { Vec::new() } else { columns(ctx, it, table)? };
    for column in copied.into_iter().flatten() {
        match table.column_mut(&column.name) {
            // A column that is declared as well keeps all but its comment, and in MariaDB that too.
            Some(own) if ctx.is_mysql() && !ctx.is_mariadb() => own.comment = column.comment,
            Some(_) => {}
            None => table.columns.push(column),
        }
    }
    for def in &it.columns {
        generated::settle(ctx, table, def)?;
    }
    constraints.extend(it.constraints.iter().cloned());
    constraints.sort_by_key(|it| (phase(ctx, it), it.span.start));
    if ctx.is_postgres() {
        merge_repeated(&mut constraints);
    }
    for (parent, span) in &parents {
        inherit::take_checks(ctx, table, parent, &|_| true, *span)?;
    }
    let n_checks = constraints.iter().filter(|it| phase(ctx, it) == 0).count();
    for it in &constraints[..n_checks] {
        constraint::add(ctx, table, it)?;
    }
    not_null::own_in_keys(ctx, table, &constraints);
    not_null::settle(ctx, table, None)?;
    if let (Some(_), [(parent, span)]) = (&it.partition_of, &parents[..])
        && it.foreign.is_none()
    {
        partition::take_parts(ctx, table, parent, &|_| true, *span)?;
    }
    for it in &constraints[n_checks..] {
        constraint::add(ctx, table, it)?;
    }
    mysql_columns::refuse_null(ctx, table, &it.columns)?;
    for like in &it.likes {
        like::copy_parts(ctx, table, like)?;
    }
    if let Some(by) = &it.partition_by {
        table.partition_by = Some(partition::read(ctx, table, by)?);
    }
    versioning::settle(table);
    ctx.dialect.settle_charsets(table);
    whole_table::check(ctx, table, it.name.span)?;
    if ctx.is_sqlite() {
        sqlite_table::check_loops(ctx, table, &|_| true, it.name.span)?;
    }
    modes::check_defaults(ctx, table, it.name.span)?;
    key_target::check_awaited(ctx, table, ctx.place(it.name.span))
}

/// Gives the table its columns in order; returns the constraints that are written with them.
fn columns<'a>(
    ctx: &mut Ctx,
    it: &CreateTable<'a>,
    table: &mut Table,
) -> Outcome<Vec<TableConstraint<'a>>> {
    let mut constraints = Vec::new();
    let mut written: BTreeSet<Name> = BTreeSet::new();
    for (at, def) in it.columns.iter().enumerate() {
        for like in it.likes.iter().filter(|it| it.at == at) {
            like::copy_columns(ctx, table, like)?;
        }
        let name = ctx.part_name(&def.name);
        let is_taken = |own: &&Column| own.inherited || it.of_type.is_some();
        let taken = table.column(&name).filter(|it| is_taken(it) && !written.contains(&name));
        let is_bare = def.ty.is_none() && (it.partition_of.is_some() || it.of_type.is_some());
        let defined = match taken.cloned() {
            Some(column) if is_bare => {
                column::refine(ctx, def, Defined { column, sequence: None, constraints: vec![] })?
            }
            _ if is_bare && !ctx.partial.contains(&table.name) => {
                return Err(ctx.missing_column(table, &name, def.name.span));
            }
            _ => column::read(ctx, def)?,
        };
        written.insert(name.clone());
        add_column(ctx, table, def, (&defined, is_bare))?;
        numbering::number(ctx, table, &name, defined.sequence.as_ref())?;
        constraints.extend(defined.constraints);
    }
    for like in it.likes.iter().filter(|like| like.at == it.columns.len()) {
        like::copy_columns(ctx, table, like)?;
    }
    Ok(constraints)
}

/// Adds a column, or what is its own of one that is inherited.
fn add_column(
    ctx: &Ctx,
    table: &mut Table,
    def: &ColumnDef,
    (defined, is_bare): (&Defined, bool),
) -> Outcome {
    let mut column = defined.column.clone();
    let name = table.name.clone();
    let place = ctx.place(def.name.span);
    if table.column(&column.name).is_none() {
        return column::push(ctx, table, column, place);
    }
    let Some(own) = table.column_mut(&column.name) else { return Ok(()) };
    if !own.inherited && !is_bare {
        let what = format!("column `{}` of table `{name}`", own.name);
        return Err(Box::new(codes::exists(&what, place, own.meta.place)));
    }
    inherit::same_type(ctx, &column, own, def.name.span)?;
    virtual_column::check_inherited(ctx, &column, own, def.name.span)?;
    if column.nullable && !own.nullable {
        column.not_null.clone_from(&own.not_null);
    }
    column.nullable &= own.nullable;
    column.inherited &= is_bare;
    if column.default.is_none() && column.generated.is_none() && column.identity.is_none() {
        column.default.clone_from(&own.default);
        column.generated.clone_from(&own.generated);
        column.meta.uses.extend(own.meta.uses.iter().cloned());
    }
    *own = column;
    Ok(())
}

/// Returns when the database adds a constraint; names are invented in this order.
fn phase(ctx: &Ctx, it: &TableConstraint) -> u8 {
    match it.kind {
        // PostgreSQL makes checks with the table itself and keys after it (DefineRelation, transformIndexConstraints).
        ConstraintKind::Check { .. } | ConstraintKind::NotNull(_) if ctx.is_postgres() => 0,
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
            let are_primary = is_primary(&it) && is_primary(other);
            columns.is_some()
                && !are_primary
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

fn is_primary(it: &TableConstraint) -> bool {
    matches!(it.kind, ConstraintKind::PrimaryKey { .. })
}

fn key_columns(it: &TableConstraint) -> Option<Vec<String>> {
    let columns = match &it.kind {
        ConstraintKind::PrimaryKey { columns, .. } => columns,
        ConstraintKind::Unique { columns, nulls_not_distinct: false, include, .. }
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
    } else if it.partition.is_some() && !ctx.is_mysql() {
        "partitions are not replayed yet"
    } else {
        return;
    };
    if ctx.is_temporary(&table.name) {
        ctx.partial.insert(table.name.clone());
        return;
    }
    let at = it.as_query.or(it.partition).map_or(span, |it| it.span);
    if it.as_query.is_some() || it.columns.is_empty() {
        ctx.partial.insert(table.name.clone());
    }
    ctx.not_understood(reason, at, Some(table.name.clone()));
}

/// The name is taken: an error, or a definition that IF NOT EXISTS skips.
fn exists_already(ctx: &mut Ctx, it: &CreateTable, name: &QName, home: &QName) -> Outcome {
    let (place, skips) = (ctx.place(it.name.span), it.if_not_exists);
    let Some(owner) = ctx.schema.tables.get(home).cloned() else {
        if let Some(it) = ctx.schema.sequences.get(home).filter(|_| ctx.is_mariadb()) {
            let taken = codes::exists(&format!("sequence `{name}`"), place, it.meta.place);
            return if skips { Ok(()) } else { Err(Box::new(taken)) };
        }
        let Some(view) = ctx.schema.views.get(home).filter(|_| !skips) else { return Ok(()) };
        return Err(Box::new(codes::exists(&format!("view `{name}`"), place, view.meta.place)));
    };
    let columns = it.columns.iter().map(|it| ctx.part_name(&it.name)).collect();
    if !it.if_not_exists {
        if home == name {
            ctx.blame.note_again(name, ctx.file, columns);
        }
        let earlier = constraint::part_place(&owner, &name.name).filter(|_| home != name);
        let earlier = earlier.or(owner.meta.place);
        let noun = if home == name { "table" } else { "relation" };
        return Err(Box::new(codes::exists(&format!("{noun} `{name}`"), place, earlier)));
    }
    mysql_columns::refuse_at_sight(ctx, &it.columns)?;
    // MySQL looks for the model all the same.
    if let Some(like) = it.likes.first().filter(|_| ctx.is_mysql()) {
        let model = ctx.table_meant(&like.table);
        if model == *name {
            let reason = format!("table `{name}` cannot be like itself");
            return Err(Box::new(codes::rejected(reason, ctx.place(like.table.span))));
        }
        if !ctx.is_mariadb() && !ctx.schema.tables.contains_key(&model) {
            return Err(ctx.missing_table(&like.table, &model));
        }
    }
    // The server reads the query all the same.
    if let Some(query) = &it.as_query {
        if ctx.is_postgres() {
            table_as::columns(ctx, query, &it.columns)?;
        } else if ctx.is_mysql() && !ctx.is_mariadb() {
            copied::columns(ctx, query)?;
        }
    }
    let differences = differences(ctx, it, &owner);
    if home == name && !differences.is_empty() {
        let (what, earlier) = (format!("table `{name}`"), owner.meta.place);
        ctx.blame.note_again(name, ctx.file, columns);
        ctx.blame.refuse(codes::skipped(&what, place, earlier, &differences));
    }
    Ok(())
}

/// Says how the columns that exist differ from those written.
fn differences(ctx: &mut Ctx, it: &CreateTable, existing: &Table) -> Vec<String> {
    let mut res = Vec::new();
    let (mut missing, mut written) = (Vec::new(), Vec::new());
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
    if !extra.is_empty() && it.as_query.is_none() && it.likes.is_empty() {
        res.push(format!("column {} beside those written", extra.join(", ")));
    }
    res
}
