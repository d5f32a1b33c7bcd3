//! What an object cannot be without: the edges of the dependency graph come from here.

use crate::{
    base::{Name, QName},
    dialect::Dialect,
    model::{
        Column, EnumType, ForeignKey, Id, Index, Kind, Namespace, Object, PrimaryKey, Schema,
        Table, Unique,
    },
};

/// Returns the objects of `schema` that the object of that identity needs; parts of a table that come with it count
/// as needs of the table.
pub(super) fn needs(schema: &Schema, id: &Id, without: &[Name], dialect: &Dialect) -> Vec<Id> {
    let mut res = Vec::new();
    if id.owner.schema.is_some() && !id.is::<Namespace>() {
        res.extend(id.owner.schema.clone().map(|it| Id::of::<Namespace>(QName::local(it))));
    }
    let table = schema.table(&id.owner);
    if let (Some(table), true) = (table, id.is::<Table>()) {
        for (part, object) in table.parts() {
            if !without.contains(part.name()) {
                part_needs(schema, table, object, dialect, &mut res);
            }
        }
        res.retain(|it| !(it.owner == id.owner && it.kind.part));
    } else if let (Some(table), Some(object)) = (table, schema.find(id)) {
        res.push(Id::of::<Table>(id.owner.clone()));
        part_needs(schema, table, object, dialect, &mut res);
        res.retain(|it| it != id);
    }
    res
}

fn part_needs(schema: &Schema, table: &Table, part: Object, dialect: &Dialect, res: &mut Vec<Id>) {
    if let Ok(column) = <&Column>::try_from(part) {
        res.extend(column.ty.user.clone().map(Id::of::<EnumType>));
    }
    for name in super::mentions::columns(table, part) {
        res.push(column_id(table, name));
        // What mentions a column rests on its type as well.
        let ty = table.column(name).and_then(|it| it.ty.user.clone());
        res.extend(ty.map(Id::of::<EnumType>));
    }
    if let Ok(key) = <&ForeignKey>::try_from(part) {
        foreign_key_needs(schema, table, key, dialect, res);
    }
}

fn foreign_key_needs(
    schema: &Schema,
    table: &Table,
    key: &ForeignKey,
    dialect: &Dialect,
    res: &mut Vec<Id>,
) {
    if dialect.foreign_key_makes_index {
        res.extend(serving_indexes(table, &key.columns).into_iter().take(1));
    }
    if key.references != table.name {
        res.push(Id::of::<Table>(key.references.clone()));
    }
    let Some(target) = schema.table(&key.references) else { return };
    res.extend(key.target.iter().map(|it| column_id(target, it)));
    res.extend(target_keys(target, &key.target).into_iter().take(1));
}

fn column_id(table: &Table, name: &Name) -> Id {
    Id::part::<Column>(table.name.clone(), name.clone())
}

/// Returns the keys of the table that make exactly these columns unique.
pub(super) fn target_keys(table: &Table, columns: &[Name]) -> Vec<Id> {
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
pub(super) fn serving_indexes(table: &Table, columns: &[Name]) -> Vec<Id> {
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

/// Returns whether the dialect writes the part inside `CREATE TABLE`.
pub(super) fn is_inline(cx: &crate::dialect::Cx, table: &Table, id: &Id, part: Object) -> bool {
    cx.dialect.emitter(id.kind).is_some_and(|row| (row.inline)(cx, table, part).is_some())
}
