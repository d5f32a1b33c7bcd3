//! Whom views, routines, triggers and events of MySQL and MariaDB run as, where that is whoever made them.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    base::QName,
    model::{Event, Function, Id, Procedure, Schema, Trigger, View},
};

/// Forgets the definers that are that user, `name@host`: a database does not tell them to whoever reads it.
pub(super) fn forget(schema: &mut Schema, user: &str) {
    each(schema, &mut |_, options| {
        options.retain(|key, value| key != DEFINER || value.replace('`', "") != user);
    });
}

/// Forgets the definers in the database of objects for which the project states none: then it is whoever ran it.
pub(super) fn forget_unstated(found: &mut Schema, expected: &mut Schema) {
    let mut stated = BTreeSet::new();
    each(expected, &mut |id, options| {
        if options.contains_key(DEFINER) {
            stated.insert(id);
        }
    });
    each(found, &mut |id, options| {
        if !stated.contains(&id) {
            options.remove(DEFINER);
        }
    });
}

fn each(schema: &mut Schema, show: &mut dyn FnMut(Id, &mut BTreeMap<String, String>)) {
    for it in schema.views.values_mut() {
        show(Id::of::<View>(it.name.clone()), &mut it.options);
    }
    for it in schema.functions.values_mut() {
        show(Id::of::<Function>(it.name.clone()), &mut it.routine.options);
    }
    for it in schema.procedures.values_mut() {
        show(Id::of::<Procedure>(it.name.clone()), &mut it.routine.options);
    }
    for it in schema.events.values_mut() {
        show(Id::of::<Event>(it.name.clone()), &mut it.options);
    }
    let with_triggers = schema.tables.values().filter(|it| !it.triggers.is_empty());
    let with_triggers: Vec<QName> = with_triggers.map(|it| it.name.clone()).collect();
    for name in with_triggers {
        for it in schema.tables.get_mut(&name).into_iter().flat_map(|it| &mut it.triggers) {
            show(Id::part::<Trigger>(name.clone(), it.name.clone()), &mut it.options);
        }
    }
}

const DEFINER: &str = "definer";
