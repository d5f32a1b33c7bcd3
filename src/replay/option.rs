//! Table options: engine, storage parameters.

use std::collections::BTreeMap;

use super::{
    codes,
    column::non_empty,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::{Place, Span},
    dialect::postgres::parameters::{Holder, fault},
    model::{Column, Table},
    sql::ast::TableOption,
};

/// Refuses storage parameters that PostgreSQL does not have there.
pub(super) fn check(ctx: &Ctx, of: Holder, options: &[TableOption]) -> Outcome {
    let each = options.iter().map(|it| (it.key.as_str(), &*it.value, it.span));
    check_each(ctx, of, each)
}

/// Refuses such changes of storage parameters; what is taken back need not be there.
pub(super) fn check_stated(
    ctx: &Ctx,
    of: Holder,
    stated: &[(String, Option<String>)],
    span: Span,
) -> Outcome {
    let given = stated.iter().filter_map(|it| Some((it.0.as_str(), it.1.as_deref()?, span)));
    check_each(ctx, of, given)
}

/// Refuses storage parameters of a partitioned table, which stores nothing.
pub(super) fn refuse_cut(ctx: &Ctx, table: &Table, option: &TableOption) -> Outcome {
    let is_other = matches!(option.key.as_str(), "using" | "tablespace");
    if table.partition_by.is_none() || !ctx.is_postgres() || is_other {
        return Ok(());
    }
    let reason = format!("table `{}` is partitioned, and has no storage parameters", table.name);
    Err(Box::new(codes::rejected(reason, ctx.place(option.span))))
}

fn check_each<'o>(
    ctx: &Ctx,
    of: Holder,
    mut options: impl Iterator<Item = (&'o str, &'o str, Span)>,
) -> Outcome {
    let is_other = |key: &str| matches!(key, "using" | "tablespace");
    let found = options.find_map(|(key, value, span)| {
        let reason = fault(of, key, value).filter(|_| ctx.is_postgres() && !is_other(key))?;
        Some((reason, span))
    });
    found.map_or(Ok(()), |(reason, span)| Err(Box::new(codes::rejected(reason, ctx.place(span)))))
}

pub(super) fn set(ctx: &Ctx, table: &mut Table, option: &TableOption) -> Outcome {
    match option.key.as_str() {
        "comment" => table.comment = non_empty(&option.value),
        // Where the numbering stands is data.
        "auto_increment" => {}
        "engine" => set_engine(ctx, table, option)?,
        key if ctx.is_mysql() && ctx.dialect.lacks_option(key) => {
            let reason = format!("{} has no table option `{key}`", ctx.dialect.title);
            return Err(Box::new(codes::rejected(reason, ctx.place(option.span))));
        }
        key if ctx.is_mysql() && ctx.dialect.unsays_option(key, &option.value) => {
            table.options.remove(&key.replace(' ', "_"));
        }
        // Both are looked at together.
        "collate" | "charset" if ctx.is_mysql() => {}
        key if is_usual(key, &option.value) => {
            table.options.remove(key);
        }
        key => {
            let value = if option.value.is_empty() { "true" } else { &option.value };
            table.options.insert(key.replace(' ', "_"), value.to_owned());
        }
    }
    Ok(())
}

/// Gives the table an engine; one that no server has is refused, or passed over where the session's mode says so.
fn set_engine(ctx: &Ctx, table: &mut Table, option: &TableOption) -> Outcome {
    match ctx.dialect.engine(&option.value) {
        Some(engine) => {
            table.options.insert("engine".to_owned(), engine.to_owned());
        }
        None if ctx.modes.refuses_other_engine() => {
            let reason = format!("{} has no engine `{}`", ctx.dialect.title, option.value);
            return Err(Box::new(codes::rejected(reason, ctx.place(option.span))));
        }
        None => {}
    }
    Ok(())
}

/// Sets what is said of a column; the storage that is usual for its type goes without saying.
pub(super) fn set_column(
    ctx: &Ctx,
    column: &mut Column,
    stated: &[(String, Option<String>)],
    place: Place,
) -> Outcome {
    if !ctx.is_postgres() {
        apply(&mut column.settings, stated);
        return Ok(());
    }
    check_column(ctx, column, stated, place)?;
    apply(&mut column.settings, stated);
    let usual = ctx.dialect.usual_storage(&column.ty);
    column.settings.retain(|key, it| key != "storage" || Some(it.as_str()) != usual);
    Ok(())
}

/// Refuses what cannot be said of a column's storage.
fn check_column(
    ctx: &Ctx,
    column: &Column,
    stated: &[(String, Option<String>)],
    place: Place,
) -> Outcome {
    let is_fixed = ctx.dialect.usual_storage(&column.ty) == Some("plain");
    let refused = stated.iter().find(|(key, value)| match (key.as_str(), value.as_deref()) {
        ("storage", Some("plain")) => false,
        ("storage", Some(it)) => is_fixed || !["external", "extended", "main"].contains(&it),
        ("compression", Some(it)) => is_fixed || !["pglz", "lz4"].contains(&it),
        ("statistics" | "storage" | "compression" | "n_distinct" | "n_distinct_inherited", _) => {
            false
        }
        (_, value) => value.is_some(),
    });
    refused.map_or(Ok(()), |(key, value)| {
        let value = value.as_deref().unwrap_or_default();
        let reason =
            format!("column `{}` of type {} takes no `{key} {value}`", column.name, column.ty);
        Err(Box::new(codes::rejected(reason, place)))
    })
}

/// Sets what is stated; what has no value goes.
pub(super) fn apply(options: &mut BTreeMap<String, String>, stated: &[(String, Option<String>)]) {
    for (key, value) in stated {
        match value.as_ref().filter(|it| !is_usual(key, it)) {
            Some(value) => options.insert(key.clone(), value.clone()),
            None => options.remove(key),
        };
    }
}

/// Returns the storage parameters of an index.
pub(super) fn parameters(options: &[TableOption]) -> BTreeMap<String, String> {
    let unusual = options.iter().filter(|it| !is_usual(&it.key, &it.value));
    unusual.map(|it| (it.key.clone(), it.value.to_string())).collect()
}

/// What goes without saying
/// (<https://www.postgresql.org/docs/current/manage-ag-tablespaces.html>).
fn is_usual(key: &str, value: &str) -> bool {
    matches!((key, value), ("tablespace", "pg_default") | ("using", "heap"))
}

/// Gives a new table the options that the server adds to those written.
pub(super) fn complete(ctx: &Ctx, table: &mut Table) {
    for (key, value) in ctx.dialect.server_options {
        table.options.entry((*key).to_owned()).or_insert_with(|| (*value).to_owned());
    }
}
