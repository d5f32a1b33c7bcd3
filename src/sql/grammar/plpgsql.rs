//! PL/pgSQL: blocks, their variables and handlers, and what controls the flow.
//!
//! <https://www.postgresql.org/docs/current/plpgsql.html>

use super::cursor::{Cursor, Failure, Res};
use crate::sql::{
    ast::{Block, Declare, Handler, Named, Over, Step, StepKind, Target},
    token::Kind,
};

/// Blocks in blocks that are read; bounds the stack.
const DEPTH: usize = 60;

/// Reads a body: one block and nothing behind it.
pub(in crate::sql) fn plpgsql<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Block<'a>> {
    // `#variable_conflict use_column`
    while ctx.eat_symbol("#") {
        ctx.at += 2;
    }
    let label = label(ctx)?;
    let block = block(ctx, 0, label)?;
    let _ = ctx.eat_symbol(";");
    ctx.expect_end()?;
    Ok(block)
}

/// `<<name>>`.
fn label(ctx: &mut Cursor<'_, '_>) -> Res<Option<String>> {
    if !(ctx.is_symbol("<") && ctx.is_symbol_nth(1, "<")) {
        return Ok(None);
    }
    ctx.at += 2;
    let name = ctx.label("a label")?.text.into_owned();
    ctx.expect_symbol(">")?;
    ctx.expect_symbol(">")?;
    Ok(Some(name))
}

fn block<'a>(ctx: &mut Cursor<'a, '_>, depth: usize, label: Option<String>) -> Res<Block<'a>> {
    let mut res = Block { label, ..Block::default() };
    while ctx.eat("declare") {
        while !ctx.is_any(&["begin", "declare"]) {
            if ctx.is_end() {
                return Err(ctx.rejected("`begin`"));
            }
            match cursor(ctx)? {
                Some(it) => res.cursors.push(it),
                None => res.declares.push(declare(ctx)?),
            }
        }
    }
    ctx.expect("begin")?;
    res.body = steps(ctx, &["end", "exception"], depth)?;
    if ctx.eat("exception") {
        let mut handlers = Vec::new();
        while ctx.eat("when") {
            let mut conditions = vec![condition(ctx)?];
            while ctx.eat("or") {
                conditions.push(condition(ctx)?);
            }
            ctx.expect("then")?;
            let body = steps(ctx, &["end", "when"], depth)?;
            handlers.push(Handler { conditions, goes_on: false, body });
        }
        res.handlers = handlers.into();
    }
    ctx.expect("end")?;
    if !ctx.is_end() && !ctx.is_symbol(";") {
        end_label(ctx, res.label.as_deref())?;
    }
    Ok(res)
}

/// Reads the label behind the end of what has it in front.
fn end_label(ctx: &mut Cursor<'_, '_>, own: Option<&str>) -> Res<()> {
    let start = ctx.at;
    if own == Some(&*ctx.label("`;`")?.text) {
        return Ok(());
    }
    ctx.at = start;
    Err(ctx.rejected(&own.map_or("`;`".to_owned(), |it| format!("`{it}` or `;`"))))
}

fn condition(ctx: &mut Cursor<'_, '_>) -> Res<String> {
    if ctx.eat("sqlstate") {
        return Ok(format!("sqlstate {}", ctx.string("a state")?.text));
    }
    Ok(ctx.label("a condition")?.text.to_lowercase())
}

/// Reads `name [[NO] SCROLL] CURSOR FOR query;`, if that stands here: a cursor without arguments.
fn cursor<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Option<(String, crate::sql::ast::Sql<'a>)>> {
    let start = ctx.at;
    let name = ctx.label("a variable")?.text.into_owned();
    ctx.eat("no");
    ctx.eat("scroll");
    if !ctx.eat_all(&["cursor", "for"]) && !ctx.eat_all(&["cursor", "is"]) {
        ctx.at = start;
        return Ok(None);
    }
    let query = until(ctx, &[";"])?;
    ctx.expect_symbol(";")?;
    Ok(Some((name, query)))
}

fn declare<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Declare<'a>> {
    let name = ctx.label("a variable")?.text.into_owned();
    let start = ctx.at;
    let named = named(ctx);
    ctx.at = start;
    while !ctx.is_end() && !ctx.is("default") && !is_one_of(ctx, &[";", ":=", "="]) {
        ctx.at += 1;
    }
    let (ty, span) = (ctx.since(start).text.to_lowercase(), ctx.span_since(start));
    let default = if ctx.eat("default") || ctx.eat_symbol(":=") || ctx.eat_symbol("=") {
        Some(until(ctx, &[";"])?)
    } else {
        None
    };
    ctx.expect_symbol(";")?;
    Ok(Declare { names: vec![name], ty, named, span, default })
}

