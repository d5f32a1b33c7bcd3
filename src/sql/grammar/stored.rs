//! What MySQL and SQLite store as text: views, triggers, routines.

use super::{
    compound,
    cursor::{Cursor, Res},
    stored_event as event,
};
use crate::sql::{
    ast::{
        AlterStored, Class, CreateStored, Ddl, DropStored, Ident, ObjectName, Parameter,
        RoutineDef, Stored, StoredKind, StoredType, Text, TriggerDef,
    },
    lexis::Family,
    token::Kind,
};

/// What stands in a statement beside the parts of its kind.
#[derive(Default)]
pub(super) struct Head<'a> {
    pub(super) options: Vec<(&'static str, String)>,
    pub(super) comment: Option<Text<'a>>,
    temporary: bool,
    or_replace: bool,
    if_not_exists: bool,
}

/// Reads what stands behind `CREATE [OR REPLACE]`; `None`, and nothing read, if it is no stored object.
pub(in crate::sql) fn create_stored<'a>(
    ctx: &mut Cursor<'a, '_>,
    or_replace: bool,
) -> Res<Option<Class<'a>>> {
    let start = ctx.at;
    let mut head = Head { or_replace, ..Head::default() };
    if ctx.family() == Family::MySql {
        options_in_front(ctx, &mut head);
        ctx.eat("aggregate");
    } else {
        head.temporary = ctx.eat_any(&["temp", "temporary"]).is_some();
    }
    let mysql = ctx.family() == Family::MySql;
    let read: for<'c, 't> fn(&mut Cursor<'c, 't>, Head<'c>) -> Res<CreateStored<'c>> =
        if ctx.eat("view") {
            view
        } else if or_replace && mysql && !ctx.lexis.mariadb_comments && !ctx.is("spatial") {
            return Err(ctx.rejected("`view`"));
        } else if ctx.eat("trigger") {
            trigger
        } else if mysql && ctx.eat("event") {
            event::create
        } else if mysql && ctx.is_any(&["procedure", "function"]) {
            routine
        } else if !mysql && ctx.eat_all(&["virtual", "table"]) {
            virtual_table
        } else {
            ctx.at = start;
            return Ok(None);
        };
    if is_loadable(ctx) {
        return Ok(Some(Class::NoEffect));
    }
    let it = read(ctx, head)?;
    Ok(Some(Class::Schema(Box::new(Ddl::CreateStored(it)))))
}

/// `CREATE FUNCTION f RETURNS STRING SONAME 'lib.so'` is the server's, not the database's.
fn is_loadable(ctx: &Cursor<'_, '_>) -> bool {
    ctx.is("function") && (2..8).any(|n| ctx.is_nth(n, "soname"))
}

/// `DEFINER = user@host`, `ALGORITHM = x`, `SQL SECURITY x`.
pub(super) fn options_in_front<'a>(ctx: &mut Cursor<'a, '_>, head: &mut Head<'a>) {
    loop {
        let start = ctx.at;
        if ctx.eat("algorithm") {
            ctx.eat_symbol("=");
            let token = ctx.bump();
            let word = ctx.raw(token).to_ascii_lowercase();
            if word != "undefined" {
                head.options.push(("algorithm", word));
            }
        } else if ctx.eat("definer") {
            ctx.eat_symbol("=");
            head.options.extend(definer(ctx).map(|it| ("definer", it)));
        } else if ctx.eat_all(&["sql", "security"]) {
            security(ctx, &mut head.options);
        }
        if ctx.at == start {
            return;
        }
    }
}

/// Returns the user; whoever runs the statement is none that it names.
fn definer(ctx: &mut Cursor<'_, '_>) -> Option<String> {
    if ctx.eat("current_user") || ctx.eat("current_role") {
        if ctx.eat_symbol("(") {
            ctx.eat_symbol(")");
        }
        return None;
    }
    let start = ctx.at;
    ctx.bump();
    if ctx.raw(ctx.peek()).starts_with('@') {
        ctx.bump();
        // The sign and the name are two tokens where the name is quoted.
        if ctx.raw(ctx.previous()) == "@" {
            ctx.bump();
        }
    }
    let written = ctx.since(start).text;
    Some(written.replace(['\'', '"'], "`"))
}

/// DEFINER is the default.
fn security(ctx: &mut Cursor<'_, '_>, options: &mut Vec<(&'static str, String)>) {
    options.retain(|it| it.0 != "sql_security");
    if ctx.eat("invoker") {
        options.push(("sql_security", "invoker".to_owned()));
    } else {
        ctx.bump();
    }
}

impl<'a> Head<'a> {
    pub(super) fn finish(self, name: ObjectName<'a>, kind: StoredKind<'a>) -> CreateStored<'a> {
        CreateStored {
            name,
            or_replace: self.or_replace,
            if_not_exists: self.if_not_exists,
            temporary: self.temporary,
            must_exist: false,
            options: self.options,
            comment: self.comment,
            kind,
        }
    }

    pub(super) fn name(&mut self, ctx: &mut Cursor<'a, '_>, what: &str) -> Res<ObjectName<'a>> {
        self.if_not_exists = ctx.if_not_exists();
        ctx.name(what)
    }
}

