//! Schemas.

use super::Reader;
use crate::{
    live::Failure,
    model::{Access, Meta, Namespace},
};

const QUERY: &str = "SELECT s.nspname, obj_description(s.oid, 'pg_namespace') FROM spaces s
    WHERE s.nspname <> 'public' AND (2615, s.oid) NOT IN (SELECT classid, objid FROM extended)";

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    for row in reader.rows(QUERY)? {
        let name = reader.dialect.table_name(row.text(0));
        let namespace = Namespace {
            name: name.clone(),
            access: Access::default(),
            comment: row.filled(1),
            meta: Meta::default(),
        };
        reader.schema.namespaces.insert(name, namespace);
    }
    Ok(())
}
