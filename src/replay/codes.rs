//! What a replay has to say.

use super::blame::{about_column, about_table};
use crate::{
    base::{Name, Place, QName, suggest},
    code,
    diag::{Code, Diagnostic},
};

code!(
    RELATION_DOES_NOT_EXIST,
    "relation-does-not-exist",
    Error,
    "a statement names a table or an index that does not exist at that point"
);
code!(
    COLUMN_DOES_NOT_EXIST,
    "column-does-not-exist",
    Error,
    "a statement names a column that its table does not have at that point"
);
code!(
    CONSTRAINT_DOES_NOT_EXIST,
    "constraint-does-not-exist",
    Error,
    "a statement names a constraint or an index that its table does not have"
);
code!(
    TYPE_DOES_NOT_EXIST,
    "type-does-not-exist",
    Error,
    "a statement names a type or a value of one that does not exist at that point"
);
code!(
    ROLE_DOES_NOT_EXIST,
    "role-does-not-exist",
    Error,
    "a statement names a role that no earlier statement creates"
);
code!(
    FUNCTION_DOES_NOT_EXIST,
    "function-does-not-exist",
    Error,
    "a statement names a function that does not exist at that point"
);
code!(
    OPERATOR_CLASS_DOES_NOT_EXIST,
    "operator-class-does-not-exist",
    Error,
    "an index names an operator class that does not exist at that point"
);
code!(
    TRIGGER_DOES_NOT_EXIST,
    "trigger-does-not-exist",
    Error,
    "a statement names a trigger that its table does not have at that point"
);
code!(
    BROKEN_VIEW,
    "broken-view",
    Warning,
    "a view of a database looks at what is not there any more"
);
code!(ALREADY_EXISTS, "already-exists", Error, "a statement makes what an earlier one has made");
code!(
    SKIPPED_BY_IF_NOT_EXISTS,
    "skipped-by-if-not-exists",
    Warning,
    "IF NOT EXISTS skips a definition that differs from what exists"
);
code!(
    FOREIGN_KEY_TO_LATER_TABLE,
    "foreign-key-to-later-table",
    Error,
    "a foreign key refers to a table that a later statement creates"
);
code!(
    FOREIGN_KEY_WITHOUT_KEY,
    "foreign-key-without-key",
    Error,
    "a foreign key refers to columns that no key makes unique"
);
code!(
    FOREIGN_KEY_TO_OTHER_TYPE,
    "foreign-key-to-other-type",
    Error,
    "a foreign key refers to a column whose values it cannot hold"
);
code!(
    INLINE_REFERENCE_IGNORED,
    "inline-reference-ignored",
    Warning,
    "MySQL 8 ignores REFERENCES after a column"
);
code!(STILL_REFERENCED, "still-referenced", Error, "a statement drops what another object needs");
code!(STATEMENT_REJECTED, "statement-rejected", Error, "no server takes the statement");
code!(
    STATEMENT_NOT_UNDERSTOOD,
    "statement-not-understood",
    Warning,
    "a statement may change the schema in a way that is not known"
);

code!(BLOCK_RAISES, "block-raises", Error, "a block raises an error, so that nothing of it holds");

/// Every code of this stage, for `explain` and the tests.
pub static CODES: &[&Code] = &[
    &RELATION_DOES_NOT_EXIST,
    &COLUMN_DOES_NOT_EXIST,
    &CONSTRAINT_DOES_NOT_EXIST,
    &TYPE_DOES_NOT_EXIST,
    &ROLE_DOES_NOT_EXIST,
    &FUNCTION_DOES_NOT_EXIST,
    &OPERATOR_CLASS_DOES_NOT_EXIST,
    &TRIGGER_DOES_NOT_EXIST,
    &ALREADY_EXISTS,
    &BROKEN_VIEW,
    &BLOCK_RAISES,
    &SKIPPED_BY_IF_NOT_EXISTS,
    &FOREIGN_KEY_TO_LATER_TABLE,
    &FOREIGN_KEY_WITHOUT_KEY,
    &FOREIGN_KEY_TO_OTHER_TYPE,
    &INLINE_REFERENCE_IGNORED,
    &STILL_REFERENCED,
    &STATEMENT_REJECTED,
    &STATEMENT_NOT_UNDERSTOOD,
];

/// What is missing is told once, however many statements need it.
pub(super) static MISSING: &[&Code] = &[
    &RELATION_DOES_NOT_EXIST,
    &COLUMN_DOES_NOT_EXIST,
    &TYPE_DOES_NOT_EXIST,
    &ROLE_DOES_NOT_EXIST,
    &FUNCTION_DOES_NOT_EXIST,
    &OPERATOR_CLASS_DOES_NOT_EXIST,
    &FOREIGN_KEY_TO_LATER_TABLE,
];

