//! Composite types.

use crate::{
    live::{Failure, access::access, reader::Reader},
    model::{Attribute, CompositeType, Meta},
};

const ATTRIBUTES: &str =
    "SELECT r.nspname, r.relname, a.attname, format_type(a.atttypid, a.atttypmod),
        CASE WHEN a.attcollation <> t.typcollation THEN l.collname END
    FROM relations r
    JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
    WHERE r.relkind = 'c' ORDER BY r.oid, a.attnum";

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let query = format!(
        "SELECT t.nspname, t.typname, obj_description(t.oid, 'pg_type'), {}
        FROM types t JOIN relations r ON r.oid = t.typrelid WHERE t.typtype = 'c' AND r.relkind = 'c'",
        access("t.typowner", "t.typacl", 'T')
    );
    for row in reader.rows(&query)? {
        let name = reader.qname(&row, 0, 1);
        let found = CompositeType {
            name: name.clone(),
            attributes: Vec::new(),
            access: reader.access(&row, 3),
            comment: row.filled(2),
            meta: Meta::default(),
        };
        reader.schema.composites.insert(name, found);
    }
    for row in reader.rows(ATTRIBUTES)? {
        let ty = reader.column_type(row.text(3));
        let attribute = Attribute { name: reader.name(&row, 2), ty, collate: row.filled(4) };
        let name = reader.qname(&row, 0, 1);
        if let Some(found) = reader.schema.composites.get_mut(&name) {
            found.attributes.push(attribute);
        }
    }
    Ok(())
}