/// Reads what the type of a variable names.
fn named<'a>(ctx: &mut Cursor<'a, '_>) -> Named<'a> {
    ctx.eat("constant");
    if ctx.is_any(&["alias", "cursor", "no", "record", "scroll"]) {
        return Named::Nothing;
    }
    let start = ctx.at;
    if ctx.is_symbol_nth(1, "%") && ctx.is_nth(2, "type") {
        return ctx.label("a name").map_or(Named::Nothing, |it| Named::Variable(it.text.into()));
    }
    if let Ok(name) = ctx.name("a name")
        && ctx.eat_symbol("%")
        && ctx.eat("rowtype")
    {
        return Named::Row(name);
    }
    ctx.at = start;
    let Ok(ty) = ctx.value_type() else { return Named::Nothing };
    let is_whole = ctx.is_any(&["collate", "default", "not"]) || is_one_of(ctx, &[";", ":=", "="]);
    if is_whole { Named::Type(ty) } else { Named::Nothing }
}

fn is_one_of(ctx: &Cursor<'_, '_>, symbols: &[&str]) -> bool {
    symbols.iter().any(|it| ctx.is_symbol(it))
}

/// Reads up to one of the words or symbols, which stays, parentheses balanced.
pub(super) fn until<'a>(ctx: &mut Cursor<'a, '_>, stop: &[&str]) -> Res<crate::sql::ast::Sql<'a>> {
    let start = ctx.at;
    let mut depth = 0_usize;
    while !ctx.is_end() {
        let token = ctx.peek();
        let is_symbol = token.kind == Kind::Symbol;
        let ends = || if is_symbol { is_one_of(ctx, stop) } else { ctx.is_any(stop) };
        if depth == 0 && ends() {
            break;
        }
        match ctx.raw(token) {
            _ if !is_symbol => {}
            "(" | "[" => depth += 1,
            ")" | "]" if depth > 0 => depth -= 1,
            ")" | "]" => return Err(ctx.rejected("parentheses that match")),
            ";" if depth > 0 => return Err(ctx.rejected("`)`")),
            ";" => break,
            _ => {}
        }
        ctx.at += 1;
    }
    let last = stop.first().copied().unwrap_or(";");
    let found = ctx.is_any(stop) || is_one_of(ctx, stop);
    if !found || ctx.at == start {
        let what = if found { "an expression".to_owned() } else { format!("`{last}`") };
        return Err(ctx.rejected(&what));
    }
    Ok(ctx.since(start))
}

fn steps<'a>(ctx: &mut Cursor<'a, '_>, stop: &[&str], depth: usize) -> Res<Vec<Step<'a>>> {
    let mut res = Vec::new();
    while !ctx.is_any(stop) {
        if ctx.is_end() {
            return Err(ctx.rejected(&format!("`{}`", stop[0])));
        }
        if depth > DEPTH {
            return Err(too_deep(ctx));
        }
        let start = ctx.at;
        let kind = step(ctx, depth)?;
        let span = ctx.span_since(start);
        ctx.expect_symbol(";")?;
        res.push(Step { span, kind });
    }
    Ok(res)
}

pub(super) fn too_deep(ctx: &Cursor<'_, '_>) -> Failure {
    let mut failure = ctx.rejected("");
    "nested too deeply".clone_into(&mut failure.fault.reason);
    failure.certain = false;
    failure
}

/// Reads a statement up to its semicolon.
fn step<'a>(ctx: &mut Cursor<'a, '_>, depth: usize) -> Res<StepKind<'a>> {
    let label = label(ctx)?;
    if ctx.is_any(&["declare", "begin"]) {
        return Ok(StepKind::Block(block(ctx, depth + 1, label)?));
    }
    if ctx.is_any(&["loop", "while", "for", "foreach"]) {
        return any_loop(ctx, label, depth);
    }
    if ctx.eat("if") {
        return conditional(ctx, depth);
    }
    if ctx.is("case") {
        return case(ctx, depth);
    }
    super::step::plain_step(ctx)
}

fn conditional<'a>(ctx: &mut Cursor<'a, '_>, depth: usize) -> Res<StepKind<'a>> {
    let mut branches = Vec::new();
    let mut otherwise = Vec::new();
    loop {
        let condition = until(ctx, &["then"])?;
        ctx.at += 1;
        let body = steps(ctx, &["end", "else", "elsif", "elseif"], depth + 1)?;
        branches.push((condition, body));
        if ctx.eat_any(&["elsif", "elseif"]).is_none() {
            break;
        }
    }
    if ctx.eat("else") {
        otherwise = steps(ctx, &["end"], depth + 1)?;
    }
    ctx.expect("end")?;
    ctx.expect("if")?;
    Ok(StepKind::If { branches, otherwise })
}

