//! Policies of row-level security.

use crate::{
    live::{Failure, reader::Reader, row::SEPARATOR},
    model::{Meta, Policy},
};

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let query = format!(
        "SELECT r.nspname, r.relname, p.polname, p.polcmd, p.polpermissive,
            array_to_string(ARRAY(SELECT coalesce(g.rolname, 'public') FROM unnest(p.polroles) AS u(oid)
                LEFT JOIN pg_catalog.pg_roles g ON g.oid = u.oid ORDER BY 1), '{SEPARATOR}'),
            pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid),
            obj_description(p.oid, 'pg_policy')
        FROM relations r JOIN pg_catalog.pg_policy p ON p.polrelid = r.oid ORDER BY p.oid"
    );
    for row in reader.rows(&query)? {
        let mut roles: Vec<String> = row.list(5).map(str::to_owned).collect();
        roles.sort();
        let policy = Policy {
            name: reader.name(&row, 2),
            command: match row.text(3) {
                "r" => "select",
                "a" => "insert",
                "w" => "update",
                "d" => "delete",
                _ => "all",
            },
            permissive: row.is(4),
            roles,
            using: row.get(6).map(|it| reader.expr(it)),
            check: row.get(7).map(|it| reader.expr(it)),
            comment: row.filled(8),
            meta: Meta::default(),
        };
        if let Some(table) = reader.table(&row) {
            table.policies.push(policy);
        }
    }
    Ok(())
}
