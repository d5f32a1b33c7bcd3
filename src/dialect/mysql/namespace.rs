//! `CREATE DATABASE`: the databases beside the one that a schema is of.

use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{Id, Namespace, Table},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &Namespace) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, _: &Id, it: &Namespace, _: &[Name]) -> Vec<Sql> {
    vec![Sql::Statement(format!("CREATE DATABASE {}", cx.dialect.ident(&it.name)))]
}

pub(super) fn drop(cx: &Cx, _: &Id, it: &Namespace) -> Vec<Sql> {
    vec![Sql::Statement(format!("DROP DATABASE {}", cx.dialect.ident(&it.name)))]
}

/// A database has no comment.
pub(super) fn alter(
    _: &Cx,
    _: &Id,
    _: &Namespace,
    _: &Namespace,
    _: &[&'static str],
) -> Option<Vec<Sql>> {
    Some(Vec::new())
}

/// The servers have no statement for it.
pub(super) fn rename(_: &Cx, _: &Id, _: &Id, _: &Namespace) -> Option<Vec<Sql>> {
    None
}
