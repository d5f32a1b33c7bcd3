//! A plan as the next files of a migration folder.

use super::{
    Fault, Outcome,
    files::Files,
    load::{World, file_name, join},
};
use crate::{
    diff::Change,
    migrations,
    plan::{
        Plan,
        script::{self, Split},
    },
};

/// What the new files are to be.
#[derive(Clone, Debug)]
pub struct EmitRequest {
    pub root: String,
    /// `None`: made from the plan.
    pub name: Option<String>,
    pub split: Split,
    /// `YYYYMMDDHHMMSS`.
    pub timestamp: String,
}

/// A file to be written; there is none at its path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    pub path: String,
    pub text: String,
}

/// Returns the files that carry the plan out, in the order in which they have to run; none for an empty plan.
///
/// Errs when the project has no migration folder, or when a new file could not be the last one there.
pub fn emit(
    files: &dyn Files,
    outcome: &Outcome,
    request: &EmitRequest,
) -> Result<Vec<NewFile>, Fault> {
    let Some(plan) = outcome.plan.as_ref().filter(|it| !it.is_empty()) else {
        return Ok(Vec::new());
    };
    let at = outcome.config.migrations.as_ref().ok_or_else(|| {
        Fault::new("the project has no migration folder")
            .help("write `migrations \"PATH\"` into schemac.kdl")
    })?;
    let dir = join(&request.root, &at.path);
    let existing = if files.is_dir(&dir) { World::new(files).sql_files(&dir)? } else { Vec::new() };
    let mut names: Vec<String> = existing.iter().map(|it| file_name(it).to_owned()).collect();
    let known: Vec<&str> = names.iter().map(String::as_str).collect();
    let format = at.format.unwrap_or_else(|| migrations::detect(&known));
    let slug = slug(&request.name.clone().unwrap_or_else(|| name_of(plan)));
    let mut timestamp = request.timestamp.clone();
    let mut res = Vec::new();
    for part in script::parts(plan, request.split) {
        let slug = part.module.as_ref().map_or_else(|| slug.clone(), |it| format!("{slug}_{it}"));
        let known: Vec<&str> = names.iter().map(String::as_str).collect();
        let name = next_name(format, &known, &mut timestamp, &slug)?;
        res.push(NewFile { path: join(&dir, &name), text: part.text });
        names.push(name);
    }
    Ok(res)
}

/// Returns a name that sorts last, at a later second where another file has this one.
fn next_name(
    format: &migrations::Format,
    known: &[&str],
    timestamp: &mut String,
    slug: &str,
) -> Result<String, Fault> {
    // A runner that knows files by their timestamps takes two of the same for one.
    while known.iter().any(|it| it.starts_with(timestamp.as_str())) {
        *timestamp = later(timestamp);
    }
    for _ in 0..3600 {
        match format.next_name(known, timestamp, slug) {
            Ok(name) => {
                *timestamp = later(timestamp);
                return Ok(name);
            }
            Err(it) if it.after.get(..10) == timestamp.get(..10) => *timestamp = later(timestamp),
            Err(it) => {
                return Err(Fault::new(format!("`{}` would run before `{}`", it.name, it.after))
                    .help("rename that file, or let the project's clock catch up with it"));
            }
        }
    }
    Err(Fault::new("no name is left in this hour"))
}

/// Returns the timestamp of the next second, as a number: runners compare digits.
fn later(timestamp: &str) -> String {
    let number: u64 = timestamp.parse().unwrap_or_default();
    format!("{:0width$}", number + 1, width = timestamp.len())
}

/// Returns what a plan may be called by.
fn name_of(plan: &Plan) -> String {
    let tables: Vec<&Change> = plan.changes.iter().filter(|it| !it.id().kind.part).collect();
    match (&tables[..], &plan.changes[..]) {
        ([Change::Create(id)], _) => format!("create {}", id.name()),
        ([Change::Drop(id)], [_]) => format!("drop {}", id.name()),
        (_, [Change::Create(id)]) => format!("add {} {}", id.owner.name, id.name()),
        (_, [only]) => format!("change {}", only.id().owner.name),
        _ => "schema changes".to_owned(),
    }
}

/// Returns the name as a file may carry it.
fn slug(name: &str) -> String {
    let mapped: String = name
        .chars()
        .map(|it| if it.is_alphanumeric() { it.to_ascii_lowercase() } else { '_' })
        .collect();
    let words: Vec<&str> = mapped.split('_').filter(|it| !it.is_empty()).collect();
    if words.is_empty() { "schema_changes".to_owned() } else { words.join("_") }
}
