//! Exclusion constraints.

use super::{Reader, column_names, indexes, keys, named};
use crate::{
    dialect::Relations,
    live::{Failure, row::SEPARATOR},
    model::{Exclusion, Meta, Table},
};

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let query = format!(
        "SELECT r.nspname, r.relname, k.conname, m.amname, pg_get_expr(i.indpred, i.indrelid),
            k.condeferrable, k.condeferred, obj_description(k.oid, 'pg_constraint'),
            array_to_string(ARRAY(SELECT o.oprname FROM unnest(k.conexclop) WITH ORDINALITY AS u(oid, at)
                JOIN pg_catalog.pg_operator o ON o.oid = u.oid ORDER BY u.at), '{SEPARATOR}'),
            array_to_string(x.reloptions, '{SEPARATOR}'),
            (SELECT t.spcname FROM pg_catalog.pg_tablespace t WHERE t.oid = x.reltablespace),
            (SELECT p.relname FROM pg_catalog.pg_inherits h JOIN pg_catalog.pg_class p ON p.oid = h.inhparent
             WHERE h.inhrelid = x.oid), {}
        FROM relations r
        JOIN pg_catalog.pg_constraint k ON k.conrelid = r.oid AND k.contype = 'x'
        JOIN pg_catalog.pg_index i ON i.indexrelid = k.conindid
        JOIN pg_catalog.pg_class x ON x.oid = k.conindid
        JOIN pg_catalog.pg_am m ON m.oid = x.relam ORDER BY k.oid",
        column_names("r.oid", "(i.indkey::int2[])[i.indnkeyatts : i.indnatts - 1]"),
    );
    for row in reader.rows(&query)? {
        let exclusion = Exclusion {
            name: reader.name(&row, 2),
            method: row.text(3).to_owned(),
            keys: Vec::new(),
            operators: row.list(8).map(str::to_owned).collect(),
            include: reader.names(&row, 12),
            condition: row.get(4).map(|it| reader.expr(it)),
            deferral: keys::deferral(&row, 5),
            attached_to: row.get(11).map(|it| reader.dialect.column_name(it)),
            options: keys::options(&row, 9),
            comment: row.filled(7),
            meta: Meta::default(),
        };
        if let Some(table) = reader.table(&row) {
            table.exclusions.push(exclusion);
        }
    }
    read_keys(reader)
}

fn read_keys(reader: &mut Reader) -> Result<(), Failure> {
    for row in reader.rows(indexes::COLUMNS)? {
        let (column, name) = (indexes::read_column(reader, &row), reader.name(&row, 2));
        let exclusions = reader.table(&row).map(|it| &mut it.exclusions);
        if let Some(it) = exclusions.and_then(|it| it.iter_mut().find(|it| it.name == name)) {
            it.keys.push(column);
        }
    }
    let dialect = reader.dialect;
    for table in reader.schema.tables.values_mut() {
        let bare = Table::new(table.name.clone());
        for it in &mut table.exclusions {
            let first = dialect.exclusion_name(&Relations::default(), &bare, it);
            it.meta = named(&it.name, &first);
        }
    }
    Ok(())
}
