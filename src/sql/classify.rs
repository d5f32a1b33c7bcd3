//! What each statement of a script is to the schema: one class each, by its leading words.

use super::{
    Family, Lexis,
    ast::{Class, Ddl, DropKind, Fault, Session, Statement},
    definitions,
    grammar::{
        Cursor, Failure, Res, alter_database, alter_event_trigger, alter_index, alter_routine,
        alter_rule, alter_sequence, alter_stored, alter_table, alter_trigger, alter_type,
        alter_view, any_routine_kind, comment, create_aggregate, create_event_trigger,
        create_index, create_routine, create_rule, create_schema, create_sequence, create_stored,
        create_table, create_trigger, create_type, create_view, drop_objects, drop_routines,
        drop_stored, rename_tables, routine_kind, starts_view,
    },
    program, session,
    split::{RawKind, RawStatement, Splitter},
};

/// Reads a script. Each statement ends in exactly one class, in the order of the text.
pub fn parse<'a>(text: &'a str, lexis: &Lexis) -> Vec<Statement<'a>> {
    let mut splitter = Splitter::new(text, lexis);
    let mut tokens = Vec::new();
    let mut res = Vec::new();
    while let Some(raw) = splitter.next(&mut tokens) {
        let span = raw.span;
        let class = match raw {
            RawStatement { fault: Some(fault), .. } => Class::Rejected(fault),
            RawStatement { kind: RawKind::Data, .. } => Class::Data,
            RawStatement { kind: RawKind::Client, .. } => client_class(text, &raw),
            RawStatement { kind: RawKind::Sql, .. } => {
                class_of(&mut Cursor::new(text, lexis, &tokens))
            }
        };
        res.push(Statement { span, text: &text[span.range()], class });
    }
    res
}

/// psql's `\i file` brings in what is not here.
fn client_class<'a>(text: &'a str, raw: &RawStatement) -> Class<'a> {
    let line = &text[raw.span.range()];
    let word = line.split_whitespace().next().unwrap_or("");
    if matches!(word, "\\i" | "\\ir" | "\\include" | "\\include_relative") {
        let reason = format!("`{word}` reads another file");
        return Class::NotUnderstood(Fault { span: raw.span, reason });
    }
    Class::Session(Session::Other)
}

/// Reads the statement between the current token and that of the index as one of a script.
pub(super) fn statement_of<'a>(ctx: &Cursor<'a, '_>, end: usize) -> Statement<'a> {
    let tokens = ctx.tokens_until(end);
    let span = tokens[0].span.to(tokens[tokens.len() - 2].span);
    let class = class_of(&mut Cursor::new(ctx.text, ctx.lexis, &tokens));
    Statement { span, text: &ctx.text[span.range()], class }
}

fn class_of<'a>(ctx: &mut Cursor<'a, '_>) -> Class<'a> {
    let res = statement(ctx).and_then(|class| {
        // Only what was read to its end is understood.
        if matches!(class, Class::Schema(_)) {
            ctx.expect_end()?;
        }
        Ok(class)
    });
    res.unwrap_or_else(|failure| {
        if failure.certain {
            Class::Rejected(failure.fault)
        } else {
            Class::NotUnderstood(failure.fault)
        }
    })
}

