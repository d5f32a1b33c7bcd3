//! Triggers whose body is part of them.

use std::collections::BTreeMap;

use super::{options, program, statements::Place};
use crate::{
    base::{List, Name, QName, Span},
    dialect::sqlite::texts,
    model::{Expr, Id, Schema, Table, Trigger, View},
    replay::{
        codes,
        ctx::{Ctx, Outcome},
        sqlite_expr, sqlite_names, sqlite_table,
    },
    sql::{
        self,
        ast::{CreateStored, ObjectName, TriggerDef},
        relations::{self, Row},
    },
};

/// Where each trigger was created; its table may have another name by now, or be gone.
pub(in crate::replay) type Triggers = BTreeMap<QName, QName>;

pub(super) fn create(ctx: &mut Ctx, it: &CreateStored, def: &TriggerDef) -> Outcome {
    let owner = ctx.meant_with_views(&def.table);
    if ctx.is_temporary(&owner) && ctx.is_mysql() {
        let reason = "a temporary table has no triggers";
        return Err(Box::new(codes::rejected(reason, ctx.place(def.table.span))));
    }
    let is_temporary = it.temporary || ctx.is_temporary_schema(it.name.schema.as_ref());
    let name = if is_temporary {
        ctx.temporary_name(&it.name)?
    } else {
        trigger_name(ctx, &it.name, &owner)
    };
    if !ctx.schema.tables.contains_key(&owner) && !ctx.schema.views.contains_key(&owner) {
        check_owner(ctx, &owner, def)?;
    }
    if let Some(existing) = home(ctx, &name) {
        if it.if_not_exists {
            return Ok(());
        }
        if !it.or_replace {
            let place = ctx.schema.find(&existing).and_then(|it| it.meta().place);
            let what = format!("trigger `{}`", name.name);
            return Err(Box::new(codes::exists(&what, ctx.place(it.name.span), place)));
        }
    }
    check_owner(ctx, &owner, def)?;
    let mut trigger = read(ctx, it, def, &name.name);
    if ctx.is_sqlite() {
        trigger.meta.uses = ctx.in_world(|world| texts::tables_of(world, &trigger, &owner));
    }
    check_row_columns(ctx, &owner, def)?;
    check_body(ctx, def)?;
    program::check(ctx, &def.body, Place::Trigger, &[])?;
    let at = position(ctx, &owner, &trigger, def)?;
    if let Some(existing) = home(ctx, &name) {
        ctx.schema.remove(&existing);
    }
    let triggers = triggers_mut(ctx, &owner);
    let at = at.min(triggers.len());
    triggers.insert(at, trigger);
    settle_order(ctx, &owner);
    let id = Id::part::<Trigger>(owner.clone(), name.name.clone());
    ctx.triggers.insert(name, owner);
    ctx.note_needs(&id);
    Ok(())
}

/// Writes down anew in which order the triggers of a table run.
pub(super) fn settle_order(ctx: &mut Ctx, owner: &QName) {
    if !ctx.is_sqlite() && has_owner(&ctx.schema, owner) {
        follow_each_other(triggers_mut(ctx, owner));
    }
}

fn read(ctx: &Ctx, it: &CreateStored, def: &TriggerDef, name: &Name) -> Trigger {
    let expr = |it: &sql::ast::Sql| {
        let text = it.text.trim();
        Expr::new(text, sql::canonical(text, &ctx.dialect.lexis))
    };
    Trigger {
        name: name.clone(),
        timing: def.timing,
        events: vec![def.event.to_owned()],
        columns: ctx.part_names(&def.columns),
        for_each_row: true,
        condition: def.condition.as_ref().map(expr),
        transitions: Vec::new(),
        function: None,
        arguments: Vec::new(),
        body: Some(super::body(&def.body)),
        constraint: None,
        enabled: "enabled",
        options: options(&it.options),
        comment: None,
        meta: ctx.meta(it.name.name.span),
    }
}

/// MySQL's triggers are named within their database, SQLite's too.
fn trigger_name(ctx: &Ctx, written: &ObjectName, owner: &QName) -> QName {
    let name = ctx.new_name(written);
    if written.schema.is_some() { name } else { QName::new(owner.schema.clone(), name.name) }
}

fn check_owner(ctx: &Ctx, owner: &QName, def: &TriggerDef) -> Outcome {
    let is_view = ctx.schema.views.contains_key(owner);
    if !is_view && !ctx.schema.tables.contains_key(owner) {
        return Err(ctx.missing_table(&def.table, owner));
    }
    if let Some(table) = ctx.schema.tables.get(owner) {
        sqlite_table::refuse_virtual(ctx, table, "has no triggers", def.table.span)?;
    }
    if is_view == (def.timing == "instead of") {
        return Ok(());
    }
    let noun = if is_view { "view" } else { "table" };
    let reason = format!("`{owner}` is a {noun}, which has no `{}` triggers", def.timing);
    Err(Box::new(codes::rejected(reason, ctx.place(def.table.span))))
}

