//! Schemas.

use crate::{
    live::{
        Failure,
        reader::{Reader, access},
    },
    model::{Meta, Namespace},
};

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let query = format!(
        "SELECT s.nspname, obj_description(s.oid, 'pg_namespace'), {} FROM spaces s
        WHERE s.nspname <> 'public' AND (2615, s.oid) NOT IN (SELECT classid, objid FROM extended)",
        access("s.nspowner", "s.nspacl", 'n')
    );
    for row in reader.rows(&query)? {
        let name = reader.dialect.table_name(row.text(0));
        let namespace = Namespace {
            name: name.clone(),
            access: reader.access(&row, 2),
            comment: row.filled(1),
            meta: Meta::default(),
        };
        reader.schema.namespaces.insert(name, namespace);
    }
    Ok(())
}
