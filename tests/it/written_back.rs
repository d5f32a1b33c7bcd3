//! What a replay writes back: in an order that the server takes, and to the dump that the history itself gives.

use schemac::{
    plan::script::script,
    project::{self, Request, Side, files::InMemory},
};

use crate::servers::{Database, Server, servers};

/// What is made here could not be made in the order of kinds and names.
const HISTORY: &str = r#"
CREATE SCHEMA tools;
CREATE TABLE zoo (id int, name text COLLATE "C", CONSTRAINT a_key UNIQUE (id));
ALTER TABLE zoo ADD CONSTRAINT b_key UNIQUE (id);
ALTER TABLE zoo ADD PRIMARY KEY (id);
CREATE INDEX by_name ON zoo ((name COLLATE "POSIX"), (lower(name) COLLATE "C"));
CREATE FUNCTION count_all() RETURNS int LANGUAGE plpgsql AS $$
DECLARE a zoo%ROWTYPE; b CONSTANT zoo.name%TYPE := 'x'; c public.zoo;
BEGIN IF true THEN DECLARE d zoo[]; BEGIN RETURN 1; END; END IF; RETURN 2; END $$;
CREATE FUNCTION reverse_eq(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $2 = $1';
CREATE OPERATOR ~~~ (FUNCTION = reverse_eq, LEFTARG = text, RIGHTARG = text);
CREATE FUNCTION tools.next_number() RETURNS int LANGUAGE sql AS 'SELECT 1';
SET search_path TO public, tools;
CREATE TABLE animals (id int DEFAULT next_number(), tame boolean DEFAULT (next_number() > 0));
CREATE FUNCTION f(a text DEFAULT NULL, b int DEFAULT next_number()) RETURNS int LANGUAGE sql AS 'SELECT 1';
RESET search_path;
"#;

fn written_back() -> String {
    let mut repo = InMemory::default();
    repo.insert("db/1.sql", HISTORY);
    let request = Request {
        from: Some(Side::Empty),
        to: Some(Side::Path("db".to_owned())),
        dialect: Some("postgres".to_owned()),
        ..Request::default()
    };
    let outcome = project::plan(&repo, &request).expect("the folder is there");
    let plan = outcome.plan.expect("the history is sound");
    script(&plan)
}

#[test]
fn what_others_need_comes_first() {
    let text = written_back();
    let at = |it: &str| text.find(it).unwrap_or_else(|| panic!("no {it} in\n{text}"));
    assert!(at("CREATE TABLE zoo") < at("CREATE FUNCTION count_all"));
    assert!(at("CREATE FUNCTION reverse_eq") < at("CREATE OPERATOR"));
    assert!(at("CREATE TABLE zoo") < at("ADD CONSTRAINT b_key"));
    assert!(text.contains("DEFAULT tools.next_number()"));
}

#[test]
fn its_dump_is_that_of_the_history() {
    for server in servers().into_iter().filter(|it| *it == Server::Postgres) {
        let mut database = Database::fresh(server);
        database.apply(HISTORY).expect("the server takes it");
        let expected = database.dump();
        database.clear();
        database.apply(&written_back()).unwrap_or_else(|it| panic!("{it}"));
        assert_eq!(sorted(&database.dump()), sorted(&expected));
    }
}

/// Returns the entries in an order of their own: what does not need each other may be made in any.
fn sorted(dump: &str) -> Vec<&str> {
    let mut entries: Vec<&str> = dump.split("\n--\n-- Name: ").collect();
    entries.sort_unstable();
    entries
}
