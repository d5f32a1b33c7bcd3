//! Which columns INSERT and UPDATE give values to, and whether that is their default.

use super::{
    Family, Lexis,
    ast::Ident,
    grammar::{Cursor, Res},
    token::{Kind, Lexer, Token},
};
use crate::base::Span;

/// A statement that writes rows.
#[derive(Debug)]
pub struct Assigned<'a> {
    pub values: Vec<Value<'a>>,
    /// `OVERRIDING SYSTEM VALUE` or `OVERRIDING USER VALUE`.
    pub overrides: bool,
}

/// A value for a column.
#[derive(Debug)]
pub struct Value<'a> {
    pub column: Column<'a>,
    pub span: Span,
    pub is_default: bool,
    /// The row is there already.
    pub is_update: bool,
}

#[derive(Debug)]
pub enum Column<'a> {
    Named(Ident<'a>),
    /// Its place among those of the table.
    Nth(usize),
}

/// Returns the columns that the statement gives values to, as far as it is plain to see.
pub fn assigned<'a>(text: &'a str, lexis: &Lexis) -> Option<Assigned<'a>> {
    let mut tokens = Lexer::tokens(text, lexis);
    if tokens.last().is_none_or(|it| it.kind != Kind::End) {
        tokens.push(Token::new(Kind::End, text.len(), text.len()));
    }
    read(&mut Cursor::new(text, lexis, &tokens)).ok()
}

/// Steps over all up to the table's columns.
fn head(ctx: &mut Cursor<'_, '_>) -> Res<()> {
    let Some(verb) = ctx.eat_any(&["insert", "replace", "update"]) else {
        return Err(ctx.rejected("`insert` or `update`"));
    };
    if ctx.eat("or") {
        ctx.at += 1;
    }
    while ctx.eat_any(&["delayed", "high_priority", "ignore", "low_priority"]).is_some() {}
    if verb.eq_ignore_ascii_case("update") {
        ctx.eat("only");
    } else {
        ctx.eat("into");
    }
    ctx.name("a table name").map(drop)
}

fn read<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Assigned<'a>> {
    let is_update = ctx.is("update");
    head(ctx)?;
    let mut res = Assigned { values: Vec::new(), overrides: false };
    if ctx.eat("as") || is_update && !ctx.is("set") && ctx.peek().kind == Kind::Word {
        ctx.label("an alias")?;
    }
    if is_update {
        ctx.expect("set")?;
        assignments(ctx, &mut res.values, true)?;
        return Ok(res);
    }
    let columns = if ctx.is_symbol("(") && !ctx.is_nth(1, "select") {
        ctx.idents("a column name")?
    } else {
        Vec::new()
    };
    res.overrides = ctx.eat_all(&["overriding", "system", "value"])
        || ctx.eat_all(&["overriding", "user", "value"]);
    if ctx.eat_any(&["values", "value"]).is_some() {
        rows(ctx, &columns, &mut res.values)?;
    } else if ctx.eat("set") {
        assignments(ctx, &mut res.values, false)?;
    } else if !ctx.is("default") {
        let span = ctx.peek().span;
        let value = |it: Ident<'a>| Value {
            column: Column::Named(it),
            span,
            is_default: false,
            is_update: false,
        };
        res.values.extend(columns.into_iter().map(value));
    }
    let own = if ctx.family() == Family::MySql { ["key", "update"] } else { ["update", "set"] };
    while !ctx.is_end() {
        if ctx.eat_all(&own) {
            assignments(ctx, &mut res.values, true)?;
            break;
        }
        ctx.at += 1;
    }
    Ok(res)
}

/// Reads `(a, b), (c, d)`.
fn rows<'a>(ctx: &mut Cursor<'a, '_>, columns: &[Ident<'a>], res: &mut Vec<Value<'a>>) -> Res<()> {
    loop {
        let _ = ctx.eat("row");
        ctx.expect_symbol("(")?;
        let mut at = 0;
        while !ctx.is_symbol(")") && !ctx.is_end() {
            let (span, is_default) = value(ctx);
            let column = match columns.get(at) {
                Some(it) => Column::Named(it.clone()),
                None => Column::Nth(at),
            };
            res.push(Value { column, span, is_default, is_update: false });
            at += 1;
            if !ctx.eat_symbol(",") {
                break;
            }
        }
        ctx.expect_symbol(")")?;
        if !ctx.eat_symbol(",") {
            return Ok(());
        }
    }
}

/// Steps over a value; returns where it stands, and whether it is `DEFAULT`.
fn value(ctx: &mut Cursor<'_, '_>) -> (Span, bool) {
    let start = ctx.at;
    ctx.skip_balanced(&[",", "where", "from", "returning", "order", "limit", "on"]);
    let is_default = ctx.at == start + 1 && ctx.is_word_at(start, "default");
    (ctx.span_since(start), is_default)
}

/// Reads `a = 1, b = DEFAULT`; of several columns at once nothing is read.
fn assignments<'a>(ctx: &mut Cursor<'a, '_>, res: &mut Vec<Value<'a>>, is_update: bool) -> Res<()> {
    loop {
        let mut column = ctx.label("a column name")?;
        while ctx.eat_symbol(".") {
            column = ctx.label("a column name")?;
        }
        if !ctx.eat_symbol("=") && !ctx.eat_symbol(":=") {
            return Err(ctx.rejected("`=`"));
        }
        let (span, is_default) = value(ctx);
        res.push(Value { column: Column::Named(column), span, is_default, is_update });
        if !ctx.eat_symbol(",") {
            return Ok(());
        }
    }
}
