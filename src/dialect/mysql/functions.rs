//! The functions of the servers themselves, of whatever version: which an expression of a table may call
//! (<https://dev.mysql.com/doc/refman/8.4/en/built-in-function-reference.html>,
//! <https://mariadb.com/kb/en/built-in-functions/>).

use crate::dialect::naming::Naming;

/// Returns whether the function, by its name in lower case, is one of the server's own.
pub(super) fn is_built_in(name: &str, naming: Naming) -> bool {
    let own = if naming == Naming::MySql { MYSQL } else { MARIADB };
    [BOTH, own].iter().any(|it| it.binary_search(&name).is_ok())
}

#[rustfmt::skip]
static BOTH: &[&str] = &[
    "abs", "acos", "adddate", "addtime", "aes_decrypt", "aes_encrypt", "ascii", "asin", "atan", "atan2", "avg",
    "benchmark", "bin", "binary", "bit_and", "bit_count", "bit_length", "bit_or", "bit_xor", "cast", "ceil",
    "ceiling", "char", "char_length", "character", "character_length", "charset", "coalesce", "coercibility",
    "collation", "compress", "concat", "concat_ws", "connection_id", "conv", "convert", "convert_tz", "cos", "cot",
    "count", "crc32", "cume_dist", "curdate", "current_date", "current_role", "current_time", "current_timestamp",
    "current_user", "curtime", "database", "date", "date_add", "date_format", "date_sub", "datediff", "day",
    "dayname", "dayofmonth", "dayofweek", "dayofyear", "degrees", "dense_rank", "elt", "exp", "export_set",
    "extract", "extractvalue", "field", "find_in_set", "first_value", "floor", "format", "found_rows",
    "from_base64", "from_days", "from_unixtime", "get_format", "get_lock", "greatest", "group_concat", "hex",
    "hour", "if", "ifnull", "inet6_aton", "inet6_ntoa", "inet_aton", "inet_ntoa", "instr", "interval",
    "is_free_lock", "is_ipv4", "is_ipv4_compat", "is_ipv4_mapped", "is_ipv6", "is_used_lock", "isnull",
    "json_array", "json_array_append", "json_array_insert", "json_arrayagg", "json_contains", "json_contains_path",
    "json_depth", "json_extract", "json_insert", "json_keys", "json_length", "json_merge", "json_merge_patch",
    "json_merge_preserve", "json_object", "json_objectagg", "json_overlaps", "json_pretty", "json_quote",
    "json_remove", "json_replace", "json_search", "json_set", "json_table", "json_type", "json_unquote",
    "json_valid", "json_value", "lag", "last_day", "last_insert_id", "last_value", "lcase", "lead", "least", "left",
    "length", "ln", "load_file", "localtime", "localtimestamp", "locate", "log", "log10", "log2", "lower", "lpad",
    "ltrim", "make_set", "makedate", "maketime", "master_pos_wait", "match", "max", "mbrcontains", "mbrdisjoint",
    "mbrequals", "mbrintersects", "mbroverlaps", "mbrtouches", "mbrwithin", "md5", "microsecond", "mid", "min",
    "minute", "mod", "month", "monthname", "name_const", "national", "nchar", "not", "now", "nth_value", "ntile",
    "nullif", "oct", "octet_length", "ord", "percent_rank", "period_add", "period_diff", "pi", "position", "pow",
    "power", "quarter", "quote", "radians", "rand", "random_bytes", "rank", "regexp_instr", "regexp_replace",
    "regexp_substr", "release_all_locks", "release_lock", "repeat", "replace", "reverse", "right", "round", "row",
    "row_count", "row_number", "rpad", "rtrim", "schema", "sec_to_time", "second", "session_user", "sha", "sha1",
    "sha2", "sign", "sin", "sleep", "soundex", "space", "sqrt", "st_area", "st_asbinary", "st_asgeojson",
    "st_astext", "st_aswkb", "st_aswkt", "st_buffer", "st_centroid", "st_contains", "st_convexhull", "st_crosses",
    "st_difference", "st_dimension", "st_disjoint", "st_distance", "st_distance_sphere", "st_endpoint",
    "st_envelope", "st_equals", "st_exteriorring", "st_geomcollfromtext", "st_geomcollfromwkb",
    "st_geometryfromtext", "st_geometryn", "st_geometrytype", "st_geomfromgeojson", "st_geomfromtext",
    "st_geomfromwkb", "st_interiorringn", "st_intersection", "st_intersects", "st_isclosed", "st_isempty",
    "st_issimple", "st_length", "st_linefromtext", "st_linefromwkb", "st_mlinefromtext", "st_mlinefromwkb",
    "st_mpointfromtext", "st_mpointfromwkb", "st_mpolyfromtext", "st_mpolyfromwkb", "st_numgeometries",
    "st_numinteriorrings", "st_numpoints", "st_overlaps", "st_pointfromtext", "st_pointfromwkb", "st_pointn",
    "st_polyfromtext", "st_polyfromwkb", "st_srid", "st_startpoint", "st_symdifference", "st_touches", "st_union",
    "st_within", "st_x", "st_y", "std", "stddev", "stddev_pop", "stddev_samp", "str_to_date", "strcmp", "subdate",
    "substr", "substring", "substring_index", "subtime", "sum", "sysdate", "system_user", "tan", "time",
    "time_format", "time_to_sec", "timediff", "timestamp", "timestampadd", "timestampdiff", "to_base64", "to_days",
    "to_seconds", "trim", "truncate", "ucase", "uncompress", "uncompressed_length", "unhex", "unix_timestamp",
    "updatexml", "upper", "user", "utc_date", "utc_time", "utc_timestamp", "uuid", "uuid_short", "values",
    "var_pop", "var_samp", "variance", "version", "week", "weekday", "weekofyear", "weight_string", "year",
    "yearweek",
];

