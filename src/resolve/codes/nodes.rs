//! Mistakes in nodes, properties and values, whatever they are about.

use super::{
    INVALID_SQL, MISSING_VALUE, NAME_TOO_LONG, NOT_SUPPORTED_YET, UNKNOWN_NODE, UNKNOWN_PROPERTY,
    UNSUPPORTED_BY_DIALECT, WRONG_VALUE,
};
use crate::{base::Place, diag::Diagnostic};

pub(in crate::resolve) fn invalid_sql(place: Place, reason: &str) -> Diagnostic {
    Diagnostic::new(&INVALID_SQL, format!("invalid SQL: {reason}"))
        .label(place, "cannot be read from here on")
        .help("write the expression as the dialect's own SQL has it")
}

pub(in crate::resolve) fn column_in_default(name: &str, place: Place) -> Diagnostic {
    Diagnostic::new(&INVALID_SQL, format!("a default cannot refer to column `{name}`"))
        .label(place, "a default is known before the row is")
        .help("use `generated=` for a column that is computed from others")
}

pub(in crate::resolve) fn missing_value(message: String, place: Place, help: &str) -> Diagnostic {
    Diagnostic::new(&MISSING_VALUE, message).label(place, "incomplete").help(help)
}

pub(in crate::resolve) fn name_too_long(
    name: &str,
    (length, limit): (usize, usize),
    dialect: &str,
    place: Place,
) -> Diagnostic {
    Diagnostic::new(
        &NAME_TOO_LONG,
        format!("name `{name}` is too long: {length}, where {dialect} allows {limit}"),
    )
    .label(place, format!("{} too many", length - limit))
    .help("shorten the name")
}

pub(in crate::resolve) fn not_supported_yet(name: &str, place: Place) -> Diagnostic {
    Diagnostic::new(&NOT_SUPPORTED_YET, format!("`{name}` is not supported yet"))
        .label(place, "this version does not compile it")
        .help("keep it in a migration of your own for now")
}

pub(in crate::resolve) fn unknown_node(
    name: &str,
    within: &str,
    place: Place,
    suggestion: Option<&str>,
) -> Diagnostic {
    Diagnostic::new(&UNKNOWN_NODE, format!("unknown node `{name}` {within}"))
        .label(place, "not a node that is known here")
        .did_you_mean(suggestion)
}

pub(in crate::resolve) fn unknown_property(
    name: &str,
    noun: &str,
    place: Place,
    suggestion: Option<&str>,
) -> Diagnostic {
    Diagnostic::new(&UNKNOWN_PROPERTY, format!("unknown property `{name}` of {noun}"))
        .label(place, "no such property or flag")
        .did_you_mean(suggestion)
}

pub(in crate::resolve) fn unsupported_by_dialect(
    what: &str,
    title: &str,
    dialect: &str,
    place: Place,
) -> Diagnostic {
    Diagnostic::new(&UNSUPPORTED_BY_DIALECT, format!("{title} has no {what}"))
        .label(place, "not available here")
        .help(format!("remove it, or keep it for other dialects: `except={dialect}`"))
}

pub(in crate::resolve) fn wrong_value(
    what: &str,
    expected: &str,
    place: Place,
    suggestion: Option<&str>,
) -> Diagnostic {
    Diagnostic::new(&WRONG_VALUE, format!("wrong value for {what}"))
        .label(place, format!("expected {expected}"))
        .help(format!("write {expected}"))
        .did_you_mean(suggestion)
}

pub(in crate::resolve) fn flag_with_value(name: &str, place: Place) -> Diagnostic {
    Diagnostic::new(&WRONG_VALUE, format!("`{name}` is a flag and takes no value"))
        .label(place, "not expected here")
        .help(format!("write the bare word `{name}`, or leave it out"))
}

pub(in crate::resolve) fn unmarked_expression(text: &str, place: Place) -> Diagnostic {
    Diagnostic::new(&WRONG_VALUE, format!("`{text}` is an expression, not a column"))
        .label(place, "not marked as SQL")
        .help(format!("write `(sql)\"{text}\"`"))
}

pub(in crate::resolve) fn prefix_in_name(column: &str, length: &str, place: Place) -> Diagnostic {
    Diagnostic::new(&WRONG_VALUE, format!("`{column}({length})` is not a column"))
        .label(place, "a length is a setting of its own")
        .help(format!("write `index {{ on {column} prefix={length}; }}`"))
}
