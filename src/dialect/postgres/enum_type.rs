//! `CREATE TYPE … AS ENUM` (<https://www.postgresql.org/docs/current/datatype-enum.html>).

use super::{access, comment};
use crate::{
    base::{Name, QName},
    dialect::{Cx, Sql},
    model::{EnumType, EnumValue, Id, Table},
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
    let name = cx.dialect.qname(&desired.name);
    let old = QName::new(
        desired.name.schema.clone(),
        cx.dialect.table_name(&format!("{}_old", desired.name.name)),
    );
    let mut res = vec![
        Sql::Statement(format!("ALTER TYPE {name} RENAME TO {}", cx.dialect.ident(&old.name))),
        Sql::Statement(create_type(cx, &desired.name, &desired.values)),
    ];
    for table in cx.current.managed_tables() {
        for column in &table.columns {
            let uses = |it: &crate::model::Column| it.ty.user.as_ref() == Some(&desired.name);
            let after = cx.desired.table(&table.name).and_then(|it| it.column(&column.name));
            if !uses(column) || !after.is_some_and(uses) {
                continue;
            }
            let (owner, own) = (cx.dialect.qname(&table.name), cx.dialect.ident(&column.name));
            let ty = cx.dialect.type_sql(&column.ty);
            let text = if column.ty.dimensions > 0 { "text[]" } else { "text" };
            let mut actions =
                vec![format!("ALTER COLUMN {own} TYPE {ty} USING {own}::{text}::{ty}")];
            if let Some(default) = &column.default {
                actions.insert(0, format!("ALTER COLUMN {own} DROP DEFAULT"));
                let kept = after.and_then(|it| it.default.as_ref()).unwrap_or(default);
                actions.push(format!("ALTER COLUMN {own} SET DEFAULT {}", kept.text()));
            }
            res.push(Sql::Statement(format!(
                "ALTER TABLE {owner}\n    {}",
                actions.join(",\n    ")
            )));
        }
    }
    res.push(Sql::Statement(format!("DROP TYPE {}", cx.dialect.qname(&old))));
    let id = Id::of::<EnumType>(desired.name.clone());
    res.extend(access::change(cx, &id, None, &desired.access));
    res
}
