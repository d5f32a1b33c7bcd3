//! `renamed-from`: what is renamed is what it was, rows included.

use std::{cell::RefCell, collections::BTreeMap};

use proptest::{prelude::*, sample::subsequence, test_runner::TestRunner};
use schemac::{
    dialect::Dialect,
    model::Schema,
    plan::{Action, script::script as write},
};

use super::{
    assert_same, compile, dialects,
    generator::{World, world},
    history,
    on_servers::{apply, dialect_of},
    planned, rows, script,
};
use crate::{
    random::config,
    servers::{Database, servers},
};

/// Names of the generator: tables, enums, columns. Its indexes and constraints have names of their own.
const NAMES: [&str; 14] =
    ["t0", "t1", "t2", "t3", "e0", "e1", "id", "n", "c0", "c2", "r0", "r1", "g", "changed_at"];

/// How many pairs of schemas each server sees.
const CASES: u32 = 12;

fn names() -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(NAMES.to_vec(), 0..=6)
}

/// Returns the project with another name wherever one of those stands, each declaration saying where it comes from.
fn renamed(text: &str, names: &[&str]) -> String {
    let new: BTreeMap<&str, String> = names.iter().map(|it| (*it, format!("new_{it}"))).collect();
    let mut res = String::new();
    for line in text.lines() {
        if line.trim_start().starts_with("///") {
            res.push_str(&format!("{line}\n"));
            continue;
        }
        let mut out = String::new();
        let mut rest = line;
        while let Some(first) = rest.chars().next() {
            let is_word = |it: char| it == '_' || it.is_alphanumeric();
            let end = rest.find(|it| is_word(it) != is_word(first)).unwrap_or(rest.len());
            let word = &rest[..end];
            out.push_str(new.get(word).map_or(word, String::as_str));
            rest = &rest[end..];
        }
        let mut words = line.split_whitespace();
        let kind = words.next().unwrap_or_default();
        let name = words.next().unwrap_or_default();
        if ["table", "enum", "column"].contains(&kind) && new.contains_key(name) {
            let (head, tail) = out.strip_suffix('{').map_or((out.as_str(), ""), |it| (it, "{"));
            out = format!("{} renamed-from={name} {tail}", head.trim_end());
        }
        res.push_str(&format!("{}\n", out.trim_end()));
    }
    res
}

fn on_paper(dialect: &'static Dialect, old: &str, new: &str) {
    let (before, after) = (compile(old, dialect), compile(new, dialect));
    let first = script(&Schema::default(), &before, dialect);
    let second = script(&before, &after, dialect);
    let context = format!("{old}\n{new}\n{first}\n-- and then\n{second}");
    assert_same(&history(&[&first, &second], dialect), &after, &context);
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn renames_and_other_changes_replay_to_what_was_desired(old in world(), new in world(), names in names()) {
        for dialect in dialects() {
            on_paper(dialect, &old.kdl(dialect.name), &renamed(&new.kdl(dialect.name), &names));
        }
    }

    #[test]
    fn nothing_but_names_changes(world in world(), names in names()) {
        for dialect in dialects() {
            let old = world.kdl(dialect.name);
            let new = renamed(&old, &names);
            on_paper(dialect, &old, &new);
            let plan = planned(&compile(&old, dialect), &compile(&new, dialect), dialect);
            // MySQL neither renames a column that an expression mentions, nor knows enums by name.
            let strict = !dialect.foreign_key_makes_index;
            let is_rename = plan.steps.iter().all(|it| it.action == Action::Rename);
            prop_assert!(is_rename || !strict, "{old}\n{new}\n{}", write(&plan));
            prop_assert!(plan.hazards().next().is_none(), "{old}\n{new}\n{}", write(&plan));
        }
    }
}

#[test]
fn a_renamed_database_is_the_one_desired() {
    for server in servers() {
        let databases = RefCell::new((Database::fresh(server), Database::fresh(server)));
        let law = |(world, names): (World, Vec<&'static str>)| {
            let (fresh, moved) = &mut *databases.borrow_mut();
            fresh.clear();
            moved.clear();
            prove(fresh, moved, dialect_of(server), &world, &names);
            Ok(())
        };
        if let Err(error) = TestRunner::new(config(CASES)).run(&(world(), names()), law) {
            panic!("{}: {error}", server.name());
        }
    }
}

fn prove(
    fresh: &Database,
    moved: &Database,
    dialect: &'static Dialect,
    world: &World,
    names: &[&str],
) {
    let old = world.kdl(dialect.name);
    let new = renamed(&old, names);
    let (before, after) = (compile(&old, dialect), compile(&new, dialect));
    let first = script(&Schema::default(), &before, dialect);
    let second = script(&before, &after, dialect);
    let filling = rows::filling(&before, dialect);
    let context = format!("{old}\n{new}\n{first}\n{filling}\n-- and then\n{second}");
    apply(fresh, &script(&Schema::default(), &after, dialect));
    apply(moved, &first);
    apply(moved, &filling);
    let called =
        |name: &str| if names.contains(&name) { format!("new_{name}") } else { name.to_owned() };
    let there = rows_of(moved, &before, std::borrow::ToOwned::to_owned);
    if let Err(error) = moved.apply(&second) {
        panic!("{error}\n{context}");
    }
    assert_eq!(there, rows_of(moved, &before, called), "{context}");
    let dumped = moved.dump();
    assert_same(&history(&[&dumped], dialect), &after, &format!("{context}\n-- dumped\n{dumped}"));
    // A part that nobody named keeps the name that it has, so there the two databases may differ.
    if !dialect.diff(&before, &after).aliases.is_empty() {
        return;
    }
    let (wanted, found) = (called_alike(&fresh.catalog()), called_alike(&moved.catalog()));
    assert!(
        wanted == found,
        "{}\n{context}",
        similar::TextDiff::from_lines(&wanted, &found).unified_diff()
    );
}

/// Returns the catalog without what keeps the name that it was made under, though nobody speaks of it: PostgreSQL's
/// sequences of identity columns, and the checks that MariaDB's `json` is made of.
fn called_alike(catalog: &str) -> String {
    let is_spoken_of = |it: &&str| !it.starts_with("sequence ") && !it.contains("json_valid(");
    let kept: Vec<&str> = catalog.lines().filter(is_spoken_of).collect();
    kept.join("\n") + "\n"
}

/// Returns the rows of all tables, tables and columns being `called` something else by now.
fn rows_of(database: &Database, before: &Schema, called: impl Fn(&str) -> String) -> Vec<String> {
    let tables = before.tables.keys().map(|it| called(it.name.as_str()));
    tables.map(|it| rows::rows(database, &it, &called("id"), &called("n"))).collect()
}
