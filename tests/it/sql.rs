//! The SQL front end: statements, their classes and their places.
#![allow(dead_code, reason="x")]

use schemac::sql::{self, Family, Lexis, ast::*};

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
    brackets: false,
    hash_comments: true,
    dashes_need_blank: true,
    nested_comments: false,
    conditional_comments: 80_400,
    mariadb_comments: false,
    delimiter: true,
    psql: false,
    block_bodies: true,
};

const MARIADB: Lexis = Lexis { conditional_comments: 101_100, mariadb_comments: true, ..MYSQL };

const SQLITE: Lexis = Lexis {
    family: Family::Sqlite,
    folds_to_lower: false,
    backslash_escapes: false,
    dollar_quotes: false,
    double_quoted_strings: false,
    backticks: true,
    brackets: true,
    hash_comments: false,
    dashes_need_blank: false,
    nested_comments: false,
    conditional_comments: 0,
    mariadb_comments: false,
    delimiter: false,
    psql: false,
    block_bodies: true,
};
