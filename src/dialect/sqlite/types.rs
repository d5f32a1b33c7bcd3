//! The type names usual in SQLite, which takes any (<https://www.sqlite.org/datatype3.html>): each spelling is a type of
//! its own, as the database keeps what was declared.

use crate::{
    dialect::{Family, PortableType, TypeRow, Types},
    model::Column,
};

const fn row(name: &'static str, family: Family, max_args: u8) -> TypeRow {
    TypeRow { name, aliases: &[], family, min_args: 0, max_args, default_args: &[] }
}

pub(super) static TYPES: Types = Types::new(ROWS);

static ROWS: &[TypeRow] = &[
    row("integer", Family::Int(64), 1),
    row("int", Family::Int(64), 1),
    row("tinyint", Family::Int(64), 1),
    row("smallint", Family::Int(64), 1),
    row("mediumint", Family::Int(64), 1),
    row("bigint", Family::Int(64), 1),
    row("unsigned big int", Family::Int(64), 1),
    row("int2", Family::Int(64), 1),
    row("int4", Family::Int(64), 1),
    row("int8", Family::Int(64), 1),
    row("real", Family::Float, 2),
    row("double", Family::Float, 2),
    row("double precision", Family::Float, 2),
    row("float", Family::Float, 2),
    row("numeric", Family::Decimal, 2),
    row("decimal", Family::Decimal, 2),
    row("boolean", Family::Bool, 0),
    row("char", Family::Char, 1),
    row("character", Family::Char, 1),
    row("nchar", Family::Char, 1),
    row("native character", Family::Char, 1),
    row("varchar", Family::Varchar, 1),
    row("character varying", Family::Varchar, 1),
    row("varying character", Family::Varchar, 1),
    row("nvarchar", Family::Varchar, 1),
    row("text", Family::Text, 1),
    row("clob", Family::Text, 1),
    row("blob", Family::Bytes, 1),
    row("date", Family::Date, 0),
    row("time", Family::Time, 1),
    row("datetime", Family::Timestamp, 1),
    row("timestamp", Family::Timestamp, 1),
    row("any", Family::Other, 0),
];

const fn portable(portable: &'static str, native: &'static str) -> PortableType {
    PortableType { portable, native, native_args: &[] }
}

pub(super) static PORTABLE: &[PortableType] = &[
    portable("uuid", "text"),
    portable("bool", "boolean"),
    portable("string", "text"),
    portable("json", "text"),
    portable("jsonb", "text"),
    portable("timestamptz", "timestamp"),
    portable("bytes", "blob"),
    portable("inet", "text"),
];

/// The types of <https://www.sqlite.org/stricttables.html>.
const STRICT: [&str; 6] = ["int", "integer", "real", "text", "blob", "any"];

/// Returns whether a strict table can have the column.
pub fn is_strict(it: &Column) -> bool {
    STRICT.iter().any(|name| it.ty.name.eq_ignore_ascii_case(name)) && it.ty.args.is_empty()
}
