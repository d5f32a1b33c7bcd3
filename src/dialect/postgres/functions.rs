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

/// Functions that came with a version; those left out that nobody calls.
const SINCE: &[(u16, &str)] = &[
    (
        13,
        "gcd gen_random_uuid is_normalized jsonb_path_exists_tz jsonb_path_match_tz jsonb_path_query_array_tz \
         jsonb_path_query_first_tz jsonb_path_query_tz jsonb_set_lax lcm min_scale normalize pg_current_snapshot \
         pg_current_xact_id pg_current_xact_id_if_assigned pg_visible_in_snapshot pg_xact_status to_regcollation \
         trim_scale",
    ),
    (
        14,
        "bit_count bit_xor date_bin datemultirange int4multirange int8multirange multirange nummultirange \
         pg_column_compression pg_get_function_sqlbody range_agg range_intersect_agg string_to_table trim_array \
         tsmultirange tstzmultirange unistr",
    ),
    (
        15,
        "has_parameter_privilege pg_backup_start pg_backup_stop regexp_count regexp_instr regexp_like regexp_substr",
    ),
    (
        16,
        "any_value array_sample array_shuffle date_add date_subtract erf erfc json_arrayagg json_objectagg \
         pg_input_error_info pg_input_is_valid random_normal system_user",
    ),
    (
        17,
        "json_exists json_query json_scalar json_serialize json_table json_value jsonb_populate_record_valid \
         merge_action pg_basetype to_bin to_oct to_regtypemod unicode_assigned unicode_version uuid_extract_timestamp \
         uuid_extract_version xmltext",
    ),
    (
        18,
        "array_reverse array_sort casefold crc32 crc32c gamma has_largeobject_privilege lgamma uuidv4 uuidv7",
    ),
];

/// Returns whether servers of the version have a function of that name.
pub fn is_built_in(name: &str, version: Option<u16>) -> bool {
    let is_newer = |it: &&(u16, &str)| version.is_some_and(|own| own < it.0);
    let mut newer = SINCE.iter().filter(is_newer);
    (is_builtin(name) || SYNTAX.contains(&name))
        && !newer.any(|it| it.1.split(' ').any(|it| it == name))
}
