//! A type in the place of the old one of that name: PostgreSQL changes neither the base of a domain nor takes values from
//! an enum, and columns hold on to a type.

use crate::{
    base::QName,
    dialect::{Cx, Sql},
    model::Column,
};

/// Returns the statements that move the old type away and make the new one.
pub(super) fn begin(cx: &Cx, what: &str, name: &QName, create: Vec<Sql>) -> Vec<Sql> {
    let (own, old) = (cx.dialect.qname(name), cx.dialect.ident(&old(cx, name).name));
    let rename = Sql::Aside(format!("ALTER {what} {own} RENAME TO {old}"));
    std::iter::once(rename).chain(create).collect()
}

/// Returns the statements that give columns the new type, and drop the old one.
pub(super) fn end(cx: &Cx, what: &str, name: &QName) -> Vec<Sql> {
    let mut res = Vec::new();
    for table in cx.current.managed_tables() {
        for column in &table.columns {
            let uses = |it: &Column| it.ty.user.as_ref() == Some(name);
            let after = cx.desired.table(&table.name).and_then(|it| it.column(&column.name));
            let Some(after) = after.filter(|it| uses(column) && uses(it)) else { continue };
            // A parent's statement gives it to those that inherit from it.
            if !column.inherited {
                res.push(retype(cx, &table.name, column, after));
            }
        }
    }
    res.push(Sql::Statement(format!("DROP {what} {}", cx.dialect.qname(&old(cx, name)))));
    res
}

fn retype(cx: &Cx, table: &QName, column: &Column, after: &Column) -> Sql {
    let (owner, own) = (cx.dialect.qname(table), cx.dialect.ident(&column.name));
    let ty = cx.dialect.type_sql(&column.ty);
    let text = if column.ty.dimensions > 0 { "text[]" } else { "text" };
    let mut actions = vec![format!("ALTER COLUMN {own} TYPE {ty} USING {own}::{text}::{ty}")];
    if let Some(default) = &column.default {
        actions.insert(0, format!("ALTER COLUMN {own} DROP DEFAULT"));
        let kept = after.default.as_ref().unwrap_or(default);
        actions.push(format!("ALTER COLUMN {own} SET DEFAULT {}", kept.text()));
    }
    Sql::Statement(format!("ALTER TABLE {owner}\n    {}", actions.join(",\n    ")))
}

fn old(cx: &Cx, name: &QName) -> QName {
    let old = cx.dialect.table_name(&format!("{}_old", name.name));
    QName::new(name.schema.clone(), old)
}
