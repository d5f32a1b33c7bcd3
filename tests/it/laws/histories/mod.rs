//! Histories out of a hat: what replay says of them is what servers do.

mod grammar;
mod rows;

use std::{cell::RefCell, fmt::Write as _};

use proptest::{
    array::uniform32,
    collection::vec,
    option,
    prelude::*,
    test_runner::{Config, TestError, TestRunner},
};
use schemac::{
    base::Sources,
    diag::Sink,
    dialect::Dialect,
    diff::facts,
    model::{Schema, Table},
    replay::{self, Fate, Parsed},
    sql,
};

use super::planned;
use crate::{
    random::config,
    servers::{Database, Server, servers},
};
use grammar::{Choices, Grammar};

/// How many pairs of histories each server sees.
const CASES: u32 = 24;
/// How many, where a statement is work.
const SLOW_CASES: u32 = 32;

/// The statements of the rule `always`, most of those of `first`, and then some of `then`.
#[derive(Clone, Debug)]
struct History {
    always: Vec<Choices>,
    first: Vec<Option<Choices>>,
    then: Vec<Choices>,
}

impl History {
    fn texts(&self, grammar: &Grammar) -> Vec<String> {
        let always = grammar.rule("always").iter().zip(&self.always);
        let always = always.map(|(text, it)| grammar.expand(text, *it));
        let first = grammar.rule("first").iter().zip(&self.first);
        let first = first.filter_map(|(text, it)| it.map(|it| grammar.expand(text, it)));
        let then = self.then.iter().map(|it| grammar.expand("$then", *it));
        let texts = always.chain(first).chain(then);
        texts.flat_map(|it| it.split(" ;; ").map(str::to_owned).collect::<Vec<_>>()).collect()
    }
}

fn history(grammar: &Grammar) -> impl Strategy<Value = History> + use<> {
    let choices = || uniform32(any::<u8>());
    let always = vec(choices(), grammar.rule("always").len());
    let first = vec(option::weighted(0.9, choices()), grammar.rule("first").len());
    let all = (always, first, vec(choices(), 1..24));
    all.prop_map(|(always, first, then)| History { always, first, then })
}

#[test]
fn sqlite_and_replay_make_the_same_of_a_history() {
    on(Server::Sqlite, "sqlite", CASES);
}

#[test]
fn mysql_and_replay_make_the_same_of_a_history() {
    on(Server::MySql, "mysql", SLOW_CASES);
}

#[test]
fn mariadb_and_replay_make_the_same_of_a_history() {
    on(Server::MariaDb, "mysql", SLOW_CASES);
}

#[test]
fn postgres_and_replay_make_the_same_of_a_history() {
    on(Server::Postgres, "postgres", SLOW_CASES);
}

#[test]
fn triggers_come_to_tables_that_are_made_anew() {
    let tables = "CREATE TABLE a (id INTEGER PRIMARY KEY)|CREATE TABLE b (id INTEGER PRIMARY KEY)";
    let anew = "CREATE TABLE a (id INTEGER PRIMARY KEY, CHECK (id > 0))|CREATE TABLE b (id INTEGER PRIMARY KEY, a INTEGER REFERENCES a, CHECK (id > 1))";
    let trigger =
        |table: &str| format!("|CREATE TRIGGER touch AFTER UPDATE ON {table} BEGIN SELECT 1; END");
    let pairs = [
        (tables.to_owned(), format!("{anew}{}", trigger("a"))),
        (format!("{tables}{}", trigger("b")), format!("{anew}{}", trigger("a"))),
        (format!("{tables}{}", trigger("a")), format!("{anew}{}", trigger("b"))),
    ];
    let mut bench = Bench::set_up(Server::Sqlite);
    for (old, new) in pairs {
        let texts = |it: &str| it.split('|').map(str::to_owned).collect::<Vec<_>>();
        bench.prove(&texts(&old), &texts(&new)).unwrap_or_else(|it| panic!("{it}"));
    }
}

#[test]
fn plans_between_known_histories_of_postgres_arrive() {
    between(Server::Postgres, include_str!("postgres_pairs.txt"));
}

#[test]
fn plans_between_known_histories_of_mysql_arrive() {
    between(Server::MySql, include_str!("mysql_pairs.txt"));
}

#[test]
fn plans_between_known_histories_of_sqlite_arrive() {
    between(Server::Sqlite, include_str!("sqlite_pairs.txt"));
}

#[test]
fn plans_between_known_histories_of_mariadb_arrive() {
    between(Server::MariaDb, include_str!("mysql_pairs.txt"));
    between(Server::MariaDb, include_str!("mariadb_pairs.txt"));
}

