//! Compound statements of MySQL and MariaDB, and the statements that only make sense with variables.
//!
//! <https://dev.mysql.com/doc/refman/8.4/en/sql-compound-statements.html>

use std::sync::Arc;

use super::{
    compound_step::{plain_step, state},
    cursor::{Cursor, Res},
    plpgsql::{target, too_deep, until},
    stored::stored_type,
};
use crate::{
    base::Span,
    sql::{
        Family,
        ast::{Block, Declare, Handler, Named, Over, Sql, Step, StepKind},
        token::Kind,
    },
};

/// Blocks in blocks that are read; bounds the stack.
const DEPTH: usize = 60;

/// Reads one compound statement and nothing behind it.
pub(in crate::sql) fn compound<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Step<'a>> {
    let start = ctx.at;
    let kind = step(ctx, 0)?;
    let span = ctx.span_since(start);
    let _ = ctx.eat_symbol(";");
    ctx.expect_end()?;
    Ok(Step { span, kind })
}

/// Reads the body of a stored program of MySQL or SQLite, which ends the statement; errs where MySQL does not read it.
pub(super) fn body<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Sql<'a>> {
    if ctx.is_end() {
        return Err(ctx.rejected("a body"));
    }
    let start = ctx.at;
    if ctx.family() == Family::MySql {
        match step(ctx, 0) {
            Ok(_) => {
                let _ = ctx.eat_symbol(";");
                if !ctx.is_end() {
                    return Err(ctx.rejected("the end of the body"));
                }
            }
            Err(failure) if failure.certain => return Err(failure),
            Err(_) => {}
        }
        ctx.at = start;
    }
    Ok(ctx.rest())
}

fn step<'a>(ctx: &mut Cursor<'a, '_>, depth: usize) -> Res<StepKind<'a>> {
    if depth > DEPTH {
        return Err(too_deep(ctx));
    }
    let label = label(ctx)?;
    if ctx.is("begin") && !ctx.is_symbol_nth(1, ";") {
        return Ok(StepKind::Block(block(ctx, label, depth)?));
    }
    if ctx.is_any(&["loop", "while", "repeat"]) || ctx.lexis.mariadb_comments && ctx.is("for") {
        return any_loop(ctx, label, depth);
    }
    if ctx.eat("if") {
        return conditional(ctx, depth);
    }
    if ctx.eat("case") {
        return case(ctx, depth);
    }
    plain_step(ctx)
}

fn label(ctx: &mut Cursor<'_, '_>) -> Res<Option<String>> {
    if !ctx.is_symbol_nth(1, ":") {
        return Ok(None);
    }
    let name = ctx.label("a label")?.text.to_lowercase();
    ctx.at += 1;
    Ok(Some(name))
}

/// A label may be said again behind `END`.
fn end(ctx: &mut Cursor<'_, '_>, word: Option<&str>, label: Option<&str>) -> Res<()> {
    ctx.expect("end")?;
    if let Some(word) = word {
        ctx.expect(word)?;
    }
    let token = ctx.peek();
    if matches!(token.kind, Kind::Word | Kind::Quoted) {
        let own = ctx.raw(token).trim_matches('`');
        if !label.is_some_and(|it| it.eq_ignore_ascii_case(own)) {
            return Err(ctx.rejected("`;`"));
        }
        ctx.at += 1;
    }
    Ok(())
}

/// Reads the steps of a branch or a loop, of which there is at least one.
fn some_steps<'a>(ctx: &mut Cursor<'a, '_>, stop: &[&str], depth: usize) -> Res<Vec<Step<'a>>> {
    if ctx.is_any(stop) { Err(ctx.rejected("a statement")) } else { steps(ctx, stop, depth) }
}

fn steps<'a>(ctx: &mut Cursor<'a, '_>, stop: &[&str], depth: usize) -> Res<Vec<Step<'a>>> {
    let mut res = Vec::new();
    while !ctx.is_any(stop) {
        if ctx.is_end() {
            return Err(ctx.rejected(&format!("`{}`", stop[0])));
        }
        res.push(one(ctx, depth)?);
        ctx.expect_symbol(";")?;
    }
    Ok(res)
}

fn one<'a>(ctx: &mut Cursor<'a, '_>, depth: usize) -> Res<Step<'a>> {
    let start = ctx.at;
    let kind = step(ctx, depth + 1)?;
    Ok(Step { span: ctx.span_since(start), kind })
}

