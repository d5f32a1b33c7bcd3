//! Columns.

use crate::{
    live::{Failure, Row, reader::Reader},
    model::{Column, Generated, Identity},
};

const QUERY: &str = "SELECT r.nspname, r.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
        pg_get_expr(d.adbin, d.adrelid), a.attgenerated, a.attidentity,
        CASE WHEN a.attcollation <> t.typcollation THEN l.collname END, col_description(r.oid, a.attnum)
    FROM relations r
    JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
    WHERE r.relkind IN ('r', 'p') ORDER BY r.oid, a.attnum";

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    for row in reader.rows(QUERY)? {
        let column = column(reader, &row);
        if let Some(table) = reader.table(&row) {
            table.columns.push(column);
        }
    }
    Ok(())
}

fn column(reader: &Reader, row: &Row) -> Column {
    let mut column = Column::new(reader.name(row, 2), reader.column_type(row.text(3)));
    column.nullable = !row.is(4);
    column.collate = row.filled(8);
    column.comment = row.filled(9);
    column.identity = match row.text(7) {
        "a" => Some(Identity::Always),
        "d" => Some(Identity::ByDefault),
        _ => None,
    };
    let is_int = matches!(&*column.ty.name, "integer" | "bigint" | "smallint");
    match (row.text(6), row.get(5)) {
        (_, None) => {}
        ("", Some(text)) if is_int && text.starts_with("nextval(") => {
            column.identity = Some(Identity::Serial);
        }
        ("", Some(text)) => column.default = reader.dialect.default_expr(text, &column.ty),
        (kind, Some(text)) => {
            column.generated = Some(Generated { expr: reader.expr(text), stored: kind == "s" });
        }
    }
    column
}
