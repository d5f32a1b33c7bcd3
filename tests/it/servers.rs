//! Scratch databases on real servers, driven through their own clients.
//!
//! `scripts/test` starts the servers and names their sockets; what is built in needs neither.

use std::cell::RefCell;
use std::env;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio, id};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use schemac::base::Sources;
use schemac::diag::Sink;
use schemac::dialect::Dialect;
use schemac::live::{self, Access, Connection, Failure, Session, Url};
use schemac::model::Schema;
use schemac::sql::ast::Statement;

/// A database system that tests can talk to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Server {
    Postgres,
    MariaDb,
    MySql,
    Sqlite,
}

impl Server {
    const ALL: [Self; 4] = [Self::Postgres, Self::MariaDb, Self::MySql, Self::Sqlite];

    /// Returns the name of its dialect.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Postgres => "postgres",
            Self::MariaDb => "mariadb",
            Self::MySql => "mysql",
            Self::Sqlite => "sqlite",
        }
    }

    fn socket(self) -> Option<String> {
        let name = format!("SCHEMAC_TEST_{}", self.name().to_uppercase());
        env::var(name).ok().filter(|it| Path::new(it).exists())
    }
}

/// Returns the servers that are there; says once which are not.
///
/// # Panics
///
/// If one that `SCHEMAC_TEST_REQUIRE` names is missing.
pub(crate) fn servers() -> Vec<Server> {
    static FOUND: OnceLock<Vec<Server>> = OnceLock::new();
    FOUND.get_or_init(find_servers).clone()
}

fn find_servers() -> Vec<Server> {
    let required = env::var("SCHEMAC_TEST_REQUIRE").unwrap_or_default();
    let mut required: Vec<&str> = required.split(',').filter(|it| !it.is_empty()).collect();
    let mut found = Vec::new();
    for server in Server::ALL {
        if server == Server::Sqlite || server.socket().is_some() {
            required.retain(|it| *it != server.name());
            found.push(server);
        } else {
            eprintln!("{} is not tested: `scripts/test` starts it", server.name());
        }
    }
    assert!(required.is_empty(), "these servers are required, but not there: {required:?}");
    found
}

/// Returns the sockets of PostgreSQL servers of other versions, if there are any.
pub(crate) fn other_postgres() -> Vec<String> {
    let sockets = env::var("SCHEMAC_TEST_POSTGRES_MORE").unwrap_or_default();
    sockets.split(':').filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

const CLEAR_POSTGRES: &str = "DO $$ DECLARE space text; own text; BEGIN
    DELETE FROM pg_default_acl WHERE defaclnamespace = 0;
    FOR own IN SELECT format('EVENT TRIGGER %I', evtname) FROM pg_event_trigger
        UNION ALL SELECT format('PUBLICATION %I', pubname) FROM pg_publication
        UNION ALL SELECT format('FOREIGN DATA WRAPPER %I', fdwname) FROM pg_foreign_data_wrapper
        UNION ALL SELECT format('EXTENSION %I', extname) FROM pg_extension WHERE extname <> 'plpgsql'
    LOOP
        EXECUTE 'DROP ' || own || ' CASCADE';
    END LOOP;
    FOR space IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
        EXECUTE format('DROP SCHEMA %I CASCADE', space);
    END LOOP;
    CREATE SCHEMA public;
    GRANT USAGE ON SCHEMA public TO PUBLIC;
    COMMENT ON SCHEMA public IS 'standard public schema';
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'pg_database_owner') THEN
        ALTER SCHEMA public OWNER TO pg_database_owner;
    ELSE
        GRANT CREATE ON SCHEMA public TO PUBLIC;
    END IF;
END $$";

/// An empty database of its own, which goes when the value is dropped.
pub(crate) struct Database {
    server: Server,
    name: String,
    socket: String,
    sqlite: Option<RefCell<Connection>>,
}

impl Database {
    pub(crate) fn fresh(server: Server) -> Self {
        Self::fresh_at(server, server.socket().unwrap_or_default())
    }

    /// Returns one on the server with that socket.
    pub(crate) fn fresh_at(server: Server, socket: String) -> Self {
        static N_DATABASES: AtomicUsize = AtomicUsize::new(0);
        let number = N_DATABASES.fetch_add(1, Ordering::Relaxed);
        let database = Self {
            server,
            name: format!("scratch_{}_{number}", id()),
            socket,
            sqlite: (server == Server::Sqlite).then(open_sqlite),
        };
        database.administer(match server {
            Server::Postgres => "CREATE DATABASE {} TEMPLATE template0",
            Server::MariaDb => "CREATE DATABASE {} CHARACTER SET utf8mb4",
            Server::MySql => "CREATE DATABASE {}",
            Server::Sqlite => "",
        });
        database
    }

