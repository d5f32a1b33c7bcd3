//! Enumeration types.

use super::Reader;
use crate::{
    live::{Failure, row::SEPARATOR},
    model::{Access, EnumType, EnumValue, Meta},
};

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let query = format!(
        "SELECT t.nspname, t.typname, obj_description(t.oid, 'pg_type'),
            (SELECT string_agg(e.enumlabel, '{SEPARATOR}' ORDER BY e.enumsortorder)
             FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid)
        FROM types t WHERE t.typtype = 'e'"
    );
    for row in reader.rows(&query)? {
        let name = reader.qname(&row, 0, 1);
        let value = |it: &str| EnumValue { text: it.to_owned(), renamed_from: None };
        let values = row.list(3).map(value).collect();
        let meta = Meta::default();
        let found = EnumType {
            name: name.clone(),
            values,
            access: Access::default(),
            comment: row.filled(2),
            meta,
        };
        reader.schema.enums.insert(name, found);
    }
    Ok(())
}
