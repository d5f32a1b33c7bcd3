//! Rows that statements change or take away, and what may keep them from it.

use super::{
    Res, Run,
    data::Settled,
    row_keys::{Clash, Keys, has_other_key},
    scope::Scope,
    stored_rows::{bound, fitting},
    value::Val,
};
use crate::{
    model::{Table, Trigger},
    sql::ast::Ex,
};

/// Rows by their numbers, as they would be.
type Changed = Vec<(usize, Vec<Val>)>;

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
            changed.push((n, row));
        }
        let is_done = match self.doubt_of_update(table, set) {
            Some(reason) => Err(reason.to_owned()),
            None => self.lets_change(settled, table, set, &changed)?,
        };
        for (n, new) in changed {
            for (old, new) in settled.table.rows[n].iter_mut().zip(new).filter(|it| *it.0 != it.1) {
                match &is_done {
                    Ok(true) => *old = new,
                    Ok(false) => {}
                    Err(reason) => *old = Val::unknown(reason.clone()),
                }
            }
        }
        Ok(())
    }

    /// Returns why nobody knows whether the server does it.
    fn doubt_of_update(&self, table: &Table, set: &[(String, Ex)]) -> Option<&'static str> {
        let runs = |it: &Trigger| {
            it.timing != "after" && it.events.iter().any(|it| it.starts_with("update"))
        };
        let mut own = table.foreign_keys.iter().flat_map(|it| &it.columns);
        let refers = own.any(|it| sets(set, it.as_str()));
        if table.triggers.iter().any(runs) || !table.rules.is_empty() {
            Some("what is run with an update is not followed")
        } else if refers || self.is_referred_to(table) || !table.exclusions.is_empty() {
            Some("whether other rows keep these from a change is not known")
        } else if has_other_key(table) {
            Some("whether an index keeps rows from a change is not known")
        } else {
            None
        }
    }

    fn is_referred_to(&self, table: &Table) -> bool {
        self.ctx.referrers(&table.name).next().is_some()
    }

    /// Returns whether nothing of the table itself is against the change.
    fn lets_change(
        &mut self,
        settled: &Settled,
        table: &Table,
        set: &[(String, Ex)],
        changed: &Changed,
    ) -> Res<Result<bool, String>> {
        let checks = self.checks(table);
        for (_, row) in changed {
            let mut values = table.columns.iter().zip(row);
            if values.any(|(column, value)| value.is_null() && !column.nullable) {
                let is_certain = !self.ctx.is_mysql() || self.ctx.modes.is_strict();
                return Ok(is_certain.then_some(false).ok_or("what NULL becomes".to_owned()));
            }
            let told = self.is_let_in(&checks, &bound(table, &settled.table.columns, row))?;
            if told != Ok(true) {
                return Ok(told);
            }
        }
        let ignore_case = self.ctx.is_mysql();
        let keys = Keys::of(table, ignore_case, &settled.table.rows);
        let is_set = |at: usize| sets(set, table.columns[at].name.as_str());
        if !keys.are_over(&is_set) {
            return Ok(Ok(true));
        }
        let mut after = settled.table.rows.clone();
        for (n, row) in changed {
            after[*n].clone_from(row);
        }
        let mut seen = Keys::of(table, ignore_case, &[]);
        for (n, row) in after.iter().enumerate() {
            match seen.clash(&after[..n], row) {
                Clash::None => seen.add(n, row),
                Clash::With(_) => return Ok(Ok(false)),
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
        Ok(Ok(true))
    }

    /// Takes away the rows that the filter holds for.
    pub(super) fn delete(
        &mut self,
        settled: &mut Settled,
        table: &Table,
        filter: Option<&Ex>,
    ) -> Res {
        let may_be_kept = self.is_referred_to(table) || !table.rules.is_empty();
        if filter.is_none() && table.triggers.is_empty() && !may_be_kept {
            settled.table.unknown = None;
        }
        let mut kept = Vec::new();
        for row in std::mem::take(&mut settled.table.rows) {
            let bound = bound(table, &settled.table.columns, &row);
            let scope = Scope { rows: &bound, outer: None, unknown: None };
            match self.holds(filter, &scope)? {
                Ok(false) => kept.push(row),
                Ok(true) if !may_be_kept => {}
                Ok(true) => {
                    let reason = "whether other rows keep these is not known";
                    settled.table.unknown = Some(reason.to_owned());
                }
                Err(reason) => settled.table.unknown = Some(reason),
            }
        }
        settled.table.rows = kept;
        Ok(())
    }
}

/// Whether the statement sets the column.
fn sets(set: &[(String, Ex)], column: &str) -> bool {
    set.iter().any(|(name, _)| name.eq_ignore_ascii_case(column))
}
