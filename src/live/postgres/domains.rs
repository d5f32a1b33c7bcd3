//! Domains and their conditions.

use crate::{
    live::{Failure, access::access, reader::Reader},
    model::{Domain, DomainCheck, Meta},
};

const CHECKS: &str = "SELECT t.nspname, t.typname, k.conname, pg_get_expr(k.conbin, 0), k.convalidated
    FROM types t JOIN pg_catalog.pg_constraint k ON k.contypid = t.oid AND k.contype = 'c' ORDER BY k.oid";

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let query = format!(
        "SELECT t.nspname, t.typname, format_type(t.typbasetype, t.typtypmod), t.typnotnull,
            pg_get_expr(t.typdefaultbin, 0),
            (SELECT l.collname FROM pg_catalog.pg_collation l JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
             WHERE l.oid = t.typcollation AND t.typcollation <> b.typcollation),
            obj_description(t.oid, 'pg_type'), {}
        FROM types t WHERE t.typtype = 'd' ORDER BY t.oid",
        access("t.typowner", "t.typacl", 'T')
    );
    for row in reader.rows(&query)? {
        let (name, ty) = (reader.qname(&row, 0, 1), reader.column_type(row.text(2)));
        let domain = Domain {
            name: name.clone(),
            default: row.get(4).and_then(|it| reader.dialect.default_expr(it, &ty)),
            ty,
            collate: row.filled(5),
            nullable: !row.is(3),
            checks: Vec::new(),
            access: reader.access(&row, 7),
            comment: row.filled(6),
            meta: Meta::default(),
        };
        reader.schema.domains.insert(name, domain);
    }
    for row in reader.rows(CHECKS)? {
        let (name, expr) = (reader.name(&row, 2), reader.expr(row.text(3)));
        let domain = reader.qname(&row, 0, 1);
        if let Some(domain) = reader.schema.domains.get_mut(&domain) {
            domain.checks.push(DomainCheck { name, expr, validated: row.is(4) });
        }
    }
    Ok(())
}
