//! The house rules that a machine can check; each failure is a sentence that says what is missing.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use schemac::model::KINDS;

use super::pages::{find_files, read_page};

/// The layers, lowest first: a module uses only those above it; those on one line do not use each other.
const LAYERS: [&[&str]; 14] = [
    &["base"],
    &["diag"],
    &["syntax", "sql", "migrations"],
    &["model"],
    &["diff"],
    &["dialect"],
    &["resolve", "replay"],
    &["live"],
    &["plan"],
    &["check", "audit"],
    &["output"],
    &["project"],
    &["lsp"],
    &["cli"],
];

/// Which third-party crates only one module names.
const OWNERS: [(&str, &[&str]); 6] = [
    ("cli", &["clap", "clap_complete"]),
    ("live", &["mysql", "postgres", "rusqlite", "rustls", "tokio_postgres_rustls", "webpki_roots"]),
    ("output", &["miette", "serde", "serde_json", "similar"]),
    ("replay", &["regex"]),
    ("sql", &["sqlparser"]),
    ("syntax", &["kdl"]),
];

/// Macros stand at the crate's root; they belong to these modules.
const MACROS: [(&str, &str); 3] = [("code", "diag"), ("emitter", "dialect"), ("field", "model")];

/// Folders with one file per row of the table in their `mod.rs`, and the folder of the rows' pages.
const TABLES: [(&str, Option<&str>); 7] = [
    ("src/model/kinds", None),
    ("src/check/rules", Some("docs/rules")),
    ("src/live/postgres", None),
    ("src/output/formats", None),
    ("src/migrations/formats", None),
    ("src/cli/commands", None),
    ("src/audit/scanners", None),
];

const PAGE_HEADINGS: [&str; 3] = ["## Bad", "## Good", "## When to ignore it"];

// Not `types`: types of columns are what much of this program is about.
const VAGUE_NAMES: [&str; 5] = ["utils", "helpers", "common", "misc", "manager"];

const MAX_LINES: usize = 400;

struct Text {
    /// From the root, with `/`.
    path: String,
    text: String,
}

impl Text {
    /// Returns the lines without those that are comments as a whole.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(at, line)| (at + 1, line));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// Returns the module directly below the crate's root; none for `lib.rs` and `main.rs`.
    fn layer(&self) -> Option<&str> {
        let name = self.path.strip_prefix("src/")?.split('/').next()?;
        let name = name.strip_suffix(".rs").unwrap_or(name);
        (!["lib", "main"].contains(&name)).then_some(name)
    }

    fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read_all(folder: &str, ending: &str) -> Vec<Text> {
    let read = |path: &PathBuf| Text {
        path: path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/"),
        text: fs::read_to_string(path).expect("a listed file is readable"),
    };
    find_files(&root().join(folder), ending).iter().map(read).collect()
}

fn assert_none(failures: Vec<String>) {
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

/// Returns the names that follow `crate::`, those of a group `crate::{a, b::C}` included.
fn crate_names(line: &str) -> Vec<String> {
    let is_name = |it: char| it.is_alphanumeric() || it == '_';
    let mut names = Vec::new();
    for (at, mark) in line.match_indices("crate::") {
        let rest = &line[at + mark.len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 1_usize;
            let mut name = String::new();
            for char in group.chars() {
                match char {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth == 1 => names.extend(Some(std::mem::take(&mut name))),
                    _ if depth == 1 => name.push(char),
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
            }
            names.push(name);
        } else {
            names.push(rest.to_owned());
        }
    }
    let first = |it: String| it.trim().chars().take_while(|it| is_name(*it)).collect();
    names.into_iter().map(first).filter(|it: &String| !it.is_empty()).collect()
}

/// Says whether a line names a crate: `kdl::…` or `use kdl;`, but not `sql::kdl::…`.
fn names_crate(line: &str, name: &str) -> bool {
    let bare = line.trim_start();
    bare.starts_with(&format!("use {name};"))
        || bare.starts_with(&format!("use {name} as"))
        || line.match_indices(&format!("{name}::")).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            !before.is_some_and(|it| it.is_alphanumeric() || it == '_' || it == ':')
        })
}

fn level_of(module: &str) -> Option<usize> {
    LAYERS.iter().position(|it| it.contains(&module))
}

#[test]
fn kinds_are_told_apart_in_one_place() {
    let kinds: Vec<String> = KINDS.iter().map(|it| pascal(it.keyword)).collect();
    let mut failures = Vec::new();
    for file in read_all("src", ".rs").iter().filter(|it| it.path != "src/model/kinds/mod.rs") {
        for (number, line) in file.code() {
            let matched = kinds.iter().any(|it| line.contains(&format!("Object::{it}(")));
            if matched {
                failures.push(format!("{}:{number} matches on a kind of `Object`", file.path));
            }
        }
    }
    assert_none(failures);
}

/// Returns the struct of a kind; the two whose word in the language is shorter have their own names.
fn pascal(keyword: &str) -> String {
    match keyword {
        "schema" => "Namespace".to_owned(),
        "enum" => "EnumType".to_owned(),
        _ => keyword.split('-').map(|it| it[..1].to_uppercase() + &it[1..]).collect(),
    }
}

#[test]
fn modules_use_only_lower_layers() {
    let mut failures = Vec::new();
    for file in read_all("src", ".rs") {
        let Some(layer) = file.layer() else { continue };
        let Some(level) = level_of(layer) else {
            failures.push(format!("`{layer}` ({}) has no row in LAYERS", file.path));
            continue;
        };
        // A group may run over several lines.
        let code: Vec<&str> = file.code().map(|(_, line)| line).collect();
        for name in crate_names(&code.join(" ")) {
            let module = MACROS.iter().find(|it| it.0 == name).map_or(name.as_str(), |it| it.1);
            if module != layer && level_of(module).is_none_or(|it| it >= level) {
                failures.push(format!(
                    "{} uses `crate::{module}`, which is not below `{layer}`",
                    file.path
                ));
            }
        }
    }
    assert_none(failures);
}

#[test]
fn crates_are_named_by_their_owners() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("the manifest is there");
    let section = manifest.split("\n[dependencies]\n").nth(1).unwrap_or_default();
    let section = section.split("\n[").next().unwrap_or_default();
    let mut failures = Vec::new();
    for line in section.lines() {
        let name = line.split([' ', '=', '.']).next().unwrap_or_default().replace('-', "_");
        if !name.is_empty()
            && !name.starts_with('#')
            && !OWNERS.iter().any(|it| it.1.contains(&name.as_str()))
        {
            failures.push(format!("the dependency `{name}` has no row in OWNERS"));
        }
    }
    for file in read_all("src", ".rs") {
        for (owner, name) in OWNERS.iter().flat_map(|it| it.1.iter().map(|name| (it.0, *name))) {
            // A module of the crate's name is no crate.
            if file.layer() == Some(owner) || file.text.contains(&format!("mod {name};")) {
                continue;
            }
            for (at, _) in file.code().filter(|(_, line)| names_crate(line, name)) {
                failures.push(format!("{}:{at} names `{name}`, which {owner} owns", file.path));
            }
        }
    }
    assert_none(failures);
}

#[test]
fn files_follow_the_style() {
    let mut failures = Vec::new();
    let mut files = read_all("src", ".rs");
    files.extend(read_all("tests", ".rs"));
    for file in &files {
        let path = &file.path;
        if !file.text.starts_with("//! ") {
            failures
                .push(format!("{path} does not open with a `//!` line that says what it is for"));
        }
        let n_lines = file.text.lines().count();
        if n_lines > MAX_LINES {
            failures
                .push(format!("{path} has {n_lines} lines: more than {MAX_LINES} are two ideas"));
        }
        for part in path.split('/').map(|it| it.trim_end_matches(".rs")) {
            if VAGUE_NAMES.contains(&part) {
                failures.push(format!("{path}: `{part}` does not say what is in it"));
            }
        }
        if path.ends_with("/tidy.rs") {
            continue;
        }
        for (at, line) in (1..).zip(file.text.lines()) {
            for word in ["TODO", "FIXME", "XXX", "super::super"] {
                if line.contains(word) {
                    failures.push(format!("{path}:{at} has `{word}`"));
                }
            }
        }
    }
    assert_none(failures);
}

/// Returns the constant and the name of each `code!` row.
fn code_rows(file: &Text) -> Vec<(String, String)> {
    let code: Vec<&str> = file.code().map(|(_, line)| line).collect();
    let code = code.join("\n");
    let rows = code.split("code!(").skip(1).filter_map(|it| {
        let (id, rest) = it.split_once(',')?;
        let name = rest.trim_start().strip_prefix('"')?.split('"').next()?;
        Some((id.trim().to_owned(), name.to_owned()))
    });
    rows.collect()
}

#[test]
fn each_error_has_a_row_and_a_page() {
    let mut failures = Vec::new();
    let mut names = BTreeSet::new();
    for file in read_all("src", ".rs") {
        let list = file.text.split("CODES:").nth(1).and_then(|it| it.split_once('='));
        let list = list.map(|(_, it)| it.trim_start().trim_start_matches("&["));
        let list = list.and_then(|it| it.split(']').next()).unwrap_or_default();
        let listed: BTreeSet<&str> =
            list.split(',').map(|it| it.trim().trim_start_matches('&')).collect();
        for (id, name) in code_rows(&file) {
            if !listed.contains(id.as_str()) {
                failures.push(format!("CODES in {} does not list `{id}`", file.path));
            }
            if !names.insert(name.clone()) {
                failures.push(format!("{} has a second row for `{name}`", file.path));
            }
        }
    }
    let pages: BTreeSet<String> =
        read_all("docs/errors", ".md").iter().map(|it| it.stem().to_owned()).collect();
    failures.extend(names.difference(&pages).map(|it| format!("docs/errors/{it}.md is missing")));
    let without_row = pages.difference(&names);
    failures.extend(without_row.map(|it| format!("docs/errors/{it}.md has no `code!` row")));
    assert_none(failures);
}

