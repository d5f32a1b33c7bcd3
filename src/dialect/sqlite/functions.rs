//! The functions that SQLite has (<https://www.sqlite.org/lang_corefunc.html>), and how many values each takes.

/// What a function may be used for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Plain,
    /// The same arguments do not decide its value.
    Volatile,
    /// Makes one row of many; behind OVER as well.
    Aggregate,
    /// Stands in front of OVER only.
    Window,
}

/// A function; several rows are several numbers of arguments.
struct Row {
    name: &'static str,
    takes: (usize, usize),
    kind: Kind,
}

const ANY: usize = usize::MAX;

const fn row(name: &'static str, least: usize, most: usize) -> Row {
    Row { name, takes: (least, most), kind: Kind::Plain }
}

const fn of(kind: Kind, name: &'static str, least: usize, most: usize) -> Row {
    Row { name, takes: (least, most), kind }
}

#[rustfmt::skip]
static FUNCTIONS: &[Row] = &[
    row("abs", 1, 1), row("acos", 1, 1), row("acosh", 1, 1), row("asin", 1, 1), row("asinh", 1, 1),
    row("atan", 1, 1), row("atan2", 2, 2), row("atanh", 1, 1), of(Kind::Aggregate, "avg", 1, 1),
    row("bm25", 1, ANY), row("ceil", 1, 1), row("ceiling", 1, 1), of(Kind::Volatile, "changes", 0, 0),
    row("char", 0, ANY), row("coalesce", 2, ANY), row("concat", 1, ANY), row("concat_ws", 2, ANY),
    row("cos", 1, 1), row("cosh", 1, 1), of(Kind::Aggregate, "count", 0, 1),
    of(Kind::Window, "cume_dist", 0, 0), of(Kind::Volatile, "current_date", 0, 0),
    of(Kind::Volatile, "current_time", 0, 0), of(Kind::Volatile, "current_timestamp", 0, 0),
    row("date", 0, ANY), row("datetime", 0, ANY), row("degrees", 1, 1),
    of(Kind::Window, "dense_rank", 0, 0), row("exp", 1, 1), of(Kind::Window, "first_value", 1, 1),
    row("floor", 1, 1), row("format", 0, ANY), row("fts5_get_locale", 1, ANY), row("fts5_insttoken", 1, 1),
    row("fts5_locale", 2, 2), row("fts5_source_id", 0, 0), row("glob", 2, 2),
    of(Kind::Aggregate, "group_concat", 1, 2), row("hex", 1, 1), row("highlight", 1, ANY),
    row("if", 2, ANY), row("ifnull", 2, 2), row("iif", 2, ANY), row("instr", 2, 2),
    row("json", 1, 1), row("json_array", 0, ANY), row("json_array_length", 1, 2),
    row("json_error_position", 1, 1), row("json_extract", 0, ANY),
    of(Kind::Aggregate, "json_group_array", 1, 1), of(Kind::Aggregate, "json_group_object", 2, 2),
    row("json_insert", 0, ANY), row("json_object", 0, ANY), row("json_patch", 2, 2),
    row("json_pretty", 1, 2), row("json_quote", 1, 1), row("json_remove", 0, ANY),
    row("json_replace", 0, ANY), row("json_set", 0, ANY), row("json_type", 1, 2),
    row("json_valid", 1, 2), row("jsonb", 1, 1), row("jsonb_array", 0, ANY),
    row("jsonb_extract", 0, ANY), of(Kind::Aggregate, "jsonb_group_array", 1, 1),
    of(Kind::Aggregate, "jsonb_group_object", 2, 2), row("jsonb_insert", 0, ANY),
    row("jsonb_object", 0, ANY), row("jsonb_patch", 2, 2), row("jsonb_remove", 0, ANY),
    row("jsonb_replace", 0, ANY), row("jsonb_set", 0, ANY), row("julianday", 0, ANY),
    of(Kind::Window, "lag", 1, 3), of(Kind::Volatile, "last_insert_rowid", 0, 0),
    of(Kind::Window, "last_value", 1, 1), of(Kind::Window, "lead", 1, 3), row("length", 1, 1),
    row("like", 2, 3), row("likelihood", 2, 2), row("likely", 1, 1), row("ln", 1, 1),
    of(Kind::Volatile, "load_extension", 1, 2), row("log", 1, 2), row("log10", 1, 1), row("log2", 1, 1),
    row("lower", 1, 1), row("ltrim", 1, 2), row("match", 2, 2), row("matchinfo", 1, 2),
    of(Kind::Aggregate, "max", 1, 1), row("max", 2, ANY), of(Kind::Aggregate, "median", 1, 1),
    of(Kind::Aggregate, "min", 1, 1), row("min", 2, ANY), row("mod", 2, 2), of(Kind::Window, "nth_value", 2, 2),
    of(Kind::Window, "ntile", 1, 1), row("nullif", 2, 2), row("octet_length", 1, 1), row("offsets", 1, 1),
    row("optimize", 1, 1), of(Kind::Window, "percent_rank", 0, 0),
    of(Kind::Aggregate, "percentile", 2, 2), of(Kind::Aggregate, "percentile_cont", 2, 2),
    of(Kind::Aggregate, "percentile_disc", 2, 2), row("pi", 0, 0), row("pow", 2, 2), row("power", 2, 2),
    row("printf", 0, ANY), row("quote", 1, 1), row("radians", 1, 1), of(Kind::Volatile, "random", 0, 0),
    of(Kind::Volatile, "randomblob", 1, 1), of(Kind::Window, "rank", 0, 0), row("replace", 3, 3),
    row("round", 1, 2), of(Kind::Window, "row_number", 0, 0), row("rtreecheck", 1, 2), row("rtreedepth", 1, 1),
    row("rtreenode", 2, 2), row("rtrim", 1, 2), row("sign", 1, 1), row("sin", 1, 1), row("sinh", 1, 1),
    row("snippet", 1, ANY), row("soundex", 1, 1), of(Kind::Volatile, "sqlite_compileoption_get", 1, 1),
    of(Kind::Volatile, "sqlite_compileoption_used", 1, 1), row("sqlite_offset", 1, 1),
    of(Kind::Volatile, "sqlite_source_id", 0, 0), of(Kind::Volatile, "sqlite_version", 0, 0), row("sqrt", 1, 1),
    row("strftime", 0, ANY), of(Kind::Aggregate, "string_agg", 2, 2), row("substr", 2, 3),
    row("substring", 2, 3), row("subtype", 1, 1), of(Kind::Aggregate, "sum", 1, 1), row("tan", 1, 1),
    row("tanh", 1, 1), row("time", 0, ANY), row("timediff", 2, 2), of(Kind::Aggregate, "total", 1, 1),
    of(Kind::Volatile, "total_changes", 0, 0), row("trim", 1, 2), row("trunc", 1, 1), row("typeof", 1, 1),
    row("unhex", 1, 2), row("unicode", 1, 1), row("unistr", 1, 1), row("unistr_quote", 1, 1),
    row("unixepoch", 0, ANY), row("unlikely", 1, 1), row("upper", 1, 1), row("zeroblob", 1, 1),
];

