//! Extended statistics.

use crate::{
    live::{
        Failure,
        access::holder,
        reader::{Reader, column_names},
        row::SEPARATOR,
    },
    model::{Access, Grants, Meta, Statistics},
};

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    // Expressions came with version 14.
    let expressions = if reader.version() < 14 {
        "NULL".to_owned()
    } else {
        format!("array_to_string(pg_get_statisticsobjdef_expressions(x.oid), '{SEPARATOR}')")
    };
    let query = format!(
        "SELECT s.nspname, x.stxname, n.nspname, c.relname, array_to_string(x.stxkind, ''), {},
            {expressions}, obj_description(x.oid, 'pg_statistic_ext'), {}
        FROM pg_catalog.pg_statistic_ext x JOIN spaces s ON s.oid = x.stxnamespace
        JOIN pg_catalog.pg_class c ON c.oid = x.stxrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE (3381, x.oid) NOT IN (SELECT classid, objid FROM extended)",
        column_names("c.oid", "x.stxkeys::int2[]"),
        holder("x.stxowner")
    );
    for row in reader.rows(&query)? {
        let kinds = [('f', "dependencies"), ('m', "mcv"), ('d', "ndistinct")];
        let kinds = kinds.iter().filter(|it| row.text(4).contains(it.0));
        let columns = row.list(5).map(|it| reader.dialect.ident_str(it));
        let keys = columns.chain(row.list(6).map(str::to_owned));
        let name = reader.qname(&row, 0, 1);
        let found = Statistics {
            name: name.clone(),
            table: reader.qname(&row, 2, 3),
            kinds: kinds.map(|it| it.1.to_owned()).collect(),
            keys: keys.map(|it| reader.expr(&it)).collect(),
            access: Access {
                owner: Some(reader.holder(&row, 8).0),
                grants: Some(Grants::default()),
            },
            comment: row.filled(7),
            meta: Meta::default(),
        };
        reader.schema.statistics.insert(name, found);
    }
    Ok(())
}
