//! One mistake, one diagnostic: what is missing is told once, and softly where an unread statement may have made it.

use std::collections::BTreeMap;

use super::codes;
use crate::{
    base::{Place, QName},
    diag::{Diagnostic, Sink},
    model::Table,
};

/// What was said to be missing, and which names statements that were not understood may have made or taken away.
#[derive(Default)]
pub(super) struct Blame {
    /// By the last name of what is missing, which is that of the table, and by all that is said of it.
    told: BTreeMap<String, BTreeMap<String, Told>>,
    settled: Vec<Told>,
    touched: BTreeMap<String, Place>,
    anything: Option<Place>,
}

struct Told {
    diagnostic: Diagnostic,
    n_repeats: usize,
}

impl Blame {
    /// Takes the names out of a statement that was not understood and may hold DDL.
    pub(super) fn note_unread(&mut self, text: &str, place: Place) {
        if text.starts_with('\\') || starts_with(text, "source") {
            self.anything.get_or_insert(place);
        }
        if starts_with(text, "create policy") {
            return;
        }
        for name in names_touched(text) {
            self.touched.entry(name).or_insert(place);
        }
    }

    /// Returns the statement that may have made or taken away what an error is about.
    pub(super) fn suspect(&self, about: &str) -> Option<Place> {
        let name = about.split('`').nth(1).unwrap_or(about).to_ascii_lowercase();
        let own = name.rsplit('.').next().unwrap_or(&name);
        self.touched.get(own).copied().or(self.anything)
    }

    /// Keeps the first diagnostic about something that is missing; counts the others.
    pub(super) fn tell(&mut self, about: String, diagnostic: Diagnostic) {
        let told = self.told.entry(last_name(&about).to_owned()).or_default();
        match told.get_mut(&about) {
            Some(told) => told.n_repeats += 1,
            None => {
                told.insert(about, Told { diagnostic, n_repeats: 0 });
            }
        }
    }

    /// A table and its columns are there now: if they are missing again, that is another mistake.
    pub(super) fn settle(&mut self, table: &Table) {
        self.settle_relation(&table.name, table.columns.iter().map(|it| it.name.as_str()));
    }

    /// A view is there now, with these columns.
    pub(super) fn settle_relation<'a>(
        &mut self,
        name: &QName,
        columns: impl Iterator<Item = &'a str>,
    ) {
        if self.told.is_empty() {
            return;
        }
        let Some(told) = self.told.get_mut(&name.to_string()) else { return };
        for about in columns.map(|it| about_column(name, it)).chain([about_table(name)]) {
            self.settled.extend(told.remove(&about));
        }
    }

    pub(super) fn finish(self, sink: &mut Sink) {
        let told: BTreeMap<String, Told> = self.told.into_values().flatten().collect();
        for told in self.settled.into_iter().chain(told.into_values()) {
            sink.push(codes::with_repeats(told.diagnostic, told.n_repeats));
        }
    }
}

fn last_name(about: &str) -> &str {
    about.rsplit('`').nth(1).unwrap_or(about)
}

pub(super) fn about_table(name: &QName) -> String {
    format!("table `{name}`")
}

pub(super) fn about_column(table: &QName, column: &str) -> String {
    format!("column `{column}` of table `{table}`")
}

/// Words between a verb and the name of what it makes or takes away.
#[rustfmt::skip]
const BETWEEN: &[&str] = &[
    "or", "replace", "global", "local", "temp", "temporary", "unlogged", "unique", "materialized",
    "table", "view", "type", "domain", "index", "key", "column", "constraint", "foreign", "value",
    "concurrently", "if", "not", "exists", "only",
];

/// Returns the names after `CREATE`, `ADD`, `DROP`, `RENAME`, `CHANGE` and `TO`, wherever they stand, in lower case. Where a name is
/// put together at run time, it may be any word of the text.
fn names_touched(text: &str) -> Vec<String> {
    let text = text.replace(['"', '`'], "").to_ascii_lowercase();
    let is_part = |it: char| it.is_alphanumeric() || matches!(it, '_' | '.' | '%' | '$');
    let words: Vec<&str> = text.split(|it| !is_part(it)).filter(|it| !it.is_empty()).collect();
    let own = |it: &str| it.rsplit('.').next().unwrap_or(it).to_owned();
    let mut res = Vec::new();
    for (at, verb) in words.iter().enumerate() {
        if !matches!(*verb, "create" | "add" | "drop" | "rename" | "change" | "to") {
            continue;
        }
        let behind = &words[at + 1..];
        let n_between = behind.iter().take_while(|it| BETWEEN.contains(it)).count();
        match behind.get(n_between) {
            Some(name) if name.contains('%') && *verb != "to" => {
                return words.into_iter().map(own).collect();
            }
            Some(name) => {
                res.push(own(name));
                // `CHANGE old new`
                let new = behind.get(n_between + 1).filter(|_| *verb == "change");
                res.extend(new.map(|it| own(it)));
            }
            None => {}
        }
    }
    res
}

fn starts_with(text: &str, words: &str) -> bool {
    text.get(..words.len()).is_some_and(|it| it.eq_ignore_ascii_case(words))
}
