//! Sequences, those that number columns among them.

use crate::{
    base::{Name, QName},
    dialect::sequence::can_be_serial,
    live::{Failure, Row, access::access, reader::Reader},
    model::{Id, Identity, Meta, Sequence, Table},
};

/// `deptype` is `i` for the sequence of an identity column, `a` for one that `OWNED BY` gave to a column.
fn query() -> String {
    format!(
        "SELECT r.nspname, r.relname, format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax,
        s.seqcache, s.seqcycle, r.relpersistence = 'u', obj_description(r.oid, 'pg_class'),
        d.deptype, n.nspname, c.relname, a.attname, {}
    FROM relations r
    JOIN pg_catalog.pg_sequence s ON s.seqrelid = r.oid
    LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = r.oid
        AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
    LEFT JOIN pg_catalog.pg_class c ON c.oid = d.refobjid
    LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid",
        access("r.relowner", "r.relacl", 's')
    )
}

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    for row in reader.rows(&query())? {
        let sequence = sequence(reader, &row);
        let owner = row.get(13).map(|_| (reader.qname(&row, 12, 13), reader.name(&row, 14)));
        let sequence = match owner {
            Some(owner) => give(reader, sequence, owner, row.text(11) == "i"),
            None => Some(sequence),
        };
        if let Some(sequence) = sequence {
            reader.schema.sequences.insert(sequence.name.clone(), sequence);
        }
    }
    note_uses(reader);
    Ok(())
}

fn sequence(reader: &Reader, row: &Row) -> Sequence {
    let number = |at: usize| row.text(at).parse().unwrap_or_default();
    Sequence {
        name: reader.qname(row, 0, 1),
        ty: reader.column_type(row.text(2)),
        start: number(3),
        increment: number(4),
        min: number(5),
        max: number(6),
        cache: number(7),
        cycle: row.is(8),
        owned_by: None,
        unlogged: row.is(9),
        access: reader.access(row, 15),
        comment: row.filled(10),
        meta: Meta::default(),
    }
}

/// Makes the sequence a part of the column that it numbers; returns it where it only belongs to the column.
fn give(
    reader: &mut Reader,
    sequence: Sequence,
    owner: (QName, Name),
    is_identity: bool,
) -> Option<Sequence> {
    let dialect = reader.dialect;
    let table = reader.schema.tables.get_mut(&owner.0);
    let Some(column) = table.and_then(|it| it.column_mut(&owner.1)) else {
        return Some(Sequence { owned_by: Some(owner), ..sequence });
    };
    if !is_identity {
        let drawn = column.default.as_ref().and_then(|it| dialect.sequence_drawn(it.canonical()));
        if drawn.as_ref() != Some(&sequence.name) || !can_be_serial(column) {
            return Some(Sequence { owned_by: Some(owner), ..sequence });
        }
        column.identity = Some(Identity::Serial);
        column.default = None;
    }
    // One of an unlogged table is unlogged by itself.
    column.sequence = Some(Box::new(Sequence { unlogged: false, ..sequence }));
    dialect.settle_sequence(&owner.0, column);
    None
}

/// Ties the defaults that draw from a sequence to it, or to the table whose column it numbers.
fn note_uses(reader: &mut Reader) {
    let dialect = reader.dialect;
    let relations = dialect.relations(&reader.schema);
    let sequences: Vec<QName> = reader.schema.sequences.keys().cloned().collect();
    for table in reader.schema.tables.values_mut() {
        for column in &mut table.columns {
            let drawn =
                column.default.as_ref().and_then(|it| dialect.sequence_drawn(it.canonical()));
            let Some(name) = drawn else { continue };
            if sequences.binary_search(&name).is_ok() {
                column.meta.uses.push(Id::of::<Sequence>(name));
            } else if let Some(home) = relations.home(&name) {
                column.meta.uses.push(Id::of::<Table>(home.clone()));
            }
        }
    }
}