/// How the statements that start with a word are read.
#[derive(Clone, Copy)]
enum Head {
    Data,
    Query,
    Session,
    NoEffect,
    Call,
    Do,
    /// May do anything; the reason says why it is not followed.
    Opaque(&'static str),
}

const ALL: &[Family] = &[Family::Postgres, Family::MySql, Family::Sqlite];
const SERVERS: &[Family] = &[Family::Postgres, Family::MySql];
const POSTGRES: &[Family] = &[Family::Postgres];
const MYSQL: &[Family] = &[Family::MySql];
const SQLITE: &[Family] = &[Family::Sqlite];

/// Leading words, who knows them, and what they start; `create` and its like have code of their own.
static HEADS: &[(&str, &[Family], Head)] = &[
    ("select", ALL, Head::Query),
    ("with", ALL, Head::Query),
    ("set", SERVERS, Head::Session),
    ("use", MYSQL, Head::Session),
    ("pragma", SQLITE, Head::Session),
    ("begin", ALL, Head::Session),
    ("start", SERVERS, Head::Session),
    ("commit", ALL, Head::Session),
    ("rollback", ALL, Head::Session),
    ("end", ALL, Head::Session),
    ("abort", POSTGRES, Head::Session),
    ("savepoint", ALL, Head::Session),
    ("release", ALL, Head::Session),
    ("lock", SERVERS, Head::Session),
    ("unlock", MYSQL, Head::Session),
    ("reset", SERVERS, Head::Session),
    ("discard", POSTGRES, Head::Session),
    ("prepare", SERVERS, Head::Session),
    ("deallocate", SERVERS, Head::Session),
    ("xa", MYSQL, Head::Session),
    ("attach", SQLITE, Head::Session),
    ("detach", SQLITE, Head::Session),
    ("listen", POSTGRES, Head::Session),
    ("unlisten", POSTGRES, Head::Session),
    ("notify", POSTGRES, Head::Session),
    ("load", POSTGRES, Head::Session),
    ("checkpoint", POSTGRES, Head::Session),
    ("declare", POSTGRES, Head::Session),
    ("fetch", POSTGRES, Head::Session),
    ("move", POSTGRES, Head::Session),
    ("close", POSTGRES, Head::Session),
    ("load", MYSQL, Head::Data),
    ("copy", POSTGRES, Head::Data),
    ("truncate", SERVERS, Head::Data),
    ("table", SERVERS, Head::Data),
    ("show", SERVERS, Head::Data),
    ("explain", ALL, Head::Data),
    ("describe", MYSQL, Head::Data),
    ("desc", MYSQL, Head::Data),
    ("do", MYSQL, Head::Data),
    ("handler", MYSQL, Head::Data),
    ("signal", MYSQL, Head::Data),
    ("refresh", POSTGRES, Head::Data),
    ("grant", SERVERS, Head::NoEffect),
    ("revoke", SERVERS, Head::NoEffect),
    ("analyze", ALL, Head::NoEffect),
    ("analyse", POSTGRES, Head::NoEffect),
    ("vacuum", &[Family::Postgres, Family::Sqlite], Head::NoEffect),
    ("reindex", &[Family::Postgres, Family::Sqlite], Head::NoEffect),
    ("cluster", POSTGRES, Head::NoEffect),
    ("reassign", POSTGRES, Head::NoEffect),
    ("optimize", MYSQL, Head::NoEffect),
    ("repair", MYSQL, Head::NoEffect),
    ("check", MYSQL, Head::NoEffect),
    ("checksum", MYSQL, Head::NoEffect),
    ("cache", MYSQL, Head::NoEffect),
    ("flush", MYSQL, Head::NoEffect),
    ("kill", MYSQL, Head::NoEffect),
    ("purge", MYSQL, Head::NoEffect),
    ("install", MYSQL, Head::NoEffect),
    ("uninstall", MYSQL, Head::NoEffect),
    ("security", POSTGRES, Head::NoEffect),
    ("call", POSTGRES, Head::Call),
    ("do", POSTGRES, Head::Do),
    ("execute", POSTGRES, Head::Opaque("prepared SQL is not replayed yet")),
    ("insert", ALL, Head::Data),
    ("update", ALL, Head::Data),
    ("delete", ALL, Head::Data),
    ("replace", &[Family::MySql, Family::Sqlite], Head::Data),
    ("merge", POSTGRES, Head::Data),
    ("values", ALL, Head::Data),
    ("import", POSTGRES, Head::Opaque("`import foreign schema` is not replayed yet")),
    ("source", MYSQL, Head::Opaque("`source` reads another file")),
];

fn statement<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Class<'a>> {
    if ctx.is_symbol("(") {
        return Ok(Class::Data);
    }
    if ctx.eat("create") {
        return create(ctx);
    }
    if ctx.eat("alter") {
        return alter(ctx);
    }
    if ctx.eat("drop") {
        return drop(ctx);
    }
    let family = ctx.family();
    if family == Family::Postgres && ctx.eat("comment") {
        return Ok(comment(ctx)?.map_or(Class::NoEffect, schema));
    }
    if family == Family::MySql && ctx.eat("rename") {
        if ctx.eat("user") {
            return Ok(Class::NoEffect);
        }
        if ctx.eat_any(&["table", "tables"]).is_none() {
            return Err(ctx.rejected("`table`"));
        }
        return rename_tables(ctx).map(schema);
    }
    if ctx.lexis.mariadb_comments && (ctx.is_all(&["begin", "not"]) || ctx.is_any(COMPOUND)) {
        return program::mysql_program(ctx);
    }
    if program::is_mysql_program(ctx) {
        return program::mysql_program(ctx);
    }
    let head = HEADS.iter().find(|(word, families, _)| families.contains(&family) && ctx.is(word));
    match head {
        Some((_, _, Head::Data)) => Ok(Class::Data),
        Some((_, _, Head::NoEffect)) => Ok(Class::NoEffect),
        Some((_, _, Head::Call)) => program::call_procedure(ctx),
        Some((_, _, Head::Do)) => {
            ctx.at += 1;
            program::do_block(ctx)
        }
        Some((_, _, Head::Query)) => query(ctx),
        Some((_, _, Head::Session)) => session::session(ctx).map(Class::Session),
        Some((_, _, Head::Opaque(reason))) => Err(opaque(ctx, reason)),
        None => Err(ctx.rejected("a statement")),
    }
}

