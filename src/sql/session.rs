//! Statements that concern the session, and queries that have such an effect.

use std::borrow::Cow;

use super::{
    Family,
    ast::{Class, Ident, Session},
    grammar::{Cursor, Res, select_into},
    literal,
    token::Kind,
    transaction::transaction,
    variables,
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
        return set(ctx);
    }
    if ctx.eat("attach") {
        ctx.skip_balanced(&["as"]);
        let _ = ctx.eat("as");
        return Ok(Session::Attach(database(ctx)));
    }
    if ctx.eat("detach") {
        let _ = ctx.eat("database");
        return Ok(Session::Detach(database(ctx)));
    }
    if ctx.is("discard") && ["all", "temp", "temporary"].iter().any(|it| ctx.is_nth(1, it)) {
        return Ok(Session::Discard { all: ctx.is_nth(1, "all") });
    }
    if ctx.family() == Family::Postgres && ctx.eat("reset") {
        return reset(ctx);
    }
    if ctx.eat("declare") {
        // https://www.postgresql.org/docs/current/sql-declare.html
        ctx.skip_balanced(&["cursor"]);
        ctx.expect("cursor")?;
    }
    if ctx.family() == Family::Postgres && ctx.eat("load") && ctx.peek().kind != Kind::String {
        return Err(ctx.rejected("a file in quotes"));
    }
    if let Some(it) = transaction(ctx)? {
        return Ok(Session::Transaction(it));
    }
    Ok(Session::Other)
}

/// Reads a name or a string that is one.
fn database<'a>(ctx: &mut Cursor<'a, '_>) -> Cow<'a, str> {
    match ctx.peek().kind {
        Kind::String => literal::string_text(ctx.raw(ctx.peek()), ctx.lexis),
        _ => ctx.label("a database name").map(|it| it.text).unwrap_or_default(),
    }
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
    let names = text.split(',').map(str::trim);
    let idents = names.map(|it| {
        let folded =
            if it.starts_with('"') { it.trim_matches('"').to_owned() } else { it.to_lowercase() };
        Ident { text: folded.into(), span: value.span }
    });
    Some(idents.collect())
}

fn pragma<'a>(ctx: &mut Cursor<'a, '_>) -> Session<'a> {
    let Some(name) = ctx.eat_any(&["foreign_keys", "legacy_alter_table"]) else {
        return Session::Other;
    };
    if !ctx.eat_symbol("=") && !ctx.eat_symbol("(") {
        return Session::Other;
    }
    if name.eq_ignore_ascii_case("foreign_keys") {
        Session::ForeignKeyChecks(is_on(ctx))
    } else {
        Session::LegacyAlter(is_on(ctx))
    }
}

pub(super) fn is_on(ctx: &Cursor<'_, '_>) -> bool {
    let word = literal::string_text(ctx.raw(ctx.peek()), ctx.lexis);
    !["0", "off", "false", "no"].iter().any(|it| word.eq_ignore_ascii_case(it))
}

fn set<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Session<'a>> {
    if ctx.family() == Family::MySql {
        let at = ctx.at;
        let _ = ctx.eat_any(variables::SCOPES);
        if ctx.is("transaction") {
            return Ok(Session::Other);
        }
        ctx.at = at;
        return variables::set_variables(ctx);
    }
    let is_local = ctx.eat("local");
    let is_session = !is_local && !ctx.is_nth(1, "authorization") && ctx.eat("session");
    refuse_other_forms(ctx, is_session)?;
    let set = set_of_postgres(ctx);
    Ok(if is_local { Session::Local(Box::new(set)) } else { set })
}

/// Words behind `SET` that no value follows as it does a parameter (<https://www.postgresql.org/docs/current/sql-set.html>).
const FORMS: &[&str] = &["constraints", "role", "schema", "session", "time", "transaction", "xml"];

/// Errs with what sets no parameter.
fn refuse_other_forms(ctx: &Cursor, is_session: bool) -> Res<()> {
    if ctx.is("names") {
        let is_word = ctx.nth(1).kind == Kind::Word && !ctx.is_nth(1, "default");
        return if is_word { Err(ctx.rejected_at(1, "a name in quotes")) } else { Ok(()) };
    }
    if ctx.is_any(FORMS) || is_session && ctx.is("characteristics") {
        return Ok(());
    }
    let mut at = 0;
    loop {
        let token = ctx.nth(at);
        let is_word = token.kind == Kind::Word && !ctx.raw(token).starts_with('@');
        if !is_word && token.kind != Kind::Quoted {
            return Err(ctx.rejected_at(at, "a parameter"));
        }
        at += 1;
        if !ctx.is_symbol_nth(at, ".") {
            break;
        }
        at += 1;
    }
    if !ctx.is_nth(at, "to") && !ctx.is_symbol_nth(at, "=") {
        return Err(ctx.rejected_at(at, "`to` or `=`"));
    }
    match ctx.nth(at + 1).kind {
        Kind::End => Err(ctx.rejected_at(at + 1, "a value")),
        _ => Ok(()),
    }
}

fn set_of_postgres<'a>(ctx: &mut Cursor<'a, '_>) -> Session<'a> {
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
    if ctx.eat("session_replication_role") {
        let _ = ctx.eat("to") || ctx.eat_symbol("=");
        let role = literal::string_text(ctx.raw(ctx.peek()), ctx.lexis);
        return Session::FireTriggers(!role.eq_ignore_ascii_case("replica"));
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

fn reset<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Session<'a>> {
    let res = if ctx.eat("role") {
        Session::Role(None)
    } else if ctx.eat_all(&["session", "authorization"]) {
        Session::Authorization(None)
    } else if ctx.eat_any(&["search_path", "all"]).is_some() {
        Session::SearchPath(Vec::new())
    } else if ctx.eat_all(&["time", "zone"]) || ctx.eat_all(&["transaction", "isolation", "level"])
    {
        Session::Other
    } else {
        let name = ctx.label("a parameter")?;
        let is_whole = !ctx.is_symbol(".");
        while ctx.eat_symbol(".") {
            ctx.label("a parameter")?;
        }
        if is_whole { Session::Set(name) } else { Session::Other }
    };
    if ctx.is_end() { Ok(res) } else { Err(ctx.rejected("the end of the statement")) }
}

fn search_path<'a>(ctx: &mut Cursor<'a, '_>) -> Vec<Ident<'a>> {
    let mut res = Vec::new();
    if ctx.is("default") {
        return res;
    }
    while let Ok(it) = ctx.word_or_string("a schema name") {
        res.push(it);
        if !ctx.eat_symbol(",") {
            break;
        }
    }
    res
}
