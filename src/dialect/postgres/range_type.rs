//! `CREATE TYPE … AS RANGE` (<https://www.postgresql.org/docs/current/rangetypes.html>).

use super::comment;
use crate::{
    base::{Name, QName},
    dialect::{Cx, Sql},
    model::{Id, RangeType, Table},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &RangeType) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, _: &Id, it: &RangeType, _: &[Name]) -> Vec<Sql> {
    let name = cx.dialect.qname(&it.name);
    let mut options = vec![format!("SUBTYPE = {}", cx.dialect.type_sql(&it.subtype))];
    let own = multirange_name(it.name.name.as_str());
    if let Some(name) = it.multirange.as_ref().filter(|it| it.as_str() != own) {
        let name = QName::new(it.name.schema.clone(), name.clone());
        options.push(format!("MULTIRANGE_TYPE_NAME = {}", cx.dialect.qname(&name)));
    }
    options.extend(it.options.iter().map(|it| format!("{} = {}", it.0.to_uppercase(), it.1)));
    let create = format!("CREATE TYPE {name} AS RANGE ({})", options.join(", "));
    std::iter::once(Sql::Statement(create))
        .chain(comment::initial(cx, &format!("TYPE {name}"), it.comment.as_deref()))
        .collect()
}

pub(super) fn drop(cx: &Cx, _: &Id, it: &RangeType) -> Vec<Sql> {
    vec![Sql::Statement(format!("DROP TYPE {}", cx.dialect.qname(&it.name)))]
}

pub(super) fn alter(
    cx: &Cx,
    _: &Id,
    _: &RangeType,
    desired: &RangeType,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    let what = format!("TYPE {}", cx.dialect.qname(&desired.name));
    (changed == ["comment"]).then(|| vec![comment::set(cx, &what, desired.comment.as_deref())])
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &RangeType) -> Option<Vec<Sql>> {
    let (from, to) = (cx.dialect.qname(&from.owner), cx.dialect.ident(id.name()));
    Some(vec![Sql::Statement(format!("ALTER TYPE {from} RENAME TO {to}"))])
}

/// Returns the name that the server invents for the type of the multiranges
/// (<https://www.postgresql.org/docs/current/sql-createtype.html>).
pub fn multirange_name(range: &str) -> String {
    match range.find("range") {
        Some(at) => format!("{}multirange{}", &range[..at], &range[at + 5..]),
        None => format!("{range}_multirange"),
    }
}
