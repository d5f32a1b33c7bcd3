//! Event triggers (<https://www.postgresql.org/docs/current/sql-createeventtrigger.html>).

use super::{
    codes,
    ctx::{Ctx, Outcome},
    trigger,
};
use crate::{
    base::{Name, QName},
    diag::Diagnostic,
    model::{EventTrigger, Id},
    sql::ast::{AlterEventTrigger, CreateEventTrigger, Drop, EventTriggerChange, Ident},
};

const EVENTS: &[&str] =
    &["ddl_command_start", "ddl_command_end", "login", "sql_drop", "table_rewrite"];

pub(super) fn create(ctx: &mut Ctx, it: &CreateEventTrigger) -> Outcome {
    let name = ctx.table_name(&it.name);
    let event = it.event.text.to_string();
    if !EVENTS.contains(&event.as_str()) {
        let reason = format!("there is no event `{event}`");
        return Err(Box::new(codes::rejected(reason, ctx.place(it.event.span))));
    }
    check_free(ctx, &it.name, &name)?;
    let function = trigger::function_meant(ctx, &it.function, "event_trigger")?;
    let tags = it.tags.iter().map(|it| it.text.to_uppercase()).collect();
    let meta = ctx.meta(it.name.span);
    let new = EventTrigger {
        name: name.clone(),
        event,
        tags,
        function,
        enabled: "enabled",
        owner: None,
        comment: None,
        meta,
    };
    ctx.schema.event_triggers.insert(name.clone(), new);
    ctx.note_needs(&id(&name));
    Ok(())
}

pub(super) fn alter(ctx: &mut Ctx, it: &AlterEventTrigger) -> Outcome {
    let name = ctx.table_name(&it.name);
    if !ctx.schema.event_triggers.contains_key(&name) {
        return Err(missing(ctx, &it.name));
    }
    match &it.change {
        EventTriggerChange::State(state) => {
            if let Some(it) = ctx.schema.event_triggers.get_mut(&name) {
                it.enabled = state;
            }
        }
        EventTriggerChange::RenameTo(to) => {
            let new = ctx.table_name(to);
            check_free(ctx, to, &new)?;
            if let Some(mut it) = ctx.schema.event_triggers.remove(&name) {
                it.name = new.clone();
                ctx.schema.event_triggers.insert(new.clone(), it);
            }
            ctx.rename_needs(&id(&name), &id(&new));
        }
    }
    Ok(())
}

pub(super) fn drop(ctx: &mut Ctx, it: &Drop) -> Outcome {
    for written in &it.names {
        let name = ctx.table_name(&written.name);
        if ctx.schema.event_triggers.remove(&name).is_none() && !it.if_exists {
            return Err(missing(ctx, &written.name));
        }
    }
    Ok(())
}

fn id(name: &Name) -> Id {
    Id::of::<EventTrigger>(QName::local(name.clone()))
}

fn check_free(ctx: &Ctx, written: &Ident, name: &Name) -> Outcome {
    let Some(existing) = ctx.schema.event_triggers.get(name) else { return Ok(()) };
    let what = format!("event trigger `{name}`");
    Err(Box::new(codes::exists(&what, ctx.place(written.span), existing.meta.place)))
}

fn missing(ctx: &Ctx, written: &Ident) -> Box<Diagnostic> {
    let reason = format!("event trigger `{}` does not exist", written.text);
    Box::new(codes::rejected(reason, ctx.place(written.span)))
}
