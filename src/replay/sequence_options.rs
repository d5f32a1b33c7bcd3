//! The options of a sequence, checked as the server checks them (`init_params` of PostgreSQL).

use super::{
    codes, column,
    ctx::{Ctx, Outcome},
};
use crate::{
    model::{ColumnType, Sequence},
    sql::ast::SequenceOptions,
};

/// Sets what is stated of a new sequence, and the rest to what follows from it.
pub(super) fn apply_fresh(ctx: &Ctx, it: &mut Sequence, options: &SequenceOptions) -> Outcome {
    set(ctx, it, options, true)
}

/// Sets what is stated.
pub(super) fn apply(ctx: &Ctx, it: &mut Sequence, options: &SequenceOptions) -> Outcome {
    set(ctx, it, options, false)
}

fn set(ctx: &Ctx, it: &mut Sequence, options: &SequenceOptions, fresh: bool) -> Outcome {
    let reject = |reason: &str| Err(Box::new(codes::rejected(reason, ctx.place(options.span))));
    let (old_min, old_max) = type_limits(ctx, &it.ty);
    let (mut reset_min, mut reset_max) = (fresh, fresh);
    if let Some(written) = &options.ty {
        let ty = column::read_type(ctx, written)?;
        if !matches!(&*ty.name, "smallint" | "integer" | "bigint") {
            return reject("sequence type must be smallint, integer, or bigint");
        }
        reset_min |= it.min == old_min;
        reset_max |= it.max == old_max;
        it.ty = ty;
    }
    it.increment = options.increment.unwrap_or(it.increment);
    // MariaDB takes it for @@auto_increment_increment.
    if it.increment == 0 && !ctx.is_mariadb() {
        return reject("INCREMENT must not be zero");
    }
    let (least, greatest) = ctx.dialect.sequence_limits(&it.ty, it.increment);
    match options.max {
        Some(Some(max)) => it.max = max,
        None if !reset_max => {}
        _ => it.max = greatest,
    }
    match options.min {
        Some(Some(min)) => it.min = min,
        None if !reset_min => {}
        _ => it.min = least,
    }
    let (lowest, highest) = type_limits(ctx, &it.ty);
    if ctx.is_postgres() && (it.max > highest || it.min < lowest) {
        return reject("MINVALUE and MAXVALUE lie within what the type can hold");
    }
    if ctx.is_mariadb() && (it.max == i64::MAX || it.min == i64::MIN) {
        return reject("MINVALUE and MAXVALUE cannot be the ends of what a bigint holds");
    }
    if it.min >= it.max {
        return reject("MINVALUE must be less than MAXVALUE");
    }
    match options.start {
        Some(start) => it.start = start,
        None if fresh => it.start = if it.increment > 0 { it.min } else { it.max },
        None => {}
    }
    if it.start < it.min || it.start > it.max {
        return reject("START value cannot lie outside of MINVALUE and MAXVALUE");
    }
    if options.restart.is_some_and(|to| ctx.is_postgres() && !(it.min..=it.max).contains(&to)) {
        return reject("RESTART value cannot lie outside of MINVALUE and MAXVALUE");
    }
    it.cache = options.cache.unwrap_or(it.cache);
    if it.cache < i64::from(!ctx.is_mariadb()) {
        return reject("CACHE must be greater than zero");
    }
    it.cycle = options.cycle.unwrap_or(it.cycle);
    it.unlogged = options.unlogged.unwrap_or(it.unlogged);
    if let Some(text) = &options.comment {
        it.comment = column::non_empty(&text.text);
    }
    Ok(())
}

/// Returns the numbers that the type can hold, as far as a limit was set to them.
fn type_limits(ctx: &Ctx, ty: &ColumnType) -> (i64, i64) {
    (ctx.dialect.sequence_limits(ty, -1).0, ctx.dialect.sequence_limits(ty, 1).1)
}
