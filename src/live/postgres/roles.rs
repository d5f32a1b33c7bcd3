//! Roles: they are the whole server's, so a plan leaves them alone.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    live::{Failure, reader::Reader},
    model::{Meta, Role},
};

/// The bootstrap user has the number 10 everywhere.
const QUERY: &str =
    "SELECT r.rolname, shobj_description(r.oid, 'pg_authid') FROM pg_catalog.pg_roles r
    WHERE r.oid <> 10 AND r.rolname !~ '^pg_'";

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    for row in reader.rows(QUERY)? {
        let name = reader.dialect.table_name(row.text(0));
        // Roles are the whole server's: what they may do elsewhere is none of this database.
        let role = Role {
            name: name.clone(),
            options: BTreeMap::new(),
            member_of: BTreeSet::new(),
            comment: row.filled(1),
            meta: Meta { external: true, ..Meta::default() },
        };
        reader.schema.roles.insert(name, role);
    }
    Ok(())
}
