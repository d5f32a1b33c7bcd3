//! `ALTER` and `DROP` of functions, procedures and aggregates.

use super::{find::bare, options};
use crate::{
    base::{Name, QName, Span},
    model::{Aggregate, Function, Id, Procedure, routine},
    replay::{
        cascade, codes,
        ctx::{Ctx, Outcome},
        follow::{self, Rename},
    },
    sql::ast::{AlterRoutine, DropRoutines, RoutineChange, RoutineKind, RoutineOption},
};

pub(in crate::replay) fn alter(ctx: &mut Ctx, it: &AlterRoutine) -> Outcome {
    let id = ctx.routine_meant(&it.what)?;
    let own = bare(&id.owner);
    match &it.change {
        RoutineChange::Options(list) => {
            refuse_aggregate(ctx, &id, it.what.span)?;
            options::check_options(ctx, list, id.is::<Procedure>(), it.what.span)?;
            change(ctx, &id, list)
        }
        RoutineChange::RenameTo(to) => {
            let to = QName::new(own.schema.clone(), ctx.table_name(to));
            rename(ctx, &id, &to, it.what.span)
        }
        RoutineChange::SetSchema(schema) => {
            ctx.refuse_gone(schema)?;
            let to = QName::new(ctx.namespace(&schema.text), own.name.clone());
            if to == own { Ok(()) } else { rename(ctx, &id, &to, it.what.span) }
        }
        RoutineChange::DependsOnExtension => Ok(()),
    }
}

/// `ALTER` and `DROP` have words of their own for aggregates.
fn refuse_aggregate(ctx: &Ctx, id: &Id, span: Span) -> Outcome {
    if !id.is::<Aggregate>() {
        return Ok(());
    }
    let reason = format!("`{}` is an aggregate", id.owner);
    Err(Box::new(codes::rejected(reason, ctx.place(span))))
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
pub(in crate::replay) fn rename(ctx: &mut Ctx, id: &Id, to: &QName, span: Span) -> Outcome {
    let text = id.owner.name.as_str();
    let types = &text[routine::bare(&id.owner.name).len()..];
    let key = QName::new(to.schema.clone(), Name::exact(format!("{}{types}", to.name)));
    if let Some(existing) = ctx.routine_of_key(&key) {
        let earlier = ctx.schema.find(&existing).and_then(|it| it.meta().place);
        let what = format!("{} `{key}`", existing.kind.noun);
        return Err(Box::new(codes::exists(&what, ctx.place(span), earlier)));
    }
    let users = ctx.users_of(id);
    let texts = follow::follow(ctx, &Rename::Routine { from: id.clone(), to: to.clone() });
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
    follow::call(ctx, &users, &id.owner, &key);
    ctx.rename_needs(id, &Id { kind: id.kind, owner: key, part: None });
    follow::settle(ctx, texts);
    Ok(())
}

/// `DROP FUNCTION a, b`: all or none.
pub(in crate::replay) fn drop(ctx: &mut Ctx, it: &DropRoutines) -> Outcome {
    let mut ids = Vec::new();
    for written in &it.routines {
        match ctx.routine_meant(written) {
            Ok(id) if written.kind == RoutineKind::Function => {
                refuse_aggregate(ctx, &id, written.span)?;
                ids.push(id);
            }
            Ok(id) => ids.push(id),
            Err(diagnostic) if it.if_exists && codes::is_missing(&diagnostic) => {}
            Err(diagnostic) => return Err(diagnostic),
        }
    }
    let Some(first) = it.routines.first() else { return Ok(()) };
    cascade::drop_objects(ctx, &ids, it.cascade, first.span)
}
