//! Sequences that follow the table whose column owns them, so that only other differences are left.

use std::borrow::Cow;

use super::Follow;
use crate::model::{Schema, Sequence};

/// Gives the sequences of tables that change what they will have then.
pub(super) fn apply(current: &mut Cow<Schema>, desired: &Schema, follow: &dyn Follow) {
    let following: Vec<Sequence> = current
        .sequences
        .values()
        .filter_map(|it| {
            let table = &it.owned_by.as_ref()?.0;
            follow.sequence(it, current.table(table)?, desired.table(table)?)
        })
        .collect();
    for it in following {
        current.to_mut().sequences.insert(it.name.clone(), it);
    }
}
