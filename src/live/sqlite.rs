//! SQLite: the statements that its schema table keeps.

use super::{Connection, codes, texts::Texts};
use crate::{base::Sources, diag::Sink, model::Schema};

/// Tables come first; those that a virtual table makes for itself are not the schema's.
const QUERY: &str = "SELECT sql FROM sqlite_master AS m
    WHERE sql IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM pragma_table_list AS l WHERE l.schema = 'main' AND l.name = m.name AND l.type = 'shadow')
    ORDER BY CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 WHEN 'view' THEN 2 ELSE 3 END, rowid";

pub(super) fn read(connection: &mut Connection, sources: &mut Sources, sink: &mut Sink) -> Schema {
    let mut texts = Texts::default();
    match connection.query(QUERY) {
        Ok(rows) => rows.iter().for_each(|it| texts.add(it.text(0))),
        Err(failure) => sink.push(codes::not_readable("schema", &failure)),
    }
    texts.replay(connection.dialect, sources, sink)
}
