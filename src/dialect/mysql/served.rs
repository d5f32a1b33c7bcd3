//! Which index serves which foreign key: the server makes one where none does, takes it away when another serves, and
//! refuses to lose the last one (<https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html>).

use super::index;
use crate::{
    base::Name,
    dialect::Cx,
    model::{ForeignKey, Id, Index, Kind, Table},
};

/// Returns whether the server makes the index by itself when it makes the foreign key.
pub(super) fn is_made_with_key(table: &Table, it: &Index) -> bool {
    it.implicit
        && it.plain_columns().is_some_and(|own| {
            table
                .foreign_keys
                .iter()
                .any(|key| key.name == it.name && key.columns.iter().eq(own.iter().copied()))
        })
}

/// Returns whether the step of another part brings the index, so that its own has nothing to do: that of its foreign
/// key, or that of the index it stands in for.
pub(super) fn is_written_elsewhere(cx: &Cx, id: &Id, it: &Index) -> bool {
    let Some(desired) = cx.desired.table(&id.owner).filter(|_| it.implicit) else { return false };
    let Some(own) = it.plain_columns() else { return false };
    let Some(current) = cx.current.table(&id.owner) else { return is_made_with_key(desired, it) };
    if handover(current, desired, &own).is_some_and(|(_, to)| to.name == it.name) {
        return true;
    }
    let same = |key: &ForeignKey| key.columns.iter().eq(own.iter().copied());
    let key_is_new = !current.foreign_keys.iter().any(same);
    let stands_in = leaving(current, desired).into_iter().any(|it| it.1.starts_with(&own));
    stands_in || (key_is_new && is_made_with_key(desired, it))
}

/// Returns the further actions for the indexes that take the place of the one of that name as it goes.
pub(super) fn stand_ins(cx: &Cx, id: &Id, name: &Name) -> String {
    let (Some(current), Some(desired)) = (cx.current.table(&id.owner), cx.desired.table(&id.owner))
    else {
        return String::new();
    };
    let is_new = |it: &Index| it.implicit && current.indexes.iter().all(|old| old.name != it.name);
    let takes_place = |own: &[&Name]| {
        let first = leaving(current, desired).into_iter().find(|it| it.1.starts_with(own));
        first.is_some_and(|it| it.0 == name)
    };
    let stand_ins = desired.indexes.iter().filter(|it| is_new(it));
    stand_ins
        .filter(|it| it.plain_columns().is_some_and(|own| takes_place(&own)))
        .map(|it| format!(",\n    ADD {}", index::text(cx, it)))
        .collect::<Vec<_>>()
        .concat()
}

/// Returns the further actions of a new foreign key on columns that have an index made for an earlier one. The server
/// would put an index of its own in the place of one that it made, and leave one that a script has spelt out.
pub(super) fn handed_over(cx: &Cx, id: &Id, key: &ForeignKey) -> String {
    let (Some(current), Some(desired)) = (cx.current.table(&id.owner), cx.desired.table(&id.owner))
    else {
        return String::new();
    };
    let own: Vec<&Name> = key.columns.iter().collect();
    // Under the key's own name the server makes the same index again.
    let differs =
        |it: &(&Index, &Index)| it.0.name != it.1.name || !is_made_with_key(desired, it.1);
    handover(current, desired, &own).filter(differs).map_or_else(String::new, |(from, to)| {
        let (from, to) = (cx.dialect.ident(&from.name), index::text(cx, to));
        format!(",\n    DROP INDEX {from},\n    ADD {to}")
    })
}

/// Returns the index made for a foreign key on these columns and the one desired in its place, if a new foreign key
/// comes between the two.
fn handover<'a>(
    current: &'a Table,
    desired: &'a Table,
    own: &[&Name],
) -> Option<(&'a Index, &'a Index)> {
    let find = |it: &'a Table| {
        it.indexes.iter().find(|it| it.implicit && it.plain_columns().is_some_and(|it| it == own))
    };
    let is_old = |key: &ForeignKey| {
        current.foreign_keys.iter().any(|it| it.name == key.name && same_key(it, key))
    };
    let mut keys = desired.foreign_keys.iter();
    let comes = keys.any(|key| key.columns.iter().eq(own.iter().copied()) && !is_old(key));
    comes.then(|| Some((find(current)?, find(desired)?))).flatten()
}

fn same_key(current: &ForeignKey, desired: &ForeignKey) -> bool {
    ForeignKey::FIELDS.iter().all(|it| (it.same)(current, desired))
}

/// Returns whether the step of another part takes the index away: of a new key that begins with its columns, or of a
/// new foreign key on them.
pub(super) fn is_superseded(cx: &Cx, id: &Id, it: &Index) -> bool {
    let (Some(current), Some(desired)) = (cx.current.table(&id.owner), cx.desired.table(&id.owner))
    else {
        return false;
    };
    let own = it.plain_columns().unwrap_or_default();
    superseding(current, desired, it).is_some()
        || (it.implicit && handover(current, desired, &own).is_some())
}

/// Returns the further actions for the indexes that a new key of that name supersedes. The server takes away those that
/// it made by itself, but not those that a script has spelt out, and in one action both can be dropped.
pub(super) fn superseded(cx: &Cx, id: &Id, name: &Name) -> String {
    let (Some(current), Some(desired)) = (cx.current.table(&id.owner), cx.desired.table(&id.owner))
    else {
        return String::new();
    };
    let is_leaving = |it: &Index| desired.indexes.iter().all(|kept| kept.name != it.name);
    let leaving = current.indexes.iter().filter(|it| is_leaving(it));
    leaving
        .filter(|it| superseding(current, desired, it) == Some(name))
        .map(|it| format!(",\n    DROP INDEX {}", cx.dialect.ident(&it.name)))
        .collect::<Vec<_>>()
        .concat()
}

/// Returns the name of the new key that takes the place of an index made for a foreign key.
fn superseding<'a>(current: &Table, desired: &'a Table, it: &Index) -> Option<&'a Name> {
    let own = it.plain_columns().filter(|_| it.implicit)?;
    let known: Vec<(&Name, Vec<&Name>)> = keys(current);
    let spelt: Vec<&Name> =
        desired.indexes.iter().filter(|it| it.implicit).map(|it| &it.name).collect();
    let is_new =
        |key: &(&Name, Vec<&Name>)| known.iter().all(|it| it.0 != key.0) && !spelt.contains(&key.0);
    keys(desired).into_iter().find(|it| it.1.starts_with(&own) && is_new(it)).map(|it| it.0)
}

/// Returns every key and index that the current table has and the desired one lacks.
fn leaving<'a>(current: &'a Table, desired: &'a Table) -> Vec<(&'a Name, Vec<&'a Name>)> {
    let kept = keys(desired);
    keys(current).into_iter().filter(|it| !kept.contains(it)).collect()
}

/// Returns the name and columns of every key and index that can serve a foreign key.
fn keys(table: &Table) -> Vec<(&Name, Vec<&Name>)> {
    let primary = table.primary_key.iter().map(|it| (&it.name, it.columns.iter().collect()));
    let uniques = table.uniques.iter().map(|it| (&it.name, it.columns.iter().collect()));
    let trees = table.indexes.iter().filter(|it| it.method.is_none());
    let indexes = trees.filter_map(|it| Some((&it.name, it.plain_columns()?)));
    primary.chain(uniques).chain(indexes).collect()
}