#[rustfmt::skip]
static MYSQL: &[&str] = &[
    "any_value", "bin_to_uuid", "distance", "format_bytes", "format_pico_time", "from_vector", "geomcollection",
    "geometrycollection", "grouping", "gtid_subset", "gtid_subtract", "icu_version", "is_uuid", "json_schema_valid",
    "json_schema_validation_report", "json_storage_free", "json_storage_size", "linestring", "mbrcoveredby",
    "mbrcovers", "mbrequal", "multilinestring", "multipoint", "multipolygon", "point", "polygon",
    "ps_current_thread_id", "ps_thread_id", "regexp_like", "roles_graphml", "source_pos_wait", "st_buffer_strategy",
    "st_collect", "st_frechetdistance", "st_geohash", "st_hausdorffdistance", "st_isvalid", "st_latfromgeohash",
    "st_latitude", "st_lineinterpolatepoint", "st_lineinterpolatepoints", "st_longfromgeohash", "st_longitude",
    "st_makeenvelope", "st_numinteriorring", "st_pointatdistance", "st_pointfromgeohash", "st_simplify",
    "st_swapxy", "st_transform", "st_validate", "statement_digest", "statement_digest_text", "string_to_vector",
    "to_vector", "uuid_to_bin", "validate_password_strength", "vector_dim", "vector_distance", "vector_to_string",
    "wait_for_executed_gtid_set",
];

#[rustfmt::skip]
static MARIADB: &[&str] = &[
    "add_months", "any_value", "area", "asbinary", "astext", "aswkb", "aswkt", "binlog_gtid_pos", "boundary",
    "buffer", "centroid", "chr", "column_add", "column_check", "column_create", "column_delete", "column_exists",
    "column_json", "column_list", "concat_operator_oracle", "contains", "convexhull", "crc32c", "crosses", "decode",
    "decode_histogram", "decode_oracle", "des_decrypt", "des_encrypt", "dimension", "disjoint", "encode", "encrypt",
    "endpoint", "envelope", "equals", "exteriorring", "format_pico_time", "geomcollfromtext", "geomcollfromwkb",
    "geometrycollection", "geometrycollectionfromtext", "geometrycollectionfromwkb", "geometryfromtext",
    "geometryfromwkb", "geometryn", "geometrytype", "geomfromtext", "geomfromwkb", "glength", "interiorringn",
    "intersects", "isclosed", "isempty", "isring", "issimple", "json_array_intersect", "json_compact",
    "json_detailed", "json_equals", "json_exists", "json_key_value", "json_loose", "json_normalize",
    "json_object_filter_keys", "json_object_to_array", "json_query", "json_schema_valid", "kdf", "lastval",
    "lengthb", "linefromtext", "linefromwkb", "linestring", "linestringfromtext", "linestringfromwkb",
    "lpad_oracle", "ltrim_oracle", "master_gtid_wait", "mbrequal", "median", "mlinefromtext", "mlinefromwkb",
    "mpointfromtext", "mpointfromwkb", "mpolyfromtext", "mpolyfromwkb", "multilinestring",
    "multilinestringfromtext", "multilinestringfromwkb", "multipoint", "multipointfromtext", "multipointfromwkb",
    "multipolygon", "multipolygonfromtext", "multipolygonfromwkb", "natural_sort_key", "nextval", "numgeometries",
    "numinteriorrings", "numpoints", "nvl", "nvl2", "old_password", "overlaps", "password", "percentile_cont",
    "percentile_disc", "point", "pointfromtext", "pointfromwkb", "pointn", "pointonsurface", "polyfromtext",
    "polyfromwkb", "polygon", "polygonfromtext", "polygonfromwkb", "replace_oracle", "rownum", "rpad_oracle",
    "rtrim_oracle", "setval", "sformat", "srid", "st_boundary", "st_collect", "st_geohash", "st_isring",
    "st_isvalid", "st_latfromgeohash", "st_longfromgeohash", "st_pointfromgeohash", "st_pointonsurface",
    "st_relate", "st_simplify", "st_validate", "startpoint", "substr_oracle", "sys_guid", "to_char", "to_date",
    "to_number", "touches", "trim_oracle", "trunc", "uuid_v4", "uuid_v7", "vec_distance", "vec_distance_cosine",
    "vec_distance_euclidean", "vec_fromtext", "vec_totext", "within", "wsrep_last_seen_gtid",
    "wsrep_last_written_gtid", "wsrep_sync_wait_upto_gtid", "x", "y",
];

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_found_by_halving() {
        for names in [super::BOTH, super::MYSQL, super::MARIADB] {
            assert!(names.is_sorted());
        }
    }
}
