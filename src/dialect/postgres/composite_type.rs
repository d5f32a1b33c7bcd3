//! `CREATE TYPE … AS ( … )` (<https://www.postgresql.org/docs/current/sql-createtype.html>).

use super::comment;
use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{Attribute, CompositeType, Id, Table},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &CompositeType) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, _: &Id, it: &CompositeType, _: &[Name]) -> Vec<Sql> {
    let name = cx.dialect.qname(&it.name);
    let attributes: Vec<String> = it.attributes.iter().map(|it| attribute(cx, it)).collect();
    let create = format!("CREATE TYPE {name} AS (\n    {}\n)", attributes.join(",\n    "));
    std::iter::once(Sql::Statement(create))
        .chain(comment::initial(cx, &format!("TYPE {name}"), it.comment.as_deref()))
        .collect()
}

pub(super) fn drop(cx: &Cx, _: &Id, it: &CompositeType) -> Vec<Sql> {
    vec![Sql::Statement(format!("DROP TYPE {}", cx.dialect.qname(&it.name)))]
}

pub(super) fn alter(
    cx: &Cx,
    _: &Id,
    current: &CompositeType,
    desired: &CompositeType,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    let name = cx.dialect.qname(&desired.name);
    let mut res = Vec::new();
    if changed.contains(&"attributes") {
        let actions = attribute_actions(cx, &current.attributes, &desired.attributes);
        res.push(Sql::Statement(format!("ALTER TYPE {name} {}", actions.join(", "))));
    }
    if changed.contains(&"comment") {
        res.push(comment::set(cx, &format!("TYPE {name}"), desired.comment.as_deref()));
    }
    Some(res)
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &CompositeType) -> Option<Vec<Sql>> {
    let (from, to) = (cx.dialect.qname(&from.owner), cx.dialect.ident(id.name()));
    Some(vec![Sql::Statement(format!("ALTER TYPE {from} RENAME TO {to}"))])
}

/// Returns what turns one list of attributes into the other. A new attribute comes last, so that those that have to stand
/// behind it come anew.
fn attribute_actions(cx: &Cx, current: &[Attribute], desired: &[Attribute]) -> Vec<String> {
    let mut rest = current.iter();
    let kept: Vec<(&Attribute, &Attribute)> =
        desired.iter().map_while(|new| Some((rest.find(|it| it.name == new.name)?, new))).collect();
    let is_kept = |it: &Attribute| kept.iter().any(|kept| kept.0.name == it.name);
    let gone = current.iter().filter(|it| !is_kept(it));
    let mut res: Vec<String> =
        gone.map(|it| format!("DROP ATTRIBUTE {}", cx.dialect.ident(&it.name))).collect();
    let changed = kept.iter().filter(|(old, new)| old != new);
    res.extend(changed.map(|(_, new)| {
        let (own, ty) = (cx.dialect.ident(&new.name), attribute_type(cx, new));
        format!("ALTER ATTRIBUTE {own} TYPE {ty}")
    }));
    let new = &desired[kept.len()..];
    res.extend(new.iter().map(|it| format!("ADD ATTRIBUTE {}", attribute(cx, it))));
    res
}

fn attribute(cx: &Cx, it: &Attribute) -> String {
    format!("{} {}", cx.dialect.ident(&it.name), attribute_type(cx, it))
}

fn attribute_type(cx: &Cx, it: &Attribute) -> String {
    let collate = it.collate.as_ref().map(|it| format!(" COLLATE {}", cx.dialect.ident_str(it)));
    format!("{}{}", cx.dialect.type_sql(&it.ty), collate.unwrap_or_default())
}
