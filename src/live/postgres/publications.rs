//! Publications.

use std::collections::BTreeMap;

use crate::{
    live::{
        Failure, Row,
        reader::{Reader, column_names},
    },
    model::{Meta, Publication, PublishedTable},
};

const QUERY: &str = "SELECT p.pubname, p.puballtables, concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END,
        CASE WHEN p.pubupdate THEN 'update' END, CASE WHEN p.pubdelete THEN 'delete' END,
        CASE WHEN p.pubtruncate THEN 'truncate' END), to_jsonb(p) ->> 'pubviaroot', CASE WHEN p.pubowner <> (SELECT d.datdba FROM pg_catalog.pg_database d WHERE d.datname = current_database())
            THEN pg_get_userbyid(p.pubowner) END,
        obj_description(p.oid, 'pg_publication')
    FROM pg_catalog.pg_publication p WHERE (6104, p.oid) NOT IN (SELECT classid, objid FROM extended)";

/// Publications of whole schemas came with version 15.
const SCHEMAS: &str = "SELECT p.pubname, n.nspname FROM pg_catalog.pg_publication_namespace x
    JOIN pg_catalog.pg_publication p ON p.oid = x.pnpubid JOIN pg_catalog.pg_namespace n ON n.oid = x.pnnspid
    ORDER BY n.nspname";

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    for row in reader.rows(QUERY)? {
        let publication = publication(reader, &row);
        reader.schema.publications.insert(publication.name.clone(), publication);
    }
    read_tables(reader)?;
    if reader.version() < 15 {
        return Ok(());
    }
    for row in reader.rows(SCHEMAS)? {
        let (name, schema) = (reader.name(&row, 0), reader.dialect.table_name(row.text(1)));
        if let Some(publication) = reader.schema.publications.get_mut(&name) {
            publication.schemas.push(schema);
        }
    }
    Ok(())
}

fn publication(reader: &Reader, row: &Row) -> Publication {
    let mut options = BTreeMap::new();
    if row.text(2) != "insert, update, delete, truncate" {
        options.insert("publish".to_owned(), row.text(2).to_owned());
    }
    if row.is(3) {
        options.insert("publish_via_partition_root".to_owned(), "true".to_owned());
    }
    Publication {
        name: reader.name(row, 0),
        all_tables: row.is(1),
        tables: Vec::new(),
        schemas: Vec::new(),
        options,
        owner: row.get(4).map(|_| reader.name(row, 4)),
        comment: row.filled(5),
        meta: Meta::default(),
    }
}

fn read_tables(reader: &mut Reader) -> Result<(), Failure> {
    // Columns and conditions came with version 15.
    let (columns, condition) = if reader.version() < 15 {
        ("''".to_owned(), "NULL")
    } else {
        (column_names("c.oid", "x.prattrs::int2[]"), "pg_get_expr(x.prqual, x.prrelid)")
    };
    let query = format!(
        "SELECT p.pubname, n.nspname, c.relname, {columns}, {condition} FROM pg_catalog.pg_publication_rel x
        JOIN pg_catalog.pg_publication p ON p.oid = x.prpubid JOIN pg_catalog.pg_class c ON c.oid = x.prrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
    );
    for row in reader.rows(&query)? {
        let publication = reader.name(&row, 0);
        let table = PublishedTable {
            name: reader.qname(&row, 1, 2),
            columns: reader.names(&row, 3),
            condition: row.get(4).map(|it| reader.expr(it)),
        };
        if let Some(publication) = reader.schema.publications.get_mut(&publication) {
            publication.tables.push(table);
            publication.tables.sort_by(|a, b| a.name.cmp(&b.name));
        }
    }
    Ok(())
}
