//! What `schemac drift` says of a database that was changed by hand.

use schemac::{
    live::{self, Access, Url},
    output::{DriftReport, Look, formats::find_format},
    project::{self, Expected, Request, files::InMemory},
};

use super::servers::{Database, Server, servers};

const HISTORY: &str =
    "CREATE TABLE plans (id int NOT NULL PRIMARY KEY, code varchar(20) NOT NULL, note varchar(99));
CREATE INDEX by_code ON plans (code);
";
const MODULES: &str = "module shop\ntable plans {\n    column id int primary-key\n    column code \"varchar(20)\"\n    \
    column note \"varchar(99)\" nullable\n    index code name=by_code\n}\n";
const BY_HAND: &str = "DROP INDEX by_code; CREATE TABLE audit (id int PRIMARY KEY);
ALTER TABLE plans ADD COLUMN price int DEFAULT 0; CREATE TABLE schema_migrations (version varchar(20) PRIMARY KEY);";

/// Returns what is said of the database, by people's format or another.
fn drift(dialect: &str, url: &str, expected: Expected, format: &str) -> String {
    let (text, said) = drift_from(HISTORY, (dialect, url), expected, format);
    assert!(said.is_empty(), "{said:?}");
    text
}

/// Returns what is said of the database that should hold the history, and the diagnostics.
fn drift_from(
    history: &str,
    (dialect, url): (&str, &str),
    expected: Expected,
    format: &str,
) -> (String, Vec<String>) {
    let mut files = InMemory::default();
    let config = format!("dialect {dialect}\nschemas \"schemas\"\nmigrations \"migrations\"\n");
    files.insert("schemac.kdl", config);
    files.insert("migrations/001_plans.sql", history);
    files.insert("schemas/shop.kdl", MODULES);
    let drift = project::drift(&files, &Request::default(), url, expected)
        .unwrap_or_else(|it| panic!("{}", it.message));
    let said = drift.outcome.diagnostics.iter();
    let said = said.map(|it| format!("{}: {}", it.code.name, it.message)).collect();
    let report = DriftReport {
        dialect: drift.outcome.dialect,
        database: "the database",
        expected: expected.as_str(),
        changes: drift.changes.as_deref().expect("nothing stands in the way"),
    };
    let render = find_format(format).and_then(|it| it.drift).expect("the format has a cell");
    (render(&report, &Look::default()), said)
}

/// Runs a script in a file of its own; returns the URL.
fn sqlite_file(name: &str, sql: &str) -> String {
    let path = format!("{}/{name}.db", env!("CARGO_TARGET_TMPDIR"));
    // Left from an earlier run.
    std::fs::remove_file(&path).ok();
    let url = Url::parse(&format!("sqlite:{path}")).expect("it names a file");
    let mut connection = live::connect(&url, Access::Write).expect("it is made");
    connection.execute(sql).expect("the script is well formed");
    url.to_string()
}

#[test]
fn what_was_done_by_hand_is_told() {
    let expected = "- column plans.price: only in the database
+ index plans.by_code: not in the database
- table audit: only in the database

Drift: 1 missing, 2 extra, 0 different\n";
    let sort = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let url = sqlite_file("drifted", &format!("{HISTORY}{BY_HAND}"));
    for side in [Expected::History, Expected::Modules] {
        assert_eq!(sort(&drift("sqlite", &url, side, "text")), sort(expected));
    }
    for server in servers().into_iter().filter(|it| *it == Server::Postgres) {
        let database = Database::fresh(server);
        database.apply(&format!("{HISTORY}{BY_HAND}")).expect("the script is well formed");
        for side in [Expected::History, Expected::Modules] {
            assert_eq!(sort(&drift("postgres", &database.url(), side, "text")), sort(expected));
        }
    }
}

