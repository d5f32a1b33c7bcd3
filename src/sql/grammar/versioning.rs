//! MariaDB's system versioning (<https://mariadb.com/kb/en/system-versioned-tables/>).

use super::cursor::{Cursor, Res};
use crate::sql::ast::{AlterKind, TableOption};

/// The option that says that a table is versioned, and the value that it has then.
pub(super) const VERSIONING: (&str, &str) = ("versioning", "system");

/// The option that holds the columns of the period.
const PERIOD: &str = "period";

impl<'a> Cursor<'a, '_> {
    /// Reads `WITH SYSTEM VERSIONING` behind a table.
    pub(super) fn versioning(&mut self) -> Option<TableOption<'a>> {
        let start = self.at;
        let found = self.lexis.mariadb_comments && self.eat_all(&["with", "system", "versioning"]);
        found.then(|| self.is_versioned(start))
    }

    /// Reads `PERIOD FOR SYSTEM_TIME (a, b)`.
    pub(super) fn system_period(&mut self) -> Res<Option<TableOption<'a>>> {
        let start = self.at;
        if !self.lexis.mariadb_comments || !self.eat_all(&["period", "for", "system_time"]) {
            return Ok(None);
        }
        self.expect_symbol("(")?;
        let from = self.ident("a column name")?.text;
        self.expect_symbol(",")?;
        let to = self.ident("a column name")?.text;
        self.expect_symbol(")")?;
        let value = format!("SYSTEM_TIME (`{from}`, `{to}`)").into();
        Ok(Some(TableOption { key: PERIOD.to_owned(), value, span: self.span_since(start) }))
    }

    /// Reads `[WITH | WITHOUT] SYSTEM VERSIONING` behind a column.
    pub(super) fn column_versioning(&mut self) -> Option<&'static str> {
        let word = if self.is_all(&["with", "system", "versioning"]) {
            "with"
        } else if self.is_all(&["without", "system", "versioning"]) {
            "without"
        } else {
            return None;
        };
        self.at += 3;
        Some(word)
    }

    /// Reads what stands behind `ADD` or `DROP`, where it is about versions.
    pub(super) fn alter_versioning(&mut self, adds: bool) -> Res<Option<AlterKind<'a>>> {
        let start = self.at;
        if !self.lexis.mariadb_comments {
            return Ok(None);
        }
        if self.eat_all(&["system", "versioning"]) {
            let option = self.is_versioned(start);
            return Ok(Some(if adds {
                AlterKind::Option(option)
            } else {
                AlterKind::ResetOptions(vec![option.key])
            }));
        }
        if adds {
            return Ok(self.system_period()?.map(AlterKind::Option));
        }
        let drops = self.eat_all(&["period", "for", "system_time"]);
        Ok(drops.then(|| AlterKind::ResetOptions(vec![PERIOD.to_owned()])))
    }

    fn is_versioned(&self, start: usize) -> TableOption<'a> {
        let (key, value) = (VERSIONING.0.to_owned(), VERSIONING.1.into());
        TableOption { key, value, span: self.span_since(start) }
    }
}
