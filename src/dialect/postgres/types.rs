//! PostgreSQL's types (<https://www.postgresql.org/docs/current/datatype.html>).

use crate::{
    dialect::{Family, PortableType, TypeRow, Types},
    model::ColumnType,
};

const fn row(
    name: &'static str,
    aliases: &'static [&'static str],
    family: Family,
    max_args: u8,
) -> TypeRow {
    TypeRow { name, aliases, family, max_args, min_args: 0, default_args: &[] }
}

pub(super) static TYPES: Types = Types::new(ROWS);

static ROWS: &[TypeRow] = &[
    row("smallint", &["int2"], Family::Int(16), 0),
    row("integer", &["int", "int4"], Family::Int(32), 0),
    row("bigint", &["int8"], Family::Int(64), 0),
    row("numeric", &["decimal", "dec"], Family::Decimal, 2),
    row("real", &["float4"], Family::Float, 0),
    row("double precision", &["float8"], Family::Float, 0),
    row("float", &[], Family::Float, 1),
    row("money", &[], Family::Decimal, 0),
    row("boolean", &["bool"], Family::Bool, 0),
    TypeRow {
        name: "char",
        aliases: &["character", "bpchar", "national character", "nchar"],
        family: Family::Char,
        min_args: 0,
        max_args: 1,
        default_args: &["1"],
    },
    row(
        "varchar",
        &["character varying", "char varying", "national character varying"],
        Family::Varchar,
        1,
    ),
    row("text", &[], Family::Text, 0),
    row("citext", &[], Family::Text, 0),
    row("name", &[], Family::Text, 0),
    row("bytea", &[], Family::Bytes, 0),
    TypeRow {
        name: "bit",
        aliases: &[],
        family: Family::Bit,
        min_args: 0,
        max_args: 1,
        default_args: &["1"],
    },
    row("varbit", &["bit varying"], Family::Bit, 1),
    row("date", &[], Family::Date, 0),
    row("time", &["time without time zone"], Family::Time, 1),
    row("timetz", &["time with time zone"], Family::Time, 1),
    row("timestamp", &["timestamp without time zone"], Family::Timestamp, 1),
    row("timestamptz", &["timestamp with time zone"], Family::TimestampTz, 1),
    row("interval", &[], Family::Interval, 1),
    row("interval year", &[], Family::Interval, 0),
    row("interval month", &[], Family::Interval, 0),
    row("interval day", &[], Family::Interval, 0),
    row("interval hour", &[], Family::Interval, 0),
    row("interval minute", &[], Family::Interval, 0),
    row("interval second", &[], Family::Interval, 1),
    row("interval year to month", &[], Family::Interval, 0),
    row("interval day to hour", &[], Family::Interval, 0),
    row("interval day to minute", &[], Family::Interval, 0),
    row("interval day to second", &[], Family::Interval, 1),
    row("interval hour to minute", &[], Family::Interval, 0),
    row("interval hour to second", &[], Family::Interval, 1),
    row("interval minute to second", &[], Family::Interval, 1),
    row("uuid", &[], Family::Uuid, 0),
    row("json", &[], Family::Json, 0),
    row("jsonb", &[], Family::Json, 0),
    row("jsonpath", &[], Family::Other, 0),
    row("xml", &[], Family::Other, 0),
    row("inet", &[], Family::Net, 0),
    row("cidr", &[], Family::Net, 0),
    row("macaddr", &[], Family::Net, 0),
    row("macaddr8", &[], Family::Net, 0),
    row("point", &[], Family::Other, 0),
    row("line", &[], Family::Other, 0),
    row("lseg", &[], Family::Other, 0),
    row("box", &[], Family::Other, 0),
    row("path", &[], Family::Other, 0),
    row("polygon", &[], Family::Other, 0),
    row("circle", &[], Family::Other, 0),
    row("tsvector", &[], Family::Other, 0),
    row("tsquery", &[], Family::Other, 0),
    row("oid", &[], Family::Other, 0),
    row("regclass", &[], Family::Other, 0),
    row("pg_lsn", &[], Family::Other, 0),
    row("xid", &[], Family::Other, 0),
    row("int4range", &[], Family::Other, 0),
    row("int8range", &[], Family::Other, 0),
    row("numrange", &[], Family::Other, 0),
    row("tsrange", &[], Family::Other, 0),
    row("tstzrange", &[], Family::Other, 0),
    row("daterange", &[], Family::Other, 0),
    row("int4multirange", &[], Family::Other, 0),
    row("int8multirange", &[], Family::Other, 0),
    row("nummultirange", &[], Family::Other, 0),
    row("tsmultirange", &[], Family::Other, 0),
    row("tstzmultirange", &[], Family::Other, 0),
    row("datemultirange", &[], Family::Other, 0),
    // Of extensions that are everywhere: citext (above), hstore, ltree, pgvector, PostGIS.
    row("hstore", &[], Family::Other, 0),
    row("ltree", &[], Family::Other, 0),
    row("vector", &[], Family::Other, 1),
    row("halfvec", &[], Family::Other, 1),
    row("sparsevec", &[], Family::Other, 1),
    row("geometry", &[], Family::Other, 2),
    row("geography", &[], Family::Other, 2),
];

