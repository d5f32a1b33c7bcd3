//! `CREATE TYPE … AS ENUM` (<https://www.postgresql.org/docs/current/datatype-enum.html>).

use super::{access, comment, domain, in_place};
use crate::{
    base::{Name, QName},
    dialect::{Cx, Sql},
    model::{Domain, EnumType, EnumValue, Id, Table},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &EnumType) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, _: &Id, it: &EnumType, _: &[Name]) -> Vec<Sql> {
    let name = cx.dialect.qname(&it.name);
    std::iter::once(Sql::Statement(create_type(cx, &it.name, &it.values)))
        .chain(comment::initial(cx, &format!("TYPE {name}"), it.comment.as_deref()))
        .collect()
}

pub(super) fn drop(cx: &Cx, _: &Id, it: &EnumType) -> Vec<Sql> {
    vec![Sql::Statement(format!("DROP TYPE {}", cx.dialect.qname(&it.name)))]
}

pub(super) fn alter(
    cx: &Cx,
    _: &Id,
    current: &EnumType,
    desired: &EnumType,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    let what = format!("TYPE {}", cx.dialect.qname(&desired.name));
    let comment = desired.comment.as_deref();
    let in_place = if changed.contains(&"values") {
        add_values(cx, current, desired)
    } else {
        Some(Vec::new())
    };
    let Some(mut res) = in_place else {
        let mut res = replace(cx, desired);
        res.extend(comment::initial(cx, &what, comment));
        return Some(res);
    };
    if changed.contains(&"comment") {
        res.push(comment::set(cx, &what, comment));
    }
    Some(res)
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &EnumType) -> Option<Vec<Sql>> {
    let (from, to) = (cx.dialect.qname(&from.owner), cx.dialect.ident(id.name()));
    Some(vec![Sql::Statement(format!("ALTER TYPE {from} RENAME TO {to}"))])
}

fn create_type(cx: &Cx, name: &QName, values: &[EnumValue]) -> String {
    let values: Vec<String> = values.iter().map(|it| cx.dialect.string(&it.text)).collect();
    format!("CREATE TYPE {} AS ENUM ({})", cx.dialect.qname(name), values.join(", "))
}

/// Returns the statements that rename and add values, if that is all there is to do.
fn add_values(cx: &Cx, current: &EnumType, desired: &EnumType) -> Option<Vec<Sql>> {
    let name = cx.dialect.qname(&desired.name);
    let mut res = Vec::new();
    let mut values: Vec<&str> = current.values.iter().map(|it| it.text.as_str()).collect();
    for value in &desired.values {
        let Some(from) = value.renamed_from.as_deref() else { continue };
        if let Some(at) = values.iter().position(|it| *it == from)
            && !values.contains(&value.text.as_str())
        {
            values[at] = &value.text;
            let (from, to) = (cx.dialect.string(from), cx.dialect.string(&value.text));
            res.push(Sql::Statement(format!("ALTER TYPE {name} RENAME VALUE {from} TO {to}")));
        }
    }
    let mut kept = values.iter().peekable();
    let mut previous: Option<&str> = None;
    for value in &desired.values {
        if kept.peek().is_some_and(|it| **it == value.text) {
            kept.next();
        } else {
            let place = match (previous, values.first()) {
                (Some(it), _) => format!(" AFTER {}", cx.dialect.string(it)),
                (None, Some(it)) => format!(" BEFORE {}", cx.dialect.string(it)),
                (None, None) => String::new(),
            };
            let at_end = kept.peek().is_none();
            let place = if at_end { String::new() } else { place };
            // A new value cannot be used before the transaction that adds it commits:
            // https://www.postgresql.org/docs/current/sql-altertype.html
            res.push(Sql::Alone(format!(
                "ALTER TYPE {name} ADD VALUE {}{place}",
                cx.dialect.string(&value.text)
            )));
        }
        previous = Some(&value.text);
    }
    kept.next().is_none().then_some(res)
}

/// Returns the statements that put a new type in the place of the old one, column by column.
fn replace(cx: &Cx, desired: &EnumType) -> Vec<Sql> {
    let create = create_type(cx, &desired.name, &desired.values);
    let mut res = in_place::begin(cx, "TYPE", &desired.name, vec![Sql::Statement(create)]);
    // They stand between the type and the columns.
    let over = |it: &&Domain| it.ty.user.as_ref() == Some(&desired.name);
    for domain in cx.current.domains.values().filter(over) {
        let kept = cx.desired.domains.get(&domain.name).filter(over);
        res.extend(kept.map(|it| domain::replace(cx, it)).unwrap_or_default());
    }
    res.extend(in_place::end(cx, "TYPE", &desired.name));
    let id = Id::of::<EnumType>(desired.name.clone());
    res.extend(access::change(cx, &id, None, &desired.access));
    res
}
