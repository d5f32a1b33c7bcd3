//! Road 3: a running database to the schema that it holds.
//!
//! PostgreSQL's catalog is read with a query for each kind. The others keep the text of what they hold, so that text is
//! replayed.

mod access;
pub mod codes;
mod connection;
mod mysql;
mod postgres;
mod reader;
mod row;
mod scratch;
mod session;
mod sqlite;
mod texts;
mod tls;
mod url;

pub use connection::{Access, Connection, Failure, connect, sqlite_in_memory};
pub use mysql::own_user;
pub use row::Row;
pub use scratch::Scratch;
pub use session::Session;
pub use url::{System, Tls, Url};

use crate::{base::Sources, diag::Sink, model::Schema, sql::Family};

/// Reads all that the database holds; texts of the server's own are added to `sources`.
pub fn read(connection: &mut Connection, sources: &mut Sources, sink: &mut Sink) -> Schema {
    read_beside(connection, &[], sources, sink)
}

/// Reads also databases of MySQL that stand beside a scratch database.
pub fn read_beside(
    connection: &mut Connection,
    others: &[String],
    sources: &mut Sources,
    sink: &mut Sink,
) -> Schema {
    match connection.dialect.lexis.family {
        Family::Postgres => postgres::read(connection, sink),
        Family::MySql => mysql::read_beside(connection, others, sources, sink),
        Family::Sqlite => sqlite::read(connection, sources, sink),
    }
}
