//! A client that goes on after errors: each statement of a script on its own, as `psql` does with `ON_ERROR_ROLLBACK`.

use super::{Access, Connection, Failure, Url, connect};
use crate::{diag::Diagnostic, sql::Family};

/// A session that runs the statements of one script.
pub struct Session {
    connection: Connection,
    /// A block that the script began is open: an error must not undo what came before it.
    in_block: bool,
}

const LIMITS: &str =
    "SET statement_timeout = '60s'; SET lock_timeout = '10s'; SET client_min_messages = error";

impl Session {
    pub fn open(url: &Url) -> Result<Self, Box<Diagnostic>> {
        connect(url, Access::Write).map(Self::new)
    }

    pub fn new(mut connection: Connection) -> Self {
        if connection.dialect.lexis.family == Family::Postgres {
            // A server that does not know a limit has none.
            let _ = connection.execute(LIMITS);
        }
        Self { connection, in_block: false }
    }

    /// Runs one statement; an error undoes it alone.
    pub fn run(&mut self, text: &str) -> Result<(), Failure> {
        let family = self.connection.dialect.lexis.family;
        if is_of_client(text, family) {
            return Ok(());
        }
        let words = leading_words(text);
        let controls = family != Family::MySql && CONTROL.contains(&words[0].as_str());
        let saves = self.in_block && !controls && family == Family::Postgres;
        if saves {
            // Without a block, there is nothing to save.
            self.in_block = self.connection.execute("SAVEPOINT schemac").is_ok();
        }
        let res = self.connection.execute(text);
        if saves && self.in_block {
            let back = if res.is_ok() { "" } else { "ROLLBACK TO SAVEPOINT schemac; " };
            let _ = self.connection.execute(&format!("{back}RELEASE SAVEPOINT schemac"));
        }
        if controls && res.is_ok() {
            self.in_block = match words[0].as_str() {
                "begin" | "start" => true,
                "rollback" => self.in_block && words[1] == "to",
                "commit" | "end" | "abort" => false,
                _ => self.in_block,
            };
        }
        res
    }

    /// Ends the file that is run: what it began, it keeps, as with a tool that runs each file as a whole.
    pub fn end_file(&mut self) {
        if std::mem::take(&mut self.in_block) {
            // What failed within is undone.
            let _ = self.connection.execute("COMMIT");
        }
    }

    pub fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }
}

const CONTROL: [&str; 8] =
    ["abort", "begin", "commit", "end", "release", "rollback", "savepoint", "start"];

/// Whether the statement is one for the client, or one that a scratch database must not see.
fn is_of_client(text: &str, family: Family) -> bool {
    let words = leading_words(text);
    match family {
        Family::Postgres => {
            let copies = words[0] == "copy" && text.to_ascii_lowercase().contains("from stdin");
            text.starts_with('\\') || copies
        }
        Family::MySql => {
            // Users are the whole server's.
            let makes = ["alter", "create", "drop"].contains(&words[0].as_str());
            OUTSIDE.contains(&words[0].as_str()) || makes && words[1] == "user"
        }
        Family::Sqlite => false,
    }
}

const OUTSIDE: [&str; 7] = ["delimiter", "flush", "grant", "revoke", "source", "system", "use"];

/// Returns the first two words in lower case.
fn leading_words(text: &str) -> [String; 2] {
    let mut words = text.split(|it: char| !it.is_ascii_alphanumeric() && it != '_');
    let mut next =
        || words.by_ref().find(|it| !it.is_empty()).unwrap_or_default().to_ascii_lowercase();
    [next(), next()]
}
