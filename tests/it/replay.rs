//! Replays the histories of the pages in tests/it/replay, and compares the schemas they end in.
//!
//! A ```` ```schema ```` fence holds the schema, a ```` ```short ```` fence the diagnostics; `UPDATE=1` writes them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use schemac::base::{Sources, Span};
use schemac::diag::{Diagnostic, Sink, page_example};
use schemac::dialect::{self, Dialect};
use schemac::migrations::{self, Migration, MigrationFile};
use schemac::model::{Object, Table};
use schemac::replay::{self, Counts, Parsed, Replayed};
use schemac::sql;
use similar::TextDiff;

use super::pages::{Section, find_files, read_page, rewrite_page};

struct Outcome {
    replayed: Replayed,
    diagnostics: Vec<Diagnostic>,
    sources: Sources,
}

#[test]
fn histories_end_in_these_schemas() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let update = env::var("UPDATE").is_ok_and(|it| it == "1");
    let mut failures = Vec::new();
    for path in find_files(&root.join("tests/it/replay"), ".md") {
        let text = fs::read_to_string(&path).expect("a listed page is readable");
        let mut bodies = Vec::new();
        let mut page_dialect = "postgres".to_owned();
        for section in read_page(&text).expect("every fence is closed") {
            let named = section.prose.iter().find_map(|it| it.strip_prefix("dialect: "));
            if section.heading.starts_with("# ") {
                page_dialect = named.unwrap_or("postgres").to_owned();
            }
            let Some(outcome) = run(&section, named.unwrap_or(&page_dialect)) else { continue };
            for fence in &section.fences {
                let came_out = match fence.language.as_str() {
                    "schema" => schema_text(&outcome.replayed),
                    "short" => short_text(&outcome),
                    _ => continue,
                };
                if came_out != fence.body {
                    let difference = TextDiff::from_lines(&fence.body, &came_out);
                    let shown = difference.unified_diff().to_string();
                    failures.push(format!("{}: {}\n{shown}", path.display(), section.heading));
                    bodies.push((fence.range.clone(), came_out));
                }
            }
            let has_short = section.fences.iter().any(|it| it.language == "short");
            if !has_short && !outcome.diagnostics.is_empty() {
                let said = short_text(&outcome);
                failures.push(format!("{}: {} says\n{said}", path.display(), section.heading));
            }
        }
        if update && !bodies.is_empty() {
            fs::write(&path, rewrite_page(&text, &bodies)).expect("a page is writable");
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// Each page of this stage shows its mistake, and a repair without it.
#[test]
fn pages_show_their_mistake() {
    for code in replay::codes::CODES {
        let named = code.page.lines().find_map(|it| it.strip_prefix("dialect: "));
        for (heading, expected) in [("Bad", vec![code.name]), ("Good", vec![])] {
            let sql = page_example(code.page, heading).unwrap_or_default();
            assert!(!sql.is_empty(), "{}: `## {heading}` shows nothing", code.name);
            let outcome = replay_texts(&[sql], named.unwrap_or("postgres"));
            let names: Vec<&str> = outcome.diagnostics.iter().map(|it| it.code.name).collect();
            assert_eq!(names, expected, "{} {heading}: {}", code.name, short_text(&outcome));
        }
    }
}

#[test]
fn files_without_numbers_go_by_what_they_need() {
    let order = |texts: &[&str]| {
        let parsed: Vec<Parsed> = texts.iter().map(|it| parse(it, "postgres")).collect();
        replay::order_by_dependencies(&parsed)
    };
    let orders =
        "CREATE TABLE orders (id int PRIMARY KEY, user_id int REFERENCES users, kind kind);";
    let users = "CREATE TABLE users (id int PRIMARY KEY);";
    let index = "CREATE INDEX ON orders (user_id);";
    let kind = "CREATE TYPE kind AS ENUM ('a');";
    assert_eq!(order(&[index, orders, users, kind]), [2, 3, 1, 0]);
    assert_eq!(order(&[users, "CREATE TABLE a (id int);", "DROP TABLE users;"]), [0, 1, 2]);
    let (a, b) = ("CREATE TABLE a (b int REFERENCES b);", "CREATE TABLE b (a int REFERENCES a);");
    assert_eq!(order(&[a, b, users]), [2, 0, 1]);
}

#[test]
fn folders_are_known_by_their_names() {
    let format = |names: &[&str]| migrations::detect(names).name;
    assert_eq!(format(&["20240101000000_a.sql", "20240102000000_b.sql"]), "supabase");
    assert_eq!(format(&["001_a.sql", "002_b.sql"]), "plain");
    assert_eq!(format(&["20240101000000_a.sql", "seed.sql"]), "plain");
    assert_eq!(format(&[]), "plain");
}

#[test]
fn new_files_come_last() {
    let next = |format: &str, names: &[&str]| {
        let format = migrations::find(format).expect("it is in the table");
        format.next_name(names, "20250101120000", "add_x").map_err(|it| it.after)
    };
    let last = |it: &str| Err(it.to_owned());
    assert_eq!(next("plain", &["001_a.sql", "009_b.sql"]), Ok("010_add_x.sql".to_owned()));
    assert_eq!(next("plain", &["1-a.sql"]), Ok("2-add_x.sql".to_owned()));
    assert_eq!(next("plain", &["8_a.sql", "9_b.sql"]), last("9_b.sql"));
    assert_eq!(next("plain", &[]), Ok("20250101120000_add_x.sql".to_owned()));
    assert_eq!(next("plain", &["001_a.sql", "002_a.down.sql"]), Ok("002_add_x.sql".to_owned()));
    assert_eq!(next("plain", &["users.sql"]), last("users.sql"));
    let future = "20990101000000_a.sql";
    assert_eq!(next("supabase", &[future]), last(future));
    assert_eq!(next("supabase", &["2024_a.sql"]), Ok("20250101120000_add_x.sql".to_owned()));
}

#[test]
fn files_are_read_in_the_order_of_their_names() {
    let file = |path: &str| MigrationFile { path: path.to_owned(), text: path.to_owned() };
    let mut sources = Sources::default();
    let files =
        vec![file("m/2_b.sql"), file("m/10_c.sql"), file("m/1_a.down.sql"), file("m/x.txt")];
    let plain = migrations::find("plain").expect("it is in the table");
    let read = plain.read(files, &mut sources);
    let names: Vec<&str> = read.iter().map(|Migration { name, .. }| name.as_str()).collect();
    assert_eq!(names, ["10_c.sql", "2_b.sql"]);
    assert_eq!(sources.get(read[0].file).text, "m/10_c.sql");
}

/// A walk over all tables for each statement would be felt here.
#[test]
fn long_histories_are_replayed() {
    let n_tables = 2000;
    let text = (0..n_tables).fold(String::new(), |mut text, it| {
        let _ = writeln!(text, "CREATE TABLE t{it} (id int PRIMARY KEY, a int NOT NULL);");
        let _ = writeln!(text, "ALTER TABLE t{it} ADD b int REFERENCES t{} (id);", it / 2);
        let _ = writeln!(text, "CREATE INDEX i{it} ON t{it} (a);");
        text
    });
    let outcome = replay_texts(&[&text], "postgres");
    assert_eq!(outcome.diagnostics.len(), 0, "{}", short_text(&outcome));
    assert_eq!(outcome.replayed.counts.schema, 3 * n_tables);
}

fn run(section: &Section, dialect: &str) -> Option<Outcome> {
    let inputs = section.fences.iter().filter(|it| it.language == "sql");
    let texts: Vec<&str> = inputs.map(|it| it.body.as_str()).collect();
    (!texts.is_empty()).then(|| replay_texts(&texts, dialect))
}

fn parse<'a>(text: &'a str, dialect: &str) -> Parsed<'a> {
    let lexis = &find(dialect).lexis;
    Parsed { file: schemac::base::FileId(0), statements: sql::parse(text, lexis) }
}

