//! Triggers (<https://dev.mysql.com/doc/refman/8.4/en/create-trigger.html>).

use super::stored;
use crate::{
    base::{Name, QName},
    dialect::{Cx, Sql},
    model::{Id, Table, Trigger},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &Trigger) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, id: &Id, it: &Trigger, _: &[Name]) -> Vec<Sql> {
    let follows = it.options.get("follows");
    let follows = follows
        .map(|it| format!(" FOLLOWS {}", cx.dialect.ident(&cx.dialect.table_name(it))))
        .unwrap_or_default();
    vec![Sql::Statement(format!(
        "CREATE{} TRIGGER {} {} {} ON {}\n    FOR EACH ROW{follows}\n{}",
        stored::definer(&it.options),
        name(cx, id),
        it.timing.to_ascii_uppercase(),
        it.events.join(" ").to_ascii_uppercase(),
        cx.dialect.qname(&id.owner),
        it.body.as_deref().unwrap_or_default()
    ))]
}

pub(super) fn drop(cx: &Cx, id: &Id, _: &Trigger) -> Vec<Sql> {
    // It goes with its table.
    if cx.desired.table(&id.owner).is_none() {
        return Vec::new();
    }
    vec![Sql::Statement(format!("DROP TRIGGER {}", name(cx, id)))]
}

pub(super) fn alter(
    _: &Cx,
    _: &Id,
    _: &Trigger,
    _: &Trigger,
    _: &[&'static str],
) -> Option<Vec<Sql>> {
    None
}

pub(super) fn rename(_: &Cx, _: &Id, _: &Id, _: &Trigger) -> Option<Vec<Sql>> {
    None
}

fn name(cx: &Cx, id: &Id) -> String {
    cx.dialect.qname(&QName::new(id.owner.schema.clone(), id.name().clone()))
}