fn view<'a>(ctx: &mut Cursor<'a, '_>, mut head: Head<'a>) -> Res<CreateStored<'a>> {
    let name = head.name(ctx, "a view name")?;
    let columns = if ctx.is_symbol("(") { ctx.idents("a column name")? } else { Vec::new() };
    ctx.expect("as")?;
    let start = ctx.at;
    let check = skip_query(ctx);
    let query = ctx.since(start);
    if ctx.at == start {
        return Err(ctx.rejected("a query"));
    }
    if let Some(it) = check {
        head.options.push(("check_option", it.to_owned()));
        ctx.rest();
    }
    Ok(head.finish(name, StoredKind::View { columns, query }))
}

/// Goes to the end of the query; returns the word of `WITH [CASCADED | LOCAL] CHECK OPTION` behind it.
fn skip_query(ctx: &mut Cursor<'_, '_>) -> Option<&'static str> {
    while !ctx.is_end() {
        for (words, what) in [
            (["with", "cascaded", "check", "option"].as_slice(), "cascaded"),
            (&["with", "local", "check", "option"], "local"),
            (&["with", "check", "option"], "cascaded"),
        ] {
            if ctx.is_all(words) && ctx.nth(words.len()).kind == Kind::End {
                return Some(what);
            }
        }
        ctx.at += 1;
    }
    None
}

fn trigger<'a>(ctx: &mut Cursor<'a, '_>, mut head: Head<'a>) -> Res<CreateStored<'a>> {
    let sqlite = ctx.family() == Family::Sqlite;
    let name = head.name(ctx, "a trigger name")?;
    let timing = if ctx.eat("before") {
        "before"
    } else if ctx.eat("after") {
        "after"
    } else if sqlite && ctx.eat_all(&["instead", "of"]) {
        "instead of"
    } else if sqlite {
        "before"
    } else {
        return Err(ctx.rejected("`before` or `after`"));
    };
    let Some(event) = ["insert", "update", "delete"].into_iter().find(|it| ctx.eat(it)) else {
        return Err(ctx.rejected("`insert`, `update` or `delete`"));
    };
    let mut columns = Vec::new();
    if sqlite && event == "update" && ctx.eat("of") {
        columns.push(ctx.ident("a column name")?);
        while ctx.eat_symbol(",") {
            columns.push(ctx.ident("a column name")?);
        }
    }
    if !ctx.eat("on") {
        return Err(ctx.rejected("`on`"));
    }
    let table = ctx.name("a table name")?;
    if !ctx.eat_all(&["for", "each", "row"]) && (!sqlite || ctx.is("for")) {
        return Err(ctx.rejected("`for each row`"));
    }
    let order = order(ctx)?;
    let condition = condition(ctx);
    if sqlite && !ctx.is("begin") {
        return Err(ctx.rejected("`begin`"));
    }
    let body = compound::body(ctx)?;
    let text = ctx.since(0);
    let def = TriggerDef { table, timing, event, columns, condition, order, body, text };
    Ok(head.finish(name, StoredKind::Trigger(def)))
}

fn order<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Option<(bool, Ident<'a>)>> {
    if ctx.family() != Family::MySql {
        return Ok(None);
    }
    let Some(word) = ctx.eat_any(&["follows", "precedes"]) else { return Ok(None) };
    let follows = word.eq_ignore_ascii_case("follows");
    Ok(Some((follows, ctx.ident("a trigger name")?)))
}

/// SQLite's `WHEN expression BEGIN`.
fn condition<'a>(ctx: &mut Cursor<'a, '_>) -> Option<crate::sql::ast::Sql<'a>> {
    if ctx.family() != Family::Sqlite || !ctx.eat("when") {
        return None;
    }
    let start = ctx.at;
    let mut depth = 0_usize;
    while !ctx.is_end() && (depth > 0 || !ctx.is("begin")) {
        match ctx.raw(ctx.peek()) {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
        ctx.at += 1;
    }
    Some(ctx.since(start))
}

fn routine<'a>(ctx: &mut Cursor<'a, '_>, mut head: Head<'a>) -> Res<CreateStored<'a>> {
    let is_function = ctx.eat("function");
    if !is_function {
        ctx.expect("procedure")?;
    }
    let name = head.name(ctx, "a name")?;
    let arguments = arguments(ctx, is_function)?;
    let returns = if is_function {
        ctx.expect("returns")?;
        Some(stored_type(ctx)?)
    } else {
        None
    };
    while characteristic(ctx, &mut head)? {}
    let body = compound::body(ctx)?;
    let def = RoutineDef { is_function, arguments, returns, body };
    Ok(head.finish(name, StoredKind::Routine(def)))
}

