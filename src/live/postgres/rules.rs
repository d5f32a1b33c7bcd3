//! Rewrite rules, but for those that make a view a view.

use super::triggers::enabled;
use crate::{
    live::{Failure, reader::Reader},
    model::{Meta, Rule},
};

const QUERY: &str = "SELECT r.nspname, r.relname, w.rulename, pg_get_ruledef(w.oid), w.ev_enabled,
        obj_description(w.oid, 'pg_rewrite'), w.ev_type, quote_ident(r.nspname) || '.' || quote_ident(r.relname)
    FROM relations r JOIN pg_catalog.pg_rewrite w ON w.ev_class = r.oid AND w.rulename <> '_RETURN' ORDER BY w.rulename";

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    for row in reader.rows(QUERY)? {
        // `CREATE RULE name AS ON INSERT TO table` and then the rule, up to its semicolon.
        let text = row.text(3).split_once(" AS\n").map_or("", |it| it.1);
        let text = text.split_once(" TO ").map_or("", |it| it.1);
        let text = text.strip_prefix(row.text(7)).unwrap_or(text);
        let rule = Rule {
            name: reader.name(&row, 2),
            event: match row.text(6) {
                "2" => "update",
                "3" => "insert",
                _ => "delete",
            },
            text: reader.query(text),
            enabled: enabled(row.text(4)),
            comment: row.filled(5),
            meta: Meta::default(),
        };
        let name = reader.qname(&row, 0, 1);
        if let Some(table) = reader.schema.tables.get_mut(&name) {
            table.rules.push(rule);
        } else if let Some(view) = reader.schema.views.get_mut(&name) {
            view.rules.push(rule);
        }
    }
    Ok(())
}
