//! Roles: they are the whole server's, so a plan leaves them alone.

use std::collections::BTreeMap;

use crate::{
    live::{Failure, reader::Reader, row::SEPARATOR},
    model::{Meta, Role},
};

/// The bootstrap user has the number 10 everywhere.
fn query() -> String {
    format!(
        "SELECT r.rolname, shobj_description(r.oid, 'pg_authid'),
            (SELECT string_agg(g.rolname, '{SEPARATOR}') FROM pg_catalog.pg_auth_members m
             JOIN pg_catalog.pg_roles g ON g.oid = m.roleid WHERE m.member = r.oid)
        FROM pg_catalog.pg_roles r WHERE r.oid <> 10 AND r.rolname !~ '^pg_'"
    )
}

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    for row in reader.rows(&query())? {
        let name = reader.dialect.table_name(row.text(0));
        // Roles are the whole server's: what they may do elsewhere is none of this database.
        let role = Role {
            name: name.clone(),
            options: BTreeMap::new(),
            member_of: row.list(2).map(|it| reader.dialect.table_name(it)).collect(),
            comment: row.filled(1),
            meta: Meta { external: true, ..Meta::default() },
        };
        reader.schema.roles.insert(name, role);
    }
    Ok(())
}
