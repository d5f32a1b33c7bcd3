//! The statements of PL/pgSQL that hold no others.

use super::{
    cursor::{Cursor, Failure, Res},
    plpgsql::{target, targets, until},
};
use crate::sql::{
    ast::{Class, Raise, Sql, StepKind, Target},
    program,
    token::Kind,
};

/// Reads a statement up to its semicolon, which stays.
pub(super) fn plain_step<'a>(ctx: &mut Cursor<'a, '_>) -> Res<StepKind<'a>> {
    if ctx.is("null") && ctx.is_symbol_nth(1, ";") {
        ctx.at += 1;
        return Ok(StepKind::Nothing);
    }
    if let Some(again) = ctx.eat_any(&["exit", "continue"]) {
        return exit(ctx, again.eq_ignore_ascii_case("continue"));
    }
    if ctx.eat("return") {
        return returned(ctx);
    }
    if ctx.eat("raise") {
        return raise(ctx);
    }
    if ctx.eat("assert") {
        let condition = until(ctx, &[",", ";"])?;
        skip(ctx);
        return Ok(StepKind::Assert(condition));
    }
    if ctx.eat("perform") {
        let query = rest(ctx)?;
        let query = format!("SELECT {}", query.text).into();
        return Ok(StepKind::Select { query, into: Vec::new(), strict: false });
    }
    if ctx.eat("execute") {
        return execute(ctx);
    }
    if ctx.eat("get") {
        let stacked = ctx.eat_any(&["current", "stacked"]);
        ctx.expect("diagnostics")?;
        let stacked = stacked.is_some_and(|it| it.eq_ignore_ascii_case("stacked"));
        return diagnostics(ctx, if stacked { STACKED_ITEMS } else { ITEMS });
    }
    if ctx.is_any(&["open", "fetch", "move", "close", "commit", "rollback"]) && !is_assignment(ctx)
    {
        return cursor_step(ctx);
    }
    if is_assignment(ctx) {
        return assignment(ctx);
    }
    sql(ctx)
}

fn skip(ctx: &mut Cursor<'_, '_>) {
    while !ctx.is_end() && !ctx.is_symbol(";") {
        ctx.at += 1;
    }
}

fn rest<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Sql<'a>> {
    until(ctx, &[";"])
}

fn exit<'a>(ctx: &mut Cursor<'a, '_>, again: bool) -> Res<StepKind<'a>> {
    let label = if ctx.is("when") || ctx.is_symbol(";") {
        None
    } else {
        Some(ctx.label("a label")?.text.into_owned())
    };
    let when = if ctx.eat("when") { Some(rest(ctx)?) } else { None };
    Ok(StepKind::Exit { label, when, again })
}

fn returned<'a>(ctx: &mut Cursor<'a, '_>) -> Res<StepKind<'a>> {
    if ctx.eat("next") {
        let has_value = !ctx.is_symbol(";");
        skip(ctx);
        return Ok(StepKind::ReturnNext(has_value));
    }
    if ctx.eat_all(&["query", "execute"]) {
        skip(ctx);
        return Ok(StepKind::ReturnRows(None));
    }
    if ctx.eat("query") {
        return Ok(StepKind::ReturnRows(Some(rest(ctx)?)));
    }
    let value = if ctx.is_symbol(";") { None } else { Some(rest(ctx)?) };
    Ok(StepKind::Return(value))
}

fn raise<'a>(ctx: &mut Cursor<'a, '_>) -> Res<StepKind<'a>> {
    let level = ctx.eat_any(&["debug", "log", "info", "notice", "warning", "exception"]);
    let mut res = Raise {
        aborts: level.is_none_or(|it| it.eq_ignore_ascii_case("exception")),
        condition: None,
        is_named: false,
        message: None,
        args: Vec::new(),
    };
    if ctx.eat("sqlstate") {
        res.condition = Some(format!("sqlstate {}", ctx.string("a state")?.text));
        res.is_named = true;
    } else if ctx.peek().kind == Kind::String {
        let start = ctx.at;
        ctx.string("a message")?;
        res.message = Some(ctx.since(start));
        while ctx.eat_symbol(",") {
            res.args.push(until(ctx, &[";", ",", "using"])?);
        }
        let n_marks = marks(res.message.map_or("", |it| it.text));
        if n_marks != res.args.len() {
            let many = if n_marks < res.args.len() { "fewer" } else { "more" };
            return Err(ctx.rejected(&format!("{many} values for the marks of the message")));
        }
    } else if ctx.peek().kind == Kind::Word && !ctx.is("using") {
        res.condition = Some(ctx.label("a condition")?.text.to_lowercase());
        res.is_named = true;
    } else if level.is_some() && !ctx.is("using") {
        return Err(ctx.rejected("a message"));
    }
    if ctx.eat("using") {
        options(ctx, &mut res)?;
    }
    if !ctx.is_symbol(";") {
        return Err(ctx.rejected("`;`"));
    }
    Ok(StepKind::Raise(res))
}

