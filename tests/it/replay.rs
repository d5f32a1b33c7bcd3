//! Histories: the order of files, names of new files, size. What single statements do is on the pages in
//! `tests/cases/replay`.

use std::fmt::Write as _;

use schemac::base::Sources;
use schemac::diag::Sink;
use schemac::dialect::{self, Dialect};
use schemac::migrations::{self, Migration, MigrationFile};
use schemac::replay::{self, Parsed};
use schemac::sql;

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
    let mut sink = Sink::default();
    let replayed = replay::replay(&[parse(&text, "postgres")], find("postgres"), &mut sink);
    assert_eq!(sink.iter().count(), 0);
    assert_eq!(replayed.counts.schema, 3 * n_tables);
}

fn parse<'a>(text: &'a str, dialect: &str) -> Parsed<'a> {
    let lexis = &find(dialect).lexis;
    Parsed::new(schemac::base::FileId(0), sql::parse(text, lexis))
}

fn find(name: &str) -> &'static Dialect {
    dialect::find(name).unwrap_or_else(|| panic!("there is no dialect `{name}`"))
}
