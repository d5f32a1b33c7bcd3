//! Table options: engine, charset, storage parameters.

use std::collections::BTreeMap;

use super::{column::non_empty, ctx::Ctx};
use crate::{
    model::{Column, Table},
    sql::ast::{Ident, TableOption},
};

pub(super) fn set(ctx: &Ctx, table: &mut Table, option: &TableOption) {
    match option.key.as_str() {
        "comment" => table.comment = non_empty(&option.value),
        // Where the numbering stands is data.
        "auto_increment" => {}
        "collate" if ctx.is_mysql() => {
            // A collation's name begins with its character set.
            if !table.options.contains_key("charset")
                && let Some((charset, _)) = option.value.split_once('_')
            {
                table.options.insert("charset".to_owned(), charset.to_owned());
            }
            table.options.insert("collate".to_owned(), option.value.to_string());
        }
        "charset" => {
            let charset = option.value.to_string();
            let prefix = format!("{charset}_");
            if table.options.get("collate").is_some_and(|it| !it.starts_with(&prefix)) {
                table.options.remove("collate");
            }
            table.options.insert("charset".to_owned(), charset);
        }
        key => {
            let value = if option.value.is_empty() { "true" } else { &option.value };
            table.options.insert(key.replace(' ', "_"), value.to_owned());
        }
    }
}

/// Returns the storage parameters of an index.
pub(super) fn parameters(options: &[TableOption]) -> BTreeMap<String, String> {
    options.iter().map(|it| (it.key.clone(), it.value.to_string())).collect()
}

/// `CONVERT TO CHARACTER SET`: the table and all its texts.
pub(super) fn convert(ctx: &Ctx, table: &mut Table, charset: &Ident, collate: Option<&Ident>) {
    table.options.insert("charset".to_owned(), charset.text.to_string());
    match collate {
        Some(it) => table.options.insert("collate".to_owned(), it.text.to_string()),
        None => table.options.remove("collate"),
    };
    let is_text = |it: &Column| {
        let family = ctx.dialect.family(&it.ty);
        family.is_text()
            || matches!(family, crate::dialect::Family::Enum | crate::dialect::Family::Set)
    };
    for column in table.columns.iter_mut().filter(|it| is_text(it)) {
        column.charset = None;
        column.collate = None;
    }
}
