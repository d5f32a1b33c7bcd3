//! What keeps the rows of a table apart.

use std::{cmp::Ordering, collections::BTreeMap};

use super::value::Val;
use crate::{
    base::Name,
    model::{Column, Expr, Index, IndexColumn, IndexKey, Table},
};

/// Whether each row that says nothing of the column has a value of its own there.
fn is_new_each_time(it: &Column) -> bool {
    const MAKERS: [&str; 3] = ["nextval(", "gen_random_uuid(", "uuid_generate_v4("];
    let makes = |it: &Expr| MAKERS.iter().any(|maker| it.text().contains(maker));
    it.identity.is_some() || it.default.as_ref().is_some_and(makes)
}

/// Whether a row may not be beside those that are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clash {
    None,
    /// With the row of that number.
    With(usize),
    Unknown,
}

/// How a server compares rows.
pub(super) struct Ways<'t> {
    pub ignore_case: bool,
    /// The column that numbers the rows.
    pub numbered: Option<&'t Name>,
}

/// The keys of a table, and the rows by what they have in them.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    keys: Vec<Key>,
    /// A unique index is on something else than whole columns and all rows.
    has_other: bool,
    ignore_case: bool,
}

#[derive(Clone, Debug)]
struct Key {
    columns: Vec<usize>,
    /// Which of them are different in each row that says nothing of them.
    new: Vec<bool>,
    known: BTreeMap<Vec<String>, usize>,
    /// Rows of which not all columns are known.
    open: Vec<usize>,
}

impl Keys {
    pub(super) fn of(table: &Table, ways: &Ways, rows: &[Vec<Val>]) -> Self {
        let named = table.primary_key.iter().map(|it| &it.columns);
        let named = named.chain(table.uniques.iter().map(|it| &it.columns));
        let indexes = table.indexes.iter().filter_map(plain_key);
        let all = named.map(|it| it.iter().collect::<Vec<_>>()).chain(indexes);
        let is_new = |it: &Column| is_new_each_time(it) || ways.numbered == Some(&it.name);
        let key = |names: Vec<&Name>| {
            let at = |name: &Name| table.columns.iter().position(|it| it.name == *name);
            let columns: Vec<usize> = names.into_iter().filter_map(at).collect();
            let new = columns.iter().map(|it| is_new(&table.columns[*it])).collect();
            Key { columns, new, known: BTreeMap::new(), open: Vec::new() }
        };
        let has_other = table.indexes.iter().any(|it| it.unique && plain_key(it).is_none());
        let keys = all.map(key).collect();
        let mut res = Self { keys, has_other, ignore_case: ways.ignore_case };
        for (at, row) in rows.iter().enumerate() {
            res.add(at, row);
        }
        res
    }

    /// Returns whether a key is over one of these columns.
    pub(super) fn are_over(&self, is_one: &dyn Fn(usize) -> bool) -> bool {
        self.keys.iter().any(|it| it.columns.iter().any(|it| is_one(*it)))
    }

    /// Takes in the row of that number.
    pub(super) fn add(&mut self, at: usize, row: &[Val]) {
        for key in &mut self.keys {
            match key.told(row, self.ignore_case) {
                Some(told) => _ = key.known.entry(told).or_insert(at),
                None => key.open.push(at),
            }
        }
    }

    /// Returns whether the keys keep the row from being beside the others.
    pub(super) fn clash(&self, rows: &[Vec<Val>], row: &[Val]) -> Clash {
        if self.has_other && !rows.is_empty() {
            return Clash::Unknown;
        }
        let mut res = Clash::None;
        for key in &self.keys {
            match (key.clash(rows, row, self.ignore_case), res) {
                (Clash::Unknown, _) => return Clash::Unknown,
                (Clash::With(a), Clash::With(b)) => res = Clash::With(a.min(b)),
                (Clash::With(a), _) => res = Clash::With(a),
                (Clash::None, _) => {}
            }
        }
        res
    }
}

impl Key {
    /// Returns what tells the row from others, if that is known and not NULL.
    fn told(&self, row: &[Val], ignore_case: bool) -> Option<Vec<String>> {
        let part = |at: &usize| match &row[*at] {
            Val::Text(it) if ignore_case => Some(it.to_lowercase()),
            Val::Text(it) => Some(it.clone()),
            Val::Int(it) => Some(it.to_string()),
            Val::Bool(it) => Some(it.to_string()),
            _ => None,
        };
        self.columns.iter().map(part).collect()
    }

    fn clash(&self, rows: &[Vec<Val>], row: &[Val], ignore_case: bool) -> Clash {
        if let Some(told) = self.told(row, ignore_case) {
            if let Some(at) = self.known.get(&told) {
                return Clash::With(*at);
            }
            return self.clash_among(self.open.iter().copied(), rows, row, ignore_case);
        }
        // A number that the server gives tells the row from all that have got theirs by it.
        let is_number = self.new == [true] && row[self.columns[0]].why_unknown().is_some();
        if is_number && self.known.is_empty() {
            return Clash::None;
        }
        self.clash_among(0..rows.len(), rows, row, ignore_case)
    }

    fn clash_among(
        &self,
        among: impl Iterator<Item = usize>,
        rows: &[Vec<Val>],
        row: &[Val],
        ignore_case: bool,
    ) -> Clash {
        for at in among {
            let compare =
                |(column, is_new): (&usize, &bool)| match (&rows[at][*column], &row[*column]) {
                    (Val::Unknown(_), Val::Unknown(_)) if *is_new => Ok(None),
                    (a, b) => a.compare(b, ignore_case),
                };
            let mut parts = self.columns.iter().zip(&self.new).map(compare);
            let mut is_open = false;
            let differs = parts.any(|it| {
                is_open |= it.is_err();
                matches!(it, Ok(it) if it != Some(Ordering::Equal))
            });
            match (differs, is_open) {
                (true, _) => {}
                (false, true) => return Clash::Unknown,
                (false, false) => return Clash::With(at),
            }
        }
        Clash::None
    }
}

/// Returns the columns of an index that keeps all rows apart by whole columns.
pub(super) fn plain_key(index: &Index) -> Option<Vec<&Name>> {
    let is_plain = index.unique && index.condition.is_none();
    is_plain.then(|| index.columns.iter().map(plain_column).collect()).flatten()
}

fn plain_column(it: &IndexColumn) -> Option<&Name> {
    match &it.key {
        IndexKey::Column(name) if it.prefix.is_none() && it.collate.is_none() => Some(name),
        _ => None,
    }
}
