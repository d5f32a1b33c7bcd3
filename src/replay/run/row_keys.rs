//! What keeps the rows of a table apart.

use std::cmp::Ordering;

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

/// Whether two rows may not be in one table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clash {
    None,
    Certain,
    Unknown,
}

/// How a server compares rows.
pub(super) struct Ways<'t> {
    pub ignore_case: bool,
    /// The column that numbers the rows.
    pub numbered: Option<&'t Name>,
}

/// Returns whether the keys of the table keep two rows apart.
pub(super) fn clash(table: &Table, a: &[Val], b: &[Val], ways: &Ways) -> Clash {
    let keys = table.primary_key.iter().map(|it| &it.columns);
    let keys = keys.chain(table.uniques.iter().map(|it| &it.columns));
    let indexes = table.indexes.iter().filter_map(plain_key);
    let keys = keys.map(|it| it.iter().collect::<Vec<_>>()).chain(indexes);
    let is_new = |it: &Column| is_new_each_time(it) || ways.numbered == Some(&it.name);
    let mut res = Clash::None;
    for key in keys {
        let at = |name: &Name| table.columns.iter().position(|it| it.name == *name);
        let compare = |it: usize| match (&a[it], &b[it]) {
            (Val::Unknown(_), Val::Unknown(_)) if is_new(&table.columns[it]) => Ok(None),
            (a, b) => a.compare(b, ways.ignore_case),
        };
        let parts: Vec<_> = key.into_iter().filter_map(at).map(compare).collect();
        if parts.iter().any(|it| matches!(it, Ok(it) if *it != Some(Ordering::Equal))) {
            continue;
        }
        if parts.iter().all(Result::is_ok) {
            return Clash::Certain;
        }
        res = Clash::Unknown;
    }
    // An index may be on anything.
    let is_other = |it: &Index| it.unique && plain_key(it).is_none();
    if table.indexes.iter().any(is_other) { Clash::Unknown } else { res }
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
