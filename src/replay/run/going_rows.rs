//! Rows that go, and what happens to those that refer to them.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    Run,
    data::Settled,
    tied_rows::{
        Targets, Told, is_exact, is_referred_to, keys_to, lose_followers, places, suits, target,
    },
    value::Val,
};
use crate::{
    base::{QName, Span},
    model::{Action, Deferral, ForeignKey, Table},
    replay::ctx::Ctx,
};

/// What becomes of the rows of the tables that a statement reaches.
pub(super) type Fall = BTreeMap<QName, Going>;

/// Rows that go, and columns that are emptied in others.
pub(super) struct Going {
    table: Arc<Table>,
    pub settled: Settled,
    pub gone: BTreeSet<usize>,
    emptied: Vec<(usize, usize)>,
}

/// A row that keeps the one it refers to.
struct Holder {
    at: (QName, usize),
    /// It may be gone itself by the end of the statement.
    may_go: bool,
    is_deferrable: bool,
}

impl Going {
    pub(super) fn new(table: Arc<Table>, settled: Settled, gone: BTreeSet<usize>) -> Self {
        Self { table, settled, gone, emptied: Vec::new() }
    }

    /// Returns the rows that are left, as they are left.
    pub(super) fn done(mut self) -> Settled {
        if self.gone.is_empty() && self.emptied.is_empty() {
            return self.settled;
        }
        self.settled.keys = None;
        let rows = &mut self.settled.table.rows;
        for (n, at) in self.emptied {
            rows[n][at] = Val::Null;
        }
        let mut n = 0;
        rows.retain(|_| {
            n += 1;
            !self.gone.contains(&(n - 1))
        });
        self.settled
    }
}

/// Takes along what refers to the rows of a table that SQLite drops, for it deletes them first; whether rows are certain to
/// keep it from that (<https://www.sqlite.org/foreignkeys.html#fk_schemacommands>).
pub(in crate::replay) fn is_kept_by_rows(ctx: &mut Ctx, name: &QName) -> bool {
    if !ctx.checks_keys || ctx.rows.log(name).is_none() {
        return false;
    }
    let Some(table) = ctx.schema.tables.shared(name) else { return false };
    if !is_referred_to(ctx, &table, &|_| true) {
        return false;
    }
    let mut run = Run::new(ctx, Span::default());
    let is_known = run.settle(name, &table, false);
    let settled = run.ctx.rows.settled(name).ok().flatten().filter(|_| is_known).cloned();
    let told = match settled.filter(|it| it.table.unknown.is_none()) {
        None => Err(String::new()),
        Some(settled) => {
            let dangles = dangles(run.ctx, &table, &settled);
            let gone = (0..settled.table.rows.len()).collect();
            let mut fall = Fall::from([(name.clone(), Going::new(table, settled, gone))]);
            let told = run.take_along(&mut fall, name, true).map(|it| it && !dangles);
            fall.remove(name);
            if told == Ok(true) {
                run.keep_fall(fall);
            }
            told
        }
    };
    if told.is_err() {
        lose_followers(ctx, name);
    }
    told == Ok(false)
}

/// Whether a row refers to a table that is not there: when it goes, SQLite counts a violation as made good that it never
/// counted.
fn dangles(ctx: &Ctx, table: &Table, settled: &Settled) -> bool {
    let is_there =
        |it: &QName| ctx.schema.tables.contains_key(it) || ctx.schema.views.contains_key(it);
    let keys = table.foreign_keys.iter().filter(|it| it.deferral != Deferral::Deferred);
    keys.filter(|it| !is_there(&it.references)).any(|key| {
        let Some(columns) = places(table, &key.columns) else { return false };
        let refers = |it: &Val| !it.is_null() && it.why_unknown().is_none();
        settled.table.rows.iter().any(|row| columns.iter().all(|it| refers(&row[*it])))
    })
}

