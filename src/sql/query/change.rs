//! Statements that write rows, as trees to be evaluated.

use sqlparser::ast::{
    Assignment, AssignmentTarget, FromTable, Insert, OnConflictAction, OnInsert, SqliteOnConflict,
    Statement, TableWithJoins,
};

use super::Lower;
use crate::sql::{
    Lexis,
    ast::{Body, Conflict, Ex, Query, RowsChange},
    expr::parse_statement,
};

/// Returns what the statement does to the rows of the one table that it writes to; nothing where that is not plain.
pub fn read_rows_change(text: &str, lexis: &Lexis) -> Option<RowsChange> {
    let lower = Lower { lexis };
    match parse_statement(text, lexis).ok()? {
        Statement::Insert(it) => lower.insert(&it),
        Statement::Update(it) if it.from.is_none() && is_bare(&it.table) && it.limit.is_none() => {
            let set = lower.assignments(&it.assignments)?;
            Some(RowsChange::Update { set, filter: it.selection.as_ref().map(|it| lower.ex(it)) })
        }
        Statement::Delete(it) if it.using.is_none() && it.limit.is_none() => {
            let (FromTable::WithFromKeyword(from) | FromTable::WithoutKeyword(from)) = &it.from;
            let is_one = it.tables.is_empty() && matches!(&from[..], [one] if is_bare(one));
            let filter = it.selection.as_ref().map(|it| lower.ex(it));
            is_one.then_some(RowsChange::Delete { filter })
        }
        _ => None,
    }
}

fn is_bare(it: &TableWithJoins) -> bool {
    it.joins.is_empty()
}

impl Lower<'_> {
    fn insert(&self, it: &Insert) -> Option<RowsChange> {
        if it.partitioned.is_some() {
            return None;
        }
        let conflict = match (&it.on, it.or) {
            (None, Some(SqliteOnConflict::Ignore)) => Conflict::Ignores,
            (None, Some(SqliteOnConflict::Replace)) => Conflict::Replaces,
            (None, Some(SqliteOnConflict::Abort)) => Conflict::Fails,
            (_, Some(_)) => return None,
            (None, None) if it.replace_into => Conflict::Replaces,
            (None, None) if it.ignore => Conflict::Ignores,
            (None, None) => Conflict::Fails,
            (Some(OnInsert::OnConflict(it)), None) if it.action == OnConflictAction::DoNothing => {
                Conflict::Skips
            }
            (Some(_), None) => Conflict::Updates,
        };
        if !it.assignments.is_empty() {
            let (columns, row) = self.assignments(&it.assignments)?.into_iter().unzip();
            let query = Some(values(vec![row]));
            return Some(RowsChange::Insert { columns, query, conflict });
        }
        let named = it.columns.iter().map(|it| it.0.last()?.as_ident().map(|it| self.name(it)));
        let columns: Option<Vec<String>> = named.collect();
        let query = it.source.as_ref().map(|it| self.query(it));
        Some(RowsChange::Insert { columns: columns?, query, conflict })
    }

    fn assignments(&self, list: &[Assignment]) -> Option<Vec<(String, Ex)>> {
        let one = |it: &Assignment| {
            let AssignmentTarget::ColumnName(name) = &it.target else { return None };
            let name = self.name(name.0.last()?.as_ident()?);
            Some((name, self.ex(&it.value)))
        };
        list.iter().map(one).collect()
    }
}

fn values(rows: Vec<Vec<Ex>>) -> Query {
    let (with, order_by) = (Vec::new(), Vec::new());
    Query { with, body: Body::Values(rows), order_by, limit: None, offset: None }
}
