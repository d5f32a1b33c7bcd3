//! Spellings that mean the same: one row each, the canonical one last.

/// Types in casts, without length or array brackets.
pub(super) const TYPES: &[(&str, &str)] = &[
    ("int", "integer"),
    ("int4", "integer"),
    ("int8", "bigint"),
    ("int2", "smallint"),
    ("float4", "real"),
    ("float8", "double"),
    ("float", "double"),
    ("double precision", "double"),
    ("decimal", "numeric"),
    ("dec", "numeric"),
    ("bool", "boolean"),
    ("character varying", "varchar"),
    ("char varying", "varchar"),
    ("character", "char"),
    ("timestamp without time zone", "timestamp"),
    ("timestamp with time zone", "timestamptz"),
    ("time without time zone", "time"),
    ("time with time zone", "timetz"),
    ("bit varying", "varbit"),
    ("\"bit\"", "bit"),
    ("signed integer", "signed"),
    ("unsigned integer", "unsigned"),
];

/// Functions that PostgreSQL has under two names.
pub(super) const POSTGRES: &[(&str, &str)] = &[
    ("character_length", "char_length"),
    ("ceiling", "ceil"),
    ("pow", "power"),
    ("substr", "substring"),
];

/// Functions that MySQL and MariaDB have under two names.
pub(super) const MYSQL: &[(&str, &str)] = &[
    ("adddate", "date_add"),
    ("ceiling", "ceil"),
    ("char_length", "character_length"),
    ("curdate", "current_date"),
    ("curtime", "current_time"),
    ("day", "dayofmonth"),
    ("lcase", "lower"),
    ("length", "octet_length"),
    ("localtime", "current_timestamp"),
    ("localtimestamp", "current_timestamp"),
    ("mid", "substr"),
    ("now", "current_timestamp"),
    ("pow", "power"),
    ("schema", "database"),
    ("session_user", "user"),
    ("subdate", "date_sub"),
    ("substring", "substr"),
    ("system_user", "user"),
    ("trim", "btrim"),
    ("ucase", "upper"),
];

/// Functions that SQLite has under two names.
pub(super) const SQLITE: &[(&str, &str)] =
    &[("substring", "substr"), ("ceiling", "ceil"), ("pow", "power"), ("if", "iif")];

/// Calls that are written without parentheses: of SQLite the first three, of MySQL those up to
/// `current_user`, of PostgreSQL all. The others may be columns.
pub(super) const NILADIC: &[&str] = &[
    "current_date",
    "current_time",
    "current_timestamp",
    "localtime",
    "localtimestamp",
    "current_user",
    "current_role",
    "current_catalog",
    "current_schema",
    "session_user",
    "user",
];

/// Functions of PostgreSQL whose result is text, so that a cast of it to text says nothing.
pub(super) const TEXT_FUNCTIONS: &[&str] = &[
    "btrim",
    "concat",
    "concat_ws",
    "encode",
    "left",
    "lower",
    "lpad",
    "ltrim",
    "md5",
    "regexp_replace",
    "repeat",
    "replace",
    "right",
    "rpad",
    "rtrim",
    "substring",
    "to_char",
    "upper",
];
