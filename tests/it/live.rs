//! Connections to databases: what URLs say, what sessions may do, what failures tell.

use schemac::live::{self, Access, System, Tls, Url};

use super::servers::{Database, Server, servers};

fn parse(text: &str) -> Url {
    Url::parse(text).unwrap_or_else(|it| panic!("{}", it.message))
}

fn fault(text: &str) -> String {
    Url::parse(text).expect_err("there is a mistake in it").message
}

#[test]
fn urls_say_where_and_who() {
    let url = parse("postgres://app:p%40s%2Fs@db.example.com:5433/shop?sslmode=verify-full");
    assert_eq!(url.system, System::Postgres);
    assert_eq!(url.user.as_deref(), Some("app"));
    assert_eq!(url.host.as_deref(), Some("db.example.com"));
    assert_eq!((url.port, url.database.as_str(), url.tls), (Some(5433), "shop", Tls::VerifyFull));
    let url = parse("postgresql://[::1]/shop?connect_timeout=3&application_name=x");
    assert_eq!((url.host.as_deref(), url.port), (Some("::1"), None));
    let url = parse("mariadb://root@/shop?socket=/run/mysqld/mysqld.sock&ssl-mode=VERIFY_IDENTITY");
    assert_eq!((url.system, url.tls), (System::MySql, Tls::VerifyFull));
    assert_eq!(url.host.as_deref(), Some("/run/mysqld/mysqld.sock"));
    assert_eq!(url.with_database("scratch").database, "scratch");
    for (text, file) in [
        ("sqlite:shop.db", "shop.db"),
        ("sqlite://shop.db", "shop.db"),
        ("sqlite:///var/shop.db?mode=ro", "/var/shop.db"),
    ] {
        assert_eq!(parse(text).database, file);
    }
}

#[test]
fn passwords_are_never_shown() {
    let url = parse("postgres://app:se:cr@et@db/shop?password=secret");
    assert_eq!(url.to_string(), "postgres://app@db/shop");
    assert_eq!(format!("{url:?}"), "postgres://app@db/shop");
    for text in [
        "postgres://app:secret@db:port/shop",
        "postgres://app:secret@db",
        "postgres://app:se/cret@db",
        "mysql://app:secret?cret@db/shop?sslmod=off",
        "mysql://db/shop?user=app&password=secret&x=y",
    ] {
        assert!(!fault(text).contains("cret"), "{}", fault(text));
    }
}

#[test]
fn mistakes_in_urls_are_told() {
    for (text, what) in [
        ("shop.db", "the name of a system"),
        ("oracle://db/shop", "nothing is known of `oracle:`"),
        ("postgres:/db", "`//` is missing"),
        ("postgres://db", "it names no database"),
        ("postgres://a,b/shop", "it names several hosts"),
        ("postgres://db:x/shop", "its port is no number"),
        ("postgres://db/%zz", "after a `%`"),
        ("postgres://db/shop?sslmode=perhaps", "`perhaps` is no way to protect"),
        ("postgres://db/shop?sslmod=require", "did you mean `sslmode`?"),
        ("mysql://db/shop?connect_timeout=soon", "`soon` is no number of seconds"),
        ("sqlite:", "it names no database"),
    ] {
        assert!(fault(text).contains(what), "{text}: {}", fault(text));
    }
}

#[test]
fn no_connection_is_told() {
    for text in [
        "postgres://app:secret@127.0.0.1:1/shop?connect_timeout=2",
        "postgres://app:secret@/shop?host=/no/such/folder",
        "mysql://app:secret@127.0.0.1:1/shop?connect_timeout=2",
        "sqlite:/no/such/folder/shop.db",
    ] {
        let error = live::connect(&parse(text), Access::Read).err().expect("nobody is there");
        assert_eq!(error.code.name, "database-not-reachable");
        assert!(error.message.starts_with("cannot connect to `"), "{}", error.message);
        assert!(!error.message.contains("secret"), "{}", error.message);
    }
}

#[test]
fn sessions_that_read_cannot_write() {
    for server in servers() {
        let database = Database::fresh(server);
        if server == Server::Sqlite {
            continue;
        }
        database.apply("CREATE TABLE t (a int)").expect("the script is well formed");
        let mut connection = database.connect(Access::Read);
        for sql in ["CREATE TABLE u (a int)", "DROP TABLE t", "INSERT INTO t VALUES (1)"] {
            let failure = connection.execute(sql).expect_err("the session only reads");
            assert!(failure.message.to_lowercase().contains("read"), "{server:?}: {failure}");
        }
        assert!(database.read().tables.len() == 1, "{server:?}");
    }
}

#[test]
fn failures_have_code_and_position() {
    for server in servers() {
        let database = Database::fresh(server);
        let mut connection = match server {
            Server::Sqlite => live::sqlite_in_memory(),
            _ => database.connect(Access::Write),
        };
        assert_eq!(connection.dialect.name, server.name());
        assert!(connection.version > (0, 0), "{:?}", connection.version);
        connection.execute("CREATE TABLE t (a int)").expect("the statement is well formed");
        let failure =
            connection.execute("ALTER TABLE t ADD COLUMN a int").expect_err("it is there");
        let (code, position) = match server {
            Server::Postgres => ("42701", None),
            Server::MariaDb | Server::MySql => ("1060", None),
            Server::Sqlite => ("1", None),
        };
        assert_eq!((failure.code.as_str(), failure.position), (code, position), "{failure}");
        let rows = connection.query("SELECT 1, NULL, 'x'").expect("the query is well formed");
        assert_eq!(rows[0].0, [Some("1".to_owned()), None, Some("x".to_owned())]);
    }
}

#[test]
fn what_is_not_the_users_is_left_out() {
    for server in servers().into_iter().filter(|it| *it == Server::Postgres) {
        let database = Database::fresh(server);
        database
            .apply("CREATE EXTENSION hstore; CREATE TEMP TABLE gone (a int); CREATE TABLE kept (a hstore);")
            .expect("the script is well formed");
        let schema = database.read();
        let names: Vec<String> = schema.tables.keys().map(ToString::to_string).collect();
        assert_eq!(names, ["kept"]);
        assert!(schema.namespaces.is_empty() && schema.enums.is_empty());
    }
}
