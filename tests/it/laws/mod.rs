//! What holds for every schema, on paper and on real servers.

mod generator;
mod histories;
mod imported;
mod invented;
mod on_paper;
mod on_servers;
mod pages;
mod renames;
mod replayed;
mod rows;
mod wide;

use std::fmt::Write as _;

use schemac::{
    base::Sources,
    diag::Sink,
    dialect::{DIALECTS, Dialect},
    diff::diff,
    model::Schema,
    plan::{self, Knowledge, Plan, script},
    replay::{self, Parsed},
    resolve, sql, syntax,
};

use crate::servers::Database;

/// Returns the dialects that `SCHEMAC_TEST_DIALECTS` names, or all.
fn dialects() -> impl Iterator<Item = &'static Dialect> {
    let named = std::env::var("SCHEMAC_TEST_DIALECTS").unwrap_or_default();
    let is_named = move |it: &&Dialect| named.is_empty() || named.split(',').any(|n| n == it.name);
    DIALECTS.iter().copied().filter(is_named)
}

/// Compiles one KDL file that has to be without mistakes.
pub(crate) fn compile(text: &str, dialect: &'static Dialect) -> Schema {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let id = sources.add("schema.kdl", text);
    let document = syntax::parse(id, &sources.get(id).text, &mut sink);
    let file = resolve::File { id, document: &document };
    let schema = resolve::resolve(&[file], &sources, dialect, &mut sink);
    assert_silent(sink, &sources, text);
    schema
}

/// Replays scripts that have to be understood and accepted whole.
pub(crate) fn history(texts: &[&str], dialect: &'static Dialect) -> Schema {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let ids: Vec<_> = texts.iter().map(|it| sources.add("history.sql", *it)).collect();
    let parsed: Vec<Parsed> = ids
        .into_iter()
        .map(|file| Parsed::new(file, sql::parse(&sources.get(file).text, &dialect.lexis)))
        .collect();
    let replayed = replay::replay(&parsed, dialect, &mut sink);
    assert_silent(sink, &sources, &texts.join("\n-- next\n"));
    replayed.schema
}

fn assert_silent(sink: Sink, sources: &Sources, text: &str) {
    let mut said = String::new();
    for it in sink.finish(sources) {
        let at = it.place().map(|it| sources.text(it).to_owned()).unwrap_or_default();
        let _ = writeln!(said, "{}: {} at {at:?}", it.code.name, it.message);
    }
    assert!(said.is_empty(), "{said}\n{text}");
}

fn planned(current: &Schema, desired: &Schema, dialect: &'static Dialect) -> Plan {
    plan::plan(&dialect.diff(current, desired), dialect, &Knowledge::default(), false)
}

pub(crate) fn script(current: &Schema, desired: &Schema, dialect: &'static Dialect) -> String {
    script::script(&planned(current, desired, dialect))
}

/// Fails with what differs and how it came to that.
pub(crate) fn assert_same(current: &Schema, desired: &Schema, context: &str) {
    let changes = diff(current, desired, &()).changes;
    assert!(changes.is_empty(), "{changes:#?}\n{context}");
}

/// Fails unless the database holds the schema, as its dump and as its catalog tell.
pub(crate) fn assert_holds(
    database: &Database,
    schema: &Schema,
    dialect: &'static Dialect,
    context: &str,
) {
    let dumped = database.dump();
    assert_same(&history(&[&dumped], dialect), schema, &format!("{context}\n-- dumped\n{dumped}"));
    assert_same(&database.read(), schema, &format!("{context}\n-- read\n{dumped}"));
}
