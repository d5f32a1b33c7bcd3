//! What the rules look at: what the modules declare and, of tables that they leave to the history, what that has made.

use std::borrow::Cow;

use crate::{
    base::QName,
    model::{Kind, Schema},
};

/// Returns the desired schema with the history's tables in the place of those that it only names as external; all that the
/// history has made where no module declares anything.
pub(super) fn subject<'a>(current: &'a Schema, desired: &'a Schema) -> Cow<'a, Schema> {
    if desired.managed_tables().next().is_none() && desired.modules.is_empty() {
        return Cow::Borrowed(current);
    }
    let is_left = |name: &QName| desired.tables.get(name).is_some_and(|it| it.meta.external);
    let left: Vec<_> = current.managed_tables().filter(|it| is_left(&it.name)).collect();
    if left.is_empty() {
        return Cow::Borrowed(desired);
    }
    let mut res = desired.clone();
    for table in left {
        let mut table = table.clone();
        if let Some(named) = desired.tables.get(&table.name).map(Kind::meta) {
            table.meta.module.clone_from(&named.module);
            table.meta.allow.clone_from(&named.allow);
        }
        res.tables.insert(table.name.clone(), table);
    }
    Cow::Owned(res)
}
