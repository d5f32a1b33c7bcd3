//! PostgreSQL 12 and later: the system catalogs, a query for each kind.
//!
//! Left out are the server's own objects, those of extensions and temporary ones.

mod aggregates;
mod checks;
mod column_privileges;
mod columns;
mod composites;
mod default_privileges;
mod domains;
mod enums;
mod event_triggers;
mod exclusions;
mod extensions;
mod foreign_keys;
mod indexes;
mod keys;
mod namespaces;
mod policies;
mod publications;
mod ranges;
mod roles;
mod routines;
mod rules;
mod sequences;
mod statistics;
mod tables;
mod triggers;
mod type_names;
mod verbatims;
mod views;

use super::{Connection, Failure, codes, reader::Reader};
use crate::{diag::Sink, dialect::settle, model::Schema};

type Read = fn(&mut Reader) -> Result<(), Failure>;

/// What is read, in this order: parts come after what they are parts of, types before what is of them.
const READERS: &[(&str, Read)] = &[
    ("names of types", type_names::read),
    ("roles", roles::read),
    ("schemas", namespaces::read),
    ("extensions", extensions::read),
    ("enums", enums::read),
    ("domains", domains::read),
    ("composite types", composites::read),
    ("range types", ranges::read),
    ("tables", tables::read),
    ("columns", columns::read),
    ("sequences", sequences::read),
    ("keys", keys::read),
    ("checks", checks::read),
    ("foreign keys", foreign_keys::read),
    ("views", views::read),
    ("privileges on columns", column_privileges::read),
    ("exclusion constraints", exclusions::read),
    ("indexes", indexes::read),
    ("functions", routines::read),
    ("aggregates", aggregates::read),
    ("policies", policies::read),
    ("rules", rules::read),
    ("triggers", triggers::read),
    ("statistics", statistics::read),
    ("event triggers", event_triggers::read),
    ("publications", publications::read),
    ("rare objects", verbatims::read),
    ("default privileges", default_privileges::read),
];

/// Names are qualified where a history would have to qualify them, and constants do not depend on the user's settings.
/// To compile the queries takes the server many times as long as to run them.
const SETTINGS: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
    SET LOCAL search_path = public; SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, MDY';
    SET LOCAL IntervalStyle = 'postgres'; SET LOCAL extra_float_digits = 1; SET LOCAL quote_all_identifiers = off;
    SET LOCAL standard_conforming_strings = on; SET LOCAL bytea_output = 'hex';
    SET LOCAL jit = off";

pub(super) fn read(connection: &mut Connection, sink: &mut Sink) -> Schema {
    let mut reader = Reader::new(connection);
    let mut read = reader.execute(SETTINGS).map_err(|it| ("settings", it));
    for (what, reads) in READERS {
        read = read.and_then(|()| reads(&mut reader).map_err(|it| (*what, it)));
    }
    if let Err((what, failure)) = read {
        sink.push(codes::not_readable(what, &failure));
    }
    // A transaction that only reads loses nothing; on a broken connection there is none.
    let _ = reader.execute("ROLLBACK");
    let Reader { dialect, mut schema, .. } = reader;
    settle::bind_all(&mut schema, dialect);
    dialect.fold_touch(&mut schema);
    schema
}
