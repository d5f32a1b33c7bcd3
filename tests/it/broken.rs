//! Good modules broken in one place each: one mistake is one diagnostic, at that place.

use std::collections::BTreeSet;

use schemac::{
    dialect::DIALECTS,
    project::{self, Outcome, Request, files::InMemory},
};

const CATALOG: &str = include_str!("broken/catalog.kdl");
const ORDERS: &str = include_str!("broken/orders.kdl");

const ROWS: &str = include_str!("broken/rows.txt");

fn project(dialect: &str, [catalog, orders]: [&str; 2]) -> Outcome {
    let mut files = InMemory::default();
    files.insert("schemac.kdl", format!("dialect {dialect}\n"));
    files.insert("schemas/catalog.kdl", catalog);
    files.insert("schemas/orders.kdl", orders);
    project::check(&files, &Request::default()).expect("all files are there")
}

/// A diagnostic's name, the text at its label and its help.
type Said = (&'static str, String, String);

fn said(outcome: &Outcome) -> Vec<Said> {
    let told = |it: &schemac::diag::Diagnostic| {
        let place = it.place().expect("a text is to blame");
        let at = &outcome.sources.get(place.file).text[place.span.range()];
        (it.code.name, at.to_owned(), it.help.clone().unwrap_or_default())
    };
    outcome.diagnostics.iter().map(told).collect()
}

#[test]
fn the_modules_are_good() {
    for dialect in DIALECTS {
        assert_eq!(said(&project(dialect.name, [CATALOG, ORDERS])), [], "{}", dialect.name);
    }
}

#[test]
fn one_mistake_is_one_diagnostic() {
    let mut failures = Vec::new();
    let rows = ROWS.lines().filter(|it| !it.is_empty() && !it.starts_with("# "));
    let mut seen = BTreeSet::new();
    for row in rows {
        assert!(seen.insert(row), "{row} stands twice");
        let cells: Vec<String> = format!(" {row} ")
            .split(" | ")
            .map(|it| it.trim_matches(' ').replace('⏎', "\n"))
            .collect();
        let [dialect, good, bad, name, label, help] = cells.as_slice() else {
            panic!("{row} has {} cells", cells.len());
        };
        let dialect = if dialect.is_empty() { "postgres" } else { dialect };
        let n_found = CATALOG.matches(good).count() + ORDERS.matches(good).count();
        assert_eq!(n_found, 1, "{good:?} is not there just once");
        let [catalog, orders] = [CATALOG, ORDERS].map(|it| it.replace(good, bad));
        let said = said(&project(dialect, [&catalog, &orders]));
        let is_right = |it: &Said| it.0 == name && it.1 == *label && it.2.contains(help);
        if !matches!(said.as_slice(), [only] if is_right(only)) {
            failures.push(format!("{row}\n  says {said:?}"));
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}
