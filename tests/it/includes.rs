//! Files that a script tells its client to read in the place of a line.

use schemac::project::{self, Outcome, Request, Side, files::InMemory};

fn replayed(dialect: &str, files: &[(&str, &str)]) -> Outcome {
    let mut repo = InMemory::default();
    for (path, text) in files {
        repo.insert(*path, *text);
    }
    let request = Request {
        from: Some(Side::Path("db".to_owned())),
        to: Some(Side::Empty),
        dialect: Some(dialect.to_owned()),
        ..Request::default()
    };
    project::plan(&repo, &request).expect("the folder is there")
}

fn said(outcome: &Outcome) -> Vec<String> {
    let one = |it: &schemac::diag::Diagnostic| {
        let place = it.place().expect("what is wrong with a history is somewhere");
        let source = outcome.sources.get(place.file);
        let line = source.position(place.span.start as usize).line;
        format!("{}:{line}: {}", source.path, it.message)
    };
    outcome.diagnostics.iter().map(one).collect()
}

#[test]
fn a_file_stands_in_the_place_of_the_line() {
    for (dialect, line) in [("postgres", "\\i parts/a.sql"), ("mysql", "source parts/a.sql;")] {
        let one =
            format!("CREATE TABLE a (x int);\n{line}\nALTER TABLE b ADD z int;\nDROP TABLE c;");
        let files =
            [("db/1.sql", &*one), ("parts/a.sql", "CREATE TABLE b (y int);\nDROP TABLE d;")];
        let outcome = replayed(dialect, &files);
        assert_eq!(outcome.history.statements, 5, "{dialect}");
        assert_eq!(outcome.history.files, 1, "{dialect}");
        let tables: Vec<String> = outcome.current.tables.keys().map(ToString::to_string).collect();
        assert_eq!(tables, ["a", "b"], "{dialect}");
        let said = said(&outcome);
        assert!(said[0].starts_with("db/1.sql:4: "), "{dialect}: {said:?}");
        assert!(said[1].starts_with("parts/a.sql:2: "), "{dialect}: {said:?}");
        assert_eq!(outcome.sessions, [0], "{dialect}");
    }
}

#[test]
fn paths_are_found_as_the_client_finds_them() {
    let a = "\\ir sub/b.sql\n\\i c.sql\n\\i 'with blank.sql'\n\\include_relative ../d.sql";
    let files = [
        ("db/a.sql", a),
        ("db/sub/b.sql", "CREATE TABLE b (x int);\n\\ir c.sql"),
        ("db/sub/c.sql", "CREATE TABLE c (x int);"),
        ("db/c.sql", "CREATE TABLE second (x int);"),
        ("c.sql", "CREATE TABLE first (x int);"),
        ("db/with blank.sql", "CREATE TABLE blank (x int);"),
        ("d.sql", "CREATE TABLE d (x int);"),
    ];
    let outcome = replayed("postgres", &files);
    let tables: Vec<String> = outcome.current.tables.keys().map(ToString::to_string).collect();
    assert_eq!(tables, ["b", "blank", "c", "d", "first", "second"], "{:?}", said(&outcome));
}

#[test]
fn a_file_of_the_history_that_another_reads_has_its_own_turn_too() {
    let files = [
        ("db/1.sql", "\\ir 2.sql"),
        ("db/2.sql", "CREATE TABLE IF NOT EXISTS a (x int);\nALTER TABLE a ADD y int;"),
    ];
    let outcome = replayed("postgres", &files);
    assert_eq!(outcome.history.statements, 4);
    assert_eq!(outcome.history.rejected, 1);
    assert_eq!(outcome.sessions, [0, 2]);
}

#[test]
fn what_is_missing_or_goes_in_circles_is_told_at_the_line() {
    let files = [
        ("db/1.sql", "\\i none.sql\nCREATE TABLE a (x int);\n\\i /etc/passwd"),
        ("db/2.sql", "\\ir more/3.sql"),
        ("db/more/3.sql", "CREATE TABLE c (x int);\n\\ir ../2.sql"),
    ];
    let outcome = replayed("postgres", &files);
    assert_eq!(outcome.history.not_understood, 2);
    assert_eq!(outcome.history.rejected, 1);
    assert_eq!(
        said(&outcome),
        [
            "db/1.sql:1: `none.sql` is a file that is not there",
            "db/1.sql:3: not understood: `/etc/passwd` is not a path within the project",
            "db/more/3.sql:2: not understood: `db/2.sql` reads itself",
        ]
    );
    let tables: Vec<String> = outcome.current.tables.keys().map(ToString::to_string).collect();
    assert_eq!(tables, ["a", "c"]);
}
