//! Database URLs: `postgres://user:password@host:5432/shop?sslmode=verify-full`, `sqlite:shop.db`.

use std::{fmt, time::Duration};

use super::codes;
use crate::{base::suggest, diag::Diagnostic};

/// Where a database is and how to get in.
#[derive(Clone, PartialEq, Eq)]
pub struct Url {
    pub system: System,
    pub user: Option<String>,
    pub(super) password: Option<String>,
    /// A name, an address or, where it begins with `/`, the folder or file of a Unix socket.
    pub host: Option<String>,
    pub port: Option<u16>,
    /// The database's name; SQLite's file.
    pub database: String,
    pub tls: Tls,
    /// The file with the authorities that the server's certificate is checked against.
    pub root_cert: Option<String>,
    pub timeout: Duration,
}

/// Which client to talk with; `mysql` and `mariadb` share one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    Postgres,
    MySql,
    Sqlite,
}

/// How much the connection is protected (<https://www.postgresql.org/docs/current/libpq-ssl.html>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tls {
    Disable,
    /// Where the server can.
    Prefer,
    Require,
    /// The certificate is of a known authority.
    VerifyCa,
    /// The certificate is also the host's.
    VerifyFull,
}

const SCHEMES: [(&str, System); 5] = [
    ("postgres", System::Postgres),
    ("postgresql", System::Postgres),
    ("mysql", System::MySql),
    ("mariadb", System::MySql),
    ("sqlite", System::Sqlite),
];

/// The words of `sslmode` and, without hyphens, of MySQL's `ssl-mode`.
const TLS: [(&str, Tls); 9] = [
    ("disable", Tls::Disable),
    ("disabled", Tls::Disable),
    ("allow", Tls::Prefer),
    ("prefer", Tls::Prefer),
    ("preferred", Tls::Prefer),
    ("require", Tls::Require),
    ("required", Tls::Require),
    ("verify-ca", Tls::VerifyCa),
    ("verify-full", Tls::VerifyFull),
];

const PARAMETERS: [&str; 12] = [
    "connect_timeout",
    "dbname",
    "host",
    "password",
    "port",
    "socket",
    "ssl-ca",
    "ssl-mode",
    "sslaccept",
    "sslmode",
    "sslrootcert",
    "user",
];

/// What URLs of applications carry for their own libraries; the schema does not depend on it.
const FOR_OTHERS: [&str; 14] = [
    "application_name",
    "channel_binding",
    "charset",
    "connection_limit",
    "gssencmode",
    "mode",
    "options",
    "parseTime",
    "pgbouncer",
    "pool_timeout",
    "schema",
    "search_path",
    "serverVersion",
    "target_session_attrs",
];

