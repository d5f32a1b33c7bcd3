//! What the dialects write: whole schemas through their emitter rows, and on SQLite through the database too.

mod at_once;
mod shop;

use schemac::{
    base::FileId,
    diag::Sink,
    dialect::{DIALECTS, Dialect, Family, TypeFault, find},
    model::Schema,
    plan::{Knowledge, plan},
    replay::{self, Parsed},
    sql::{self, ast::TypeName},
};

#[test]
fn every_dialect_is_found_by_its_names() {
    for dialect in DIALECTS {
        assert_eq!(find(dialect.name), Some(*dialect));
        assert!(dialect.reserved.is_sorted(), "{dialect:?}");
        assert!(dialect.features.len() >= 4, "{dialect:?}");
    }
    assert_eq!(find("sqlite3").map(|it| it.name), Some("sqlite"));
}

#[test]
fn types_have_one_spelling() {
    let rows: &[(&str, &str, &[&str], &str)] = &[
        ("mysql", "integer", &["11"], "int"),
        ("mysql", "tinyint", &["1"], "tinyint(1)"),
        ("mysql", "tinyint", &["4"], "tinyint"),
        ("mysql", "boolean", &[], "tinyint(1)"),
        ("mysql", "numeric", &[], "decimal(10,0)"),
        ("mysql", "dec", &["8"], "decimal(8,0)"),
        ("mysql", "double precision", &[], "double"),
        ("mysql", "float", &["30"], "double"),
        ("mysql", "char", &[], "char(1)"),
        ("mysql", "datetime", &["0"], "datetime"),
        ("mysql", "timestamp", &["3"], "timestamp(3)"),
        ("mysql", "year", &["4"], "year"),
        ("mysql", "text", &["300"], "text"),
        ("mysql", "blob", &["70000"], "mediumblob"),
        ("mysql", "nvarchar", &["9"], "varchar(9)"),
        ("mariadb", "uuid", &[], "uuid"),
        ("sqlite", "int", &[], "int"),
        ("sqlite", "decimal", &["10", "2"], "decimal(10,2)"),
    ];
    for (dialect, name, args, expected) in rows {
        let ty = known(dialect).native_type(&written(name, args)).expect("the type is known");
        assert_eq!(ty.to_string(), *expected, "{dialect}: {name}");
    }
}

#[test]
fn portable_types_have_a_native_one() {
    let words = "uuid bool int bigint smallint text string json jsonb timestamptz timestamp date time decimal bytes \
                 inet double";
    for dialect in DIALECTS {
        for word in words.split_whitespace() {
            let name = written(word, &[]);
            let ty = dialect.native_type(&name).ok().or_else(|| dialect.portable_type(&name));
            let ty = ty.unwrap_or_else(|| panic!("{dialect:?} has no {word}"));
            assert_ne!(dialect.family(&ty), Family::Other, "{dialect:?}: {word}");
        }
        for (word, args) in [("decimal", &["10", "2"][..]), ("varchar", &["50"]), ("char", &["2"])]
        {
            assert!(dialect.native_type(&written(word, args)).is_ok(), "{dialect:?}: {word}");
        }
    }
}

#[test]
fn faults_of_types_are_told_apart() {
    let mysql = known("mysql");
    assert_eq!(mysql.native_type(&written("varchar", &[])), Err(TypeFault::NeedsLength));
    assert_eq!(mysql.native_type(&written("json", &["1"])), Err(TypeFault::TooManyArgs { max: 0 }));
    assert_eq!(mysql.native_type(&written("bigit", &[])), Err(TypeFault::Unknown));
    assert_eq!(mysql.nearest_type("bigit"), Some("bigint"));
    assert!(mysql.native_type(&written("uuid", &[])).is_err());
    let flag = mysql.native_type(&written("bool", &[])).expect("MySQL has BOOL");
    assert_eq!(mysql.family(&flag), Family::Bool);
}

#[test]
fn the_time_of_a_default_has_the_digits_of_its_column() {
    let mysql = known("mysql");
    let ty = mysql.native_type(&written("datetime", &["3"])).expect("MySQL has DATETIME(3)");
    let canonical = |text| mysql.default_expr(text, &ty).map(|it| it.canonical().to_owned());
    assert_eq!(canonical("CURRENT_TIMESTAMP"), canonical("current_timestamp(3)"));
}

#[test]
fn mysql_states_everything_about_a_table() {
    let mysql = known("mysql");
    let made = between(mysql, &Schema::default(), &shop::everything(mysql));
    assert_eq!(made, [EVERYTHING]);
}

const EVERYTHING: &str = r"CREATE TABLE everything (
    id bigint unsigned NOT NULL AUTO_INCREMENT COMMENT 'It''s the key',
    state enum('a''b', 'c') NOT NULL DEFAULT 'c',
    code varchar(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'x',
    doc json NOT NULL DEFAULT ('{}'),
    body text NOT NULL,
    `order` int,
    double_order int GENERATED ALWAYS AS (`order` * 2) STORED,
    seen_at timestamp(3) NULL,
    changed_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
    day date NOT NULL DEFAULT (CURRENT_DATE),
    hidden int NOT NULL DEFAULT 0 INVISIBLE,
    PRIMARY KEY (id),
    UNIQUE KEY code (code),
    CONSTRAINT everything_chk_1 CHECK (`order` > 0),
    KEY body (body(20), `order` DESC) COMMENT 'By body',
    FULLTEXT KEY words (body)
) DEFAULT CHARSET=utf8mb4 ENGINE=InnoDB COMMENT='All of it'";