#[test]
fn pages_have_the_fixed_headings() {
    let mut failures = Vec::new();
    let mut pages = read_all("docs/errors", ".md");
    pages.extend(read_all("docs/rules", ".md"));
    for page in pages {
        let Ok(sections) = read_page(&page.text) else { continue };
        let title = format!("# {}", page.stem());
        let expected: Vec<&str> = ["", title.as_str()].into_iter().chain(PAGE_HEADINGS).collect();
        let headings: Vec<&str> = sections.iter().map(|it| it.heading.as_str()).collect();
        if headings != expected {
            failures.push(format!("{} has not just the headings {:?}", page.path, &expected[1..]));
        }
        for section in
            sections.iter().filter(|it| ["## Bad", "## Good"].contains(&it.heading.as_str()))
        {
            if section.fences.is_empty() {
                failures.push(format!("{}: `{}` shows nothing", page.path, section.heading));
            }
        }
    }
    assert_none(failures);
}

/// Returns the names of the `.rs` files and folders in a folder, `mod` aside.
fn entries(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|it| it.expect("a folder that opens can be listed").path());
    let files = paths.filter(|it| it.is_dir() || it.extension().is_some_and(|it| it == "rs"));
    let mut names: Vec<String> =
        files.filter_map(|it| Some(it.file_stem()?.to_str()?.to_owned())).collect();
    names.retain(|it| it != "mod");
    names.sort();
    names
}

#[test]
fn tables_list_their_files_and_pages() {
    let mut failures = Vec::new();
    for (folder, pages) in TABLES {
        let table = fs::read_to_string(root().join(folder).join("mod.rs")).unwrap_or_default();
        let names = entries(&root().join(folder));
        for name in &names {
            if !table.contains(&format!("mod {name};")) || !table.contains(&format!("{name}::")) {
                failures.push(format!("{folder}/mod.rs has no row for {name}.rs"));
            }
        }
        let Some(pages) = pages else { continue };
        let rows: BTreeSet<String> = names.iter().map(|it| it.replace('_', "-")).collect();
        let found: BTreeSet<String> =
            read_all(pages, ".md").iter().map(|it| it.stem().to_owned()).collect();
        failures.extend(rows.difference(&found).map(|it| format!("{pages}/{it}.md is missing")));
        let without_row = found.difference(&rows);
        failures.extend(without_row.map(|it| format!("{pages}/{it}.md has no file in {folder}")));
    }
    assert_none(failures);
}

#[test]
fn modules_are_declared() {
    let mut failures = Vec::new();
    let mut files = read_all("src", ".rs");
    files.extend(read_all("tests/it", ".rs"));
    for file in &files {
        let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
        if ["src/main.rs", "src/lib.rs", "tests/it/main.rs"].contains(&file.path.as_str()) {
            continue;
        }
        let (parent, module) = if name == "mod.rs" {
            folder.rsplit_once('/').unwrap_or(("", folder))
        } else {
            (folder, file.stem())
        };
        let in_parent = |it: &&Text| {
            ["mod.rs", "lib.rs", "main.rs"].iter().any(|name| it.path == format!("{parent}/{name}"))
        };
        if !files.iter().filter(in_parent).any(|it| it.text.contains(&format!("mod {module};"))) {
            failures.push(format!("{} is declared by no `mod {module};` in {parent}", file.path));
        }
    }
    assert_none(failures);
}

#[test]
fn scripts_are_explained() {
    let text = fs::read_to_string(root().join("CONTRIBUTING.md")).unwrap_or_default();
    let scripts = read_all("scripts", "").into_iter().filter(|it| !text.contains(&it.path));
    assert_none(
        scripts.map(|it| format!("CONTRIBUTING.md does not tell of {}", it.path)).collect(),
    );
}

#[test]
fn paths_are_read_as_rust_reads_them() {
    assert_eq!(crate_names("use crate::base::{Span}; f(Error, x)"), ["base"]);
    assert_eq!(crate_names("use crate::{ base, sql::{a, b}, }; f(x, Error)"), ["base", "sql"]);
    assert_eq!(
        crate_names("use crate::{base::{a, b}, diag}; crate::code!("),
        ["base", "diag", "code"]
    );
    assert!(names_crate("fn f(it: kdl::KdlNode)", "kdl") && names_crate("use kdl;", "kdl"));
    assert!(!names_crate("use crate::kdl::x; akdl::x", "kdl"));
}
