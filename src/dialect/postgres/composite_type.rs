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
        let find =
            |list: &[Attribute], name: &Name| list.iter().find(|it| it.name == *name).cloned();
        let mut actions: Vec<String> = Vec::new();
        for old in &current.attributes {
            let own = cx.dialect.ident(&old.name);
            match find(&desired.attributes, &old.name) {
                None => actions.push(format!("DROP ATTRIBUTE {own}")),
                Some(new) if new != *old => {
                    let ty = attribute_type(cx, &new);
                    actions.push(format!("ALTER ATTRIBUTE {own} TYPE {ty}"));
                }
                Some(_) => {}
            }
        }
        let new =
            desired.attributes.iter().filter(|it| find(&current.attributes, &it.name).is_none());
        actions.extend(new.map(|it| format!("ADD ATTRIBUTE {}", attribute(cx, it))));
        // The order of attributes is part of the type, and nothing changes it.
        if actions.is_empty() {
            return None;
        }
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

fn attribute(cx: &Cx, it: &Attribute) -> String {
    format!("{} {}", cx.dialect.ident(&it.name), attribute_type(cx, it))
}

fn attribute_type(cx: &Cx, it: &Attribute) -> String {
    let collate = it.collate.as_ref().map(|it| format!(" COLLATE {}", cx.dialect.ident_str(it)));
    format!("{}{}", cx.dialect.type_sql(&it.ty), collate.unwrap_or_default())
}