    /// Removes all that is in it, which is quicker than a fresh one.
    pub(crate) fn clear(&mut self) {
        let again = match self.server {
            Server::Postgres => {
                return self.apply(CLEAR_POSTGRES).expect("a superuser may drop all");
            }
            Server::MariaDb => "DROP DATABASE {}; CREATE DATABASE {} CHARACTER SET utf8mb4",
            Server::MySql => "DROP DATABASE {}; CREATE DATABASE {}",
            Server::Sqlite => return self.sqlite = Some(open_sqlite()),
        };
        self.administer(again);
    }

    /// Runs a whole script through the server's own client.
    ///
    /// Errors are what the client says of the first statement that fails.
    pub(crate) fn apply(&self, sql: &str) -> Result<(), String> {
        match &self.sqlite {
            Some(it) => it.borrow_mut().execute(sql).map_err(|it| it.to_string()),
            None => run(self.client(&self.name), sql).map(drop),
        }
    }

    /// Returns the schema as the server itself writes it.
    pub(crate) fn dump(&self) -> String {
        let mut command = match self.server {
            Server::Postgres => self.postgres("pg_dump"),
            Server::MariaDb | Server::MySql => self.mariadb("mariadb-dump"),
            Server::Sqlite => {
                return self.rows("SELECT sql || ';' FROM sqlite_master WHERE sql IS NOT NULL");
            }
        };
        if self.server == Server::Postgres {
            command.args(["--schema-only", "--no-owner", "--no-privileges", "-d"]);
        } else {
            command.args(["--no-data", "--skip-comments", "--routines", "--triggers"]);
            command.args(["--skip-tz-utc", "--no-tablespaces"]);
        }
        command.arg(&self.name);
        let text = run(command, "").unwrap_or_else(|it| panic!("{} cannot dump: {it}", self.name));
        // Both lines are a warning to clients, and pg_dump's holds a random word.
        let noise = |it: &&str| !it.starts_with("/*M!") && !it.contains("restrict ");
        text.lines().filter(noise).fold(String::new(), |text, line| text + line + "\n")
    }

    /// Returns the facts of the system catalogs, one a line, sorted.
    ///
    /// The position of a column in its table is no fact.
    pub(crate) fn catalog(&self) -> String {
        let sql = match self.server {
            Server::Postgres => include_str!("catalogs/postgres.sql"),
            Server::MariaDb => include_str!("catalogs/mariadb.sql"),
            Server::MySql => include_str!("catalogs/mysql.sql"),
            Server::Sqlite => include_str!("catalogs/sqlite.sql"),
        };
        let mut text = self.rows(sql);
        if self.server == Server::Sqlite {
            text.push_str(&self.sqlite_clauses());
        }
        // A schema that something was created in may be spelled out; a scratch name must not be.
        let text = text.replace(&format!("`{}`.", self.name), "");
        let mut lines: Vec<&str> = text.lines().collect();
        lines.sort_unstable();
        lines.join("\n") + "\n"
    }

    /// Returns the first column of all rows of a script of queries, one a line.
    pub(crate) fn rows(&self, sql: &str) -> String {
        let Some(connection) = &self.sqlite else {
            return run(self.client(&self.name), sql)
                .unwrap_or_else(|it| panic!("{} cannot be read: {it}", self.name));
        };
        let rows = connection.borrow_mut().query(sql).expect("the query is well formed");
        rows.iter().fold(String::new(), |mut text, row| {
            let _ = writeln!(text, "{}", row.get(0).expect("a row is a text"));
            text
        })
    }

    /// Returns what it holds as it is read through a connection.
    ///
    /// # Panics
    ///
    /// If there is anything to be said of it.
    pub(crate) fn read(&self) -> Schema {
        self.try_read().unwrap_or_else(|it| panic!("{}: {it}", self.name))
    }

    /// Returns what it holds as it is read through a connection.
    ///
    /// Errors are what there is to be said of it.
    pub(crate) fn try_read(&self) -> Result<Schema, String> {
        let (mut sources, mut sink) = (Sources::default(), Sink::default());
        let mut read = |it: &mut Connection| live::read(it, &mut sources, &mut sink);
        let schema = if let Some(it) = &self.sqlite {
            read(&mut it.borrow_mut())
        } else {
            read(&mut self.connect(Access::Read))
        };
        let said: Vec<String> = sink.finish(&sources).into_iter().map(|it| it.message).collect();
        if said.is_empty() { Ok(schema) } else { Err(said.join("\n")) }
    }

