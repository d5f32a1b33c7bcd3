//! Rows that refer to others: whether those are there.

use std::{cmp::Ordering, collections::BTreeSet, sync::Arc};

use super::{
    Run,
    data::Settled,
    row_keys::{Keys, plain_keys, told},
    value::Val,
};
use crate::{
    base::{Name, QName},
    model::{Deferral, ForeignKey, Table},
    replay::ctx::Ctx,
};

/// Whether something is so, or why nobody knows.
pub(super) type Told = Result<bool, String>;

/// Rows, and whether there may be more of them.
#[derive(Clone, Copy)]
struct Known<'r> {
    rows: &'r [Vec<Val>],
    may_be_more: bool,
    keys: Option<&'r Keys>,
}

/// Whether the session holds rows to foreign keys.
fn holds_rows(ctx: &Ctx) -> bool {
    ctx.checks_keys && !ctx.rows.untied
}

/// Returns the keys of other tables and its own that hold rows to those of the table, and whose they are.
pub(super) fn keys_to(ctx: &Ctx, name: &QName) -> Vec<(QName, ForeignKey)> {
    if !holds_rows(ctx) {
        return Vec::new();
    }
    let owners = ctx.referrer_names(name);
    let tables = owners.iter().filter_map(|it| ctx.schema.tables.get(it));
    let keys = tables.flat_map(|table| table.foreign_keys.iter().map(move |key| (table, key)));
    let is_meant = |it: &ForeignKey| it.enforced && it.references == *name;
    keys.filter(|it| is_meant(it.1)).map(|it| (it.0.name.clone(), it.1.clone())).collect()
}

/// Returns whether a key refers to one of the columns; to any, where none are said.
pub(super) fn is_referred_to(ctx: &Ctx, table: &Table, is_one: &dyn Fn(&Name) -> bool) -> bool {
    keys_to(ctx, &table.name).iter().any(|it| target(&it.1, table).iter().any(is_one))
}

pub(super) fn target<'t>(key: &'t ForeignKey, parent: &'t Table) -> &'t [Name] {
    let primary = parent.primary_key.as_ref().filter(|_| key.target.is_empty());
    primary.map_or(&key.target, |it| &it.columns)
}

/// Whether the key refers to one of the table's; SQLite looks for that when rows are written.
pub(super) fn suits(ctx: &Ctx, key: &ForeignKey, parent: &Table) -> bool {
    let target: BTreeSet<&Name> = target(key, parent).iter().collect();
    let is_it = |it: Vec<&Name>| it.into_iter().collect::<BTreeSet<_>>() == target;
    !ctx.is_sqlite() || plain_keys(parent).any(is_it)
}

pub(super) fn places(table: &Table, names: &[Name]) -> Option<Vec<usize>> {
    names.iter().map(|it| table.columns.iter().position(|column| column.name == *it)).collect()
}

/// From now on nobody knows the rows that go, or change, with those of the table.
pub(super) fn lose_followers(ctx: &mut Ctx, name: &QName) {
    lose_all(ctx, name, |it| it.on_delete.changes_rows() || it.on_update.changes_rows());
}

/// From now on nobody knows the rows that refer to those of the table.
pub(super) fn lose_referrers(ctx: &mut Ctx, name: &QName) {
    lose_all(ctx, name, |_| true);
}

fn lose_all(ctx: &mut Ctx, name: &QName, is_meant: fn(&ForeignKey) -> bool) {
    let (mut left, mut seen) = (vec![name.clone()], BTreeSet::new());
    while let Some(name) = left.pop() {
        for (child, _) in keys_to(ctx, &name).into_iter().filter(|it| is_meant(&it.1)) {
            if seen.insert(child.clone()) {
                if ctx.rows.log(&child).is_some() {
                    ctx.rows.lose(&child);
                }
                left.push(child);
            }
        }
    }
}

