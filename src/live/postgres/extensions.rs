//! Extensions; what they bring is theirs.

use crate::{
    live::{Failure, reader::Reader},
    model::{Extension, Meta},
};

/// `plpgsql` is in every database from the start.
const QUERY: &str =
    "SELECT e.extname, n.nspname, e.extversion, obj_description(e.oid, 'pg_extension')
    FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
    WHERE e.extname <> 'plpgsql'";

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    for row in reader.rows(QUERY)? {
        let name = reader.dialect.table_name(row.text(0));
        let schema = row.get(1).filter(|it| !reader.dialect.is_default_schema(it));
        let extension = Extension {
            name: name.clone(),
            schema: schema.map(|it| reader.dialect.table_name(it)),
            version: row.filled(2),
            comment: row.filled(3),
            meta: Meta::default(),
        };
        reader.schema.extensions.insert(name, extension);
    }
    Ok(())
}
