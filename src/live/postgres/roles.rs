//! Roles: they are the whole server's, so a plan leaves them alone.

use std::collections::BTreeMap;

use crate::{
    live::{Failure, Row, reader::Reader, row::SEPARATOR},
    model::{Meta, Role},
};

/// The bootstrap user has the number 10 everywhere.
fn query() -> String {
    format!(
        "SELECT r.rolname, shobj_description(r.oid, 'pg_authid'),
            (SELECT string_agg(g.rolname, '{SEPARATOR}') FROM pg_catalog.pg_auth_members m
             JOIN pg_catalog.pg_roles g ON g.oid = m.roleid WHERE m.member = r.oid),
            r.rolsuper, r.rolcreatedb, r.rolcreaterole, NOT r.rolinherit, r.rolcanlogin, r.rolreplication, r.rolbypassrls
        FROM pg_catalog.pg_roles r WHERE r.oid <> 10 AND r.rolname !~ '^pg_'"
    )
}

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    for row in reader.rows(&query())? {
        let name = reader.dialect.table_name(row.text(0));
        // Roles are the whole server's: what they may do elsewhere is none of this database.
        let role = Role {
            name: name.clone(),
            options: options(&row),
            member_of: row.list(2).map(|it| reader.dialect.table_name(it)).collect(),
            comment: row.filled(1),
            meta: Meta { external: true, ..Meta::default() },
        };
        reader.schema.roles.insert(name, role);
    }
    Ok(())
}

/// The flags, in the order of the query.
const FLAGS: [&str; 7] =
    ["superuser", "createdb", "createrole", "inherit", "login", "replication", "bypassrls"];

/// Returns the flags that differ from those of a role that states nothing: only INHERIT is on by itself.
fn options(row: &Row) -> BTreeMap<String, String> {
    let unusual = FLAGS.iter().enumerate().filter(|(at, _)| row.is(3 + at));
    let value = |flag: &str| if flag == "inherit" { "no" } else { "yes" };
    unusual.map(|(_, flag)| ((*flag).to_owned(), value(flag).to_owned())).collect()
}
