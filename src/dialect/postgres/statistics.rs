//! `CREATE STATISTICS` (<https://www.postgresql.org/docs/current/sql-createstatistics.html>).

use super::comment;
use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{Id, Statistics, Table},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &Statistics) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, _: &Id, it: &Statistics, _: &[Name]) -> Vec<Sql> {
    let name = cx.dialect.qname(&it.name);
    let keys: Vec<&str> = it.keys.iter().map(crate::model::Expr::text).collect();
    let kinds =
        if it.kinds.is_empty() { String::new() } else { format!(" ({})", it.kinds.join(", ")) };
    let create = format!(
        "CREATE STATISTICS {name}{kinds} ON {} FROM {}",
        keys.join(", "),
        cx.dialect.qname(&it.table)
    );
    std::iter::once(Sql::Statement(create))
        .chain(comment::initial(cx, &format!("STATISTICS {name}"), it.comment.as_deref()))
        .collect()
}

pub(super) fn drop(cx: &Cx, _: &Id, it: &Statistics) -> Vec<Sql> {
    vec![Sql::Statement(format!("DROP STATISTICS {}", cx.dialect.qname(&it.name)))]
}

pub(super) fn alter(
    cx: &Cx,
    _: &Id,
    _: &Statistics,
    desired: &Statistics,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    let what = format!("STATISTICS {}", cx.dialect.qname(&desired.name));
    (changed == ["comment"]).then(|| vec![comment::set(cx, &what, desired.comment.as_deref())])
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &Statistics) -> Option<Vec<Sql>> {
    let (from, to) = (cx.dialect.qname(&from.owner), cx.dialect.ident(id.name()));
    Some(vec![Sql::Statement(format!("ALTER STATISTICS {from} RENAME TO {to}"))])
}
