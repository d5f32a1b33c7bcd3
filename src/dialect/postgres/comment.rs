//! `COMMENT ON`, which every kind has (<https://www.postgresql.org/docs/current/sql-comment.html>).

use crate::dialect::{Cx, Sql};

/// Returns the statement that sets a comment on `what` (`TABLE t`), or takes it away.
pub(super) fn set(cx: &Cx, what: &str, comment: Option<&str>) -> Sql {
    let text = comment.map_or_else(|| "NULL".to_owned(), |it| cx.dialect.string(it));
    Sql::Statement(format!("COMMENT ON {what} IS {text}"))
}

/// Returns the statement for a new object, if it has a comment.
pub(super) fn initial(cx: &Cx, what: &str, comment: Option<&str>) -> Option<Sql> {
    comment.map(|it| set(cx, what, Some(it)))
}
