//! How a database differs from what it should be, as it is shown.

use crate::{dialect::Dialect, diff::Change};

/// What a comparison with a database found out.
#[derive(Clone, Copy)]
pub struct DriftReport<'a> {
    pub dialect: &'static Dialect,
    /// The URL, without its password.
    pub database: &'a str,
    /// `history` or `modules`.
    pub expected: &'static str,
    /// From the database to what is expected.
    pub changes: &'a [Change],
}

impl DriftReport<'_> {
    /// Returns how many objects are missing, extra and different.
    pub(super) fn totals(&self) -> [usize; 3] {
        let count = |is: fn(&Change) -> bool| self.changes.iter().filter(|it| is(it)).count();
        [
            count(|it| matches!(it, Change::Create(_))),
            count(|it| matches!(it, Change::Drop(_))),
            count(|it| matches!(it, Change::Alter { .. } | Change::Rename { .. })),
        ]
    }
}
