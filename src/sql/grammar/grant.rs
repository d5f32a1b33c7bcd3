//! `GRANT`, `REVOKE`, `ALTER DEFAULT PRIVILEGES` and `ALTER … OWNER TO`.

use super::cursor::{Cursor, Res};
use crate::sql::{
    ast::{
        Ddl, DefaultGrant, Grant, GrantRole, GrantTarget, Ident, ObjectKind, Privilege, RoleChange,
        RoutineKind, SetOwner,
    },
    token::Kind,
};

/// Reads what stands behind `GRANT` or `REVOKE`.
pub(in crate::sql) fn grant<'a>(ctx: &mut Cursor<'a, '_>, revoke: bool) -> Res<Ddl<'a>> {
    let mut option = revoke && option_for(ctx)?;
    let privileges = privileges(ctx)?;
    if !ctx.is("on") {
        return membership(ctx, revoke, privileges);
    }
    ctx.at += 1;
    let on = target(ctx)?;
    expect_direction(ctx, revoke)?;
    let roles = ctx.roles()?;
    option |= tail(ctx, revoke)?;
    Ok(Ddl::Grant(Grant { revoke, privileges, on, roles, option }))
}

/// Reads what stands behind `ALTER DEFAULT PRIVILEGES`
/// (<https://www.postgresql.org/docs/current/sql-alterdefaultprivileges.html>).
pub(in crate::sql) fn default_privileges<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    let (mut creators, mut schemas) = (Vec::new(), Vec::new());
    loop {
        if ctx.eat_all(&["for", "role"]) || ctx.eat_all(&["for", "user"]) {
            creators = ctx.roles()?;
        } else if ctx.eat_all(&["in", "schema"]) {
            schemas = idents(ctx, "a schema name")?;
        } else {
            break;
        }
    }
    let revoke = ctx.eat("revoke");
    if !revoke && !ctx.eat("grant") {
        return Err(ctx.rejected("`grant` or `revoke`"));
    }
    let mut option = revoke && option_for(ctx)?;
    let privileges = privileges(ctx)?;
    if !ctx.eat("on") {
        return Err(ctx.rejected("`on`"));
    }
    let objects = match ctx.eat_any(&OBJECTS.map(|it| it.0)) {
        Some(word) => {
            OBJECTS.iter().find(|it| it.0.eq_ignore_ascii_case(word)).map_or("", |it| it.1)
        }
        None if ctx.eat_dated(&["large", "objects"]) => "large objects",
        None => {
            return Err(ctx.rejected("`tables`, `sequences`, `functions`, `types` or `schemas`"));
        }
    };
    expect_direction(ctx, revoke)?;
    let roles = ctx.roles()?;
    option |= tail(ctx, revoke)?;
    Ok(Ddl::DefaultGrant(DefaultGrant {
        creators,
        schemas,
        revoke,
        privileges,
        objects,
        roles,
        option,
    }))
}

const OBJECTS: [(&str, &str); 6] = [
    ("tables", "tables"),
    ("sequences", "sequences"),
    ("functions", "functions"),
    ("routines", "functions"),
    ("types", "types"),
    ("schemas", "schemas"),
];

/// Reads what stands behind `ALTER` and ends in `OWNER TO role`.
pub(in crate::sql) fn set_owner<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    let Some(kind) = ctx.object_kind() else {
        return Err(ctx.rejected("an object after `alter`"));
    };
    let if_exists = ctx.if_exists();
    if kind == ObjectKind::Table {
        ctx.eat("only");
    }
    let on = ctx.object(kind, &["owner"])?;
    if kind == ObjectKind::Table {
        ctx.eat_symbol("*");
    }
    if !ctx.eat_all(&["owner", "to"]) {
        return Err(ctx.expected("`owner to`"));
    }
    Ok(Ddl::SetOwner(SetOwner { if_exists, on, to: ctx.role()? }))
}

fn option_for(ctx: &mut Cursor<'_, '_>) -> Res<bool> {
    let words: &[&[&str]] = &[&["grant", "option", "for"], &["admin", "option", "for"]];
    let more: &[&[&str]] = &[&["inherit", "option", "for"], &["set", "option", "for"]];
    Ok(words.iter().chain(more).any(|it| ctx.eat_all(it)))
}

fn privileges<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Vec<Privilege<'a>>> {
    if ctx.eat("all") {
        ctx.eat("privileges");
        if !ctx.is_symbol("(") {
            return Ok(Vec::new());
        }
        return Ok(vec![Privilege { word: None, columns: ctx.idents("a column name")? }]);
    }
    let mut res = Vec::new();
    loop {
        let mut word = ctx.label("a privilege")?;
        if ctx.is("system") {
            ctx.bump();
            word.text = "alter system".into();
        }
        if word.text == "maintain" {
            ctx.dated("maintain");
        }
        let columns = if ctx.is_symbol("(") { ctx.idents("a column name")? } else { Vec::new() };
        res.push(Privilege { word: Some(word), columns });
        if !ctx.eat_symbol(",") {
            return Ok(res);
        }
    }
}