#[test]
fn what_differs_is_shown_on_both_sides() {
    let sql = HISTORY.replace("note varchar(99)", "note varchar(40) NOT NULL");
    let url = sqlite_file("different", &sql);
    let text = drift("sqlite", &url, Expected::History, "text");
    assert_eq!(
        text,
        "~ column plans.note
    type in the database: varchar(40)
    type in the history: varchar(99)
    nullable in the database: no
    nullable in the history: yes

Drift: 0 missing, 0 extra, 1 different\n"
    );
    let json = drift("sqlite", &url, Expected::Modules, "json");
    for part in ["\"version\": 1", "\"change\": \"different\"", "\"database\": \"varchar(40)\""] {
        assert!(json.contains(part), "{json}");
    }
}

#[test]
fn nothing_is_said_of_what_is_as_it_should_be() {
    for server in servers() {
        let (url, database) = if server == Server::Sqlite {
            (sqlite_file("same", HISTORY), None)
        } else {
            let database = Database::fresh(server);
            database.apply(HISTORY).expect("the script is well formed");
            (database.url(), Some(database))
        };
        let text = drift(server.name(), &url, Expected::History, "text");
        assert_eq!(text, "No drift: the database holds what is in the history\n", "{server:?}");
        drop(database);
    }
}

/// Returns the servers that keep whom an object runs as, and views whose tables are gone.
fn mysql_and_mariadb() -> impl Iterator<Item = Server> {
    servers().into_iter().filter(|it| matches!(it, Server::MySql | Server::MariaDb))
}

#[test]
fn who_made_an_object_is_no_difference() {
    const PLAIN: &str = "CREATE TABLE a (id int PRIMARY KEY);
CREATE VIEW v AS SELECT id FROM a;
CREATE PROCEDURE p() SELECT 1;
CREATE FUNCTION f() RETURNS int DETERMINISTIC RETURN 1;
CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.id = 1;
CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1;
";
    let by = |definer: &str| {
        ["VIEW", "PROCEDURE", "FUNCTION", "TRIGGER", "EVENT"].iter().fold(
            PLAIN.to_owned(),
            |text, it| {
                text.replace(&format!("CREATE {it} "), &format!("CREATE DEFINER={definer} {it} "))
            },
        )
    };
    let (own, other) = (by("`root`@`localhost`"), by("'app'@'%'"));
    for server in mysql_and_mariadb() {
        // By the database's side, and by the history's.
        for (made, history, n_different) in [
            (PLAIN, &*own, 0),
            (&own, PLAIN, 0),
            (&other, PLAIN, 0),
            (&other, &other, 0),
            (PLAIN, &other, 5),
        ] {
            let database = Database::fresh(server);
            database.apply(made).expect("the script is well formed");
            let url = database.url();
            let (text, said) =
                drift_from(history, (server.name(), &url), Expected::History, "text");
            assert_eq!(said, [""; 0], "{server:?}");
            let n_found = text.lines().filter(|it| it.starts_with("~ ")).count();
            assert_eq!(n_found, n_different, "{server:?}: {text}");
            assert_eq!(text.matches("definer").count(), n_different, "{server:?}: {text}");
        }
    }
}

#[test]
fn views_that_work_no_more_are_told() {
    const BROKEN: &str = "CREATE TABLE a (id int PRIMARY KEY, note varchar(9));
CREATE TABLE b (id int PRIMARY KEY);
CREATE VIEW of_both AS SELECT a.id, b.id AS other FROM a JOIN b ON a.id = b.id;
CREATE VIEW of_b AS SELECT id FROM b;
CREATE VIEW of_view AS SELECT id FROM of_b;
CREATE VIEW of_note AS SELECT id, note FROM a;
CREATE VIEW sound AS SELECT id FROM a;
DROP TABLE b;
ALTER TABLE a DROP COLUMN note;
CREATE TABLE plans (id int PRIMARY KEY);
";
    for server in mysql_and_mariadb() {
        let database = Database::fresh(server);
        database.apply(BROKEN).expect("the script is well formed");
        let (text, said) =
            drift_from(BROKEN, (server.name(), &database.url()), Expected::History, "text");
        assert_eq!(
            text, "No drift: the database holds what is in the history\n",
            "{server:?}: {said:?}"
        );
        let names: Vec<&str> = said.iter().filter_map(|it| it.split('`').nth(1)).collect();
        assert_eq!(names, ["of_b", "of_both", "of_note"], "{server:?}: {said:?}");
    }
}
