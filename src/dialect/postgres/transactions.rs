//! What PostgreSQL runs in no transaction block
//! (each statement's page of <https://www.postgresql.org/docs/current/sql-commands.html> says so).

use crate::base::is_same_word;

/// The words that such a statement begins with.
const HEADS: &[&[&str]] = &[
    &["alter", "system"],
    &["create", "database"],
    &["create", "index", "concurrently"],
    &["create", "tablespace"],
    &["create", "unique", "index", "concurrently"],
    &["drop", "database"],
    &["drop", "index", "concurrently"],
    &["drop", "tablespace"],
    &["reindex", "database"],
    &["reindex", "index", "concurrently"],
    &["reindex", "schema"],
    &["reindex", "system"],
    &["reindex", "table", "concurrently"],
    &["vacuum"],
];

const DETACH: &[&str] = &["alter", "table"];

/// Returns the words of a statement that the server refuses in a transaction block, and in a function.
pub fn needs_no_transaction(statement: &str) -> Option<String> {
    let words = || statement.split([' ', '\t', '\r', '\n', '(', ';']).filter(|it| !it.is_empty());
    let begins = |head: &&[&str]| {
        let mut own = words();
        head.iter().all(|it| own.next().is_some_and(|word| is_same_word(word, it)))
    };
    let has = |it: &&str| words().any(|word| is_same_word(word, it));
    let detaches = || begins(&DETACH) && ["detach", "concurrently"].iter().all(has);
    let head = HEADS.iter().copied().find(|it| begins(it));
    head.or_else(|| detaches().then_some(DETACH)).map(|it| it.join(" ").to_uppercase())
}