/// `GRANT role, … TO role, …`: the privileges were the names of roles.
fn membership<'a>(
    ctx: &mut Cursor<'a, '_>,
    revoke: bool,
    privileges: Vec<Privilege<'a>>,
) -> Res<Ddl<'a>> {
    expect_direction(ctx, revoke)?;
    let role = |it: Privilege<'a>| {
        let word = it.word?;
        let span = word.span;
        let kind = crate::sql::ast::RoleKind::Named(word);
        Some(crate::sql::ast::RoleRef { kind, span })
    };
    let roles: Option<Vec<_>> = privileges.into_iter().map(role).collect();
    let Some(roles) = roles else { return Err(ctx.rejected("`on`")) };
    let members = ctx.roles()?;
    tail(ctx, revoke)?;
    Ok(Ddl::Role(RoleChange::Grant(GrantRole { revoke, roles, members })))
}

fn expect_direction(ctx: &mut Cursor<'_, '_>, revoke: bool) -> Res<()> {
    let word = if revoke { "from" } else { "to" };
    if ctx.eat(word) { Ok(()) } else { Err(ctx.rejected(&format!("`{word}`"))) }
}

fn target<'a>(ctx: &mut Cursor<'a, '_>) -> Res<GrantTarget<'a>> {
    if ctx.is("all") && ctx.is_nth(2, "in") && ctx.is_nth(3, "schema") {
        ctx.at += 1;
        let what =
            match ctx.eat_any(&["tables", "sequences", "functions", "procedures", "routines"]) {
                Some(word) => ["tables", "sequences", "functions", "procedures", "routines"]
                    .into_iter()
                    .find(|it| it.eq_ignore_ascii_case(word))
                    .unwrap_or("tables"),
                None => return Err(ctx.rejected("`tables`, `sequences` or `functions`")),
            };
        ctx.at += 2;
        return Ok(GrantTarget::AllIn { what, schemas: idents(ctx, "a schema name")? });
    }
    // A table may be called `function`; then it stands before the direction at once.
    let is_name = ctx.is_nth(1, "to") || ctx.is_nth(1, "from") || ctx.is_symbol_nth(1, ",");
    let kind = if is_name { None } else { ctx.object_kind() };
    let kind = kind.unwrap_or(ObjectKind::Table);
    if !has_privileges(kind) {
        return Err(ctx.rejected("a kind of object that privileges can be granted on"));
    }
    if matches!(kind, ObjectKind::Outside) {
        while !ctx.is_end() && !ctx.is_any(&["to", "from"]) {
            ctx.bump();
        }
        return Ok(GrantTarget::Outside);
    }
    let mut res = Vec::new();
    loop {
        res.push(ctx.object(kind, &["to", "from"])?);
        if !ctx.eat_symbol(",") {
            return Ok(GrantTarget::Objects(res));
        }
    }
}

fn has_privileges(kind: ObjectKind) -> bool {
    match kind {
        ObjectKind::Domain
        | ObjectKind::Outside
        | ObjectKind::Schema
        | ObjectKind::Sequence
        | ObjectKind::Table
        | ObjectKind::Type => true,
        ObjectKind::Routine(kind) => kind != RoutineKind::Aggregate,
        ObjectKind::Verbatim(what) => {
            matches!(what, "LANGUAGE" | "FOREIGN DATA WRAPPER" | "SERVER")
        }
        _ => false,
    }
}

fn idents<'a>(ctx: &mut Cursor<'a, '_>, what: &str) -> Res<Vec<Ident<'a>>> {
    let mut res = vec![ctx.ident(what)?];
    while ctx.eat_symbol(",") {
        res.push(ctx.ident(what)?);
    }
    Ok(res)
}

/// `WITH GRANT OPTION`, `GRANTED BY role`, `CASCADE`; returns whether the first is there.
fn tail(ctx: &mut Cursor<'_, '_>, revoke: bool) -> Res<bool> {
    let mut option = false;
    if !revoke && ctx.eat("with") {
        option = ctx.eat_all(&["grant", "option"]);
        if !option {
            // `WITH ADMIN OPTION`, `WITH INHERIT TRUE, SET FALSE`
            if ctx.is_any(&["inherit", "set"]) {
                ctx.dated("membership options");
            }
            while ctx.peek().kind != Kind::End && !ctx.is("granted") {
                ctx.bump();
            }
        }
    }
    if ctx.eat_all(&["granted", "by"]) {
        ctx.role()?;
    }
    if revoke {
        ctx.cascade();
    }
    Ok(option)
}
