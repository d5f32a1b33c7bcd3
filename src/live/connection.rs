//! A session with a database: one statement after another, and rows as texts.

use std::fmt;

use mysql::prelude::Queryable as _;

use super::{Row, Tls, Url, codes, tls, url::System};
use crate::{
    diag::Diagnostic,
    dialect::{self, Dialect},
};

/// What a session may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    Read,
    Write,
}

/// A session with a database.
pub struct Connection {
    pub dialect: &'static Dialect,
    /// The server's: `(15, 4)`, `(8, 4)`, `(10, 11)`.
    pub version: (u32, u32),
    client: Client,
}

enum Client {
    Postgres(Box<postgres::Client>),
    MySql(Box<mysql::Conn>),
    Sqlite(rusqlite::Connection),
}

/// Why a server did not do what it was told.
#[derive(Clone, Debug)]
pub struct Failure {
    pub message: String,
    /// PostgreSQL's SQLSTATE, MySQL's or SQLite's number of the error.
    pub code: String,
    /// Where in the statement, in characters from 0, if the server says so.
    pub position: Option<usize>,
}

/// Opens a session.
pub fn connect(url: &Url, access: Access) -> Result<Connection, Box<Diagnostic>> {
    let client = match url.system {
        System::Postgres => connect_postgres(url),
        System::MySql => connect_mysql(url),
        System::Sqlite => open_sqlite(url, access),
    };
    let opened = client.and_then(|it| Connection::open(it, access));
    opened.map_err(|it| Box::new(codes::not_reachable(url, &it.message)))
}

/// Returns an empty SQLite database that lives as long as the session.
pub fn sqlite_in_memory() -> Connection {
    let client = rusqlite::Connection::open_in_memory().expect("memory is there");
    Connection::open(Client::Sqlite(client), Access::Write).expect("nothing stands in the way")
}

impl Connection {
    fn open(client: Client, access: Access) -> Result<Self, Failure> {
        let mut res = Self { dialect: dialect::DIALECTS[0], version: (0, 0), client };
        let (ask, read_only, dialect) = match &res.client {
            Client::Postgres(_) => {
                ("SHOW server_version", "SET default_transaction_read_only = on", "postgres")
            }
            Client::MySql(_) => ("SELECT VERSION()", "SET SESSION TRANSACTION READ ONLY", "mysql"),
            Client::Sqlite(_) => ("SELECT sqlite_version()", "PRAGMA query_only = ON", "sqlite"),
        };
        let text = res.query(ask)?.first().map(|it| it.text(0).to_owned()).unwrap_or_default();
        res.version = version(&text);
        let name = if text.contains("MariaDB") { "mariadb" } else { dialect };
        let dialect = dialect::find(name).expect("every system has a dialect");
        res.dialect = dialect.of_version(&text).unwrap_or(dialect);
        if access == Access::Read {
            res.execute(read_only)?;
        }
        Ok(res)
    }

    /// Runs statements whose rows do not matter.
    pub fn execute(&mut self, sql: &str) -> Result<(), Failure> {
        match &mut self.client {
            Client::Postgres(it) => it.batch_execute(sql).map_err(of_postgres),
            Client::MySql(it) => it.query_drop(sql).map_err(of_mysql),
            Client::Sqlite(it) => it.execute_batch(sql).map_err(of_sqlite),
        }
    }

    /// Runs one statement and returns its rows.
    pub fn query(&mut self, sql: &str) -> Result<Vec<Row>, Failure> {
        match &mut self.client {
            Client::Postgres(it) => query_postgres(it, sql).map_err(of_postgres),
            Client::MySql(it) => {
                let rows: Vec<mysql::Row> = it.query(sql).map_err(of_mysql)?;
                Ok(rows
                    .into_iter()
                    .map(|it| Row(it.unwrap().iter().map(text_of).collect()))
                    .collect())
            }
            Client::Sqlite(it) => query_sqlite(it, sql).map_err(of_sqlite),
        }
    }
}

fn connect_postgres(url: &Url) -> Result<Client, Failure> {
    let mut config = postgres::Config::new();
    config.host(url.host.as_deref().unwrap_or("localhost"));
    config.user(url.user.as_deref().unwrap_or("postgres"));
    config.dbname(&url.database).application_name("schemac").connect_timeout(url.timeout);
    config.ssl_mode(tls::mode(url));
    // Notices are for the clients that run scripts.
    config.notice_callback(drop);
    if let Some(port) = url.port {
        config.port(port);
    }
    if let Some(password) = &url.password {
        config.password(password);
    }
    let connector = tls::connector(url).map_err(Failure::new)?;
    let client = config.connect(connector).map_err(of_postgres)?;
    Ok(Client::Postgres(Box::new(client)))
}

