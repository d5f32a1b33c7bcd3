//! A database as it was, for what is undone: blocks that fail, and what an exception takes back.

use std::collections::BTreeSet;

use super::Rows;
use crate::{
    base::{Name, QName},
    dialect::Relations,
    model::{Id, Schema, Table},
    replay::ctx::Ctx,
};

/// Costs little: what nobody changes meanwhile is shared.
#[derive(Clone)]
pub(in crate::replay) struct Snapshot {
    schema: Schema,
    relations: Relations,
    partial: BTreeSet<QName>,
    path: Vec<Option<Name>>,
    said_path: (Vec<Option<Name>>, Option<usize>),
    rows: Rows,
}

impl Snapshot {
    pub(in crate::replay) fn take(ctx: &mut Ctx) -> Self {
        // What was not understood stays so.
        let unknowns = std::mem::take(&mut ctx.schema.unknowns);
        let schema = ctx.schema.clone();
        ctx.schema.unknowns = unknowns;
        Self {
            schema,
            relations: ctx.relations.clone(),
            partial: ctx.partial.clone(),
            path: ctx.path.clone(),
            said_path: ctx.said_path.clone(),
            rows: ctx.rows.clone(),
        }
    }

    /// Whether the schema is the very same.
    pub(super) fn is_now(&self, ctx: &Ctx) -> bool {
        self.schema.is_untouched(&ctx.schema) && self.path == ctx.path
    }

    pub(in crate::replay) fn restore(self, ctx: &mut Ctx) {
        let unknowns = std::mem::take(&mut ctx.schema.unknowns);
        let changed = self.schema.changed(&ctx.schema);
        ctx.schema = Schema { unknowns, ..self.schema };
        ctx.relations = self.relations;
        ctx.partial = self.partial;
        ctx.path = self.path;
        ctx.said_path = self.said_path;
        ctx.rows = self.rows;
        for id in &changed {
            index_anew(ctx, id);
        }
    }
}

/// What was renamed meanwhile is known by its new name: the index of users learns the old one again.
fn index_anew(ctx: &mut Ctx, id: &Id) {
    if let Some(table) = ctx.schema.tables.get(&id.owner).filter(|_| id.is::<Table>()) {
        let targets: Vec<QName> =
            table.foreign_keys.iter().map(|it| it.references.clone()).collect();
        for target in &targets {
            ctx.note_referrer(target, &id.owner);
        }
        ctx.note_table(&id.owner);
    }
    let parts = ctx.schema.parts_of(id).into_iter();
    let needy = parts.filter(|it| !it.1.meta().uses.is_empty()).map(|it| it.0);
    for id in needy.chain([id.clone()]).collect::<Vec<_>>() {
        ctx.note_needs(&id);
    }
}
