//! What can be wrong with modules, one function per mistake.

mod keys;
mod modules;
mod nodes;
mod tables;
mod values;

pub(super) use keys::*;
pub(super) use modules::*;
pub(super) use nodes::*;
pub(super) use tables::*;
pub(super) use values::*;

use crate::{code, diag::Code};

code!(DEFAULT_DOES_NOT_FIT, "default-does-not-fit", Error, "a default is no value of the type");
code!(DUPLICATE_COLUMN, "duplicate-column", Error, "a table has two columns of one name");
code!(DUPLICATE_CONSTRAINT, "duplicate-constraint", Error, "two constraints have one name");
code!(DUPLICATE_ENUM, "duplicate-enum", Error, "two enums have one name");
code!(DUPLICATE_INDEX, "duplicate-index", Error, "an index has a name that is taken");
code!(DUPLICATE_MIXIN, "duplicate-mixin", Error, "a module has two mixins of one name");
code!(DUPLICATE_TABLE, "duplicate-table", Error, "two tables have one name");
code!(EMPTY_ENUM, "empty-enum", Error, "an enum has no values");
code!(
    EXTERNAL_TABLE_MISMATCH,
    "external-table-mismatch",
    Error,
    "an external table does not agree with the table itself"
);
code!(
    FOREIGN_KEY_ARITY,
    "foreign-key-arity",
    Error,
    "a foreign key has not as many columns as what it refers to"
);
code!(
    FOREIGN_KEY_TARGET_NOT_UNIQUE,
    "foreign-key-target-not-unique",
    Error,
    "a foreign key refers to columns that are no key"
);
code!(
    FOREIGN_KEY_TYPE_MISMATCH,
    "foreign-key-type-mismatch",
    Error,
    "a foreign key refers to a column of another type"
);
code!(
    INVALID_REFERENCE,
    "invalid-reference",
    Error,
    "a reference is not of the form `table.column`"
);
code!(INVALID_SQL, "invalid-sql", Error, "an SQL text in a KDL string cannot be read");
code!(MISSING_VALUE, "missing-value", Error, "a node or property lacks what it has to state");
code!(MIXIN_CYCLE, "mixin-cycle", Error, "a mixin includes itself");
code!(MODULE_CYCLE, "module-cycle", Error, "modules use each other in a circle");
code!(MODULE_NOT_IN_USE, "module-not-in-use", Error, "a name of a module that `use` does not list");
code!(MULTIPLE_PRIMARY_KEYS, "multiple-primary-keys", Error, "a table has two primary keys");
code!(NAME_TOO_LONG, "name-too-long", Error, "a name is longer than the dialect allows");
code!(NOT_INDEXABLE, "not-indexable", Error, "a key holds the whole of a type that has no bounds");
code!(NOT_SUPPORTED_YET, "not-supported-yet", Error, "a node that this version cannot compile");
code!(NULLABLE_PRIMARY_KEY, "nullable-primary-key", Error, "a column of a primary key is nullable");
code!(REPEATED_ENUM_VALUE, "repeated-enum-value", Error, "an enum has a value twice");
code!(REPEATED_KEY_COLUMN, "repeated-key-column", Error, "a key names a column twice");
code!(SECOND_MODULE_HEADER, "second-module-header", Error, "a file begins a second module");
code!(
    SET_NULL_ON_NOT_NULL,
    "set-null-on-not-null",
    Error,
    "SET NULL on a column that cannot be null"
);
code!(TABLE_WITHOUT_COLUMNS, "table-without-columns", Error, "a table has no columns");
code!(UNKNOWN_COLUMN, "unknown-column", Error, "a name is no column of its table");
code!(UNKNOWN_MIXIN, "unknown-mixin", Error, "`include` names no mixin");
code!(UNKNOWN_MODULE, "unknown-module", Error, "`use` names no module");
code!(UNKNOWN_NODE, "unknown-node", Error, "a node has a name that means nothing there");
code!(
    UNKNOWN_PROPERTY,
    "unknown-property",
    Error,
    "a property or flag that the node does not have"
);
code!(
    UNKNOWN_SCHEMA,
    "unknown-schema",
    Error,
    "an object is put into a schema that is not declared"
);
code!(UNKNOWN_TABLE, "unknown-table", Error, "a reference names no table");
code!(UNKNOWN_TYPE, "unknown-type", Error, "a column has a type that does not exist");
code!(
    UNSUPPORTED_BY_DIALECT,
    "unsupported-by-dialect",
    Error,
    "something that the dialect does not have"
);
code!(WRONG_COLUMN_TYPE, "wrong-column-type", Error, "a flag that the column's type cannot have");
code!(
    WRONG_TYPE_ARGUMENTS,
    "wrong-type-arguments",
    Error,
    "a type has too many arguments or lacks its length"
);
code!(WRONG_VALUE, "wrong-value", Error, "a value of the wrong sort");

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
    &NOT_INDEXABLE,
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
    &UNKNOWN_SCHEMA,
    &UNKNOWN_TABLE,
    &UNKNOWN_TYPE,
    &UNSUPPORTED_BY_DIALECT,
    &WRONG_COLUMN_TYPE,
    &WRONG_TYPE_ARGUMENTS,
    &WRONG_VALUE,
];