/// Returns how many values the message of RAISE asks for.
fn marks(message: &str) -> usize {
    message.replace("%%", "").matches('%').count()
}

const RAISE_OPTIONS: &[&str] = &[
    "column",
    "constraint",
    "datatype",
    "detail",
    "errcode",
    "hint",
    "message",
    "schema",
    "table",
];

/// What `GET DIAGNOSTICS` gives of the last statement, and what `GET STACKED DIAGNOSTICS` gives of an error.
const ITEMS: &[&str] = &["pg_context", "pg_routine_oid", "row_count"];
const STACKED_ITEMS: &[&str] = &[
    "column_name",
    "constraint_name",
    "message_text",
    "pg_context",
    "pg_datatype_name",
    "pg_exception_context",
    "pg_exception_detail",
    "pg_exception_hint",
    "returned_sqlstate",
    "schema_name",
    "table_name",
];

/// `USING ERRCODE = 'x', HINT = 'y'`.
fn options<'a>(ctx: &mut Cursor<'a, '_>, res: &mut Raise<'a>) -> Res<()> {
    loop {
        if !ctx.is_any(RAISE_OPTIONS) {
            return Err(ctx.rejected("an option of `raise`"));
        }
        let name = ctx.label("an option")?.text.to_lowercase();
        let _ = ctx.eat_symbol("=") || ctx.eat_symbol(":=");
        let is_string = ctx.peek().kind == Kind::String;
        let value = until(ctx, &[";", ","])?;
        match name.as_str() {
            "errcode" if is_string => {
                let text = value.text.trim_matches('\'').to_lowercase();
                let is_state = text.len() == 5 && text.bytes().all(|it| it.is_ascii_alphanumeric());
                res.condition =
                    Some(if is_state { format!("sqlstate {}", text.to_uppercase()) } else { text });
            }
            "message" => res.message = Some(value),
            _ => {}
        }
        if !ctx.eat_symbol(",") {
            return Ok(());
        }
    }
}

/// `EXECUTE text [INTO [STRICT] a, b] [USING c, d]`, the last two in either order.
fn execute<'a>(ctx: &mut Cursor<'a, '_>) -> Res<StepKind<'a>> {
    let text = until(ctx, &[";", "into", "using"])?;
    let mut into = Vec::new();
    let mut using = Vec::new();
    loop {
        if ctx.eat("into") {
            let _ = ctx.eat("strict");
            into = targets(ctx)?;
        } else if ctx.eat("using") {
            using.push(until(ctx, &[";", ",", "into"])?);
            while ctx.eat_symbol(",") {
                using.push(until(ctx, &[";", ",", "into"])?);
            }
        } else {
            return Ok(StepKind::Execute { text, into, using });
        }
    }
}

fn diagnostics<'a>(ctx: &mut Cursor<'a, '_>, items: &[&str]) -> Res<StepKind<'a>> {
    let mut res = Vec::new();
    loop {
        res.push(target(ctx)?);
        let _ = ctx.eat_symbol("=") || ctx.eat_symbol(":=");
        if ctx.eat_any(items).is_none() {
            return Err(ctx.rejected("an item of diagnostics"));
        }
        if !ctx.eat_symbol(",") {
            return Ok(StepKind::Forget(res));
        }
    }
}

