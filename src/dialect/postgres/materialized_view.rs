//! `CREATE MATERIALIZED VIEW` (<https://www.postgresql.org/docs/current/sql-creatematerializedview.html>).

use super::{
    comment,
    view::{column_comments, listed, options, with},
};
use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{Id, MaterializedView, Table},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &MaterializedView) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, id: &Id, it: &MaterializedView, _: &[Name]) -> Vec<Sql> {
    let name = cx.dialect.qname(&id.owner);
    let columns = listed(cx, it.listed, &it.columns);
    let data = if it.with_data { "" } else { "\nWITH NO DATA" };
    let text = format!(
        "CREATE MATERIALIZED VIEW {name}{columns}{} AS\n{}{data}",
        with(&it.options),
        it.query.text()
    );
    let mut res = vec![Sql::Statement(text)];
    let what = format!("MATERIALIZED VIEW {name}");
    res.extend(comment::initial(cx, &what, it.comment.as_deref()));
    res.extend(column_comments(cx, &name, &[], &it.columns));
    res
}

pub(super) fn drop(cx: &Cx, id: &Id, _: &MaterializedView) -> Vec<Sql> {
    vec![Sql::Statement(format!("DROP MATERIALIZED VIEW {}", cx.dialect.qname(&id.owner)))]
}

pub(super) fn alter(
    cx: &Cx,
    id: &Id,
    current: &MaterializedView,
    desired: &MaterializedView,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    if changed.contains(&"query") {
        return None;
    }
    let what = format!("MATERIALIZED VIEW {}", cx.dialect.qname(&id.owner));
    let mut res = Vec::new();
    if changed.contains(&"options") {
        res.extend(options(&what, &current.options, &desired.options));
    }
    if changed.contains(&"comment") {
        res.push(comment::set(cx, &what, desired.comment.as_deref()));
    }
    Some(res)
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &MaterializedView) -> Option<Vec<Sql>> {
    let (from, to) = (cx.dialect.qname(&from.owner), cx.dialect.ident(id.name()));
    Some(vec![Sql::Statement(format!("ALTER MATERIALIZED VIEW {from} RENAME TO {to}"))])
}
