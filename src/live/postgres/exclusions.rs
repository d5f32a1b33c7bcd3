//! Exclusion constraints; the keys are read with those of indexes.

use super::keys::{deferral, index_options};
use crate::{
    live::{
        Failure,
        reader::{Reader, column_names},
        row::SEPARATOR,
    },
    model::{Exclusion, Meta},
};

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let query = format!(
        "SELECT r.nspname, r.relname, k.conname, m.amname, k.condeferrable, k.condeferred,
            obj_description(k.oid, 'pg_constraint'), pg_get_expr(i.indpred, i.indrelid),
            array_to_string(ARRAY(SELECT o.oprname FROM unnest(k.conexclop) WITH ORDINALITY AS u(oid, at)
                JOIN pg_catalog.pg_operator o ON o.oid = u.oid ORDER BY u.at), '{SEPARATOR}'),
            array_to_string(c.reloptions, '{SEPARATOR}'),
            (SELECT t.spcname FROM pg_catalog.pg_tablespace t WHERE t.oid = c.reltablespace),
            (SELECT p.relname FROM pg_catalog.pg_inherits h JOIN pg_catalog.pg_class p ON p.oid = h.inhparent
             WHERE h.inhrelid = c.oid), {}
        FROM relations r JOIN pg_catalog.pg_constraint k ON k.conrelid = r.oid AND k.contype = 'x'
        JOIN pg_catalog.pg_index i ON i.indexrelid = k.conindid JOIN pg_catalog.pg_class c ON c.oid = k.conindid
        JOIN pg_catalog.pg_am m ON m.oid = c.relam ORDER BY k.oid",
        column_names("r.oid", "(i.indkey::int2[])[i.indnkeyatts : i.indnatts - 1]"),
    );
    for row in reader.rows(&query)? {
        let exclusion = Exclusion {
            name: reader.name(&row, 2),
            method: row.text(3).to_owned(),
            keys: Vec::new(),
            operators: row.list(8).map(str::to_owned).collect(),
            include: reader.names(&row, 12),
            condition: row.get(7).map(|it| reader.expr(it)),
            deferral: deferral(&row, 4),
            attached_to: row.get(11).map(|it| reader.dialect.column_name(it)),
            options: index_options(&row, 9),
            comment: row.filled(6),
            meta: Meta::default(),
        };
        if let Some(table) = reader.table(&row) {
            table.exclusions.push(exclusion);
        }
    }
    Ok(())
}
