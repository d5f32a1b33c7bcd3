//! What an object cannot be without: the edges of a plan's graph, and what keeps or takes along what in a DROP.

mod declared;
mod keys;
pub mod mentions;
mod tops;

pub use declared::declared;
pub use keys::{serving_indexes, target_keys};

use super::{Cx, Dialect};
use crate::{
    base::{Name, QName},
    model::{
        Column, CompositeType, Domain, EnumType, ForeignKey, Function, Id, Index, MaterializedView,
        Namespace, Object, Policy, RangeType, Role, Schema, Sequence, Table, Trigger, Verbatim,
        View,
    },
};

/// Returns the objects of `schema` that the object of that identity needs; parts of a table that come with it count
/// as needs of the table. Not all that is named need exist.
pub fn needs(schema: &Schema, id: &Id, without: &[Name], dialect: &Dialect) -> Vec<Id> {
    let mut res = Vec::new();
    if id.owner.schema.is_some() && !id.is::<Namespace>() {
        res.extend(id.owner.schema.clone().map(|it| Id::of::<Namespace>(QName::local(it))));
    }
    let Some(object) = schema.find(id) else { return res };
    res.extend(object.meta().uses.iter().cloned());
    let table = schema.table(&id.owner);
    if let (Some(table), true) = (table, id.is::<Table>()) {
        tops::table(table, &mut res);
        for (part, object) in table.parts() {
            if !without.contains(part.name()) && dialect.comes_with_table(&part) {
                res.extend(object.meta().uses.iter().cloned());
                part_needs(schema, table, object, dialect, &mut res);
            }
        }
        res.retain(|it| !(it.owner == id.owner && (it.kind.part || it == id)));
    } else if let (Some(table), true) = (table, id.kind.part) {
        res.push(Id::of::<Table>(id.owner.clone()));
        part_needs(schema, table, object, dialect, &mut res);
        partition_needs(schema, table, object, &mut res);
        res.retain(|it| it != id);
    } else if id.kind.part {
        res.extend(owner(schema, id));
        trigger_needs(object, &mut res);
    } else {
        tops::needs(schema, object, &mut res);
        res.retain(|it| it != id);
    }
    res
}

/// Returns what the object needs beyond its own table's columns and keys and the targets of foreign keys.
pub fn bound(schema: &Schema, id: &Id) -> Vec<Id> {
    let Some(object) = schema.find(id) else { return Vec::new() };
    let mut res = object.meta().uses.clone();
    if id.kind.part {
        if !id.is::<Column>() {
            res.extend(owner(schema, id));
        }
        if let Ok(column) = <&Column>::try_from(object) {
            res.extend(column.ty.user.as_ref().and_then(|it| type_of_name(schema, it)));
        }
        trigger_needs(object, &mut res);
        policy_needs(object, &mut res);
    } else if let Ok(table) = <&Table>::try_from(object) {
        tops::table(table, &mut res);
    } else {
        tops::needs(schema, object, &mut res);
        res.extend(id.owner.schema.clone().map(|it| Id::of::<Namespace>(QName::local(it))));
    }
    res
}

/// Returns the table or view that the part is of.
pub fn owner(schema: &Schema, part: &Id) -> Option<Id> {
    let name = part.owner.clone();
    if schema.tables.contains_key(&name) {
        Some(Id::of::<Table>(name))
    } else if schema.views.contains_key(&name) {
        Some(Id::of::<View>(name))
    } else {
        schema.materialized_views.contains_key(&name).then(|| Id::of::<MaterializedView>(name))
    }
}

/// Returns the type of that name, of whatever kind; a table or view is a type of its rows.
pub fn type_of_name(schema: &Schema, name: &QName) -> Option<Id> {
    let name = name.clone();
    if schema.enums.contains_key(&name) {
        Some(Id::of::<EnumType>(name))
    } else if schema.domains.contains_key(&name) {
        Some(Id::of::<Domain>(name))
    } else if schema.composites.contains_key(&name) {
        Some(Id::of::<CompositeType>(name))
    } else if schema.ranges.contains_key(&name) {
        Some(Id::of::<RangeType>(name))
    } else if let Some(key) = base_type_of_name(schema, &name) {
        Some(Id::of::<Verbatim>(key))
    } else if schema
        .ranges
        .values()
        .any(|it| it.name.schema == name.schema && it.multirange.as_ref() == Some(&name.name))
    {
        let range = schema.ranges.values().find(|it| it.multirange.as_ref() == Some(&name.name));
        range.map(|it| Id::of::<RangeType>(it.name.clone()))
    } else {
        relation_of_name(schema, &name)
    }
}

