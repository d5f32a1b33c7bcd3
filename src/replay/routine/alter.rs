//! `ALTER` and `DROP` of functions, procedures and aggregates.

use super::{find::bare, options};
use crate::{
    base::{Name, QName},
    model::{Aggregate, Function, Id, Procedure, routine},
    replay::{
        cascade, codes,
        ctx::{Ctx, Outcome},
    },
    sql::ast::{AlterRoutine, DropRoutines, RoutineChange, RoutineOption},
};

pub(in crate::replay) fn alter(ctx: &mut Ctx, it: &AlterRoutine) -> Outcome {
    let id = ctx.routine_meant(&it.what)?;
    let own = bare(&id.owner);
    match &it.change {
        RoutineChange::Options(list) => change(ctx, &id, list),
        RoutineChange::RenameTo(to) => {
            let to = QName::new(own.schema.clone(), ctx.table_name(to));
            rename(ctx, it, &id, &to)
        }
        RoutineChange::SetSchema(schema) => {
            let to = QName::new(ctx.namespace(&schema.text), own.name.clone());
            if to == own { Ok(()) } else { rename(ctx, it, &id, &to) }
        }
        RoutineChange::DependsOnExtension => Ok(()),
    }
}

fn change(ctx: &mut Ctx, id: &Id, list: &[RoutineOption]) -> Outcome {
    let Some(mut routine) = ctx.routine(id).cloned() else { return Ok(()) };
    for it in list {
        options::change(ctx, it, &mut routine)?;
    }
    options::settle(&mut routine);
    if let Some(it) = ctx.schema.functions.get_mut(&id.owner).filter(|_| id.is::<Function>()) {
        it.routine = routine;
    } else if let Some(it) = ctx.schema.procedures.get_mut(&id.owner) {
        it.routine = routine;
    }
    Ok(())
}

/// Gives the routine another name or schema; what calls it follows.
fn rename(ctx: &mut Ctx, it: &AlterRoutine, id: &Id, to: &QName) -> Outcome {
    let text = id.owner.name.as_str();
    let types = &text[routine::bare(&id.owner.name).len()..];
    let key = QName::new(to.schema.clone(), Name::exact(format!("{}{types}", to.name)));
    if let Some(existing) = ctx.routine_of_key(&key) {
        let earlier = ctx.schema.find(&existing).and_then(|it| it.meta().place);
        let what = format!("{} `{key}`", existing.kind.noun);
        return Err(Box::new(codes::exists(&what, ctx.place(it.what.span), earlier)));
    }
    let users = ctx.users_of(id);
    if let Some(mut it) = ctx.schema.functions.remove(&id.owner).filter(|_| id.is::<Function>()) {
        it.name = key.clone();
        ctx.schema.functions.insert(key.clone(), it);
    } else if let Some(mut it) = ctx.schema.procedures.remove(&id.owner) {
        debug_assert!(id.is::<Procedure>(), "routines of one name and types are one");
        it.name = key.clone();
        ctx.schema.procedures.insert(key.clone(), it);
    } else if let Some(mut it) = ctx.schema.aggregates.remove(&id.owner) {
        debug_assert!(id.is::<Aggregate>(), "routines of one name and types are one");
        it.name = key.clone();
        ctx.schema.aggregates.insert(key.clone(), it);
    }
    follow(ctx, &users, &id.owner, &key);
    ctx.rename_needs(id, &Id { kind: id.kind, owner: key, part: None });
    Ok(())
}

/// Triggers go on calling the function.
fn follow(ctx: &mut Ctx, users: &[Id], from: &QName, to: &QName) {
    for user in users {
        if let Some(it) =
            ctx.schema.event_triggers.get_mut(user.name()).filter(|it| it.function == *from)
        {
            it.function = to.clone();
        }
        let Some(name) = &user.part else { continue };
        let tables = ctx.schema.tables.get_mut(&user.owner).map(|it| &mut it.triggers);
        let views = ctx.schema.views.get_mut(&user.owner).map(|it| &mut it.triggers);
        for it in tables.into_iter().chain(views).flatten() {
            if it.name == *name && it.function.as_ref() == Some(from) {
                it.function = Some(to.clone());
            }
        }
    }
}

/// `DROP FUNCTION a, b`: all or none.
pub(in crate::replay) fn drop(ctx: &mut Ctx, it: &DropRoutines) -> Outcome {
    let mut ids = Vec::new();
    for written in &it.routines {
        match ctx.routine_meant(written) {
            Ok(id) => ids.push(id),
            Err(diagnostic) if it.if_exists && codes::is_missing(&diagnostic) => {}
            Err(diagnostic) => return Err(diagnostic),
        }
    }
    let Some(first) = it.routines.first() else { return Ok(()) };
    cascade::drop_objects(ctx, &ids, it.cascade, first.span)
}
