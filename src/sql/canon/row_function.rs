//! The columns of what PostgreSQL's own functions give in a FROM clause, where they name them
//! (<https://www.postgresql.org/docs/current/functions-json.html>, <https://www.postgresql.org/docs/current/functions-info.html>).

use super::{infer::type_of, scope::Types, term::Term};

/// `function: column type, column type; …`
const ROWS: &str = "\
aclexplode: grantor oid, grantee oid, privilege_type text, is_grantable boolean; each: key text, value text; \
json_array_elements: value json; json_array_elements_text: value text; json_each: key text, value json; \
json_each_text: key text, value text; jsonb_array_elements: value jsonb; jsonb_array_elements_text: value text; \
jsonb_each: key text, value jsonb; jsonb_each_text: key text, value text; \
pg_available_extensions: name name, default_version text, comment text; pg_config: name text, setting text; \
pg_cursor: name text, statement text, is_holdable boolean, is_binary boolean, is_scrollable boolean, creation_time timestamptz; \
pg_event_trigger_ddl_commands: classid oid, objid oid, objsubid integer, command_tag text, object_type text, schema_name text, \
object_identity text, in_extension boolean, command pg_ddl_command; \
pg_event_trigger_dropped_objects: classid oid, objid oid, objsubid integer, original boolean, normal boolean, is_temporary boolean, \
object_type text, schema_name text, object_name text, object_identity text, address_names text[], address_args text[]; \
pg_event_trigger_table_rewrite_oid: oid oid; pg_extension_update_paths: source text, target text, path text; \
pg_get_object_address: classid oid, objid oid, objsubid integer; \
pg_identify_object: type text, schema text, name text, identity text; \
pg_identify_object_as_address: type text, object_names text[], object_args text[]; \
pg_ls_logdir: name text, size bigint, modification timestamptz; pg_ls_tmpdir: name text, size bigint, modification timestamptz; \
pg_ls_waldir: name text, size bigint, modification timestamptz; pg_options_to_table: option_name text, option_value text; \
pg_partition_ancestors: relid regclass; pg_partition_tree: relid regclass, parentrelid regclass, isleaf boolean, level integer; \
pg_sequence_parameters: start_value bigint, minimum_value bigint, maximum_value bigint, increment bigint, cycle_option boolean, \
cache_size bigint, data_type oid; \
pg_show_all_settings: name text, setting text, unit text, category text, short_desc text, extra_desc text, context text, vartype text, \
source text, min_val text, max_val text, enumvals text[], boot_val text, reset_val text, sourcefile text, sourceline integer, \
pending_restart boolean; \
pg_stat_file: size bigint, access timestamptz, modification timestamptz, change timestamptz, creation timestamptz, isdir boolean; \
pg_timezone_abbrevs: abbrev text, utc_offset interval, is_dst boolean; \
pg_timezone_names: name text, abbrev text, utc_offset interval, is_dst boolean; \
ts_debug: alias text, description text, token text, dictionaries regdictionary[], dictionary regdictionary, lexemes text[]; \
ts_parse: tokid integer, token text; ts_stat: word text, ndoc integer, nentry integer; \
ts_token_type: tokid integer, alias text, description text";

/// Functions that give values without a name, which go by the alias or else by the function.
const SCALARS: &[&str] = &[
    "generate_series",
    "generate_subscripts",
    "json_object_keys",
    "jsonb_object_keys",
    "jsonb_path_query",
    "regexp_matches",
    "regexp_split_to_table",
    "string_to_table",
    "unnest",
];

/// Returns the columns with their types.
pub(super) fn columns_of(function: &str) -> Option<Vec<(&'static str, &'static str)>> {
    let rows = ROWS.split(';').filter_map(|it| it.trim().split_once(": "));
    let (_, columns) = rows.into_iter().find(|it| it.0 == function)?;
    Some(columns.split(", ").filter_map(|it| it.split_once(' ')).collect())
}

/// Returns whether the function is certain to give values of one column.
pub(super) fn is_scalar(function: &str) -> bool {
    SCALARS.contains(&function)
}

/// Returns the fields of a row that a term is, each with its type where that is known.
pub(super) fn fields_of(row: &Term, types: &Types) -> Vec<(String, Option<String>)> {
    let columns = match row {
        Term::Call(name, _) => columns_of(name).filter(|it| it.len() > 1),
        _ => None,
    };
    if let Some(columns) = columns {
        let named = |(name, ty): (&str, &str)| (name.to_owned(), Some(ty.to_owned()));
        return columns.into_iter().map(named).collect();
    }
    type_of(row, types).map(|it| types.catalog.fields(&it)).unwrap_or_default()
}
