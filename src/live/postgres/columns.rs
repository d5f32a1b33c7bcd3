//! Columns.

use crate::{
    live::{Failure, Row, reader::Reader, row::SEPARATOR},
    model::{Column, Generated, Identity, NotNull},
};

fn query() -> String {
    format!(
    "SELECT r.nspname, r.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
        pg_get_expr(d.adbin, d.adrelid), a.attgenerated,
        -- A partition is numbered along with its table since 17.
        CASE WHEN c.relispartition AND current_setting('server_version_num')::int >= 170000 THEN '' ELSE a.attidentity END,
        CASE WHEN a.attcollation <> t.typcollation THEN l.collname END, col_description(r.oid, a.attnum),
        a.attinhcount > 0 AND NOT a.attislocal,
        concat_ws('{SEPARATOR}', array_to_string(a.attoptions, '{SEPARATOR}'),
            CASE WHEN a.attstorage <> t.typstorage THEN 'storage=' || CASE a.attstorage
                WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'x' THEN 'extended' ELSE 'main' END END,
            CASE to_jsonb(a) ->> 'attcompression' WHEN 'p' THEN 'compression=pglz' WHEN 'l' THEN 'compression=lz4' END,
            'statistics=' || nullif(a.attstattarget, -1),
            (SELECT string_agg('option ' || own, '{SEPARATOR}') FROM unnest(a.attfdwoptions) AS own)),
        n.conname, NOT n.convalidated, n.connoinherit, obj_description(n.oid, 'pg_constraint')
    FROM relations r
    JOIN pg_catalog.pg_class c ON c.oid = r.oid
    JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
    LEFT JOIN pg_catalog.pg_constraint n ON n.contype = 'n' AND n.conrelid = r.oid AND n.conkey[1] = a.attnum
    WHERE r.relkind IN ('r', 'p', 'f') ORDER BY r.oid, a.attnum"
    )
}

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    for row in reader.rows(&query())? {
        let mut column = column(reader, &row);
        if let Some(name) = row.filled(12) {
            let name = Some(reader.dialect.column_name(&name));
            let comment = row.filled(15);
            let own = NotNull { name, not_valid: row.is(13), no_inherit: row.is(14), comment };
            reader.dialect.set_not_null(&reader.qname(&row, 0, 1), &mut column, own);
        }
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
    column.inherited = row.is(10);
    column.settings = Reader::options(row, 11);
    column.identity = match row.text(7) {
        "a" => Some(Identity::Always),
        "d" => Some(Identity::ByDefault),
        _ => None,
    };
    match (row.text(6), row.get(5)) {
        (_, None) => {}
        ("", Some(text)) => column.default = reader.dialect.kept_default(text, &column.ty),
        (kind, Some(text)) => {
            column.generated = Some(Generated { expr: reader.expr(text), stored: kind == "s" });
        }
    }
    column
}
