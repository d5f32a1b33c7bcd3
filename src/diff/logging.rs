//! Sequences follow the logging of the table whose column owns them, so that only other differences are left.

use std::borrow::Cow;

use crate::model::Schema;

/// Gives the sequences of tables whose logging changes what they will have then.
pub(super) fn follow(current: &mut Cow<Schema>, desired: &Schema) {
    let following: Vec<_> = current
        .sequences
        .values()
        .filter_map(|it| {
            let table = &it.owned_by.as_ref()?.0;
            let unlogged = desired.table(table)?.unlogged;
            let changes = current.table(table)?.unlogged != unlogged;
            (changes && it.unlogged != unlogged).then(|| (it.name.clone(), unlogged))
        })
        .collect();
    for (name, unlogged) in following {
        if let Some(it) = current.to_mut().sequences.get_mut(&name) {
            it.unlogged = unlogged;
        }
    }
}
