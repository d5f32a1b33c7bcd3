//! Triggers of tables and views.

use std::collections::BTreeMap;

use super::keys::deferral;
use crate::{
    live::{
        Failure, Row,
        reader::{Reader, column_names},
    },
    model::{ConstraintTrigger, Meta, Trigger, routine},
};

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let query = format!(
        "SELECT r.nspname, r.relname, g.tgname, g.tgtype, g.tgenabled, nullif(n.nspname, 'pg_catalog'), p.proname, encode(g.tgargs, 'hex'),
            substring(pg_get_triggerdef(g.oid, true) FROM ' WHEN \\((.*)\\) EXECUTE (?:FUNCTION|PROCEDURE) '), g.tgoldtable, g.tgnewtable,
            g.tgconstraint <> 0, g.tgdeferrable, g.tginitdeferred, fn.nspname, f.relname,
            obj_description(g.oid, 'pg_trigger'), {}
        FROM relations r
        JOIN pg_catalog.pg_trigger g ON g.tgrelid = r.oid AND NOT g.tgisinternal
            AND coalesce(to_jsonb(g) ->> 'tgparentid', '0') = '0'
        JOIN pg_catalog.pg_proc p ON p.oid = g.tgfoid
        JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
        LEFT JOIN pg_catalog.pg_class f ON f.oid = g.tgconstrrelid
        LEFT JOIN pg_catalog.pg_namespace fn ON fn.oid = f.relnamespace
        ORDER BY g.tgname",
        column_names("r.oid", "g.tgattr::int2[]")
    );
    for row in reader.rows(&query)? {
        let trigger = trigger(reader, &row);
        let name = reader.qname(&row, 0, 1);
        if let Some(table) = reader.schema.tables.get_mut(&name) {
            table.triggers.push(trigger);
        } else if let Some(view) = reader.schema.views.get_mut(&name) {
            view.triggers.push(trigger);
        }
    }
    Ok(())
}

fn trigger(reader: &Reader, row: &Row) -> Trigger {
    // https://www.postgresql.org/docs/current/catalog-pg-trigger.html; the bits are those of pg_trigger.h.
    let bits: u16 = row.text(3).parse().unwrap_or_default();
    let has = |bit: u16| bits & bit != 0;
    let events = [(4, "insert"), (16, "update"), (8, "delete"), (32, "truncate")];
    let tables = [(9, "old"), (10, "new")];
    let transition = |(at, which): (usize, &str)| {
        let name = reader.dialect.ident_str(row.get(at)?);
        Some(format!("{which} table as {name}"))
    };
    let from = row.get(15).map(|_| reader.qname(row, 14, 15));
    Trigger {
        name: reader.name(row, 2),
        timing: match () {
            () if has(64) => "instead of",
            () if has(2) => "before",
            () => "after",
        },
        events: events.iter().filter(|it| has(it.0)).map(|it| it.1.to_owned()).collect(),
        columns: reader.names(row, 17),
        for_each_row: has(1),
        condition: row.get(8).map(|it| reader.expr(it)),
        transitions: tables.into_iter().filter_map(transition).collect(),
        function: Some(routine::signature(&reader.qname(row, 5, 6), &[])),
        arguments: arguments(row.text(7)),
        body: None,
        constraint: row.is(11).then(|| ConstraintTrigger { from, deferral: deferral(row, 12) }),
        enabled: enabled(row.text(4)),
        options: BTreeMap::new(),
        comment: row.filled(16),
        meta: Meta::default(),
    }
}

/// Returns the texts that stand in hexadecimal digits, each ended by a zero byte.
fn arguments(hex: &str) -> Vec<String> {
    let digit = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    let bytes: Vec<u8> = (0..hex.len()).step_by(2).filter_map(digit).collect();
    let texts = bytes.split_inclusive(|it| *it == 0);
    texts.map(|it| String::from_utf8_lossy(&it[..it.len() - 1]).into_owned()).collect()
}

/// Returns what the letter of `tgenabled`, `ev_enabled` or `evtenabled` stands for.
pub(super) fn enabled(letter: &str) -> &'static str {
    match letter {
        "D" => "disabled",
        "R" => "replica",
        "A" => "always",
        _ => "enabled",
    }
}