fn absent(code: &'static Code, what: &str, place: Place) -> Diagnostic {
    Diagnostic::new(code, format!("{what} does not exist"))
        .about(what)
        .label(place, "not there at this point")
}

/// Adds a label where there is a place for it.
fn also(diagnostic: Diagnostic, place: Option<Place>, text: impl Into<String>) -> Diagnostic {
    match place {
        Some(place) => diagnostic.label(place, text),
        None => diagnostic,
    }
}

/// Says that a relation is missing, and where it comes later.
pub(super) fn missing_relation(
    noun: &str,
    name: &QName,
    place: Place,
    later: Option<Place>,
) -> Diagnostic {
    let what = format!("{noun} `{name}`");
    let res = absent(&RELATION_DOES_NOT_EXIST, &what, place);
    match later {
        Some(later) => res
            .label(later, "created here, later")
            .help(format!("move this statement after the one that creates `{name}`")),
        None => res,
    }
}

pub(super) fn broken_view(view: &QName, why: &Diagnostic) -> Diagnostic {
    let message = format!("view `{view}` of the database works no more: {}", why.message);
    Diagnostic::new(&BROKEN_VIEW, message).help("drop the view, or make what it looks at again")
}

pub(super) fn missing_column<'a>(
    table: &QName,
    column: &str,
    place: Place,
    columns: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    Diagnostic::new(
        &COLUMN_DOES_NOT_EXIST,
        format!("table `{table}` has no column `{column}` at this point"),
    )
    .about(about_column(table, column))
    .label(place, "no such column")
    .did_you_mean(suggest::nearest(column, columns))
}

pub(super) fn missing_constraint<'a>(
    noun: &str,
    table: &QName,
    name: &Name,
    place: Place,
    names: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    Diagnostic::new(
        &CONSTRAINT_DOES_NOT_EXIST,
        format!("table `{table}` has no {noun} `{name}` at this point"),
    )
    .about(format!("{noun} `{name}` of table `{table}`"))
    .label(place, format!("no such {noun}"))
    .did_you_mean(suggest::nearest(name.as_str(), names))
}

/// Says that a type, or `what` of one, is missing, and where it comes later.
pub(super) fn missing_type(what: &str, place: Place, later: Option<Place>) -> Diagnostic {
    let res = absent(&TYPE_DOES_NOT_EXIST, what, place);
    also(res, later, "created here, later")
}

/// Says that a role is missing, and where it comes later.
pub(super) fn missing_role(name: &Name, place: Place, later: Option<Place>) -> Diagnostic {
    let what = format!("role `{name}`");
    let res = absent(&ROLE_DOES_NOT_EXIST, &what, place);
    match later {
        Some(later) => res.label(later, "created here, later"),
        None => res
            .help(format!("create it first, if the server does not have it: `CREATE ROLE {name}`")),
    }
}

/// Says that a function is missing, and where it comes later.
pub(super) fn missing_function(
    noun: &str,
    name: &QName,
    place: Place,
    later: Option<Place>,
) -> Diagnostic {
    let what = format!("{noun} `{name}`");
    let res = absent(&FUNCTION_DOES_NOT_EXIST, &what, place);
    match later {
        Some(later) => res
            .label(later, "one of that name is created here, later")
            .help("move this statement after the one that creates it"),
        None => res,
    }
}

/// Says that no index of the method can have the class.
pub(super) fn missing_operator_class(class: &str, method: &str, place: Place) -> Diagnostic {
    let what = format!("operator class `{class}` of {method}");
    absent(&OPERATOR_CLASS_DOES_NOT_EXIST, &what, place)
}

/// Says which extension brings what is missing, and where that comes later.
pub(super) fn comes_with(
    diagnostic: Diagnostic,
    name: &str,
    quoted: &str,
    later: Option<Place>,
) -> Diagnostic {
    match later {
        Some(later) => diagnostic
            .label(later, "brought by this extension, later")
            .help(format!("move this statement after `CREATE EXTENSION {quoted}`")),
        None => diagnostic
            .help(format!("extension `{name}` brings it: run `CREATE EXTENSION {quoted}` first")),
    }
}

pub(super) fn missing_trigger<'a>(
    owner: &QName,
    name: &Name,
    place: Place,
    names: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    Diagnostic::new(
        &TRIGGER_DOES_NOT_EXIST,
        format!("`{owner}` has no trigger `{name}` at this point"),
    )
    .about(format!("trigger `{name}` of `{owner}`"))
    .label(place, "no such trigger")
    .did_you_mean(suggest::nearest(name.as_str(), names))
}

