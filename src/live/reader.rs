//! What all readers of PostgreSQL's catalog share: queries, names, types.

use std::collections::{BTreeMap, BTreeSet};

use super::{Connection, Failure, Row, row::SEPARATOR};
use crate::{
    base::{Name, QName},
    dialect::Dialect,
    model::{ColumnType, Expr, Meta, Schema, Table},
    sql::{self, ast::TypeName},
};

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
    pub(super) dialect: &'static Dialect,
    pub(super) schema: Schema,
    /// Types of the schema, of whatever kind.
    pub(super) types: BTreeSet<QName>,
    pub(super) extension_types: BTreeSet<QName>,
}

impl<'c> Reader<'c> {
    pub(super) fn new(connection: &'c mut Connection) -> Self {
        Self {
            dialect: connection.dialect,
            connection,
            schema: Schema::default(),
            types: BTreeSet::new(),
            extension_types: BTreeSet::new(),
        }
    }

    /// Returns the server's version, without the minor one.
    pub(super) fn version(&self) -> u32 {
        self.connection.version.0
    }

    pub(super) fn execute(&mut self, sql: &str) -> Result<(), Failure> {
        self.connection.execute(sql)
    }

    /// Runs a query that may use what `PRELUDE` names.
    pub(super) fn rows(&mut self, query: &str) -> Result<Vec<Row>, Failure> {
        self.connection.query(&format!("{PRELUDE}{query}"))
    }

    /// Returns the name that two values of a row make.
    pub(super) fn qname(&self, row: &Row, schema_at: usize, name_at: usize) -> QName {
        self.dialect.qname_of(row.get(schema_at), row.text(name_at))
    }

    /// Returns the name of a part.
    pub(super) fn name(&self, row: &Row, at: usize) -> Name {
        self.dialect.column_name(row.text(at))
    }

    pub(super) fn names(&self, row: &Row, at: usize) -> Vec<Name> {
        row.list(at).map(|it| self.dialect.column_name(it)).collect()
    }

    /// Returns the table whose name the first two values are.
    pub(super) fn table(&mut self, row: &Row) -> Option<&mut Table> {
        let name = self.qname(row, 0, 1);
        self.schema.tables.get_mut(&name)
    }

    pub(super) fn expr(&self, text: &str) -> Expr {
        Expr::new(text, sql::canonical(text, &self.dialect.lexis))
    }

    /// Returns a query as the server writes it, without its semicolon.
    pub(super) fn query(&self, text: &str) -> Expr {
        let text = text.trim().trim_end_matches(';');
        self.expr(text)
    }

    /// Returns options that stand as `key=value` in a list.
    pub(super) fn options(row: &Row, at: usize) -> BTreeMap<String, String> {
        let options = row.list(at).filter_map(|it| it.split_once('='));
        options.map(|it| (it.0.to_owned(), it.1.to_owned())).collect()
    }

    /// Returns the type that `format_type` gave.
    pub(super) fn column_type(&self, text: &str) -> ColumnType {
        let Ok(written) = sql::parse_type(text, &self.dialect.lexis) else {
            return ColumnType::new(text);
        };
        let schema = written.schema.as_ref().map(|it| &*it.text);
        let name = self.dialect.qname_of(schema, &written.name);
        if self.types.contains(&name) {
            return ColumnType { dimensions: written.dimensions.min(1), ..ColumnType::named(name) };
        }
        if self.extension_types.contains(&name) {
            let bare = TypeName { schema: None, ..written };
            let ty = self.dialect.native_type(&bare);
            let ty = ty.unwrap_or_else(|_| self.dialect.any_type(&bare));
            return ColumnType { home: name.schema, ..ty };
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
pub(super) fn column_names(table: &str, numbers: &str) -> String {
    format!(
        "array_to_string(ARRAY(SELECT a.attname FROM unnest({numbers}) WITH ORDINALITY AS u(number, at)
            JOIN pg_catalog.pg_attribute a ON a.attrelid = {table} AND a.attnum = u.number ORDER BY u.at), '{SEPARATOR}')"
    )
}

/// Returns whether the server would have invented the name, `first` being the one that it tries first.
pub(super) fn named(name: &Name, first: &Name) -> Meta {
    let number = name.as_str().strip_prefix(first.as_str());
    let invented = number.is_some_and(|it| it.bytes().all(|it| it.is_ascii_digit()));
    Meta { invented, ..Meta::default() }
}
