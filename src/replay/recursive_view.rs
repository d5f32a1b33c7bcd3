//! `CREATE RECURSIVE VIEW`: the query that it stands for, and where the faults of that lie.

use super::ctx::Ctx;
use crate::{diag::Diagnostic, sql::ast::CreateView};

/// Returns the query that stands for `RECURSIVE`
/// (<https://www.postgresql.org/docs/current/sql-createview.html>).
pub(super) fn query_text(ctx: &Ctx, it: &CreateView) -> Option<String> {
    if !it.recursive {
        return None;
    }
    let name = ctx.dialect.ident(&ctx.table_name(&it.name.name));
    let columns: Vec<String> =
        it.columns.iter().map(|it| ctx.dialect.ident(&ctx.part_name(it))).collect();
    let columns = columns.join(", ");
    Some(format!(
        "WITH RECURSIVE {name} ({columns}) AS ({}) SELECT {columns} FROM {name}",
        it.query.text
    ))
}

/// Blames the whole query for what lies in the words that were put around it.
pub(super) fn within(
    ctx: &Ctx,
    it: &CreateView,
    mut diagnostic: Box<Diagnostic>,
) -> Box<Diagnostic> {
    let query = it.query.span;
    if let Some(label) = diagnostic.labels.first_mut() {
        let at = label.place.span;
        if at.start < query.start || query.end < at.end {
            label.place = ctx.place(query);
        }
    }
    diagnostic
}