/// Returns whether the error is that something is not there, which IF EXISTS passes over.
pub(super) fn is_missing(diagnostic: &Diagnostic) -> bool {
    MISSING.iter().any(|it| it.name == diagnostic.code.name)
}

/// Says that `what`, the noun and the name of an object, is there already, and since where.
pub(super) fn exists(what: &str, place: Place, earlier: Option<Place>) -> Diagnostic {
    let res = Diagnostic::new(&ALREADY_EXISTS, format!("{what} exists already"))
        .about(what)
        .label(place, "made a second time here");
    also(res, earlier, "first made here")
}

/// Says that IF NOT EXISTS leaves something as it is, and how that differs from what is written.
pub(super) fn skipped(
    what: &str,
    place: Place,
    earlier: Option<Place>,
    differences: &[String],
) -> Diagnostic {
    let res = Diagnostic::new(
        &SKIPPED_BY_IF_NOT_EXISTS,
        format!("{what} exists already, and not as it is written here"),
    )
    .label(place, "skipped because of IF NOT EXISTS")
    .help(format!("what the database has instead: {}", differences.join("; ")));
    also(res, earlier, "this definition holds")
}

pub(super) fn key_to_later_table(name: &QName, place: Place, later: Place) -> Diagnostic {
    Diagnostic::new(
        &FOREIGN_KEY_TO_LATER_TABLE,
        format!("a foreign key refers to table `{name}`, which is created later"),
    )
    .about(about_table(name))
    .label(place, "does not exist yet")
    .label(later, "created here")
    .help(format!("create `{name}` first, or add the foreign key after it"))
}

pub(super) fn key_without_key(
    name: &QName,
    columns: &[Name],
    place: Place,
    table: Option<Place>,
) -> Diagnostic {
    let columns = joined(columns);
    let res = Diagnostic::new(
        &FOREIGN_KEY_WITHOUT_KEY,
        format!("no key of table `{name}` makes ({columns}) unique"),
    )
    .label(place, "refers to columns that are not unique")
    .help(format!("add a unique constraint on `{name}` ({columns}), or refer to its primary key"));
    also(res, table, "the table is created here")
}

/// `own` and `other` are a column and its type each.
pub(super) fn key_to_other_type(
    own: (&Name, String),
    other: (String, String),
    place: Place,
    target: Option<Place>,
) -> Diagnostic {
    let res = Diagnostic::new(
        &FOREIGN_KEY_TO_OTHER_TYPE,
        format!(
            "column `{}` is {}, but `{}`, which it refers to, is {}",
            own.0, own.1, other.0, other.1
        ),
    )
    .label(place, "the types cannot be compared")
    .help(format!("give column `{}` the type {}", own.0, other.1));
    also(res, target, "declared here")
}

pub(super) fn inline_reference(place: Place) -> Diagnostic {
    Diagnostic::new(&INLINE_REFERENCE_IGNORED, "MySQL ignores REFERENCES after a column")
        .label(place, "makes no foreign key")
        .help("write `FOREIGN KEY (column) REFERENCES …` as an item of its own")
}

/// Says that `what` cannot go because `user` needs it.
pub(super) fn still_referenced(
    what: &str,
    user: &str,
    place: Place,
    user_place: Option<Place>,
) -> Diagnostic {
    let res =
        Diagnostic::new(&STILL_REFERENCED, format!("{what} cannot be dropped: {user} needs it"))
            .label(place, "rejected");
    also(res, user_place, format!("{user} is declared here"))
}

pub(super) fn rejected(reason: impl Into<String>, place: Place) -> Diagnostic {
    Diagnostic::new(&STATEMENT_REJECTED, reason).label(place, "rejected")
}

/// Says that a block stops with an error.
pub(super) fn raised(message: &str, place: Place) -> Diagnostic {
    let what = if message.is_empty() { "an error" } else { message };
    Diagnostic::new(&BLOCK_RAISES, format!("the block raises: {what}"))
        .label(place, "raised here: nothing of the block holds")
}

/// Says that it is not known whether there is what the statement needs, or needs not to be there.
pub(super) fn uncertain(about: &str, place: Place, suspect: Place) -> Diagnostic {
    let reason = format!("whether {about} is there at this point is not known");
    not_understood(&reason, place).label(suspect, "not understood, may have made or dropped it")
}

pub(super) fn not_understood(reason: &str, place: Place) -> Diagnostic {
    Diagnostic::new(&STATEMENT_NOT_UNDERSTOOD, format!("not understood: {reason}"))
        .label(place, "its effect is not known")
        .help("the plan stands on incomplete knowledge if this changes the schema")
}

/// Returns the names separated by commas.
pub(super) fn joined(names: &[Name]) -> String {
    names.iter().map(Name::as_str).collect::<Vec<_>>().join(", ")
}
