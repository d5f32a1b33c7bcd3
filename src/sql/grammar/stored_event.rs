//! `CREATE EVENT` and `ALTER EVENT` of MySQL (<https://dev.mysql.com/doc/refman/8.4/en/create-event.html>).

use super::{
    compound,
    cursor::{Cursor, Res},
    stored::Head,
};
use crate::sql::{
    ast::{AlterStored, CreateStored, Ddl, EventDef, Sql, Stored, StoredKind},
    token::Kind,
};

/// Reads what stands behind `CREATE … EVENT`.
pub(super) fn create<'a>(ctx: &mut Cursor<'a, '_>, mut head: Head<'a>) -> Res<CreateStored<'a>> {
    let name = head.name(ctx, "an event name")?;
    ctx.expect("on")?;
    ctx.expect("schedule")?;
    let schedule = schedule(ctx);
    let preserve = completion(ctx).unwrap_or(false);
    let enabled = state(ctx).unwrap_or("enabled");
    if ctx.eat("comment") {
        head.comment = Some(ctx.string("a comment in quotes")?);
    }
    ctx.expect("do")?;
    let body = compound::body(ctx)?;
    Ok(head.finish(name, StoredKind::Event(EventDef { schedule, preserve, enabled, body })))
}

/// Reads what stands behind `ALTER … EVENT`.
pub(super) fn alter<'a>(ctx: &mut Cursor<'a, '_>, mut head: Head<'a>) -> Res<Ddl<'a>> {
    let if_exists = ctx.if_exists();
    let name = ctx.name("an event name")?;
    let schedule = if ctx.eat_all(&["on", "schedule"]) { Some(schedule(ctx)) } else { None };
    let preserve = completion(ctx);
    let rename_to =
        if ctx.eat_all(&["rename", "to"]) { Some(ctx.name("an event name")?) } else { None };
    let enabled = state(ctx);
    if ctx.eat("comment") {
        head.comment = Some(ctx.string("a comment in quotes")?);
    }
    let body = if ctx.eat("do") { Some(compound::body(ctx)?) } else { None };
    Ok(Ddl::AlterStored(AlterStored {
        what: Stored::Event,
        name,
        if_exists,
        options: head.options,
        comment: head.comment,
        schedule,
        preserve,
        enabled,
        rename_to,
        body,
    }))
}

/// Goes to the first word that does not belong to the schedule.
fn schedule<'a>(ctx: &mut Cursor<'a, '_>) -> Sql<'a> {
    let start = ctx.at;
    let ends = ["do", "comment", "enable", "disable", "rename"];
    while ctx.peek().kind != Kind::End && !ctx.is_any(&ends) && !ctx.is_all(&["on", "completion"]) {
        ctx.at += 1;
    }
    ctx.since(start)
}

fn completion(ctx: &mut Cursor<'_, '_>) -> Option<bool> {
    if ctx.eat_all(&["on", "completion", "not", "preserve"]) {
        return Some(false);
    }
    ctx.eat_all(&["on", "completion", "preserve"]).then_some(true)
}

fn state(ctx: &mut Cursor<'_, '_>) -> Option<&'static str> {
    if ctx.eat("enable") {
        return Some("enabled");
    }
    if !ctx.eat("disable") {
        return None;
    }
    if ctx.eat("on") {
        ctx.bump();
        return Some("replica");
    }
    Some("disabled")
}
