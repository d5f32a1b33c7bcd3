//! The names of all types, so that those of columns can be told from the server's own.

use crate::live::{Failure, reader::Reader};

const OWN: &str = "SELECT t.nspname, t.typname FROM types t WHERE t.typcategory <> 'A'";

const OF_EXTENSIONS: &str = "SELECT s.nspname, t.typname FROM pg_catalog.pg_type t
    JOIN spaces s ON s.oid = t.typnamespace
    WHERE t.typcategory <> 'A' AND (1247, t.oid) IN (SELECT classid, objid FROM extended)";

pub(super) fn read(reader: &mut Reader) -> Result<(), Failure> {
    for row in reader.rows(OWN)? {
        let name = reader.qname(&row, 0, 1);
        reader.types.insert(name);
    }
    for row in reader.rows(OF_EXTENSIONS)? {
        let name = reader.qname(&row, 0, 1);
        reader.extension_types.insert(name);
    }
    Ok(())
}