fn between(server: Server, pairs: &str) {
    if !servers().contains(&server) {
        return;
    }
    let mut bench = Bench::set_up(server);
    let failures: Vec<String> = pairs
        .split("\n\n")
        .filter_map(|block| {
            let lines: Vec<String> =
                block.lines().filter(|it| !it.starts_with('#')).map(str::to_owned).collect();
            let middle = lines.iter().position(|it| it == "=>")?;
            bench.prove(&lines[..middle], &lines[middle + 1..]).err()
        })
        .collect();
    assert!(failures.is_empty(), "{}\n\n{} fail", failures.join("\n\n"), failures.len());
}

/// Proves the laws for pairs of histories; `file` is the grammar.
fn on(server: Server, file: &str, usual: u32) {
    if !servers().contains(&server) {
        return;
    }
    let grammar = Grammar::read(file, server.name());
    let bench = RefCell::new(Bench::set_up(server));
    // Histories are made smaller by their statements, not by the choices that made them.
    let config = Config { max_shrink_iters: 0, ..config(usual) };
    let pairs = (history(&grammar), history(&grammar));
    let outcome = TestRunner::new(config).run(&pairs, |(old, new)| {
        let (old, new) = (old.texts(&grammar), new.texts(&grammar));
        let mut bench = bench.borrow_mut();
        bench.prove(&old, &new).map_err(|it| TestCaseError::fail(bench.smaller(old, new, it)))
    });
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(reason, _)) => panic!("{}: {}", server.name(), reason.message()),
        Err(it) => panic!("{}: {it}", server.name()),
    }
}

/// Databases of one server: one runs a history, one is moved to it from another, one gets it written back.
struct Bench {
    dialect: &'static Dialect,
    ran: Database,
    moved: Database,
    fresh: Database,
}

/// What a history comes to on paper.
struct Paper {
    texts: Vec<String>,
    fates: Vec<Fate>,
    schema: Schema,
    said: String,
}

impl Bench {
    fn set_up(server: Server) -> Self {
        let fresh = || Database::fresh(server);
        let ran = fresh();
        Self { dialect: ran.dialect(), ran, moved: fresh(), fresh: fresh() }
    }

    /// Returns what fails of the laws.
    fn prove(&mut self, old: &[String], new: &[String]) -> Result<(), String> {
        let (mut before, after) = (self.paper(old), self.paper(new));
        if let Some(gone) = unpartitioned(&before.schema, &after.schema, self.dialect) {
            let texts: Vec<String> = old.iter().cloned().chain(gone).collect();
            before = self.paper(&texts);
        }
        for it in [&mut self.ran, &mut self.moved, &mut self.fresh] {
            it.clear();
        }
        agree(&self.ran, &after)?;
        let back = self.plan(&Schema::default(), &after.schema);
        let context = format!("{}\n-- written back", after.show());
        self.arrive(&self.fresh, &after, &back, "", &context)?;
        agree(&self.moved, &before)?;
        let first = script(&before.texts);
        let way = self.plan(&before.schema, &after.schema);
        let context = format!("{}\n-- moves to\n{}\n-- with", before.show(), after.show());
        self.arrive(&self.moved, &after, &way, &first, &context)
    }

    /// Takes statements away as long as the same fails; returns what is said in the end.
    fn smaller(&mut self, old: Vec<String>, new: Vec<String>, mut said: String) -> String {
        let words = |it: &str| it.split_whitespace().take(4).collect::<Vec<_>>().join(" ");
        let first = words(&said);
        let mut pair = [old, new];
        let mut size = pair[0].len().max(pair[1].len());
        while size > 0 {
            for side in 0..2 {
                let mut at = 0;
                while at < pair[side].len() {
                    let end = (at + size).min(pair[side].len());
                    let mut less = pair.clone();
                    // What nobody makes is taken to be there.
                    let stays = |it: &String| it.starts_with("CREATE SCHEMA s");
                    let kept: Vec<String> = less[side].drain(at..end).filter(stays).collect();
                    if kept.len() == end - at {
                        at = end;
                        continue;
                    }
                    let n_kept = kept.len();
                    less[side].splice(at..at, kept);
                    match self.prove(&less[0], &less[1]) {
                        Err(it) if words(&it) == first => {
                            (pair, said, at) = (less, it, at + n_kept);
                        }
                        _ => at = end,
                    }
                }
            }
            size /= 2;
        }
        said
    }

