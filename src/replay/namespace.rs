//! `CREATE SCHEMA` and `DROP SCHEMA`.

use super::{
    access, cascade, charset, codes,
    ctx::{Ctx, Outcome},
    drop,
};
use crate::{
    base::QName,
    model::{
        Access, DefaultPrivileges, EventTrigger, Extension, Id, Kind, Namespace, Publication, Role,
        Table, Verbatim,
    },
    sql::ast::{AlterDatabase, CreateSchema, Drop, Ident, ObjectName},
};

pub(super) fn create(ctx: &mut Ctx, it: &CreateSchema) -> Outcome {
    if !it.options.is_empty() {
        let database = AlterDatabase { name: Some(it.name.clone()), options: it.options.clone() };
        charset::alter_database(ctx, &database)?;
    }
    // The default schema is always there, and so is the database that a history works in.
    let Some(name) = ctx.namespace(&it.name.text) else { return Ok(()) };
    if ctx.dialect.emitter(Namespace::INFO).is_none() {
        return Ok(());
    }
    if let Some(existing) = ctx.schema.namespaces.get(&name) {
        if it.if_not_exists {
            return Ok(());
        }
        let earlier = existing.meta.place;
        let place = ctx.place(it.name.span);
        return Err(Box::new(codes::exists(&format!("schema `{name}`"), place, earlier)));
    }
    let owner = it.owner.as_ref().map(|it| access::read_role(ctx, it)).transpose()?;
    let meta = ctx.meta(it.name.span);
    let access = Access { owner, grants: None };
    ctx.schema
        .namespaces
        .insert(name.clone(), Namespace { name: name.clone(), access, comment: None, meta });
    ctx.note_needs(&Id::of::<Namespace>(QName::local(name)));
    Ok(())
}

impl Ctx<'_, '_> {
    /// Returns the name of what is made, in a schema that has to be there unless the history never makes it.
    pub(super) fn made_name(&self, name: &ObjectName) -> Outcome<QName> {
        let res = self.new_name(name);
        if let Some(schema) = &name.schema {
            self.refuse_gone(schema)?;
        }
        Ok(res)
    }

    /// Refuses a schema that the history makes elsewhere, but that is not there.
    pub(super) fn refuse_gone(&self, schema: &Ident) -> Outcome {
        let Some(own) = self.namespace(&schema.text).filter(|_| self.is_postgres()) else {
            return Ok(());
        };
        if self.schema.namespaces.contains_key(&own) || !self.history.creates(&schema.text) {
            return Ok(());
        }
        let missing = QName::local(own);
        Err(Box::new(codes::missing_relation("schema", &missing, self.place(schema.span), None)))
    }
}

/// Refuses `USE` of a database that the history makes only later, or has dropped.
pub(super) fn check_use(ctx: &Ctx, name: &Ident) -> Outcome {
    let Some(own) = ctx.namespace(&name.text) else { return Ok(()) };
    if ctx.schema.namespaces.contains_key(&own) || !ctx.history.creates(&name.text) {
        return Ok(());
    }
    let place = ctx.place(name.span);
    Err(Box::new(codes::missing_relation("database", &QName::local(own), place, None)))
}

pub(super) fn drop(ctx: &mut Ctx, it: &Drop) -> Outcome {
    for name in &it.names {
        drop_one(ctx, &name.name, it)?;
    }
    Ok(())
}

fn drop_one(ctx: &mut Ctx, ident: &Ident, it: &Drop) -> Outcome {
    let schema = ctx.namespace(&ident.text);
    let tops = ctx.schema.objects().into_iter().map(|it| it.0).filter(|it| it.part.is_none());
    let mut inside: Vec<Id> = tops
        .filter(|it| it.owner.schema == schema && !it.is::<Namespace>() && is_in_schemas(it))
        .collect();
    // An extension goes by its own name alone.
    let extensions = ctx.schema.extensions.values().filter(|it| it.schema == schema);
    inside.extend(extensions.map(|it| Id::of::<Extension>(QName::local(it.name.clone()))));
    let known = schema.as_ref().is_none_or(|it| ctx.schema.namespaces.contains_key(it));
    if !known && inside.is_empty() && !ctx.is_sqlite() {
        if it.if_exists {
            return Ok(());
        }
        let name = QName::local(ctx.table_name(ident));
        let place = ctx.place(ident.span);
        return Err(Box::new(codes::missing_relation("schema", &name, place, None)));
    }
    if let Some(user) = inside.first()
        && ctx.is_postgres()
        && !it.cascade
    {
        let what = format!("schema `{}`", ident.text);
        let place = ctx.place(ident.span);
        let user = format!("`{}`", user.owner);
        return Err(Box::new(codes::still_referenced(&what, &user, place, None)));
    }
    if ctx.is_postgres() {
        cascade::drop_objects(ctx, &inside, true, ident.span)?;
    } else {
        let (tables, others): (Vec<Id>, Vec<Id>) = inside.into_iter().partition(Id::is::<Table>);
        let tables: Vec<QName> = tables.into_iter().map(|it| it.owner).collect();
        drop::forget_tables(ctx, &tables);
        for id in others {
            ctx.schema.remove(&id);
            ctx.relations.remove(&id.owner);
        }
        ctx.collates.remove(&schema);
    }
    if let Some(name) = schema {
        ctx.schema.namespaces.remove(&name);
    }
    Ok(())
}

/// Whether objects of the kind are in schemas at all.
fn is_in_schemas(id: &Id) -> bool {
    let outside = [
        Role::INFO,
        Extension::INFO,
        EventTrigger::INFO,
        Publication::INFO,
        DefaultPrivileges::INFO,
    ];
    !outside.contains(&id.kind) && (!id.is::<Verbatim>() || !is_global(id))
}

/// Rare objects that are in no schema stand without one, as those in the default schema do.
fn is_global(id: &Id) -> bool {
    let kinds = [
        "access method ",
        "cast ",
        "foreign data wrapper ",
        "language ",
        "server ",
        "subscription ",
        "transform ",
        "user mapping ",
    ];
    kinds.iter().any(|it| id.owner.name.as_str().starts_with(it))
}
