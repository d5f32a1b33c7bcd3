//! Statements that keep relations well: those have to be there, and of the right kind.

use super::{
    codes,
    ctx::{Ctx, Outcome},
    family, index, run, sqlite_names, storage,
};
use crate::{
    base::{QName, Span},
    model::Table,
    sql::ast::{ObjectName, Upkeep, UpkeepKind},
};

/// Returns whether the statement reads or writes rows.
pub(super) fn is_data(it: &Upkeep) -> bool {
    matches!(it.kind, UpkeepKind::MaterializedView | UpkeepKind::Table)
}

pub(super) fn check(ctx: &mut Ctx, it: &Upkeep, text: &str) -> Outcome {
    if ctx.is_sqlite() {
        return it.relations.iter().try_for_each(|name| sqlite_names::check_upkept(ctx, name));
    }
    for name in &it.relations {
        check_one(ctx, it.kind, name)?;
    }
    if let ([name], true) = (&it.relations[..], it.clusters) {
        match &it.cluster_on {
            Some(index) => storage::cluster(ctx, name, index)?,
            None => storage::cluster_again(ctx, name)?,
        }
    }
    if it.kind == UpkeepKind::Table && !it.cascade {
        refuse_emptied(ctx, &it.relations)?;
    }
    if is_data(it) {
        let _ = run::note_rows(ctx, text);
    }
    Ok(())
}

/// Refuses to empty tables that others refer to which keep their rows
/// (<https://www.postgresql.org/docs/current/sql-truncate.html>, <https://dev.mysql.com/doc/refman/8.4/en/truncate-table.html>).
pub(super) fn refuse_emptied(ctx: &Ctx, written: &[ObjectName]) -> Outcome {
    let mut names: Vec<QName> = written.iter().map(|it| ctx.table_meant(it)).collect();
    let found = family::with_children(ctx, &mut names, true);
    debug_assert!(found.is_ok(), "all of them go along");
    let place =
        |at: usize| written.get(at).or(written.last()).map_or(Span::default(), |it| it.span);
    for (at, name) in names.iter().enumerate() {
        let mut others = ctx.referrers(name).filter(|it| !names.contains(&it.name));
        let refers = |it: &Table| it.foreign_keys.iter().any(|it| it.references == *name);
        if let Some(other) = others.find(|it| refers(it)) {
            let reason =
                format!("table `{name}` cannot be emptied: table `{}` refers to it", other.name);
            return Err(Box::new(codes::rejected(reason, ctx.place(place(at)))));
        }
    }
    Ok(())
}

fn check_one(ctx: &Ctx, kind: UpkeepKind, written: &ObjectName) -> Outcome {
    let schema = written.schema.as_ref().map_or(&*written.name.text, |it| &*it.text);
    if schema.starts_with("pg_") || schema == "information_schema" {
        return Ok(());
    }
    if kind == UpkeepKind::Index {
        let is_there =
            index::home(ctx, written).is_some() || ctx.has_relation(&ctx.new_name(written));
        return if is_there { Ok(()) } else { Err(index::missing(ctx, written)) };
    }
    let name = ctx.meant(written, |it| ctx.has_relation(it));
    if !ctx.has_relation(&name) {
        return if ctx.is_foreign(&name) { Ok(()) } else { Err(ctx.missing_table(written, &name)) };
    }
    let is_other = match kind {
        UpkeepKind::Table => ctx.schema.views.contains_key(&name),
        UpkeepKind::MaterializedView => ctx.schema.tables.contains_key(&name),
        _ => false,
    };
    if !is_other {
        return Ok(());
    }
    let noun = if kind == UpkeepKind::Table { "table" } else { "materialized view" };
    Err(Box::new(codes::rejected(format!("`{name}` is no {noun}"), ctx.place(written.span))))
}
