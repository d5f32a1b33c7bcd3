//! Which rows replicas are told of, and in which order rows lie.

use super::{
    codes,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::Name,
    model::{self, Table},
    sql::ast::{AlterKind, Ident, ReplicaIdentity},
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
                    model::ReplicaIdentity::Index(known_index(ctx, table, name)?)
                }
            };
        }
        AlterKind::ClusterOn(Some(name)) => table.cluster_on = Some(known_index(ctx, table, name)?),
        AlterKind::ClusterOn(None) => table.cluster_on = None,
        _ => {}
    }
    Ok(())
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
