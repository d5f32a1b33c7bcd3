//! Rows that statements add, and what may keep them out.

use std::sync::Arc;

use super::{
    Res, Run,
    data::Settled,
    row_keys::{Clash, Keys, is_new_each_time, is_new_value, new_value},
    scope::Scope,
    select::Table,
    stored_rows::{bound, fitting},
    tied_rows::{Told, lose_followers},
    touching::touched,
    value::Val,
};
use crate::{
    dialect::sqlite::keys::CONFLICT,
    model,
    sql::ast::{Body, Conflict, Ex, Query},
};

impl Run<'_, '_, '_> {
    pub(super) fn insert(
        &mut self,
        settled: &mut Settled,
        table: &Arc<model::Table>,
        columns: &[String],
        query: Option<&Query>,
        conflict: Conflict,
    ) -> Res {
        let given = match query {
            None => Table { rows: vec![Vec::new()], ..Table::default() },
            Some(it) => self.given(it)?,
        };
        let reason = || "what is written to a table is not known".to_owned();
        let touched = touched(self.ctx, table, "insert").filter(|_| {
            conflict != Conflict::Updates || touched(self.ctx, table, "update").is_some()
        });
        let is_now = self.only.as_ref().is_some_and(|it| it.is_now);
        let may_refuse = !is_now && !table.foreign_keys.is_empty()
            || !table.exclusions.is_empty()
            || self.ctx.is_sqlite() && has_own_way(table)
            || touched.is_none()
            || !table.rules.is_empty();
        if given.unknown.is_some() || may_refuse {
            settled.table.unknown.get_or_insert_with(reason);
            if conflict == Conflict::Replaces {
                lose_followers(self.ctx, &table.name);
            }
            return Ok(());
        }
        let Some(first) = given.rows.first() else { return Ok(()) };
        let sources = self.sources(table, columns, first.len())?;
        let checks = self.checks(table);
        let numbering = self.numbering(table);
        let known = settled.keys.take().filter(|it| Arc::ptr_eq(&it.0, table));
        let rows = &mut settled.table.rows;
        let mut keys = known.map_or_else(|| Keys::of(table, self.ctx.is_mysql(), rows), |it| it.1);
        // All of them or none.
        let n_before = rows.len();
        let is_held = !table.foreign_keys.is_empty();
        let mut replaced = Vec::new();
        let keeps_numbers = rows.is_empty() && query.is_some_and(reads_one_table);
        for values in given.rows {
            let mut row = complete(table, &numbering, &sources, &values);
            if let Some(row) = row.as_mut().filter(|_| keeps_numbers) {
                take_numbers(row, &sources, &values);
            }
            if let Some(row) = &mut row {
                for at in touched.iter().flatten() {
                    row[*at] = Val::unknown("what a trigger sets is not known");
                }
            }
            let columns = &settled.table.columns;
            let is_let_in = match &row {
                Some(row) => self.is_let_in(&checks, &bound(table, columns, row))?,
                None => Ok(false),
            };
            // Rows that nobody knows may have any key.
            let may_clash = settled.table.unknown.is_some() && !keys.is_empty();
            let clash = row
                .as_ref()
                .map(|it| if may_clash { Clash::Unknown } else { keys.clash(rows, it) });
            // Where the server may refuse one row, it may refuse all of the statement.
            let is_alone = matches!(conflict, Conflict::Skips | Conflict::Ignores);
            match (is_let_in, clash, row) {
                (Err(_), ..) | (_, Some(Clash::Unknown), _) => {
                    settled.table.unknown.get_or_insert_with(reason);
                    if !is_alone {
                        rows.truncate(n_before);
                        if conflict == Conflict::Replaces {
                            lose_followers(self.ctx, &table.name);
                        }
                        return Ok(());
                    }
                }
                (Ok(true), Some(Clash::None), Some(row)) => {
                    keys.add(rows.len(), &row);
                    rows.push(row);
                }
                (Ok(true), Some(Clash::With(_)), _) if is_alone => {}
                (Ok(true), Some(Clash::With(at)), Some(row)) if conflict != Conflict::Fails => {
                    replaced.push((at, row));
                }
                (Ok(false), ..) if conflict == Conflict::Ignores => {
                    // MySQL puts something else in the place of NULL.
                    if self.ctx.is_mysql() {
                        settled.table.unknown.get_or_insert_with(reason);
                    }
                }
                _ => {
                    rows.truncate(n_before);
                    return Ok(());
                }
            }
        }
        if replaced.is_empty() {
            settled.keys = Some((table.clone(), keys));
        }
        if is_held {
            self.hold(settled, table, n_before, conflict, &replaced);
        }
        // Rows that refer to those that are replaced may go along.
        if conflict == Conflict::Replaces && !replaced.is_empty() {
            lose_followers(self.ctx, &table.name);
        }
        for (at, row) in replaced {
            let Some(old) = settled.table.rows.get_mut(at) else { continue };
            for (old, _) in old.iter_mut().zip(&row).filter(|it| it.0 != it.1) {
                *old = Val::unknown("which of two values a column has");
            }
        }
        Ok(())
    }

    /// Holds the rows from that number on to the rows that they have to refer to.
    fn hold(
        &mut self,
        settled: &mut Settled,
        table: &model::Table,
        from: usize,
        conflict: Conflict,
        replaced: &[(usize, Vec<Val>)],
    ) {
        let new: Vec<Vec<Val>> = settled.table.rows[from..].to_vec();
        let all = new.iter().chain(replaced.iter().map(|it| &it.1));
        let mut told: Vec<Told> = Vec::new();
        for row in all {
            told.push(self.refers((table, settled), row, &|_| true));
        }
        if told.iter().all(|it| *it == Ok(true)) {
            return;
        }
        settled.keys = None;
        let is_refused = told.contains(&Ok(false));
        if self.ctx.is_mysql() && conflict == Conflict::Ignores && replaced.is_empty() {
            let is_unclear = told.iter().any(Result::is_err);
            let good = new.into_iter().zip(told).filter(|it| it.1 == Ok(true)).map(|it| it.0);
            settled.table.rows.truncate(from);
            settled.table.rows.extend(good);
            if !is_unclear {
                return;
            }
        } else {
            settled.table.rows.truncate(from);
            if is_refused {
                return;
            }
        }
        let reason = || "what is written to a table is not known".to_owned();
        settled.table.unknown.get_or_insert_with(reason);
    }

    /// Returns where the value of each column stands among those that are given, `n_values` for a row, or what the column
    /// has by itself.
    fn sources(
        &mut self,
        table: &model::Table,
        columns: &[String],
        n_values: usize,
    ) -> Res<Vec<Result<usize, Val>>> {
        let mut res = Vec::new();
        for (at, column) in table.columns.iter().enumerate() {
            let own = column.name.as_str();
            let given = if columns.is_empty() {
                Some(at)
            } else {
                columns.iter().position(|it| it.eq_ignore_ascii_case(own))
            };
            res.push(match given.filter(|it| *it < n_values) {
                Some(place) => Ok(place),
                None if self.is_numbered(table, column) => Err(new_value()),
                None => Err(self.own_value(column)?),
            });
        }
        Ok(res)
    }

    /// Whether the server numbers rows by the column: SQLite does so by a key that is a whole number
    /// (<https://www.sqlite.org/lang_createtable.html#rowid>).
    fn is_numbered(&self, table: &model::Table, column: &model::Column) -> bool {
        let is_key = |it: &model::PrimaryKey| it.columns == [column.name.clone()];
        let is_rowid = || {
            column.ty.name.eq_ignore_ascii_case("integer")
                && table.primary_key.as_ref().is_some_and(is_key)
        };
        if self.ctx.is_sqlite() { is_rowid() } else { is_new_each_time(column) }
    }

    /// Returns the columns that number rows which are given NULL for them, or 0.
    fn numbering(&self, table: &model::Table) -> Vec<bool> {
        let fills_in = !self.ctx.is_postgres();
        table.columns.iter().map(|it| fills_in && self.is_numbered(table, it)).collect()
    }

    /// Returns the rows that a query gives; a value of a list that cannot be known leaves the others known.
    fn given(&mut self, query: &Query) -> Res<Table> {
        let Body::Values(rows) = &query.body else { return self.query(query, &Scope::NONE) };
        let mut res = Table::default();
        for row in rows {
            let value = |it: &Ex| match it {
                // The column's own.
                Ex::Name(path)
                    if path.last().is_some_and(|it| it.eq_ignore_ascii_case("default")) =>
                {
                    Ok(Val::unknown("a default"))
                }
                it => self.eval(it, &Scope::NONE),
            };
            res.rows.push(row.iter().map(value).collect::<Res<_>>()?);
        }
        Ok(res)
    }
}