impl Run<'_, '_, '_> {
    /// Whether the row refers to rows that are there, by the keys that are over one of the columns; `own` are the rows that
    /// its table has then.
    pub(super) fn refers(
        &mut self,
        (table, own): (&Table, &Settled),
        row: &[Val],
        is_over: &dyn Fn(&Name) -> bool,
    ) -> Told {
        let mut res = Ok(true);
        if !holds_rows(self.ctx) {
            return res;
        }
        let keys = table.foreign_keys.iter().filter(|it| it.enforced);
        for key in keys.filter(|it| it.columns.iter().any(is_over)) {
            match self.refers_by(key, (table, own), row) {
                Ok(true) => {}
                Ok(false) if key.deferral != Deferral::NotDeferrable => {
                    res = Err("what a transaction ends in".to_owned());
                }
                Ok(false) => return Ok(false),
                Err(reason) => res = Err(reason),
            }
        }
        res
    }

    fn refers_by(
        &mut self,
        key: &ForeignKey,
        (table, own): (&Table, &Settled),
        row: &[Val],
    ) -> Told {
        let unclear = || Err("which rows a key refers to".to_owned());
        let columns = places(table, &key.columns);
        let is_null = |it: &usize| row[*it].is_null();
        let Some(columns) = columns.filter(|_| !key.period) else { return unclear() };
        if columns.iter().any(is_null) {
            let is_whole = !key.match_full || columns.iter().all(is_null);
            return if is_whole { Ok(true) } else { unclear() };
        }
        // InnoDB passes over a key that it looks up by a longer unique one with NULL in it.
        let is_passed = |it: Vec<&Name>| {
            let longer =
                it.len() > key.columns.len() && key.columns.iter().all(|c| it.contains(&c));
            longer
                && table.columns.iter().zip(row).any(|(c, v)| v.is_null() && it.contains(&&c.name))
        };
        if self.ctx.is_mysql() && plain_keys(table).any(is_passed) {
            return unclear();
        }
        let is_own = key.references == table.name;
        let Some(parent) = self.ctx.schema.tables.shared(&key.references) else {
            return unclear();
        };
        if !is_own && !self.settle(&key.references, &parent, false) {
            return unclear();
        }
        let target = places(&parent, target(key, &parent));
        let Some(target) = target.filter(|_| suits(self.ctx, key, &parent)) else {
            return unclear();
        };
        let known =
            if is_own { Some(Known::of(own, table)) } else { self.known(&key.references, &parent) };
        let Some(mut known) = known else { return unclear() };
        let exact = is_exact(self.ctx, &parent, &target);
        let own = tell(row, &columns, exact);
        match own.and_then(|own| known.keys?.has(&target, &own)) {
            Some(true) => return Ok(true),
            Some(false) => known.rows = &[],
            None => {}
        }
        let mut res = Ok(false);
        // A row may refer to itself.
        let itself = std::iter::once(row).filter(|_| is_own);
        for other in known.rows.iter().map(Vec::as_slice).chain(itself) {
            match meets((row, &columns), (other, &target), exact) {
                Ok(true) => return Ok(true),
                Ok(false) => {}
                Err(reason) => res = Err(reason),
            }
        }
        if known.may_be_more { unclear() } else { res }
    }

    /// Returns what is known of the rows, once they are settled.
    fn known(&self, name: &QName, table: &Table) -> Option<Known<'_>> {
        match self.ctx.rows.settled(name) {
            Err(_) => None,
            Ok(None) => Some(Known { rows: &[], may_be_more: false, keys: None }),
            Ok(Some(it)) => Some(Known::of(it, table)),
        }
    }
}

impl<'r> Known<'r> {
    fn of(it: &'r Settled, table: &Table) -> Self {
        let keys =
            it.keys.as_ref().filter(|it| std::ptr::eq(Arc::as_ptr(&it.0), table)).map(|it| &it.1);
        Self { rows: &it.table.rows, may_be_more: it.table.unknown.is_some(), keys }
    }
}

/// Rows that others may refer to.
pub(super) struct Targets<'r> {
    all: Vec<&'r [Val]>,
    /// What tells them apart in the columns that are referred to.
    told: BTreeSet<Vec<String>>,
    /// Those of which that is not known.
    open: Vec<&'r [Val]>,
    columns: &'r [usize],
    exact: bool,
}

impl<'r> Targets<'r> {
    pub(super) fn new(all: Vec<&'r [Val]>, columns: &'r [usize], exact: bool) -> Self {
        let (mut known, mut open) = (BTreeSet::new(), Vec::new());
        for row in &all {
            match tell(row, columns, exact) {
                Some(it) => drop(known.insert(it)),
                None => open.push(*row),
            }
        }
        Self { all, told: known, open, columns, exact }
    }

    /// Returns whether the row refers to one of them.
    pub(super) fn are_met_by(&self, row: &[Val], key: &[usize]) -> Told {
        let own = tell(row, key, self.exact);
        if own.as_ref().is_some_and(|it| self.told.contains(it)) {
            return Ok(true);
        }
        for other in if own.is_some() { &self.open } else { &self.all } {
            if meets((row, key), (other, self.columns), self.exact)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Returns what tells the row from others, unless a collation may take several for the same.
fn tell(row: &[Val], columns: &[usize], exact: bool) -> Option<Vec<String>> {
    let is_plain = |it: &usize| exact || matches!(row[*it], Val::Int(_));
    columns.iter().all(is_plain).then(|| told(row, columns.iter().map(|it| (*it, false))))?
}

/// Whether texts of these columns are the same only if they are spelled alike.
pub(super) fn is_exact(ctx: &Ctx, table: &Table, columns: &[usize]) -> bool {
    !ctx.is_mysql() && columns.iter().all(|it| table.columns[*it].collate.is_none())
}

/// Whether the values of a key are those of a row that it may refer to.
fn meets((a, key): (&[Val], &[usize]), (b, target): (&[Val], &[usize]), exact: bool) -> Told {
    let mut res = Ok(key.len() == target.len());
    for (at, other) in key.iter().zip(target) {
        let (own, other) = (&a[*at], &b[*other]);
        match own.compare(other, false) {
            Ok(Some(Ordering::Equal)) => {}
            Ok(Some(_)) if exact || !may_be_alike(own, other) => return Ok(false),
            Ok(Some(_)) => res = Err("whether texts are alike".to_owned()),
            Ok(None) => return Ok(false),
            Err(reason) => res = Err(reason),
        }
    }
    res
}

/// Whether a collation may take two texts for the same.
fn may_be_alike(a: &Val, b: &Val) -> bool {
    let (Val::Text(a), Val::Text(b)) = (a, b) else { return false };
    !a.is_ascii() || !b.is_ascii() || a.trim_end().eq_ignore_ascii_case(b.trim_end())
}
