//! PostgreSQL 12 and later: the system catalogs, a query for each kind.
//!
//! Left out are the server's own objects, those of extensions and temporary ones.

mod aggregates;
mod checks;
mod columns;
mod enums;
mod foreign_keys;
mod functions;
mod indexes;
mod keys;
mod namespaces;
mod tables;
mod triggers;

use super::{Connection, Failure, Row, codes, row::SEPARATOR};
use crate::{
    base::{Name, QName},
    diag::Sink,
    dialect::Dialect,
    model::{ColumnType, Expr, Meta, Schema, Table},
    sql,
};

type Read = fn(&mut Reader) -> Result<(), Failure>;

/// What is read, in this order: parts come after what they are parts of, types before what is of them.
const READERS: &[(&str, Read)] = &[
    ("schemas", namespaces::read),
    ("enums", enums::read),
    ("tables", tables::read),
    ("columns", columns::read),
    ("keys", keys::read),
    ("checks", checks::read),
    ("foreign keys", foreign_keys::read),
    ("indexes", indexes::read),
    ("functions", functions::read),
    ("aggregates", aggregates::read),
    ("triggers", triggers::read),
    ("event triggers", triggers::read_event_triggers),
];

/// Names are qualified where a history would have to qualify them, and constants do not depend on the user's settings.
const SETTINGS: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
    SET LOCAL search_path = public; SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, MDY';
    SET LOCAL IntervalStyle = 'postgres'; SET LOCAL extra_float_digits = 1; SET LOCAL quote_all_identifiers = off;
    SET LOCAL standard_conforming_strings = on; SET LOCAL bytea_output = 'hex'";

/// What every query can use: schemas, relations and types that are neither the server's, nor an extension's, nor temporary.
const PRELUDE: &str = "WITH spaces AS (
        SELECT n.* FROM pg_catalog.pg_namespace n
        WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    ), extended AS (
        SELECT classid, objid FROM pg_catalog.pg_depend WHERE deptype = 'e'
    ), relations AS (
        SELECT c.*, s.nspname FROM pg_catalog.pg_class c JOIN spaces s ON s.oid = c.relnamespace
        WHERE c.relpersistence <> 't' AND (1259, c.oid) NOT IN (SELECT classid, objid FROM extended)
    ), types AS (
        SELECT t.*, s.nspname FROM pg_catalog.pg_type t JOIN spaces s ON s.oid = t.typnamespace
        WHERE (1247, t.oid) NOT IN (SELECT classid, objid FROM extended)
    ) ";

pub(super) struct Reader<'c> {
    connection: &'c mut Connection,
    dialect: &'static Dialect,
    schema: Schema,
}

pub(super) fn read(connection: &mut Connection, sink: &mut Sink) -> Schema {
    let dialect = connection.dialect;
    let mut reader = Reader { connection, dialect, schema: Schema::default() };
    let mut read = reader.connection.execute(SETTINGS).map_err(|it| ("settings", it));
    for (what, reads) in READERS {
        read = read.and_then(|()| reads(&mut reader).map_err(|it| (*what, it)));
    }
    if let Err((what, failure)) = read {
        sink.push(codes::not_readable(what, &failure));
    }
    // A transaction that only reads loses nothing; on a broken connection there is none.
    let _ = reader.connection.execute("ROLLBACK");
    dialect.fold_touch(&mut reader.schema);
    reader.schema
}

impl Reader<'_> {
    /// Runs a query that may use what `PRELUDE` names.
    fn rows(&mut self, query: &str) -> Result<Vec<Row>, Failure> {
        self.connection.query(&format!("{PRELUDE}{query}"))
    }

    /// Returns the name that two values of a row make.
    fn qname(&self, row: &Row, schema_at: usize, name_at: usize) -> QName {
        self.dialect.qname_of(row.get(schema_at), row.text(name_at))
    }

    /// Returns the name of a part.
    fn name(&self, row: &Row, at: usize) -> Name {
        self.dialect.column_name(row.text(at))
    }

    fn names(&self, row: &Row, at: usize) -> Vec<Name> {
        row.list(at).map(|it| self.dialect.column_name(it)).collect()
    }

    /// Returns the table whose name the first two values are.
    fn table(&mut self, row: &Row) -> Option<&mut Table> {
        let name = self.qname(row, 0, 1);
        self.schema.tables.get_mut(&name)
    }

    fn expr(&self, text: &str) -> Expr {
        Expr::new(text, sql::canonical(text, &self.dialect.lexis))
    }

    /// Returns the type that `format_type` gave.
    fn column_type(&self, text: &str) -> ColumnType {
        let Ok(written) = sql::parse_type(text, &self.dialect.lexis) else {
            return ColumnType::new(text);
        };
        let schema = written.schema.as_ref().map(|it| &*it.text);
        let name = self.dialect.qname_of(schema, &written.name);
        if self.schema.enums.contains_key(&name) {
            return ColumnType { dimensions: written.dimensions.min(1), ..ColumnType::named(name) };
        }
        if let Ok(native) = self.dialect.native_type(&written) {
            return native;
        }
        let named = name.schema.is_some().then(|| name.to_string().into());
        let ty = self.dialect.any_type(&written);
        ColumnType { name: named.unwrap_or_else(|| ty.name.clone()), ..ty }
    }
}

/// Returns an SQL expression: the names of the columns that an array of numbers stands for, as a list.
fn column_names(table: &str, numbers: &str) -> String {
    format!(
        "array_to_string(ARRAY(SELECT a.attname FROM unnest({numbers}) WITH ORDINALITY AS u(number, at)
            JOIN pg_catalog.pg_attribute a ON a.attrelid = {table} AND a.attnum = u.number ORDER BY u.at), '{SEPARATOR}')"
    )
}

/// Returns whether the server would have invented the name, `first` being the one that it tries first.
fn named(name: &Name, first: &Name) -> Meta {
    let number = name.as_str().strip_prefix(first.as_str());
    let invented = number.is_some_and(|it| it.bytes().all(|it| it.is_ascii_digit()));
    Meta { invented, ..Meta::default() }
}
