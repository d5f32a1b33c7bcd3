//! Mistakes in types, enums and defaults.

use super::{
    DEFAULT_DOES_NOT_FIT, DUPLICATE_ENUM, EMPTY_ENUM, REPEATED_ENUM_VALUE, UNKNOWN_TYPE,
    WRONG_COLUMN_TYPE, WRONG_TYPE_ARGUMENTS,
};
use crate::{base::Place, diag::Diagnostic};

pub(in crate::resolve) fn default_does_not_fit(
    shown: &str,
    ty: &str,
    why: &str,
    place: Place,
) -> Diagnostic {
    Diagnostic::new(&DEFAULT_DOES_NOT_FIT, format!("default `{shown}` does not fit type `{ty}`"))
        .label(place, why)
        .help("give a value of the type; an SQL expression is marked: `default=(sql)\"…\"`")
}

pub(in crate::resolve) fn duplicate_enum(name: &str, again: Place, first: Place) -> Diagnostic {
    Diagnostic::new(&DUPLICATE_ENUM, format!("type `{name}` is declared twice"))
        .label(again, "declared again")
        .label(first, "first declared here")
        .help("rename one of them, or keep one and `use` its module")
}

pub(in crate::resolve) fn enum_named_as_table(
    name: &str,
    place: Place,
    table: Place,
) -> Diagnostic {
    Diagnostic::new(&DUPLICATE_ENUM, format!("enum `{name}` has the name of a table"))
        .label(place, "every table is a type of its name too")
        .label(table, "the table")
        .help("rename one of them")
}

pub(in crate::resolve) fn empty_enum(name: &str, place: Place) -> Diagnostic {
    Diagnostic::new(&EMPTY_ENUM, format!("enum `{name}` has no values"))
        .label(place, "declared without values")
        .help(format!("list them: `enum {name} draft live`"))
}

pub(in crate::resolve) fn repeated_enum_value(
    value: &str,
    again: Place,
    first: Place,
) -> Diagnostic {
    Diagnostic::new(&REPEATED_ENUM_VALUE, format!("enum value `{value}` is given twice"))
        .label(again, "given again")
        .label(first, "first given here")
        .help("remove one of them")
}

pub(in crate::resolve) fn unknown_type(
    name: &str,
    dialect: &str,
    place: Place,
    suggestion: Option<&str>,
) -> Diagnostic {
    Diagnostic::new(&UNKNOWN_TYPE, format!("unknown type `{name}`"))
        .label(place, format!("neither an enum nor a type of {dialect}"))
        .help("use a type of the dialect, a portable one, or declare an `enum`")
        .did_you_mean(suggestion)
}

/// `what` is the flag, `needs` the types that can have it: "an integer column".
pub(in crate::resolve) fn wrong_column_type(
    what: &str,
    needs: &str,
    ty: &str,
    place: Place,
    type_place: Place,
) -> Diagnostic {
    Diagnostic::new(&WRONG_COLUMN_TYPE, format!("`{what}` needs {needs}, not `{ty}`"))
        .label(place, "cannot be here")
        .label(type_place, "because of this type")
        .help("change the type, or remove the flag")
}

pub(in crate::resolve) fn wrong_type_arguments(message: String, place: Place) -> Diagnostic {
    Diagnostic::new(&WRONG_TYPE_ARGUMENTS, message)
        .label(place, "wrong arguments")
        .help("write the type as the dialect's manual has it: `\"varchar(50)\"`")
}
