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
            coalesce(to_jsonb(k) ->> 'conenforced', 'true'), obj_description(k.oid, 'pg_constraint'),
            NOT k.convalidated, k.connoinherit, k.coninhcount > 0 AND NOT k.conislocal, {}
        FROM relations r
        JOIN pg_catalog.pg_constraint k ON k.conrelid = r.oid AND k.contype = 'c' ORDER BY k.oid",
        column_names("r.oid", "k.conkey"),
    );
    for row in reader.rows(&query)? {
        let (dialect, name, columns) =
            (reader.dialect, reader.name(&row, 2), reader.names(&row, 9));
        let expr = reader.expr(row.text(3));
        let (enforced, comment) = (row.is(4), row.filled(5));
        let (not_valid, no_inherit, inherited) = (row.is(6) && enforced, row.is(7), row.is(8));
        let Some(table) = reader.table(&row) else { continue };
        let bare = Table::new(table.name.clone());
        let meta = named(&name, &dialect.check_name(&Relations::default(), &bare, &columns));
        let usual = Check::new(name, expr, columns);
        let check = Check { enforced, not_valid, no_inherit, inherited, comment, meta, ..usual };
        table.checks.push(check);
    }
    Ok(())
}
