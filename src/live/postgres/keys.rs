//! Primary keys and unique constraints.

use std::collections::BTreeMap;

use crate::{
    base::Name,
    dialect::Relations,
    live::{
        Failure, Row,
        reader::{Reader, column_names, named},
        row::SEPARATOR,
    },
    model::{Deferral, PrimaryKey, Table, Unique},
};

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let query = format!(
        "SELECT r.nspname, r.relname, k.conname, k.contype, k.condeferrable, k.condeferred,
            obj_description(k.oid, 'pg_constraint'), to_jsonb(i) ->> 'indnullsnotdistinct',
            to_jsonb(k) ->> 'conperiod', array_to_string(x.reloptions, '{SEPARATOR}'),
            (SELECT t.spcname FROM pg_catalog.pg_tablespace t WHERE t.oid = x.reltablespace),
            (SELECT p.relname FROM pg_catalog.pg_inherits h JOIN pg_catalog.pg_class p ON p.oid = h.inhparent
             WHERE h.inhrelid = x.oid), {}, {}
        FROM relations r
        JOIN pg_catalog.pg_constraint k ON k.conrelid = r.oid AND k.contype IN ('p', 'u')
        JOIN pg_catalog.pg_index i ON i.indexrelid = k.conindid
        JOIN pg_catalog.pg_class x ON x.oid = k.conindid ORDER BY k.oid",
        column_names("r.oid", "k.conkey"),
        column_names("r.oid", "(i.indkey::int2[])[i.indnkeyatts : i.indnatts - 1]"),
    );
    for row in reader.rows(&query)? {
        let (dialect, name) = (reader.dialect, reader.name(&row, 2));
        let (columns, include) = (reader.names(&row, 12), reader.names(&row, 13));
        let (without_overlaps, options) = (row.is(8), index_options(&row, 9));
        let attached_to = row.filled(11).map(|it| dialect.column_name(&it));
        let (deferral, comment) = (deferral(&row, 4), row.filled(6));
        let Some(table) = reader.table(&row) else { continue };
        let (relations, bare) = (Relations::default(), Table::new(table.name.clone()));
        if row.text(3) == "p" {
            let meta = named(&name, &dialect.primary_key_name(&relations, &bare));
            table.primary_key = Some(PrimaryKey {
                include,
                deferral,
                without_overlaps,
                attached_to,
                options,
                comment,
                meta,
                ..PrimaryKey::new(name, columns)
            });
        } else {
            let all: Vec<Name> = columns.iter().chain(&include).cloned().collect();
            let meta = named(&name, &dialect.unique_name(&relations, &bare, &all));
            let nulls_not_distinct = row.is(7);
            table.uniques.push(Unique {
                include,
                nulls_not_distinct,
                deferral,
                without_overlaps,
                attached_to,
                options,
                comment,
                meta,
                ..Unique::new(name, columns)
            });
        }
    }
    Ok(())
}

/// Returns the storage parameters of an index, and its tablespace, which is the next value.
pub(super) fn index_options(row: &Row, at: usize) -> BTreeMap<String, String> {
    let pairs = row.list(at).filter_map(|it| it.split_once('='));
    let tablespace = row.get(at + 1).map(|it| ("tablespace", it));
    pairs.chain(tablespace).map(|it| (it.0.to_owned(), it.1.to_owned())).collect()
}

/// Returns what `condeferrable` and `condeferred` say.
pub(super) fn deferral(row: &Row, at: usize) -> Deferral {
    match (row.is(at), row.is(at + 1)) {
        (_, true) => Deferral::Deferred,
        (true, false) => Deferral::Immediate,
        (false, false) => Deferral::NotDeferrable,
    }
}
