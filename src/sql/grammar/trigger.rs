//! Triggers of tables and views, and event triggers.

use super::cursor::{Cursor, Res};
use crate::sql::{
    ast::{
        AlterEventTrigger, AlterTrigger, ConstraintTriggerDef, CreateEventTrigger, CreateTrigger,
        Ddl, EventTriggerChange, Firing, Ident, ObjectName, Text,
    },
    token::Kind,
};

/// Reads what stands behind `TRIGGER`.
pub(in crate::sql) fn create_trigger<'a>(
    ctx: &mut Cursor<'a, '_>,
    or_replace: bool,
    is_constraint: bool,
) -> Res<Ddl<'a>> {
    if ctx.is_all(&["if", "not", "exists"]) {
        return Err(ctx.rejected("a trigger name"));
    }
    if or_replace {
        ctx.dated("or replace trigger");
    }
    let name = ctx.ident("a trigger name")?;
    if is_constraint && !ctx.is("after") {
        return Err(ctx.rejected("`after`"));
    }
    let timing = timing(ctx)?;
    let mut columns = Vec::new();
    let events = events(ctx, &mut columns)?;
    ctx.expect("on")?;
    let table = ctx.name("a table name")?;
    let constraint = if is_constraint { Some(constraint(ctx)?) } else { None };
    let transitions = transitions(ctx)?;
    let for_each_row = for_each(ctx)?;
    if is_constraint && !for_each_row {
        return Err(ctx.rejected("`for each row`"));
    }
    let condition = if ctx.eat("when") { Some(ctx.parens()?) } else { None };
    let (function, arguments) = call(ctx)?;
    Ok(Ddl::CreateTrigger(CreateTrigger {
        name,
        table,
        or_replace,
        timing,
        events,
        columns,
        transitions,
        for_each_row,
        condition,
        constraint,
        function,
        arguments,
    }))
}

fn timing(ctx: &mut Cursor<'_, '_>) -> Res<&'static str> {
    if ctx.eat("before") {
        return Ok("before");
    }
    if ctx.eat("after") {
        return Ok("after");
    }
    if ctx.eat_all(&["instead", "of"]) {
        return Ok("instead of");
    }
    Err(ctx.rejected("`before`, `after` or `instead of`"))
}

const EVENTS: &[&str] = &["insert", "update", "delete", "truncate"];

/// `INSERT OR UPDATE OF a, b`.
fn events<'a>(ctx: &mut Cursor<'a, '_>, columns: &mut Vec<Ident<'a>>) -> Res<Vec<&'static str>> {
    let mut res = Vec::new();
    loop {
        let Some(event) = EVENTS.iter().copied().find(|it| ctx.eat(it)) else {
            return Err(ctx.rejected("`insert`, `update`, `delete` or `truncate`"));
        };
        res.push(event);
        if event == "update" && ctx.eat("of") {
            columns.push(ctx.ident("a column name")?);
            while ctx.eat_symbol(",") {
                columns.push(ctx.ident("a column name")?);
            }
        }
        if !ctx.eat("or") {
            return Ok(res);
        }
    }
}

/// `[FROM table] [NOT DEFERRABLE | [DEFERRABLE] [INITIALLY …]]`.
fn constraint<'a>(ctx: &mut Cursor<'a, '_>) -> Res<ConstraintTriggerDef<'a>> {
    let from = if ctx.eat("from") { Some(ctx.name("a table name")?) } else { None };
    let mut res = ConstraintTriggerDef { from, deferrable: false, initially_deferred: false };
    loop {
        if ctx.eat_all(&["not", "deferrable"]) || ctx.eat_all(&["initially", "immediate"]) {
        } else if ctx.eat("deferrable") {
            res.deferrable = true;
        } else if ctx.eat_all(&["initially", "deferred"]) {
            (res.deferrable, res.initially_deferred) = (true, true);
        } else {
            return Ok(res);
        }
    }
}

/// `REFERENCING NEW TABLE AS n OLD TABLE AS o`.
fn transitions<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Vec<(bool, Ident<'a>)>> {
    let mut res = Vec::new();
    if !ctx.eat("referencing") {
        return Ok(res);
    }
    while let Some(which) = ctx.eat_any(&["old", "new"]) {
        ctx.expect("table")?;
        ctx.eat("as");
        res.push((which.eq_ignore_ascii_case("new"), ctx.ident("a name")?));
    }
    if res.is_empty() { Err(ctx.rejected("`old` or `new`")) } else { Ok(res) }
}

fn for_each(ctx: &mut Cursor<'_, '_>) -> Res<bool> {
    if !ctx.eat("for") {
        return Ok(false);
    }
    ctx.eat("each");
    match ctx.eat_any(&["row", "statement"]) {
        Some(it) => Ok(it.eq_ignore_ascii_case("row")),
        None => Err(ctx.rejected("`row` or `statement`")),
    }
}

