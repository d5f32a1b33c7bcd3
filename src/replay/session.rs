//! The session of a file: what `SET` changes, and what a new session begins with.

use super::{
    access, codes,
    ctx::{Ctx, Outcome},
    modes, namespace,
    parsed::Parsed,
    sqlite_names, temporary, transaction,
};
use crate::{base::Name, dialect::postgres::settings::is_setting, sql::ast::Session};

/// Runners give every file a session of its own, or reset it.
pub(super) fn open(ctx: &mut Ctx, file: &Parsed) {
    temporary::forget(ctx);
    ctx.path.clone_from(&ctx.home);
    ctx.said_path = (ctx.home.clone(), Some(0));
    ctx.checks_keys = true;
    ctx.modes = ctx.dialect.modes();
    ctx.kept_modes.clear();
    ctx.sqlite.keeps_texts = false;
    ctx.sqlite.attached.clear();
    ctx.sqlite.dumped.clear();
    ctx.keeps_history = false;
    ctx.literal_collate = None;
    ctx.roles = access::Roles::default();
    ctx.checks_bodies = true;
    ctx.rows.untied = false;
    ctx.variables.clear();
    ctx.prepared.clear();
    transaction::open_file(ctx, file);
}

/// Returns the collation that texts of that character set, or of that collation, have.
fn collate(ctx: &Ctx, name: &str) -> Option<String> {
    let name = ctx.dialect.charset_name(name);
    let of_charset = ctx.dialect.charset(&name).map(|it| it.collate.to_owned());
    of_charset.or_else(|| ctx.dialect.has_collate(&name).then_some(name))
}

/// Changes what the session is set to.
pub(super) fn set(ctx: &mut Ctx, session: &Session) -> Outcome {
    match session {
        Session::SearchPath(schemas) => {
            let said = schemas.iter().filter(|it| !it.text.is_empty());
            let at = said.clone().position(|it| it.text == "$user");
            let named = said.filter(|it| it.text != "$user");
            let named: Vec<_> = named.map(|it| ctx.namespace(&it.text)).collect();
            let path = match () {
                () if schemas.is_empty() => ctx.home.clone(),
                // A name that no schema can have: nothing is found there.
                () if named.is_empty() => vec![Some(Name::exact(""))],
                () => named,
            };
            ctx.said_path = (path, at);
            ctx.path.clone_from(&ctx.said_path.0);
        }
        Session::Use(database) => {
            namespace::check_use(ctx, database)?;
            ctx.path = vec![ctx.namespace(&database.text)];
        }
        // https://www.sqlite.org/pragma.html#pragma_foreign_keys
        Session::ForeignKeyChecks(_) if ctx.is_sqlite() && ctx.transactions.is_open() => {}
        Session::ForeignKeyChecks(on) => ctx.checks_keys = *on,
        Session::Modes(it) => modes::set(ctx, it)?,
        Session::Names(name) => ctx.literal_collate = collate(ctx, name),
        Session::KeepModes(name) => modes::keep(ctx, name),
        Session::All(all) => return all.iter().try_for_each(|it| set(ctx, it)),
        Session::Attach(name) => sqlite_names::attach(ctx, name)?,
        Session::Detach(name) => sqlite_names::detach(ctx, name)?,
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
        Session::FireTriggers(on) => ctx.rows.untied = !on,
        Session::Local(it) => {
            transaction::note_local(ctx);
            set(ctx, it)?;
        }
        Session::Transaction(it) => transaction::run(ctx, it)?,
        Session::Set(name) if !is_setting(&name.text, ctx.dialect.version) => {
            let reason = format!("there is no parameter `{}` that a session can set", name.text);
            return Err(Box::new(codes::rejected(reason, ctx.place(name.span))));
        }
        Session::Discard { all } => {
            temporary::forget(ctx);
            if *all {
                set(ctx, &Session::SearchPath(Vec::new()))?;
                ctx.roles = access::Roles::default();
                ctx.checks_bodies = true;
            }
        }
        Session::Set(_) | Session::Other => {}
    }
    Ok(())
}

/// `"$user"` stands for the schema of the session's role, if there is one; of a role that no statement names nothing is known.
pub(super) fn follow_user(ctx: &mut Ctx) {
    let (said, at) = &ctx.said_path;
    let Some(at) = at.filter(|_| ctx.is_postgres()) else { return };
    let role = ctx.roles.said().filter(|it| ctx.schema.namespaces.contains_key(*it));
    if role.is_none() && ctx.path == *said {
        return;
    }
    let mut path = said.clone();
    if let Some(role) = role {
        path.insert(at.min(path.len()), Some(role.clone()));
    }
    ctx.path = path;
}