/// What builds and extensions in wide use add
/// (<https://docs.turso.tech/features/ai-and-embeddings>, <https://github.com/nalgeon/sqlean>,
/// <https://www.sqlite.org/src/dir/ext/misc>, <https://www.gaia-gis.it/gaia-sins/spatialite-sql-latest.html>).
static ADDED: &[&str] =
    &["fuzzy_", "icu_", "libsql_", "regexp", "sha", "spellfix1_", "st_", "uuid", "vec_", "vector"];

/// What a call is told of the function that it names.
pub enum Meant {
    Known(Kind),
    /// It takes another number of arguments.
    Miscounted,
    /// An extension may have brought it.
    Added,
    Missing,
}

/// Returns what the name stands for with so many arguments.
pub fn meant(name: &str, n_args: usize) -> Meant {
    let name = name.to_ascii_lowercase();
    let mut rows = FUNCTIONS.iter().filter(|it| it.name == name).peekable();
    if rows.peek().is_none() {
        let is_added = ADDED.iter().any(|it| name.starts_with(it));
        return if is_added { Meant::Added } else { Meant::Missing };
    }
    let fits = |it: &&Row| it.takes.0 <= n_args && n_args <= it.takes.1;
    rows.find(fits).map_or(Meant::Miscounted, |it| Meant::Known(it.kind))
}

/// Returns whether the server can compare texts by it, on its own or with an extension of the platform
/// (<https://www.sqlite.org/datatype3.html#collating_sequences>,
/// <https://developer.android.com/reference/android/database/sqlite/SQLiteDatabase>).
pub fn is_collation(name: &str) -> bool {
    const OWN: &[&str] = &["binary", "nocase", "rtrim"];
    const ADDED: &[&str] = &["icu", "localized", "phonebook", "swift", "unicode"];
    let name = name.to_ascii_lowercase();
    OWN.contains(&&*name) || ADDED.iter().any(|it| name.starts_with(it))
}
