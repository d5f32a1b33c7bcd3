//! Enumeration types.

use crate::{
    live::{Failure, access::access, reader::Reader, row::SEPARATOR},
    model::{EnumType, EnumValue, Meta},
};

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let query = format!(
        "SELECT t.nspname, t.typname, obj_description(t.oid, 'pg_type'),
            (SELECT string_agg(e.enumlabel, '{SEPARATOR}' ORDER BY e.enumsortorder)
             FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid), {}
        FROM types t WHERE t.typtype = 'e'",
        access("t.typowner", "t.typacl", 'T')
    );
    for row in reader.rows(&query)? {
        let name = reader.qname(&row, 0, 1);
        let value = |it: &str| EnumValue { text: it.to_owned(), renamed_from: None };
        let values = row.list(3).map(value).collect();
        let found = EnumType {
            name: name.clone(),
            values,
            access: reader.access(&row, 4),
            comment: row.filled(2),
            meta: Meta::default(),
        };
        reader.schema.enums.insert(name, found);
    }
    Ok(())
}
