//! Foreign keys.

use super::keys::deferral;
use crate::{
    dialect::Relations,
    live::{
        Failure,
        reader::{Reader, column_names, named},
    },
    model::{Action, ForeignKey, Table},
};

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let query = format!(
        "SELECT r.nspname, r.relname, k.conname, n.nspname, c.relname, k.condeferrable, k.condeferred,
            k.confdeltype, k.confupdtype, k.confmatchtype = 'f', obj_description(k.oid, 'pg_constraint'),
            NOT k.convalidated, coalesce(to_jsonb(k) ->> 'conenforced', 'true'), to_jsonb(k) ->> 'conperiod',
            (SELECT p.conname FROM pg_catalog.pg_constraint p WHERE p.oid = k.conparentid), {}, {}, {}
        FROM relations r
        JOIN pg_catalog.pg_constraint k ON k.conrelid = r.oid AND k.contype = 'f'
            AND (k.conparentid = 0 OR NOT EXISTS (SELECT FROM pg_catalog.pg_constraint p
                WHERE p.oid = k.conparentid AND p.conrelid = k.conrelid))
        JOIN pg_catalog.pg_class c ON c.oid = k.confrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace ORDER BY k.oid",
        column_names("r.oid", "k.conkey"),
        column_names("c.oid", "k.confkey"),
        column_names("r.oid", "ARRAY(SELECT jsonb_array_elements_text(nullif(to_jsonb(k) -> 'confdelsetcols', 'null')))::int2[]"),
    );
    for row in reader.rows(&query)? {
        let dialect = reader.dialect;
        let key = ForeignKey {
            on_delete: action(row.text(7)),
            on_delete_columns: reader.names(&row, 17),
            on_update: action(row.text(8)),
            match_full: row.is(9),
            deferral: deferral(&row, 5),
            enforced: row.is(12),
            not_valid: row.is(11) && row.is(12),
            period: row.is(13),
            attached_to: row.filled(14).map(|it| dialect.column_name(&it)),
            comment: row.filled(10),
            ..ForeignKey::new(
                reader.name(&row, 2),
                reader.names(&row, 15),
                reader.qname(&row, 3, 4),
                reader.names(&row, 16),
            )
        };
        let Some(table) = reader.table(&row) else { continue };
        let bare = Table::new(table.name.clone());
        let first = dialect.foreign_key_name(&Relations::default(), &bare, &key.columns);
        let meta = named(&key.name, &first);
        table.foreign_keys.push(ForeignKey { meta, ..key });
    }
    Ok(())
}

/// Returns what the letter stands for (<https://www.postgresql.org/docs/current/catalog-pg-constraint.html>).
fn action(letter: &str) -> Action {
    match letter {
        "r" => Action::Restrict,
        "c" => Action::Cascade,
        "n" => Action::SetNull,
        "d" => Action::SetDefault,
        _ => Action::NoAction,
    }
}
