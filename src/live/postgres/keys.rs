//! Primary keys and unique constraints.

use crate::{
    base::Name,
    dialect::Relations,
    live::{
        Failure, Row,
        reader::{Reader, column_names, named},
    },
    model::{Deferral, PrimaryKey, Table, Unique},
};

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let query = format!(
        "SELECT r.nspname, r.relname, k.conname, k.contype, k.condeferrable, k.condeferred,
            obj_description(k.oid, 'pg_constraint'), to_jsonb(i) ->> 'indnullsnotdistinct', {}, {}
        FROM relations r
        JOIN pg_catalog.pg_constraint k ON k.conrelid = r.oid AND k.contype IN ('p', 'u')
        JOIN pg_catalog.pg_index i ON i.indexrelid = k.conindid ORDER BY k.oid",
        column_names("r.oid", "k.conkey"),
        column_names("r.oid", "(i.indkey::int2[])[i.indnkeyatts : i.indnatts - 1]"),
    );
    for row in reader.rows(&query)? {
        let (dialect, name) = (reader.dialect, reader.name(&row, 2));
        let (columns, include) = (reader.names(&row, 8), reader.names(&row, 9));
        let (deferral, comment) = (deferral(&row, 4), row.filled(6));
        let Some(table) = reader.table(&row) else { continue };
        let (relations, bare) = (Relations::default(), Table::new(table.name.clone()));
        if row.text(3) == "p" {
            let meta = named(&name, &dialect.primary_key_name(&relations, &bare));
            table.primary_key = Some(PrimaryKey { name, columns, deferral, comment, meta });
        } else {
            let all: Vec<Name> = columns.iter().chain(&include).cloned().collect();
            let meta = named(&name, &dialect.unique_name(&relations, &bare, &all));
            let nulls_not_distinct = row.is(7);
            let key =
                Unique { name, columns, include, nulls_not_distinct, deferral, comment, meta };
            table.uniques.push(key);
        }
    }
    Ok(())
}

/// Returns what `condeferrable` and `condeferred` say.
pub(super) fn deferral(row: &Row, at: usize) -> Deferral {
    match (row.is(at), row.is(at + 1)) {
        (_, true) => Deferral::Deferred,
        (true, false) => Deferral::Immediate,
        (false, false) => Deferral::NotDeferrable,
    }
}
