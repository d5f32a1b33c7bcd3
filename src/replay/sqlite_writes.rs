//! Rows that SQLite does not write, or delete before it drops their table, whatever they hold.

use super::{
    codes,
    ctx::{Ctx, Outcome},
    run,
};
use crate::{
    base::QName,
    dialect::sqlite::writes::{self, Ties},
    sql::{self, ast::ObjectName},
};

/// Errs where a statement that writes rows fails by what the table is tied to.
pub(super) fn check(ctx: &Ctx, text: &str, start: u32) -> Outcome {
    if !ctx.is_sqlite() {
        return Ok(());
    }
    let Some(written) = sql::written_to(text, &ctx.dialect.lexis) else { return Ok(()) };
    let name = ctx.meant_with_views(&written);
    let is_free = ctx.schema.tables.get(&name).is_none_or(|it| {
        let is_untied = it.foreign_keys.is_empty() && ctx.referrer_names(&name).is_empty();
        it.triggers.is_empty() && (is_untied || !ctx.checks_keys)
    });
    if is_free && !ctx.schema.views.contains_key(&name) {
        return Ok(());
    }
    let referrers = |it: &QName| ctx.referrer_names(it);
    let ties = Ties { enforced: ctx.checks_keys, referrers: &referrers, is_gone: &|_| false };
    let fault = ctx.in_world(|world| writes::fault(world, text, &ties));
    fault.map_or(Ok(()), |it| {
        let reason = format!("rows of `{name}` cannot be written: {it}");
        Err(Box::new(codes::rejected(reason, ctx.place(written.span.shift(start)))))
    })
}

/// Errs where the rows of a table cannot be deleted before it is dropped.
pub(super) fn can_be_emptied(ctx: &mut Ctx, found: &[(&ObjectName, QName)]) -> Outcome {
    for (written, name) in found {
        let refuse = |ctx: &Ctx, fault: String| {
            let reason = format!("the rows of `{name}` cannot be deleted: {fault}");
            Err(Box::new(codes::rejected(reason, ctx.place(written.span))))
        };
        let referrers = |it: &QName| ctx.referrer_names(it);
        let ties = Ties { enforced: true, referrers: &referrers, is_gone: &|_| false };
        if let Some(fault) = ctx.in_world(|world| writes::drop_fault(world, name, &ties)) {
            return refuse(ctx, fault);
        }
        if run::is_kept_by_rows(ctx, name) {
            return refuse(ctx, "rows of another table refer to them".to_owned());
        }
    }
    Ok(())
}