/// Cursors are over rows; what they fetch is not known.
fn cursor_step<'a>(ctx: &mut Cursor<'a, '_>) -> Res<StepKind<'a>> {
    let mut into = Vec::new();
    if ctx.eat_any(&["open", "close"]).is_some() {
        into.push(target(ctx)?);
    }
    while !ctx.is_end() && !ctx.is_symbol(";") {
        if ctx.eat("into") {
            into.extend(targets(ctx)?);
        } else {
            ctx.at += 1;
        }
    }
    Ok(StepKind::Forget(into))
}

/// `a := 1`, `a.b = 1`, `a[1] := 1`.
fn is_assignment(ctx: &Cursor<'_, '_>) -> bool {
    let mut n = 1;
    while ctx.is_symbol_nth(n, ".") {
        n += 2;
    }
    if ctx.is_symbol_nth(n, "[") {
        while n < 40 && !ctx.is_symbol_nth(n, "]") {
            n += 1;
        }
        n += 1;
    }
    matches!(ctx.peek().kind, Kind::Word | Kind::Quoted)
        && (ctx.is_symbol_nth(n, ":=") || ctx.is_symbol_nth(n, "="))
}

fn assignment<'a>(ctx: &mut Cursor<'a, '_>) -> Res<StepKind<'a>> {
    let to = target(ctx)?;
    ctx.at += 1;
    let value = rest(ctx)?;
    Ok(StepKind::Assign(vec![(to, value)]))
}

/// Statements that write rows.
const WRITES: &[&str] = &["insert", "update", "delete", "merge", "truncate", "copy", "values"];

/// A static statement. `INTO` belongs to PL/pgSQL wherever it stands outside of parentheses, but behind INSERT and MERGE.
fn sql<'a>(ctx: &mut Cursor<'a, '_>) -> Res<StepKind<'a>> {
    let start = ctx.at;
    if !matches!(ctx.peek().kind, Kind::Word | Kind::Symbol) {
        return Err(ctx.rejected("a statement"));
    }
    let whole = rest(ctx)?;
    let end = ctx.at;
    ctx.at = start;
    let is_query = ctx.is_any(&["select", "with", "values", "table"]) || ctx.is_symbol("(");
    let writes = ctx.is_any(WRITES) || ctx.is("with") && ctx.has_word(start, end, WRITES);
    if !is_query && !writes {
        let statement = program::statement_of(ctx, end);
        ctx.at = end;
        // The server checks the syntax of the whole body before it runs any of it.
        if let Class::Rejected(fault) = statement.class {
            return Err(Failure { fault, certain: true });
        }
        return Ok(StepKind::Sql(Box::new(statement)));
    }
    let found = find_into(ctx, start, end)?;
    ctx.at = end;
    let Some((from, to, into, strict)) = found else {
        return Ok(if writes {
            StepKind::Data { statement: whole, into: Vec::new(), bare: None }
        } else {
            StepKind::Select { query: whole.text.into(), into: Vec::new(), strict: false }
        });
    };
    let base = whole.span.start as usize;
    if writes {
        let mut text = whole.text.to_owned();
        text.replace_range(from - base..to - base, &" ".repeat(to - from));
        return Ok(StepKind::Data { statement: whole, into, bare: Some(text) });
    }
    let query = format!("{} {}", &whole.text[..from - base], &whole.text[to - base..]);
    Ok(StepKind::Select { query: query.into(), into, strict })
}

type Into = (usize, usize, Vec<Target>, bool);

/// Finds `INTO a, b` and the bytes it stands in.
fn find_into(ctx: &mut Cursor<'_, '_>, start: usize, end: usize) -> Res<Option<Into>> {
    let mut depth = 0_usize;
    ctx.at = start;
    while ctx.at < end {
        match ctx.raw(ctx.peek()) {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
        let behind = ctx.previous();
        let of_insert = ctx.at > start
            && ["insert", "merge"].iter().any(|it| ctx.raw(behind).eq_ignore_ascii_case(it));
        if depth == 0 && ctx.is("into") && !of_insert {
            let from = ctx.peek().span.start as usize;
            ctx.at += 1;
            let strict = ctx.eat("strict");
            let into = targets(ctx)?;
            let to = ctx.previous().span.end as usize;
            return Ok(Some((from, to, into, strict)));
        }
        ctx.at += 1;
    }
    Ok(None)
}
