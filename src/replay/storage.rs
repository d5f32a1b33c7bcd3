//! Which rows replicas are told of, and in which order rows lie.

use super::{
    codes,
    ctx::{Ctx, Outcome},
    foreign_key, publication, sequence,
};
use crate::{
    base::{Name, Span},
    model::{self, Deferral, Table},
    sql::ast::{AlterKind, Ident, ObjectName, ReplicaIdentity},
};

/// Runs `REPLICA IDENTITY` and `CLUSTER ON`.
pub(super) fn set(ctx: &Ctx, table: &mut Table, kind: &AlterKind) -> Outcome {
    match kind {
        AlterKind::ReplicaIdentity(it) => {
            table.replica_identity = match it {
                ReplicaIdentity::Default => model::ReplicaIdentity::Default,
                ReplicaIdentity::Full => model::ReplicaIdentity::Full,
                ReplicaIdentity::Nothing => model::ReplicaIdentity::Nothing,
                ReplicaIdentity::Index(name) => {
                    let own = known_index(ctx, table, name)?;
                    if let Some(what) = unfit(table, &own) {
                        let reason = format!("index `{own}` {what}: it tells no rows apart");
                        return Err(Box::new(codes::rejected(reason, ctx.place(name.span))));
                    }
                    model::ReplicaIdentity::Index(own)
                }
            };
        }
        AlterKind::ClusterOn(Some(name)) => table.cluster_on = Some(known_index(ctx, table, name)?),
        AlterKind::ClusterOn(None) => table.cluster_on = None,
        _ => {}
    }
    Ok(())
}

/// `CLUSTER table USING index`
pub(super) fn cluster(ctx: &mut Ctx, written: &ObjectName, index: &Ident) -> Outcome {
    let name = ctx.table_meant(written);
    let Some(table) = ctx.schema.tables.get(&name) else { return Ok(()) };
    let index = known_index(ctx, table, index)?;
    if let Some(table) = ctx.schema.tables.get_mut(&name) {
        table.cluster_on = Some(index);
    }
    Ok(())
}

/// `CLUSTER table`, by the index that it was clustered on before
/// (<https://www.postgresql.org/docs/current/sql-cluster.html>).
pub(super) fn cluster_again(ctx: &Ctx, written: &ObjectName) -> Outcome {
    let name = ctx.table_meant(written);
    let table = ctx.schema.tables.get(&name).filter(|it| it.cluster_on.is_none());
    if table.is_none() {
        return Ok(());
    }
    let reason = format!("table `{name}` has been clustered on no index before");
    Err(Box::new(codes::rejected(reason, ctx.place(written.span))))
}

/// Returns why an index is no identity of rows
/// (<https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-REPLICA-IDENTITY>).
fn unfit(table: &Table, name: &Name) -> Option<&'static str> {
    let may_be_null = |it: &Name| table.column(it).is_some_and(|it| it.nullable);
    if let Some(key) = table.primary_key.as_ref().filter(|it| it.name == *name) {
        return (key.deferral != Deferral::NotDeferrable).then_some("is deferrable");
    }
    if let Some(key) = table.uniques.iter().find(|it| it.name == *name) {
        return match () {
            () if key.deferral != Deferral::NotDeferrable => Some("is deferrable"),
            () if key.columns.iter().any(may_be_null) => Some("may hold NULL"),
            () => None,
        };
    }
    let index = table.indexes.iter().find(|it| it.name == *name)?;
    let columns = index.plain_columns();
    match () {
        () if !index.unique => Some("is not unique"),
        () if index.condition.is_some() => Some("holds some rows"),
        () if columns.is_none() => Some("holds expressions"),
        () if columns.is_some_and(|it| it.into_iter().any(may_be_null)) => Some("may hold NULL"),
        () => None,
    }
}

fn known_index(ctx: &Ctx, table: &Table, ident: &Ident) -> Outcome<Name> {
    let name = ctx.part_name(ident);
    let keys = table.primary_key.iter().map(|it| &it.name);
    let uniques = table.uniques.iter().map(|it| &it.name);
    let all: Vec<&Name> =
        table.indexes.iter().map(|it| &it.name).chain(uniques).chain(keys).collect();
    if all.contains(&&name) {
        return Ok(name);
    }
    let place = ctx.place(ident.span);
    let names = all.into_iter().map(Name::as_str);
    Err(Box::new(codes::missing_constraint("index", &table.name, &name, place, names)))
}

/// An index of the table has another name, or none any more.
pub(super) fn follow_index(table: &mut Table, from: &Name, to: Option<&Name>) {
    if table.cluster_on.as_ref() == Some(from) {
        table.cluster_on = to.cloned();
    }
    if table.replica_identity == model::ReplicaIdentity::Index(from.clone()) {
        table.replica_identity = match to {
            Some(to) => model::ReplicaIdentity::Index(to.clone()),
            None => model::ReplicaIdentity::Nothing,
        };
    }
}

/// `SET LOGGED` and `SET UNLOGGED`.
pub(super) fn set_unlogged(
    ctx: &mut Ctx,
    table: &mut Table,
    unlogged: bool,
    span: Span,
) -> Outcome {
    if table.partition_by.is_some() && ctx.is_postgres() {
        // Older servers pass over it.
        return refuse_unlogged(ctx, table, span);
    }
    foreign_key::check_logged(ctx, table, unlogged, span)?;
    if unlogged {
        publication::refuse_published(ctx, &table.name, span)?;
    }
    table.unlogged = unlogged;
    sequence::follow_logging(ctx, table);
    Ok(())
}

/// Refuses to say of a partitioned table whether it is logged, where the server does.
pub(super) fn refuse_unlogged(ctx: &Ctx, table: &Table, span: Span) -> Outcome {
    if !ctx.dialect.logs_partitioned() {
        return Ok(());
    }
    let reason = format!("table `{}` is partitioned, and holds no rows to log", table.name);
    Err(Box::new(codes::rejected(reason, ctx.place(span))))
}
