//! Privileges that objects get when they are made.

use crate::{
    base::{Name, QName},
    live::{
        Failure,
        reader::{Reader, grants},
    },
    model::{DefaultPrivileges, Meta},
};

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let query = format!(
        "SELECT n.nspname, pg_get_userbyid(d.defaclrole), d.defaclobjtype, {} FROM pg_catalog.pg_default_acl d
        LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace",
        grants("d.defaclacl")
    );
    for row in reader.rows(&query)? {
        let objects = match row.text(2) {
            "r" => "tables",
            "S" => "sequences",
            "f" => "functions",
            "T" => "types",
            _ => "schemas",
        };
        let schema = row.get(0).map(|it| reader.dialect.table_name(it));
        let name = QName::new(schema.clone(), Name::exact(format!("{}/{objects}", row.text(1))));
        let found = DefaultPrivileges {
            name: name.clone(),
            role: reader.name(&row, 1),
            schema,
            objects,
            grants: reader.grants(&row, 3, None),
            meta: Meta::default(),
        };
        reader.schema.default_privileges.insert(name, found);
    }
    Ok(())
}
