//! Table options: engine, storage parameters.

use std::collections::BTreeMap;

use super::{column::non_empty, ctx::Ctx};
use crate::{model::Table, sql::ast::TableOption};

pub(super) fn set(ctx: &Ctx, table: &mut Table, option: &TableOption) {
    match option.key.as_str() {
        "comment" => table.comment = non_empty(&option.value),
        // Where the numbering stands is data.
        "auto_increment" => {}
        // Both are looked at together.
        "collate" | "charset" if ctx.is_mysql() => {}
        key => {
            let value = if option.value.is_empty() { "true" } else { &option.value };
            table.options.insert(key.replace(' ', "_"), value.to_owned());
        }
    }
}

/// Sets what is stated; what has no value goes.
pub(super) fn apply(options: &mut BTreeMap<String, String>, stated: &[(String, Option<String>)]) {
    for (key, value) in stated {
        match value {
            Some(value) => options.insert(key.clone(), value.clone()),
            None => options.remove(key),
        };
    }
}

/// Returns the storage parameters of an index.
pub(super) fn parameters(options: &[TableOption]) -> BTreeMap<String, String> {
    options.iter().map(|it| (it.key.clone(), it.value.to_string())).collect()
}

/// Gives a new table the options that the server adds to those written.
pub(super) fn complete(ctx: &Ctx, table: &mut Table) {
    for (key, value) in ctx.dialect.server_options {
        table.options.entry((*key).to_owned()).or_insert_with(|| (*value).to_owned());
    }
}
