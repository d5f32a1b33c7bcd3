//! `CREATE ROLE`. Roles belong to the whole server, so another database may have made one already.

use super::comment;
use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{Id, Role, Table},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &Role) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, _: &Id, it: &Role, _: &[Name]) -> Vec<Sql> {
    let name = cx.dialect.ident(&it.name);
    let flags: String = it.options.iter().map(|(key, on)| flag(key, on == "yes")).collect();
    let create = format!(
        "DO $$ BEGIN\n    CREATE ROLE {name}{flags};\nEXCEPTION WHEN duplicate_object THEN NULL;\nEND $$"
    );
    let joins = it.member_of.iter().map(|of| membership(cx, it, of, true));
    std::iter::once(Sql::Statement(create))
        .chain(joins)
        .chain(comment::initial(cx, &format!("ROLE {name}"), it.comment.as_deref()))
        .collect()
}

pub(super) fn drop(cx: &Cx, _: &Id, it: &Role) -> Vec<Sql> {
    vec![Sql::Statement(format!("DROP ROLE {}", cx.dialect.ident(&it.name)))]
}

pub(super) fn alter(
    cx: &Cx,
    _: &Id,
    current: &Role,
    desired: &Role,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    let name = cx.dialect.ident(&desired.name);
    let mut res = Vec::new();
    if changed.contains(&"options") {
        let gone = current.options.keys().filter(|it| !desired.options.contains_key(*it));
        // What is no longer stated is as it is by itself.
        let mut flags: String = gone.map(|it| flag(it, it == "inherit")).collect();
        flags.extend(desired.options.iter().map(|(key, on)| flag(key, on == "yes")));
        res.push(Sql::Statement(format!("ALTER ROLE {name}{flags}")));
    }
    let left = current.member_of.difference(&desired.member_of);
    res.extend(left.map(|of| membership(cx, desired, of, false)));
    let joined = desired.member_of.difference(&current.member_of);
    res.extend(joined.map(|of| membership(cx, desired, of, true)));
    if changed.contains(&"comment") {
        res.push(comment::set(cx, &format!("ROLE {name}"), desired.comment.as_deref()));
    }
    Some(res)
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &Role) -> Option<Vec<Sql>> {
    let (from, to) = (cx.dialect.ident(from.name()), cx.dialect.ident(id.name()));
    Some(vec![Sql::Statement(format!("ALTER ROLE {from} RENAME TO {to}"))])
}

fn flag(word: &str, on: bool) -> String {
    format!(" {}{}", if on { "" } else { "NO" }, word.to_uppercase())
}

fn membership(cx: &Cx, it: &Role, of: &Name, joins: bool) -> Sql {
    let (name, of) = (cx.dialect.ident(&it.name), cx.dialect.ident(of));
    Sql::Statement(if joins {
        format!("GRANT {of} TO {name}")
    } else {
        format!("REVOKE {of} FROM {name}")
    })
}
