//! A database as it was, for what is undone: blocks that fail, and what an exception takes back.

use std::collections::BTreeSet;

use crate::{
    base::{Name, QName},
    dialect::Relations,
    model::Schema,
    replay::ctx::Ctx,
};

/// Costs little: what nobody changes meanwhile is shared.
pub(super) struct Snapshot {
    schema: Schema,
    temporary: BTreeSet<QName>,
    partial: BTreeSet<QName>,
    path: Vec<Option<Name>>,
}

impl Snapshot {
    pub(super) fn take(ctx: &mut Ctx) -> Self {
        // What was not understood stays so.
        let unknowns = std::mem::take(&mut ctx.schema.unknowns);
        let schema = ctx.schema.clone();
        ctx.schema.unknowns = unknowns;
        Self {
            schema,
            temporary: ctx.temporary.clone(),
            partial: ctx.partial.clone(),
            path: ctx.path.clone(),
        }
    }

    /// Whether the schema is the very same.
    pub(super) fn is_now(&self, ctx: &Ctx) -> bool {
        self.schema.is_untouched(&ctx.schema)
            && self.temporary == ctx.temporary
            && self.path == ctx.path
    }

    pub(super) fn restore(self, ctx: &mut Ctx) {
        let unknowns = std::mem::take(&mut ctx.schema.unknowns);
        ctx.schema = Schema { unknowns, ..self.schema };
        ctx.relations = Relations::of(ctx.dialect, &ctx.schema);
        ctx.temporary = self.temporary;
        ctx.partial = self.partial;
        ctx.path = self.path;
        index_anew(ctx);
    }
}

/// What was renamed meanwhile is known by its new name: the index of users learns the old ones again.
fn index_anew(ctx: &mut Ctx) {
    let names: Vec<QName> = ctx.schema.tables.keys().cloned().collect();
    for name in &names {
        ctx.note_table(name);
        let keys = ctx.schema.tables.get(name).into_iter().flat_map(|it| &it.foreign_keys);
        let targets: Vec<QName> = keys.map(|it| it.references.clone()).collect();
        for target in &targets {
            ctx.note_referrer(target, name);
        }
    }
    let objects = ctx.schema.objects().into_iter();
    let needy = objects.filter(|(id, it)| id.part.is_none() || !it.meta().uses.is_empty());
    let ids: Vec<_> = needy.map(|it| it.0).collect();
    for id in &ids {
        ctx.note_needs(id);
    }
}
