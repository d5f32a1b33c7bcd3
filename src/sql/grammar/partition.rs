//! PostgreSQL's partitions: how a table is cut, which part of another it is.

use super::cursor::{Cursor, Res};
use crate::sql::ast::{PartitionBy, Sql};

impl<'a> Cursor<'a, '_> {
    /// Reads what stands behind `PARTITION BY`.
    pub(in crate::sql) fn partition_by(&mut self) -> Res<PartitionBy<'a>> {
        let Some(method) = self.eat_any(&["range", "list", "hash"]) else {
            return Err(self.rejected("`range`, `list` or `hash`"));
        };
        let columns = self.list(Cursor::index_column)?;
        Ok(PartitionBy { method: method.to_ascii_lowercase(), columns })
    }

    /// Reads `DEFAULT` or `FOR VALUES …`, which is kept as written.
    pub(super) fn partition_bound(&mut self) -> Res<Sql<'a>> {
        let start = self.at;
        if self.eat("default") {
            return Ok(self.since(start));
        }
        self.expect("for")?;
        self.expect("values")?;
        if self.eat("in") || self.eat("with") {
            self.parens()?;
        } else {
            self.expect("from")?;
            self.parens()?;
            self.expect("to")?;
            self.parens()?;
        }
        Ok(self.since(start))
    }
}