    /// Takes the way on the server and on paper; `first` is what the database comes from.
    fn arrive(
        &self,
        database: &Database,
        end: &Paper,
        way: &[String],
        first: &str,
        context: &str,
    ) -> Result<(), String> {
        let context = format!("{context}\n{}", script(way));
        for (text, failure) in way.iter().zip(database.run_each(way.iter().map(String::as_str))) {
            if let Some(it) = failure {
                return Err(format!("{}\nat {text}\n{context}", it.message));
            }
        }
        // Options that a schema does not state stay as they were.
        let real = database.try_read()?;
        let left = self.plan(&real, &end.schema);
        if !left.is_empty() {
            return Err(format!("left:\n{}\n{context}", script(&left)));
        }
        let walked = self.replay(&[first, &script(way)]);
        let n_before = walked.fates.len() - way.len();
        if let Some(at) = walked.fates[n_before..].iter().position(|it| *it == Fate::Rejected) {
            return Err(format!("replay rejects {}\n{}\n{context}", way[at], walked.said));
        }
        let left = self.plan(&walked.schema, &end.schema);
        if left.is_empty() {
            Ok(())
        } else {
            Err(format!("left on paper:\n{}\n{context}", script(&left)))
        }
    }

    fn plan(&self, current: &Schema, desired: &Schema) -> Vec<String> {
        let plan = planned(current, desired, self.dialect);
        plan.steps.iter().flat_map(|it| &it.statements).map(|it| it.text.clone()).collect()
    }

    fn paper(&self, texts: &[String]) -> Paper {
        Paper { texts: texts.to_vec(), ..self.replay(&[&script(texts)]) }
    }

    fn replay(&self, files: &[&str]) -> Paper {
        let (mut sources, mut sink) = (Sources::default(), Sink::default());
        let ids: Vec<_> = files.iter().map(|it| sources.add("history.sql", *it)).collect();
        let parse =
            |file| Parsed::new(file, sql::parse(&sources.get(file).text, &self.dialect.lexis));
        let parsed: Vec<Parsed> = ids.into_iter().map(parse).collect();
        let replayed = replay::replay(&parsed, self.dialect, &mut sink);
        let fates = replayed.fates.iter().map(|it| it.1).collect();
        let said: Vec<String> =
            sink.finish(&sources).into_iter().map(|it| format!("-- {}", it.message)).collect();
        Paper { texts: Vec::new(), fates, schema: replayed.schema, said: said.join("\n") }
    }
}

impl Paper {
    fn show(&self) -> String {
        format!("{}{}", script(&self.texts), self.said)
    }
}

/// Partitions that a schema does not state stay, and so would what they forbid: returns how they are taken away.
fn unpartitioned(old: &Schema, new: &Schema, dialect: &Dialect) -> Option<Vec<String>> {
    let is_cut = |it: &Table| it.options.contains_key("partition_by");
    let tables = old.tables.values().filter(|it| is_cut(it));
    let gone = tables.filter(|it| new.table(&it.name).is_some_and(|it| !is_cut(it)));
    let text = |it: &Table| format!("ALTER TABLE {} REMOVE PARTITIONING", dialect.qname(&it.name));
    let texts: Vec<String> = gone.map(text).collect();
    (!texts.is_empty()).then_some(texts)
}

/// Returns the statements as a script that a client can run.
fn script(texts: &[String]) -> String {
    texts.iter().fold(String::new(), |res, it| res + it + ";\n")
}

/// Runs the history; fails where server and replay make different things of it.
fn agree(database: &Database, paper: &Paper) -> Result<(), String> {
    if let Some((at, said)) = disagreement(database, paper) {
        return Err(format!("{said}\n{}\n-- in\n{}", paper.texts[at], paper.show()));
    }
    same(database, &paper.schema).map_err(|it| format!("{it}\n-- in\n{}", paper.show()))
}

/// Runs the history; returns the first statement that only one of server and replay takes.
fn disagreement(database: &Database, paper: &Paper) -> Option<(usize, String)> {
    let said = database.run_each(paper.texts.iter().map(String::as_str));
    for (at, (fate, said)) in paper.fates.iter().zip(said).enumerate() {
        // Replay knows no rows.
        let agrees = said.is_some() == (*fate == Fate::Rejected) || *fate == Fate::Data;
        if *fate == Fate::NotUnderstood || !agrees {
            return Some((at, format!("{fate:?}, but: {:?}", said.map(|it| it.message))));
        }
    }
    None
}

/// Fails where the database does not hold the schema.
fn same(database: &Database, schema: &Schema) -> Result<(), String> {
    let real = database.try_read()?;
    let mut res = String::new();
    for it in facts(&real, schema).differences {
        let _ = writeln!(res, "{} {}: {:?}, expected {:?}", it.id, it.field, it.real, it.expected);
    }
    if res.is_empty() { Ok(()) } else { Err(res) }
}
