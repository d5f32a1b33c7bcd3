//! Which statements may stand in a program of MySQL
//! (<https://dev.mysql.com/doc/refman/8.4/en/stored-program-restrictions.html>).

use crate::sql::{
    Lexis,
    ast::{Class, Ddl, Statement, Stored, StoredKind},
};

/// What a program is the body of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Event,
    Function,
    Procedure,
    Trigger,
}

/// Statements that stand in no program.
const NOWHERE: &[&str] = &["check", "handler", "load", "lock", "unlock", "use"];

/// Why a statement does not stand in a function or a trigger, and the words that it begins with.
#[rustfmt::skip]
const IN_PROCEDURES: &[(&str, &[&str])] = &[
    ("a function or trigger gives no rows", &[
        "analyze", "checksum", "desc", "describe", "explain", "optimize", "repair", "select", "show", "table", "values",
    ]),
    ("a function or trigger ends no transaction", &[
        "alter", "commit", "create", "drop", "grant", "rename", "revoke", "rollback", "start", "truncate",
    ]),
    ("a function or trigger runs no prepared text", &["prepare"]),
    ("a function or trigger leaves the session and the server as they are", &["autocommit", "flush", "reset"]),
];

/// Returns the words that a statement begins with.
pub(super) fn words(text: &str) -> Vec<&str> {
    let words = text.split(|it: char| !it.is_ascii_alphanumeric() && it != '_');
    words.filter(|it| !it.is_empty()).take(2).collect()
}

/// Returns why a statement that begins with the words may not stand there.
pub(super) fn refusal(words: &[&str], place: Place) -> Option<&'static str> {
    let is_any = |all: &[&str]| {
        words.first().is_some_and(|own| all.iter().any(|it| it.eq_ignore_ascii_case(own)))
    };
    if is_any(NOWHERE) {
        return Some("no program holds such a statement");
    }
    let is_kept = |it: &&str| ["temporary", "to"].iter().any(|kept| it.eq_ignore_ascii_case(kept));
    if !matches!(place, Place::Function | Place::Trigger) || words.get(1).is_some_and(is_kept) {
        return None;
    }
    IN_PROCEDURES.iter().find(|it| is_any(it.1)).map(|it| it.0)
}

/// The same of a statement that is read.
pub(super) fn refusal_of(it: &Statement, place: Place) -> Option<&'static str> {
    let is_routine = |it: Stored| matches!(it, Stored::Function | Stored::Procedure);
    let is_refused = match &it.class {
        Class::Schema(ddl) => match &**ddl {
            Ddl::CreateStored(it) => !matches!(it.kind, StoredKind::View { .. }) || it.must_exist,
            Ddl::AlterStored(it) => is_routine(it.what) || it.body.is_some(),
            Ddl::DropStored(it) => is_routine(it.what),
            _ => false,
        },
        _ => false,
    };
    if is_refused {
        return Some("a program makes and changes no other program");
    }
    refusal(&words(it.text), place)
}

/// Returns the first variable of the server that the text reads and that is none; strings are not looked into.
pub(super) fn unknown_variable<'t>(text: &'t str, lexis: &Lexis) -> Option<&'t str> {
    if text.contains(['\'', '"', '`']) {
        return None;
    }
    let names = text.split("@@").skip(1).map(|it| {
        let is_part = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '.' | '$');
        let name = &it[..it.find(|it| !is_part(it)).unwrap_or(it.len())];
        name.rsplit('.').next().unwrap_or(name)
    });
    names.into_iter().find(|it| !it.is_empty() && !lexis.has_variable(it))
}
