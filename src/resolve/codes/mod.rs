//! What can be wrong with modules, one function per mistake.

pub mod keys;
pub mod modules;
pub mod nodes;
pub mod tables;
pub mod types;

pub(super) use keys::*;
pub(super) use modules::*;
pub(super) use nodes::*;
pub(super) use tables::*;
pub(super) use types::*;

use crate::diag::Code;

/// Every code of this stage, by name.
pub static CODES: &[&Code] = &[
    &DEFAULT_DOES_NOT_FIT,
    &DUPLICATE_COLUMN,
    &DUPLICATE_CONSTRAINT,
    &DUPLICATE_ENUM,
    &DUPLICATE_INDEX,
    &DUPLICATE_MIXIN,
    &DUPLICATE_TABLE,
    &EMPTY_ENUM,
    &EXTERNAL_TABLE_MISMATCH,
    &FOREIGN_KEY_ARITY,
    &FOREIGN_KEY_TARGET_NOT_UNIQUE,
    &FOREIGN_KEY_TYPE_MISMATCH,
    &INVALID_REFERENCE,
    &INVALID_SQL,
    &MISSING_VALUE,
    &MIXIN_CYCLE,
    &MODULE_CYCLE,
    &MODULE_NOT_IN_USE,
    &MULTIPLE_PRIMARY_KEYS,
    &NAME_TOO_LONG,
    &NOT_SUPPORTED_YET,
    &NULLABLE_PRIMARY_KEY,
    &REPEATED_ENUM_VALUE,
    &REPEATED_KEY_COLUMN,
    &SECOND_MODULE_HEADER,
    &SET_NULL_ON_NOT_NULL,
    &TABLE_WITHOUT_COLUMNS,
    &UNKNOWN_COLUMN,
    &UNKNOWN_MIXIN,
    &UNKNOWN_MODULE,
    &UNKNOWN_NODE,
    &UNKNOWN_PROPERTY,
    &UNKNOWN_TABLE,
    &UNKNOWN_TYPE,
    &UNSUPPORTED_BY_DIALECT,
    &WRONG_COLUMN_TYPE,
    &WRONG_TYPE_ARGUMENTS,
    &WRONG_VALUE,
];