fn connect_mysql(url: &Url) -> Result<Client, Failure> {
    let host = url.host.as_deref().unwrap_or("localhost");
    let socket = Some(host).filter(|it| it.starts_with('/'));
    let options = mysql::OptsBuilder::new()
        .ip_or_hostname(Some(host))
        .socket(socket)
        .tcp_port(url.port.unwrap_or(3306))
        .user(url.user.as_deref())
        .pass(url.password.as_deref())
        .db_name(Some(&url.database))
        .prefer_socket(false)
        // Literals have the collation that the server gives the character set, as with its own client.
        .init(vec!["SET NAMES utf8mb4"])
        .tcp_connect_timeout(Some(url.timeout));
    let protected = tls::mysql_options(url).filter(|_| socket.is_none());
    let may_do_without = url.tls == Tls::Prefer && protected.is_some();
    let client = match mysql::Conn::new(options.clone().ssl_opts(protected)) {
        Err(mysql::Error::DriverError(mysql::DriverError::TlsNotSupported)) if may_do_without => {
            mysql::Conn::new(options)
        }
        it => it,
    };
    Ok(Client::MySql(Box::new(client.map_err(of_mysql)?)))
}

fn open_sqlite(url: &Url, access: Access) -> Result<Client, Failure> {
    use rusqlite::OpenFlags;
    let flags = match access {
        Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
    };
    let client = rusqlite::Connection::open_with_flags(&url.database, flags).map_err(of_sqlite)?;
    Ok(Client::Sqlite(client))
}

fn query_postgres(client: &mut postgres::Client, sql: &str) -> Result<Vec<Row>, postgres::Error> {
    let messages = client.simple_query(sql)?;
    let rows = messages.iter().filter_map(|it| match it {
        postgres::SimpleQueryMessage::Row(row) => Some(row),
        _ => None,
    });
    let values = |row: &postgres::SimpleQueryRow| {
        (0..row.len()).map(|at| row.get(at).map(str::to_owned)).collect()
    };
    Ok(rows.map(|row| Row(values(row))).collect())
}

fn query_sqlite(client: &rusqlite::Connection, sql: &str) -> Result<Vec<Row>, rusqlite::Error> {
    use rusqlite::types::ValueRef;
    let mut statement = client.prepare(sql)?;
    let n_columns = statement.column_count();
    let rows = statement.query_map([], |row| {
        let text = |at| {
            Ok(match row.get_ref(at)? {
                ValueRef::Null => None,
                ValueRef::Integer(it) => Some(it.to_string()),
                ValueRef::Real(it) => Some(it.to_string()),
                ValueRef::Text(it) | ValueRef::Blob(it) => {
                    Some(String::from_utf8_lossy(it).into_owned())
                }
            })
        };
        (0..n_columns).map(text).collect::<Result<_, _>>().map(Row)
    })?;
    rows.collect()
}

fn text_of(value: &mysql::Value) -> Option<String> {
    match value {
        mysql::Value::NULL => None,
        mysql::Value::Bytes(it) => Some(String::from_utf8_lossy(it).into_owned()),
        it => Some(it.as_sql(true)),
    }
}

/// Returns the first two numbers of the text.
fn version(text: &str) -> (u32, u32) {
    let mut numbers = text.split(|it: char| !it.is_ascii_digit()).filter(|it| !it.is_empty());
    let mut next = || numbers.next().and_then(|it| it.parse().ok()).unwrap_or_default();
    (next(), next())
}

impl Failure {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: String::new(), position: None }
    }
}

fn of_postgres(error: postgres::Error) -> Failure {
    let Some(it) = error.as_db_error() else {
        let cause = std::error::Error::source(&error).map(|it| format!(": {it}"));
        return Failure::new(format!("{error}{}", cause.unwrap_or_default()));
    };
    let position = match it.position() {
        Some(postgres::error::ErrorPosition::Original(at)) => Some(*at as usize - 1),
        _ => None,
    };
    Failure { message: it.message().to_owned(), code: it.code().code().to_owned(), position }
}

fn of_mysql(error: mysql::Error) -> Failure {
    match error {
        mysql::Error::MySqlError(it) => {
            Failure { message: it.message, code: it.code.to_string(), position: None }
        }
        // Those of the network come wrapped in names of Rust.
        mysql::Error::IoError(it) => Failure::new(it.to_string()),
        mysql::Error::CodecError(it) => Failure::new(it.to_string()),
        mysql::Error::DriverError(it) => Failure::new(it.to_string()),
        it => Failure::new(it.to_string()),
    }
}

fn of_sqlite(error: rusqlite::Error) -> Failure {
    let code = error.sqlite_error().map(|it| it.extended_code.to_string()).unwrap_or_default();
    Failure { message: error.to_string(), code, position: None }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
