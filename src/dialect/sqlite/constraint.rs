//! What all constraints share: ALTER TABLE knows none of them (<https://www.sqlite.org/lang_altertable.html>), so each
//! change needs the table copied.

use crate::{
    dialect::{Cx, Sql, standard},
    model::{Id, Kind},
};

/// Returns the constraint's name before its text; one that nobody gave is not kept by the database.
pub(super) fn name<K: Kind>(cx: &Cx, it: &K) -> String {
    standard::constraint_name(cx, it.name(), it.meta().invented)
}

/// Returns what adds a constraint: nothing where its table is new and states it.
pub(super) fn create(cx: &Cx, id: &Id) -> Vec<Sql> {
    if cx.current.table(&id.owner).is_some() { vec![Sql::Rebuild] } else { Vec::new() }
}

/// Returns what drops a constraint: nothing where its table goes as well.
pub(super) fn drop(cx: &Cx, id: &Id) -> Vec<Sql> {
    if cx.desired.table(&id.owner).is_some() { vec![Sql::Rebuild] } else { Vec::new() }
}

/// Returns what changes a constraint; comments are not kept.
pub(super) fn alter(changed: &[&'static str]) -> Vec<Sql> {
    if changed == ["comment"] { Vec::new() } else { vec![Sql::Rebuild] }
}