    /// Returns the dialect of the server, in its version.
    pub(crate) fn dialect(&self) -> &'static Dialect {
        match &self.sqlite {
            Some(it) => it.borrow().dialect,
            None => self.connect(Access::Read).dialect,
        }
    }

    /// Runs the statements of one file in a session that goes on after errors; returns what is said of each.
    pub(crate) fn run_each<'a>(
        &self,
        statements: impl Iterator<Item = &'a str>,
    ) -> Vec<Option<Failure>> {
        if let Some(it) = &self.sqlite {
            return statements.map(|text| it.borrow_mut().execute(text).err()).collect();
        }
        let mut session = Session::new(self.connect(Access::Write));
        statements.map(|text| session.run(text).err()).collect()
    }

    /// Runs a script as a client does that goes on after errors: what it sends along with a statement that fails is not
    /// reached. Returns what is said of each statement.
    pub(crate) fn run_script(&self, text: &str, statements: &[Statement]) -> Vec<Option<String>> {
        let texts = statements.iter().map(|it| &text[it.span.range()]);
        if statements.iter().all(|it| !it.joined) {
            return self.run_each(texts).into_iter().map(|it| it.map(|it| it.message)).collect();
        }
        let (mut session, mut failed) = (Session::new(self.connect(Access::Write)), false);
        let mut run = |(it, text): (&Statement, &str)| {
            let is_reached = !(it.joined && failed);
            let mut done = || session.run(text).err().map(|it| it.message);
            let said = if is_reached { done() } else { Some("not reached".to_owned()) };
            failed = said.is_some();
            said
        };
        statements.iter().zip(texts).map(&mut run).collect()
    }

    /// Opens a connection of its own, except to SQLite, whose databases live in one.
    pub(crate) fn connect(&self, access: Access) -> Connection {
        let connected = Url::parse(&self.url()).and_then(|it| live::connect(&it, access));
        connected.unwrap_or_else(|it| panic!("{}", it.message))
    }

    pub(crate) fn url(&self) -> String {
        let (name, socket) = (&self.name, &self.socket);
        match self.server {
            Server::Postgres => format!("postgres://postgres@/{name}?host={socket}"),
            Server::MariaDb | Server::MySql => format!("mysql://root@/{name}?host={socket}"),
            Server::Sqlite => String::new(),
        }
    }

    /// Returns the CHECK and GENERATED clauses, which no pragma tells.
    fn sqlite_clauses(&self) -> String {
        let tables = self.rows(
            "SELECT name || ' ' || replace(replace(sql, char(10), ' '), char(13), ' ') \
             FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL",
        );
        let mut text = String::new();
        for line in tables.lines() {
            let name = line.split(' ').next().unwrap_or_default();
            let words = line.to_uppercase();
            for keyword in ["CHECK", " AS"] {
                for (at, _) in words.match_indices(&format!("{keyword} (")) {
                    let _ = writeln!(text, "{keyword} {name} {}", in_parentheses(&line[at..]));
                }
                for (at, _) in words.match_indices(&format!("{keyword}(")) {
                    let _ = writeln!(text, "{keyword} {name} {}", in_parentheses(&line[at..]));
                }
            }
        }
        text
    }

    fn administer(&self, sql: &str) {
        let (database, script) = match self.server {
            Server::Postgres => ("postgres", sql.replace("{}", &self.name)),
            Server::MariaDb | Server::MySql => ("", sql.replace("{}", &self.name)),
            Server::Sqlite => return,
        };
        run(self.client(database), &script)
            .unwrap_or_else(|it| panic!("{} fails: {it}", self.server.name()));
    }

    fn client(&self, database: &str) -> Command {
        let mut command = match self.server {
            Server::Postgres => self.postgres("psql"),
            _ => self.mariadb("mariadb"),
        };
        if self.server == Server::Postgres {
            command.args(["-v", "ON_ERROR_STOP=1", "-X", "-q", "-A", "-t", "-d"]);
        } else {
            command.args(["--batch", "--skip-column-names", "--init-command=SET NAMES utf8mb4"]);
        }
        command.arg(database);
        command
    }

    fn postgres(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.args(["-h", &self.socket, "-U", "postgres"]);
        command.env("PGOPTIONS", "-c client_min_messages=warning").env("PGCLIENTENCODING", "UTF8");
        command
    }

    fn mariadb(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.args(["--no-defaults", "-u", "root", "-S", &self.socket]);
        command.arg("--default-character-set=utf8mb4");
        command
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // A failing test has enough to say; what is left behind goes with the server.
        if !std::thread::panicking() {
            self.administer("DROP DATABASE {}");
        }
    }
}

fn open_sqlite() -> RefCell<Connection> {
    let mut connection = live::sqlite_in_memory();
    connection.execute("PRAGMA foreign_keys = ON").expect("the pragma is known");
    RefCell::new(connection)
}

/// Returns the text in the first pair of parentheses, blanks brought to one each.
fn in_parentheses(text: &str) -> String {
    let mut depth = 0;
    let mut res = String::new();
    for char in text.chars().skip_while(|it| *it != '(') {
        match char {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        res.push(char);
        if depth == 0 {
            break;
        }
    }
    res.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn run(mut command: Command, input: &str) -> Result<String, String> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|it| format!("{command:?}: {it}"))?;
    let mut stdin = child.stdin.take().expect("it is piped");
    let output = std::thread::scope(|scope| {
        // A client that stops at an error closes its input early, which is no error of ours.
        scope.spawn(move || drop(stdin.write_all(input.as_bytes())));
        child.wait_with_output()
    });
    let output = output.map_err(|it| it.to_string())?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
    }
}
