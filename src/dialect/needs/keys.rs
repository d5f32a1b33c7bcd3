//! Which keys serve a foreign key.

use crate::{
    base::Name,
    model::{Id, Index, Kind, PrimaryKey, Table, Unique},
};

/// Returns the keys of the table that make exactly these columns unique.
pub fn target_keys(table: &Table, columns: &[Name]) -> Vec<Id> {
    let same =
        |key: &[Name]| key.len() == columns.len() && columns.iter().all(|it| key.contains(it));
    let part = |kind, name: &Name| Id { kind, owner: table.name.clone(), part: Some(name.clone()) };
    let primary = table.primary_key.iter().filter(|it| same(&it.columns));
    let uniques = table.uniques.iter().filter(|it| same(&it.columns));
    let indexes = table.indexes.iter().filter(|it| {
        let plain: Option<Vec<Name>> =
            it.plain_columns().map(|it| it.into_iter().cloned().collect());
        it.unique && plain.is_some_and(|it| same(&it))
    });
    primary
        .map(|it| part(PrimaryKey::INFO, &it.name))
        .chain(uniques.map(|it| part(Unique::INFO, &it.name)))
        .chain(indexes.map(|it| part(Index::INFO, &it.name)))
        .collect()
}

/// Returns the keys and indexes of the table that begin with these columns.
pub fn serving_indexes(table: &Table, columns: &[Name]) -> Vec<Id> {
    let begins = |key: Vec<&Name>| {
        key.len() >= columns.len() && key.into_iter().zip(columns).all(|(a, b)| a == b)
    };
    let part = |kind, name: &Name| Id { kind, owner: table.name.clone(), part: Some(name.clone()) };
    let primary = table.primary_key.iter().filter(|it| begins(it.columns.iter().collect()));
    let uniques = table.uniques.iter().filter(|it| begins(it.columns.iter().collect()));
    let indexes = table.indexes.iter().filter(|it| it.plain_columns().is_some_and(begins));
    primary
        .map(|it| part(PrimaryKey::INFO, &it.name))
        .chain(uniques.map(|it| part(Unique::INFO, &it.name)))
        .chain(indexes.map(|it| part(Index::INFO, &it.name)))
        .collect()
}
