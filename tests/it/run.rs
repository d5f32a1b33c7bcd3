//! A case as a project in memory, and what the whole program makes of it.

use std::collections::BTreeMap;

use schemac::{
    diag::Diagnostic,
    output::{Look, formats::find_format},
    project::{self, EmitRequest, Fault, Outcome, Request, Side, files::InMemory},
};

use super::{
    cases::{Input, Outputs},
    schema_text::{counts_text, schema_text},
};

/// Runs the files of a case.
pub(crate) fn run(input: &Input) -> Outputs {
    let files = files(input);
    let outcome = match project::plan(&files, &request(input)) {
        Ok(it) => it,
        Err(fault) => return fault_outputs(&fault),
    };
    let diagnostics: Vec<String> =
        outcome.diagnostics.iter().map(|it| it.code.name.to_owned()).collect();
    Outputs {
        repaired: repaired(input, &outcome),
        texts: texts(input, &files, &outcome),
        diagnostics,
    }
}

fn fault_outputs(fault: &Fault) -> Outputs {
    let help = fault.help.as_ref().map(|it| format!("  help: {it}\n")).unwrap_or_default();
    let text = format!("error: {}\n{help}", fault.message);
    Outputs {
        diagnostics: vec!["fault".to_owned()],
        texts: [("report", text.clone()), ("short", text)].into(),
        repaired: None,
    }
}

pub(crate) fn files(input: &Input) -> InMemory {
    let mut files = InMemory::default();
    let config = input.config.clone().unwrap_or_else(|| {
        let migrations = if input.migrations.is_empty() { "" } else { "migrations migrations\n" };
        format!("dialect {}\n{migrations}", input.dialect)
    });
    files.insert("schemac.kdl", config);
    for it in [&input.desired, &input.migrations, &input.current].into_iter().flatten() {
        files.insert(&*it.path, it.bytes.clone());
    }
    files
}

/// A side without files is an empty database.
pub(crate) fn request(input: &Input) -> Request {
    let from = match (&*input.migrations, &*input.current) {
        (_, [_, ..]) => Some(Side::Path("current".to_owned())),
        ([], []) => Some(Side::Empty),
        _ => None,
    };
    let to = input.desired.is_empty().then_some(Side::Empty);
    Request { from, to, dialect: Some(input.dialect.clone()), ..Request::default() }
}

fn texts(input: &Input, files: &InMemory, outcome: &Outcome) -> BTreeMap<&'static str, String> {
    let report = outcome.report();
    let look = Look::default();
    let diagnostics = |name| find_format(name).and_then(|it| it.diagnostics);
    let plan = |name| find_format(name).and_then(|it| it.plan);
    let rows = [
        ("report", diagnostics("text")),
        ("short", diagnostics("short")),
        ("json check", diagnostics("json")),
        ("plan", plan("text")),
        ("sql emit", plan("sql")),
        ("json", plan("json")),
    ];
    let render = |(info, render): (&'static str, Option<schemac::output::formats::Render>)| {
        (info, render.expect("the format has the cell")(&report, &look))
    };
    let mut texts: BTreeMap<&'static str, String> = rows.into_iter().map(render).collect();
    texts.insert("sql files", new_files(files, outcome));
    let schema = if input.desired.is_empty() {
        schema_text(&outcome.current, outcome.dialect) + &counts_text(&outcome.history)
    } else {
        schema_text(&outcome.desired, outcome.dialect)
    };
    texts.insert("schema", schema);
    texts
}

/// Returns the files that `emit` writes at a certain second, each under its path.
fn new_files(files: &InMemory, outcome: &Outcome) -> String {
    let request = EmitRequest {
        root: String::new(),
        name: None,
        split: schemac::plan::script::Split::default(),
        timestamp: "20300101120000".to_owned(),
    };
    match project::emit(files, outcome, &request) {
        Ok(files) => {
            let texts: Vec<String> =
                files.iter().map(|it| format!("-- file: {}\n{}", it.path, it.text)).collect();
            texts.concat()
        }
        Err(fault) => fault_outputs(&fault).texts["report"].clone(),
    }
}

/// Applies all repairs; returns what is said of the repaired files, `None` where nothing has a repair.
fn repaired(input: &Input, outcome: &Outcome) -> Option<Vec<String>> {
    let fixes = outcome.diagnostics.iter().filter_map(|it| it.fix.as_ref());
    let mut edits: Vec<_> = fixes.flat_map(|it| &it.edits).collect();
    if edits.is_empty() {
        return None;
    }
    edits.sort_by_key(|it| (it.place.file, it.place.span));
    let mut input = input.clone();
    for edit in edits.iter().rev() {
        let path = &outcome.sources.get(edit.place.file).path;
        if path == "schemac.kdl" {
            input.config.get_or_insert_default().replace_range(edit.place.span.range(), &edit.text);
            continue;
        }
        let mut modules = input.desired.iter_mut().chain(&mut input.current);
        let file = modules.find(|it| it.path == *path).expect("only modules have repairs");
        file.bytes.splice(edit.place.span.range(), edit.text.bytes());
    }
    let outcome = project::check(&files(&input), &request(&input)).ok()?;
    Some(outcome.diagnostics.iter().map(|it: &Diagnostic| it.code.name.to_owned()).collect())
}
