//! The statements of MySQL that read and set variables, and those that run prepared text.

use super::{
    cursor::{Cursor, Res},
    plpgsql::target,
};
use crate::sql::{
    ast::{Class, Ident, Raise, Sql, StepKind, Target},
    program,
    token::Kind,
};

/// Reads a statement up to its semicolon, which stays.
pub(super) fn plain_step<'a>(ctx: &mut Cursor<'a, '_>) -> Res<StepKind<'a>> {
    if let Some(again) = ctx.eat_any(&["leave", "iterate"]) {
        let again = again.eq_ignore_ascii_case("iterate");
        let label = Some(ctx.label("a label")?.text.to_lowercase());
        return Ok(StepKind::Exit { label, when: None, again });
    }
    if ctx.eat("return") {
        return Ok(StepKind::Return(Some(rest(ctx)?)));
    }
    if ctx.eat_any(&["signal", "resignal"]).is_some() {
        return signal(ctx);
    }
    if ctx.eat("set") {
        return set(ctx);
    }
    if ctx.eat("prepare") {
        let name = ctx.label("a name")?;
        ctx.expect("from")?;
        return Ok(StepKind::Prepare { name, text: rest(ctx)? });
    }
    if ctx.eat("execute") {
        return execute(ctx);
    }
    if ctx.eat_all(&["deallocate", "prepare"]) || ctx.eat_all(&["drop", "prepare"]) {
        return Ok(StepKind::Deallocate(lowered(ctx.label("a name")?)));
    }
    if ctx.eat("call") {
        return call(ctx);
    }
    if ctx.eat("open") {
        let cursor = ctx.label("a cursor")?.text.to_lowercase();
        skip(ctx);
        return Ok(StepKind::Open(cursor));
    }
    if ctx.eat("close") {
        return Ok(StepKind::Close(ctx.label("a cursor")?.text.to_lowercase()));
    }
    if ctx.eat("fetch") {
        let _ = ctx.eat("next");
        let _ = ctx.eat("from");
        let cursor = ctx.label("a cursor")?.text.to_lowercase();
        ctx.expect("into")?;
        if ctx.raw(ctx.peek()).starts_with('@') {
            return Err(ctx.rejected("a variable of the program"));
        }
        return Ok(StepKind::Fetch { cursor, into: list(ctx)? });
    }
    if ctx.eat_all(&["get", "diagnostics"]) {
        skip(ctx);
        return Ok(StepKind::Nothing);
    }
    statement(ctx)
}

fn lowered(ident: Ident<'_>) -> Ident<'_> {
    Ident { text: ident.text.to_lowercase().into(), span: ident.span }
}

fn skip(ctx: &mut Cursor<'_, '_>) {
    while !ctx.is_end() && !ctx.is_symbol(";") {
        ctx.at += 1;
    }
}

/// Reads up to the semicolon or the end.
fn rest<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Sql<'a>> {
    let start = ctx.at;
    skip(ctx);
    if ctx.at == start { Err(ctx.rejected("an expression")) } else { Ok(ctx.since(start)) }
}

/// `@x`, or the name of a local variable.
fn variable(ctx: &mut Cursor<'_, '_>) -> Res<Target> {
    let token = ctx.peek();
    if token.kind == Kind::Word && ctx.raw(token).starts_with('@') {
        ctx.at += 1;
        return Ok(vec![ctx.raw(token).replace(['`', '\''], "").to_lowercase()]);
    }
    Ok(target(ctx)?.into_iter().map(|it| it.to_lowercase()).collect())
}

fn list(ctx: &mut Cursor<'_, '_>) -> Res<Vec<Target>> {
    let mut res = vec![variable(ctx)?];
    while ctx.eat_symbol(",") {
        res.push(variable(ctx)?);
    }
    Ok(res)
}

/// What a signal can tell
/// (<https://dev.mysql.com/doc/refman/8.4/en/signal.html#signal-condition-information-items>).
const TOLD: &[&str] = &[
    "catalog_name",
    "class_origin",
    "column_name",
    "constraint_catalog",
    "constraint_name",
    "constraint_schema",
    "cursor_name",
    "message_text",
    "mysql_errno",
    "row_number",
    "schema_name",
    "subclass_origin",
    "table_name",
];

fn signal<'a>(ctx: &mut Cursor<'a, '_>) -> Res<StepKind<'a>> {
    let mut res =
        Raise { aborts: true, condition: None, is_named: false, message: None, args: Vec::new() };
    if ctx.eat("sqlstate") {
        res.condition = Some(state(ctx)?);
    } else if !ctx.is("set") && !ctx.is_symbol(";") && !ctx.is_end() {
        res.condition = Some(ctx.label("a condition")?.text.to_lowercase());
        res.is_named = true;
    }
    let mut told = Vec::new();
    if ctx.eat("set") {
        loop {
            let Some(item) = ctx.eat_any(TOLD).map(str::to_ascii_lowercase) else {
                return Err(ctx.rejected("what the signal tells"));
            };
            if told.contains(&item) {
                return Err(ctx.rejected("each item once"));
            }
            ctx.expect_symbol("=")?;
            let value = argument(ctx)?;
            if value.text.contains('(') && !value.text.starts_with(['\'', '"']) {
                return Err(ctx.rejected("a value that is not computed"));
            }
            if item == "message_text" {
                res.message = Some(value);
            }
            told.push(item);
            if !ctx.eat_symbol(",") {
                break;
            }
        }
    }
    Ok(StepKind::Raise(res))
}

