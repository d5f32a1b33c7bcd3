//! Roles: `CREATE ROLE` and its like, and how other statements name them.

use super::cursor::{Cursor, Res};
use crate::sql::ast::{Ddl, GrantRole, RoleChange, RoleDef, RoleKind, RoleRef};

/// Options with a word of their own; each has a form with `NO`.
const FLAGS: &[(&str, &str)] = &[
    ("superuser", "nosuperuser"),
    ("createdb", "nocreatedb"),
    ("createrole", "nocreaterole"),
    ("inherit", "noinherit"),
    ("login", "nologin"),
    ("replication", "noreplication"),
    ("bypassrls", "nobypassrls"),
];

impl<'a> Cursor<'a, '_> {
    pub(in crate::sql) fn role(&mut self) -> Res<RoleRef<'a>> {
        // `GRANT … TO GROUP g` is an old spelling.
        if self.is("group") && !self.is_symbol_nth(1, ",") {
            self.at += 1;
        }
        let token = self.peek();
        let kind = if self.eat_any(&["current_user", "current_role"]).is_some() {
            RoleKind::Current
        } else if self.eat("session_user") || self.eat("user") {
            RoleKind::Session
        } else if self.eat("public") {
            RoleKind::Public
        } else {
            RoleKind::Named(self.ident("a role")?)
        };
        Ok(RoleRef { kind, span: token.span })
    }

    pub(in crate::sql) fn roles(&mut self) -> Res<Vec<RoleRef<'a>>> {
        let mut res = vec![self.role()?];
        while self.eat_symbol(",") {
            res.push(self.role()?);
        }
        Ok(res)
    }
}

fn change(it: RoleChange<'_>) -> Ddl<'_> {
    Ddl::Role(it)
}

/// Reads what stands behind `CREATE ROLE`, `CREATE USER` or `CREATE GROUP`.
pub(in crate::sql) fn create_role<'a>(ctx: &mut Cursor<'a, '_>, is_user: bool) -> Res<Ddl<'a>> {
    if ctx.is_all(&["if", "not", "exists"]) {
        return Err(ctx.rejected("a role"));
    }
    let mut def = definition(ctx)?;
    if is_user && !def.flags.iter().any(|it| it.0 == "login") {
        def.flags.push(("login", true));
    }
    Ok(change(RoleChange::Create(def)))
}

/// Reads what stands behind `ALTER ROLE`, `ALTER USER` or `ALTER GROUP`; `None` for settings, which are the server's.
pub(in crate::sql) fn alter_role<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Option<Ddl<'a>>> {
    if ctx.eat("all") {
        ctx.rest();
        return Ok(None);
    }
    let at = ctx.at;
    let name = ctx.role()?;
    if ctx.eat_all(&["rename", "to"]) {
        return Ok(Some(change(RoleChange::Rename { name, to: ctx.ident("a role")? })));
    }
    if let Some(verb) = ctx.eat_any(&["add", "drop"]) {
        ctx.expect("user")?;
        let revoke = verb.eq_ignore_ascii_case("drop");
        let members = ctx.roles()?;
        return Ok(Some(change(RoleChange::Grant(GrantRole {
            revoke,
            roles: vec![name],
            members,
        }))));
    }
    ctx.at = at;
    definition(ctx).map(|it| Some(change(RoleChange::Alter(it))))
}

/// Reads what stands behind `DROP ROLE`.
pub(in crate::sql) fn drop_role<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    let if_exists = ctx.if_exists();
    Ok(change(RoleChange::Drop { names: ctx.roles()?, if_exists }))
}

/// Reads what stands behind `REASSIGN`.
pub(in crate::sql) fn reassign_owned<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    ctx.expect("owned")?;
    ctx.expect("by")?;
    let from = ctx.roles()?;
    ctx.expect("to")?;
    Ok(change(RoleChange::Reassign { from, to: ctx.role()? }))
}

/// Reads what stands behind `DROP OWNED`.
pub(in crate::sql) fn drop_owned<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    ctx.expect("by")?;
    let by = ctx.roles()?;
    Ok(change(RoleChange::DropOwned { by, cascade: ctx.cascade() }))
}

fn definition<'a>(ctx: &mut Cursor<'a, '_>) -> Res<RoleDef<'a>> {
    let name = ctx.role()?;
    let (mut flags, mut in_roles, mut members) = (Vec::new(), Vec::new(), Vec::new());
    ctx.eat("with");
    while !ctx.is_end() {
        let is_said = |flag: &&(&str, &str)| flags.iter().any(|it: &(&str, bool)| it.0 == flag.0);
        if FLAGS.iter().any(|it| (ctx.is(it.0) || ctx.is(it.1)) && is_said(&it)) {
            return Err(ctx.rejected("another option of a role"));
        }
        if let Some((on, _)) = FLAGS.iter().find(|it| ctx.eat(it.0)) {
            flags.push((*on, true));
        } else if let Some((on, _)) = FLAGS.iter().find(|it| ctx.eat(it.1)) {
            flags.push((*on, false));
        } else if ctx.eat_all(&["in", "role"]) || ctx.eat_all(&["in", "group"]) {
            in_roles.extend(ctx.roles()?);
        } else if ctx.eat_any(&["role", "user", "admin"]).is_some() {
            members.extend(ctx.roles()?);
        } else if ctx.eat("encrypted") || ctx.is_any(&["password", "valid", "connection", "sysid"])
        {
            value(ctx)?;
        } else if ctx.is_any(&["set", "reset"]) || ctx.is_all(&["in", "database"]) {
            ctx.rest();
        } else {
            return Err(ctx.rejected("an option of a role"));
        }
    }
    Ok(RoleDef { name, flags, in_roles, members })
}

/// `PASSWORD 'x'`, `VALID UNTIL 'x'`, `CONNECTION LIMIT n`: nothing that a schema keeps.
fn value(ctx: &mut Cursor<'_, '_>) -> Res<()> {
    if ctx.eat("valid") {
        ctx.expect("until")?;
    } else if ctx.eat("connection") {
        ctx.expect("limit")?;
        ctx.eat_symbol("-");
    } else if !ctx.eat("password") {
        ctx.expect("sysid")?;
    }
    if ctx.is_end() {
        return Err(ctx.rejected("a value"));
    }
    ctx.bump();
    Ok(())
}
