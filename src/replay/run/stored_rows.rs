//! The rows of the history's tables, as far as the statements that wrote them tell.

use std::sync::Arc;

use super::{
    Only, Res, Run,
    data::{Later, Log, Settled, note},
    row_keys::{Clash, Keys, is_new_each_time, is_new_value, new_value},
    scope::{Bound, Scope},
    select::Table,
    value::Val,
};
use crate::{
    base::{QName, Span},
    model,
    replay::ctx::Ctx,
    sql::{
        self,
        ast::{Body, Conflict, Ex, Query, RowsChange},
    },
};

/// Rows that are kept of each table.
const MANY: usize = 1000;

/// Takes in a statement that reads or writes rows.
pub(in crate::replay) fn note_rows(ctx: &mut Ctx, text: &str) {
    let Some(name) = note(ctx, text) else { return };
    // What is read beside the table may be other rows later.
    let is_kept = matches!(ctx.rows.log(&name), Some(Log::Known { .. }));
    if !is_kept || !reads_rows(text) {
        return;
    }
    if let Some(table) = ctx.schema.tables.shared(&name) {
        Run::new(ctx, Span::default()).rows_at(&name, &table, true);
    }
}

fn reads_rows(text: &str) -> bool {
    text.to_ascii_lowercase().contains("select")
}

