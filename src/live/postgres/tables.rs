//! Tables without their parts.

use crate::{
    base::Name,
    live::{Failure, access::access, reader::Reader, row::SEPARATOR},
    model::{Foreign, PartitionOf, ReplicaIdentity, Table},
};

/// The index of a flag in `pg_index`.
const FLAGGED: &str =
    "SELECT x.relname FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
    WHERE i.indrelid = r.oid AND i";

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let query = format!(
        "SELECT r.nspname, r.relname, r.relpersistence = 'u', obj_description(r.oid, 'pg_class'),
            array_to_string(r.reloptions, '{SEPARATOR}'),
            (SELECT string_agg('toast.' || option, '{SEPARATOR}')
             FROM pg_catalog.pg_class o, unnest(o.reloptions) AS option WHERE o.oid = r.reltoastrelid),
            r.relrowsecurity, r.relforcerowsecurity,
            r.relreplident, ({FLAGGED}.indisreplident), ({FLAGGED}.indisclustered),
            (SELECT m.amname FROM pg_catalog.pg_am m WHERE m.oid = r.relam AND m.amname <> 'heap'),
            (SELECT t.spcname FROM pg_catalog.pg_tablespace t WHERE t.oid = r.reltablespace),
            pg_get_partkeydef(r.oid),
            (SELECT n.nspname FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
             WHERE t.oid = r.reloftype),
            (SELECT t.typname FROM pg_catalog.pg_type t WHERE t.oid = r.reloftype), {},
            (SELECT s.srvname FROM pg_catalog.pg_foreign_table f JOIN pg_catalog.pg_foreign_server s ON s.oid = f.ftserver
             WHERE f.ftrelid = r.oid),
            (SELECT array_to_string(f.ftoptions, '{SEPARATOR}') FROM pg_catalog.pg_foreign_table f WHERE f.ftrelid = r.oid)
        FROM relations r WHERE r.relkind IN ('r', 'p', 'f')",
        access("r.relowner", "r.relacl", 'r')
    );
    for row in reader.rows(&query)? {
        let name = reader.qname(&row, 0, 1);
        let mut table = Table::new(name.clone());
        table.unlogged = row.is(2);
        table.comment = row.filled(3);
        table.options = Reader::options(&row, 4);
        table.options.append(&mut Reader::options(&row, 5));
        for (key, at) in [("using", 11), ("tablespace", 12)] {
            table.options.extend(row.get(at).map(|it| (key.to_owned(), it.to_owned())));
        }
        table.rls = row.is(6);
        table.force_rls = row.is(7);
        let named = |at: usize| row.get(at).map(|it| reader.dialect.column_name(it));
        table.replica_identity = identity(row.text(8), named(9));
        table.cluster_on = named(10);
        table.partition_by = row.get(13).and_then(|it| reader.dialect.partition_key(it));
        table.of_type = row.get(15).map(|it| reader.dialect.qname_of(row.get(14), it));
        table.access = reader.access(&row, 16);
        table.foreign = row.get(18).map(|it| Foreign {
            server: reader.dialect.table_name(it),
            options: Reader::options(&row, 19),
        });
        reader.schema.tables.insert(name, table);
    }
    read_families(reader)
}

fn identity(letter: &str, index: Option<Name>) -> ReplicaIdentity {
    match (letter, index) {
        ("f", _) => ReplicaIdentity::Full,
        ("i", Some(index)) => ReplicaIdentity::Index(index),
        ("n" | "i", _) => ReplicaIdentity::Nothing,
        _ => ReplicaIdentity::Default,
    }
}

/// What each table inherits from or is a partition of.
fn read_families(reader: &mut Reader) -> Result<(), Failure> {
    const QUERY: &str =
        "SELECT r.nspname, r.relname, n.nspname, p.relname, pg_get_expr(r.relpartbound, r.oid)
        FROM relations r
        JOIN pg_catalog.pg_inherits h ON h.inhrelid = r.oid
        JOIN pg_catalog.pg_class p ON p.oid = h.inhparent
        JOIN pg_catalog.pg_namespace n ON n.oid = p.relnamespace
        WHERE r.relkind IN ('r', 'p', 'f') ORDER BY r.oid, h.inhseqno";
    for row in reader.rows(QUERY)? {
        let parent = reader.qname(&row, 2, 3);
        let bound = row.get(4).map(|it| reader.dialect.partition_bound(it));
        let Some(table) = reader.table(&row) else { continue };
        match bound {
            Some(bound) => table.partition_of = Some(PartitionOf { parent, bound }),
            None => table.parents.push(parent),
        }
    }
    Ok(())
}
