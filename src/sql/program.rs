//! Statements that hold a program, and bodies of routines.

use super::{
    Family, Lexed, Lexis,
    as_usual::as_usual,
    ast::{Block, Class, Fault, Session, Sql, Statement, Step, StepKind},
    classify::class_of,
    grammar::{Cursor, Failure, Res, call, compound, is_reserved, plpgsql},
    literal, session,
    token::{BYTES_A_TOKEN, Kind, Lexer, Token},
    variables,
};
use crate::base::Span;

/// Reads the body of a PL/pgSQL function.
pub fn read_plpgsql<'a>(text: &'a str, lexis: &Lexis) -> Result<Block<'a>, Unread> {
    let tokens = body_tokens(text, 0..text.len(), lexis)
        .map_err(|fault| Unread { fault, certain: false })?;
    let unread = |it: Failure| Unread { fault: it.fault, certain: it.certain };
    let block = plpgsql(&mut Cursor::new(text, lexis, &tokens)).map_err(unread)?;
    Ok(Block { lexed: Lexed::new(text, tokens), ..block })
}

/// Why a body was not read.
#[derive(Clone, Debug)]
pub struct Unread {
    pub fault: Fault,
    /// The server does not read it either.
    pub certain: bool,
}

/// Reads the body of a routine of MySQL.
pub fn read_compound<'a>(text: &'a str, lexis: &Lexis) -> Result<Step<'a>, Fault> {
    let tokens = body_tokens(text, 0..text.len(), lexis)?;
    compound(&mut Cursor::new(text, lexis, &tokens)).map_err(|it| it.fault)
}

/// Reads a statement of PostgreSQL that is a program.
pub(super) fn read<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Class<'a>> {
    if ctx.eat("do") {
        do_block(ctx)
    } else if ctx.is("call") {
        call_procedure(ctx)
    } else {
        prepared(ctx)
    }
}

/// Statements that `PREPARE` of PostgreSQL takes.
const PREPARED: &[&str] =
    &["select", "insert", "update", "delete", "merge", "values", "with", "table"];

/// `PREPARE q (int) AS …`, `EXECUTE q (1)`, `DEALLOCATE q`.
fn prepared<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Class<'a>> {
    let start = ctx.at;
    if ctx.is_all(&["prepare", "transaction"]) || ctx.is("deallocate") && ctx.last() < 2 {
        return Ok(Class::Session(Session::Other));
    }
    let kind = if ctx.eat("prepare") {
        let name = ctx.label("a name")?;
        if ctx.is_symbol("(") {
            ctx.parens()?;
        }
        ctx.expect("as")?;
        if !ctx.is_any(PREPARED) && !ctx.is_symbol("(") {
            return Err(ctx.rejected("a query"));
        }
        let from = ctx.at;
        ctx.rest();
        StepKind::PrepareAs { name, text: ctx.since(from) }
    } else if ctx.eat("deallocate") {
        ctx.eat("prepare");
        if ctx.is("all") {
            return Ok(Class::Session(Session::Other));
        }
        StepKind::Deallocate(ctx.label("a name")?)
    } else {
        ctx.at += 1;
        let name = ctx.label("a name")?;
        let using = if ctx.is_symbol("(") { ctx.list(argument)? } else { Vec::new() };
        StepKind::Run { name, using }
    };
    ctx.expect_end()?;
    Ok(program(ctx.span_since(start), kind))
}

fn argument<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Sql<'a>> {
    let start = ctx.at;
    ctx.skip_balanced(&[","]);
    if ctx.at == start { Err(ctx.rejected("a value")) } else { Ok(ctx.since(start)) }
}

/// A query of PostgreSQL may call a function, which may do anything.
pub(super) fn query<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Class<'a>> {
    let span = ctx.peek().span;
    let is_call = ctx.family() == Family::Postgres && is_call(ctx);
    let class = session::query(ctx)?;
    if is_call && matches!(class, Class::Data) {
        let span = span.to(ctx.previous().span);
        let query = ctx.text[span.range()].into();
        return Ok(program(span, StepKind::Select { query, into: Vec::new(), strict: false }));
    }
    Ok(class)
}

/// Reads the statement between the current token and that of the index as one of a script.
pub(super) fn statement_of<'a>(ctx: &Cursor<'a, '_>, end: usize) -> Statement<'a> {
    let tokens = ctx.tokens_until(end);
    let span = tokens[0].span.to(tokens[tokens.len() - 2].span);
    let class = class_of(&mut Cursor::new(ctx.text, ctx.lexis, &tokens));
    let text = as_usual(&ctx.text[span.range()], ctx.lexis);
    Statement { span, text, reading: ctx.lexis.reading, joined: false, class }
}

