//! Events (<https://dev.mysql.com/doc/refman/8.4/en/create-event.html>).

use super::stored;
use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{Event, Id, Table},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &Event) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, id: &Id, it: &Event, _: &[Name]) -> Vec<Sql> {
    let preserve = if it.preserve { "\n    ON COMPLETION PRESERVE" } else { "" };
    let enabled = match it.enabled {
        "disabled" => "\n    DISABLE",
        "replica" => "\n    DISABLE ON SLAVE",
        _ => "",
    };
    let comment = it.comment.as_ref();
    let comment =
        comment.map(|it| format!("\n    COMMENT {}", cx.dialect.string(it))).unwrap_or_default();
    vec![Sql::Statement(format!(
        "CREATE{} EVENT {}\n    ON SCHEDULE {}{preserve}{enabled}{comment}\n    DO {}",
        stored::definer(&it.options),
        cx.dialect.qname(&id.owner),
        it.schedule,
        it.body
    ))]
}

pub(super) fn drop(cx: &Cx, id: &Id, _: &Event) -> Vec<Sql> {
    vec![Sql::Statement(format!("DROP EVENT {}", cx.dialect.qname(&id.owner)))]
}

pub(super) fn alter(_: &Cx, _: &Id, _: &Event, _: &Event, _: &[&'static str]) -> Option<Vec<Sql>> {
    None
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &Event) -> Option<Vec<Sql>> {
    let (from, to) = (cx.dialect.qname(&from.owner), cx.dialect.qname(&id.owner));
    Some(vec![Sql::Statement(format!("ALTER EVENT {from} RENAME TO {to}"))])
}
