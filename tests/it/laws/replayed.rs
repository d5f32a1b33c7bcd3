//! What a history comes to on paper is what a server holds that ran it, statement by statement and going on after errors.

use std::{fmt::Write as _, fs, path::Path, sync::Mutex};

use schemac::{
    base::Sources,
    diag::Sink,
    diff::diff,
    replay::{self, Fate, Parsed},
    sql,
};

use crate::{
    cases::{Input, Outputs, check_page},
    pages::find_files,
    run::run,
    servers::{Database, servers},
};

/// The cases of the pages; a page's runner has nowhere else to put them.
static CASES: Mutex<Vec<Input>> = Mutex::new(Vec::new());

/// What a page holds that is left out, and why.
const LEFT_OUT: [(&str, &str); 8] = [
    ("CREATE DATABASE", "the database would outlive the test"),
    ("CREATE ROLE", "so would the role"),
    ("sqlite_sequence", "dumps hold what the server makes itself"),
    (
        "INSERT INTO sqlite_schema",
        "SQLite reads its catalog anew only when it opens the file again",
    ),
    ("IF NOT EXISTS i ON t (nothing)", "the server looks at the columns all the same"),
    ("REFERENCES users", "since version 9, MySQL keeps what is written after a column"),
    ("TRIGGER b_changed_at_touch", "a trigger of a renamed table is known by its old name only"),
    (
        "ALTER TABLE a DEFAULT CHARSET",
        "a column that keeps its character set is not told from one that states it",
    ),
];

#[test]
fn histories_of_pages_are_what_servers_make_of_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["tests/cases/replay", "tests/cases/diff", "tests/cases/plan", "docs/errors"];
    for path in folders.iter().flat_map(|it| find_files(&root.join(it), ".md")) {
        let text = fs::read_to_string(&path).expect("a listed page is readable");
        // What the page shows is compared elsewhere.
        let _ = check_page(&path.to_string_lossy(), &text, collect);
    }
    let cases = CASES.lock().expect("no thread panics with it");
    let mut failures = Vec::new();
    for server in servers() {
        let mut database = Database::fresh(server);
        let own = cases.iter().filter(|it| it.dialect == server.name() && !is_left_out(it));
        for input in own {
            database.clear();
            failures.extend(compare(&database, input).err());
        }
    }
    assert!(failures.is_empty(), "{}\n\n{} differ", failures.join("\n\n"), failures.len());
}

fn collect(input: &Input) -> Outputs {
    CASES.lock().expect("no thread panics with it").push(input.clone());
    run(input)
}

fn compare(database: &Database, input: &Input) -> Result<(), String> {
    let dialect = database.dialect();
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let texts = input.migrations.iter().map(|it| String::from_utf8_lossy(&it.bytes).into_owned());
    let ids: Vec<_> = texts.map(|it| sources.add("history.sql", it)).collect();
    let parse = |file| Parsed::new(file, sql::parse(&sources.get(file).text, &dialect.lexis));
    let parsed: Vec<Parsed> = ids.iter().map(|it| parse(*it)).collect();
    let replayed = replay::replay(&parsed, dialect, &mut sink);
    if replayed.counts.not_understood > 0 || parsed.is_empty() {
        return Ok(());
    }
    let mut wrong = String::new();
    let mut fates = replayed.fates.iter();
    for file in &parsed {
        let said = database.run_script(&sources.get(file.file).text, &file.statements);
        for ((statement, said), (_, fate)) in file.statements.iter().zip(said).zip(&mut fates) {
            if said.is_some() != (*fate == Fate::Rejected) {
                let _ = writeln!(wrong, "{fate:?}, but: {said:?}\n{}", statement.text);
            }
        }
    }
    let changes = diff(&database.try_read()?, &replayed.schema, &()).changes;
    if changes.is_empty() && wrong.is_empty() {
        return Ok(());
    }
    let texts: Vec<&str> = ids.iter().map(|it| sources.get(*it).text.as_str()).collect();
    let reports = sink.finish(&sources).into_iter().map(|it| format!("-- {}", it.message));
    let reports: Vec<String> = reports.collect();
    Err(format!(
        "{} ends in {changes:#?}\n{wrong}{}\n{}",
        input.dialect,
        texts.join("\n-- next\n"),
        reports.join("\n")
    ))
}

/// Returns whether a history is left out.
fn is_left_out(input: &Input) -> bool {
    let texts = input.migrations.iter().map(|it| String::from_utf8_lossy(&it.bytes));
    let texts: Vec<_> = texts.collect();
    LEFT_OUT.iter().any(|(mark, _)| texts.iter().any(|it| it.contains(mark)))
}
