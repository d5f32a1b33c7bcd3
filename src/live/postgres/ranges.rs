//! Range types.

use crate::{
    live::{Failure, access::access, reader::Reader},
    model::{Meta, RangeType},
};

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let query = format!(
        "SELECT t.nspname, t.typname, format_type(r.rngsubtype, NULL),
            (SELECT m.typname FROM pg_catalog.pg_type m WHERE m.oid = (to_jsonb(r) ->> 'rngmultitypid')::oid),
            (SELECT o.opcname FROM pg_catalog.pg_opclass o WHERE o.oid = r.rngsubopc AND NOT o.opcdefault),
            (SELECT l.collname FROM pg_catalog.pg_collation l JOIN pg_catalog.pg_type s ON s.oid = r.rngsubtype
             WHERE l.oid = r.rngcollation AND l.oid <> s.typcollation),
            nullif(r.rngcanonical, 0)::regproc, nullif(r.rngsubdiff, 0)::regproc, obj_description(t.oid, 'pg_type'), {}
        FROM types t JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid",
        access("t.typowner", "t.typacl", 'T')
    );
    for row in reader.rows(&query)? {
        let name = reader.qname(&row, 0, 1);
        let options =
            [(4, "subtype_opclass"), (5, "collation"), (6, "canonical"), (7, "subtype_diff")];
        let set =
            options.into_iter().filter_map(|(at, key)| Some((key.to_owned(), row.filled(at)?)));
        let found = RangeType {
            name: name.clone(),
            subtype: reader.column_type(row.text(2)),
            multirange: row.get(3).map(|it| reader.dialect.table_name(it)),
            options: set.collect(),
            access: reader.access(&row, 9),
            comment: row.filled(8),
            meta: Meta::default(),
        };
        reader.schema.ranges.insert(name, found);
    }
    Ok(())
}
