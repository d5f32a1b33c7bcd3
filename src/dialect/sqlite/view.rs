//! Views (<https://www.sqlite.org/lang_createview.html>).

use super::trigger;
use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{Id, Kind, Table, Trigger, View},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &View) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, _: &Id, it: &View, _: &[Name]) -> Vec<Sql> {
    let names: Vec<Name> = it.columns.iter().map(|it| it.name.clone()).collect();
    let columns =
        if it.listed { format!(" ({})", cx.dialect.idents(&names)) } else { String::new() };
    let name = cx.dialect.qname(&it.name);
    vec![Sql::Statement(format!("CREATE VIEW {name}{columns} AS\n{}", it.query.text()))]
}

pub(super) fn drop(cx: &Cx, id: &Id, _: &View) -> Vec<Sql> {
    vec![Sql::Statement(format!("DROP VIEW {}", cx.dialect.qname(&id.owner)))]
}

/// A view is dropped and made again, with the triggers that go with it.
pub(super) fn alter(
    cx: &Cx,
    id: &Id,
    current: &View,
    desired: &View,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    if !changed.contains(&"query") {
        return Some(Vec::new());
    }
    let mut res = drop(cx, id, current);
    res.extend(create(cx, id, desired, &[]));
    let kept =
        desired.triggers.iter().filter(|it| current.triggers.iter().any(|own| is_same(own, it)));
    res.extend(kept.map(|it| Sql::Statement(trigger::text(cx, &desired.name, it))));
    Some(res)
}

/// Whether the plan takes them for one trigger.
fn is_same(a: &Trigger, b: &Trigger) -> bool {
    a.name == b.name && Trigger::FIELDS.iter().all(|it| (it.same)(a, b))
}

pub(super) fn rename(_: &Cx, _: &Id, _: &Id, _: &View) -> Option<Vec<Sql>> {
    None
}
