//! Mistakes in primary and foreign keys.

use super::{
    FOREIGN_KEY_ARITY, FOREIGN_KEY_TARGET_NOT_UNIQUE, FOREIGN_KEY_TYPE_MISMATCH, INVALID_REFERENCE,
    MULTIPLE_PRIMARY_KEYS, NOT_INDEXABLE, NULLABLE_PRIMARY_KEY, REPEATED_KEY_COLUMN,
    SET_NULL_ON_NOT_NULL,
};
use crate::{base::Place, diag::Diagnostic};

pub(in crate::resolve) fn foreign_key_arity(
    n_columns: usize,
    n_target: usize,
    place: Place,
    declared: Option<Place>,
) -> Diagnostic {
    let res = Diagnostic::new(
        &FOREIGN_KEY_ARITY,
        format!("foreign key of {n_columns} columns refers to {n_target}"),
    )
    .label(place, "not as many on both sides");
    declared
        .into_iter()
        .fold(res, |res, it| res.label(it, "the key referred to"))
        .help("name as many columns after the table as the key has")
}

pub(in crate::resolve) fn foreign_key_target_not_unique(
    target: &str,
    place: Place,
    declared: Place,
) -> Diagnostic {
    Diagnostic::new(&FOREIGN_KEY_TARGET_NOT_UNIQUE, format!("{target} is not unique"))
        .label(place, "a foreign key refers to a primary key or unique columns")
        .label(declared, "declared here")
        .help("refer to the primary key, or make these columns `unique`")
}

pub(in crate::resolve) fn no_primary_key(table: &str, place: Place, declared: Place) -> Diagnostic {
    Diagnostic::new(
        &FOREIGN_KEY_TARGET_NOT_UNIQUE,
        format!("table `{table}` has no primary key to refer to"),
    )
    .label(place, "refers to the primary key")
    .label(declared, "declared here")
    .help("add a `primary-key`, or name a unique column: `table.column`")
}

pub(in crate::resolve) fn foreign_key_type_mismatch(
    (column, ty): (&str, &str),
    (target, target_ty): (&str, &str),
    place: Place,
    labels: [Option<Place>; 2],
) -> Diagnostic {
    let [own, other] = labels;
    let mut res = Diagnostic::new(
        &FOREIGN_KEY_TYPE_MISMATCH,
        format!("`{column}` is `{ty}`, but refers to `{target}`, which is `{target_ty}`"),
    )
    .label(place, "the types do not agree");
    if let Some(it) = own.filter(|it| *it != place) {
        res = res.label(it, format!("`{ty}` here"));
    }
    if let Some(it) = other {
        res = res.label(it, format!("`{target_ty}` here"));
    }
    res.help(format!("make `{column}` a `{target_ty}`"))
}

pub(in crate::resolve) fn invalid_reference(text: &str, place: Place) -> Diagnostic {
    Diagnostic::new(&INVALID_REFERENCE, format!("`{text}` is not a reference"))
        .label(place, "expected `table`, `table.column` or `schema.table.column`")
        .help("a key of several columns is a `foreign-key` node of the table")
}

pub(in crate::resolve) fn multiple_primary_keys(again: Place, first: Place) -> Diagnostic {
    Diagnostic::new(&MULTIPLE_PRIMARY_KEYS, "a table has one primary key")
        .label(again, "a second one")
        .label(first, "the first one")
        .help("list all its columns in one node: `primary-key a b`")
}

/// `prefix`: an index on the beginning of the values will do.
pub(in crate::resolve) fn not_indexable(
    column: &str,
    ty: &str,
    title: &str,
    prefix: bool,
    place: Place,
) -> Diagnostic {
    let help = if prefix {
        format!("index a beginning, `index {{ on {column} prefix=100; }}`, or make it a `varchar`")
    } else {
        format!("make `{column}` a type that a key can hold, as `\"varchar(191)\"`")
    };
    Diagnostic::new(
        &NOT_INDEXABLE,
        format!("{title} cannot index the whole of `{column}`, a `{ty}`"),
    )
    .label(place, "needs the whole value")
    .help(help)
}

pub(in crate::resolve) fn nullable_primary_key(
    column: &str,
    nullable: Place,
    key: Place,
) -> Diagnostic {
    Diagnostic::new(
        &NULLABLE_PRIMARY_KEY,
        format!("column `{column}` of the primary key is nullable"),
    )
    .label(nullable, "a primary key is never null")
    .label(key, "part of the primary key here")
    .help("remove `nullable`")
}

pub(in crate::resolve) fn repeated_key_column(column: &str, again: Place) -> Diagnostic {
    Diagnostic::new(&REPEATED_KEY_COLUMN, format!("column `{column}` is named twice in one key"))
        .label(again, "named again")
        .help("remove one of them")
}

pub(in crate::resolve) fn set_null_on_not_null(
    column: &str,
    place: Place,
    declared: Option<Place>,
) -> Diagnostic {
    let res = Diagnostic::new(
        &SET_NULL_ON_NOT_NULL,
        format!("`set-null` on column `{column}`, which cannot be null"),
    )
    .label(place, "would fail whenever it applies");
    declared
        .into_iter()
        .fold(res, |res, it| res.label(it, "declared without `nullable`"))
        .help("make the column `nullable`, or choose another action")
}
