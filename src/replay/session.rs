//! What a session sets: paths, roles, and MySQL's `sql_mode` with what it takes and refuses.

use super::{
    access, codes,
    ctx::{Ctx, Outcome},
    namespace,
};
use crate::{
    base::Span,
    dialect::postgres::settings::is_setting,
    dialect::{Family, Modes},
    model::{Column, Table},
    sql::ast::{ModeChange, ModesFrom, Session, Sql},
};

/// Does what `SET`, `USE` or `PRAGMA` does.
pub(super) fn set(ctx: &mut Ctx, session: &Session) -> Outcome {
    match session {
        Session::SearchPath(schemas) => {
            let said = schemas.iter().filter(|it| !it.text.is_empty());
            let at = said.clone().position(|it| it.text == "$user");
            let named = said.filter(|it| it.text != "$user");
            let named: Vec<_> = named.map(|it| ctx.namespace(&it.text)).collect();
            let is_empty = named.is_empty();
            ctx.said_path = (if is_empty { ctx.home.clone() } else { named }, at);
            ctx.path.clone_from(&ctx.said_path.0);
        }
        Session::Use(database) => {
            namespace::check_use(ctx, database)?;
            ctx.path = vec![ctx.namespace(&database.text)];
        }
        Session::ForeignKeyChecks(on) => ctx.checks_keys = *on,
        Session::Modes(it) => set_modes(ctx, it)?,
        Session::All(all) => return all.iter().try_for_each(|it| set(ctx, it)),
        Session::LegacyAlter(on) => ctx.sqlite.keeps_texts = *on,
        Session::KeepHistory(on) => ctx.keeps_history = *on,
        Session::Role(name) => {
            access::check_session(ctx, name.as_ref())?;
            ctx.roles.set_role(name.as_ref());
        }
        Session::Authorization(name) => {
            access::check_session(ctx, name.as_ref())?;
            ctx.roles.set_session(name.as_ref());
        }
        Session::CheckBodies(on) => ctx.checks_bodies = *on,
        Session::Set(name) if !is_setting(&name.text, ctx.dialect.version) => {
            let reason = format!("there is no parameter `{}` that a session can set", name.text);
            return Err(Box::new(codes::rejected(reason, ctx.place(name.span))));
        }
        Session::Set(_) | Session::Other => {}
    }
    Ok(())
}

/// Changes the modes of the session; a name that the server does not know leaves them as they are.
fn set_modes(ctx: &mut Ctx, change: &ModeChange) -> Outcome {
    let mut modes = match change.from {
        ModesFrom::Start => ctx.dialect.modes(),
        ModesFrom::Current => ctx.modes,
        ModesFrom::Nothing => Modes::default(),
    };
    for name in &change.with {
        let Some(mode) = ctx.dialect.mode(name) else {
            let reason = format!("{} has no SQL mode `{name}`", ctx.dialect.title);
            return Err(Box::new(codes::rejected(reason, ctx.place(change.span))));
        };
        modes = modes.with(mode);
    }
    for mode in change.without.iter().filter_map(|it| ctx.dialect.mode(it)) {
        modes = modes.without(mode);
    }
    ctx.modes = modes;
    Ok(())
}

/// MySQL looks at all defaults of a table that it makes anew, whoever gave them.
pub(super) fn check_defaults(ctx: &Ctx, table: &Table, span: Span) -> Outcome {
    if !ctx.is_mysql() || ctx.is_mariadb() {
        return Ok(());
    }
    let refused = |it: &&Column| {
        it.default.as_ref().is_some_and(|own| ctx.dialect.refuses_default(own, &it.ty, ctx.modes))
    };
    table.columns.iter().find(refused).map_or(Ok(()), |it| {
        let reason = format!("column `{}` has a default that the session's mode refuses", it.name);
        Err(Box::new(codes::rejected(reason, ctx.place(span))))
    })
}

/// MySQL forgets that a long text begins empty, where the session's mode lets it
/// (<https://dev.mysql.com/doc/refman/8.4/en/blob.html>).
pub(super) fn forgets_default(ctx: &Ctx, column: &Column, sql: &Sql) -> bool {
    let family = ctx.dialect.family(&column.ty);
    let is_long =
        family == Family::Text || family == Family::Bytes && !column.ty.name.ends_with("binary");
    let is_lenient = ctx.is_mysql() && !ctx.is_mariadb() && !ctx.modes.is_strict();
    is_lenient && is_long && matches!(sql.text, "''" | "\"\"")
}
