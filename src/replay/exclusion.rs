//! Exclusion constraints.

use super::{
    column::deferral,
    constraint::{add_part, naming},
    ctx::{Ctx, Outcome},
    index,
};
use crate::{
    base::Name,
    dialect::Part,
    model::{Exclusion, Meta, Table},
    sql::ast::{ExclusionDef, TableConstraint},
};

pub(super) fn add(
    ctx: &mut Ctx,
    table: &mut Table,
    it: &TableConstraint,
    def: &ExclusionDef,
) -> Outcome {
    let read = index::read(ctx, table, &def.index, Name::exact(""), Meta::default())?;
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

/// Returns the operator's own name, which is all that servers show where it is found without its schema.
fn operator(text: &str) -> String {
    let text = text.trim();
    let own = text.rsplit_once('.').map_or(text, |it| it.1);
    own.trim().to_owned()
}