fn arguments<'a>(ctx: &mut Cursor<'a, '_>, is_function: bool) -> Res<Vec<Parameter<'a>>> {
    if ctx.is_symbol("(") && ctx.is_symbol_nth(1, ")") {
        ctx.at += 2;
        return Ok(Vec::new());
    }
    ctx.list(|ctx| {
        // Functions of MariaDB have them too.
        let has_modes = !is_function || ctx.lexis.mariadb_comments;
        let modes = ["in", "out", "inout"];
        let mode = modes.into_iter().find(|it| has_modes && ctx.eat(it)).unwrap_or("in");
        let name = ctx.ident("a parameter name")?;
        Ok(Parameter { mode, name, ty: stored_type(ctx)? })
    })
}

pub(super) fn stored_type<'a>(ctx: &mut Cursor<'a, '_>) -> Res<StoredType<'a>> {
    let ty = ctx.type_name()?;
    let mut res = StoredType { ty, charset: None, collate: None };
    loop {
        if ctx.charset_words() {
            ctx.eat_symbol("=");
            res.charset = Some(ctx.word_or_string("a character set")?);
        } else if ctx.eat("collate") {
            res.collate = Some(ctx.word_or_string("a collation")?);
        } else {
            return Ok(res);
        }
    }
}

/// Reads one of the words between the head of a routine and its body.
pub(super) fn characteristic<'a>(ctx: &mut Cursor<'a, '_>, head: &mut Head<'a>) -> Res<bool> {
    let mut option = |key, value: &str| {
        head.options.retain(|it: &(&str, String)| it.0 != key);
        head.options.push((key, value.to_owned()));
    };
    if ctx.eat_all(&["not", "deterministic"]) {
        head.options.retain(|it| it.0 != "deterministic");
    } else if ctx.eat("deterministic") {
        option("deterministic", "true");
    } else if ctx.eat_all(&["contains", "sql"]) {
        head.options.retain(|it| it.0 != "data_access");
    } else if ctx.eat_all(&["no", "sql"]) {
        option("data_access", "no sql");
    } else if ctx.eat_all(&["reads", "sql", "data"]) {
        option("data_access", "reads sql data");
    } else if ctx.eat_all(&["modifies", "sql", "data"]) {
        option("data_access", "modifies sql data");
    } else if ctx.eat_all(&["sql", "security"]) {
        security(ctx, &mut head.options);
    } else if ctx.eat("comment") {
        head.comment = Some(ctx.string("a comment in quotes")?);
    } else {
        return Ok(ctx.eat_all(&["language", "sql"]));
    }
    Ok(true)
}

fn virtual_table<'a>(ctx: &mut Cursor<'a, '_>, mut head: Head<'a>) -> Res<CreateStored<'a>> {
    let name = head.name(ctx, "a table name")?;
    ctx.expect("using")?;
    let module = ctx.ident("a module")?;
    let arguments = if ctx.is_symbol("(") { Some(ctx.parens()?) } else { None };
    Ok(head.finish(name, StoredKind::Virtual { module, arguments }))
}

/// Reads what stands behind `ALTER`; `None`, and nothing read, if it is no stored object of MySQL.
pub(in crate::sql) fn alter_stored<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Option<Ddl<'a>>> {
    let start = ctx.at;
    let mut head = Head { or_replace: true, ..Head::default() };
    options_in_front(ctx, &mut head);
    if ctx.eat("view") {
        let it = view(ctx, head)?;
        return Ok(Some(Ddl::CreateStored(CreateStored { must_exist: true, ..it })));
    }
    if ctx.eat("event") {
        return event::alter(ctx, head).map(Some);
    }
    let what = if ctx.eat("procedure") {
        Stored::Procedure
    } else if ctx.eat("function") {
        Stored::Function
    } else {
        ctx.at = start;
        return Ok(None);
    };
    let name = ctx.name("a name")?;
    while characteristic(ctx, &mut head)? {}
    Ok(Some(Ddl::AlterStored(AlterStored {
        what,
        name,
        if_exists: false,
        options: head.options,
        comment: head.comment,
        schedule: None,
        preserve: None,
        enabled: None,
        rename_to: None,
        body: None,
    })))
}

/// Reads what stands behind `DROP`; `None`, and nothing read, if it is no stored object.
pub(in crate::sql) fn drop_stored<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Option<Ddl<'a>>> {
    let rows = [
        ("event", Stored::Event),
        ("function", Stored::Function),
        ("procedure", Stored::Procedure),
        ("trigger", Stored::Trigger),
        ("view", Stored::View),
    ];
    let Some((_, what)) = rows.into_iter().find(|it| ctx.eat(it.0)) else { return Ok(None) };
    let if_exists = ctx.if_exists();
    let mut names = vec![ctx.name("a name")?];
    let is_mysql_view = what == Stored::View && ctx.family() == Family::MySql;
    while is_mysql_view && ctx.eat_symbol(",") {
        names.push(ctx.name("a name")?);
    }
    if is_mysql_view {
        ctx.cascade();
    }
    Ok(Some(Ddl::DropStored(DropStored { what, names, if_exists })))
}
