//! Variables of MySQL's sessions: `SET` (<https://dev.mysql.com/doc/refman/8.4/en/set-variable.html>).

use std::borrow::Cow;

use super::{
    ast::{ModeChange, ModesFrom, Session},
    grammar::{Cursor, Res},
    literal,
    session::is_on,
    token::Kind,
};

/// `SET @OLD = @@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS = 0`: the last one counts. A value that is
/// put back from a variable is taken for the default, which is on.
pub(super) fn set_variables<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Session<'a>> {
    if ctx.eat("names") {
        return names(ctx);
    }
    if ctx.is_any(OTHER_SETS) {
        return Ok(Session::Other);
    }
    let mut res = Vec::new();
    loop {
        let scope = ctx.eat_any(SCOPES);
        let name = ctx.raw(ctx.peek());
        let is_global = scope
            .is_some_and(|it| !["local", "session"].iter().any(|own| it.eq_ignore_ascii_case(own)))
            || name.to_ascii_lowercase().starts_with("@@global.");
        check_variable(ctx, name)?;
        ctx.at += 1;
        while ctx.eat_symbol(".") {
            ctx.at += 1;
        }
        if !ctx.eat_symbol("=") && !ctx.eat_symbol(":=") {
            return Err(ctx.rejected("`=`"));
        }
        if bare(name).eq_ignore_ascii_case("foreign_key_checks") {
            res.push(Session::ForeignKeyChecks(is_on(ctx)));
        }
        if is_own_variable(name) && keeps_modes(ctx, 0) {
            res.push(Session::KeepModes(own_name(name).into()));
        }
        if bare(name).eq_ignore_ascii_case("sql_mode") && !is_global {
            res.push(Session::Modes(modes(ctx)));
        }
        if bare(name).eq_ignore_ascii_case("system_versioning_alter_history") {
            let word = literal::string_text(ctx.raw(ctx.peek()), ctx.lexis);
            let keeps = ["1", "keep"].iter().any(|it| word.eq_ignore_ascii_case(it));
            res.push(Session::KeepHistory(keeps));
        }
        ctx.skip_to_comma();
        if !ctx.eat_symbol(",") {
            return Ok(if res.len() > 1 {
                Session::All(res)
            } else {
                res.pop().unwrap_or(Session::Other)
            });
        }
    }
}

/// Reads `utf8mb4 COLLATE utf8mb4_bin` (<https://dev.mysql.com/doc/refman/8.4/en/set-names.html>).
fn names<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Session<'a>> {
    if ctx.is("default") {
        return Ok(Session::Other);
    }
    let mut res = ctx.word_or_string("a character set")?;
    if ctx.eat("collate") {
        res = ctx.word_or_string("a collation")?;
    }
    Ok(Session::Names(res.text))
}

fn is_own_variable(name: &str) -> bool {
    name.starts_with('@') && !name.starts_with("@@")
}

/// Returns the name of a variable without `@` and quotes.
fn own_name(name: &str) -> &str {
    name.trim_start_matches('@').trim_matches(['`', '"', '\''])
}

/// Whether the value that begins so many tokens ahead is that of the session's modes: `@@sql_mode`, `@@session.sql_mode`.
pub(super) fn keeps_modes(ctx: &Cursor<'_, '_>, ahead: usize) -> bool {
    let words = (ahead..).map(|n| ctx.nth(n)).take_while(|it| it.kind != Kind::End);
    let text: String = words.map(|it| ctx.raw(it)).take_while(|it| *it != ",").collect();
    let is_global = text.get(..9).is_some_and(|it| it.eq_ignore_ascii_case("@@global."));
    text.starts_with("@@") && !is_global && bare(&text).eq_ignore_ascii_case("sql_mode")
}

/// Reads what `sql_mode` is set to: a list, what functions make of the current one, or what a variable keeps.
fn modes<'a>(ctx: &mut Cursor<'a, '_>) -> ModeChange<'a> {
    let start = ctx.at;
    let (mut texts, mut words) = (Vec::new(), Vec::new());
    let first = ctx.peek().kind;
    let end = {
        ctx.skip_to_comma();
        ctx.at
    };
    ctx.at = start;
    while ctx.at < end {
        let (kind, raw) = (ctx.peek().kind, ctx.raw(ctx.peek()));
        if kind == Kind::String {
            texts.push(literal::string_text(raw, ctx.lexis));
        } else {
            words.push(raw);
        }
        ctx.at += 1;
    }
    let span = ctx.span_since(start);
    let list = |texts: Vec<Cow<'a, str>>| {
        let each = |it: &Cow<'a, str>| {
            it.split(',').map(|it| it.trim().to_owned().into()).collect::<Vec<_>>()
        };
        texts.iter().flat_map(each).collect::<Vec<Cow<'a, str>>>()
    };
    let has = |word: &str| words.iter().any(|it| it.eq_ignore_ascii_case(word));
    let is_current = words.iter().any(|it| bare(it).eq_ignore_ascii_case("sql_mode"));
    let (from, with, without) = match &words[..] {
        [] => (ModesFrom::Nothing, list(texts), Vec::new()),
        ["0"] => (ModesFrom::Nothing, Vec::new(), Vec::new()),
        [word] if first == Kind::Word && !has("default") && !word.starts_with('@') => {
            (ModesFrom::Nothing, list(vec![(*word).into()]), Vec::new())
        }
        _ if is_current && has("replace") => (ModesFrom::Current, Vec::new(), list(texts)),
        _ if is_current => (ModesFrom::Current, list(texts), Vec::new()),
        [word] if is_own_variable(word) => {
            (ModesFrom::Kept(own_name(word).into()), Vec::new(), Vec::new())
        }
        _ => (ModesFrom::Start, Vec::new(), Vec::new()),
    };
    ModeChange { from, with, without, span }
}

/// What `SET` does beside assignments.
const OTHER_SETS: &[&str] = &[
    "character",
    "charset",
    "default",
    "password",
    "resource",
    "role",
    "statement",
    "transaction",
];

pub(super) const SCOPES: &[&str] = &["global", "local", "persist", "persist_only", "session"];

/// Refuses what is no variable of the server; one of a component may be there or not.
fn check_variable(ctx: &Cursor<'_, '_>, name: &str) -> Res<()> {
    let is_own = name.starts_with('@') && !name.starts_with("@@");
    let is_of_component = ctx.raw(ctx.nth(1)) == "." || bare(name).contains('.');
    if is_own || is_of_component || ctx.lexis.has_variable(bare(name)) {
        return Ok(());
    }
    Err(ctx.rejected("a system variable"))
}

/// Returns the name without `@@session.` and quotes.
fn bare(name: &str) -> &str {
    let Some(name) = name.strip_prefix("@@") else { return name.trim_matches('`') };
    let scoped = name
        .split_once('.')
        .filter(|it| SCOPES.iter().any(|scope| it.0.eq_ignore_ascii_case(scope)));
    scoped.map_or(name, |it| it.1).trim_matches('`')
}
