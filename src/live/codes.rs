//! What talking to a database can complain of.

use super::{Failure, Url};
use crate::{
    code,
    diag::{Code, Diagnostic},
};

code!(WRONG_DATABASE_URL, "wrong-database-url", Error, "a text is no URL of a database");
code!(
    DATABASE_NOT_REACHABLE,
    "database-not-reachable",
    Error,
    "no connection to a database can be made"
);
code!(
    DATABASE_NOT_READABLE,
    "database-not-readable",
    Error,
    "a database does not answer what it is asked"
);

pub static CODES: &[&Code] =
    &[&WRONG_DATABASE_URL, &DATABASE_NOT_REACHABLE, &DATABASE_NOT_READABLE];

pub(super) fn wrong_url(url: &str, why: &str) -> Diagnostic {
    Diagnostic::new(&WRONG_DATABASE_URL, format!("`{url}` is no URL of a database: {why}"))
        .help("it looks like postgres://user:password@host:5432/name, mysql://… or sqlite:file.db; in a password, `@` is %40, `/` is %2F")
}

pub(super) fn not_reachable(url: &Url, why: &str) -> Diagnostic {
    Diagnostic::new(&DATABASE_NOT_REACHABLE, format!("cannot connect to `{url}`: {why}"))
}

pub(super) fn not_readable(what: &str, failure: &Failure) -> Diagnostic {
    Diagnostic::new(
        &DATABASE_NOT_READABLE,
        format!("the database does not tell its {what}: {failure}"),
    )
    .help("the user needs no more than the right to read the system catalogs")
}
