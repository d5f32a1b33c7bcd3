//! Tables without their parts.

use crate::{
    live::{Failure, access::access, reader::Reader, row::SEPARATOR},
    model::Table,
};

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let query = format!(
        "SELECT r.nspname, r.relname, r.relpersistence = 'u', obj_description(r.oid, 'pg_class'),
            array_to_string(r.reloptions, '{SEPARATOR}'),
            (SELECT string_agg('toast.' || option, '{SEPARATOR}')
             FROM pg_catalog.pg_class o, unnest(o.reloptions) AS option WHERE o.oid = r.reltoastrelid),
            r.relrowsecurity, r.relforcerowsecurity, {}
        FROM relations r WHERE r.relkind IN ('r', 'p')",
        access("r.relowner", "r.relacl", 'r')
    );
    for row in reader.rows(&query)? {
        let name = reader.qname(&row, 0, 1);
        let mut table = Table::new(name.clone());
        table.unlogged = row.is(2);
        table.comment = row.filled(3);
        table.options = Reader::options(&row, 4);
        table.options.append(&mut Reader::options(&row, 5));
        table.rls = row.is(6);
        table.force_rls = row.is(7);
        table.access = reader.access(&row, 8);
        reader.schema.tables.insert(name, table);
    }
    Ok(())
}
