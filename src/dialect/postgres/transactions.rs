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

/// How many words a head has at most.
const LONGEST: usize = 4;

const DETACH: &[&str] = &["alter", "table"];

/// Returns the words of a statement that the server refuses in a transaction block, and in a function.
pub fn needs_no_transaction(statement: &str) -> Option<String> {
    let mut words = statement.split([' ', '\t', '\r', '\n', '(', ';']).filter(|it| !it.is_empty());
    let head: Vec<&str> = words.by_ref().take(LONGEST).collect();
    let begins = |it: &&[&str]| {
        it.len() <= head.len() && it.iter().zip(&head).all(|(it, word)| is_same_word(word, it))
    };
    let detaches = || {
        let mut rest = head.iter().copied().chain(words);
        begins(&DETACH)
            && rest.any(|it| is_same_word(it, "detach"))
            && rest.any(|it| is_same_word(it, "concurrently"))
    };
    let found = HEADS.iter().copied().find(begins);
    found.or_else(|| detaches().then_some(DETACH)).map(|it| it.join(" ").to_uppercase())
}
