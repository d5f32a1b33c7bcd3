//! What a history comes to on paper is what a server holds that ran it, statement by statement and going on after errors.

use std::{fmt::Write as _, fs, path::Path, sync::Mutex};

use schemac::{
    base::Sources,
    diag::Sink,
    diff::diff,
    replay::{self, Parsed},
    sql,
};

use super::on_servers::dialect_of;
use crate::{
    cases::{Input, Outputs, check_page},
    pages::find_files,
    run::run,
    servers::{Database, Server, servers},
};

/// The cases of the pages; a page's runner has nowhere else to put them.
static CASES: Mutex<Vec<Input>> = Mutex::new(Vec::new());

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
        for input in cases.iter().filter(|it| it.dialect == server.name()) {
            database.clear();
            failures.extend(compare(&database, server, input).err());
        }
    }
    assert!(failures.is_empty(), "{}\n\n{} differ", failures.join("\n\n"), failures.len());
}

fn collect(input: &Input) -> Outputs {
    CASES.lock().expect("no thread panics with it").push(input.clone());
    run(input)
}

fn compare(database: &Database, server: Server, input: &Input) -> Result<(), String> {
    let dialect = dialect_of(server);
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let texts = input.migrations.iter().map(|it| String::from_utf8_lossy(&it.bytes).into_owned());
    let ids: Vec<_> = texts.map(|it| sources.add("history.sql", it)).collect();
    let parse =
        |file| Parsed { file, statements: sql::parse(&sources.get(file).text, &dialect.lexis) };
    let parsed: Vec<Parsed> = ids.iter().map(|it| parse(*it)).collect();
    let replayed = replay::replay(&parsed, dialect, &mut sink);
    if replayed.counts.not_understood > 0 || parsed.is_empty() {
        return Ok(());
    }
    let mut said = String::new();
    let mut n_failed = 0;
    database.with(|connection| {
        for statement in parsed.iter().flat_map(|it| &it.statements) {
            if let Err(failure) = connection.execute(statement.text) {
                let _ = writeln!(said, "-- {failure}");
                n_failed += 1;
            }
        }
    });
    let found = database.try_read()?;
    let changes = diff(&found, &replayed.schema, &()).changes;
    if changes.is_empty() && n_failed == replayed.counts.rejected {
        return Ok(());
    }
    let texts: Vec<&str> = ids.iter().map(|it| sources.get(*it).text.as_str()).collect();
    let reports = sink.finish(&sources).into_iter();
    let reports: Vec<String> =
        reports.map(|it| format!("-- {}: {}", it.code.name, it.message)).collect();
    Err(format!(
        "{}:\n{}\n{said}{}\n{changes:#?}",
        server.name(),
        texts.join("\n-- next\n"),
        reports.join("\n")
    ))
}
