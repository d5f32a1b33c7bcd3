//! What follows from a mistake, told along with it, and what its author probably meant.

use std::collections::BTreeSet;

use super::codes;
use crate::{
    base::Place,
    diag::{Diagnostic, Severity},
};

/// How many of the things that are missing are named.
const MAX_NAMED: usize = 5;

/// The statements that fail only because another one did.
#[derive(Default)]
pub(super) struct Follows {
    n: usize,
    first: Option<Place>,
    /// What they need and does not exist, as it comes.
    missing: Vec<String>,
    known: BTreeSet<String>,
}

impl Follows {
    pub(super) fn add(&mut self, diagnostic: &Diagnostic) {
        self.n += 1;
        self.first = self.first.or(diagnostic.place());
        if let Some(about) = &diagnostic.about
            && codes::is_missing(diagnostic)
            && self.known.insert(about.clone())
        {
            self.missing.push(about.clone());
        }
    }

    /// Adds them to what is said of the mistake; that statements fail makes it an error.
    pub(super) fn told_of(self, diagnostic: Diagnostic) -> Diagnostic {
        let Some(first) = self.first else { return diagnostic };
        let statements = match self.n {
            1 => "one more statement fails because of this".to_owned(),
            n => format!("{n} more statements fail because of this"),
        };
        let named: Vec<&str> = self.missing.iter().take(MAX_NAMED).map(String::as_str).collect();
        let needs = if self.n == 1 { "it needs" } else { "they need" };
        let missing = match self.missing.len().saturating_sub(MAX_NAMED) {
            _ if named.is_empty() => String::new(),
            0 => format!(": {needs} {}", named.join(", ")),
            more => format!(": {needs} {} and {more} more", named.join(", ")),
        };
        let follows = format!("{statements}{missing}");
        let help = diagnostic
            .help
            .as_ref()
            .map_or_else(|| follows.clone(), |it| format!("{it}; {follows}"));
        Diagnostic { severity: Severity::Error, ..diagnostic }
            .help(help)
            .label(first, "fails because of it")
    }
}

/// What a statement that cannot be read is taken for: how the reason begins and ends, and what to do.
static HINTS: &[(&str, &str)] = &[
    (
        "expected a policy name, found `IF`",
        "CREATE POLICY knows no IF NOT EXISTS: write `DROP POLICY IF EXISTS … ON …;` before it",
    ),
    ("expected a body in quotes, found `$`", "a body stands between `$$` and `$$`"),
    (
        "expected a column option, `,` or `)`, found `AUTOINCREMENT`",
        "AUTOINCREMENT is SQLite's: is the file written for another database?",
    ),
];

/// Says that no server takes the statement.
pub(super) fn unreadable(reason: &str, place: Place) -> Diagnostic {
    let res = codes::rejected(reason, place);
    match HINTS.iter().find(|it| it.0 == reason) {
        Some(hint) => res.help(hint.1),
        None => res,
    }
}

/// Returns whether the reason is that no statement begins so.
pub(super) fn is_piece(reason: &str) -> bool {
    reason.starts_with("expected a statement, found")
}

/// Adds how many later statements stumble over the same.
pub(super) fn with_repeats(diagnostic: Diagnostic, n_repeats: usize) -> Diagnostic {
    let later = match n_repeats {
        0 => return diagnostic,
        1 => "one more statement fails for the same reason".to_owned(),
        n => format!("{n} more statements fail for the same reason"),
    };
    let help =
        diagnostic.help.as_ref().map_or_else(|| later.clone(), |it| format!("{it}; {later}"));
    diagnostic.help(help)
}

/// Returns whether the error is that a part of a table is not there.
pub(super) fn is_part_missing(diagnostic: &Diagnostic) -> bool {
    [&codes::CONSTRAINT_DOES_NOT_EXIST, &codes::TRIGGER_DOES_NOT_EXIST]
        .iter()
        .any(|it| it.name == diagnostic.code.name)
}
