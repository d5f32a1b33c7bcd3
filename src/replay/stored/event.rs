//! Events of MySQL.

use super::{may_create, missing_object, options, program, statements::Place};
use crate::{
    base::QName,
    model::{Event, Id},
    replay::{
        codes,
        ctx::{Ctx, Outcome},
    },
    sql::{
        ast::{AlterStored, CreateStored, EventDef, ObjectName, Sql},
        relations,
    },
};

pub(super) fn create(ctx: &mut Ctx, it: &CreateStored, def: &EventDef) -> Outcome {
    let name = name(ctx, &it.name);
    if !may_create::<Event>(ctx, it, &name, it.name.span)? {
        return Ok(());
    }
    program::check(ctx, &def.body, Place::Event, &[])?;
    let event = Event {
        name: name.clone(),
        schedule: schedule(ctx, &def.schedule),
        body: super::body(&def.body),
        enabled: def.enabled,
        preserve: def.preserve,
        options: options(&it.options),
        comment: it.comment.as_ref().map(|it| it.text.to_string()).filter(|it| !it.is_empty()),
        meta: ctx.meta(it.name.name.span),
    };
    ctx.schema.events.insert(name, event);
    Ok(())
}

pub(super) fn alter(ctx: &mut Ctx, it: &AlterStored) -> Outcome {
    let name = name(ctx, &it.name);
    let Some(mut event) = ctx.schema.events.get(&name).cloned() else {
        let missing = missing_object(ctx, "event", &it.name);
        return if it.if_exists { Ok(()) } else { Err(missing) };
    };
    event.options.extend(options(&it.options));
    if let Some(sql) = &it.schedule {
        let old = std::mem::replace(&mut event.schedule, schedule(ctx, sql));
        // MariaDB keeps an end that is not stated anew.
        if let Some(at) = old.find(" ends ").filter(|_| ctx.is_mariadb())
            && event.schedule.starts_with("every ")
            && !event.schedule.contains(" ends ")
        {
            event.schedule.push_str(&old[at..]);
        }
    }
    event.preserve = it.preserve.unwrap_or(event.preserve);
    event.enabled = it.enabled.unwrap_or(event.enabled);
    if let Some(body) = &it.body {
        program::check(ctx, body, Place::Event, &[])?;
        event.body = super::body(body);
    }
    if let Some(text) = &it.comment {
        event.comment = Some(text.text.to_string()).filter(|it| !it.is_empty());
    }
    if let Some(to) = &it.rename_to {
        event.name = self::name(ctx, to);
        if event.name != name && ctx.schema.events.contains_key(&event.name) {
            let what = format!("event `{}`", event.name);
            return Err(Box::new(codes::exists(&what, ctx.place(to.span), None)));
        }
        ctx.schema.events.remove(&name);
    }
    ctx.schema.events.insert(event.name.clone(), event);
    Ok(())
}

pub(super) fn find(ctx: &Ctx, written: &ObjectName) -> Option<Id> {
    let name = name(ctx, written);
    ctx.schema.events.contains_key(&name).then(|| Id::of::<Event>(name))
}

fn name(ctx: &Ctx, written: &ObjectName) -> QName {
    QName::new(ctx.new_name(written).schema, ctx.part_name(&written.name))
}

/// Returns the schedule without its start: the server fills in the time at which the event was made.
fn schedule(ctx: &Ctx, sql: &Sql) -> String {
    let text = relations::plain_text(sql.text.trim(), &ctx.dialect.lexis);
    let Some(start) = text.find(" starts ") else { return text };
    let end = text.find(" ends ").unwrap_or(text.len());
    format!("{}{}", &text[..start], &text[end.max(start)..])
}
