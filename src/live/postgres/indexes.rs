//! Indexes that belong to no constraint.

use super::keys::index_options;
use crate::{
    base::{Name, QName},
    dialect::Relations,
    live::{
        Failure, Row,
        reader::{Reader, column_names, named},
        row::SEPARATOR,
    },
    model::{Index, IndexColumn, IndexKey, Schema, Table},
};

/// Which indexes: those that a constraint made are told with it.
const FROM: &str = "FROM relations r
    JOIN pg_catalog.pg_index i ON i.indexrelid = r.oid
    JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = r.oid AND k.contype IN ('p', 'u', 'x'))";

/// The keys of all indexes; of collations and operator classes only those that are not the default. What the collation
/// of an expression would be is nowhere told, but `pg_get_indexdef` knows when to write it.
const COLUMNS: &str = "SELECT x.nspname, x.tablename, x.relname, a.attname, pg_get_indexdef(x.oid, x.at, false),
        (SELECT l.collname FROM pg_catalog.pg_collation l
         WHERE l.oid = x.collation AND l.oid <> coalesce(a.attcollation, 0) AND (a.attname IS NOT NULL
            OR position(pg_get_indexdef(x.oid, x.at, false) || ' COLLATE ' IN pg_get_indexdef(x.oid)) > 0)),
        (SELECT o.opcname FROM pg_catalog.pg_opclass o WHERE o.oid = x.class AND (NOT o.opcdefault OR x.attoptions IS NOT NULL)),
        x.option & 1 = 1, x.option & 2 = 2, x.attoptions
    FROM (SELECT n.nspname, c.relname AS tablename, r.relname, r.oid, at, i.indrelid, i.indkey[at - 1] AS number,
            i.indcollation[at - 1] AS collation, i.indclass[at - 1] AS class, i.indoption[at - 1] AS option,
            (SELECT array_to_string(o.attoptions, ', ') FROM pg_catalog.pg_attribute o
             WHERE o.attrelid = r.oid AND o.attnum = at) AS attoptions
        FROM relations r
        JOIN pg_catalog.pg_index i ON i.indexrelid = r.oid
        JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace,
        generate_series(1, i.indnkeyatts) AS at) x
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = x.number AND x.number > 0
    ORDER BY x.oid, x.at";

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let include = column_names("c.oid", "(i.indkey::int2[])[i.indnkeyatts : i.indnatts - 1]");
    let query = format!(
        "SELECT n.nspname, c.relname, r.relname, i.indisunique,
            (SELECT m.amname FROM pg_catalog.pg_am m WHERE m.oid = r.relam AND m.amname <> 'btree'),
            pg_get_expr(i.indpred, i.indrelid), to_jsonb(i) ->> 'indnullsnotdistinct',
            array_to_string(r.reloptions, '{SEPARATOR}'),
            (SELECT t.spcname FROM pg_catalog.pg_tablespace t WHERE t.oid = r.reltablespace),
            obj_description(r.oid, 'pg_class'),
            (SELECT p.relname FROM pg_catalog.pg_inherits h JOIN pg_catalog.pg_class p ON p.oid = h.inhparent
             WHERE h.inhrelid = r.oid),
            (SELECT string_agg(format('statistics_%s=%s', s.attnum, s.attstattarget), '{SEPARATOR}')
             FROM pg_catalog.pg_attribute s WHERE s.attrelid = r.oid AND s.attstattarget >= 0), {include}
        {FROM} ORDER BY r.oid"
    );
    for row in reader.rows(&query)? {
        let mut index = Index::new(reader.name(&row, 2), Vec::new());
        index.unique = row.is(3);
        index.method = row.filled(4);
        index.condition = row.get(5).map(|it| reader.expr(it));
        index.nulls_not_distinct = row.is(6);
        index.options = index_options(&row, 7);
        index.comment = row.filled(9);
        index.attached_to = row.get(10).map(|it| reader.dialect.column_name(it));
        index.options.append(&mut Reader::options(&row, 11));
        index.include = reader.names(&row, 12);
        let owner = reader.qname(&row, 0, 1);
        if let Some(table) = reader.schema.tables.get_mut(&owner) {
            table.indexes.push(index);
        } else if let Some(view) = reader.schema.materialized_views.get_mut(&owner) {
            view.indexes.push(index);
        }
    }
    read_columns(reader)?;
    name(reader);
    Ok(())
}

fn read_columns(reader: &mut Reader) -> Result<(), Failure> {
    for row in reader.rows(COLUMNS)? {
        let column = read_column(reader, &row);
        let name = reader.name(&row, 2);
        let owner = reader.qname(&row, 0, 1);
        if let Some(columns) = columns_of(&mut reader.schema, &owner, &name) {
            columns.push(column);
        }
    }
    Ok(())
}

/// Returns the columns of the index or exclusion constraint of that name.
fn columns_of<'s>(
    schema: &'s mut Schema,
    owner: &QName,
    name: &Name,
) -> Option<&'s mut Vec<IndexColumn>> {
    if let Some(view) = schema.materialized_views.get_mut(owner) {
        return view.indexes.iter_mut().find(|it| it.name == *name).map(|it| &mut it.columns);
    }
    let table = schema.tables.get_mut(owner)?;
    let index = table.indexes.iter_mut().find(|it| it.name == *name).map(|it| &mut it.columns);
    let exclusions = table.exclusions.iter_mut();
    index.or_else(|| {
        exclusions.map(|it| (&it.name, &mut it.keys)).find(|it| it.0 == name).map(|it| it.1)
    })
}

fn read_column(reader: &Reader, row: &Row) -> IndexColumn {
    let key = match row.get(3) {
        Some(name) => IndexKey::Column(reader.dialect.column_name(name)),
        None => IndexKey::Expr(reader.expr(row.text(4))),
    };
    let (descending, nulls_first) = (row.is(7), row.is(8));
    IndexColumn {
        collate: row.filled(5),
        opclass: row.filled(6),
        opclass_options: row.filled(9),
        descending,
        // NULLs come last, unless the order is turned around.
        nulls_first: Some(nulls_first).filter(|it| *it != descending),
        ..IndexColumn::new(key)
    }
}

/// Marks the names that the server invented, which takes the columns.
fn name(reader: &mut Reader) {
    let dialect = reader.dialect;
    let tables = reader.schema.tables.values_mut().map(|it| (&it.name, &mut it.indexes));
    let views = reader.schema.materialized_views.values_mut().map(|it| (&it.name, &mut it.indexes));
    for (owner, indexes) in tables.chain(views) {
        let bare = Table::new(owner.clone());
        for index in indexes {
            let first = dialect.index_name(&Relations::default(), &bare, index);
            index.meta = named(&index.name, &first);
        }
    }
}
