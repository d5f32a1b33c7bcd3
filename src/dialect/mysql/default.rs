//! How a column's default is written (<https://dev.mysql.com/doc/refman/8.4/en/data-type-defaults.html>).

use crate::{
    dialect::{Cx, Dialect, Family, Sql, constant, naming::Naming},
    model::{Column, ColumnType, Expr},
};

/// Returns the default as it stands after DEFAULT.
pub(super) fn text(cx: &Cx, column: &Column, default: &Expr) -> String {
    let text = default.text().trim();
    let family = cx.dialect.family(&column.ty);
    if matches!(family, Family::Timestamp | Family::TimestampTz) && is_now(text) {
        return now(&column.ty);
    }
    // TEXT, BLOB, JSON and the geometries take a constant only as an expression.
    let bare = match family {
        Family::Text | Family::Json | Family::Other => false,
        Family::Bytes => column.ty.name.ends_with("binary"),
        _ => true,
    };
    if bare && constant::is_constant(text) { text.to_owned() } else { constant::wrapped(text) }
}

/// Returns `CURRENT_TIMESTAMP` with as many digits as the column keeps: the server takes no other number.
pub(super) fn now(ty: &ColumnType) -> String {
    let digits = ty.args.first().map_or_else(String::new, |it| format!("({it})"));
    format!("CURRENT_TIMESTAMP{digits}")
}

/// Returns the statement that lets columns begin with a date that there is not, as they did: a session's first mode may
/// refuse it.
pub(super) fn mode<'c>(cx: &Cx, columns: impl IntoIterator<Item = &'c Column>) -> Option<Sql> {
    let modes = cx.dialect.modes();
    let is_refused = |it: &Column| {
        let is_own = |own: &Expr| cx.dialect.refuses_default(own, &it.ty, modes);
        it.default.as_ref().is_some_and(is_own)
    };
    let set = "SET sql_mode = 'ALLOW_INVALID_DATES,NO_ENGINE_SUBSTITUTION,STRICT_TRANS_TABLES'";
    columns.into_iter().any(is_refused).then(|| Sql::First(set.to_owned()))
}

/// Functions of which a replica may make something else, so that MySQL adds no column with such a default
/// (<https://dev.mysql.com/doc/refman/8.4/en/replication-rbr-safe-unsafe.html>).
const VARYING: [&str; 9] = [
    "current_user",
    "rand",
    "random_bytes",
    "session_user",
    "sysdate",
    "system_user",
    "user",
    "uuid",
    "uuid_short",
];

/// Functions of MySQL that MariaDB has not, so that it looks for one of the user's, which no default can call.
#[rustfmt::skip]
const MYSQL_ONLY: [&str; 27] = [
    "any_value", "bin_to_uuid", "format_bytes", "format_pico_time", "icu_version", "is_uuid",
    "json_schema_validation_report", "json_storage_free", "json_storage_size",
    "ps_current_thread_id", "ps_thread_id", "regexp_like", "roles_graphml", "st_geohash",
    "st_isvalid", "st_latfromgeohash", "st_latitude", "st_longfromgeohash", "st_longitude",
    "st_swapxy", "st_validate", "statement_digest", "statement_digest_text",
    "string_to_vector", "to_vector", "uuid_to_bin", "vector_dim",
];

/// Functions of MariaDB that MySQL has not.
#[rustfmt::skip]
const MARIADB_ONLY: [&str; 21] = [
    "add_months", "chr", "column_check", "column_json", "crc32c", "decode_histogram",
    "decode_oracle", "json_compact", "json_detailed", "json_equals", "json_exists", "json_loose",
    "json_normalize", "json_query", "lengthb", "natural_sort_key", "nvl", "nvl2", "sformat",
    "sys_guid", "to_char",
];

impl Dialect {
    /// Returns the function that a default calls and the server has not, though its relative has.
    pub fn foreign_function(&self, default: &Expr) -> Option<&'static str> {
        let text = default.canonical();
        let foreign: &[&str] = match self.naming {
            Naming::MySql => &MARIADB_ONLY,
            Naming::MariaDb => &MYSQL_ONLY,
            _ => &[],
        };
        foreign.iter().copied().find(|it| calls(text, it))
    }

    /// Returns whether a default gives each row another value and the server minds.
    pub fn default_varies(&self, default: &Expr) -> bool {
        self.naming == Naming::MySql && self.varies(default)
    }

    /// Returns whether a default gives each row or session another value.
    pub fn varies(&self, default: &Expr) -> bool {
        VARYING.iter().any(|it| calls(default.canonical(), it))
    }
}

fn calls(text: &str, function: &str) -> bool {
    let is_word = |it: char| it.is_alphanumeric() || "_`'.".contains(it);
    text.match_indices(function).any(|(at, _)| {
        let behind = &text[at + function.len()..];
        // This one does without parentheses.
        let is_bare = function == "current_user" && !behind.starts_with(is_word);
        (behind.starts_with('(') || is_bare) && !text[..at].ends_with(is_word)
    })
}

/// Returns whether the text is the current time in one of its spellings.
fn is_now(text: &str) -> bool {
    let name = text.split('(').next().unwrap_or(text).trim().to_ascii_lowercase();
    let rest = text[name.len()..].trim();
    let args = rest.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
    let digits = args.is_some_and(|it| it.trim().bytes().all(|it| it.is_ascii_digit()));
    match &*name {
        "current_timestamp" | "localtime" | "localtimestamp" => rest.is_empty() || digits,
        "now" => digits,
        _ => false,
    }
}