/// Returns the key of the base type of that name.
fn base_type_of_name(schema: &Schema, name: &QName) -> Option<QName> {
    if schema.verbatims.is_empty() {
        return None;
    }
    Some(Verbatim::type_key(name)).filter(|it| schema.verbatims.contains_key(it))
}

/// Returns the table, view or sequence of that name.
pub fn relation_of_name(schema: &Schema, name: &QName) -> Option<Id> {
    let name = name.clone();
    if schema.tables.contains_key(&name) {
        Some(Id::of::<Table>(name))
    } else if schema.views.contains_key(&name) {
        Some(Id::of::<View>(name))
    } else if schema.materialized_views.contains_key(&name) {
        Some(Id::of::<MaterializedView>(name))
    } else {
        schema.sequences.contains_key(&name).then(|| Id::of::<Sequence>(name))
    }
}

fn part_needs(schema: &Schema, table: &Table, part: Object, dialect: &Dialect, res: &mut Vec<Id>) {
    if let Ok(column) = <&Column>::try_from(part) {
        res.extend(column.ty.user.as_ref().and_then(|it| type_of_name(schema, it)));
    }
    for name in mentions::columns(table, part) {
        res.push(column_id(table, name));
        // What mentions a column rests on its type as well.
        let ty = table.column(name).and_then(|it| it.ty.user.as_ref());
        res.extend(ty.and_then(|it| type_of_name(schema, it)));
    }
    if let Ok(key) = <&ForeignKey>::try_from(part) {
        foreign_key_needs(schema, table, key, dialect, res);
    }
    if let Ok(trigger) = <&Trigger>::try_from(part) {
        let before = trigger.options.get("follows").map(|it| dialect.table_name(it));
        res.extend(before.map(|it| Id::part::<Trigger>(table.name.clone(), it)));
    }
    trigger_needs(part, res);
    policy_needs(part, res);
}

fn policy_needs(part: Object, res: &mut Vec<Id>) {
    if let Ok(policy) = <&Policy>::try_from(part) {
        let named = policy.roles.iter().filter(|it| *it != "public");
        res.extend(named.map(|it| role_id(&Name::exact(it.as_str()))));
    }
}

/// An index of a partitioned table comes after the partitions, and before those of its indexes that are parts of it.
fn partition_needs(schema: &Schema, table: &Table, part: Object, res: &mut Vec<Id>) {
    let Ok(index) = <&Index>::try_from(part) else { return };
    if table.partition_by.is_some() {
        let is_part =
            |it: &&Table| it.partition_of.as_ref().is_some_and(|it| it.parent == table.name);
        res.extend(
            schema.tables.values().filter(is_part).map(|it| Id::of::<Table>(it.name.clone())),
        );
    }
    if let (Some(of), Some(parent)) = (&table.partition_of, &index.attached_to) {
        res.push(Id::part::<Index>(of.parent.clone(), parent.clone()));
    }
}

fn trigger_needs(part: Object, res: &mut Vec<Id>) {
    if let Ok(trigger) = <&Trigger>::try_from(part) {
        res.extend(trigger.function.clone().map(Id::of::<Function>));
        let from = trigger.constraint.as_ref().and_then(|it| it.from.clone());
        res.extend(from.map(Id::of::<Table>));
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

fn role_id(name: &Name) -> Id {
    Id::of::<Role>(QName::local(name.clone()))
}

/// Returns whether the dialect writes the part inside `CREATE TABLE`.
pub fn is_inline(cx: &Cx, table: &Table, id: &Id, part: Object) -> bool {
    cx.dialect.emitter(id.kind).is_some_and(|row| (row.inline)(cx, table, part).is_some())
}
