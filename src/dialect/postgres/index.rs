//! `CREATE INDEX` (<https://www.postgresql.org/docs/current/sql-createindex.html>).

use std::borrow::Cow;

use super::{comment, operator_classes::extension_of_class, partition, table};
use crate::{
    base::{Name, QName},
    dialect::{Cx, Sql, standard},
    model::{Id, Index, IndexColumn, Table},
};

pub(super) fn inline(_: &Cx, _: &Table, _: &Index) -> Option<String> {
    None
}

pub(super) fn create(cx: &Cx, id: &Id, it: &Index, _: &[Name]) -> Vec<Sql> {
    let unique = if it.unique { "UNIQUE " } else { "" };
    let method = it.method.as_ref().map_or_else(String::new, |it| format!("USING {it} "));
    let own = if cx.is_nameless(&id.owner, it) {
        String::new()
    } else {
        cx.dialect.ident(&it.name) + " "
    };
    let table = cx.desired.table(&id.owner);
    let only = if table.is_some_and(|it| it.partition_by.is_some()) { "ONLY " } else { "" };
    let mut text = format!(
        "CREATE {unique}INDEX {own}ON {only}{} {method}({})",
        cx.dialect.qname(&id.owner),
        columns(cx, it.method.as_deref().unwrap_or("btree"), &it.columns)
    );
    if !it.include.is_empty() {
        text.push_str(&format!(" INCLUDE ({})", cx.dialect.idents(&it.include)));
    }
    if it.nulls_not_distinct {
        text.push_str(" NULLS NOT DISTINCT");
    }
    text.push_str(&standard::parameters(&it.options).unwrap_or_default());
    if let Some(space) = it.options.get("tablespace") {
        text.push_str(&format!(" TABLESPACE {space}"));
    }
    if let Some(condition) = &it.condition {
        text.push_str(&format!(" WHERE {}", condition.text()));
    }
    let what = format!("INDEX {}", qualified(cx, id));
    let statistics = it.options.iter().filter_map(|(key, value)| {
        let column = key.strip_prefix("statistics_")?;
        Some(Sql::Statement(format!(
            "ALTER INDEX {} ALTER COLUMN {column} SET STATISTICS {value}",
            qualified(cx, id)
        )))
    });
    std::iter::once(Sql::Statement(text))
        .chain(partition::attach_index(cx, id, it.attached_to.as_ref()))
        .chain(statistics)
        .chain(table::order_by(cx, &id.owner, &it.name))
        .chain(comment::initial(cx, &what, it.comment.as_deref()))
        .collect()
}

/// Returns the columns; a class of an extension that lies in another schema goes by that as well.
pub(super) fn columns(cx: &Cx, method: &str, columns: &[IndexColumn]) -> String {
    let mut columns = Cow::Borrowed(columns);
    for at in 0..columns.len() {
        let Some(class) = &columns[at].opclass else { continue };
        let extension = extension_of_class(method, class).map(Name::exact);
        let found = extension.and_then(|it| cx.desired.extensions.get(&it));
        if let Some(schema) = found.and_then(|it| it.schema.as_ref()) {
            let text = format!("{}.{class}", cx.dialect.ident(schema));
            columns.to_mut()[at].opclass = Some(text);
        }
    }
    standard::index_columns(cx, &columns)
}

pub(super) fn drop(cx: &Cx, id: &Id, _: &Index) -> Vec<Sql> {
    vec![Sql::Statement(format!("DROP INDEX {}", qualified(cx, id)))]
}

pub(super) fn alter(
    cx: &Cx,
    id: &Id,
    _: &Index,
    desired: &Index,
    changed: &[&'static str],
) -> Option<Vec<Sql>> {
    let what = format!("INDEX {}", qualified(cx, id));
    (changed == ["comment"]).then(|| vec![comment::set(cx, &what, desired.comment.as_deref())])
}

pub(super) fn rename(cx: &Cx, from: &Id, id: &Id, _: &Index) -> Option<Vec<Sql>> {
    Some(vec![Sql::Statement(format!(
        "ALTER INDEX {} RENAME TO {}",
        qualified(cx, from),
        cx.dialect.ident(id.name())
    ))])
}

/// Returns the index's name; it lives in its table's namespace.
fn qualified(cx: &Cx, id: &Id) -> String {
    cx.dialect.qname(&QName::new(id.owner.schema.clone(), id.name().clone()))
}