/// MySQL looks up `NEW.c` when the trigger is made, SQLite when it runs.
fn check_row_columns(ctx: &Ctx, owner: &QName, def: &TriggerDef) -> Outcome {
    // A server keeps a trigger whose columns have other names by now.
    let is_checked = ctx.is_mysql() && !ctx.shows_kept;
    let Some(table) = ctx.schema.tables.get(owner).filter(|_| is_checked) else { return Ok(()) };
    for (row, text, span) in relations::row_columns(def.body.text, &ctx.dialect.lexis) {
        refuse_row(ctx, def, row, span)?;
        let name = ctx.dialect.column_name(&text);
        if table.column(&name).is_none() {
            return Err(ctx.missing_column(table, &name, span.shift(def.body.span.start)));
        }
    }
    Ok(())
}

/// What SQLite asks of a trigger's body.
fn check_body(ctx: &Ctx, def: &TriggerDef) -> Outcome {
    if ctx.is_sqlite()
        && let Some((span, reason)) = texts::body_fault(def.body.text)
    {
        let place = ctx.place(span.shift(def.body.span.start));
        return Err(Box::new(codes::rejected(reason, place)));
    }
    for it in def.condition.iter().chain([&def.body]) {
        sqlite_expr::refuse_parameter(ctx, it, "a trigger")?;
    }
    sqlite_names::refuse_other_database(ctx, &def.body)
}

/// There is no row before an INSERT and none after a DELETE, and none can be changed once it is written.
fn refuse_row(ctx: &Ctx, def: &TriggerDef, row: Row, span: Span) -> Outcome {
    let is_new = matches!(row, Row::New | Row::SetNew);
    let reason = if is_new == (def.event == "delete") && def.event != "update" {
        format!("{} has no such row", def.event.to_uppercase())
    } else if row == Row::SetOld || row == Row::SetNew && def.timing != "before" {
        "the row cannot be changed any more".to_owned()
    } else {
        return Ok(());
    };
    Err(Box::new(codes::rejected(reason, ctx.place(span.shift(def.body.span.start)))))
}

/// Returns where among its table's triggers a new one runs.
fn position(ctx: &Ctx, owner: &QName, new: &Trigger, def: &TriggerDef) -> Outcome<usize> {
    let triggers = triggers(ctx, owner);
    let Some((follows, other)) = &def.order else { return Ok(triggers.len()) };
    let name = ctx.dialect.table_name(&other.text);
    let found = triggers
        .iter()
        .position(|it| it.name == name && it.timing == new.timing && it.events == new.events);
    if let Some(at) = found {
        return Ok(at + usize::from(*follows));
    }
    let place = ctx.place(other.span);
    Err(Box::new(codes::missing_relation("trigger", &QName::local(name), place, None)))
}

/// Says of each trigger which one runs before it, so that their order is known whichever way they came.
fn follow_each_other(triggers: &mut [Trigger]) {
    for at in 0..triggers.len() {
        let (before, rest) = triggers.split_at_mut(at);
        let Some(own) = rest.first_mut() else { return };
        let last =
            before.iter().rev().find(|it| it.timing == own.timing && it.events == own.events);
        match last {
            Some(it) => own.options.insert("follows".to_owned(), it.name.to_string()),
            None => own.options.remove("follows"),
        };
    }
}

/// A table was renamed: its triggers are found at the new name.
pub(in crate::replay) fn follow_table(ctx: &mut Ctx, from: &QName, to: &QName) {
    let Some(table) = ctx.schema.tables.get(to) else { return };
    for it in &table.triggers {
        let name = QName::new(from.schema.clone(), it.name.clone());
        if ctx.triggers.remove(&name).is_some() {
            let name = QName::new(to.schema.clone(), it.name.clone());
            ctx.triggers.insert(name, to.clone());
        }
    }
}

/// Returns the trigger of that name.
fn home(ctx: &Ctx, name: &QName) -> Option<Id> {
    let owner = ctx.triggers.get(name)?;
    let found = triggers(ctx, owner).iter().any(|it| it.name == name.name);
    found.then(|| Id::part::<Trigger>(owner.clone(), name.name.clone()))
}

/// Returns the triggers that go with the session, be their tables those of the schema.
pub(in crate::replay) fn temporary(ctx: &Ctx) -> Vec<Id> {
    let names = ctx.triggers.keys().filter(|it| ctx.is_temporary(it));
    names.filter_map(|it| home(ctx, it)).collect()
}

pub(super) fn find(ctx: &Ctx, written: &ObjectName) -> Option<Id> {
    let hiding = ctx.hiding(written).and_then(|it| home(ctx, &it));
    hiding.or_else(|| home(ctx, &ctx.new_name(written)))
}

fn triggers<'c>(ctx: &'c Ctx, owner: &QName) -> &'c [Trigger] {
    let of_table = ctx.schema.tables.get(owner).map(|it: &Table| &it.triggers[..]);
    let of_view = || ctx.schema.views.get(owner).map(|it: &View| &it.triggers[..]);
    of_table.or_else(of_view).unwrap_or_default()
}

fn triggers_mut<'c>(ctx: &'c mut Ctx, owner: &QName) -> &'c mut List<Trigger> {
    triggers_of(&mut ctx.schema, owner)
}

fn triggers_of<'s>(schema: &'s mut Schema, owner: &QName) -> &'s mut List<Trigger> {
    if schema.tables.contains_key(owner) {
        &mut schema.tables.get_mut(owner).expect("it was just seen").triggers
    } else {
        &mut schema.views.get_mut(owner).expect("its owner was checked").triggers
    }
}

fn has_owner(schema: &Schema, owner: &QName) -> bool {
    schema.tables.contains_key(owner) || schema.views.contains_key(owner)
}
