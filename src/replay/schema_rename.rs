//! `ALTER SCHEMA … RENAME TO`: all that is in the schema goes by the new name.

use super::{
    access, codes, composite_type,
    ctx::{Ctx, Outcome},
    domain, enum_type, extension, follow, namespace, routine,
    sequence::{self, Home},
    statistics, view,
};
use crate::{
    base::{Name, QName, Span},
    dialect::postgres::{extensions::extension_of_type, privileges::PUBLIC_COMMENT},
    model::{
        Aggregate, CompositeType, Domain, EnumType, Function, Id, Kind, MaterializedView,
        Namespace, Procedure, RangeType, Sequence, Statistics, Table, View,
    },
    sql::ast::{Ident, RenameSchema},
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
    let (from, to) = (extension::known_schema(ctx, &it.name)?, ctx.namespace(&it.to.text));
    if from.is_none() && ctx.lacks_home {
        let name = ctx.table_name(&it.name);
        return Err(Box::new(ctx.missing_schema(name, ctx.place(it.name.span))));
    }
    check_new(ctx, to.as_ref(), &it.to)?;
    let shown = ctx.table_name(&it.name);
    let inside = inside(ctx, from.as_ref());
    if let Some(rare) = inside.iter().find(|it| !MOVING.contains(&it.kind)) {
        let reason = format!("schema `{shown}` gets another name while it holds `{}`", rare.owner);
        return Err(Box::new(codes::not_understood(&reason, ctx.place(it.name.span))));
    }
    let new = ctx.table_name(&it.to);
    access::given(ctx, &Id::of::<Namespace>(QName::local(shown.clone())));
    if let Some(mut found) = ctx.schema.namespaces.remove(&shown) {
        found.name = new.clone();
        found.meta.given = to.is_none();
        // The default schema is not told of what it has from the start.
        if from.is_none() {
            found.comment.get_or_insert_with(|| PUBLIC_COMMENT.to_owned());
        }
        found.comment = found.comment.filter(|it| to.is_some() || it != PUBLIC_COMMENT);
        ctx.schema.namespaces.insert(new.clone(), found);
    }
    ctx.lacks_home = from.is_none() || ctx.lacks_home && to.is_some();
    for kind in MOVING {
        // Routines go by other names once their types have them, so each kind is looked for when its turn comes.
        for id in self::inside(ctx, from.as_ref()).into_iter().filter(|it| it.kind == *kind) {
            move_one(ctx, &id, to.as_ref(), it.to.span)?;
        }
    }
    others(ctx, from.as_ref(), to.as_ref());
    let (old, new) = (QName::local(shown), QName::local(new));
    ctx.rename_needs(&Id::of::<Namespace>(old), &Id::of::<Namespace>(new));
    Ok(())
}

/// Refuses a name that is taken or the server's own.
fn check_new(ctx: &Ctx, name: Option<&Name>, ident: &Ident) -> Outcome {
    let place = ctx.place(ident.span);
    if ident.text.starts_with("pg_") {
        let reason = format!("`{}` is a name for schemas of the server", ident.text);
        return Err(Box::new(codes::rejected(reason, place)));
    }
    let existing = name.and_then(|it| ctx.schema.namespaces.get(it));
    if existing.is_some() || name.is_none() && !ctx.lacks_home {
        let earlier = existing.and_then(|it| it.meta.place);
        return Err(Box::new(codes::exists(&format!("schema `{}`", ident.text), place, earlier)));
    }
    Ok(())
}

fn inside(ctx: &Ctx, schema: Option<&Name>) -> Vec<Id> {
    let all = ctx.schema.objects().into_iter().map(|it| it.0);
    let holds = |it: &Id| it.owner.schema.as_ref() == schema && !it.is::<Namespace>();
    all.filter(|it| it.part.is_none() && holds(it) && namespace::is_in_schemas(it)).collect()
}

fn move_one(ctx: &mut Ctx, id: &Id, schema: Option<&Name>, span: Span) -> Outcome {
    let from = &id.owner;
    let to = QName::new(schema.cloned(), from.name.clone());
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
fn others(ctx: &mut Ctx, from: Option<&Name>, to: Option<&Name>) {
    for it in ctx.schema.extensions.values_mut() {
        if it.schema.as_ref() == from {
            it.schema = to.cloned();
        }
    }
    super::type_name::each(ctx, &mut |ty| {
        let is_brought = || from.is_some() || extension_of_type(&ty.name).is_some();
        if ty.user.is_none() && ty.home.as_ref() == from && is_brought() {
            ty.home = to.cloned();
        }
    });
    let said = |it: Option<&Name>| {
        let home = || Name::exact(ctx.dialect.default_schema.unwrap_or_default());
        it.cloned().unwrap_or_else(home)
    };
    let (old, new) = (said(from), said(to));
    for it in ctx.schema.publications.values_mut() {
        it.schemas.iter_mut().filter(|it| **it == old).for_each(|it| it.clone_from(&new));
        it.schemas.sort();
    }
    let privileges = ctx.schema.default_privileges.keys();
    let keys: Vec<QName> =
        privileges.filter(|it| it.schema.as_ref() == Some(&old)).cloned().collect();
    for key in keys {
        let Some(mut it) = ctx.schema.default_privileges.remove(&key) else { continue };
        it.schema = Some(new.clone());
        it.name.schema = Some(new.clone());
        ctx.schema.default_privileges.insert(it.name.clone(), it);
    }
}
