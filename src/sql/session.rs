//! Statements that concern the session, and queries that have such an effect.

use super::{
    Family,
    ast::{Class, Ident, Session},
    grammar::{Cursor, Res, select_into},
    literal,
    token::Kind,
};

/// Reads a statement whose leading word starts one that concerns the session.
pub(super) fn session<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Session<'a>> {
    if ctx.eat("use") {
        return Ok(Session::Use(ctx.ident("a database name")?));
    }
    if ctx.eat("pragma") {
        return Ok(pragma(ctx));
    }
    if ctx.eat("set") {
        return Ok(set(ctx));
    }
    if ctx.family() == Family::Postgres && ctx.eat("reset") {
        return Ok(reset(ctx));
    }
    Ok(Session::Other)
}

/// Reads a query, which is data unless it makes a table or sets the search path.
pub(super) fn query<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Class<'a>> {
    if ctx.family() != Family::Postgres {
        return Ok(Class::Data);
    }
    if let Some(path) = find_set_config(ctx) {
        return Ok(Class::Session(Session::SearchPath(path)));
    }
    let mut depth = 0_usize;
    let mut inserts = false;
    while !ctx.is_end() {
        match ctx.raw(ctx.peek()) {
            "(" => depth += 1,
            ")" => depth -= 1,
            _ => {}
        }
        inserts |= depth == 0 && ctx.is_any(&["insert", "update", "delete", "merge"]);
        if depth == 0 && !inserts && ctx.is("into") {
            return Ok(Class::Schema(Box::new(select_into(ctx)?)));
        }
        ctx.at += 1;
    }
    Ok(Class::Data)
}

/// `SELECT [pg_catalog.]set_config('search_path', 'a, b', false)`, as `pg_dump` writes it.
fn find_set_config<'a>(ctx: &Cursor<'a, '_>) -> Option<Vec<Ident<'a>>> {
    let at = (1..4).find(|&n| ctx.is_nth(n, "set_config"))?;
    let string = |n| Some(ctx.nth(n)).filter(|it| it.kind == Kind::String);
    let variable = literal::string_text(ctx.raw(string(at + 2)?), ctx.lexis);
    if !variable.eq_ignore_ascii_case("search_path") {
        return None;
    }
    let value = string(at + 4)?;
    let text = literal::string_text(ctx.raw(value), ctx.lexis);
    let names = text.split(',').map(str::trim).filter(|it| !it.is_empty());
    let idents = names.map(|it| {
        let folded =
            if it.starts_with('"') { it.trim_matches('"').to_owned() } else { it.to_lowercase() };
        Ident { text: folded.into(), span: value.span }
    });
    Some(idents.collect())
}

fn pragma<'a>(ctx: &mut Cursor<'a, '_>) -> Session<'a> {
    if !ctx.eat("foreign_keys") {
        return Session::Other;
    }
    if !ctx.eat_symbol("=") && !ctx.eat_symbol("(") {
        return Session::Other;
    }
    Session::ForeignKeyChecks(is_on(ctx))
}

fn is_on(ctx: &Cursor<'_, '_>) -> bool {
    let word = literal::string_text(ctx.raw(ctx.peek()), ctx.lexis);
    !["0", "off", "false", "no"].iter().any(|it| word.eq_ignore_ascii_case(it))
}

fn set<'a>(ctx: &mut Cursor<'a, '_>) -> Session<'a> {
    let _ = ctx.eat_any(&["local", "session", "global"]);
    if ctx.family() == Family::MySql {
        return set_variables(ctx);
    }
    if ctx.eat("schema") {
        return Session::SearchPath(search_path(ctx));
    }
    if ctx.eat("role") {
        let _ = ctx.eat("to") || ctx.eat_symbol("=");
        return Session::Role(role(ctx));
    }
    if ctx.eat_all(&["session", "authorization"]) || ctx.eat("authorization") {
        return Session::Authorization(role(ctx));
    }
    if ctx.eat("check_function_bodies") {
        let _ = ctx.eat("to") || ctx.eat_symbol("=");
        return Session::CheckBodies(is_on(ctx));
    }
    if !ctx.eat("search_path") {
        return parameter(ctx).unwrap_or(Session::Other);
    }
    let _ = ctx.eat("to") || ctx.eat_symbol("=");
    Session::SearchPath(search_path(ctx))
}

/// Any other parameter of one word.
fn parameter<'a>(ctx: &mut Cursor<'a, '_>) -> Option<Session<'a>> {
    if !ctx.is_nth(1, "to") && !ctx.is_symbol_nth(1, "=") {
        return None;
    }
    ctx.ident("a parameter").ok().map(Session::Set)
}

/// `NONE` and `DEFAULT` are the role that the session has by itself.
fn role<'a>(ctx: &mut Cursor<'a, '_>) -> Option<Ident<'a>> {
    if ctx.is_any(&["none", "default"]) {
        return None;
    }
    ctx.word_or_string("a role").ok()
}

fn reset<'a>(ctx: &mut Cursor<'a, '_>) -> Session<'a> {
    if ctx.eat("role") {
        return Session::Role(None);
    }
    if ctx.eat_all(&["session", "authorization"]) {
        return Session::Authorization(None);
    }
    if ctx.is_any(&["search_path", "all"]) {
        return Session::SearchPath(Vec::new());
    }
    Session::Other
}

fn search_path<'a>(ctx: &mut Cursor<'a, '_>) -> Vec<Ident<'a>> {
    let mut res = Vec::new();
    if ctx.is("default") {
        return res;
    }
    while let Ok(it) = ctx.word_or_string("a schema name") {
        if !it.text.is_empty() {
            res.push(it);
        }
        if !ctx.eat_symbol(",") {
            break;
        }
    }
    res
}

/// `SET @OLD = @@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS = 0`: the last one counts. A value that is
/// put back from a variable is taken for the default, which is on.
fn set_variables<'a>(ctx: &mut Cursor<'a, '_>) -> Session<'a> {
    let mut res = Session::Other;
    loop {
        let _ = ctx.eat_any(&["local", "session", "global"]);
        if ctx
            .eat_any(&[
                "foreign_key_checks",
                "@@foreign_key_checks",
                "@@session.foreign_key_checks",
            ])
            .is_some()
        {
            let _ = ctx.eat_symbol("=") || ctx.eat_symbol(":=");
            res = Session::ForeignKeyChecks(is_on(ctx));
        }
        ctx.skip_to_comma();
        if !ctx.eat_symbol(",") {
            return res;
        }
    }
}
