//! What objects that are no part of a table need.

use super::{mentions, role_id, type_of_name};
use crate::{
    base::{Name, QName},
    model::{
        Access, Column, ColumnType, CompositeType, DefaultPrivileges, Domain, EventTrigger,
        Extension, Function, Grantee, Grants, Holder, Id, Namespace, Object, Procedure,
        Publication, PublishedTable, RangeType, Role, Routine, Schema, Statistics, Table,
    },
};

pub(super) fn needs(schema: &Schema, object: Object, res: &mut Vec<Id>) {
    let mut ty = |it: &ColumnType| {
        res.extend(it.user.as_ref().and_then(|it| type_of_name(schema, it)));
    };
    if let Ok(it) = <&Domain>::try_from(object) {
        ty(&it.ty);
    } else if let Ok(it) = <&CompositeType>::try_from(object) {
        it.attributes.iter().for_each(|it| ty(&it.ty));
    } else if let Ok(it) = <&RangeType>::try_from(object) {
        ty(&it.subtype);
    } else if let Ok(it) = <&Function>::try_from(object) {
        routine(&it.routine, &mut ty);
    } else if let Ok(it) = <&Procedure>::try_from(object) {
        routine(&it.routine, &mut ty);
    } else if let Ok(it) = <&Statistics>::try_from(object) {
        res.push(Id::of::<Table>(it.table.clone()));
    } else if let Ok(it) = <&Extension>::try_from(object) {
        res.extend(it.schema.clone().map(|it| Id::of::<Namespace>(QName::local(it))));
    } else if let Ok(it) = <&EventTrigger>::try_from(object) {
        res.push(Id::of::<Function>(it.function.clone()));
    } else if let Ok(it) = <&Publication>::try_from(object) {
        it.tables.iter().for_each(|it| published(schema, it, res));
        let spaces = it.schemas.iter().cloned().map(QName::local);
        res.extend(spaces.map(Id::of::<Namespace>));
    } else if let Ok(it) = <&Role>::try_from(object) {
        res.extend(it.member_of.iter().map(role_id));
    } else if let Ok(it) = <&DefaultPrivileges>::try_from(object) {
        if let Holder::Role(name) = &it.role {
            res.push(role_id(name));
        }
        res.extend(grantees(&it.grants).map(role_id));
        res.extend(it.schema.clone().map(|it| Id::of::<Namespace>(QName::local(it))));
    }
    if let Some(it) = object.access() {
        access(it, res);
    }
}

/// The columns that are listed, and those that rows are chosen by.
fn published(schema: &Schema, it: &PublishedTable, res: &mut Vec<Id>) {
    res.push(Id::of::<Table>(it.name.clone()));
    let Some(table) = schema.table(&it.name) else { return };
    let chosen = it.condition.iter().flat_map(|it| mentions::in_expr(table, it));
    let names = it.columns.iter().chain(chosen).cloned();
    res.extend(names.map(|name| Id::part::<Column>(it.name.clone(), name)));
}

pub(super) fn table(table: &Table, res: &mut Vec<Id>) {
    res.extend(table.ancestors().cloned().map(Id::of::<Table>));
    res.extend(table.of_type.clone().map(Id::of::<CompositeType>));
    access(&table.access, res);
}

fn access(it: &Access, res: &mut Vec<Id>) {
    if let Some(Holder::Role(name)) = &it.owner {
        res.push(role_id(name));
    }
    res.extend(it.grants.iter().flat_map(grantees).map(role_id));
}

fn grantees(grants: &Grants) -> impl Iterator<Item = &Name> {
    grants.given.keys().filter_map(|it| match it {
        Grantee::Owner | Grantee::Public => None,
        Grantee::Role(name) => Some(name),
    })
}

fn routine(it: &Routine, ty: &mut impl FnMut(&ColumnType)) {
    it.arguments.iter().for_each(|it| ty(&it.ty));
    it.returns.iter().for_each(|it| ty(&it.ty));
}