/// Reads what stands behind `SQLSTATE`: a class of errors and one of them.
pub(super) fn state(ctx: &mut Cursor<'_, '_>) -> Res<String> {
    let _ = ctx.eat("value");
    let is_part = |it: u8| it.is_ascii_digit() || it.is_ascii_uppercase();
    let text = ctx.string("a state")?.text;
    if text.len() != 5 || text.starts_with("00") || !text.bytes().all(is_part) {
        ctx.at -= 1;
        return Err(ctx.rejected("the state of an error"));
    }
    Ok(format!("sqlstate {text}"))
}

/// `SET @a = 1, b := 2`; settings of the session are none of the variables.
fn set<'a>(ctx: &mut Cursor<'a, '_>) -> Res<StepKind<'a>> {
    let mut res = Vec::new();
    if ctx.is_any(&["names", "character", "charset", "transaction", "password", "role", "default"])
        && !ctx.is_symbol_nth(1, "=")
    {
        skip(ctx);
        return Ok(StepKind::Nothing);
    }
    loop {
        let _ = ctx.eat_any(&["session", "global", "local", "persist"]);
        let to = variable(ctx)?;
        if !ctx.eat_symbol("=") && !ctx.eat_symbol(":=") {
            return Err(ctx.expected("`=`"));
        }
        res.push((to, argument(ctx)?));
        if !ctx.eat_symbol(",") {
            return Ok(StepKind::Assign(res));
        }
    }
}

fn execute<'a>(ctx: &mut Cursor<'a, '_>) -> Res<StepKind<'a>> {
    if ctx.eat("immediate") {
        let text = until_using(ctx)?;
        return Ok(StepKind::Execute { text, into: Vec::new(), using: using(ctx)? });
    }
    let name = lowered(ctx.label("a name")?);
    Ok(StepKind::Run { name, using: using(ctx)? })
}

fn until_using<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Sql<'a>> {
    let start = ctx.at;
    while !ctx.is_end() && !ctx.is_symbol(";") && !ctx.is("using") {
        ctx.at += 1;
    }
    if ctx.at == start { Err(ctx.rejected("a text")) } else { Ok(ctx.since(start)) }
}

fn using<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Vec<Sql<'a>>> {
    let mut res = Vec::new();
    if ctx.eat("using") {
        res.push(argument(ctx)?);
        while ctx.eat_symbol(",") {
            res.push(argument(ctx)?);
        }
    }
    Ok(res)
}

fn argument<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Sql<'a>> {
    let start = ctx.at;
    let mut depth = 0_usize;
    while !ctx.is_end() && !ctx.is_symbol(";") {
        match ctx.raw(ctx.peek()) {
            "(" => depth += 1,
            ")" | "," if depth == 0 => break,
            ")" => depth -= 1,
            _ => {}
        }
        ctx.at += 1;
    }
    if ctx.at == start { Err(ctx.rejected("an argument")) } else { Ok(ctx.since(start)) }
}

/// Reads what stands behind `CALL`.
pub(in crate::sql) fn call<'a>(ctx: &mut Cursor<'a, '_>) -> Res<StepKind<'a>> {
    let name = ctx.name("a procedure name")?;
    let mut args = Vec::new();
    if ctx.eat_symbol("(") {
        while !ctx.is_symbol(")") {
            args.push(argument(ctx)?);
            if !ctx.eat_symbol(",") {
                break;
            }
        }
        ctx.expect_symbol(")")?;
    }
    Ok(StepKind::Call { name, args })
}

/// Statements that write rows.
const WRITES: &[&str] = &["insert", "update", "delete", "replace", "truncate", "load"];

/// A statement like any other; a query may set variables.
fn statement<'a>(ctx: &mut Cursor<'a, '_>) -> Res<StepKind<'a>> {
    let start = ctx.at;
    let whole = rest(ctx)?;
    let end = ctx.at;
    ctx.at = start;
    if ctx.is_any(WRITES) {
        ctx.at = end;
        return Ok(StepKind::Data { statement: whole, into: Vec::new(), bare: None });
    }
    if !ctx.is_any(&["select", "with"]) && !ctx.is_symbol("(") {
        let statement = program::statement_of(ctx, end);
        ctx.at = end;
        if let Class::Rejected(fault) = statement.class {
            return Err(super::cursor::Failure { fault, certain: true });
        }
        return Ok(StepKind::Sql(Box::new(statement)));
    }
    query(ctx, whole, end)
}

/// `SELECT a INTO @x FROM t`, `SELECT @x := a FROM t`.
fn query<'a>(ctx: &mut Cursor<'a, '_>, whole: Sql<'a>, end: usize) -> Res<StepKind<'a>> {
    let base = whole.span.start as usize;
    let mut depth = 0_usize;
    while ctx.at < end {
        match ctx.raw(ctx.peek()) {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && ctx.is("into") && !ctx.is_nth(1, "outfile") && !ctx.is_nth(1, "dumpfile") {
            let from = ctx.peek().span.start as usize;
            ctx.at += 1;
            let into = list(ctx)?;
            let to = ctx.previous().span.end as usize;
            ctx.at = end;
            let query = format!("{} {}", &whole.text[..from - base], &whole.text[to - base..]);
            return Ok(StepKind::Select { query: query.into(), into, strict: false });
        }
        ctx.at += 1;
    }
    Ok(StepKind::Select { query: whole.text.into(), into: Vec::new(), strict: false })
}
