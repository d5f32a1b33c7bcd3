//! `AUTO_INCREMENT` columns: no ALTER TABLE may leave one without a key that begins with it, so the two come and go in
//! one action (<https://dev.mysql.com/doc/refman/8.4/en/innodb-auto-increment-handling.html>).

use super::{column, index, primary_key, unique};
use crate::{
    base::Name,
    dialect::{Cx, Sql},
    model::{Column, Id, IndexKey, Table},
};

/// Returns the further actions that give a column about to be numbered its key, if the key is new as well.
pub(super) fn key_for(cx: &Cx, id: &Id, it: &Column) -> String {
    let Some(desired) = cx.desired.table(&id.owner).filter(|_| it.identity.is_some()) else {
        return String::new();
    };
    match key_of(desired, &it.name) {
        Some(Key::Primary) if comes_with_column(cx, id, Key::Primary) => {
            let current = cx.current.table(&id.owner).and_then(|it| it.primary_key.as_ref());
            let leave = if current.is_some() { ",\n    DROP PRIMARY KEY" } else { "" };
            let key = desired.primary_key.as_ref().map(|it| primary_key::text(cx, it));
            format!("{leave},\n    ADD {}", key.unwrap_or_default())
        }
        Some(Key::Unique(at)) if comes_with_column(cx, id, Key::Unique(at)) => {
            format!(",\n    ADD {}", unique::text(cx, &desired.uniques[at]))
        }
        Some(Key::Index(at)) if comes_with_column(cx, id, Key::Index(at)) => {
            format!(",\n    ADD {}", index::text(cx, &desired.indexes[at]))
        }
        _ => String::new(),
    }
}

/// Returns whether the action that numbers the column writes this part, so that its own step has nothing to do.
pub(super) fn is_written_with_column(cx: &Cx, id: &Id, columns: &[&Name]) -> bool {
    let tables = (cx.current.table(&id.owner), cx.desired.table(&id.owner));
    let ((Some(current), Some(desired)), Some(first)) = (tables, columns.first()) else {
        return false;
    };
    let is_numbered = |it: &Table| it.column(first).is_some_and(|it| it.identity.is_some());
    if is_numbered(current) || !is_numbered(desired) {
        return false;
    }
    let name = match key_of(desired, first) {
        Some(Key::Primary) => desired.primary_key.as_ref().map(|it| &it.name),
        Some(Key::Unique(at)) => Some(&desired.uniques[at].name),
        Some(Key::Index(at)) => Some(&desired.indexes[at].name),
        None => None,
    };
    name == Some(id.name())
}

/// Returns what drops a key by that action. A column that is numbered by it and goes later is plain from then on, in a
/// statement of its own: one ALTER TABLE cannot both change a column and drop it.
pub(super) fn drop_key(cx: &Cx, id: &Id, columns: &[&Name], action: &str) -> Vec<Sql> {
    let Some(plain) = stop_numbering(cx, id, columns) else {
        return vec![Sql::Action(action.to_owned())];
    };
    let owner = cx.dialect.qname(&id.owner);
    let plain = column::definition(cx, &plain);
    vec![Sql::Statement(format!("ALTER TABLE {owner}\n    MODIFY COLUMN {plain},\n    {action}"))]
}

/// Returns the numbered column, as it is without the numbers, whose last key goes.
fn stop_numbering(cx: &Cx, id: &Id, columns: &[&Name]) -> Option<Column> {
    let current = cx.current.table(&id.owner)?;
    let numbered = current.column(columns.first()?).filter(|it| it.identity.is_some())?;
    let n_keys = keys_of(current, &numbered.name).count();
    let desired = cx.desired.table(&id.owner).and_then(|it| it.column(&numbered.name));
    if n_keys != 1 || desired.is_some_and(|it| it.identity.is_some()) {
        return None;
    }
    Some(Column { identity: None, ..numbered.clone() })
}

/// A key of a table, by its place in its list.
#[derive(Clone, Copy)]
enum Key {
    Primary,
    Unique(usize),
    Index(usize),
}

/// Returns the keys that begin with the column, the best first.
fn keys_of<'a>(table: &'a Table, column: &'a Name) -> impl Iterator<Item = Key> + 'a {
    let primary = table.primary_key.iter().filter(|it| it.columns.first() == Some(column));
    let uniques = table.uniques.iter().enumerate();
    let indexes = table.indexes.iter().enumerate();
    primary
        .map(|_| Key::Primary)
        .chain(
            uniques
                .filter(|(_, it)| it.columns.first() == Some(column))
                .map(|(at, _)| Key::Unique(at)),
        )
        .chain(indexes.filter_map(move |(at, it)| match &it.columns.first()?.key {
            IndexKey::Column(name) if name == column => Some(Key::Index(at)),
            _ => None,
        }))
}

fn key_of(table: &Table, column: &Name) -> Option<Key> {
    keys_of(table, column).next()
}

/// Returns whether the current table lacks the key, so that the column has to bring it.
fn comes_with_column(cx: &Cx, id: &Id, key: Key) -> bool {
    let (Some(current), Some(desired)) = (cx.current.table(&id.owner), cx.desired.table(&id.owner))
    else {
        return false;
    };
    match key {
        Key::Primary => {
            let columns = |it: &Table| it.primary_key.as_ref().map(|it| it.columns.clone());
            columns(current) != columns(desired)
        }
        Key::Unique(at) => current.uniques.iter().all(|it| it.name != desired.uniques[at].name),
        Key::Index(at) => current.indexes.iter().all(|it| it.name != desired.indexes[at].name),
    }
}
