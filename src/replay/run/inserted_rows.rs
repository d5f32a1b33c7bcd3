//! Rows that statements add, and what may keep them out.

use std::sync::Arc;

use super::{
    Refusal, Res, Run,
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
    model::{self, Deferral},
    sql::ast::{Body, Conflict, Ex, Query},
};

/// What becomes of a row that a statement adds.
enum Fate {
    Added(Vec<Val>),
    /// In the place of the row of that number.
    Replaces(usize, Vec<Val>),
    LeftOut,
    Refused(Refusal),
    Unknown,
}

/// Makes rows of the values that a statement gives.
struct Maker<'t> {
    table: &'t model::Table,
    /// Where the value of each column stands among them, or what the column has by itself.
    sources: Vec<Result<usize, Val>>,
    /// Which columns number rows.
    numbering: Vec<bool>,
    /// The columns that triggers set.
    touched: Vec<usize>,
    /// Rows that another table numbered are told apart by that.
    keeps_numbers: bool,
}

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
        let touched = touched(self.ctx, table, "insert").filter(|_| {
            conflict != Conflict::Updates || touched(self.ctx, table, "update").is_some()
        });
        let Some(touched) = touched.filter(|_| given.unknown.is_none() && !self.may_refuse(table))
        else {
            self.lose_count(settled, table, conflict);
            return Ok(());
        };
        let Some(first) = given.rows.first() else { return Ok(()) };
        let maker = Maker {
            table,
            sources: self.sources(table, columns, first.len())?,
            numbering: self.numbering(table),
            touched,
            keeps_numbers: settled.table.rows.is_empty() && query.is_some_and(reads_one_table),
        };
        let checks = self.checks(table);
        let known = settled.keys.take().filter(|it| Arc::ptr_eq(&it.0, table));
        let rows = &settled.table.rows;
        let mut keys = known.map_or_else(|| Keys::of(table, self.ctx.is_mysql(), rows), |it| it.1);
        // All of them or none.
        let n_before = rows.len();
        let mut replaced = Vec::new();
        for values in given.rows {
            let row = maker.make(&values).map_err(|it| it.name.as_str());
            match self.fate((settled, table), (&checks, &keys), conflict, row)? {
                Fate::Added(row) => {
                    keys.add(settled.table.rows.len(), &row);
                    settled.table.rows.push(row);
                }
                Fate::Replaces(at, row) => replaced.push((at, row)),
                Fate::LeftOut => {}
                // Where the server may refuse one row, it may refuse all of the statement.
                Fate::Unknown if is_alone(conflict) => settled.table.lose_count(),
                Fate::Unknown => {
                    settled.table.rows.truncate(n_before);
                    self.lose_count(settled, table, conflict);
                    return Ok(());
                }
                Fate::Refused(it) => {
                    settled.table.rows.truncate(n_before);
                    self.refused = Some(it);
                    return Ok(());
                }
            }
        }
        if replaced.is_empty() {
            settled.keys = Some((table.clone(), keys));
        }
        if !table.foreign_keys.is_empty() {
            self.hold(settled, table, n_before, conflict, &replaced);
        }
        self.replace(settled, table, conflict, replaced);
        Ok(())
    }

    /// Whether something that is not followed may keep rows out.
    fn may_refuse(&self, table: &model::Table) -> bool {
        let is_now = self.only.as_ref().is_some_and(|it| it.is_now);
        !is_now && !table.foreign_keys.is_empty()
            || !table.exclusions.is_empty()
            || self.ctx.is_sqlite() && has_own_way(table)
            || !table.rules.is_empty()
    }

    /// From now on nobody knows which rows there are, nor what those that are replaced took along.
    fn lose_count(&mut self, settled: &mut Settled, table: &model::Table, conflict: Conflict) {
        settled.table.lose_count();
        if conflict == Conflict::Replaces {
            self.lose_along(settled, table);
        }
    }

    /// From now on nobody knows the rows that refer to those that are replaced, for they may go along; whether they may be
    /// the table's own.
    fn lose_along(&mut self, settled: &mut Settled, table: &model::Table) -> bool {
        lose_followers(self.ctx, &table.name);
        let is_own = table.foreign_keys.iter().any(|it| it.references == table.name);
        if is_own {
            settled.keys = None;
            settled.table.rows.clear();
            settled.table.lose_count();
        }
        is_own
    }

    /// Returns what becomes of a row; of none, where NULL keeps it out.
    fn fate(
        &mut self,
        (settled, table): (&Settled, &model::Table),
        (checks, keys): (&[Option<Ex>], &Keys),
        conflict: Conflict,
        row: Result<Vec<Val>, &str>,
    ) -> Res<Fate> {
        // MySQL puts something else in the place of NULL where it is not strict.
        let is_mysql = self.ctx.is_mysql();
        let fills_in = is_mysql && !self.ctx.modes.is_strict();
        let shut_out = |reason: String| match conflict {
            Conflict::Ignores if is_mysql => Fate::Unknown,
            Conflict::Ignores => Fate::LeftOut,
            _ => Fate::Refused(Refusal { reason, by_itself: true }),
        };
        let row = match row {
            Ok(row) => row,
            Err(_) if fills_in => return Ok(Fate::Unknown),
            Err(it) => return Ok(shut_out(format!("a row has NULL in column `{it}`"))),
        };
        let is_let_in = self.is_let_in(checks, &bound(table, &settled.table.columns, &row))?;
        // Rows that nobody knows may have any key.
        let may_clash = settled.table.unknown.is_some() && !keys.is_empty();
        let clash = if may_clash { Clash::Unknown } else { keys.clash(&settled.table.rows, &row) };
        Ok(match (is_let_in, clash) {
            (Ok(false), _) => shut_out("a row does not meet a check".to_owned()),
            (Err(_), _) | (_, Clash::Unknown) => Fate::Unknown,
            (Ok(true), Clash::None) => Fate::Added(row),
            (Ok(true), Clash::With(_)) if is_alone(conflict) => Fate::LeftOut,
            (Ok(true), Clash::With(_)) if conflict == Conflict::Fails && is_deferrable(table) => {
                Fate::Unknown
            }
            (Ok(true), Clash::With(_)) if conflict == Conflict::Fails => {
                let reason = "a row has a key that another one has".to_owned();
                Fate::Refused(Refusal { reason, by_itself: false })
            }
            (Ok(true), Clash::With(at)) => Fate::Replaces(at, row),
        })
    }

    /// Writes rows in the place of others.
    fn replace(
        &mut self,
        settled: &mut Settled,
        table: &model::Table,
        conflict: Conflict,
        replaced: Vec<(usize, Vec<Val>)>,
    ) {
        if conflict == Conflict::Replaces && !replaced.is_empty() && self.lose_along(settled, table)
        {
            return;
        }
        for (at, row) in replaced {
            let Some(old) = settled.table.rows.get_mut(at) else { continue };
            for (old, _) in old.iter_mut().zip(&row).filter(|it| it.0 != it.1) {
                *old = Val::unknown("which of two values a column has");
            }
        }
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
        let told: Vec<Told> =
            all.map(|row| self.refers((table, settled), row, &|_| true)).collect();
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
                let reason = "a row refers to one that is not there".to_owned();
                // One that another row keeps out refers to nothing.
                let is_certain = conflict == Conflict::Fails;
                self.refused = is_certain.then_some(Refusal { reason, by_itself: false });
                return;
            }
        }
        settled.table.lose_count();
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
        let mut n_open = 0;
        for column in &table.columns {
            let own = column.name.as_str();
            let is_hidden = column.invisible || self.ctx.is_sqlite() && column.generated.is_some();
            let given = if !columns.is_empty() {
                columns.iter().position(|it| it.eq_ignore_ascii_case(own))
            } else if is_hidden {
                None
            } else {
                n_open += 1;
                Some(n_open - 1)
            };
            res.push(match given.filter(|it| *it < n_values) {
                Some(place) => Ok(place),
                None if self.is_numbered(table, column) => Err(new_value()),
                None => Err(match column.ty.values.first() {
                    Some(first) if is_picked(column) => Val::Text(first.clone()),
                    _ => self.own_value(column)?,
                }),
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

/// Whether a row that clashes is left out, and others are not.
fn is_alone(conflict: Conflict) -> bool {
    matches!(conflict, Conflict::Skips | Conflict::Ignores)
}

impl Maker<'_> {
    /// Returns the whole row of the values that a statement gives, or the column that NULL keeps it out of.
    fn make(&self, values: &[Val]) -> Result<Vec<Val>, &model::Column> {
        let columns = self.table.columns.iter().zip(&self.numbering).zip(&self.sources);
        let mut res = columns
            .map(|((column, is_number), source)| {
                let missing = || Val::unknown("rows have different numbers of values");
                let value = match source {
                    Ok(place) => {
                        fitting(column, values.get(*place).cloned().unwrap_or_else(missing))
                    }
                    Err(own) => own.clone(),
                };
                if *is_number && matches!(value, Val::Null | Val::Int(0)) {
                    return Ok(new_value());
                }
                if value.is_null() && !column.nullable { Err(column) } else { Ok(value) }
            })
            .collect::<Result<Vec<_>, _>>()?;
        if self.keeps_numbers {
            take_numbers(&mut res, &self.sources, values);
        }
        for at in &self.touched {
            res[*at] = Val::unknown("what a trigger sets is not known");
        }
        Ok(res)
    }
}

/// Whether the first value of an enum is put where none is given
/// (<https://dev.mysql.com/doc/refman/8.4/en/data-type-defaults.html>).
fn is_picked(it: &model::Column) -> bool {
    &*it.ty.name == "enum" && !it.nullable && it.default.is_none() && it.generated.is_none()
}

/// Whether a key of the table may be checked when a transaction ends.
pub(super) fn is_deferrable(table: &model::Table) -> bool {
    let is_it = |it: Deferral| it != Deferral::NotDeferrable;
    table.primary_key.as_ref().is_some_and(|it| is_it(it.deferral))
        || table.uniques.iter().any(|it| is_it(it.deferral))
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
