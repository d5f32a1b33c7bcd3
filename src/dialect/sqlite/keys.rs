//! What stands in a key beside the names of its columns; the server keeps it as text
//! (<https://www.sqlite.org/syntax/table-constraint.html>).

use std::collections::BTreeMap;

use crate::{
    base::Name,
    dialect::{Cx, standard},
    model::{PrimaryKey, Table, Unique},
    sql::ast::TableOption,
};

/// What is done with a row that breaks the rule (<https://www.sqlite.org/lang_conflict.html>).
pub const CONFLICT: &str = TableOption::CONFLICT;
/// `PRIMARY KEY DESC` stands behind the column, which keeps an INTEGER from being the row's number
/// (<https://www.sqlite.org/lang_createtable.html#rowids_and_the_integer_primary_key>).
pub const DESCENDING: &str = TableOption::DESCENDING;
/// The collation and direction of each column.
pub const ORDERS: &str = "orders";

pub(super) fn unique(cx: &Cx, it: &Unique) -> String {
    let columns = columns(cx, &it.columns, &it.options);
    format!("UNIQUE ({columns}){}{}", standard::deferral(it.deferral), conflict(&it.options))
}

pub(super) fn primary_key(cx: &Cx, it: &PrimaryKey) -> String {
    let columns = columns(cx, &it.columns, &it.options);
    format!("PRIMARY KEY ({columns}){}{}", standard::deferral(it.deferral), conflict(&it.options))
}

/// Returns ` ON CONFLICT REPLACE`.
pub(super) fn conflict(options: &BTreeMap<String, String>) -> String {
    let word = options.get(CONFLICT).map(|it| format!(" ON CONFLICT {}", it.to_ascii_uppercase()));
    word.unwrap_or_default()
}

fn columns(cx: &Cx, names: &[Name], options: &BTreeMap<String, String>) -> String {
    let mut orders = options.get(ORDERS).map_or("", String::as_str).split(',');
    let column = |it: &Name| {
        let order = orders.next().unwrap_or_default().replace("collate", "COLLATE");
        let order = order.strip_suffix("desc").map_or(order.clone(), |it| format!("{it}DESC"));
        format!("{} {order}", cx.dialect.ident(it)).trim_end().to_owned()
    };
    names.iter().map(column).collect::<Vec<_>>().join(", ")
}

/// Returns whether the key stands behind its only column: one that is numbered, or one that is not the row's number
/// because it stands there.
pub(super) fn is_in_column(table: &Table, it: &PrimaryKey) -> bool {
    match &it.columns[..] {
        [only] => {
            let is_numbered = table.column(only).is_some_and(|it| it.identity.is_some());
            is_numbered || it.options.contains_key(DESCENDING)
        }
        _ => false,
    }
}
