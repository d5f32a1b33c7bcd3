//! Privileges on single columns of tables and views.

use crate::{
    live::{Failure, access::grants, reader::Reader},
    model::{Access, Holders},
};

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let query = format!(
        "SELECT r.nspname, r.relname, a.attname, {} FROM relations r
        JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND NOT a.attisdropped AND a.attacl IS NOT NULL",
        grants("a.attacl")
    );
    for row in reader.rows(&query)? {
        let column = reader.name(&row, 2);
        let granted = reader.column_grants(&row, 3, &column);
        let name = reader.qname(&row, 0, 1);
        if let Some(table) = reader.schema.tables.get_mut(&name) {
            add(&mut table.access, granted);
        } else if let Some(view) = reader.schema.views.get_mut(&name) {
            add(&mut view.access, granted);
        } else if let Some(view) = reader.schema.materialized_views.get_mut(&name) {
            add(&mut view.access, granted);
        }
    }
    Ok(())
}

fn add(access: &mut Access, granted: Holders) {
    let held = access.grants.get_or_insert_default();
    for (grantee, mut privileges) in granted {
        held.given.entry(grantee).or_default().append(&mut privileges);
    }
}
