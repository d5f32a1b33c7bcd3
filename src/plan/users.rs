//! Who rests on what, as far as a change of the one concerns the other.

use std::collections::BTreeMap;

use crate::{
    base::QName,
    dialect::{Cx, needs},
    diff::Diff,
    model::{
        Column, ForeignKey, Id, MaterializedView, Policy, Publication, Rule, Schema, Table, View,
    },
};

/// Returns the foreign keys that refer to each table.
pub(super) fn incoming(schema: &Schema) -> BTreeMap<&QName, Vec<Id>> {
    let mut res: BTreeMap<&QName, Vec<Id>> = BTreeMap::new();
    for table in schema.managed_tables() {
        for key in &table.foreign_keys {
            let id = Id::part::<ForeignKey>(table.name.clone(), key.name.clone());
            res.entry(&key.references).or_default().push(id);
        }
    }
    res
}

/// Returns the objects whose SQL was bound to each object, and which nothing but being made anew binds again.
pub(super) fn users(schema: &Schema) -> BTreeMap<Id, Vec<Id>> {
    let mut res: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    let bound = |it: &Id| {
        it.is::<View>() || it.is::<MaterializedView>() || it.is::<Policy>() || it.is::<Rule>()
    };
    for (id, object) in schema.objects().into_iter().filter(|it| bound(&it.0)) {
        for need in &object.meta().uses {
            res.entry(need.clone()).or_default().push(id.clone());
        }
    }
    for it in schema.publications.values() {
        let id = Id::of::<Publication>(QName::local(it.name.clone()));
        for need in needs::bound(schema, &id) {
            res.entry(need).or_default().push(id.clone());
        }
    }
    res
}

pub(super) fn columns_of_type(schema: &Schema, name: &QName) -> Vec<Id> {
    let of_table = |table: &Table| -> Vec<Id> {
        let used = table.columns.iter().filter(|it| it.ty.user.as_ref() == Some(name));
        used.map(|it| Id::part::<Column>(table.name.clone(), it.name.clone())).collect()
    };
    schema.managed_tables().flat_map(of_table).collect()
}

/// Returns what rests on the object now and is to; what only comes to use it changes in place.
pub(super) fn users_of(object: &Id, cx: &Cx, diff: &Diff) -> Vec<Id> {
    let rests =
        |schema: &Schema, it: &Id| needs::needs(schema, it, &[], cx.dialect).contains(object);
    let is_user = |it: &Id| {
        rests(cx.desired, it)
            && diff.current_object(it).is_some()
            && rests(cx.current, diff.current_id(it))
    };
    cx.desired.objects().into_iter().map(|it| it.0).filter(is_user).collect()
}
