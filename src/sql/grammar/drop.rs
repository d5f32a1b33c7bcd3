//! `DROP` of the objects that the schema records.

use super::cursor::{Cursor, Res};
use crate::sql::{
    ast::{Ddl, Drop, DropKind, ObjectName},
    lexis::Family,
};

/// Reads what stands behind `DROP <kind>`.
pub(in crate::sql) fn drop_objects<'a>(ctx: &mut Cursor<'a, '_>, kind: DropKind) -> Res<Ddl<'a>> {
    let mut concurrently = false;
    if kind == DropKind::Index {
        ctx.refuse_if_exists()?;
        concurrently = ctx.eat_of(Family::Postgres, "concurrently");
    }
    let temporary =
        ctx.tokens.get(1).is_some_and(|it| ctx.raw(*it).eq_ignore_ascii_case("temporary"));
    let if_exists = ctx.if_exists();
    let mut names: Vec<ObjectName<'a>> = Vec::new();
    loop {
        names.push(ctx.name("a name")?);
        if !takes_many(kind, ctx.family()) || !ctx.eat_symbol(",") {
            break;
        }
    }
    let on_table =
        matches!(kind, DropKind::Index | DropKind::Policy | DropKind::Rule | DropKind::Trigger);
    let on_table = on_table && (kind != DropKind::Index || ctx.family() == Family::MySql);
    let table = if on_table && ctx.eat("on") { Some(ctx.name("a table name")?) } else { None };
    if kind == DropKind::Index && ctx.family() == Family::MySql && table.is_none() {
        return Err(ctx.rejected("`on`"));
    }
    if concurrently && (ctx.is("cascade") || names.len() > 1) {
        return Err(ctx.rejected("one index, without `cascade`"));
    }
    let cascades = match ctx.family() {
        Family::Postgres => true,
        Family::MySql => kind == DropKind::Table,
        Family::Sqlite => false,
    };
    let cascade = cascades && ctx.cascade();
    if ctx.family() == Family::MySql {
        if !ctx.lexis.mariadb_comments {
            ctx.ways()?;
        }
        ctx.waiting();
    }
    Ok(Ddl::Drop(Drop { kind, names, table, if_exists, temporary, cascade }))
}

/// Whether one statement may name several objects of the kind.
fn takes_many(kind: DropKind, family: Family) -> bool {
    match family {
        Family::Postgres => !matches!(
            kind,
            DropKind::EventTrigger | DropKind::Policy | DropKind::Rule | DropKind::Trigger
        ),
        Family::MySql => matches!(kind, DropKind::Sequence | DropKind::Table),
        Family::Sqlite => false,
    }
}

impl Cursor<'_, '_> {
    /// Passes over MariaDB's `WAIT n` or `NOWAIT` (<https://mariadb.com/kb/en/wait-and-nowait/>).
    pub(super) fn waiting(&mut self) {
        if !self.lexis.mariadb_comments {
            return;
        }
        if self.eat("wait") {
            self.bump();
        }
        self.eat("nowait");
    }
}
