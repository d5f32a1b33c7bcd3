//! Columns and the sequences that number them: how they become one, part, and follow each other.

use super::{
    codes,
    ctx::{Ctx, Outcome},
    sequence::{Home, follow, move_to},
    sequence_options::apply_fresh,
};
use crate::{
    base::{Name, QName, Span},
    dialect::sequence::can_be_serial,
    model::{Column, Id, Identity, Sequence, Table},
    sql::ast::SequenceOptions,
};

/// Gives a new column of a draft the sequence that numbers it.
pub(super) fn number(
    ctx: &mut Ctx,
    table: &mut Table,
    column: &Name,
    options: Option<&SequenceOptions>,
) -> Outcome {
    let own = table.name.clone();
    let Some(found) = table.column_mut(column) else { return Ok(()) };
    if !ctx.dialect.is_numbered(found) {
        return Ok(());
    }
    let name = match options.and_then(|it| it.name.as_ref()) {
        Some(written) => {
            let name = ctx.new_name(written);
            if ctx.relations.home(&name).is_some() {
                let (what, place) = (format!("relation `{name}`"), ctx.place(written.span));
                return Err(Box::new(codes::exists(&what, place, None)));
            }
            name
        }
        None => ctx.dialect.sequence_name(&ctx.relations, &own, column),
    };
    let mut sequence = ctx.dialect.new_sequence(name.clone(), found.ty.clone());
    sequence.access.grants = Some(ctx.first_sequence_grants(&name));
    if let Some(options) = options {
        apply_fresh(ctx, &mut sequence, options)?;
    }
    found.sequence = Some(Box::new(sequence));
    ctx.dialect.settle_sequence(&own, found);
    ctx.relations.insert(name, own);
    Ok(())
}

/// Takes away the numbering of a draft's column; what is left is a sequence of its own that belongs to the column.
pub(super) fn part_from(ctx: &mut Ctx, (table, is_unlogged): (&QName, bool), column: &mut Column) {
    if column.identity != Some(Identity::Serial) {
        return;
    }
    let sequence = ctx.dialect.sequence_of(table, column).map(std::borrow::Cow::into_owned);
    column.identity = None;
    column.sequence = None;
    let Some(mut sequence) = sequence.filter(|_| ctx.is_postgres()) else { return };
    sequence.owned_by = Some((table.clone(), column.name.clone()));
    sequence.unlogged = is_unlogged && ctx.dialect.logs_sequences_as_tables();
    let name = sequence.name.clone();
    ctx.relations.insert(name.clone(), name.clone());
    ctx.schema.sequences.insert(name.clone(), sequence);
    ctx.note_needs(&Id::of::<Sequence>(name));
}

/// Makes a column that draws its default from the sequence that belongs to it a `serial`.
pub(super) fn fold(ctx: &mut Ctx, table: &QName, column: &mut Column) {
    let drawn = column.default.as_ref().and_then(|it| ctx.dialect.sequence_drawn(it.canonical()));
    let Some(name) = drawn.filter(|_| can_be_serial(column)) else { return };
    let owner = Some((table.clone(), column.name.clone()));
    if ctx.schema.sequences.get(&name).is_none_or(|it| it.owned_by != owner) {
        return;
    }
    let Some(mut sequence) = ctx.schema.sequences.remove(&name) else { return };
    sequence.owned_by = None;
    sequence.unlogged = false;
    column.default = None;
    column.identity = Some(Identity::Serial);
    column.meta.uses.retain(|it| *it != Id::of::<Sequence>(name.clone()));
    column.sequence = Some(Box::new(sequence));
    ctx.dialect.settle_sequence(table, column);
    ctx.relations.insert(name, table.clone());
}

/// Says what sequences number the columns of a table, before names change that they were made of.
pub(super) fn spell_out(ctx: &Ctx, table: &mut Table) {
    let name = table.name.clone();
    for column in &mut table.columns {
        if column.sequence.is_none() && ctx.dialect.is_numbered(column) {
            column.sequence = Some(Box::new(ctx.dialect.usual_sequence(&name, column)));
        }
    }
}

/// Leaves out again what is usual.
pub(super) fn settle(ctx: &Ctx, table: &mut Table) {
    let name = table.name.clone();
    for column in table.columns.iter_mut().filter(|it| it.sequence.is_some()) {
        ctx.dialect.settle_sequence(&name, column);
    }
}

/// The sequences of a table go where it goes.
pub(super) fn follow_table(ctx: &mut Ctx, table: &mut Table, from: &QName, to: &QName) {
    let tied = Id::of::<Table>(from.clone());
    for sequence in table.columns.iter_mut().filter_map(|it| it.sequence.as_mut()) {
        let old = sequence.name.clone();
        if from.schema != to.schema {
            sequence.name.schema.clone_from(&to.schema);
            follow(ctx, &tied, &old, &sequence.name);
        }
    }
    let is_owned = |it: &&Sequence| it.owned_by.as_ref().is_some_and(|it| it.0 == *from);
    let owned: Vec<QName> =
        ctx.schema.sequences.values().filter(is_owned).map(|it| it.name.clone()).collect();
    for name in owned {
        let Some(sequence) = ctx.schema.sequences.get_mut(&name) else { continue };
        if let Some(owner) = &mut sequence.owned_by {
            owner.0 = to.clone();
        }
        if from.schema != to.schema {
            let new = QName::new(to.schema.clone(), name.name.clone());
            // The name is free, or the table could not have gone there.
            let _ = move_to(ctx, &Home::Own(name), &new, Span::default());
        }
    }
}

/// The sequences of a column follow its name.
pub(super) fn follow_column(ctx: &mut Ctx, table: &QName, (from, to): (&Name, &Name)) {
    for sequence in ctx.schema.sequences.values_mut() {
        if let Some(owner) = sequence.owned_by.as_mut().filter(|it| it.0 == *table && it.1 == *from)
        {
            owner.1 = to.clone();
        }
    }
}