fn block<'a>(ctx: &mut Cursor<'a, '_>, label: Option<String>, depth: usize) -> Res<Block<'a>> {
    ctx.expect("begin")?;
    let _ = ctx.eat_all(&["not", "atomic"]);
    let mut res = Block { label, ..Block::default() };
    let mut handlers = Vec::new();
    while ctx.eat("declare") {
        declaration(ctx, &mut res, &mut handlers, depth)?;
        ctx.expect_symbol(";")?;
    }
    res.body = steps(ctx, &["end"], depth)?;
    res.handlers = handlers.into();
    if res.handlers.iter().any(|it| it.goes_on) {
        res.body.iter_mut().for_each(|it| go_on_within(it, &res.handlers));
    }
    end(ctx, None, res.label.as_deref())?;
    Ok(res)
}

/// Reads what stands behind `DECLARE`: variables and conditions come first, then cursors, then handlers.
fn declaration<'a>(
    ctx: &mut Cursor<'a, '_>,
    block: &mut Block<'a>,
    handlers: &mut Vec<Handler<'a>>,
    depth: usize,
) -> Res<()> {
    if ctx.is_nth(1, "handler") {
        handlers.push(handler(ctx, &block.conditions, depth)?);
    } else if !handlers.is_empty() {
        return Err(ctx.rejected("a handler"));
    } else if ctx.is_nth(1, "cursor") {
        let name = ctx.label("a cursor")?.text.to_lowercase();
        ctx.at += 1;
        if ctx.lexis.mariadb_comments && ctx.is_symbol("(") {
            ctx.parens()?;
        }
        ctx.expect("for")?;
        if !ctx.is_any(&["select", "with", "values", "table"]) && !ctx.is_symbol("(") {
            return Err(ctx.rejected("a query"));
        }
        block.cursors.push((name, until(ctx, &[";"])?));
    } else if !block.cursors.is_empty() {
        return Err(ctx.rejected("a cursor or a handler"));
    } else if ctx.is_nth(1, "condition") {
        let name = ctx.label("a condition")?.text.to_lowercase();
        ctx.at += 1;
        ctx.expect("for")?;
        block.conditions.push((name, condition(ctx)?));
    } else {
        block.declares.push(declare(ctx)?);
    }
    Ok(())
}

/// A CONTINUE handler goes on behind the very statement that failed, however deep that stands in the block.
fn go_on_within<'a>(step: &mut Step<'a>, handlers: &Arc<[Handler<'a>]>) {
    let inner: Vec<&mut Vec<Step>> = match &mut step.kind {
        StepKind::Block(block) => vec![&mut block.body],
        StepKind::If { branches, otherwise } => {
            branches.iter_mut().map(|it| &mut it.1).chain([otherwise]).collect()
        }
        StepKind::Case { branches, otherwise, .. } => {
            branches.iter_mut().map(|it| &mut it.1).chain(otherwise).collect()
        }
        StepKind::Loop { body, .. } => vec![body],
        _ => return,
    };
    for step in inner.into_iter().flatten() {
        match &step.kind {
            StepKind::Block(_)
            | StepKind::If { .. }
            | StepKind::Case { .. }
            | StepKind::Loop { .. } => {
                go_on_within(step, handlers);
            }
            StepKind::Exit { .. } | StepKind::Nothing => {}
            _ => {
                let own = Step {
                    span: step.span,
                    kind: std::mem::replace(&mut step.kind, StepKind::Nothing),
                };
                let handlers = Arc::clone(handlers);
                step.kind =
                    StepKind::Block(Block { body: vec![own], handlers, ..Block::default() });
            }
        }
    }
}

fn handler<'a>(
    ctx: &mut Cursor<'a, '_>,
    named: &[(String, String)],
    depth: usize,
) -> Res<Handler<'a>> {
    let goes_on = ctx.eat("continue");
    if !goes_on && !ctx.eat("exit") {
        return Err(ctx.rejected("`continue` or `exit`"));
    }
    ctx.at += 1;
    ctx.expect("for")?;
    let mut conditions = vec![condition(ctx)?];
    while ctx.eat_symbol(",") {
        conditions.push(condition(ctx)?);
    }
    for it in &mut conditions {
        if let Some((_, meant)) = named.iter().find(|own| own.0 == *it) {
            it.clone_from(meant);
        }
    }
    Ok(Handler { conditions, goes_on, body: vec![one(ctx, depth)?] })
}

