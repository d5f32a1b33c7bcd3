//! Sequences, but for those that are part of a `serial` or identity column.

use crate::{
    base::QName,
    live::{Failure, Row, access::access, reader::Reader},
    model::{Identity, Meta, Sequence},
};

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let query = format!(
        "SELECT r.nspname, r.relname, format_type(q.seqtypid, NULL), q.seqstart, q.seqincrement, q.seqmin, q.seqmax,
            q.seqcache, q.seqcycle, r.relpersistence = 'u', n.nspname, o.relname, a.attname,
            obj_description(r.oid, 'pg_class'), {}
        FROM relations r JOIN pg_catalog.pg_sequence q ON q.seqrelid = r.oid
        LEFT JOIN pg_catalog.pg_depend d ON d.classid = 1259 AND d.objid = r.oid AND d.refclassid = 1259
            AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
        LEFT JOIN pg_catalog.pg_class o ON o.oid = d.refobjid
        LEFT JOIN pg_catalog.pg_namespace n ON n.oid = o.relnamespace
        LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
        WHERE d.deptype IS DISTINCT FROM 'i'",
        access("r.relowner", "r.relacl", 's')
    );
    for row in reader.rows(&query)? {
        let name = reader.qname(&row, 0, 1);
        let found = sequence(reader, &row, name.clone());
        if !is_serial(reader, &found) {
            reader.schema.sequences.insert(name, found);
        }
    }
    Ok(())
}

fn sequence(reader: &Reader, row: &Row, name: QName) -> Sequence {
    let number = |at| row.text(at).parse().unwrap_or_default();
    let owner = row.get(11).map(|_| (reader.qname(row, 10, 11), reader.name(row, 12)));
    Sequence {
        name,
        ty: reader.column_type(row.text(2)),
        start: number(3),
        increment: number(4),
        min: number(5),
        max: number(6),
        cache: number(7),
        cycle: row.is(8),
        owned_by: owner,
        unlogged: row.is(9),
        access: reader.access(row, 14),
        comment: row.filled(13),
        meta: Meta::default(),
    }
}

/// Returns whether the sequence is but how a `serial` column is numbered.
fn is_serial(reader: &Reader, sequence: &Sequence) -> bool {
    let column = sequence.owned_by.as_ref().and_then(|(table, column)| {
        reader.schema.tables.get(table).and_then(|it| it.column(column))
    });
    column.is_some_and(|it| it.identity == Some(Identity::Serial))
}