/// What MariaDB takes outside routines: <https://mariadb.com/kb/en/using-compound-statements-outside-of-stored-programs/>.
const COMPOUND: &[&str] = &["if", "case", "loop", "while", "repeat", "for"];

/// A query of PostgreSQL may call a function, which may do anything.
fn query<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Class<'a>> {
    let span = ctx.peek().span;
    let is_call = ctx.family() == Family::Postgres && program::is_call(ctx);
    let class = session::query(ctx)?;
    if is_call && matches!(class, Class::Data) {
        return Ok(program::call_in_query(ctx, span.to(ctx.previous().span)));
    }
    Ok(class)
}

fn schema(ddl: Ddl<'_>) -> Class<'_> {
    Class::Schema(Box::new(ddl))
}

fn opaque(ctx: &Cursor<'_, '_>, reason: &str) -> Failure {
    let fault = Fault { span: ctx.peek().span, reason: reason.to_owned() };
    Failure { fault, certain: false }
}

fn create<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Class<'a>> {
    let or_replace = ctx.eat_all(&["or", "replace"]);
    let postgres = ctx.family() == Family::Postgres;
    if !postgres && let Some(class) = create_stored(ctx, or_replace)? {
        return Ok(class);
    }
    let sqlite_temp = usize::from(ctx.is_any(&["temp", "temporary"]));
    if is_behind(ctx, "table", &["global", "local", "temp", "temporary", "unlogged"]) {
        return create_table(ctx, or_replace).map(schema);
    }
    if is_behind(ctx, "index", &["unique", "fulltext", "spatial", "online", "offline"]) {
        return create_index(ctx, or_replace).map(schema);
    }
    if postgres && is_behind(ctx, "sequence", &["temp", "temporary", "unlogged"]) {
        let temporary = ctx.eat_any(&["temp", "temporary"]).is_some();
        let unlogged = ctx.eat("unlogged");
        ctx.expect("sequence")?;
        return create_sequence(ctx, (temporary, unlogged, or_replace)).map(schema);
    }
    if postgres && starts_view(ctx) {
        return create_view(ctx, or_replace).map(schema);
    }
    if postgres && ctx.eat("rule") {
        return create_rule(ctx, or_replace).map(schema);
    }
    if ctx.eat("schema") || ctx.family() == Family::MySql && ctx.eat("database") {
        return create_schema(ctx).map(schema);
    }
    if postgres && ctx.eat("type") {
        return create_type(ctx).map(schema);
    }
    if postgres && ctx.eat("aggregate") {
        return create_aggregate(ctx, or_replace).map(schema);
    }
    ctx.eat("aggregate");
    if let Some(kind) = routine_kind(ctx) {
        return create_routine(ctx, kind, or_replace).map(schema);
    }
    if ctx.is_nth(sqlite_temp, "trigger") || ctx.is_all(&["constraint", "trigger"]) {
        let is_constraint = ctx.is("constraint");
        ctx.at += if ctx.is("trigger") { 1 } else { 2 };
        return create_trigger(ctx, or_replace, is_constraint).map(schema);
    }
    if postgres && ctx.eat_all(&["event", "trigger"]) {
        return create_event_trigger(ctx).map(schema);
    }
    if postgres && ctx.is_all(&["policy", "if", "not", "exists"]) {
        ctx.at += 1;
        return Err(ctx.rejected("a policy name"));
    }
    if postgres && let Some(ddl) = definitions::create(ctx, or_replace)? {
        return Ok(schema(ddl));
    }
    if ctx.is_any(OUTSIDE) {
        return Ok(Class::NoEffect);
    }
    unmodelled(ctx, "create", CREATED)
}

