//! Words and operators as sqlparser's own parser reads them.

use sqlparser::ast::{
    BinaryOperator as Op, DataType, DateTimeField, ExactNumberInfo, TimezoneInfo, Value,
};
use sqlparser::keywords::ALL_KEYWORDS;

/// Words that are no columns, or not everywhere that one may stand, in order.
#[rustfmt::skip]
pub(super) const NO_COLUMN: &[&str] = &[
    "all", "and", "any", "as", "asc", "between", "binary", "by", "case", "cross", "cube", "current_catalog", "current_date",
    "current_time", "current_timestamp", "current_user", "default", "desc", "distinct", "distinctrow", "else", "end", "except",
    "exists", "false", "for", "from", "full", "group", "having", "high_priority", "in", "inner", "intersect", "interval", "into",
    "is", "join", "left", "like", "limit", "localtime", "localtimestamp", "natural", "not", "null", "nulls", "offset", "on",
    "or", "order", "returning", "right", "rollup", "select", "session_user", "set", "some", "sql_big_result",
    "sql_buffer_result", "sql_calc_found_rows", "sql_no_cache", "sql_small_result", "straight_join", "then", "top", "trim",
    "true", "union", "update", "user", "using", "values", "when", "where", "window", "with",
];

/// Words that are called in a manner of their own, in order.
#[rustfmt::skip]
pub(super) const NO_FUNCTION: &[&str] = &[
    "all", "and", "any", "array", "as", "between", "by", "case", "cast", "ceil", "convert", "cube", "current_catalog",
    "current_user", "distinct", "distinctrow", "else", "end", "exists", "extract", "false", "floor", "from", "grouping", "having",
    "high_priority", "in", "insert", "interval", "is", "json_array", "json_object", "like", "not", "null", "on", "or",
    "overlay", "position", "rollup", "row", "select", "session_user", "some", "sql_big_result", "sql_buffer_result",
    "sql_calc_found_rows", "sql_no_cache", "sql_small_result", "straight_join", "struct", "substr", "substring", "then", "top",
    "trim", "true", "try_cast", "update", "user", "when", "where", "with", "xmltable",
];

/// Words that are no tables, in order.
#[rustfmt::skip]
pub(super) const NO_TABLE: &[&str] = &[
    "as", "delete", "directory", "from", "ignore", "insert", "into", "json_table", "lateral", "local", "low_priority", "only",
    "openjson", "or", "overwrite", "quick", "replace", "select", "set", "table", "unnest", "update", "using", "values", "where",
    "with", "xmltable",
];

/// Words that are not written to, and may not follow a dot, in order.
pub(super) const NO_TARGET: &[&str] = &["insert", "select", "update"];

/// Words that are values.
pub(super) const VALUES: &[(&str, Value)] =
    &[("true", Value::Boolean(true)), ("false", Value::Boolean(false)), ("null", Value::Null)];

/// Functions that are called without parentheses, in all dialects and in PostgreSQL alone.
pub(super) const CLOCKS: &[&str] =
    &["current_date", "current_time", "current_timestamp", "localtime", "localtimestamp"];
pub(super) const WHO: &[&str] = &["current_user", "session_user"];

/// Types that one word names.
pub(super) const TYPES: &[(&str, DataType)] = &[
    ("bigint", DataType::BigInt(None)),
    ("bool", DataType::Bool),
    ("boolean", DataType::Boolean),
    ("bytea", DataType::Bytea),
    ("char", DataType::Char(None)),
    ("date", DataType::Date),
    ("datetime", DataType::Datetime(None)),
    ("decimal", DataType::Decimal(ExactNumberInfo::None)),
    ("int", DataType::Int(None)),
    ("integer", DataType::Integer(None)),
    ("interval", DataType::Interval { fields: None, precision: None }),
    ("json", DataType::JSON),
    ("jsonb", DataType::JSONB),
    ("numeric", DataType::Numeric(ExactNumberInfo::None)),
    ("real", DataType::Real),
    ("regclass", DataType::Regclass),
    ("signed", DataType::Signed),
    ("smallint", DataType::SmallInt(None)),
    ("text", DataType::Text),
    ("timestamp", DataType::Timestamp(None, TimezoneInfo::None)),
    ("timestamptz", DataType::Timestamp(None, TimezoneInfo::Tz)),
    ("unsigned", DataType::Unsigned),
    ("uuid", DataType::Uuid),
    ("varchar", DataType::Varchar(None)),
];

/// Parts of a point in time.
pub(super) const FIELDS: &[(&str, DateTimeField)] = &[
    ("day", DateTimeField::Day),
    ("dow", DateTimeField::Dow),
    ("epoch", DateTimeField::Epoch),
    ("hour", DateTimeField::Hour),
    ("minute", DateTimeField::Minute),
    ("month", DateTimeField::Month),
    ("second", DateTimeField::Second),
    ("year", DateTimeField::Year),
];

/// How close operators hold what they join; `NOT` is what it stands in front of, and a predicate joins no other.
pub(super) const OR: u8 = 0;
pub(super) const AND: u8 = 1;
pub(super) const NOT: u8 = 2;
pub(super) const PREDICATE: u8 = 3;
/// Of PostgreSQL's own operators, all of one rank.
pub(super) const OTHER: u8 = 4;
const ADDING: u8 = 5;
pub(super) const MULTIPLYING: u8 = 6;

pub(super) const OPERATORS: &[(&str, Op, u8)] = &[
    ("=", Op::Eq, PREDICATE),
    ("<>", Op::NotEq, PREDICATE),
    ("!=", Op::NotEq, PREDICATE),
    ("<", Op::Lt, PREDICATE),
    ("<=", Op::LtEq, PREDICATE),
    (">", Op::Gt, PREDICATE),
    (">=", Op::GtEq, PREDICATE),
    ("||", Op::StringConcat, OTHER),
    ("->", Op::Arrow, OTHER),
    ("->>", Op::LongArrow, OTHER),
    ("#>", Op::HashArrow, OTHER),
    ("#>>", Op::HashLongArrow, OTHER),
    ("@>", Op::AtArrow, OTHER),
    ("<@", Op::ArrowAt, OTHER),
    ("?", Op::Question, OTHER),
    ("?|", Op::QuestionPipe, OTHER),
    ("?&", Op::QuestionAnd, OTHER),
    ("+", Op::Plus, ADDING),
    ("-", Op::Minus, ADDING),
    ("*", Op::Multiply, MULTIPLYING),
    ("/", Op::Divide, MULTIPLYING),
];

pub(super) const CONJUNCTIONS: &[(&str, Op, u8)] = &[("and", Op::And, AND), ("or", Op::Or, OR)];

/// Words that a predicate begins with behind its first value.
pub(super) const PREDICATES: &[&str] = &["between", "ilike", "in", "is", "like", "not"];

/// Whether the word is one of sqlparser's.
pub(super) fn is_keyword(word: &str) -> bool {
    let upper = |it: &u8| it.to_ascii_uppercase();
    ALL_KEYWORDS.binary_search_by(|it| it.bytes().cmp(word.as_bytes().iter().map(upper))).is_ok()
}

/// Whether the word is among these, which are in order.
pub(super) fn is_among(word: &str, words: &[&str]) -> bool {
    let lower = |it: &u8| it.to_ascii_lowercase();
    words.binary_search_by(|it| it.bytes().cmp(word.as_bytes().iter().map(lower))).is_ok()
}
