//! The harness for scratch databases does what it promises, on each server that is there.

use super::servers::{Database, servers};

const PARENT: &str =
    "CREATE TABLE parent (id int NOT NULL, code varchar(20) DEFAULT 'x', PRIMARY KEY (id));";
const CHILD: &str = "CREATE TABLE child (id int NOT NULL PRIMARY KEY, parent_id int,
    points int DEFAULT 0 CHECK (points >= 0),
    CONSTRAINT child_parent FOREIGN KEY (parent_id) REFERENCES parent (id) ON DELETE CASCADE);
    CREATE UNIQUE INDEX child_points ON child (parent_id, points);";

#[test]
fn dump_holds_what_was_applied() {
    for server in servers() {
        let database = Database::fresh(server);
        assert_eq!(database.apply(&format!("{PARENT}\n{CHILD}")), Ok(()), "{server:?}");
        let dump = database.dump();
        assert!(dump.contains("child_points"), "{server:?}: {dump}");
        let copy = Database::fresh(server);
        assert_eq!(copy.apply(&dump), Ok(()), "{server:?}: {dump}");
        assert_eq!(copy.catalog(), database.catalog(), "{server:?}");
        assert_eq!(copy.dump(), dump, "{server:?}");
    }
}

#[test]
fn catalog_tells_all_facts() {
    for server in servers() {
        let database = Database::fresh(server);
        database.apply(&format!("{PARENT}\n{CHILD}")).expect("the script is well formed");
        let catalog = database.catalog();
        for fact in ["table", "column", "child_points", "parent_id", "CASCADE", ">= 0", "default"] {
            assert!(catalog.contains(fact), "{server:?} does not tell `{fact}`:\n{catalog}");
        }
    }
}

#[test]
fn catalog_tells_databases_apart() {
    let variants = [
        PARENT.to_owned(),
        PARENT.replace(" NOT NULL", ""),
        PARENT.replace("'x'", "'y'"),
        PARENT.replace("varchar(20)", "varchar(21)"),
        PARENT.replace("code", "codes"),
        PARENT.replace("PRIMARY KEY (id)", "UNIQUE (id)"),
        PARENT.replace("PRIMARY KEY (id)", "CHECK (id > 0)"),
        format!("{PARENT} CREATE INDEX by_code ON parent (code);"),
        format!("{PARENT} CREATE INDEX by_code ON parent (code DESC);"),
    ];
    for server in servers() {
        let catalogs = variants.each_ref().map(|it| {
            let database = Database::fresh(server);
            database.apply(it).expect("the script is well formed");
            database.catalog()
        });
        for (at, catalog) in catalogs.iter().enumerate() {
            // A key column is NOT NULL without saying so, except in SQLite.
            let twin = catalogs[..at].iter().position(|it| it == catalog);
            assert!(twin.is_none() || at == 1, "{server:?}: {} = {}", variants[at], catalog);
        }
    }
}

#[test]
fn column_order_is_no_fact() {
    for server in servers() {
        let one = Database::fresh(server);
        one.apply("CREATE TABLE t (a int, b int);").expect("the script is well formed");
        let other = Database::fresh(server);
        other.apply("CREATE TABLE t (b int, a int);").expect("the script is well formed");
        assert_eq!(one.catalog(), other.catalog(), "{server:?}");
    }
}

#[test]
fn cleared_database_is_as_fresh() {
    for server in servers() {
        let fresh = Database::fresh(server);
        let mut database = Database::fresh(server);
        database.apply(&format!("{PARENT}\n{CHILD}")).expect("the script is well formed");
        database.clear();
        assert_eq!(database.catalog(), fresh.catalog(), "{server:?}");
    }
}

#[test]
fn mistake_is_told() {
    for server in servers() {
        let database = Database::fresh(server);
        let res = database
            .apply("CREATE TABLE t (a int); CREATE TABLE t (a int); CREATE TABLE u (a int);");
        assert!(res.is_err_and(|it| it.contains("exist")), "{server:?}");
        assert!(!database.catalog().contains("table u"), "{server:?} goes on after an error");
    }
}
