//! Expressions: what a person writes and what a server prints back have one canonical text.

use schemac::base::Span;
use schemac::sql::{Family, Lexis, canonical, canonical_default, check_expr, check_query};

const POSTGRES: Lexis = Lexis {
    family: Family::Postgres,
    folds_to_lower: true,
    backslash_escapes: false,
    dollar_quotes: true,
    double_quoted_strings: false,
    backticks: false,
    brackets: false,
    hash_comments: false,
    dashes_need_blank: false,
    nested_comments: true,
    conditional_comments: 0,
    mariadb_comments: false,
    delimiter: false,
    psql: true,
    block_bodies: false,
};

const MYSQL: Lexis = Lexis {
    family: Family::MySql,
    folds_to_lower: false,
    backslash_escapes: true,
    dollar_quotes: false,
    double_quoted_strings: true,
    backticks: true,
    hash_comments: true,
    dashes_need_blank: true,
    nested_comments: false,
    conditional_comments: 80000,
    delimiter: true,
    psql: false,
    block_bodies: true,
    ..POSTGRES
};

const SQLITE: Lexis = Lexis {
    family: Family::Sqlite,
    folds_to_lower: false,
    dollar_quotes: false,
    backticks: true,
    brackets: true,
    nested_comments: false,
    psql: false,
    block_bodies: true,
    ..POSTGRES
};

#[test]
fn postgres_prints_what_was_written() {
    assert_same(include_str!("canon/postgres.txt"), &POSTGRES);
}

#[test]
fn mariadb_prints_what_was_written() {
    assert_same(include_str!("canon/mariadb.txt"), &MYSQL);
}

/// Asserts that the two sides of each `⇔` are one expression, those of each `≠` are not.
fn assert_same(page: &str, lexis: &Lexis) {
    let mut key: fn(&str, &Lexis) -> String = canonical;
    let mut failures = Vec::new();
    for line in page.lines() {
        if line.starts_with('[') {
            key = if line == "[default]" { canonical_default } else { canonical };
        }
        let same = line.split_once("  ⇔  ").map(|pair| (pair, true));
        let Some(((left, right), same)) =
            same.or_else(|| line.split_once("  ≠  ").map(|pair| (pair, false)))
        else {
            continue;
        };
        for side in [left, right] {
            if let Err(fault) = check_expr(side, lexis) {
                failures.push(format!("{side}\n    {}", fault.reason));
            }
        }
        let keys = (key(left, lexis), key(right, lexis));
        if (keys.0 == keys.1) != same {
            failures.push(format!("{line}\n    {}\n    {}", keys.0, keys.1));
        }
    }
    assert!(failures.is_empty(), "{}\n{} failures", failures.join("\n"), failures.len());
}