impl Run<'_, '_, '_> {
    /// Takes along what refers to the rows that go; whether the server does it.
    pub(super) fn take_along(&mut self, fall: &mut Fall, own: &QName, is_drop: bool) -> Told {
        let mut left = vec![(own.clone(), fall[own].gone.iter().copied().collect::<Vec<_>>())];
        let mut holders = Vec::new();
        while let Some((parent, gone)) = left.pop() {
            for (child, key) in keys_to(self.ctx, &parent) {
                self.reach(fall, &child)?;
                let hits = self.hits(fall, (&child, &key), (&parent, &gone))?;
                if hits.is_empty() {
                    continue;
                }
                match key.on_delete {
                    Action::Cascade => {
                        fall_along(self.ctx, fall, &child, &hits)?;
                        left.push((child, hits));
                    }
                    Action::SetNull => {
                        if !self.empties(fall, (&child, &key), &hits)? {
                            return Ok(false);
                        }
                    }
                    Action::SetDefault => return Err("what a default refers to".to_owned()),
                    Action::NoAction | Action::Restrict => {
                        let may_go = key.on_delete == Action::NoAction && !self.ctx.is_mysql();
                        let is_deferrable = key.deferral != Deferral::NotDeferrable && !is_drop;
                        holders.extend(hits.into_iter().map(|it| Holder {
                            at: (child.clone(), it),
                            may_go,
                            is_deferrable,
                        }));
                    }
                }
            }
        }
        for Holder { at, may_go, is_deferrable } in holders {
            match fall[&at.0].gone.contains(&at.1) {
                true if may_go => {}
                true => return Err("in which order rows go".to_owned()),
                false if is_deferrable => return Err("what a transaction ends in".to_owned()),
                false => return Ok(false),
            }
        }
        Ok(true)
    }

    /// Sees to it that the rows of the table are among those that the statement reaches.
    fn reach(&mut self, fall: &mut Fall, name: &QName) -> Told {
        if fall.contains_key(name) {
            return Ok(true);
        }
        let unclear = || format!("the rows of table `{name}` are not known");
        let table = self.ctx.schema.tables.shared(name).ok_or_else(unclear)?;
        if !self.settle(name, &table, false) {
            return Err(unclear());
        }
        let settled = self.ctx.rows.settled(name).map_err(|_| unclear())?;
        let settled = settled.cloned().unwrap_or_default();
        if settled.table.unknown.is_some() {
            return Err(unclear());
        }
        fall.insert(name.clone(), Going::new(table, settled, BTreeSet::new()));
        Ok(true)
    }

    /// Returns the rows that refer to those that go.
    fn hits(
        &self,
        fall: &Fall,
        (child, key): (&QName, &ForeignKey),
        (parent, gone): (&QName, &[usize]),
    ) -> Result<Vec<usize>, String> {
        let (of, to) = (&fall[child], &fall[parent]);
        let unclear = || "which rows a key refers to".to_owned();
        if !suits(self.ctx, key, &to.table) {
            return Err(unclear());
        }
        let columns = places(&of.table, &key.columns).ok_or_else(unclear)?;
        let target = places(&to.table, target(key, &to.table)).ok_or_else(unclear)?;
        let exact = is_exact(self.ctx, &to.table, &target);
        let gone = gone.iter().map(|it| &to.settled.table.rows[*it][..]).collect();
        let targets = Targets::new(gone, &target, exact);
        let mut res = Vec::new();
        for (n, row) in of.settled.table.rows.iter().enumerate() {
            let is_left = !of.gone.contains(&n) && columns.iter().all(|it| !row[*it].is_null());
            if is_left && targets.are_met_by(row, &columns)? {
                res.push(n);
            }
        }
        Ok(res)
    }

    /// Empties the key of the rows, unless the server refuses that.
    fn empties(
        &self,
        fall: &mut Fall,
        (child, key): (&QName, &ForeignKey),
        rows: &[usize],
    ) -> Told {
        let Some(going) = fall.get_mut(child) else { return Ok(true) };
        let names =
            if key.on_delete_columns.is_empty() { &key.columns } else { &key.on_delete_columns };
        let columns = places(&going.table, names).unwrap_or_default();
        if columns.iter().any(|it| !going.table.columns[*it].nullable) {
            return Ok(false);
        }
        if !going.table.checks.is_empty() || runs_along(self.ctx, &going.table, "update") {
            return Err("whether a row may be changed".to_owned());
        }
        let all = rows.iter().flat_map(|row| columns.iter().map(|it| (*row, *it)));
        going.emptied.extend(all);
        Ok(true)
    }

    /// Keeps what became of the rows of all tables but this one.
    pub(super) fn keep_fall(&mut self, fall: Fall) {
        for (name, going) in fall {
            let was_empty = going.settled.table.rows.is_empty();
            if !was_empty {
                self.ctx.rows.settle(&name, going.done());
            }
        }
    }
}

fn fall_along(ctx: &Ctx, fall: &mut Fall, child: &QName, rows: &[usize]) -> Told {
    let Some(going) = fall.get_mut(child) else { return Ok(true) };
    if runs_along(ctx, &going.table, "delete") {
        return Err("what is run with a delete is not followed".to_owned());
    }
    going.gone.extend(rows);
    Ok(true)
}

/// Whether a change of rows that follows from another one runs triggers of the table; MySQL runs none then
/// (<https://dev.mysql.com/doc/refman/8.4/en/stored-program-restrictions.html>).
fn runs_along(ctx: &Ctx, table: &Table, event: &str) -> bool {
    let mut events = table.triggers.iter().flat_map(|it| &it.events);
    !ctx.is_mysql() && events.any(|it| it.starts_with(event))
}