/// Types that columns hardly ever have.
const SYSTEM: &[&str] = &[
    "aclitem",
    "char",
    "cid",
    "gtsvector",
    "int2vector",
    "oidvector",
    "pg_node_tree",
    "pg_snapshot",
    "refcursor",
    "regcollation",
    "regconfig",
    "regdictionary",
    "regnamespace",
    "regoper",
    "regoperator",
    "regproc",
    "regprocedure",
    "regrole",
    "regtype",
    "tid",
    "txid_snapshot",
    "xid8",
];

/// Types that only functions can take or give
/// (<https://www.postgresql.org/docs/current/datatype-pseudo.html>).
const PSEUDO: &[&str] = &[
    "any",
    "anyarray",
    "anycompatible",
    "anycompatiblearray",
    "anycompatiblemultirange",
    "anycompatiblenonarray",
    "anycompatiblerange",
    "anyelement",
    "anyenum",
    "anymultirange",
    "anynonarray",
    "anyrange",
    "cstring",
    "event_trigger",
    "fdw_handler",
    "index_am_handler",
    "internal",
    "language_handler",
    "pg_ddl_command",
    "record",
    "table_am_handler",
    "trigger",
    "tsm_handler",
    "unknown",
    "void",
];

/// Returns whether all is known of the type: it is the server's own, or an extension's that is listed.
pub fn is_certain_type(name: &str) -> bool {
    !matches!(name, "geometry" | "geography") && TYPES.find(name).is_some_and(|it| it.name == name)
}

/// Returns whether every database has a type of that name, beside those of the table.
pub fn is_system_type(name: &str) -> bool {
    SYSTEM.contains(&name)
        || is_pseudo_type(name)
        || name.strip_prefix('_').is_some_and(is_internal_name)
}

/// Returns whether the catalog knows the type by that name, as it has to be in quotes.
pub(in crate::dialect) fn is_internal_name(name: &str) -> bool {
    let spelt = [
        "bigint",
        "bit varying",
        "boolean",
        "char",
        "char varying",
        "character",
        "character varying",
        "dec",
        "decimal",
        "double precision",
        "float",
        "int",
        "integer",
        "national character",
        "national character varying",
        "nchar",
        "real",
        "smallint",
    ];
    !spelt.contains(&name) && TYPES.find(name).is_some()
}

/// Returns whether no column can have the type.
pub fn is_pseudo_type(name: &str) -> bool {
    PSEUDO.contains(&name)
}

/// Returns why a type of that name, as the table has it, cannot have those arguments.
pub fn args_fault(
    name: &str,
    args: &[std::borrow::Cow<str>],
    version: Option<u16>,
) -> Option<String> {
    let range = match name {
        "char" | "varchar" => 1..=10_485_760,
        "bit" | "varbit" => 1..=83_886_080,
        "float" => 1..=53,
        "numeric" => 1..=1000,
        "time" | "timetz" | "timestamp" | "timestamptz" => 0..=i64::MAX,
        _ => return None,
    };
    let numbers: Vec<Option<i64>> = args.iter().map(|it| it.trim().parse().ok()).collect();
    let shown = || format!("`{name}` cannot have the arguments ({})", args.join(", "));
    match numbers[..] {
        [] => None,
        [Some(first)] if range.contains(&first) => None,
        [Some(first), Some(scale)] if range.contains(&first) => {
            let old = version.is_some_and(|it| it < 15);
            let scales = if old { 0..=first } else { -1000..=1000 };
            (!scales.contains(&scale)).then(shown)
        }
        _ => Some(shown()),
    }
}

/// Types that came with a version.
const SINCE: &[(u16, &[&str])] = &[
    (13, &["pg_snapshot", "regcollation", "xid8"]),
    (
        14,
        &[
            "datemultirange",
            "int4multirange",
            "int8multirange",
            "nummultirange",
            "tsmultirange",
            "tstzmultirange",
        ],
    ),
];

/// Returns whether servers of the version are too old for the type.
pub fn is_newer(name: &str, version: Option<u16>) -> bool {
    SINCE.iter().any(|it| version.is_some_and(|own| own < it.0) && it.1.contains(&name))
}

const fn portable(portable: &'static str, native: &'static str) -> PortableType {
    PortableType { portable, native, native_args: &[] }
}

pub(super) static PORTABLE: &[PortableType] = &[
    portable("string", "text"),
    portable("bytes", "bytea"),
    portable("double", "double precision"),
];

/// Settles what depends on the argument: `float(24)` is real, `numeric(10)` is `numeric(10,0)`.
pub(in crate::dialect) fn settle(mut ty: ColumnType) -> ColumnType {
    match (&*ty.name, ty.args.len()) {
        ("float", 0) => ty.name = "double precision".into(),
        ("float", _) => {
            let bits: u32 = ty.args[0].parse().unwrap_or(53);
            ty.name = if bits <= 24 { "real" } else { "double precision" }.into();
            ty.args.clear();
        }
        ("numeric", 1) => ty.args.push("0".into()),
        // Nothing is finer than a microsecond.
        ("time" | "timetz" | "timestamp" | "timestamptz" | "interval", 1)
            if ty.args[0].parse::<u32>().is_ok_and(|it| it > 6) =>
        {
            ty.args[0] = "6".into();
        }
        _ => {}
    }
    ty
}
