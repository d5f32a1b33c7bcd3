//! Triggers of tables and views (<https://www.postgresql.org/docs/current/sql-createtrigger.html>).

use super::{
    codes,
    ctx::{Ctx, Outcome},
    trigger_copy, view,
};
use std::collections::BTreeMap;

use crate::{
    base::{List, Name, QName},
    dialect::needs::mentions,
    dialect::postgres::{functions, spots},
    model::{ConstraintTrigger, Deferral, Id, Table, Trigger, routine},
    sql::ast::{AlterTrigger, ConstraintTriggerDef, CreateTrigger, Drop, Firing, ObjectName, Sql},
};

/// The order that events are kept in.
const EVENTS: &[&str] = &["insert", "update", "delete", "truncate"];

pub(super) fn create(ctx: &mut Ctx, it: &CreateTrigger) -> Outcome {
    let owner = ctx.meant_with_views(&it.table);
    check_owner(ctx, it, &owner)?;
    let new = read(ctx, it, &owner)?;
    let (name, place) = (new.name.clone(), ctx.place(it.name.span));
    if let Some(table) = ctx.schema.tables.get(&owner)
        && (trigger_copy::is_inherited(ctx, table, &name)
            || new.for_each_row && trigger_copy::is_below(ctx, table, &name))
    {
        return Err(Box::new(codes::exists(
            &format!("trigger `{name}` of `{owner}`"),
            place,
            None,
        )));
    }
    let Some(triggers) = triggers_mut(ctx, &owner) else { return Ok(()) };
    if let Some(at) = triggers.iter().position(|own| own.name == name) {
        let earlier = triggers[at].meta.place;
        let is_constraint = triggers[at].constraint.is_some() || new.constraint.is_some();
        if !it.or_replace || is_constraint {
            let what = format!("trigger `{name}` of `{owner}`");
            return Err(Box::new(codes::exists(&what, place, earlier)));
        }
        triggers[at] = new;
    } else {
        triggers.push(new);
    }
    ctx.note_needs(&Id::part::<Trigger>(owner, name));
    Ok(())
}

/// What can have which triggers: <https://www.postgresql.org/docs/current/sql-createtrigger.html>.
fn check_owner(ctx: &Ctx, it: &CreateTrigger, owner: &QName) -> Outcome {
    let rejected = |reason: &str| Err(Box::new(codes::rejected(reason, ctx.place(it.table.span))));
    let is_instead = it.timing == "instead of";
    if let Some(table) = ctx.schema.tables.get(owner) {
        if is_instead {
            return rejected("only views have `instead of` triggers");
        }
        for column in &it.columns {
            let name = ctx.part_name(column);
            if table.column(&name).is_none() {
                return Err(ctx.missing_column(table, &name, column.span));
            }
        }
    } else if ctx.schema.views.contains_key(owner) {
        if !is_instead && it.for_each_row && ctx.is_postgres() {
            return rejected("a view's triggers for each row are `instead of`");
        }
        for column in &it.columns {
            view::check_column(ctx, owner, column)?;
        }
    } else {
        return Err(ctx.missing_table(&it.table, owner));
    }
    if it.for_each_row && it.events.contains(&"truncate") {
        return rejected("`truncate` runs no trigger for each row");
    }
    if is_instead && it.condition.is_some() {
        return rejected("an `instead of` trigger has no condition");
    }
    check_transitions(ctx, it, owner)?;
    if is_instead && !it.for_each_row {
        return rejected("an `instead of` trigger is for each row");
    }
    Ok(())
}

