//! The words that statements begin with, and what they start.

use super::{
    Family,
    grammar::{Cursor, Res},
};

/// How the statements that start with a word are read.
#[derive(Clone, Copy)]
pub(super) enum Head {
    Data,
    Query,
    Session,
    NoEffect,
    /// Does no more to relations than to keep them well; they have to be there.
    Upkeep,
    Program,
    /// May do anything; the reason says why it is not followed.
    Opaque(&'static str),
}

const ALL: &[Family] = &[Family::Postgres, Family::MySql, Family::Sqlite];
const SERVERS: &[Family] = &[Family::Postgres, Family::MySql];
const POSTGRES: &[Family] = &[Family::Postgres];
const MYSQL: &[Family] = &[Family::MySql];
const SQLITE: &[Family] = &[Family::Sqlite];

/// Leading words, who knows them, and what they start; `create` and its like have code of their own.
pub(super) static HEADS: &[(&str, &[Family], Head)] = &[
    ("select", ALL, Head::Query),
    ("with", ALL, Head::Query),
    ("set", SERVERS, Head::Session),
    ("use", MYSQL, Head::Session),
    ("pragma", SQLITE, Head::Session),
    ("begin", ALL, Head::Session),
    ("start", SERVERS, Head::Session),
    ("commit", ALL, Head::Session),
    ("rollback", ALL, Head::Session),
    ("end", POSTGRES, Head::Session),
    ("end", SQLITE, Head::Session),
    ("abort", POSTGRES, Head::Session),
    ("savepoint", ALL, Head::Session),
    ("release", ALL, Head::Session),
    ("lock", POSTGRES, Head::Upkeep),
    ("lock", MYSQL, Head::Upkeep),
    ("unlock", MYSQL, Head::Session),
    ("reset", SERVERS, Head::Session),
    ("discard", POSTGRES, Head::Session),
    ("prepare", POSTGRES, Head::Program),
    ("execute", POSTGRES, Head::Program),
    ("deallocate", POSTGRES, Head::Program),
    ("xa", MYSQL, Head::Session),
    ("attach", SQLITE, Head::Session),
    ("detach", SQLITE, Head::Session),
    ("listen", POSTGRES, Head::Session),
    ("unlisten", POSTGRES, Head::Session),
    ("notify", POSTGRES, Head::Session),
    ("load", POSTGRES, Head::Session),
    ("checkpoint", POSTGRES, Head::Session),
    ("declare", POSTGRES, Head::Session),
    ("fetch", POSTGRES, Head::Session),
    ("move", POSTGRES, Head::Session),
    ("close", POSTGRES, Head::Session),
    ("load", MYSQL, Head::Data),
    ("copy", POSTGRES, Head::Data),
    ("truncate", POSTGRES, Head::Upkeep),
    ("truncate", MYSQL, Head::Data),
    ("table", SERVERS, Head::Data),
    ("show", SERVERS, Head::Data),
    ("explain", ALL, Head::Data),
    ("describe", MYSQL, Head::Data),
    ("desc", MYSQL, Head::Data),
    ("do", MYSQL, Head::Data),
    ("handler", MYSQL, Head::Data),
    ("signal", MYSQL, Head::Data),
    ("get", MYSQL, Head::Session),
    ("help", MYSQL, Head::Data),
    ("refresh", POSTGRES, Head::Upkeep),
    ("grant", MYSQL, Head::NoEffect),
    ("revoke", MYSQL, Head::NoEffect),
    ("analyze", POSTGRES, Head::Upkeep),
    ("analyze", MYSQL, Head::NoEffect),
    ("analyze", SQLITE, Head::Upkeep),
    ("analyse", POSTGRES, Head::Upkeep),
    ("vacuum", POSTGRES, Head::Upkeep),
    ("vacuum", SQLITE, Head::NoEffect),
    ("reindex", POSTGRES, Head::Upkeep),
    ("reindex", SQLITE, Head::Upkeep),
    ("cluster", POSTGRES, Head::Upkeep),
    ("optimize", MYSQL, Head::NoEffect),
    ("repair", MYSQL, Head::NoEffect),
    ("check", MYSQL, Head::NoEffect),
    ("checksum", MYSQL, Head::NoEffect),
    ("cache", MYSQL, Head::NoEffect),
    ("flush", MYSQL, Head::NoEffect),
    ("kill", MYSQL, Head::NoEffect),
    ("purge", MYSQL, Head::NoEffect),
    ("install", MYSQL, Head::NoEffect),
    ("uninstall", MYSQL, Head::NoEffect),
    ("security", POSTGRES, Head::NoEffect),
    ("call", POSTGRES, Head::Program),
    ("do", POSTGRES, Head::Program),
    ("import", POSTGRES, Head::Opaque("`import foreign schema` is not replayed yet")),
];

/// What each verb is about where not everything is: <https://www.sqlite.org/lang.html> and
/// <https://dev.mysql.com/doc/refman/8.4/en/sql-statements.html> with MariaDB's own.
#[rustfmt::skip]
static OBJECTS: &[(&str, &[Family], &[&str])] = &[
    ("create", SQLITE, &["index", "table", "temp", "temporary", "trigger", "unique", "view", "virtual"]),
    ("alter", SQLITE, &["table"]),
    ("drop", SQLITE, &["index", "table", "trigger", "view"]),
    ("analyze", MYSQL, &[
        "delete", "format", "insert", "local", "no_write_to_binlog", "replace", "select", "table", "tables", "update",
        "with",
    ]),
    ("check", MYSQL, &["table", "tables", "view"]),
    ("checksum", MYSQL, &["table", "tables"]),
    ("optimize", MYSQL, &["local", "no_write_to_binlog", "table", "tables"]),
    ("repair", MYSQL, &["local", "no_write_to_binlog", "table", "tables", "view"]),
    ("reset", MYSQL, &["binary", "master", "persist", "query", "replica", "slave"]),
    ("create", MYSQL, &[
        "aggregate", "algorithm", "database", "definer", "event", "fulltext", "function", "index", "library", "logfile", "materialized",
        "or", "package", "procedure", "resource", "role", "schema", "sequence", "server", "spatial", "sql", "table",
        "tablespace", "temporary", "trigger", "undo", "unique", "user", "view",
    ]),
    ("alter", MYSQL, &[
        "algorithm", "database", "definer", "event", "function", "ignore", "instance", "library", "logfile", "online",
        "procedure", "resource", "schema", "sequence", "server", "sql", "table", "tablespace", "undo", "user", "view",
    ]),
    ("drop", MYSQL, &[
        "database", "event", "function", "index", "library", "logfile", "materialized", "package", "prepare", "procedure", "resource",
        "role", "schema", "sequence", "server", "spatial", "table", "tables", "tablespace", "temporary", "trigger",
        "undo", "user", "view",
    ]),
];

/// Refuses what the verb that stands here is not about in this database.
pub(super) fn refuse_object(ctx: &Cursor<'_, '_>) -> Res<()> {
    let family = ctx.family();
    let row = OBJECTS.iter().find(|it| it.1.contains(&family) && ctx.is(it.0));
    match row {
        Some((verb, _, words)) if !words.iter().any(|it| ctx.is_nth(1, it)) => {
            Err(ctx.rejected(&format!("an object after `{verb}`")))
        }
        _ => Ok(()),
    }
}