/// `EXECUTE FUNCTION f('a', 1)`.
fn call<'a>(ctx: &mut Cursor<'a, '_>) -> Res<(ObjectName<'a>, Vec<Text<'a>>)> {
    if !ctx.eat("execute") {
        return Err(ctx.rejected("`execute`"));
    }
    if ctx.eat_any(&["function", "procedure"]).is_none() {
        return Err(ctx.rejected("`function`"));
    }
    let function = ctx.name("the name of a function")?;
    ctx.expect_symbol("(")?;
    let mut arguments = Vec::new();
    while !ctx.is_symbol(")") {
        arguments.push(argument(ctx)?);
        if !ctx.eat_symbol(",") {
            break;
        }
    }
    ctx.expect_symbol(")")?;
    Ok((function, arguments))
}

/// A string, or a number or word that stands for one.
fn argument<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Text<'a>> {
    let token = ctx.peek();
    match token.kind {
        Kind::String => ctx.string("an argument"),
        Kind::Number => {
            ctx.at += 1;
            Ok(Text { text: ctx.raw(token).into(), span: token.span })
        }
        _ => {
            let word = ctx.label("an argument in quotes")?;
            Ok(Text { text: word.text, span: word.span })
        }
    }
}

/// Reads what stands behind `ALTER TRIGGER`.
pub(in crate::sql) fn alter_trigger<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    let name = ctx.ident("a trigger name")?;
    ctx.expect("on")?;
    let table = ctx.name("a table name")?;
    let mut rename_to = None;
    if ctx.eat_all(&["rename", "to"]) {
        rename_to = Some(ctx.ident("a trigger name")?);
    } else {
        ctx.eat("no");
        if !ctx.eat_all(&["depends", "on", "extension"]) {
            return Err(ctx.rejected("`rename to`"));
        }
        ctx.ident("an extension")?;
    }
    Ok(Ddl::AlterTrigger(AlterTrigger { name, table, rename_to }))
}

/// Reads `ENABLE|DISABLE [REPLICA|ALWAYS] TRIGGER|RULE x` of `ALTER TABLE`.
pub(in crate::sql) fn firing<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Option<Firing<'a>>> {
    let n = if ctx.is("enable") && (ctx.is_nth(1, "replica") || ctx.is_nth(1, "always")) {
        2
    } else {
        1
    };
    let rule = ctx.is_nth(n, "rule");
    if !ctx.is_any(&["enable", "disable"]) || !(rule || ctx.is_nth(n, "trigger")) {
        return Ok(None);
    }
    let state = firing_state(ctx);
    ctx.at += 1;
    let all = !rule && ctx.eat_any(&["all", "user"]).is_some();
    let name = if all { None } else { Some(ctx.ident("a name")?) };
    Ok(Some(Firing { rule, name, state }))
}

/// `ENABLE`, `ENABLE REPLICA`, `ENABLE ALWAYS`, `DISABLE`.
fn firing_state(ctx: &mut Cursor<'_, '_>) -> &'static str {
    if ctx.eat("disable") {
        return "disabled";
    }
    ctx.at += 1;
    if ctx.eat("replica") {
        "replica"
    } else if ctx.eat("always") {
        "always"
    } else {
        "enabled"
    }
}

/// Reads what stands behind `CREATE EVENT TRIGGER`.
pub(in crate::sql) fn create_event_trigger<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    let name = ctx.ident("a name")?;
    ctx.expect("on")?;
    let event = ctx.label("an event")?;
    let mut tags = Vec::new();
    if ctx.eat("when") {
        loop {
            ctx.label("`tag`")?;
            ctx.expect("in")?;
            tags.extend(ctx.list(|it| it.string("a command in quotes"))?);
            if !ctx.eat("and") {
                break;
            }
        }
    }
    ctx.expect("execute")?;
    if ctx.eat_any(&["function", "procedure"]).is_none() {
        return Err(ctx.rejected("`function`"));
    }
    let function = ctx.name("the name of a function")?;
    ctx.expect_symbol("(")?;
    ctx.expect_symbol(")")?;
    Ok(Ddl::CreateEventTrigger(CreateEventTrigger { name, event, tags, function }))
}

/// Reads what stands behind `ALTER EVENT TRIGGER`.
pub(in crate::sql) fn alter_event_trigger<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    let name = ctx.ident("a name")?;
    let change = if ctx.eat_all(&["rename", "to"]) {
        EventTriggerChange::RenameTo(ctx.ident("a name")?)
    } else if ctx.is_any(&["enable", "disable"]) {
        EventTriggerChange::State(firing_state(ctx))
    } else {
        return Err(ctx.rejected("`enable`, `disable` or `rename to`"));
    };
    Ok(Ddl::AlterEventTrigger(AlterEventTrigger { name, change }))
}
