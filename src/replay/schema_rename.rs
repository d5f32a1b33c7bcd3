//! `ALTER SCHEMA … RENAME TO`: all that is in the schema goes by the new name.

use super::{
    codes, composite_type,
    ctx::{Ctx, Outcome},
    domain, enum_type, extension, follow, routine,
    sequence::{self, Home},
    statistics, view,
};
use crate::{
    base::{Name, QName, Span},
    model::{
        Aggregate, CompositeType, DefaultPrivileges, Domain, EnumType, Function, Id, Kind,
        MaterializedView, Namespace, Procedure, RangeType, Sequence, Statistics, Table, View,
    },
    sql::ast::RenameSchema,
};

/// The kinds that can move, in the order in which they do.
const MOVING: &[&crate::model::Info] = &[
    EnumType::INFO,
    Domain::INFO,
    CompositeType::INFO,
    RangeType::INFO,
    Sequence::INFO,
    Table::INFO,
    View::INFO,
    MaterializedView::INFO,
    Statistics::INFO,
    Function::INFO,
    Procedure::INFO,
    Aggregate::INFO,
];

pub(super) fn rename(ctx: &mut Ctx, it: &RenameSchema) -> Outcome {
    let from = extension::known_schema(ctx, &it.name)?;
    let (Some(from), Some(to)) = (from, ctx.namespace(&it.to.text)) else {
        let reason = "the default schema gets another name";
        return Err(Box::new(codes::not_understood(reason, ctx.place(it.name.span))));
    };
    if to.as_str().starts_with("pg_") {
        let reason = format!("`{to}` is a name for schemas of the server");
        return Err(Box::new(codes::rejected(reason, ctx.place(it.to.span))));
    }
    if let Some(existing) = ctx.schema.namespaces.get(&to) {
        let (what, earlier) = (format!("schema `{to}`"), existing.meta.place);
        return Err(Box::new(codes::exists(&what, ctx.place(it.to.span), earlier)));
    }
    let inside = inside(ctx, &from);
    if let Some(rare) = inside.iter().find(|it| !MOVING.contains(&it.kind)) {
        let reason = format!("schema `{from}` gets another name while it holds `{}`", rare.owner);
        return Err(Box::new(codes::not_understood(&reason, ctx.place(it.name.span))));
    }
    if let Some(mut found) = ctx.schema.namespaces.remove(&from) {
        found.name = to.clone();
        ctx.schema.namespaces.insert(to.clone(), found);
    }
    for kind in MOVING {
        // Routines go by other names once their types have them, so each kind is looked for when its turn comes.
        for id in self::inside(ctx, &from).into_iter().filter(|it| it.kind == *kind) {
            move_one(ctx, &id, &to, it.to.span)?;
        }
    }
    others(ctx, &from, &to);
    let (old, new) = (QName::local(from), QName::local(to));
    ctx.rename_needs(&Id::of::<Namespace>(old), &Id::of::<Namespace>(new));
    Ok(())
}

fn inside(ctx: &Ctx, schema: &Name) -> Vec<Id> {
    let all = ctx.schema.objects().into_iter().map(|it| it.0);
    let holds = |it: &Id| it.owner.schema.as_ref() == Some(schema);
    all.filter(|it| it.part.is_none() && holds(it) && !it.is::<DefaultPrivileges>()).collect()
}

fn move_one(ctx: &mut Ctx, id: &Id, schema: &Name, span: Span) -> Outcome {
    let from = &id.owner;
    let to = QName::new(Some(schema.clone()), from.name.clone());
    if id.is::<EnumType>() {
        return enum_type::rename(ctx, from, &to, span);
    } else if id.is::<Domain>() {
        domain::rename(ctx, from, &to);
    } else if id.is::<CompositeType>() || id.is::<RangeType>() {
        composite_type::rename(ctx, from, &to);
    } else if id.is::<Sequence>() {
        return sequence::move_to(ctx, &Home::Own(from.clone()), &to, span);
    } else if id.is::<Table>() {
        follow::move_table(ctx, from, &to);
    } else if id.is::<View>() || id.is::<MaterializedView>() {
        return view::move_to(ctx, id, to, span);
    } else if id.is::<Statistics>() {
        statistics::rename(ctx, from, &to);
    } else {
        let bare = Name::exact(crate::model::routine::bare(&from.name));
        return routine::rename(ctx, id, &QName::new(to.schema, bare), span);
    }
    Ok(())
}

/// What is in no schema but names it.
fn others(ctx: &mut Ctx, from: &Name, to: &Name) {
    for it in ctx.schema.extensions.values_mut() {
        if it.schema.as_ref() == Some(from) {
            it.schema = Some(to.clone());
        }
    }
    super::type_name::each(ctx, &mut |ty| {
        if ty.user.is_none() && ty.home.as_ref() == Some(from) {
            ty.home = Some(to.clone());
        }
    });
    for it in ctx.schema.publications.values_mut() {
        it.schemas.iter_mut().filter(|it| *it == from).for_each(|it| it.clone_from(to));
        it.schemas.sort();
    }
    let privileges = ctx.schema.default_privileges.keys();
    let keys: Vec<QName> =
        privileges.filter(|it| it.schema.as_ref() == Some(from)).cloned().collect();
    for key in keys {
        let Some(mut it) = ctx.schema.default_privileges.remove(&key) else { continue };
        it.schema = Some(to.clone());
        it.name.schema = Some(to.clone());
        ctx.schema.default_privileges.insert(it.name.clone(), it);
    }
}