fn declare<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Declare<'a>> {
    let mut names = vec![ctx.label("a variable")?.text.to_lowercase()];
    while ctx.eat_symbol(",") {
        names.push(ctx.label("a variable")?.text.to_lowercase());
    }
    let start = ctx.at;
    let mut of_type = Named::Nothing;
    // MariaDB has variables that are rows, or of the type of a column.
    if ctx.lexis.mariadb_comments && (ctx.is("row") || ctx.is_all(&["type", "of"])) {
        until(ctx, &["default", ";"])?;
    } else {
        of_type = Named::Plain(stored_type(ctx)?.ty);
        if !ctx.is("default") && !ctx.is_symbol(";") {
            return Err(ctx.rejected("`default` or `;`"));
        }
    }
    let ty = ctx.since(start);
    let (ty, span) = (ty.text.to_lowercase(), ty.span);
    let default = if ctx.eat("default") { Some(until(ctx, &[";"])?) } else { None };
    Ok(Declare { names, ty, named: of_type, span, default })
}

fn condition(ctx: &mut Cursor<'_, '_>) -> Res<String> {
    if ctx.eat("sqlstate") {
        return state(ctx);
    }
    if ctx.eat_all(&["not", "found"]) {
        return Ok("not found".to_owned());
    }
    if ctx.peek().kind == Kind::Number {
        let token = ctx.bump();
        return Ok(ctx.raw(token).to_owned());
    }
    Ok(ctx.label("a condition")?.text.to_lowercase())
}

fn conditional<'a>(ctx: &mut Cursor<'a, '_>, depth: usize) -> Res<StepKind<'a>> {
    let mut branches = Vec::new();
    let mut otherwise = Vec::new();
    loop {
        let condition = until(ctx, &["then"])?;
        ctx.at += 1;
        let body = some_steps(ctx, &["end", "else", "elseif"], depth)?;
        branches.push((condition, body));
        if !ctx.eat("elseif") {
            break;
        }
    }
    if ctx.eat("else") {
        otherwise = some_steps(ctx, &["end"], depth)?;
    }
    ctx.expect("end")?;
    ctx.expect("if")?;
    Ok(StepKind::If { branches, otherwise })
}

fn case<'a>(ctx: &mut Cursor<'a, '_>, depth: usize) -> Res<StepKind<'a>> {
    let operand = if ctx.is("when") { None } else { Some(until(ctx, &["when"])?) };
    let mut branches = Vec::new();
    while ctx.eat("when") {
        let condition = until(ctx, &["then"])?;
        ctx.at += 1;
        branches.push((condition, some_steps(ctx, &["end", "else", "when"], depth)?));
    }
    let otherwise = if ctx.eat("else") { Some(some_steps(ctx, &["end"], depth)?) } else { None };
    ctx.expect("end")?;
    ctx.expect("case")?;
    Ok(StepKind::Case { operand, branches, otherwise })
}

fn any_loop<'a>(
    ctx: &mut Cursor<'a, '_>,
    label: Option<String>,
    depth: usize,
) -> Res<StepKind<'a>> {
    if ctx.eat("loop") {
        let body = some_steps(ctx, &["end"], depth)?;
        end(ctx, Some("loop"), label.as_deref())?;
        return Ok(StepKind::Loop { label, over: Over::Nothing, body });
    }
    if ctx.eat("repeat") {
        let body = some_steps(ctx, &["until"], depth)?;
        ctx.expect("until")?;
        let over = Over::Until(until(ctx, &["end"])?);
        end(ctx, Some("repeat"), label.as_deref())?;
        return Ok(StepKind::Loop { label, over, body });
    }
    let is_for = ctx.eat("for");
    let (over, word) = if is_for {
        (over_for(ctx)?, "for")
    } else {
        ctx.expect("while")?;
        (Over::While(until(ctx, &["do"])?), "while")
    };
    ctx.expect("do")?;
    let body = some_steps(ctx, &["end"], depth)?;
    end(ctx, Some(word), label.as_deref())?;
    Ok(StepKind::Loop { label, over, body })
}

/// `FOR i IN [REVERSE] 1..3 DO`, `FOR r IN (SELECT …) DO`, of MariaDB.
fn over_for<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Over<'a>> {
    let variable = target(ctx)?;
    ctx.expect("in")?;
    let reverse = ctx.eat("reverse");
    let whole = until(ctx, &["do"])?;
    let Some(dots) = whole.text.find("..") else {
        return Ok(Over::Query { targets: vec![variable], query: whole });
    };
    let part = |from: usize, to: usize| Sql {
        text: &whole.text[from..to],
        span: Span::new(from, to).shift(whole.span.start),
    };
    Ok(Over::Range {
        variable: variable.into_iter().next().unwrap_or_default().to_lowercase(),
        reverse,
        from: part(0, dots),
        to: part(dots + 2, whole.text.len()),
        by: None,
    })
}
