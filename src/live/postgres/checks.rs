//! Check constraints.

use crate::{
    dialect::Relations,
    live::{
        Failure,
        reader::{Reader, column_names, named},
    },
    model::{Check, Table},
};

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let query = format!(
        "SELECT r.nspname, r.relname, k.conname, pg_get_expr(k.conbin, k.conrelid),
            coalesce(to_jsonb(k) ->> 'conenforced', 'true'), obj_description(k.oid, 'pg_constraint'), {}
        FROM relations r
        JOIN pg_catalog.pg_constraint k ON k.conrelid = r.oid AND k.contype = 'c' ORDER BY k.oid",
        column_names("r.oid", "k.conkey"),
    );
    for row in reader.rows(&query)? {
        let (dialect, name, columns) =
            (reader.dialect, reader.name(&row, 2), reader.names(&row, 6));
        let expr = reader.expr(row.text(3));
        let (enforced, comment) = (row.is(4), row.filled(5));
        let Some(table) = reader.table(&row) else { continue };
        let bare = Table::new(table.name.clone());
        let meta = named(&name, &dialect.check_name(&Relations::default(), &bare, &columns));
        table.checks.push(Check { name, expr, columns, enforced, comment, meta });
    }
    Ok(())
}
