//! Privileges on single columns of tables and views.

use crate::{
    live::{
        Failure,
        reader::{Reader, grants},
    },
    model::{Access, Grants},
};

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let query = format!(
        "SELECT r.nspname, r.relname, a.attname, {} FROM relations r
        JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND NOT a.attisdropped AND a.attacl IS NOT NULL",
        grants("a.attacl")
    );
    for row in reader.rows(&query)? {
        let column = reader.name(&row, 2);
        let granted = reader.grants(&row, 3, Some(&column));
        let name = reader.qname(&row, 0, 1);
        if let Some(table) = reader.schema.tables.get_mut(&name) {
            add(&mut table.access, granted);
        } else if let Some(view) = reader.schema.views.get_mut(&name) {
            add(&mut view.access, granted);
        }
    }
    Ok(())
}

fn add(access: &mut Access, granted: Grants) {
    let held = access.grants.get_or_insert_default();
    for (grantee, mut privileges) in granted.0 {
        held.0.entry(grantee).or_default().append(&mut privileges);
    }
}
