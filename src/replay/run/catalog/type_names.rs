//! What the catalogs of PostgreSQL call the types.

use crate::model::ColumnType;

/// Canonical name, `data_type` of `information_schema`, `typname`; those that are one are left out.
#[rustfmt::skip]
static NAMES: &[(&str, &str, &str)] = &[
    ("smallint", "smallint", "int2"),
    ("integer", "integer", "int4"),
    ("bigint", "bigint", "int8"),
    ("real", "real", "float4"),
    ("double precision", "double precision", "float8"),
    ("boolean", "boolean", "bool"),
    ("char", "character", "bpchar"),
    ("varchar", "character varying", "varchar"),
    ("bit", "bit", "bit"),
    ("varbit", "bit varying", "varbit"),
    ("time", "time without time zone", "time"),
    ("timetz", "time with time zone", "timetz"),
    ("timestamp", "timestamp without time zone", "timestamp"),
    ("timestamptz", "timestamp with time zone", "timestamptz"),
];

fn row(ty: &ColumnType) -> Option<&'static (&'static str, &'static str, &'static str)> {
    NAMES.iter().find(|it| it.0 == &*ty.name)
}

/// Types that extensions bring are no names of the standard.
const EXTENSIONS: &[&str] =
    &["citext", "geography", "geometry", "halfvec", "hstore", "ltree", "vector"];

pub(super) fn data_type(ty: &ColumnType) -> String {
    if ty.dimensions > 0 {
        return "ARRAY".to_owned();
    }
    if ty.user.is_some() || EXTENSIONS.contains(&&*ty.name) {
        return "USER-DEFINED".to_owned();
    }
    row(ty).map_or_else(|| ty.name.to_string(), |it| it.1.to_owned())
}

/// Returns the type as `format_type` shows it.
pub(in crate::replay::run) fn shown(ty: &ColumnType) -> String {
    let own = match &ty.user {
        Some(it) => it.to_string(),
        None => row(ty).map_or_else(|| ty.name.to_string(), |it| it.1.to_owned()),
    };
    if ty.dimensions > 0 { format!("{own}[]") } else { own }
}

/// Returns a type of the server as `format_type` shows it.
pub(super) fn shown_of_udt(name: &str) -> String {
    NAMES.iter().find(|it| it.2 == name).map_or(name, |it| it.1).to_owned()
}

pub(super) fn udt_name(ty: &ColumnType) -> String {
    let own = match &ty.user {
        Some(it) => it.name.as_str().to_owned(),
        None => row(ty).map_or_else(|| ty.name.to_string(), |it| it.2.to_owned()),
    };
    if ty.dimensions > 0 { format!("_{own}") } else { own }
}