#[test]
fn sqlite_takes_what_is_written_for_it() {
    let sqlite = known("sqlite");
    let (first, second) = (shop::first(sqlite), shop::second(sqlite));
    let empty = Schema::default();
    let database = rusqlite::Connection::open_in_memory().expect("memory is a database");
    let run = |statements: Vec<String>| {
        for text in statements {
            let res = database.execute_batch(&text);
            assert!(res.is_ok(), "{res:?}\n{text}");
        }
    };
    run(between(sqlite, &empty, &first));
    database.execute_batch(shop::ROWS).expect("the rows fit");
    run(between(sqlite, &first, &second));
    let count = |query: &str| database.query_row(query, [], |row| row.get::<_, i64>(0));
    assert_eq!(count("SELECT count(*) FROM orders"), Ok(2), "a rebuild deletes no row elsewhere");
    assert_eq!(count("SELECT count(*) FROM customers WHERE nickname = 'none'"), Ok(1));
    assert_eq!(count("SELECT count(*) FROM pragma_foreign_key_check"), Ok(0));
    let touch = "UPDATE orders SET updated_at = '2000-01-01'; UPDATE orders SET total = total + 1";
    database.execute_batch(touch).expect("orders can be updated");
    assert_eq!(count("SELECT count(*) FROM orders WHERE updated_at > '2020'"), Ok(2));
    let mut made = schema_of(&database);
    let fresh = rusqlite::Connection::open_in_memory().expect("memory is a database");
    for text in between(sqlite, &empty, &second) {
        fresh.execute_batch(&text).expect("a new database takes it");
    }
    let mut expected = schema_of(&fresh);
    made.sort();
    expected.sort();
    assert_eq!(made, expected);
    run(between(sqlite, &second, &first));
    assert_eq!(count("SELECT count(*) FROM pragma_table_info('log')"), Ok(1));
}

#[test]
fn what_is_emitted_replays_to_what_was_desired() {
    for dialect in DIALECTS {
        let (empty, first, second) =
            (Schema::default(), shop::first(dialect), shop::second(dialect));
        let mut histories = vec![
            (between(dialect, &empty, &first), &first),
            (between(dialect, &empty, &second), &second),
        ];
        // The way from the one to the other, too, where no foreign key depends on an index.
        if !dialect.foreign_key_makes_index {
            let changes = between(dialect, &first, &second);
            let all = histories[0].0.iter().cloned().chain(changes).collect();
            histories.push((all, &second));
        }
        for (history, desired) in histories {
            let text: String = history.into_iter().flat_map(|it| [it, ";\n".to_owned()]).collect();
            let statements = sql::parse(&text, &dialect.lexis);
            let parsed = [Parsed::new(FileId(0), statements)];
            let replayed = replay::replay(&parsed, dialect, &mut Sink::default());
            let rest = between(dialect, &replayed.schema, desired);
            assert_eq!(rest, Vec::<String>::new(), "{dialect:?}");
        }
    }
}

/// Returns what tells two SQLite databases apart, but for the order of columns.
fn schema_of(database: &rusqlite::Connection) -> Vec<String> {
    let query = "
        SELECT 'column ' || t.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || c.pk || ' '
            || c.hidden || ' ' || coalesce(c.dflt_value, '')
        FROM sqlite_schema t, pragma_table_xinfo(t.name) c WHERE t.type = 'table'
        UNION ALL SELECT 'index ' || t.name || ' ' || i.name || ' ' || i.\"unique\" || ' ' || coalesce(c.name, '')
        FROM sqlite_schema t, pragma_index_list(t.name) i, pragma_index_xinfo(i.name) c
        WHERE t.type = 'table' AND c.key AND i.origin = 'c'
        UNION ALL SELECT 'key ' || t.name || ' ' || k.\"table\" || ' ' || k.\"from\" || ' ' || k.\"to\" || k.on_delete
        FROM sqlite_schema t, pragma_foreign_key_list(t.name) k WHERE t.type = 'table'
        UNION ALL SELECT type || ' ' || name FROM sqlite_schema WHERE type = 'trigger'";
    let mut statement = database.prepare(query).expect("the catalog can be read");
    let rows = statement.query_map([], |row| row.get(0)).expect("the catalog has rows");
    rows.map(|it| it.expect("a row is a text")).collect()
}

/// Returns the statements from one schema to another.
fn between(dialect: &'static Dialect, current: &Schema, desired: &Schema) -> Vec<String> {
    let diff = dialect.diff(current, desired);
    let plan = plan(&diff, dialect, &Knowledge::default(), false);
    plan.steps.into_iter().flat_map(|it| it.statements).map(|it| it.text).collect()
}

fn known(name: &str) -> &'static Dialect {
    find(name).expect("the dialect exists")
}

fn written<'a>(name: &str, args: &[&'a str]) -> TypeName<'a> {
    TypeName {
        schema: None,
        name: name.to_owned(),
        quoted: false,
        args: args.iter().map(|&it| it.into()).collect(),
        values: Vec::new(),
        dimensions: 0,
        unsigned: false,
        zerofill: false,
        span: schemac::base::Span::default(),
    }
}
