//! Privileges that objects get when they are made.

use crate::{
    dialect::postgres::privileges::{Grantable, default_key},
    live::{
        Failure,
        access::{grants, holder},
        reader::Reader,
    },
    model::{DefaultPrivileges, Meta},
};

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let query = format!(
        "SELECT n.nspname, {}, d.defaclobjtype, {} FROM pg_catalog.pg_default_acl d
        LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace",
        holder("d.defaclrole"),
        grants("d.defaclacl")
    );
    for row in reader.rows(&query)? {
        let objects = match row.text(2) {
            "r" => "tables",
            "S" => "sequences",
            "f" => "functions",
            "T" => "types",
            "n" => "schemas",
            // Large objects are no part of a schema.
            _ => continue,
        };
        let schema = row.get(0).map(|it| reader.dialect.table_name(it));
        let (role, role_name) = reader.holder(&row, 1);
        let Some(class) = Grantable::of_word(objects) else { continue };
        let about = (&role_name, class, schema.is_some());
        let grants = reader.default_grants(&row, 3, about);
        let name = default_key(&role, schema.clone(), objects);
        let found = DefaultPrivileges {
            name: name.clone(),
            role,
            schema,
            objects,
            grants,
            meta: Meta::default(),
        };
        reader.schema.default_privileges.insert(name, found);
    }
    Ok(())
}
