//! Views and materialized views.

use std::collections::BTreeMap;

use crate::{
    base::List,
    dialect::views,
    live::{Failure, Row, access::access, reader::Reader, row::SEPARATOR},
    model::{MaterializedView, Meta, View, ViewColumn},
};

const COLUMNS: &str = "SELECT r.nspname, r.relname, a.attname, format_type(a.atttypid, a.atttypmod),
        col_description(r.oid, a.attnum),
        (SELECT l.collname FROM pg_catalog.pg_collation l WHERE l.oid = a.attcollation)
    FROM relations r JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE r.relkind IN ('v', 'm') ORDER BY r.oid, a.attnum";

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let query = format!(
        "SELECT r.nspname, r.relname, r.relkind, pg_get_viewdef(r.oid), array_to_string(r.reloptions, '{SEPARATOR}'),
            r.relispopulated, obj_description(r.oid, 'pg_class'), {}
        FROM relations r WHERE r.relkind IN ('v', 'm')",
        access("r.relowner", "r.relacl", 'r')
    );
    for row in reader.rows(&query)? {
        if row.text(2) == "v" { view(reader, &row) } else { materialized_view(reader, &row) }
    }
    for row in reader.rows(COLUMNS)? {
        let ty = Some(reader.column_type(row.text(3)));
        let column = ViewColumn {
            name: reader.name(&row, 2),
            ty,
            collate: row.filled(5),
            comment: row.filled(4),
        };
        let name = reader.qname(&row, 0, 1);
        if let Some(view) = reader.schema.views.get_mut(&name) {
            view.columns.push(column);
        } else if let Some(view) = reader.schema.materialized_views.get_mut(&name) {
            view.columns.push(column);
        }
    }
    Ok(())
}

fn view(reader: &mut Reader, row: &Row) {
    let name = reader.qname(row, 0, 1);
    let view = View {
        name: name.clone(),
        query: reader.query(row.text(3)),
        columns: Vec::new(),
        listed: false,
        options: options(row),
        triggers: List::default(),
        rules: List::default(),
        access: reader.access(row, 7),
        comment: row.filled(6),
        meta: Meta::default(),
    };
    reader.schema.views.insert(name, view);
}

fn materialized_view(reader: &mut Reader, row: &Row) {
    let name = reader.qname(row, 0, 1);
    let view = MaterializedView {
        name: name.clone(),
        query: reader.query(row.text(3)),
        columns: Vec::new(),
        listed: false,
        options: options(row),
        indexes: List::default(),
        with_data: row.is(5),
        access: reader.access(row, 7),
        comment: row.filled(6),
        meta: Meta::default(),
    };
    reader.schema.materialized_views.insert(name, view);
}

fn options(row: &Row) -> BTreeMap<String, String> {
    Reader::options(row, 4).iter().map(|it| views::option(it.0, it.1)).collect()
}
