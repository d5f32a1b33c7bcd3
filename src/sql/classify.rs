//! What each statement of a script is to the schema: one class each, by its leading words.

use super::{
    Family, Lexis,
    as_usual::as_usual,
    ast::{Class, Ddl, DropKind, Fault, Session, Statement},
    definitions,
    grammar::{
        Cursor, Failure, Res, alter_database, alter_event_trigger, alter_index, alter_policy,
        alter_role, alter_routine, alter_rule, alter_sequence, alter_stored, alter_table,
        alter_trigger, alter_type, alter_view, any_routine_kind, comment, create_aggregate,
        create_event_trigger, create_foreign_table, create_index, create_policy, create_role,
        create_routine, create_rule, create_schema, create_sequence, create_stored, create_table,
        create_trigger, create_type, create_view, default_privileges, drop_objects, drop_owned,
        drop_role, drop_routines, drop_stored, grant, reassign_owned, rename_tables, routine_kind,
        schema_element, set_owner, starts_view, upkeep,
    },
    heads::{HEADS, Head, refuse_object},
    include, program,
    reading::{Follower, Readings},
    session,
    split::{RawKind, RawStatement, Splitter},
    unmodelled::{CREATED, opaque, unmodelled},
};

/// Reads a script. Each statement ends in exactly one class, in the order of the text.
pub fn parse<'a>(text: &'a str, lexis: &Lexis) -> Vec<Statement<'a>> {
    let readings = Readings::new(lexis);
    let mut session = Follower::default();
    let mut splitter = Splitter::new(text, lexis);
    let mut tokens = Vec::new();
    let mut res = Vec::new();
    while let Some(raw) = splitter.next(&mut tokens) {
        let (span, joined) = (raw.span, raw.joined);
        let (reading, lexis) = (session.reading, readings.get(session.reading));
        let class = match raw {
            RawStatement { fault: Some(fault), .. } => Class::Rejected(fault),
            RawStatement { kind: RawKind::Data, .. } => Class::Data,
            RawStatement { kind: RawKind::Client, .. } => client_class(text, &raw),
            RawStatement { kind: RawKind::Sql, .. } => {
                class_of(&mut Cursor::new(text, lexis, &tokens))
            }
        };
        session.follow(&class, lexis);
        if session.reading != reading {
            splitter.read_as(readings.get(session.reading));
        }
        let text = as_usual(&text[span.range()], lexis);
        res.push(Statement { span, text, reading, joined, class });
    }
    res
}

fn client_class<'a>(text: &'a str, raw: &RawStatement) -> Class<'a> {
    let line = &text[raw.span.range()];
    include::of_line(line).map_or(Class::Session(Session::Other), Class::Include)
}

