//! Triggers of tables and views, and event triggers.

use std::collections::BTreeMap;

use super::{Reader, column_names};
use crate::{
    base::QName,
    live::{Failure, Row, row::SEPARATOR},
    model::{ConstraintTrigger, Deferral, EventTrigger, Meta, Trigger, routine},
};

/// The bits of `tgtype` (`TRIGGER_TYPE_…` in the server's `catalog/pg_trigger.h`).
const ROW: u32 = 1;
const BEFORE: u32 = 2;
const INSTEAD: u32 = 64;
const EVENTS: [(u32, &str); 4] = [(4, "insert"), (16, "update"), (8, "delete"), (32, "truncate")];

/// Those that a partition has from its parent are left out.
pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let query = format!(
        "SELECT r.nspname, r.relname, g.tgname, g.tgtype, {},
            substring(pg_get_triggerdef(g.oid, true) from ' WHEN \\((.*)\\) EXECUTE (?:FUNCTION|PROCEDURE) '),
            g.tgoldtable, g.tgnewtable, nullif(n.nspname, 'pg_catalog'), p.proname, encode(g.tgargs, 'hex'),
            g.tgconstraint <> 0, g.tgdeferrable, g.tginitdeferred, f.nspname, f.relname, g.tgenabled,
            obj_description(g.oid, 'pg_trigger')
        FROM relations r
        JOIN pg_catalog.pg_trigger g ON g.tgrelid = r.oid AND NOT g.tgisinternal
            AND coalesce(to_jsonb(g) ->> 'tgparentid', '0') = '0'
        JOIN pg_catalog.pg_proc p ON p.oid = g.tgfoid
        JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
        LEFT JOIN relations f ON f.oid = g.tgconstrrelid
        ORDER BY g.oid",
        column_names("r.oid", "g.tgattr"),
    );
    for row in reader.rows(&query)? {
        let trigger = trigger(reader, &row);
        let owner = reader.qname(&row, 0, 1);
        if let Some(it) = reader.schema.tables.get_mut(&owner) {
            it.triggers.push(trigger);
        } else if let Some(it) = reader.schema.views.get_mut(&owner) {
            it.triggers.push(trigger);
        }
    }
    Ok(())
}

fn trigger(reader: &Reader, row: &Row) -> Trigger {
    let bits: u32 = row.text(3).parse().unwrap_or(0);
    let timing = match bits & (BEFORE | INSTEAD) {
        BEFORE => "before",
        INSTEAD => "instead of",
        _ => "after",
    };
    let events = EVENTS.iter().filter(|it| bits & it.0 != 0).map(|it| it.1.to_owned());
    let transition = |at, which: &str| {
        let name = row.get(at)?;
        Some(format!("{which} table as {}", reader.dialect.ident_str(name)))
    };
    let deferral = match (row.is(12), row.is(13)) {
        (_, true) => Deferral::Deferred,
        (true, false) => Deferral::Immediate,
        (false, false) => Deferral::NotDeferrable,
    };
    let from = row.get(15).map(|_| reader.qname(row, 14, 15));
    Trigger {
        name: reader.name(row, 2),
        timing,
        events: events.collect(),
        columns: reader.names(row, 4),
        for_each_row: bits & ROW != 0,
        condition: row.filled(5).map(|it| reader.expr(&it)),
        transitions: transition(6, "old").into_iter().chain(transition(7, "new")).collect(),
        function: Some(function(reader, row, 8)),
        arguments: arguments(row.text(10)),
        body: None,
        constraint: row.is(11).then_some(ConstraintTrigger { from, deferral }),
        enabled: state(row.text(16)),
        options: BTreeMap::new(),
        comment: row.filled(17),
        meta: Meta::default(),
    }
}

fn function(reader: &Reader, row: &Row, schema_at: usize) -> QName {
    routine::signature(&reader.qname(row, schema_at, schema_at + 1), &[])
}

/// Arguments end in a zero byte each; they come in hexadecimal digits.
fn arguments(hex: &str) -> Vec<String> {
    let digit = |it: &[u8]| {
        std::str::from_utf8(it).ok().and_then(|it| u8::from_str_radix(it, 16).ok()).unwrap_or(b'?')
    };
    let bytes: Vec<u8> = hex.as_bytes().chunks(2).map(digit).collect();
    let mut parts: Vec<&[u8]> = bytes.split(|it| *it == 0).collect();
    parts.pop();
    parts.into_iter().map(|it| String::from_utf8_lossy(it).into_owned()).collect()
}

fn state(letter: &str) -> &'static str {
    match letter {
        "D" => "disabled",
        "R" => "replica",
        "A" => "always",
        _ => "enabled",
    }
}

pub(super) fn read_event_triggers(reader: &mut Reader) -> Result<(), Failure> {
    let query = format!(
        "SELECT e.evtname, e.evtevent, array_to_string(e.evttags, '{SEPARATOR}'),
            nullif(n.nspname, 'pg_catalog'), p.proname, e.evtenabled,
            obj_description(e.oid, 'pg_event_trigger')
        FROM pg_catalog.pg_event_trigger e
        JOIN pg_catalog.pg_proc p ON p.oid = e.evtfoid
        JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
        WHERE (3466, e.oid) NOT IN (SELECT classid, objid FROM extended) ORDER BY e.oid"
    );
    for row in reader.rows(&query)? {
        let name = reader.dialect.table_name(row.text(0));
        let it = EventTrigger {
            name: name.clone(),
            event: row.text(1).to_owned(),
            tags: row.list(2).map(str::to_owned).collect(),
            function: function(reader, &row, 3),
            enabled: state(row.text(5)),
            owner: None,
            comment: row.filled(6),
            meta: Meta::default(),
        };
        reader.schema.event_triggers.insert(name, it);
    }
    Ok(())
}
