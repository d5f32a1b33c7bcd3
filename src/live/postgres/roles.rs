//! Roles: those that something in the database belongs or is granted to. The server has others, for other databases.

use crate::{
    live::{Failure, reader::Reader},
    model::{Meta, Role},
};

/// The bootstrap user has the number 10 everywhere.
const QUERY: &str = "SELECT r.rolname, shobj_description(r.oid, 'pg_authid') FROM pg_catalog.pg_roles r
    WHERE r.oid <> 10 AND r.rolname !~ '^pg_' AND r.oid IN (
        SELECT d.refobjid FROM pg_catalog.pg_shdepend d JOIN pg_catalog.pg_database b ON b.oid = d.dbid
        WHERE b.datname = current_database() AND d.refclassid = 1260)";

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    for row in reader.rows(QUERY)? {
        let name = reader.dialect.table_name(row.text(0));
        let role = Role { name: name.clone(), comment: row.filled(1), meta: Meta::default() };
        reader.schema.roles.insert(name, role);
    }
    Ok(())
}
