//! What keeps the rows of a table apart.

use std::{cmp::Ordering, collections::BTreeMap};

use super::value::Val;
use crate::{
    base::Name,
    model::{Column, Expr, Index, IndexColumn, IndexKey, Table},
};

/// Why a value is not known that is another one in each row.
const NEW: &str = "what the server gives each row is not known";

/// Returns what a row has in a column that gives each row a value of its own.
pub(super) fn new_value() -> Val {
    Val::unknown(NEW)
}

pub(super) fn is_new_value(it: &Val) -> bool {
    it.why_unknown() == Some(NEW)
}

/// Whether each row that says nothing of the column has a value of its own there.
pub(super) fn is_new_each_time(it: &Column) -> bool {
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

/// The keys of a table, and the rows by what they have in them.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    all: Vec<Key>,
    /// A unique index is on something else than whole columns and all rows.
    has_other: bool,
    ignore_case: bool,
}

#[derive(Clone, Debug)]
struct Key {
    columns: Vec<usize>,
    known: BTreeMap<Vec<String>, usize>,
    /// Rows of which not all columns are known.
    open: Vec<usize>,
    /// Some of them have values that may be any.
    is_vague: bool,
    /// Whether case matters is a matter of collations.
    is_collated: bool,
}

impl Keys {
    pub(super) fn of(table: &Table, ignore_case: bool, rows: &[Vec<Val>]) -> Self {
        let is_collated = ignore_case && is_collated(table);
        let key = |names: Vec<&Name>| {
            let at = |name: &Name| table.columns.iter().position(|it| it.name == *name);
            let columns = names.into_iter().filter_map(at).collect();
            let known = BTreeMap::new();
            Key { columns, known, open: Vec::new(), is_vague: false, is_collated }
        };
        let all = plain_keys(table).map(key).collect();
        let mut res = Self { all, has_other: has_other_key(table), ignore_case };
        for (at, row) in rows.iter().enumerate() {
            res.add(at, row);
        }
        res
    }

    /// Returns whether nothing keeps rows apart.
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty() && !self.has_other
    }

    /// Returns whether a key is over one of these columns.
    pub(super) fn are_over(&self, is_one: &dyn Fn(usize) -> bool) -> bool {
        self.all.iter().any(|it| it.columns.iter().any(|it| is_one(*it)))
    }

    /// Returns whether a row with such values is there, as far as a key over just these columns tells.
    pub(super) fn has(&self, columns: &[usize], told: &[String]) -> Option<bool> {
        let key = self.all.iter().find(|it| it.columns == columns)?;
        let is_there = key.known.contains_key(told);
        (is_there || key.open.is_empty()).then_some(is_there)
    }

    /// Takes in the row of that number.
    pub(super) fn add(&mut self, at: usize, row: &[Val]) {
        for key in &mut self.all {
            if let Some(told) = key.told(row, self.ignore_case) {
                key.known.entry(told).or_insert(at);
                continue;
            }
            let mut reasons = key.columns.iter().filter_map(|it| row[*it].why_unknown());
            key.is_vague |= reasons.any(|it| it != NEW);
            key.open.push(at);
        }
    }

    /// Returns whether the keys keep the row from being beside the others.
    pub(super) fn clash(&self, rows: &[Vec<Val>], row: &[Val]) -> Clash {
        if self.has_other && !rows.is_empty() {
            return Clash::Unknown;
        }
        let mut res = Clash::None;
        for key in &self.all {
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
    fn told(&self, row: &[Val], ignore_case: bool) -> Option<Vec<String>> {
        told(row, self.columns.iter().map(|it| (*it, ignore_case)))
    }

    fn clash(&self, rows: &[Vec<Val>], row: &[Val], ignore_case: bool) -> Clash {
        if let Some(told) = self.told(row, ignore_case) {
            if let Some(at) = self.known.get(&told) {
                let is_same = |it: &usize| rows.get(*at).is_some_and(|old| old[*it] == row[*it]);
                let is_certain = !self.is_collated || self.columns.iter().all(is_same);
                return if is_certain { Clash::With(*at) } else { Clash::Unknown };
            }
            return self.clash_among(self.open.iter().copied(), rows, row, ignore_case);
        }
        // A number that the server gives tells the row from all that have got theirs by it.
        let is_number = matches!(self.columns[..], [only] if row[only].why_unknown() == Some(NEW));
        if is_number && self.known.is_empty() && !self.is_vague {
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
            let compare = |column: &usize| match (&rows[at][*column], &row[*column]) {
                (Val::Unknown(a), Val::Unknown(b)) if a == NEW && b == NEW => Ok(None),
                (a, b) => a.compare(b, ignore_case),
            };
            let mut parts = self.columns.iter().map(compare);
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

/// Whether the table or a column of it says how its texts are compared.
fn is_collated(table: &Table) -> bool {
    table.columns.iter().any(|it| it.collate.is_some() || it.charset.is_some())
        || table.options.keys().any(|it| it.contains("collat") || it.contains("char"))
}

/// Returns what tells the row from others in these columns, if that is known and not NULL; case may not matter.
pub(super) fn told(
    row: &[Val],
    columns: impl Iterator<Item = (usize, bool)>,
) -> Option<Vec<String>> {
    let part = |(at, ignore_case): (usize, bool)| match &row[at] {
        Val::Text(it) if ignore_case => Some(it.to_lowercase()),
        Val::Text(it) => Some(it.clone()),
        Val::Int(it) => Some(it.to_string()),
        Val::Bool(it) => Some(it.to_string()),
        _ => None,
    };
    columns.map(part).collect()
}

/// Returns the columns of all keys over whole columns and all rows.
pub(super) fn plain_keys(table: &Table) -> impl Iterator<Item = Vec<&Name>> {
    let primary = table.primary_key.iter().map(|it| &it.columns);
    let named = primary.chain(table.uniques.iter().map(|it| &it.columns));
    let indexes = table.indexes.iter().filter_map(plain_key);
    named.map(|it| it.iter().collect()).chain(indexes)
}

/// Returns whether a unique index is on something else than whole columns and all rows.
pub(super) fn has_other_key(table: &Table) -> bool {
    table.indexes.iter().any(|it| it.unique && plain_key(it).is_none())
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