fn case<'a>(ctx: &mut Cursor<'a, '_>, depth: usize) -> Res<StepKind<'a>> {
    ctx.at += 1;
    let operand = if ctx.is("when") { None } else { Some(until(ctx, &["when"])?) };
    let mut branches = Vec::new();
    while ctx.eat("when") {
        let condition = until(ctx, &["then"])?;
        ctx.at += 1;
        branches.push((condition, steps(ctx, &["end", "else", "when"], depth + 1)?));
    }
    let otherwise = if ctx.eat("else") { Some(steps(ctx, &["end"], depth + 1)?) } else { None };
    ctx.expect("end")?;
    ctx.expect("case")?;
    Ok(StepKind::Case { operand, branches, otherwise })
}

fn any_loop<'a>(
    ctx: &mut Cursor<'a, '_>,
    label: Option<String>,
    depth: usize,
) -> Res<StepKind<'a>> {
    let over = if ctx.eat("while") {
        Over::While(until(ctx, &["loop"])?)
    } else if ctx.eat("for") {
        over_for(ctx)?
    } else if ctx.eat("foreach") {
        let target = target(ctx)?;
        if ctx.eat("slice") {
            ctx.at += 1;
        }
        ctx.expect("in")?;
        ctx.expect("array")?;
        Over::Array { target, array: until(ctx, &["loop"])? }
    } else {
        Over::Nothing
    };
    ctx.expect("loop")?;
    let body = steps(ctx, &["end"], depth + 1)?;
    ctx.expect("end")?;
    ctx.expect("loop")?;
    if !ctx.is_symbol(";") {
        end_label(ctx, label.as_deref())?;
    }
    Ok(StepKind::Loop { label, over, body })
}

fn over_for<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Over<'a>> {
    let targets = targets(ctx)?;
    ctx.expect("in")?;
    if ctx.eat("execute") {
        let text = until(ctx, &["loop", "using"])?;
        let mut using = Vec::new();
        while ctx.eat("using") || ctx.eat_symbol(",") {
            using.push(until(ctx, &["loop", ","])?);
        }
        return Ok(Over::Execute { targets, text, using });
    }
    let reverse = ctx.eat("reverse");
    let start = ctx.at;
    let whole = until(ctx, &["loop"])?;
    // `1..n`: the lexer cannot know that the second dot is no decimal point.
    let Some(dots) = range_at(whole.text) else {
        return Ok(Over::Query { targets, query: whole });
    };
    let part = |from: usize, to: usize| crate::sql::ast::Sql {
        text: &whole.text[from..to],
        span: crate::base::Span::new(from, to).shift(whole.span.start),
    };
    let by = (start..ctx.at).find(|&n| ctx.is_word_at(n, "by"));
    let end = by.map_or(whole.text.len(), |n| ctx.start_of(n) - whole.span.start as usize);
    let by = by.map(|_| part(end + 2, whole.text.len()));
    let variable = targets.into_iter().flatten().next().unwrap_or_default();
    Ok(Over::Range { variable, reverse, from: part(0, dots), to: part(dots + 2, end), by })
}

/// Returns where `..` stands outside of strings and parentheses.
fn range_at(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quoted = false;
    let bytes = text.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b'\'' => quoted = !quoted,
            b'(' if !quoted => depth += 1,
            b')' if !quoted => depth = depth.saturating_sub(1),
            b'.' if !quoted && depth == 0 && bytes.get(at + 1) == Some(&b'.') => return Some(at),
            _ => {}
        }
    }
    None
}

/// `a`, `a.b`.
pub(super) fn target(ctx: &mut Cursor<'_, '_>) -> Res<Target> {
    let mut res = vec![ctx.label("a variable")?.text.into_owned()];
    while ctx.eat_symbol(".") {
        res.push(ctx.label("a field")?.text.into_owned());
    }
    if ctx.eat_symbol("[") {
        ctx.skip_balanced(&[]);
        ctx.expect_symbol("]")?;
        res.push("[]".to_owned());
    }
    Ok(res)
}

pub(super) fn targets(ctx: &mut Cursor<'_, '_>) -> Res<Vec<Target>> {
    let mut res = vec![target(ctx)?];
    while ctx.eat_symbol(",") {
        res.push(target(ctx)?);
    }
    Ok(res)
}