/// What was there before and what is there now is known behind one event, and whole.
fn check_transitions(ctx: &Ctx, it: &CreateTrigger, owner: &QName) -> Outcome {
    let Some((_, first)) = it.transitions.first() else { return Ok(()) };
    let rejected = |reason: &str| Err(Box::new(codes::rejected(reason, ctx.place(first.span))));
    if it.timing != "after" || it.events.contains(&"truncate") {
        return rejected("transition tables are for `after insert`, `update` or `delete`");
    }
    if it.events.len() > 1 || !it.columns.is_empty() {
        return rejected("transition tables are for one event, and for all columns");
    }
    let table = ctx.schema.tables.get(owner).filter(|_| it.for_each_row);
    if table.is_some_and(|it| it.partition_by.is_some() || it.ancestors().next().is_some()) {
        return rejected("triggers for each row of tables with parents or partitions have none");
    }
    let is_there = |new: bool| {
        it.events.contains(&if new { "insert" } else { "delete" }) || it.events.contains(&"update")
    };
    if it.transitions.iter().any(|it| !is_there(it.0)) {
        return rejected("this event has no such transition table");
    }
    Ok(())
}

fn read(ctx: &Ctx, it: &CreateTrigger, owner: &QName) -> Outcome<Trigger> {
    let mut meta = ctx.meta(it.name.span);
    let function = function_meant(ctx, &it.function, "trigger")?;
    meta.uses = condition_uses(ctx, it, owner)?;
    let mut transitions: Vec<String> = it
        .transitions
        .iter()
        .map(|(new, name)| {
            let which = if *new { "new" } else { "old" };
            format!("{which} table as {}", ctx.dialect.ident(&ctx.part_name(name)))
        })
        .collect();
    transitions.sort_by_key(|it| it.starts_with("new"));
    Ok(Trigger {
        name: ctx.part_name(&it.name),
        timing: it.timing,
        events: EVENTS
            .iter()
            .filter(|event| it.events.contains(event))
            .map(|&it| it.to_owned())
            .collect(),
        columns: ctx.part_names(&it.columns),
        for_each_row: it.for_each_row,
        condition: condition(ctx, it, owner)?,
        transitions,
        function: Some(function),
        arguments: it.arguments.iter().map(|it| it.text.to_string()).collect(),
        body: None,
        constraint: it.constraint.as_ref().map(|it| constraint(ctx, it)).transpose()?,
        enabled: "enabled",
        options: BTreeMap::new(),
        comment: None,
        meta,
    })
}

fn condition(ctx: &Ctx, it: &CreateTrigger, owner: &QName) -> Outcome<Option<crate::model::Expr>> {
    let Some(sql) = &it.condition else { return Ok(None) };
    let (expr, columns) = ctx.read_expr(sql);
    for (row, never) in [("new", "delete"), ("old", "insert")] {
        let is_missing = !it.for_each_row || it.events.contains(&never);
        if is_missing && ctx.is_postgres() && names_row(sql.text, row) {
            let reason = format!("the condition of this trigger cannot name the row `{row}`");
            return Err(Box::new(codes::rejected(reason, ctx.place(sql.span))));
        }
    }
    if let Some(table) = ctx.schema.tables.get(owner) {
        check_generated(ctx, it, table, sql)?;
        let is_row = |it: &Name| matches!(it.as_str(), "new" | "old");
        for (name, span) in columns.iter().filter(|it| !is_row(&it.0)) {
            if table.column(name).is_none()
                && !ctx.dialect.hidden_columns().contains(&name.as_str())
            {
                return Err(ctx.missing_column(table, name, *span));
            }
        }
    }
    let expr = ctx.settled_expr(expr, sql, None, &spots::TRIGGER)?.0;
    if !ctx.is_postgres() {
        return Ok(Some(expr));
    }
    let table = ctx.schema.tables.get(owner);
    Ok(Some(ctx.in_world(|world| world.condition_of(expr.text(), table))))
}

/// A trigger that runs before the row is there does not know what is computed of it.
fn check_generated(ctx: &Ctx, it: &CreateTrigger, table: &Table, sql: &Sql) -> Outcome {
    if it.timing != "before" || !ctx.is_postgres() {
        return Ok(());
    }
    let mut computed = table.columns.iter().filter(|it| it.generated.is_some());
    let text = sql.text.to_ascii_lowercase().replace('"', "");
    let is_word = |it: char| it == '_' || it == '.' || it.is_alphanumeric();
    let words: Vec<&str> = text.split(|it| !is_word(it)).collect();
    let is_whole = words.contains(&"new");
    let named = |name: &Name| {
        let word = format!("new.{}", name.as_str().to_ascii_lowercase());
        words.contains(&word.as_str())
    };
    let column = computed.find(|it| is_whole || named(&it.name));
    column.map_or(Ok(()), |column| {
        let reason =
            format!("generated column `{}` is not known before the row is there", column.name);
        Err(Box::new(codes::rejected(reason, ctx.place(sql.span))))
    })
}

