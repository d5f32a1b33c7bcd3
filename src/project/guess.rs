//! Which dialect a text is written in, where nobody says.

use crate::dialect::{DIALECTS, Dialect};

/// Words that only one family of databases uses; each counts once for every time it stands.
static HINTS: &[(&str, &[&str])] = &[
    (
        "mysql",
        &[
            "auto_increment",
            "engine=",
            "engine =",
            "utf8mb4",
            "`",
            "unsigned",
            "datetime",
            "tinyint",
            "on update current_timestamp",
            "longtext",
        ],
    ),
    (
        "postgres",
        &[
            "timestamptz",
            "jsonb",
            "$$",
            "::",
            "uuid_generate",
            "gen_random_uuid",
            "serial",
            "plpgsql",
            "public.",
            "create extension",
            "create policy",
            "with time zone",
            "bytea",
            "statement-breakpoint",
        ],
    ),
    (
        "sqlite",
        &[
            "autoincrement",
            "pragma ",
            "without rowid",
            "integer primary key",
            "strftime",
            "datetime('now')",
            "sqlite_",
        ],
    ),
];

/// What only MariaDB and its tools write, in a text that is MySQL's otherwise.
const MARIADB_HINTS: &[&str] =
    &["-- mariadb dump", "/*m!", "add column if not exists", "index if not exists"];

/// Returns the dialect that most hints speak for; PostgreSQL where none does.
pub(super) fn dialect<'a>(texts: impl Iterator<Item = &'a str>) -> &'static Dialect {
    let mut scores = vec![0_usize; HINTS.len()];
    let mut is_mariadb = false;
    for text in texts {
        // The beginning of each file tells enough, and keeps dumps of data cheap.
        let mut end = text.len().min(20_000);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = text[..end].to_lowercase();
        is_mariadb |= MARIADB_HINTS.iter().any(|it| text.contains(it));
        for (score, (_, words)) in scores.iter_mut().zip(HINTS) {
            *score += words.iter().map(|it| text.matches(it).count()).sum::<usize>();
        }
    }
    let best = scores.iter().copied().max().unwrap_or_default();
    let name = scores
        .iter()
        .zip(HINTS)
        .find(|(score, _)| **score == best && best > 0)
        .map(|(_, hint)| hint.0);
    let name = if is_mariadb && name == Some("mysql") { Some("mariadb") } else { name };
    DIALECTS.iter().copied().find(|it| Some(it.name) == name).unwrap_or(DIALECTS[0])
}
