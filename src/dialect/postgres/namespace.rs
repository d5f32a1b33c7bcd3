//! `CREATE SCHEMA`.

use super::{access, comment, privileges::PUBLIC_COMMENT};
use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{Id, Namespace, Table},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &Namespace) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, _: &Id, it: &Namespace, _: &[Name]) -> Vec<Sql> {
    let name = cx.dialect.ident(&it.name);
    let create = Sql::Statement(format!("CREATE SCHEMA {name}"));
    std::iter::once(create)
        .filter(|_| !it.meta.given)
        .chain(comment::initial(cx, &format!("SCHEMA {name}"), it.comment.as_deref()))
        .collect()
}

pub(super) fn drop(cx: &Cx, id: &Id, it: &Namespace) -> Vec<Sql> {
    if it.meta.given {
        let what = format!("SCHEMA {}", cx.dialect.ident(&it.name));
        let comment = it.comment.as_ref().map(|_| comment::set(cx, &what, Some(PUBLIC_COMMENT)));
        return access::reset_public(cx, id, &it.access).into_iter().chain(comment).collect();
    }
    vec![Sql::Statement(format!("DROP SCHEMA {}", cx.dialect.ident(&it.name)))]
}

pub(super) fn alter(
    cx: &Cx,
    _: &Id,
    _: &Namespace,
    desired: &Namespace,
    _: &[&'static str],
) -> Option<Vec<Sql>> {
    let what = format!("SCHEMA {}", cx.dialect.ident(&desired.name));
    Some(vec![comment::set(cx, &what, desired.comment.as_deref())])
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &Namespace) -> Option<Vec<Sql>> {
    let (from, to) = (cx.dialect.ident(from.name()), cx.dialect.ident(id.name()));
    Some(vec![Sql::Statement(format!("ALTER SCHEMA {from} RENAME TO {to}"))])
}
