//! Rows of a source by the value that a condition says one of their columns has.

use std::collections::BTreeMap;

use super::{
    join::{Combination, Joined, equalities, own_name},
    value::Val,
};
use crate::sql::ast::{Ex, Select};

/// The rows of one source by a column that is equal to one of a source before it.
pub(super) struct Lookup {
    /// Number of a source before, and of its column.
    other: (usize, usize),
    /// Of all values in the column; one of another sort is compared in other ways.
    sort: Sort,
    rows: BTreeMap<String, Vec<usize>>,
}

/// That of an object, or nothing for texts.
type Sort = Option<&'static str>;

impl Lookup {
    /// Returns the rows of source `n` by the first column that the query's conditions say is equal to one of a source
    /// before it; nothing where there is none, or where values have to be compared in another way.
    pub(super) fn new(select: &Select, sources: &[Joined], n: usize) -> Option<Self> {
        equalities(select, &sources[n].alias).into_iter().find_map(|(a, b)| {
            let (a, b) = column(sources, a).zip(column(sources, b))?;
            let (own, other) = if a.0 == n { (a, b) } else { (b, a) };
            let is_meant = own.0 == n && other.0 < n;
            is_meant.then(|| Self::by(&sources[n], (own.1, other))).flatten()
        })
    }

    fn by(source: &Joined, (column, other): (usize, (usize, usize))) -> Option<Self> {
        let mut rows: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let (sort, _) = key(source.table.rows.first()?.get(column)?)?;
        for (at, row) in source.table.rows.iter().enumerate() {
            let (_, name) = key(row.get(column)?).filter(|it| it.0 == sort)?;
            rows.entry(name.to_owned()).or_default().push(at);
        }
        Some(Self { other, sort, rows })
    }

    /// Returns the rows that may go with those before; nothing where all may.
    pub(super) fn rows(&self, sources: &[Joined], before: &Combination) -> Option<&[usize]> {
        let (source, column) = self.other;
        let value = sources[source].table.rows[before[source]?].get(column)?;
        let (_, name) = key(value).filter(|it| it.0 == self.sort)?;
        Some(self.rows.get(name).map_or(&[], Vec::as_slice))
    }
}

/// Returns what a value is looked up by.
fn key(value: &Val) -> Option<(Sort, &str)> {
    match value {
        Val::Text(it) => Some((None, it)),
        Val::Object(sort, it) if !it.is_empty() => Some((Some(*sort), it)),
        _ => None,
    }
}

/// Returns the source and the column that a name can only mean.
fn column(sources: &[Joined], ex: &Ex) -> Option<(usize, usize)> {
    let Ex::Name(path) = ex else { return None };
    let (name, of) = path.split_last()?;
    let mut found = sources.iter().enumerate().filter_map(|(n, it)| {
        let is_meant = of.last().is_none_or(|of| own_name(it.from).eq_ignore_ascii_case(of));
        let mut columns = it.table.columns.iter();
        let at = columns.position(|it| it.eq_ignore_ascii_case(name)).filter(|_| is_meant)?;
        Some((n, at))
    });
    found.next().filter(|_| found.next().is_none())
}