/// Whether the word stands here, behind up to two of the others.
fn is_behind(ctx: &Cursor<'_, '_>, word: &str, others: &[&str]) -> bool {
    let n = (0..2).find(|&n| !others.iter().any(|it| ctx.is_nth(n, it))).unwrap_or(2);
    ctx.is_nth(n, word)
}

/// Objects of the whole server, which no database's schema holds.
const OUTSIDE: &[&str] = &["role", "user", "group", "database", "tablespace", "server", "resource"];

/// Objects that this version does not record.
const CREATED: &[&str] = &[
    "policy",
    "view",
    "materialized",
    "extension",
    "sequence",
    "domain",
    "procedure",
    "aggregate",
    "rule",
    "event",
    "publication",
    "subscription",
    "operator",
    "cast",
    "collation",
    "conversion",
    "foreign",
    "language",
    "procedural",
    "trusted",
    "statistics",
    "text",
    "transform",
    "access",
    "virtual",
    "recursive",
    "temp",
    "temporary",
    "package",
    "spatial",
    "logfile",
    "undo",
    "vector",
    "routine",
    "trigger",
    "function",
    "index",
    "type",
    "large",
    "default",
    "system",
    "owned",
    "instance",
];

fn unmodelled<'a>(ctx: &Cursor<'a, '_>, verb: &str, known: &[&str]) -> Res<Class<'a>> {
    if !ctx.is_any(known) {
        return Err(ctx.rejected(&format!("an object after `{verb}`")));
    }
    let n = usize::from(ctx.is_any(&["temp", "temporary", "recursive"]));
    let word = ctx.raw(ctx.nth(n)).to_ascii_lowercase();
    let word = match word.as_str() {
        "materialized" => "materialized view",
        "foreign" => "foreign table",
        "virtual" => "virtual table",
        other => other,
    };
    Err(opaque(ctx, &format!("`{verb} {word}` is not replayed yet")))
}

