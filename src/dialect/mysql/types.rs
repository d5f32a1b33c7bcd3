//! The types of MySQL and MariaDB (<https://dev.mysql.com/doc/refman/8.4/en/data-types.html>,
//! <https://mariadb.com/kb/en/data-types/>).

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
    TypeRow { name, aliases, family, min_args: 0, max_args, default_args: &[] }
}

const fn sized(name: &'static str, aliases: &'static [&'static str], family: Family) -> TypeRow {
    TypeRow { name, aliases, family, min_args: 1, max_args: 1, default_args: &[] }
}

const fn single(name: &'static str, aliases: &'static [&'static str], family: Family) -> TypeRow {
    TypeRow { name, aliases, family, min_args: 0, max_args: 1, default_args: &["1"] }
}

/// How many rows at the head are MariaDB's alone.
const N_MARIADB: usize = 3;

static ROWS: &[TypeRow] = &[
    row("uuid", &[], Family::Uuid, 0),
    row("inet6", &[], Family::Net, 0),
    row("inet4", &[], Family::Net, 0),
    row("tinyint", &["int1"], Family::Int(8), 1),
    row("smallint", &["int2"], Family::Int(16), 1),
    row("mediumint", &["int3", "middleint"], Family::Int(24), 1),
    row("int", &["integer", "int4"], Family::Int(32), 1),
    row("bigint", &["int8"], Family::Int(64), 1),
    TypeRow {
        name: "decimal",
        aliases: &["numeric", "dec", "fixed"],
        family: Family::Decimal,
        min_args: 0,
        max_args: 2,
        default_args: &["10", "0"],
    },
    row("float", &["float4"], Family::Float, 2),
    row("double", &["double precision", "real", "float8"], Family::Float, 2),
    row("bool", &["boolean"], Family::Bool, 0),
    single("bit", &[], Family::Bit),
    single("char", &["character", "nchar", "national char", "national character"], Family::Char),
    sized(
        "varchar",
        &[
            "character varying",
            "char varying",
            "varcharacter",
            "nvarchar",
            "nchar varchar",
            "nchar varying",
            "national varchar",
            "national varcharacter",
            "national char varying",
            "national character varying",
        ],
        Family::Varchar,
    ),
    row("tinytext", &[], Family::Text, 0),
    row("text", &[], Family::Text, 1),
    row("mediumtext", &["long", "long varchar", "long char varying"], Family::Text, 0),
    row("longtext", &[], Family::Text, 0),
    single("binary", &["char byte"], Family::Bytes),
    sized("varbinary", &[], Family::Bytes),
    row("tinyblob", &[], Family::Bytes, 0),
    row("blob", &[], Family::Bytes, 1),
    row("mediumblob", &["long varbinary"], Family::Bytes, 0),
    row("longblob", &[], Family::Bytes, 0),
    row("enum", &[], Family::Enum, 0),
    row("set", &[], Family::Set, 0),
    row("json", &[], Family::Json, 0),
    row("date", &[], Family::Date, 0),
    row("time", &[], Family::Time, 1),
    row("datetime", &[], Family::Timestamp, 1),
    row("timestamp", &[], Family::TimestampTz, 1),
    row("year", &[], Family::Year, 1),
    row("geometry", &[], Family::Other, 0),
    row("point", &[], Family::Other, 0),
    row("linestring", &[], Family::Other, 0),
    row("polygon", &[], Family::Other, 0),
    row("multipoint", &[], Family::Other, 0),
    row("multilinestring", &[], Family::Other, 0),
    row("multipolygon", &[], Family::Other, 0),
    row("geometrycollection", &["geomcollection"], Family::Other, 0),
    row("vector", &[], Family::Other, 1),
];

pub(super) static MARIADB: Types = Types::new(ROWS);
pub(super) static MYSQL: Types = Types::new(ROWS.split_at(N_MARIADB).1);

const fn portable(
    portable: &'static str,
    native: &'static str,
    native_args: &'static [&'static str],
) -> PortableType {
    PortableType { portable, native, native_args }
}

/// How many rows at the head MariaDB needs no translation for.
const N_PORTABLE_MYSQL: usize = 1;

static PORTABLE: &[PortableType] = &[
    portable("uuid", "char", &["36"]),
    portable("string", "varchar", &["255"]),
    portable("jsonb", "json", &[]),
    portable("timestamptz", "timestamp", &[]),
    portable("bytes", "longblob", &[]),
    // Long enough for an IPv4 address inside an IPv6 one.
    portable("inet", "varchar", &["45"]),
];

pub(super) static PORTABLE_MYSQL: &[PortableType] = PORTABLE;
pub(super) static PORTABLE_MARIADB: &[PortableType] = PORTABLE.split_at(N_PORTABLE_MYSQL).1;

/// Settles what the server settles when it reads a type: display widths go, lengths choose among the texts.
pub(in crate::dialect) fn settle(mut ty: ColumnType) -> ColumnType {
    let first = ty.args.first().and_then(|it| it.parse::<u64>().ok());
    match (&*ty.name, first) {
        ("bool", _) => ty = ColumnType::new("tinyint").with_args(&["1"]),
        // The width says how many digits a client shows, and is kept only where it says something else:
        // https://dev.mysql.com/doc/refman/8.4/en/numeric-type-attributes.html
        ("tinyint", Some(1)) if !ty.unsigned => {}
        ("tinyint" | "smallint" | "mediumint" | "int" | "bigint", Some(_)) if !ty.zerofill => {
            ty.args.clear();
        }
        (name, None) if ty.zerofill => {
            let widths = [("tinyint", "3"), ("smallint", "5"), ("mediumint", "8"), ("int", "10")];
            let width = widths.iter().chain(&[("bigint", "20")]).find(|it| it.0 == name);
            ty.args.extend(width.map(|it| it.1.into()));
        }
        ("decimal", _) if ty.args.len() == 1 => ty.args.push("0".into()),
        ("float", Some(bits)) if ty.args.len() == 1 && bits <= 53 => {
            ty.name = if bits <= 24 { "float" } else { "double" }.into();
            ty.args.clear();
        }
        ("time" | "datetime" | "timestamp", Some(0)) | ("year", Some(_)) => ty.args.clear(),
        // A length in characters, four bytes each at most.
        ("text", Some(length)) => ty = ColumnType::new(smallest(length.saturating_mul(4), TEXTS)),
        ("blob", Some(length)) => ty = ColumnType::new(smallest(length, BLOBS)),
        _ => {}
    }
    ty
}

const TEXTS: [&str; 4] = ["tinytext", "text", "mediumtext", "longtext"];
const BLOBS: [&str; 4] = ["tinyblob", "blob", "mediumblob", "longblob"];

/// Returns the first type whose values can be that many bytes long.
fn smallest(bytes: u64, names: [&'static str; 4]) -> &'static str {
    let fits = |limit: u64| bytes <= limit;
    match () {
        () if fits(0xff) => names[0],
        () if fits(0xffff) => names[1],
        () if fits(0xff_ffff) => names[2],
        () => names[3],
    }
}
