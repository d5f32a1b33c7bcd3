//! `renamed-from`: brings the current schema under the desired names, so that only other differences are left.

use std::borrow::Cow;

use super::{Change, Follow};
use crate::{
    base::QName,
    model::{Column, EnumType, Id, Schema, Table},
};

/// Returns the current schema under the desired names, and the renames that get there. A `renamed-from` whose old name
/// is gone or whose new name is there already has been carried out before, and does nothing.
pub(super) fn apply<'a>(
    current: &'a Schema,
    desired: &Schema,
    follow: &dyn Follow,
) -> (Cow<'a, Schema>, Vec<Change>) {
    let mut res = Cow::Borrowed(current);
    let mut changes = Vec::new();
    for it in desired.enums.values() {
        let Some(from) = &it.meta.renamed_from else { continue };
        let from = QName::new(it.name.schema.clone(), from.clone());
        if res.enums.contains_key(&from)
            && !res.enums.contains_key(&it.name)
            && res.to_mut().rename_enum(&from, &it.name)
        {
            changes.push(Change::Rename {
                from: Id::of::<EnumType>(from),
                to: Id::of::<EnumType>(it.name.clone()),
            });
        }
    }
    for table in desired.managed_tables() {
        rename_table(&mut res, table, follow, &mut changes);
        rename_columns(&mut res, table, follow, &mut changes);
    }
    (res, changes)
}

fn rename_table(
    current: &mut Cow<Schema>,
    table: &Table,
    follow: &dyn Follow,
    changes: &mut Vec<Change>,
) {
    let Some(from) = &table.meta.renamed_from else { return };
    let from = QName::new(table.name.schema.clone(), from.clone());
    if current.tables.contains_key(&from)
        && !current.tables.contains_key(&table.name)
        && current.to_mut().rename_table(&from, &table.name)
    {
        if let Some(renamed) = current.to_mut().tables.get_mut(&table.name) {
            follow.table(renamed, &from.name);
        }
        changes.push(Change::Rename {
            from: Id::of::<Table>(from),
            to: Id::of::<Table>(table.name.clone()),
        });
    }
}

fn rename_columns(
    current: &mut Cow<Schema>,
    table: &Table,
    follow: &dyn Follow,
    changes: &mut Vec<Change>,
) {
    for column in &table.columns {
        let Some(from) = &column.meta.renamed_from else { continue };
        let possible = current
            .table(&table.name)
            .is_some_and(|it| it.column(from).is_some() && it.column(&column.name).is_none());
        if possible && current.to_mut().rename_column(&table.name, from, &column.name) {
            if let Some(renamed) = current.to_mut().tables.get_mut(&table.name) {
                follow.column(renamed, from, &column.name);
            }
            let id =
                |name: &crate::base::Name| Id::part::<Column>(table.name.clone(), name.clone());
            changes.push(Change::Rename { from: id(from), to: id(&column.name) });
        }
    }
}