fn alter<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Class<'a>> {
    let postgres = ctx.family() == Family::Postgres;
    if ctx.family() == Family::MySql
        && let Some(it) = alter_stored(ctx)?
    {
        return Ok(schema(it));
    }
    let is_table = ctx.is("table")
        || ctx.is_nth(1, "table") && ctx.is_any(&["online", "offline", "ignore", "foreign"])
        || ctx.is_all(&["online", "ignore", "table"]);
    if is_table {
        return alter_table(ctx).map(schema);
    }
    if ctx.family() == Family::MySql && ctx.eat_any(&["database", "schema"]).is_some() {
        return alter_database(ctx).map(schema);
    }
    if postgres && ctx.eat("index") {
        return Ok(alter_index(ctx)?.map_or(Class::NoEffect, schema));
    }
    if postgres && ctx.eat("sequence") {
        return Ok(alter_sequence(ctx)?.map_or(Class::NoEffect, schema));
    }
    let materialized = ctx.is("materialized");
    if postgres && !owner(ctx) && (ctx.eat("view") || ctx.eat_all(&["materialized", "view"])) {
        return alter_view(ctx, materialized).map(schema);
    }
    if postgres && ctx.eat("rule") {
        return alter_rule(ctx).map(schema);
    }
    if postgres && ctx.eat("type") {
        return Ok(alter_type(ctx)?.map_or(Class::NoEffect, schema));
    }
    if postgres
        && !owner(ctx)
        && let Some(ddl) = definitions::alter(ctx)?
    {
        return Ok(schema(ddl));
    }
    if ctx.is_any(OUTSIDE)
        || ctx.is_all(&["default", "privileges"])
        || ctx.is("system")
        || owner(ctx)
    {
        return Ok(Class::NoEffect);
    }
    if let Some(kind) = any_routine_kind(ctx) {
        return alter_routine(ctx, kind).map(schema);
    }
    if postgres && ctx.eat("trigger") {
        return alter_trigger(ctx).map(schema);
    }
    if postgres && ctx.eat_all(&["event", "trigger"]) {
        return alter_event_trigger(ctx).map(schema);
    }
    unmodelled(ctx, "alter", CREATED)
}

/// Whether the statement ends in `OWNER TO role`.
fn owner(ctx: &Cursor<'_, '_>) -> bool {
    ctx.family() == Family::Postgres
        && ctx.last() >= 4
        && ctx.is_nth(ctx.last() - 3 - ctx.at, "owner")
        && ctx.is_nth(ctx.last() - 2 - ctx.at, "to")
}

fn drop<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Class<'a>> {
    let mysql = ctx.family() == Family::MySql;
    let postgres = ctx.family() == Family::Postgres;
    if ctx.is_all(&["temporary", "table"]) {
        ctx.at += 1;
    }
    if postgres && let Some(ddl) = definitions::drop(ctx)? {
        return Ok(schema(ddl));
    }
    if ctx.family() != Family::Postgres
        && let Some(it) = drop_stored(ctx)?
    {
        return Ok(schema(it));
    }
    let kind = if ctx.eat("table") || mysql && ctx.eat("tables") {
        DropKind::Table
    } else if ctx.eat("index") {
        DropKind::Index
    } else if !mysql && ctx.eat("sequence") {
        DropKind::Sequence
    } else if ctx.eat("schema") || mysql && ctx.eat("database") {
        DropKind::Schema
    } else if ctx.eat("type") {
        DropKind::Type
    } else if let Some(kind) = any_routine_kind(ctx) {
        return drop_routines(ctx, kind).map(schema);
    } else if postgres && ctx.eat_all(&["event", "trigger"]) {
        DropKind::EventTrigger
    } else if postgres && ctx.eat_all(&["materialized", "view"]) {
        DropKind::MaterializedView
    } else if postgres && ctx.eat("rule") {
        DropKind::Rule
    } else if postgres && ctx.eat("view") {
        DropKind::View
    } else if ctx.eat("trigger") {
        DropKind::Trigger
    } else if ctx.is_any(OUTSIDE) || mysql && ctx.is("prepare") {
        return Ok(if ctx.is("prepare") {
            Class::Session(Session::Other)
        } else {
            Class::NoEffect
        });
    } else {
        return unmodelled(ctx, "drop", CREATED);
    };
    drop_objects(ctx, kind).map(schema)
}