impl Run<'_, '_, '_> {
    /// Takes in a statement that reads or writes rows.
    pub(super) fn note_rows(&mut self, text: &str) {
        let Some(name) = note(self.ctx, text) else { return };
        self.n_changes += 1;
        if self.doubt.is_some() {
            self.ctx.rows.lose(&name);
        } else if let Some(table) = self.ctx.schema.tables.shared(&name) {
            // The variables that it mentions are known now.
            self.rows_at(&name, &table, true);
        }
    }

    pub(super) fn rows_of(&mut self, name: &QName, table: &model::Table) -> Table {
        self.rows_at(name, table, false)
    }

    /// Returns the rows; `is_now`: the last statement that wrote some is just being run.
    fn rows_at(&mut self, name: &QName, table: &model::Table, is_now: bool) -> Table {
        let columns = || table.columns.iter().map(|it| it.name.as_str().to_owned()).collect();
        let unknown = || Table {
            columns: columns(),
            unknown: Some(format!("the rows of table `{name}` are not known")),
            ..Table::default()
        };
        // What is in a partition or a child is in its parent too.
        let has_kin = !self.ctx.children(name).is_empty() || table.ancestors().next().is_some();
        let log = self.ctx.rows.log(name);
        if table.meta.external || log.is_some() && has_kin {
            return unknown();
        }
        let (mut settled, later) = match log {
            None if has_kin && self.ctx.rows.any() => return unknown(),
            None => return Table { columns: columns(), ..Table::default() },
            Some(Log::Unknown) => return unknown(),
            Some(Log::Known { settled, later }) => (settled.clone(), later.clone()),
        };
        for (at, it) in later.iter().enumerate() {
            let (text, then) = match it {
                Later::Ran(text, then) => (text, then),
                Later::Renamed(from, to) => {
                    settled.rename_column(from, to);
                    continue;
                }
            };
            settled.fit(then);
            let change = sql::read_rows_change(text, &self.ctx.dialect.lexis);
            let own = if reads_rows(text) { settled.table.clone() } else { Table::default() };
            let is_now = is_now && at + 1 == later.len();
            let outer = self.only.replace(Only { name: name.clone(), table: own, is_now });
            let outcome = change.map(|it| self.apply(&mut settled, then, &it));
            self.only = outer;
            if !matches!(outcome, Some(Ok(()))) || settled.table.rows.len() > MANY {
                self.ctx.rows.lose(name);
                return unknown();
            }
        }
        settled.fit(table);
        let res = settled.table.clone();
        if !later.is_empty() {
            self.ctx.rows.settle(name, settled);
        }
        res
    }

    fn apply(
        &mut self,
        settled: &mut Settled,
        table: &Arc<model::Table>,
        change: &RowsChange,
    ) -> Res {
        if let RowsChange::Insert { columns, query, conflict } = change {
            return self.insert(settled, table, columns, query.as_ref(), *conflict);
        }
        settled.keys = None;
        match change {
            RowsChange::Update { set, filter } => self.update(settled, table, set, filter.as_ref()),
            RowsChange::Delete { filter } => self.delete(settled, table, filter.as_ref()),
            RowsChange::Insert { .. } => Ok(()),
        }
    }

    fn insert(
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
        let may_refuse = !table.foreign_keys.is_empty()
            || !table.exclusions.is_empty()
            || table.triggers.iter().any(|it| it.timing != "after")
            || !table.rules.is_empty();
        if given.unknown.is_some() || may_refuse {
            settled.table.unknown.get_or_insert_with(reason);
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
        let mut replaced = Vec::new();
        let keeps_numbers = rows.is_empty() && query.is_some_and(reads_one_table);
        for values in given.rows {
            let mut row = complete(table, &numbering, &sources, &values);
            if let Some(row) = row.as_mut().filter(|_| keeps_numbers) {
                take_numbers(row, &sources, &values);
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
            let is_alone = conflict == Conflict::Skips;
            match (is_let_in, clash, row) {
                (Err(_), ..) | (_, Some(Clash::Unknown), _) => {
                    settled.table.unknown.get_or_insert_with(reason);
                    if !is_alone {
                        rows.truncate(n_before);
                        return Ok(());
                    }
                }
                (Ok(true), Some(Clash::None), Some(row)) => {
                    keys.add(rows.len(), &row);
                    rows.push(row);
                }
                (Ok(true), Some(Clash::With(_)), _) if conflict == Conflict::Skips => {}
                (Ok(true), Some(Clash::With(at)), Some(row)) if conflict == Conflict::Replaces => {
                    replaced.push((at, row));
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
        for (at, row) in replaced {
            for (old, _) in rows[at].iter_mut().zip(&row).filter(|it| it.0 != it.1) {
                *old = Val::unknown("which of two values a column has");
            }
        }
        Ok(())
    }

    /// Returns the checks that rows are held to; nothing stands for one that is not read.
    pub(super) fn checks(&self, table: &model::Table) -> Vec<Option<Ex>> {
        let enforced = table.checks.iter().filter(|it| it.enforced);
        enforced.map(|it| self.read_check(it)).collect()
    }

    pub(super) fn read_check(&self, it: &model::Check) -> Option<Ex> {
        sql::read_ex(it.expr.text(), &self.ctx.dialect.lexis).ok()
    }

    /// Whether the checks let the row in.
    pub(super) fn is_let_in(
        &mut self,
        checks: &[Option<Ex>],
        row: &[Bound],
    ) -> Res<Result<bool, String>> {
        let scope = Scope { rows: row, outer: None, unknown: None };
        for it in checks {
            let Some(ex) = it else { return Ok(Err("what a check is about".to_owned())) };
            match self.eval(ex, &scope)?.truth() {
                Ok(Some(false)) => return Ok(Ok(false)),
                Ok(_) => {}
                Err(reason) => return Ok(Err(reason)),
            }
        }
        Ok(Ok(true))
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

    /// Returns what a column has where nobody gives it a value.
    pub(super) fn own_value(&mut self, column: &model::Column) -> Res<Val> {
        if is_empty_by_itself(column) {
            return Ok(Val::Null);
        }
        let computed = column.generated.is_some() || column.identity.is_some();
        let default = column.default.as_ref().filter(|_| !computed);
        let ex = default.and_then(|it| sql::read_ex(it.text(), &self.ctx.dialect.lexis).ok());
        Ok(match ex {
            Some(ex) => fitting(column, self.eval(&ex, &Scope::NONE)?),
            None => Val::unknown(format!("the value of column `{}` is not known", column.name)),
        })
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

/// Whether a row that says nothing of the column has NULL in it.
pub(super) fn is_empty_by_itself(it: &model::Column) -> bool {
    it.default.is_none() && it.generated.is_none() && it.identity.is_none()
}

pub(super) fn bound<'a>(
    table: &'a model::Table,
    columns: &'a [String],
    row: &'a [Val],
) -> [Bound<'a>; 1] {
    [Bound { alias: table.name.name.as_str(), columns, row: Some(row), open: None }]
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

/// Returns the value as a column of that type holds it.
pub(super) fn fitting(column: &model::Column, value: Val) -> Val {
    let ty = &column.ty;
    if value.is_null() {
        return value;
    }
    let unknown = Val::unknown(format!("the value of column `{}` is not known", column.name));
    if ty.dimensions > 0 || ty.user.is_some() {
        return unknown;
    }
    match (&*ty.name, value.show()) {
        ("text" | "varchar" | "longtext" | "mediumtext", Ok(Some(text))) => {
            let limit = ty.args.first().and_then(|it| it.parse::<usize>().ok());
            if limit.is_none_or(|it| text.chars().count() <= it) {
                Val::Text(text)
            } else {
                unknown
            }
        }
        ("int" | "integer" | "bigint" | "smallint" | "tinyint" | "mediumint", Ok(Some(text))) => {
            text.trim().parse().map_or(unknown, Val::Int)
        }
        ("", _) => value,
        ("bool" | "boolean", _) => match value.truth() {
            Ok(Some(it)) => Val::Bool(it),
            _ => unknown,
        },
        _ => unknown,
    }
}
