//! Exclusion constraints.

use super::{
    codes,
    column::deferral,
    constraint::{add_part, naming},
    ctx::{Ctx, Outcome},
    index, index_key,
};
use crate::{
    base::Name,
    dialect::{Part, bind::World},
    model::{Exclusion, IndexColumn, Meta, Table},
    sql::{
        ast::{ExclusionDef, Sql, TableConstraint},
        bind::Catalog,
    },
};

pub(super) fn add(
    ctx: &mut Ctx,
    table: &mut Table,
    it: &TableConstraint,
    def: &ExclusionDef,
) -> Outcome {
    let read = index::read(ctx, table, &def.index, Name::exact(""), Meta::default())?;
    for (key, written) in read.columns.iter().zip(&def.operators) {
        check_operator(ctx, table, key, written)?;
    }
    let (name, mut meta) = naming(ctx, it);
    meta.uses = read.meta.uses;
    let exclusion = Exclusion {
        name,
        method: read.method.unwrap_or_else(|| "btree".to_owned()),
        keys: read.columns,
        operators: def.operators.iter().map(|it| operator(it.text)).collect(),
        include: read.include,
        condition: read.condition,
        deferral: deferral(it.deferrable, it.initially_deferred),
        attached_to: None,
        options: read.options,
        comment: None,
        meta,
    };
    add_part(ctx, table, Part::Exclusion(exclusion), it.span)
}

/// Refuses an operator that values of the key are not compared by.
fn check_operator(ctx: &Ctx, table: &Table, key: &IndexColumn, written: &Sql) -> Outcome {
    let own = operator(written.text);
    let Some(ty) = index_key::type_of(ctx, table, &key.key) else { return Ok(()) };
    let shown = ty.shown();
    let lacks = |world: &World| world.lacks_operator(&own, Some(&shown), Some(&shown));
    if !ctx.in_world(lacks) {
        return Ok(());
    }
    let reason = format!("there is no operator `{own}` for `{ty}` and `{ty}`");
    Err(Box::new(codes::rejected(reason, ctx.place(written.span))))
}

/// Returns the operator's own name, which is all that servers show where it is found without its schema.
fn operator(text: &str) -> String {
    let text = text.trim();
    let own = text.rsplit_once('.').map_or(text, |it| it.1);
    own.trim().to_owned()
}