/// Whether the row is named outside of literals.
fn names_row(text: &str, row: &str) -> bool {
    text.split('\'').step_by(2).any(|it| mentions::has_word(it, row))
}

/// Returns what the condition calls and casts to.
fn condition_uses(ctx: &Ctx, it: &CreateTrigger, owner: &QName) -> Outcome<Vec<Id>> {
    let Some(sql) = it.condition.as_ref().filter(|_| ctx.is_postgres()) else {
        return Ok(Vec::new());
    };
    ctx.in_world(|world| {
        let Ok(bound) = world.condition(sql.text, ctx.schema.tables.get(owner)) else {
            return Ok(Vec::new());
        };
        ctx.refuse_calls(&bound, sql.span.start)?;
        ctx.refuse_no_condition(&bound, "a trigger", sql.span)?;
        Ok(world.uses(&bound, Some(owner)))
    })
}

fn constraint(ctx: &Ctx, it: &ConstraintTriggerDef) -> Outcome<ConstraintTrigger> {
    let from = match &it.from {
        Some(written) => {
            let name = ctx.table_meant(written);
            if !ctx.schema.tables.contains_key(&name) {
                return Err(ctx.missing_table(written, &name));
            }
            Some(name)
        }
        None => None,
    };
    let deferral = match (it.deferrable, it.initially_deferred) {
        (_, true) => Deferral::Deferred,
        (true, false) => Deferral::Immediate,
        (false, false) => Deferral::NotDeferrable,
    };
    Ok(ConstraintTrigger { from, deferral })
}

/// Returns the function without arguments that a trigger is to call; it has to return what triggers return.
pub(super) fn function_meant(ctx: &Ctx, written: &ObjectName, returned: &str) -> Outcome<QName> {
    let key = |space| {
        let name = QName::new(space, ctx.table_name(&written.name));
        routine::signature(&name, &[])
    };
    let spaces = match &written.schema {
        Some(it) => vec![ctx.namespace(&it.text)],
        None => ctx.path.clone(),
    };
    let mut known = spaces.into_iter().map(key);
    let Some(found) = known.find(|it| ctx.schema.functions.contains_key(it)) else {
        let own = &*written.name.text;
        let extension = |name: &str| ctx.schema.extensions.get(&ctx.dialect.table_name(name));
        let schema = match functions::TRIGGER_FUNCTIONS.iter().find(|it| it.0 == own) {
            Some((_, None)) => Some(None),
            Some((_, Some(name))) => extension(name).map(|it| it.schema.clone()),
            None => None,
        };
        if let Some(schema) = schema {
            let name = QName::new(schema, ctx.table_name(&written.name));
            return Ok(routine::signature(&name, &[]));
        }
        return Err(ctx.missing_function(written, Some(&[]), "function"));
    };
    let returns = ctx.schema.functions.get(&found).and_then(|it| it.routine.returns.as_ref());
    if returns.is_some_and(|it| &*it.ty.name != returned) {
        let reason = format!("function `{found}` does not return `{returned}`");
        return Err(Box::new(codes::rejected(reason, ctx.place(written.span))));
    }
    Ok(found)
}

fn triggers_mut<'c>(ctx: &'c mut Ctx, owner: &QName) -> Option<&'c mut List<Trigger>> {
    if ctx.schema.tables.contains_key(owner) {
        return ctx.schema.tables.get_mut(owner).map(|it| &mut it.triggers);
    }
    ctx.schema.views.get_mut(owner).map(|it| &mut it.triggers)
}