fn find(name: &str) -> &'static Dialect {
    dialect::find(name).unwrap_or_else(|| panic!("there is no dialect `{name}`"))
}

fn replay_texts(texts: &[&str], dialect: &str) -> Outcome {
    let mut sources = Sources::default();
    let mut parsed = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        let file = sources.add(format!("migrations/{:03}.sql", number + 1), *text);
        parsed.push(Parsed { file, ..parse(text, dialect) });
    }
    let mut sink = Sink::default();
    let replayed = replay::replay(&parsed, find(dialect), &mut sink);
    Outcome { replayed, diagnostics: sink.finish(&sources), sources }
}

fn short_text(outcome: &Outcome) -> String {
    outcome.diagnostics.iter().fold(String::new(), |mut text, it| {
        let place = it.place().expect("a replay blames a text");
        let source = outcome.sources.get(place.file);
        let Span { start, .. } = place.span;
        let at = source.position(start as usize);
        let (severity, name) = (it.severity.as_str(), it.code.name);
        let _ = writeln!(
            text,
            "{}:{}:{}: {severity}[{name}]: {}",
            source.path, at.line, at.column, it.message
        );
        text
    })
}

fn schema_text(replayed: &Replayed) -> String {
    let mut text = String::new();
    let schema = &replayed.schema;
    for it in schema.namespaces.values() {
        let _ = writeln!(text, "schema {}{}", it.name, fields(it.into(), &[]));
    }
    for it in schema.enums.values() {
        let _ = writeln!(text, "enum {}{}", it.name, fields(it.into(), &[]));
    }
    for it in schema.tables.values() {
        table_text(it, &mut text);
    }
    for it in &schema.unknowns {
        let table = it.table.as_ref().map(|it| format!(" ({it})")).unwrap_or_default();
        let _ = writeln!(text, "unknown: {}{table}", it.reason);
    }
    text + &counts_text(replayed.counts)
}

fn table_text(table: &Table, text: &mut String) {
    let _ = writeln!(text, "table {}{}", table.name, fields(table.into(), &[("unlogged", "no")]));
    let usual = [
        ("nullable", "no"),
        ("touch", "no"),
        ("invisible", "no"),
        ("unique", "no"),
        ("nulls_not_distinct", "no"),
        ("match_full", "no"),
        ("enforced", "yes"),
        ("on_delete", "no action"),
        ("on_update", "no action"),
        ("deferral", "not deferrable"),
    ];
    for (id, part) in table.parts() {
        let name = id.part.as_ref().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(text, "  {} {name}{}", id.kind.keyword, fields(part, &usual));
    }
}

/// Returns the fields that are not what they usually are.
fn fields(object: Object, usual: &[(&str, &str)]) -> String {
    object.shown_fields().iter().fold(String::new(), |text, (name, value)| {
        if usual.contains(&(name, value.as_str())) {
            return text;
        }
        text + &format!(" {name}={value}")
    })
}

fn counts_text(it: Counts) -> String {
    let rows: BTreeMap<&str, usize> = BTreeMap::from([
        ("data", it.data),
        ("session", it.session),
        ("no effect", it.no_effect),
        ("rejected", it.rejected),
        ("not understood", it.not_understood),
    ]);
    let rest: usize = rows.values().sum();
    assert_eq!(it.schema + rest, it.statements, "each statement is of one class");
    let shown = rows.iter().filter(|it| *it.1 > 0).map(|it| format!(", {} {}", it.1, it.0));
    format!("counts: {} schema{}\n", it.schema, shown.collect::<String>())
}