impl Url {
    /// Reads a database URL.
    pub fn parse(text: &str) -> Result<Self, Box<Diagnostic>> {
        let wrong = |why: &str| Box::new(codes::wrong_url(&hidden(text), why));
        let Some((scheme, rest)) = text.split_once(':') else {
            return Err(wrong("it does not begin with the name of a system"));
        };
        let Some((_, system)) = SCHEMES.iter().find(|it| it.0 == scheme) else {
            return Err(wrong(&format!("nothing is known of `{scheme}:`")));
        };
        let mut url = Self::new(*system);
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        if *system == System::Sqlite {
            let path = rest.strip_prefix("//").unwrap_or(rest);
            url.database = decoded(path).ok_or_else(|| wrong(NOT_TEXT))?;
        } else {
            let rest = rest.strip_prefix("//").ok_or_else(|| wrong("`//` is missing"))?;
            url.read_address(rest).map_err(|it| wrong(&it))?;
        }
        for parameter in query.split('&').filter(|it| !it.is_empty()) {
            let (key, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            let value = decoded(value).ok_or_else(|| wrong(NOT_TEXT))?;
            url.set(key, value).map_err(|it| wrong(&it))?;
        }
        if url.database.is_empty() {
            return Err(wrong("it names no database"));
        }
        Ok(url)
    }

    /// Returns the same server's database of another name.
    #[must_use]
    pub fn with_database(&self, name: &str) -> Self {
        Self { database: name.to_owned(), ..self.clone() }
    }

    fn new(system: System) -> Self {
        Self {
            system,
            user: None,
            password: None,
            host: None,
            port: None,
            database: String::new(),
            tls: Tls::Prefer,
            root_cert: None,
            timeout: Duration::from_secs(10),
        }
    }

    /// Reads `user:password@host:port/database`.
    fn read_address(&mut self, text: &str) -> Result<(), String> {
        let text_of = |it: &str| decoded(it).ok_or_else(|| NOT_TEXT.to_owned());
        let (address, database) = text.split_once('/').unwrap_or((text, ""));
        self.database = text_of(database)?;
        // A password may hold an `@` that nobody has written as `%40`.
        let host = match address.rsplit_once('@') {
            Some((login, host)) => {
                let (user, password) =
                    login.split_once(':').map_or((login, None), |it| (it.0, Some(it.1)));
                self.user = Some(text_of(user)?).filter(|it| !it.is_empty());
                self.password = password.map(text_of).transpose()?;
                host
            }
            None => address,
        };
        if host.contains(',') {
            return Err("it names several hosts".to_owned());
        }
        let (host, port) = match host.strip_prefix('[').and_then(|it| it.split_once(']')) {
            Some((address, port)) => (address, port.strip_prefix(':')),
            None => host.split_once(':').map_or((host, None), |it| (it.0, Some(it.1))),
        };
        if let Some(port) = port.filter(|it| !it.is_empty()) {
            self.read_port(port)?;
        }
        self.host = Some(text_of(host)?).filter(|it| !it.is_empty());
        Ok(())
    }

    fn read_port(&mut self, text: &str) -> Result<(), String> {
        // What stands there may be half of a password.
        let port = text.parse().map_err(|_| "its port is no number".to_owned())?;
        self.port = Some(port);
        Ok(())
    }

    fn set(&mut self, key: &str, value: String) -> Result<(), String> {
        match key {
            "host" | "socket" => self.host = Some(value),
            "port" => self.read_port(&value)?,
            "user" => self.user = Some(value),
            "password" => self.password = Some(value),
            "dbname" => self.database = value,
            "sslmode" | "ssl-mode" | "ssl_mode" => self.tls = read_tls(&value)?,
            "sslaccept" if value == "strict" => self.tls = Tls::VerifyFull,
            "sslaccept" => self.tls = Tls::Require,
            "sslrootcert" | "ssl-ca" => self.root_cert = Some(value),
            "connect_timeout" => {
                let seconds =
                    value.parse().map_err(|_| format!("`{value}` is no number of seconds"))?;
                self.timeout = Duration::from_secs(seconds);
            }
            _ if FOR_OTHERS.contains(&key) => {}
            _ => {
                let nearest =
                    suggest::nearest(key, PARAMETERS).map(|it| format!("; did you mean `{it}`?"));
                return Err(format!("nothing is known of `{key}`{}", nearest.unwrap_or_default()));
            }
        }
        Ok(())
    }
}

const NOT_TEXT: &str = "after a `%` there are no two hexadecimal digits, or they make no UTF-8";

fn read_tls(value: &str) -> Result<Tls, String> {
    let word =
        value.to_ascii_lowercase().replace('_', "-").replace("verify-identity", "verify-full");
    let found = TLS.iter().find(|it| it.0 == word);
    found.map(|it| it.1).ok_or_else(|| format!("`{value}` is no way to protect a connection"))
}

/// Returns the text without its percent signs.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, others)) = rest.split_first() {
        rest = others;
        if first == b'%' {
            let digits = std::str::from_utf8(others.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &others[2..];
        } else {
            bytes.push(first);
        }
    }
    String::from_utf8(bytes).ok()
}

/// Returns the text without what may be a password.
fn hidden(text: &str) -> String {
    let mut res = match (text.split_once("://"), text.rsplit_once('@')) {
        (Some((scheme, rest)), Some((login, host))) if login.len() > scheme.len() => {
            let user = rest.split([':', '@']).next().unwrap_or_default();
            format!("{scheme}://{user}:…@{host}")
        }
        _ => text.to_owned(),
    };
    for mark in ["?password=", "&password="] {
        if let Some(at) = res.find(mark) {
            res.truncate(at + mark.len());
            res.push('…');
        }
    }
    res
}

impl fmt::Display for Url {
    /// Writes the URL without its password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = SCHEMES.iter().find(|it| it.1 == self.system).map_or("", |it| it.0);
        if self.system == System::Sqlite {
            return write!(f, "{scheme}:{}", self.database);
        }
        write!(f, "{scheme}://")?;
        if let Some(user) = &self.user {
            write!(f, "{user}@")?;
        }
        let host = self.host.as_deref().unwrap_or_default();
        let is_socket = host.starts_with('/');
        if !is_socket {
            f.write_str(host)?;
            if let Some(port) = self.port {
                write!(f, ":{port}")?;
            }
        }
        write!(f, "/{}", self.database)?;
        if is_socket { write!(f, "?host={host}") } else { Ok(()) }
    }
}

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