/// `DO [LANGUAGE plpgsql] $$ … $$`, behind the first word.
fn do_block<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Class<'a>> {
    let mut language = "plpgsql".to_owned();
    let mut body = None;
    while !ctx.is_end() {
        if ctx.eat("language") {
            language = ctx.word_or_string("a language")?.text.to_lowercase();
        } else if body.is_none() && ctx.peek().kind == Kind::String {
            body = Some(ctx.bump());
        } else {
            return Err(ctx.rejected("a body"));
        }
    }
    let Some(body) = body else { return Err(ctx.rejected("a body")) };
    if language != "plpgsql" {
        let reason = format!("a block in the language `{language}`");
        return Err(Failure { fault: Fault { span: body.span, reason }, certain: false });
    }
    let (range, is_plain) = inside(ctx.raw(body), body.span, ctx.lexis);
    if !is_plain {
        let text = literal::string_text(ctx.raw(body), ctx.lexis);
        return Ok(program(body.span, StepKind::Text(do_text(&text))));
    }
    let tokens = body_tokens(ctx.text, range, ctx.lexis)
        .map_err(|fault| Failure { fault, certain: true })?;
    let block = plpgsql(&mut Cursor::new(ctx.text, ctx.lexis, &tokens))?;
    let block = Block { lexed: Lexed::new(ctx.text, tokens), ..block };
    Ok(program(body.span, StepKind::Block(block)))
}

/// Returns `DO` with a body in dollar quotes.
fn do_text(body: &str) -> String {
    let mut mark = "$do$".to_owned();
    while body.contains(&mark) {
        mark.insert(3, '_');
    }
    format!("DO {mark}{body}{mark}")
}

/// Reads a statement of MySQL that reads or sets variables, runs prepared text or calls a procedure.
pub(super) fn mysql_program<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Class<'a>> {
    let step = compound(ctx)?;
    Ok(Class::Program(Box::new(step)))
}

/// `CALL p(a, b)` of PostgreSQL.
fn call_procedure<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Class<'a>> {
    let start = ctx.at;
    ctx.at += 1;
    let kind = call(ctx)?;
    ctx.expect_end()?;
    Ok(program(ctx.span_since(start), kind))
}

fn program(span: Span, kind: StepKind<'_>) -> Class<'_> {
    Class::Program(Box::new(Step { span, kind }))
}

/// Returns the bytes between the quotes of a string, and whether they say what the string says.
fn inside(raw: &str, span: Span, lexis: &Lexis) -> (std::ops::Range<usize>, bool) {
    let text = literal::string_text(raw, lexis);
    let start = span.start as usize + literal::opening(raw);
    (start..start + text.len(), matches!(text, std::borrow::Cow::Borrowed(_)))
}

/// Returns the tokens in those bytes, `End` last.
fn body_tokens(
    text: &str,
    range: std::ops::Range<usize>,
    lexis: &Lexis,
) -> Result<Vec<Token>, Fault> {
    let end = range.end;
    let mut lexer = Lexer::new(&text[..end], lexis);
    lexer.at = range.start;
    let mut res = Vec::with_capacity(range.len() / BYTES_A_TOKEN);
    let broken = |token: Token| {
        let reason = if token.kind == Kind::Placeholder {
            "a placeholder is not SQL"
        } else {
            "a string, a quoted name or a comment is not closed"
        };
        Fault { span: token.span, reason: reason.to_owned() }
    };
    loop {
        if let Some(token) = lexer.skip_blanks() {
            return Err(broken(token));
        }
        if lexer.is_done() {
            res.push(Token::new(Kind::End, end, end));
            return Ok(res);
        }
        let token = lexer.token();
        if matches!(token.kind, Kind::Broken | Kind::Placeholder) {
            return Err(broken(token));
        }
        res.push(token);
    }
}

/// What MariaDB takes outside routines: <https://mariadb.com/kb/en/using-compound-statements-outside-of-stored-programs/>.
const COMPOUND: &[&str] = &["if", "case", "loop", "while", "repeat", "for"];

/// Whether the statement is one that `mysql_program` reads.
pub(super) fn is_mysql_program(ctx: &Cursor<'_, '_>) -> bool {
    if ctx.family() != Family::MySql {
        return false;
    }
    if ctx.lexis.mariadb_comments && (ctx.is_all(&["begin", "not"]) || ctx.is_any(COMPOUND)) {
        return true;
    }
    if ctx.is_any(&["prepare", "execute", "call"]) || ctx.is_all(&["deallocate", "prepare"]) {
        return true;
    }
    let is_variable = |n: usize| {
        let raw = ctx.raw(ctx.nth(n));
        raw.starts_with('@') && !raw.starts_with("@@")
    };
    if ctx.is("set") {
        return is_variable(1) && !sets_session(ctx) && !variables::keeps_modes(ctx, 3);
    }
    ctx.is("select")
        && (1..ctx.last()).any(|n| {
            is_variable(n) && (ctx.is_nth(n - 1, "into") || ctx.is_symbol_nth(n + 1, ":="))
        })
}

/// `SET @OLD_SQL_MODE = @@SQL_MODE, SQL_MODE = '…'`.
fn sets_session(ctx: &Cursor<'_, '_>) -> bool {
    let mut depth = 0_usize;
    let mut n = 1;
    while n < ctx.last() {
        match ctx.raw(ctx.nth(n)) {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            "," if depth == 0 && !ctx.raw(ctx.nth(n + 1)).starts_with('@') => return true,
            _ => {}
        }
        n += 1;
    }
    false
}

/// Whether a query may call a function, which may do anything.
fn is_call(ctx: &Cursor<'_, '_>) -> bool {
    let is_name = |n: usize| match ctx.nth(n).kind {
        Kind::Quoted => true,
        Kind::Word => !is_reserved(ctx.raw(ctx.nth(n)), ctx.lexis),
        _ => false,
    };
    (1..ctx.last()).any(|n| ctx.is_symbol_nth(n + 1, "(") && is_name(n))
}
