//! What a database has without being told: its schemas, relations, and columns that tables do not list.

use super::Dialect;
use crate::sql::Family;

/// Relations that extensions of PostgreSQL bring (<https://postgis.net/docs/>, <https://github.com/pgpartman/pg_partman>).
const OF_EXTENSIONS: &[&str] = &[
    "geography_columns",
    "geometry_columns",
    "part_config",
    "part_config_sub",
    "raster_columns",
    "raster_overviews",
    "spatial_ref_sys",
];

impl Dialect {
    /// Returns whether the schema is the database's own.
    pub fn is_own_schema(&self, name: &str) -> bool {
        let own: &[&str] = match self.lexis.family {
            Family::Postgres => &["information_schema", "pg_catalog"],
            Family::MySql => &["information_schema", "mysql", "performance_schema", "sys"],
            Family::Sqlite => &["temp"],
        };
        own.iter().any(|it| it.eq_ignore_ascii_case(name))
    }

    /// Returns the schema of temporary objects; that of MySQL has no name of its own.
    pub fn temporary_schema(&self) -> &'static str {
        match self.lexis.family {
            Family::Postgres => "pg_temp",
            Family::MySql => "#temporary",
            Family::Sqlite => "temp",
        }
    }

    /// Returns whether a relation that is named without its schema may be the database's own, or an extension's.
    pub fn is_own_relation(&self, name: &str) -> bool {
        let lower = name.to_ascii_lowercase();
        match self.lexis.family {
            Family::Postgres => lower.starts_with("pg_") || OF_EXTENSIONS.contains(&&*lower),
            Family::MySql => lower == "dual",
            Family::Sqlite => {
                self.is_own_table(name)
                    || ["pragma_", "json_"].iter().any(|it| lower.starts_with(it))
            }
        }
    }

    /// Returns the columns that tables have though nobody declared them
    /// (<https://www.postgresql.org/docs/current/ddl-system-columns.html>, <https://www.sqlite.org/rowidtable.html>).
    pub fn hidden_columns(&self) -> &'static [&'static str] {
        match self.lexis.family {
            Family::Postgres => &["cmax", "cmin", "ctid", "tableoid", "xmax", "xmin"],
            Family::MySql => &["_rowid"],
            Family::Sqlite => &["_rowid_", "oid", "rowid"],
        }
    }
}
