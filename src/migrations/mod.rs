//! Migration folders: file names and texts in, their order and the next file's name out. Reads no disk, knows no SQL.

mod formats;

use std::cmp::Ordering;

pub use formats::FORMATS;

use crate::base::{FileId, Sources};

/// What runners call the tables, and the schemas, in which they keep what they have run.
pub static LEDGERS: &[&str] = &[
    "__diesel_schema_migrations",
    "__drizzle_migrations",
    "_prisma_migrations",
    "_sqlx_migrations",
    "databasechangelog",
    "databasechangeloglock",
    "drizzle",
    "flyway_schema_history",
    "goose_db_version",
    "refinery_schema_history",
    "schema_migrations",
    "supabase_migrations",
];

/// A file of a migration folder, as it was read.
#[derive(Clone, Debug)]
pub struct MigrationFile {
    /// As it is shown; its last component is the file's name.
    pub path: String,
    pub text: String,
}

/// One file that moves the schema forward.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migration {
    /// The file's name without its folder.
    pub name: String,
    pub file: FileId,
}

/// How a migration runner names its files; a row of [`FORMATS`].
#[derive(Debug)]
pub struct Format {
    /// As in `migrations "…" format=plain`.
    pub name: &'static str,
    pub summary: &'static str,
    /// Whether a folder of these file names is the runner's; the first format that says so is taken.
    pub detect: fn(names: &[&str]) -> bool,
    /// Whether the runner applies a file of that name when it moves forward.
    pub is_up: fn(name: &str) -> bool,
    /// The order in which the runner applies two files.
    pub compare: fn(a: &str, b: &str) -> Ordering,
    /// The name of a new file before it is known whether it sorts last.
    next: fn(existing: &[&str], timestamp: &str, slug: &str) -> String,
}

/// A new file cannot be the last one: the runner would apply it before another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotLast {
    /// The name that the new file would have.
    pub name: String,
    /// The file that the runner applies after it.
    pub after: String,
}

impl Format {
    /// Returns the name of the next file. `timestamp` is `YYYYMMDDHHMMSS`.
    ///
    /// Errs when the file would not be applied after all existing ones.
    pub fn next_name(
        &self,
        existing: &[&str],
        timestamp: &str,
        slug: &str,
    ) -> Result<String, NotLast> {
        let ups: Vec<&str> = existing.iter().copied().filter(|it| (self.is_up)(it)).collect();
        let name = (self.next)(&ups, timestamp, slug);
        match ups.iter().max_by(|a, b| (self.compare)(a, b)) {
            Some(last) if (self.compare)(last, &name) != Ordering::Less => {
                Err(NotLast { name, after: (*last).to_owned() })
            }
            _ => Ok(name),
        }
    }

    /// Adds the texts of the files that move forward to `sources`; returns them in the runner's order.
    pub fn read(&self, files: Vec<MigrationFile>, sources: &mut Sources) -> Vec<Migration> {
        let mut ups: Vec<MigrationFile> =
            files.into_iter().filter(|it| (self.is_up)(name_of(&it.path))).collect();
        ups.sort_by(|a, b| {
            (self.compare)(name_of(&a.path), name_of(&b.path)).then_with(|| a.path.cmp(&b.path))
        });
        ups.into_iter()
            .map(|it| Migration {
                name: name_of(&it.path).to_owned(),
                file: sources.add(it.path, it.text),
            })
            .collect()
    }
}

/// Returns the format of that name.
pub fn find(name: &str) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|it| it.name == name)
}

/// Returns the format that a folder of these file names has; any folder is `plain` when it is nothing else.
pub fn detect(names: &[&str]) -> &'static Format {
    let found = FORMATS.iter().copied().find(|it| (it.detect)(names));
    found.unwrap_or(&formats::plain::FORMAT)
}

/// Returns the last component of a path.
fn name_of(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// Returns the digits that a name begins with.
fn leading_digits(name: &str) -> &str {
    let end = name.bytes().take_while(u8::is_ascii_digit).count();
    &name[..end]
}
