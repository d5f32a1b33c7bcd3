//! Functions that no history creates: the server's own and those of extensions.

use super::builtins::is_builtin;

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

/// Returns whether the server has a function of that name.
pub fn is_built_in(name: &str) -> bool {
    is_builtin(name) || SYNTAX.contains(&name)
}
