//! Rewrite rules, but for those that make a view a view.

use super::triggers::enabled;
use crate::{
    live::{Failure, Row, reader::Reader},
    model::{Meta, Rule},
    sql::{
        self,
        ast::{Class, Ddl},
    },
};

const QUERY: &str = "SELECT r.nspname, r.relname, w.rulename, pg_get_ruledef(w.oid), w.ev_enabled,
        obj_description(w.oid, 'pg_rewrite')
    FROM relations r JOIN pg_catalog.pg_rewrite w ON w.ev_class = r.oid AND w.rulename <> '_RETURN' ORDER BY w.rulename";

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    for row in reader.rows(QUERY)? {
        let Some(rule) = rule(reader, &row) else { continue };
        let name = reader.qname(&row, 0, 1);
        if let Some(table) = reader.schema.tables.get_mut(&name) {
            table.rules.push(rule);
        } else if let Some(view) = reader.schema.views.get_mut(&name) {
            view.rules.push(rule);
        }
    }
    Ok(())
}

fn rule(reader: &Reader, row: &Row) -> Option<Rule> {
    let mut statements = sql::parse(row.text(3), &reader.dialect.lexis).into_iter();
    let Class::Schema(ddl) = statements.next()?.class else { return None };
    let Ddl::CreateRule(it) = *ddl else { return None };
    Some(Rule {
        name: reader.name(row, 2),
        event: it.event,
        instead: it.instead,
        condition: it.condition.map(|it| reader.expr(it.text)),
        actions: it.actions.iter().map(|it| reader.expr(it.text)).collect(),
        enabled: enabled(row.text(4)),
        comment: row.filled(5),
        meta: Meta::default(),
    })
}