fn triggers<'c>(ctx: &'c Ctx, owner: &QName) -> &'c [Trigger] {
    match ctx.schema.tables.get(owner) {
        Some(table) => &table.triggers,
        None => ctx.schema.views.get(owner).map_or(&[], |it| &it.triggers),
    }
}

pub(super) fn alter(ctx: &mut Ctx, it: &AlterTrigger) -> Outcome {
    let owner = ctx.meant_with_views(&it.table);
    if !exists(ctx, &owner) {
        return Err(ctx.missing_table(&it.table, &owner));
    }
    let from = ctx.part_name(&it.name);
    let own = triggers(ctx, &owner);
    if !own.iter().any(|it| it.name == from) {
        let names = own.iter().map(|it| it.name.as_str());
        let place = ctx.place(it.name.span);
        return Err(Box::new(codes::missing_trigger(&owner, &from, place, names)));
    }
    let Some(to) = it.rename_to.as_ref() else { return Ok(()) };
    let name = ctx.part_name(to);
    if name == from && ctx.dialect.version.is_none_or(|it| it >= 15) {
        return Ok(());
    }
    if let Some(existing) = own.iter().find(|it| it.name == name) {
        let what = format!("trigger `{name}` of `{owner}`");
        let earlier = existing.meta.place;
        return Err(Box::new(codes::exists(&what, ctx.place(to.span), earlier)));
    }
    let own = triggers_mut(ctx, &owner).into_iter().flatten();
    for trigger in own.filter(|it| it.name == from) {
        trigger.name = name.clone();
    }
    let id = |name| Id::part::<Trigger>(owner.clone(), name);
    ctx.rename_needs(&id(from), &id(name));
    Ok(())
}

fn exists(ctx: &Ctx, owner: &QName) -> bool {
    ctx.schema.tables.contains_key(owner) || ctx.schema.views.contains_key(owner)
}

/// `DROP TRIGGER a ON t`.
pub(super) fn drop(ctx: &mut Ctx, it: &Drop) -> Outcome {
    for written in &it.names {
        let name = ctx.part_name(&written.name);
        let Some(table) = &it.table else { continue };
        let owner = ctx.meant_with_views(table);
        if !exists(ctx, &owner) {
            if it.if_exists {
                continue;
            }
            return Err(ctx.missing_table(table, &owner));
        }
        let own = triggers(ctx, &owner);
        if own.iter().any(|it| it.name == name) {
            ctx.schema.remove(&Id::part::<Trigger>(owner, name));
        } else if !it.if_exists {
            let names = own.iter().map(|it| it.name.as_str());
            let place = ctx.place(written.span);
            return Err(Box::new(codes::missing_trigger(&owner, &name, place, names)));
        }
    }
    Ok(())
}

/// `ENABLE TRIGGER` and its like, of the draft of a table.
pub(super) fn fire(ctx: &mut Ctx, table: &mut Table, it: &Firing) -> Outcome {
    let Some(written) = &it.name else {
        // Those that hold rows to foreign keys are among them.
        let is_tied = !table.foreign_keys.is_empty() || ctx.referrers(&table.name).next().is_some();
        if it.state == "disabled" && is_tied {
            ctx.rows.lose(&table.name);
        }
        for trigger in &mut table.triggers {
            trigger.enabled = it.state;
        }
        return Ok(());
    };
    let name = ctx.part_name(written);
    if it.rule {
        let Some(rule) = table.rules.iter_mut().find(|it| it.name == name) else {
            let reason = format!("table `{}` has no rule `{name}` at this point", table.name);
            return Err(Box::new(codes::rejected(reason, ctx.place(written.span))));
        };
        rule.enabled = it.state;
        return Ok(());
    }
    if let Some(trigger) = table.triggers.iter_mut().find(|it| it.name == name) {
        trigger.enabled = it.state;
        return Ok(());
    }
    if trigger_copy::is_inherited(ctx, table, &name) {
        return Ok(());
    }
    let names = table.triggers.iter().map(|it| it.name.as_str());
    let place = ctx.place(written.span);
    Err(Box::new(codes::missing_trigger(&table.name, &name, place, names)))
}
