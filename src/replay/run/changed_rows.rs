//! Rows that statements change or take away, and what may keep them from it.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    Refusal, Res, Run,
    data::Settled,
    going_rows::{Fall, Going},
    inserted_rows::is_deferrable,
    row_keys::{Clash, Keys, has_other_key},
    scope::Scope,
    stored_rows::{bound, fitting},
    tied_rows::{is_referred_to, lose_followers},
    touching::touched,
    value::Val,
};
use crate::{
    base::Name,
    model::{IndexKey, Table},
    sql::ast::Ex,
};

/// Rows by their numbers, as they would be.
type Changed = Vec<(usize, Vec<Val>)>;

/// Why the server refuses a change, if it does; otherwise why nobody knows.
type Verdict = Result<Option<&'static str>, String>;

impl Run<'_, '_, '_> {
    /// Sets columns of the rows that the filter holds for: all of them or, where the server refuses it, none.
    pub(super) fn update(
        &mut self,
        settled: &mut Settled,
        table: &Table,
        set: &[(String, Ex)],
        filter: Option<&Ex>,
    ) -> Res {
        let columns = &settled.table.columns;
        let mut changed = Changed::new();
        let touched = touched(self.ctx, table, "update").unwrap_or_default();
        for (n, old) in settled.table.rows.iter().enumerate() {
            let bound = bound(table, columns, old);
            let scope = Scope { rows: &bound, outer: None, unknown: None };
            let is_meant = self.holds(filter, &scope)?;
            if is_meant == Ok(false) {
                continue;
            }
            let mut row = old.clone();
            for (name, ex) in set {
                let Some(at) = columns.iter().position(|it| it.eq_ignore_ascii_case(name)) else {
                    continue;
                };
                let value = self.eval(ex, &scope)?;
                row[at] = match &is_meant {
                    Ok(_) => fitting(&table.columns[at], value),
                    Err(reason) => Val::unknown(reason.clone()),
                };
            }
            for at in &touched {
                row[*at] = Val::unknown("what a trigger sets is not known");
            }
            changed.push((n, row));
        }
        let verdict = self.verdict(settled, table, set, &changed)?;
        if let Ok(Some(reason)) = verdict
            && settled.table.unknown.is_none()
        {
            self.refused = Some(Refusal { reason: reason.to_owned(), by_itself: false });
        }
        let is_set = |it: &Name| sets(set, it.as_str());
        if verdict.is_err() && is_referred_to(self.ctx, table, &is_set) {
            lose_followers(self.ctx, &table.name);
        }
        for (n, new) in changed {
            for (old, new) in settled.table.rows[n].iter_mut().zip(new).filter(|it| *it.0 != it.1) {
                match &verdict {
                    Ok(None) => *old = new,
                    Ok(Some(_)) => break,
                    Err(reason) => *old = Val::unknown(reason.clone()),
                }
            }
        }
        Ok(())
    }

    /// Returns what the server does with the change, as far as anybody can know.
    fn verdict(
        &mut self,
        settled: &Settled,
        table: &Table,
        set: &[(String, Ex)],
        changed: &Changed,
    ) -> Res<Verdict> {
        let is_set = |it: &Name| sets(set, it.as_str());
        let is_now = self.only.as_ref().is_some_and(|it| it.is_now);
        let mut own = table.foreign_keys.iter().flat_map(|it| &it.columns);
        if touched(self.ctx, table, "update").is_none() || !table.rules.is_empty() {
            return Ok(Err("what is run with an update is not followed".to_owned()));
        }
        if !is_now && own.any(is_set) {
            return Ok(Err("which rows others were then is not known".to_owned()));
        }
        let told = self.lets_change(settled, table, set, changed)?;
        // What else may be against it changes nothing of a refusal.
        if matches!(told, Ok(Some(_))) {
            return Ok(told);
        }
        let doubt = self.doubt_of_update(table, &is_set);
        Ok(doubt.map_or(told, |it| Err(it.to_owned())))
    }

    /// Returns why nobody knows whether something outside of the rows is against the change.
    fn doubt_of_update(
        &self,
        table: &Table,
        is_set: &dyn Fn(&Name) -> bool,
    ) -> Option<&'static str> {
        if is_referred_to(self.ctx, table, is_set) || !table.exclusions.is_empty() {
            Some("whether other rows keep these from a change is not known")
        } else if has_other_key(table) {
            Some("whether an index keeps rows from a change is not known")
        } else {
            None
        }
    }

    /// Returns what of the table itself is against the change.
    fn lets_change(
        &mut self,
        settled: &Settled,
        table: &Table,
        set: &[(String, Ex)],
        changed: &Changed,
    ) -> Res<Verdict> {
        let checks = self.checks(table);
        let is_compared = self.ctx.is_mysql() && are_read(table, set);
        for (n, row) in changed {
            if is_compared && *row == settled.table.rows[*n] {
                continue;
            }
            let mut values = table.columns.iter().zip(row);
            if values.any(|(column, value)| value.is_null() && !column.nullable) {
                let is_certain = !self.ctx.is_mysql() || self.ctx.modes.is_strict();
                let reason = Some("a row would have NULL where the table lets none in");
                return Ok(is_certain.then_some(reason).ok_or("what NULL becomes".to_owned()));
            }
            let told = self.is_let_in(&checks, &bound(table, &settled.table.columns, row))?;
            if told != Ok(true) {
                return Ok(told.map(|_| Some("a row would not meet a check")));
            }
            let is_set = |it: &Name| sets(set, it.as_str());
            let told = self.refers((table, settled), row, &is_set);
            if told != Ok(true) {
                return Ok(told.map(|_| Some("a row would refer to one that is not there")));
            }
        }
        let ignore_case = self.ctx.is_mysql();
        let keys = Keys::of(table, ignore_case, &settled.table.rows);
        let is_set = |at: usize| sets(set, table.columns[at].name.as_str());
        if !keys.are_over(&is_set) {
            return Ok(Ok(None));
        }
        let mut after = settled.table.rows.clone();
        for (n, row) in changed {
            after[*n].clone_from(row);
        }
        let mut seen = Keys::of(table, ignore_case, &[]);
        for (n, row) in after.iter().enumerate() {
            match seen.clash(&after[..n], row) {
                Clash::None => seen.add(n, row),
                Clash::With(_) if is_deferrable(table) => {
                    return Ok(Err("what a transaction ends in".to_owned()));
                }
                Clash::With(_) => {
                    return Ok(Ok(Some("a row would have a key that another one has")));
                }
                Clash::Unknown => return Ok(Err("whether keys are alike".to_owned())),
            }
        }
        // Rows that are changed one by one may meet on the way.
        let rows = &settled.table.rows;
        let moves =
            |n: usize, row: &[Val]| (0..row.len()).any(|at| is_set(at) && rows[n][at] != row[at]);
        let meets =
            |(n, row): &(usize, Vec<Val>)| moves(*n, row) && keys.clash(rows, row) != Clash::None;
        if changed.iter().any(meets) {
            return Ok(Err("in which order rows are changed".to_owned()));
        }
        Ok(Ok(None))
    }

    /// Takes away the rows that the filter holds for.
    pub(super) fn delete(
        &mut self,
        settled: &mut Settled,
        table: &Arc<Table>,
        filter: Option<&Ex>,
    ) -> Res {
        let is_tied = is_referred_to(self.ctx, table, &|_| true);
        if filter.is_none() && table.triggers.is_empty() && table.rules.is_empty() && !is_tied {
            settled.table.unknown = None;
        }
        let (mut gone, mut doubt) = (BTreeSet::new(), settled.table.unknown.clone());
        for (n, row) in settled.table.rows.iter().enumerate() {
            let bound = bound(table, &settled.table.columns, row);
            let scope = Scope { rows: &bound, outer: None, unknown: None };
            match self.holds(filter, &scope)? {
                Ok(false) => continue,
                Ok(true) if table.rules.is_empty() => {}
                Ok(true) => doubt = Some("what a rule does with a row is not known".to_owned()),
                Err(reason) => doubt = Some(reason),
            }
            gone.insert(n);
        }
        let is_now = self.only.as_ref().is_some_and(|it| it.is_now);
        let mut fall = Fall::new();
        let own = Going::new(table.clone(), std::mem::take(settled), gone);
        fall.insert(table.name.clone(), own);
        let told = match &doubt {
            _ if !is_tied => Ok(true),
            None if is_now => self.take_along(&mut fall, &table.name, false),
            _ => Err("whether other rows keep these is not known".to_owned()),
        };
        let Some(mut own) = fall.remove(&table.name) else { return Ok(()) };
        if told == Ok(false) {
            let reason = "rows of another table refer to a row".to_owned();
            self.refused = Some(Refusal { reason, by_itself: false });
            *settled = own.settled;
            return Ok(());
        }
        if told == Ok(true) {
            self.keep_fall(fall);
        } else {
            lose_followers(self.ctx, &table.name);
        }
        own.settled.table.unknown = doubt.or_else(|| told.err());
        *settled = own.done();
        Ok(())
    }
}

/// Returns whether MySQL and MariaDB read what an update sets, as they do for keys and checks: then they leave a row that
/// stays as it is alone, even if a check is against it (`records_are_comparable`).
fn are_read(table: &Table, set: &[(String, Ex)]) -> bool {
    let primary = table.primary_key.iter().flat_map(|it| &it.columns);
    let uniques = table.uniques.iter().flat_map(|it| &it.columns);
    let keys = table.indexes.iter().flat_map(|it| &it.columns).filter_map(|it| match &it.key {
        IndexKey::Column(name) => Some(name),
        IndexKey::Expr(_) => None,
    });
    let checks = table.checks.iter().flat_map(|it| &it.columns);
    let read: Vec<&Name> = primary.chain(uniques).chain(keys).chain(checks).collect();
    set.iter().all(|(own, _)| read.iter().any(|it| it.as_str().eq_ignore_ascii_case(own)))
}

/// Whether the statement sets the column.
fn sets(set: &[(String, Ex)], column: &str) -> bool {
    set.iter().any(|(name, _)| name.eq_ignore_ascii_case(column))
}