/// Whether SQLite does something of the table's own with rows that break a rule
/// (<https://www.sqlite.org/lang_conflict.html>).
fn has_own_way(table: &model::Table) -> bool {
    table.primary_key.as_ref().is_some_and(|it| it.options.contains_key(CONFLICT))
        || table.uniques.iter().any(|it| it.options.contains_key(CONFLICT))
        || table.columns.iter().any(|it| it.settings.contains_key(CONFLICT))
}

/// Returns the whole row of the values that a statement gives; nothing where the server refuses it.
fn complete(
    table: &model::Table,
    numbering: &[bool],
    sources: &[Result<usize, Val>],
    values: &[Val],
) -> Option<Vec<Val>> {
    let value = |((column, is_number), source): ((&model::Column, &bool), &Result<usize, Val>)| {
        let value = match source {
            Ok(place) => fitting(column, values.get(*place)?.clone()),
            Err(own) => own.clone(),
        };
        if *is_number && matches!(value, Val::Null | Val::Int(0)) {
            return Some(new_value());
        }
        (!value.is_null() || column.nullable).then_some(value)
    };
    table.columns.iter().zip(numbering).zip(sources).map(value).collect()
}

/// Whether each row of the query is one of a single table.
fn reads_one_table(query: &Query) -> bool {
    matches!(&query.body, Body::Select(it) if it.from.len() == 1)
}

/// Keeps apart what the server gave each row of the table that they come from.
fn take_numbers(row: &mut [Val], sources: &[Result<usize, Val>], values: &[Val]) {
    for (own, source) in row.iter_mut().zip(sources) {
        if source.as_ref().is_ok_and(|it| values.get(*it).is_some_and(is_new_value)) {
            *own = new_value();
        }
    }
}
