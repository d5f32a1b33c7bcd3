//! Words and operators that are read without sqlparser's own parser, as that reads them.

use sqlparser::ast::{BinaryOperator as Op, DataType, ExactNumberInfo, TimezoneInfo, Value};
use sqlparser::keywords::ALL_KEYWORDS;

/// Words of sqlparser's that are plain columns and functions all the same.
#[rustfmt::skip]
pub(super) const PLAIN: &[&str] = &[
    "abs", "category", "char_length", "character_length", "coalesce", "count", "data", "date", "id", "key", "level", "lower",
    "max", "min", "name", "new", "old", "owner", "quarter", "role", "size", "start", "status", "text", "time", "type", "upper",
    "url", "value", "version", "year",
];

/// Words that are values.
pub(super) const VALUES: &[(&str, Value)] =
    &[("true", Value::Boolean(true)), ("false", Value::Boolean(false)), ("null", Value::Null)];

/// Functions that are called without parentheses, in all dialects and in PostgreSQL alone.
pub(super) const CLOCKS: &[&str] =
    &["current_date", "current_time", "current_timestamp", "localtime", "localtimestamp"];
pub(super) const WHO: &[&str] = &["current_user", "session_user"];

/// Types that a cast of PostgreSQL names by one word.
pub(super) const TYPES: &[(&str, DataType)] = &[
    ("bigint", DataType::BigInt(None)),
    ("boolean", DataType::Boolean),
    ("date", DataType::Date),
    ("int", DataType::Int(None)),
    ("integer", DataType::Integer(None)),
    ("json", DataType::JSON),
    ("jsonb", DataType::JSONB),
    ("numeric", DataType::Numeric(ExactNumberInfo::None)),
    ("text", DataType::Text),
    ("timestamptz", DataType::Timestamp(None, TimezoneInfo::Tz)),
    ("uuid", DataType::Uuid),
    ("varchar", DataType::Varchar(None)),
];

pub(super) const COMPARING: &[(&str, Op)] = &[
    ("=", Op::Eq),
    ("<>", Op::NotEq),
    ("!=", Op::NotEq),
    ("<", Op::Lt),
    ("<=", Op::LtEq),
    (">", Op::Gt),
    (">=", Op::GtEq),
];

/// PostgreSQL's own, all of one rank.
pub(super) const OTHER: &[(&str, Op)] =
    &[("||", Op::StringConcat), ("->", Op::Arrow), ("->>", Op::LongArrow)];

pub(super) const ADDING: &[(&str, Op)] = &[("+", Op::Plus), ("-", Op::Minus)];
pub(super) const MULTIPLYING: &[(&str, Op)] = &[("*", Op::Multiply), ("/", Op::Divide)];

pub(super) fn is_keyword(word: &str) -> bool {
    ALL_KEYWORDS.binary_search(&word.to_ascii_uppercase().as_str()).is_ok()
}
