//! Functions that no history creates: the server's own and those of extensions.

use std::{collections::BTreeMap, sync::LazyLock};

/// Functions that triggers can call, and the extension that brings them, if it is not the server
/// (<https://www.postgresql.org/docs/current/functions-trigger.html>,
/// <https://www.postgresql.org/docs/current/contrib-spi.html>).
pub const TRIGGER_FUNCTIONS: &[(&str, Option<&str>)] = &[
    ("autoinc", Some("autoinc")),
    ("check_foreign_key", Some("refint")),
    ("check_primary_key", Some("refint")),
    ("insert_username", Some("insert_username")),
    ("lo_manage", Some("lo")),
    ("moddatetime", Some("moddatetime")),
    ("suppress_redundant_updates_trigger", None),
    ("triggered_change_notification", Some("tcn")),
    ("tsvector_update_trigger", None),
    ("tsvector_update_trigger_column", None),
];

/// What looks like a call and is none of a function in the catalog
/// (<https://www.postgresql.org/docs/current/functions-conditional.html>, `func_expr_common_subexpr` of the grammar).
#[rustfmt::skip]
const SYNTAX: &[&str] = &[
    "any", "all", "array", "cast", "ceiling", "coalesce", "collation", "convert", "cube",
    "current_schema", "exists", "extract", "greatest", "grouping", "json", "json_array",
    "json_arrayagg", "json_exists", "json_object", "json_objectagg", "json_query", "json_scalar",
    "json_serialize", "json_table", "json_value", "least", "merge_action", "normalize", "nullif",
    "overlay", "position", "rollup", "row", "some", "substring", "treat", "trim", "values",
    "xmlattributes", "xmlconcat", "xmlelement", "xmlexists", "xmlforest", "xmlparse", "xmlpi",
    "xmlroot", "xmlserialize", "xmltable",
];

/// The functions of the servers from 12 to 18, each with the version that brought it, where that is not 12.
static BUILT_IN: LazyLock<BTreeMap<&str, u32>> = LazyLock::new(|| {
    let rows = include_str!("functions.txt").lines();
    let row = |it: &'static str| match it.split_once(' ') {
        Some((name, version)) => (name, version.parse().unwrap_or(0)),
        None => (it, 0),
    };
    rows.map(row).collect()
});

/// Returns whether the server has a function of that name.
pub fn is_built_in(name: &str) -> bool {
    BUILT_IN.contains_key(name) || SYNTAX.contains(&name)
}
