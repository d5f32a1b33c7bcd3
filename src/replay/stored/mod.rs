//! Views, triggers, routines and events of the databases that store their text: MySQL, MariaDB, SQLite.

mod event;
mod program;
mod routine;
mod statements;
mod trigger;
mod view;

use super::{
    codes,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::{QName, Span},
    model::{Id, Kind},
    sql::ast::{AlterStored, CreateStored, DropStored, ObjectName, Stored, StoredKind},
};

pub(super) use trigger::{Triggers, follow_table, temporary as temporary_triggers};
pub(super) use view::rename as rename_view;

pub(super) fn create(ctx: &mut Ctx, it: &CreateStored) -> Outcome {
    if it.or_replace && it.if_not_exists {
        let reason = "OR REPLACE and IF NOT EXISTS exclude each other";
        return Err(Box::new(codes::rejected(reason, ctx.place(it.name.span))));
    }
    match &it.kind {
        StoredKind::View { columns, query } => view::create(ctx, it, columns, query),
        StoredKind::Trigger(def) => trigger::create(ctx, it, def),
        StoredKind::Routine(def) => routine::create(ctx, it, def),
        StoredKind::Event(def) => event::create(ctx, it, def),
        StoredKind::Virtual { module, arguments } => {
            view::create_virtual(ctx, it, module, arguments.as_ref())
        }
    }
}

pub(super) fn alter(ctx: &mut Ctx, it: &AlterStored) -> Outcome {
    if it.what == Stored::Event { event::alter(ctx, it) } else { routine::alter(ctx, it) }
}

/// Drops what is there; of several, none if one is missing.
pub(super) fn drop(ctx: &mut Ctx, it: &DropStored) -> Outcome {
    let mut found = Vec::new();
    let mut missing = None;
    for written in &it.names {
        let meant = match it.what {
            Stored::View => view::find(ctx, written),
            Stored::Trigger => trigger::find(ctx, written),
            Stored::Function => routine::find(ctx, written, true),
            Stored::Procedure => routine::find(ctx, written, false),
            Stored::Event => event::find(ctx, written),
        };
        match meant {
            Some(id) => found.push(id),
            None if it.what == Stored::View && ctx.is_sqlite() && is_table(ctx, written) => {
                let reason = format!("`{}` is a table, not a view", written.name.text);
                return Err(Box::new(codes::rejected(reason, ctx.place(written.span))));
            }
            None if it.if_exists => {}
            None => missing = missing.or(Some(missing_object(ctx, noun(it.what), written))),
        }
    }
    match missing {
        // MariaDB drops what it finds all the same.
        Some(diagnostic) if !ctx.is_mariadb() => return Err(diagnostic),
        _ => {}
    }
    for id in found {
        ctx.schema.remove(&id);
        if it.what == Stored::Trigger {
            trigger::settle_order(ctx, &id.owner);
        }
        if it.what == Stored::View {
            ctx.relations.remove(&id.owner);
        }
    }
    missing.map_or(Ok(()), Err)
}

fn is_table(ctx: &Ctx, written: &ObjectName) -> bool {
    ctx.schema.tables.contains_key(&ctx.new_name(written))
}

fn noun(what: Stored) -> &'static str {
    match what {
        Stored::Event => "event",
        Stored::Function => "function",
        Stored::Procedure => "procedure",
        Stored::Trigger => "trigger",
        Stored::View => "view",
    }
}

fn missing_object(ctx: &Ctx, noun: &str, written: &ObjectName) -> Box<crate::diag::Diagnostic> {
    let place = ctx.place(written.span);
    Box::new(codes::missing_relation(noun, &ctx.new_name(written), place, None))
}

/// Decides what becomes of a name that is taken: `false` is nothing at all.
fn may_create<K: Kind>(ctx: &Ctx, it: &CreateStored, name: &QName, span: Span) -> Outcome<bool> {
    let Some(existing) = ctx.schema.find(&Id::of::<K>(name.clone())) else { return Ok(true) };
    if it.or_replace {
        return Ok(true);
    }
    if it.if_not_exists {
        return Ok(false);
    }
    let what = format!("{} `{name}`", K::INFO.noun);
    Err(Box::new(codes::exists(&what, ctx.place(span), existing.meta().place)))
}

/// Returns the options as the model keeps them.
fn options(options: &[(&'static str, String)]) -> std::collections::BTreeMap<String, String> {
    options.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect()
}

/// Returns a body as the server keeps it: what ends the statement is no part of it.
fn body(sql: &crate::sql::ast::Sql) -> String {
    sql.text.trim().trim_end_matches([';', ' ', '\n', '\r']).replace("\r\n", "\n")
}
