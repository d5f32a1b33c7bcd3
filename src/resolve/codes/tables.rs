//! Mistakes in the names of tables, columns, indexes and constraints.

use super::{
    DUPLICATE_COLUMN, DUPLICATE_CONSTRAINT, DUPLICATE_INDEX, DUPLICATE_TABLE,
    EXTERNAL_TABLE_MISMATCH, TABLE_WITHOUT_COLUMNS, UNKNOWN_COLUMN, UNKNOWN_TABLE,
};
use crate::{base::Place, diag::Diagnostic};

pub(in crate::resolve) fn duplicate_column(name: &str, again: Place, first: Place) -> Diagnostic {
    Diagnostic::new(&DUPLICATE_COLUMN, format!("column `{name}` is declared twice"))
        .label(again, "declared again")
        .label(first, "first declared here")
        .help("remove one of them, or leave it out of an `include` with `except=`")
}

pub(in crate::resolve) fn duplicate_constraint(
    name: &str,
    again: Place,
    first: Option<Place>,
) -> Diagnostic {
    let res = Diagnostic::new(&DUPLICATE_CONSTRAINT, format!("constraint `{name}` exists already"))
        .label(again, "the same name again");
    first
        .into_iter()
        .fold(res, |res, it| res.label(it, "first used here"))
        .help("give one of them another `name=`")
}

pub(in crate::resolve) fn duplicate_index(
    name: &str,
    again: Place,
    first: Option<Place>,
) -> Diagnostic {
    let res = Diagnostic::new(&DUPLICATE_INDEX, format!("the name `{name}` is taken"))
        .label(again, "an index needs a name of its own");
    first
        .into_iter()
        .fold(res, |res, it| res.label(it, "first used here"))
        .help("give one of them another `name=`")
}

/// `spelling` is the earlier one, where it differs.
pub(in crate::resolve) fn duplicate_table(
    name: &str,
    spelling: &str,
    again: Place,
    first: Place,
) -> Diagnostic {
    let message = if name == spelling {
        format!("table `{name}` is declared twice")
    } else {
        format!("table `{name}` is declared twice: to the database it is the same as `{spelling}`")
    };
    Diagnostic::new(&DUPLICATE_TABLE, message)
        .label(again, "declared again")
        .label(first, "first declared here")
        .help("merge the two; where the table belongs to another module, write `external table`")
}

pub(in crate::resolve) fn external_table_mismatch(
    message: String,
    place: Place,
    declared: Place,
) -> Diagnostic {
    Diagnostic::new(&EXTERNAL_TABLE_MISMATCH, message)
        .label(place, "the external table states this")
        .label(declared, "declared here")
        .help("change the external table so that it agrees")
}

pub(in crate::resolve) fn table_without_columns(name: &str, place: Place) -> Diagnostic {
    Diagnostic::new(&TABLE_WITHOUT_COLUMNS, format!("table `{name}` has no columns"))
        .label(place, "declared without columns")
        .help("add one: `column id bigint primary-key identity`")
}

pub(in crate::resolve) fn unknown_column(
    name: &str,
    within: &str,
    place: Place,
    declared: Option<Place>,
    suggestion: Option<&str>,
) -> Diagnostic {
    let res = Diagnostic::new(&UNKNOWN_COLUMN, format!("unknown column `{name}`"))
        .label(place, format!("no such column in {within}"));
    declared
        .into_iter()
        .fold(res, |res, it| res.label(it, "the table is declared here"))
        .help("declare the column, or correct the name")
        .did_you_mean(suggestion)
}

pub(in crate::resolve) fn unknown_table(
    name: &str,
    place: Place,
    suggestion: Option<&str>,
) -> Diagnostic {
    Diagnostic::new(&UNKNOWN_TABLE, format!("unknown table `{name}`"))
        .label(place, "no module declares it")
        .help("declare it; a table that is not managed here is an `external table`")
        .did_you_mean(suggestion)
}
