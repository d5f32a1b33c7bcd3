//! Event triggers.

use super::triggers::enabled;
use crate::{
    live::{Failure, reader::Reader, row::SEPARATOR},
    model::{EventTrigger, Meta, routine},
};

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    let query = format!(
        "SELECT e.evtname, e.evtevent, array_to_string(e.evttags, '{SEPARATOR}'), nullif(n.nspname, 'pg_catalog'), p.proname, e.evtenabled,
            CASE WHEN e.evtowner <> (SELECT d.datdba FROM pg_catalog.pg_database d WHERE d.datname = current_database())
            THEN pg_get_userbyid(e.evtowner) END, obj_description(e.oid, 'pg_event_trigger')
        FROM pg_catalog.pg_event_trigger e JOIN pg_catalog.pg_proc p ON p.oid = e.evtfoid
        JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
        WHERE (3466, e.oid) NOT IN (SELECT classid, objid FROM extended)"
    );
    for row in reader.rows(&query)? {
        let name = reader.name(&row, 0);
        let found = EventTrigger {
            name: name.clone(),
            event: row.text(1).to_owned(),
            tags: row.list(2).map(str::to_owned).collect(),
            function: routine::signature(&reader.qname(&row, 3, 4), &[]),
            enabled: enabled(row.text(5)),
            owner: row.get(6).map(|_| reader.name(&row, 6)),
            comment: row.filled(7),
            meta: Meta::default(),
        };
        reader.schema.event_triggers.insert(name, found);
    }
    Ok(())
}
