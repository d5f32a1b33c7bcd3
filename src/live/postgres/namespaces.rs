//! Schemas.

use crate::{
    dialect::postgres::privileges::{PUBLIC_COMMENT, public_access},
    live::{Failure, access::access, reader::Reader},
    model::{Grantee, Holder, Meta, Namespace},
};

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let query = format!(
        "SELECT s.nspname, obj_description(s.oid, 'pg_namespace'), {} FROM spaces s
        WHERE (2615, s.oid) NOT IN (SELECT classid, objid FROM extended)",
        access("s.nspowner", "s.nspacl", 'n')
    );
    for row in reader.rows(&query)? {
        let name = reader.dialect.table_name(row.text(0));
        let is_public = reader.dialect.is_default_schema(name.as_str());
        let mut namespace = Namespace {
            name: name.clone(),
            access: reader.access(&row, 2),
            comment: row.filled(1),
            meta: Meta::default(),
        };
        if is_public {
            settle_public(&mut namespace, reader.version());
            if namespace.comment.is_none() && namespace.access == public_access() {
                continue;
            }
        }
        reader.schema.namespaces.insert(name, namespace);
    }
    Ok(())
}

/// Brings the default schema to the form of version 15, since when PUBLIC may not create in it
/// (<https://www.postgresql.org/docs/15/release-15.html>).
fn settle_public(it: &mut Namespace, version: u32) {
    it.meta.given = true;
    it.comment = it.comment.take().filter(|it| it != PUBLIC_COMMENT);
    if version < 15 && it.access.owner == Some(Holder::Creator) {
        it.access.owner = public_access().owner;
        let public =
            it.access.grants.iter_mut().filter_map(|it| it.given.get_mut(&Grantee::Public));
        public.for_each(|it| it.retain(|it| it.privilege != "create"));
    }
}