/// Reads the tokens of one statement.
pub(super) fn class_of<'a>(ctx: &mut Cursor<'a, '_>) -> Class<'a> {
    let res = statement(ctx).and_then(|class| {
        // Only what was read to its end is understood.
        if matches!(class, Class::Schema(_)) {
            ctx.expect_end()?;
            ctx.refuse_arrows(&class)?;
            ctx.refuse_newer()?;
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

fn statement<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Class<'a>> {
    if ctx.is_symbol("(") {
        return Ok(Class::Data);
    }
    refuse_object(ctx)?;
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
    if family == Family::Postgres
        && let Some(res) = postgres(ctx)
    {
        return res.map(schema);
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
    if program::is_mysql_program(ctx) {
        return program::mysql_program(ctx);
    }
    let head = HEADS.iter().find(|(word, families, _)| families.contains(&family) && ctx.is(word));
    match head {
        Some((_, _, Head::Data)) => Ok(Class::Data),
        Some((_, _, Head::NoEffect)) => Ok(Class::NoEffect),
        Some((_, _, Head::Upkeep)) => upkeep(ctx).map(Class::Upkeep),
        Some((_, _, Head::Program)) => program::read(ctx),
        Some((_, _, Head::Query)) => program::query(ctx),
        Some((_, _, Head::Session)) => session::session(ctx).map(Class::Session),
        Some((_, _, Head::Opaque(reason))) => Err(opaque(ctx, reason)),
        None => Err(ctx.rejected("a statement")),
    }
}

/// Statements with a leading word that only PostgreSQL has.
fn postgres<'a>(ctx: &mut Cursor<'a, '_>) -> Option<Res<Ddl<'a>>> {
    if ctx.eat("comment") {
        Some(comment(ctx))
    } else if ctx.eat("grant") {
        Some(grant(ctx, false))
    } else if ctx.eat("revoke") {
        Some(grant(ctx, true))
    } else if ctx.eat("reassign") {
        Some(reassign_owned(ctx))
    } else {
        None
    }
}

fn schema(ddl: Ddl<'_>) -> Class<'_> {
    Class::Schema(Box::new(ddl))
}

fn create<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Class<'a>> {
    let or_replace = ctx.eat_all(&["or", "replace"]);
    let postgres = ctx.family() == Family::Postgres;
    if !postgres && let Some(class) = create_stored(ctx, or_replace)? {
        return Ok(class);
    }
    if postgres && ctx.eat_all(&["foreign", "table"]) {
        return create_foreign_table(ctx).map(schema);
    }
    if is_behind(ctx, "table", &["global", "local", "temp", "temporary", "unlogged"]) {
        return create_table(ctx, or_replace).map(schema);
    }
    if is_behind(ctx, "index", &["unique", "fulltext", "spatial"]) {
        return create_index(ctx, or_replace).map(schema);
    }
    if ctx.has_sequences() && is_behind(ctx, "sequence", &["temp", "temporary", "unlogged"]) {
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
    if ctx.eat("schema") || ctx.eat_of(Family::MySql, "database") {
        return with_elements(ctx).map(schema);
    }
    if postgres && ctx.eat("type") {
        return create_type(ctx).map(schema);
    }
    if postgres && ctx.eat("aggregate") {
        return create_aggregate(ctx, or_replace).map(schema);
    }
    if postgres && let Some(kind) = routine_kind(ctx) {
        return create_routine(ctx, kind, or_replace).map(schema);
    }
    if postgres && (ctx.is("trigger") || ctx.is_all(&["constraint", "trigger"])) {
        let is_constraint = ctx.is("constraint");
        ctx.at += if ctx.is("trigger") { 1 } else { 2 };
        return create_trigger(ctx, or_replace, is_constraint).map(schema);
    }
    if postgres && ctx.eat_all(&["event", "trigger"]) {
        return create_event_trigger(ctx).map(schema);
    }
    if postgres && ctx.eat("policy") {
        return create_policy(ctx).map(schema);
    }
    if postgres && let Some(ddl) = definitions::create(ctx, or_replace)? {
        return Ok(schema(ddl));
    }
    if postgres && let Some(word) = ctx.eat_any(ROLES) {
        return create_role(ctx, word.eq_ignore_ascii_case("user")).map(schema);
    }
    if postgres && ctx.is_any(&["database", "tablespace"]) && ctx.is_nth(1, "if") {
        return Err(ctx.rejected_at(1, "a name"));
    }
    if ctx.is_any(OUTSIDE) {
        return Ok(Class::NoEffect);
    }
    if ctx.family() == Family::MySql && ctx.is("sequence") {
        return Err(ctx.rejected("an object after `create`"));
    }
    unmodelled(ctx, "create", CREATED)
}

/// Reads `CREATE SCHEMA` with the statements inside.
fn with_elements<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    let mut res = create_schema(ctx)?;
    let Ddl::CreateSchema(it) = &mut res else { return Ok(res) };
    while ctx.family() == Family::Postgres && ctx.is_any(&["create", "grant"]) {
        if it.if_not_exists {
            return Err(ctx.rejected("nothing behind `if not exists`"));
        }
        let start = ctx.peek().span;
        let tokens = schema_element(ctx);
        let mut inner = Cursor::new(ctx.text, ctx.lexis, &tokens);
        let fault = match class_of(&mut inner) {
            Class::Schema(ddl) if is_element(&ddl) => {
                it.elements.push((*ddl, start.to(ctx.previous().span)));
                continue;
            }
            Class::Rejected(fault) => (fault, true),
            Class::NotUnderstood(fault) => (fault, false),
            _ => {
                let reason = "a schema is made with relations, triggers and grants only".to_owned();
                (Fault { span: start, reason }, true)
            }
        };
        return Err(Failure { fault: fault.0, certain: fault.1 });
    }
    Ok(res)
}

/// Whether the statement may stand inside `CREATE SCHEMA`.
fn is_element(ddl: &Ddl) -> bool {
    match ddl {
        Ddl::CreateView(it) => !it.materialized,
        Ddl::CreateTable(_)
        | Ddl::CreateIndex(_)
        | Ddl::CreateSequence(_)
        | Ddl::CreateTrigger(_)
        | Ddl::Grant(_) => true,
        _ => false,
    }
}

/// Whether the word stands here, behind up to two of the others.
fn is_behind(ctx: &Cursor<'_, '_>, word: &str, others: &[&str]) -> bool {
    let n = (0..2).find(|&n| !others.iter().any(|it| ctx.is_nth(n, it))).unwrap_or(2);
    ctx.is_nth(n, word)
}

/// Objects of the whole server, which no database's schema holds.
const OUTSIDE: &[&str] = &["role", "user", "group", "database", "tablespace", "server", "resource"];

/// What PostgreSQL calls a role.
const ROLES: &[&str] = &["role", "user", "group"];

fn alter<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Class<'a>> {
    let postgres = ctx.family() == Family::Postgres;
    if ctx.family() == Family::MySql
        && let Some(it) = alter_stored(ctx)?
    {
        return Ok(schema(it));
    }
    let is_table = ctx.is("table")
        || postgres && ctx.is_all(&["foreign", "table"])
        || ctx.is_nth(1, "table") && ctx.is_any(&["online", "offline", "ignore"])
        || ctx.is_all(&["online", "ignore", "table"]);
    if postgres && is_owner_change(ctx) {
        let at = ctx.at;
        match set_owner(ctx) {
            // `ALTER TABLE t ADD c int, OWNER TO r`
            Err(_) if is_table => ctx.at = at,
            res => return res.map(schema),
        }
    }
    if is_table {
        return alter_table(ctx).map(schema);
    }
    if postgres && ctx.eat("policy") {
        return alter_policy(ctx).map(schema);
    }
    if postgres && ctx.eat_all(&["default", "privileges"]) {
        return default_privileges(ctx).map(schema);
    }
    if postgres && ctx.is_any(ROLES) && !ctx.is_nth(1, "mapping") {
        ctx.at += 1;
        return Ok(alter_role(ctx)?.map_or(Class::NoEffect, schema));
    }
    if ctx.family() == Family::MySql && ctx.eat_any(&["database", "schema"]).is_some() {
        return alter_database(ctx).map(schema);
    }
    if postgres && ctx.eat("index") {
        return Ok(alter_index(ctx)?.map_or(Class::NoEffect, schema));
    }
    if ctx.has_sequences() && ctx.eat("sequence") {
        return Ok(alter_sequence(ctx)?.map_or(Class::NoEffect, schema));
    }
    let materialized = ctx.is("materialized");
    if postgres && (ctx.eat("view") || ctx.eat_all(&["materialized", "view"])) {
        return alter_view(ctx, materialized).map(schema);
    }
    if postgres && ctx.eat("rule") {
        return alter_rule(ctx).map(schema);
    }
    if postgres && ctx.eat("type") {
        return Ok(alter_type(ctx)?.map_or(Class::NoEffect, schema));
    }
    if postgres && let Some(ddl) = definitions::alter(ctx)? {
        return Ok(schema(ddl));
    }
    if ctx.is_any(OUTSIDE) || ctx.is("system") {
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
fn is_owner_change(ctx: &Cursor<'_, '_>) -> bool {
    ctx.last() >= 4
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
    let kind = if postgres && ctx.eat_all(&["foreign", "table"]) {
        DropKind::ForeignTable
    } else if ctx.eat("table") || mysql && ctx.eat("tables") {
        DropKind::Table
    } else if ctx.eat("index") {
        DropKind::Index
    } else if ctx.has_sequences()
        && (ctx.eat("sequence") || mysql && ctx.eat_all(&["temporary", "sequence"]))
    {
        DropKind::Sequence
    } else if mysql && ctx.is("sequence") {
        return Err(ctx.rejected("an object after `drop`"));
    } else if ctx.eat("schema") || mysql && ctx.eat("database") {
        DropKind::Schema
    } else if postgres && ctx.eat("type") {
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
    } else if postgres && ctx.eat("policy") {
        DropKind::Policy
    } else if ctx.family() == Family::Postgres && ctx.eat("owned") {
        return drop_owned(ctx).map(schema);
    } else if ctx.family() == Family::Postgres && ctx.is_any(ROLES) && !ctx.is_nth(1, "mapping") {
        ctx.at += 1;
        return drop_role(ctx).map(schema);
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
