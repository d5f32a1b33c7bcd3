//! The plans that pages show apply to a database that holds the page's history, and lead to the page's modules.

use std::{fs, path::Path, sync::Mutex};

use schemac::{
    diag::Severity,
    model::Schema,
    plan::script::script as script_of,
    project::{self, Outcome},
};

use super::{assert_holds, script};
use crate::{
    cases::{Input, Outputs, check_page},
    pages::find_files,
    run::{files, request, run},
    servers::{Database, servers},
};

/// The cases of the pages; a page's runner has nowhere else to put them.
static CASES: Mutex<Vec<Input>> = Mutex::new(Vec::new());

#[test]
fn plans_of_pages_apply() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    for path in ["diff", "plan"].iter().flat_map(|it| find_files(&root.join(it), ".md")) {
        let text = fs::read_to_string(&path).expect("a listed page is readable");
        // What the page shows is compared elsewhere.
        let _ = check_page(&path.to_string_lossy(), &text, collect);
    }
    let cases = CASES.lock().expect("no thread panics with it");
    let mut failures = Vec::new();
    for server in servers() {
        let mut database = Database::fresh(server);
        let mut n_applied = 0;
        for input in cases.iter().filter(|it| it.dialect == server.name()) {
            let Ok(outcome) = project::plan(&files(input), &request(input)) else { continue };
            if is_whole(&outcome) && !has_roles(input) {
                database.clear();
                failures.extend(apply(&database, input, &outcome).err());
                n_applied += 1;
            }
        }
        assert!(n_applied > 0, "no page is for {}", server.name());
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

fn collect(input: &Input) -> Outputs {
    CASES.lock().expect("no thread panics with it").push(input.clone());
    run(input)
}

/// Roles would outlive the test, and dumps do not hold them.
fn has_roles(input: &Input) -> bool {
    let text = |it: &[u8]| String::from_utf8_lossy(it).contains("CREATE ROLE");
    input.migrations.iter().any(|it| text(&it.bytes))
}

/// Returns whether everything is understood, so that the plan promises to apply.
fn is_whole(outcome: &Outcome) -> bool {
    let has_errors = outcome.diagnostics.iter().any(|it| it.severity == Severity::Error);
    !has_errors && outcome.plan.is_some() && outcome.history.not_understood == 0
}

fn apply(database: &Database, input: &Input, outcome: &Outcome) -> Result<(), String> {
    let is_sql = |path: &str| Path::new(path).extension().is_some_and(|it| it == "sql");
    let given = input.migrations.iter().chain(&input.current).filter(|it| is_sql(&it.path));
    let mut before: Vec<String> =
        given.map(|it| String::from_utf8_lossy(&it.bytes).into_owned()).collect();
    if input.current.iter().any(|it| !is_sql(&it.path)) {
        before.push(script(&Schema::default(), &outcome.current, outcome.dialect));
    }
    let plan = outcome.plan.as_ref().map(script_of).unwrap_or_default();
    for sql in before.iter().chain([&plan]) {
        let said = |error| {
            format!("{}: {error}\n{}\n-- and then\n{plan}", input.dialect, before.join("\n"))
        };
        database.apply(sql).map_err(said)?;
    }
    assert_holds(database, &outcome.desired, outcome.dialect, &plan);
    Ok(())
}
