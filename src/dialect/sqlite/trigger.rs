//! Triggers (<https://www.sqlite.org/lang_createtrigger.html>).

use crate::{
    base::{Name, QName},
    dialect::{Cx, Sql},
    model::{Id, Schema, Table, Trigger},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &Trigger) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, id: &Id, it: &Trigger, _: &[Name]) -> Vec<Sql> {
    texts(cx, &id.owner, it).into_iter().map(Sql::Statement).collect()
}

pub(super) fn drop(cx: &Cx, id: &Id, _: &Trigger) -> Vec<Sql> {
    // It goes with its table or view.
    if !has_owner(cx.desired, &id.owner) {
        return Vec::new();
    }
    let name = QName::new(id.owner.schema.clone(), id.name().clone());
    vec![Sql::Statement(format!("DROP TRIGGER {}", cx.dialect.qname(&name)))]
}

pub(super) fn has_owner(schema: &Schema, owner: &QName) -> bool {
    schema.table(owner).is_some() || schema.views.contains_key(owner)
}

/// Returns the statement that takes the name from a trigger that is to go with its table or view.
fn freed(cx: &Cx, name: &QName) -> Option<String> {
    let is_taken = cx.goes_along(&name.name);
    is_taken.then(|| format!("DROP TRIGGER IF EXISTS {}", cx.dialect.qname(name)))
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

/// Returns the statements that make the trigger in the end.
pub(super) fn texts(cx: &Cx, owner: &QName, it: &Trigger) -> Vec<String> {
    let name = QName::new(owner.schema.clone(), it.name.clone());
    freed(cx, &name).into_iter().chain([text(cx, owner, it)]).collect()
}

/// Returns the statement that makes the trigger.
pub(super) fn text(cx: &Cx, owner: &QName, it: &Trigger) -> String {
    let columns = if it.columns.is_empty() {
        String::new()
    } else {
        format!(" OF {}", cx.dialect.idents(&it.columns))
    };
    let condition = it.condition.as_ref();
    let condition = condition.map(|it| format!(" WHEN {}", it.text())).unwrap_or_default();
    format!(
        "CREATE TRIGGER {} {} {}{columns} ON {}\n    FOR EACH ROW{condition}\n{}",
        cx.dialect.qname(&QName::new(owner.schema.clone(), it.name.clone())),
        it.timing.to_ascii_uppercase(),
        it.events.join(" ").to_ascii_uppercase(),
        cx.dialect.ident(&owner.name),
        it.body.as_deref().unwrap_or_default()
    )
}
