//! What a repo holds: its migrations, its name, its modules.

use std::cmp::Reverse;

use crate::{
    dialect::Dialect,
    project::{
        files::Entry,
        load::{World, join},
        platform::{PLATFORMS, Platform},
    },
};

/// A folder of migrations.
#[derive(Debug)]
pub(super) struct Found {
    /// Relative to the project.
    pub(super) path: String,
    /// The names of the `.sql` files directly in it.
    pub(super) names: Vec<String>,
}

/// Folders within folders that are looked into.
const MAX_DEPTH: usize = 5;

/// Folders of other people's files, and of SQL that is not the history.
const SKIPPED: &[&str] = &[
    "__pycache__",
    "bin",
    "build",
    "coverage",
    "dist",
    "doc",
    "docs",
    "examples",
    "fixtures",
    "node_modules",
    "queries",
    "samples",
    "seeds",
    "seeders",
    "target",
    "test",
    "tests",
    "vendor",
    "venv",
];

/// Names of folders that hold a history, the most telling first.
const NAMES: &[&[&str]] = &[
    &["migrations", "migration", "migrate"],
    &["database", "db", "ddl", "schema", "schemas", "sql"],
];

/// Files of runners that give each migration a folder of its own.
const NESTED: &[&str] = &["down.sql", "migration.sql", "up.sql"];

/// Returns the folder that most likely holds the history: by its name, then by how many files it has.
pub(super) fn migrations(world: &World, root: &str) -> Option<Found> {
    let mut found = Vec::new();
    walk(world, root, "", 0, &mut found);
    found.into_iter().min_by_key(|it| (rank(&it.path), Reverse(it.names.len()), it.path.clone()))
}

fn walk(world: &World, root: &str, path: &str, depth: usize, found: &mut Vec<Found>) {
    // A folder that cannot be read holds nothing to be found.
    let dir = match (root, path) {
        ("", "") => ".".to_owned(),
        (_, "") => root.to_owned(),
        _ => join(root, path),
    };
    let Ok(entries) = world.entries(&dir) else { return };
    let is_sql =
        |name: &str| name.to_ascii_lowercase().ends_with(".sql") && !NESTED.contains(&name);
    let files = entries.iter().filter(|it| !it.is_dir && is_sql(&it.name));
    let names: Vec<String> = files.map(|it| it.name.clone()).collect();
    if !names.is_empty() {
        let path = if path.is_empty() { "." } else { path };
        found.push(Found { path: path.to_owned(), names });
    }
    if depth == MAX_DEPTH {
        return;
    }
    for entry in entries.iter().filter(|it| it.is_dir && !SKIPPED.contains(&it.name.as_str())) {
        walk(world, root, &join(path, &entry.name), depth + 1, found);
    }
}

/// Returns how little the path speaks for a history.
fn rank(path: &str) -> usize {
    if path.ends_with("supabase/migrations") {
        return 0;
    }
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let named = NAMES.iter().position(|it| it.contains(&name.as_str()));
    1 + named.unwrap_or(NAMES.len())
}

/// Returns the platform that the folder is named after, or whose objects the SQL uses and does not make.
pub(super) fn platform<'t>(
    path: &str,
    mut texts: impl Iterator<Item = &'t str>,
    dialect: &Dialect,
) -> Option<&'static Platform> {
    PLATFORMS.iter().filter(|it| it.dialect == dialect.name).find(|it| {
        path.split('/').any(|part| part == it.name)
            || texts.any(|text| it.signs.iter().any(|sign| text.contains(sign)))
    })
}

/// Returns what the project is called: by its package, its Supabase project, or its folder.
pub(super) fn project(world: &World, root: &str, folder: &str) -> String {
    let value = |file: &str, key: &str, separator: char| {
        let text = world.files.read(&join(root, file)).ok()?;
        let text = String::from_utf8(text).ok()?;
        text.lines().find_map(|it| {
            let (name, value) = it.split_once(separator)?;
            let value = value.trim().trim_end_matches(',').trim_matches('"');
            (name.trim().trim_matches('"') == key)
                .then(|| value.rsplit('/').next().unwrap_or(value).to_owned())
        })
    };
    value("supabase/config.toml", "project_id", '=')
        .or_else(|| value("package.json", "name", ':'))
        .or_else(|| value("Cargo.toml", "name", '='))
        .or_else(|| Some(folder.to_owned()))
        .and_then(|it| word(&it))
        .unwrap_or_else(|| "app".to_owned())
}

/// Returns the name as a file and a module may be called.
fn word(name: &str) -> Option<String> {
    let mapped: String = name
        .chars()
        .map(|it| if it.is_ascii_alphanumeric() { it.to_ascii_lowercase() } else { '_' })
        .collect();
    let word = mapped.trim_matches('_');
    word.starts_with(|it: char| it.is_ascii_lowercase()).then(|| word.to_owned())
}

/// Returns whether modules are somewhere in the folder.
pub(super) fn has_modules(world: &World, dir: &str) -> bool {
    let entries = world.entries(dir).unwrap_or_default();
    let is_module = |it: &Entry| it.name.rsplit_once('.').is_some_and(|it| it.1 == "kdl");
    entries.iter().any(|it| match it {
        Entry { is_dir: true, name } => has_modules(world, &join(dir, name)),
        it => is_module(it),
    })
}
