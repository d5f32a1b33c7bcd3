//! `CREATE SCHEMA` and `DROP SCHEMA`.

use super::{
    charset, codes,
    ctx::{Ctx, Outcome},
    drop,
};
use crate::{
    base::QName,
    model::{Access, Id, Kind, Namespace},
    sql::ast::{AlterDatabase, CreateSchema, Drop, Ident},
};

pub(super) fn create(ctx: &mut Ctx, it: &CreateSchema) -> Outcome {
    if !it.options.is_empty() {
        let database = AlterDatabase { name: Some(it.name.clone()), options: it.options.clone() };
        charset::alter_database(ctx, &database)?;
    }
    // MySQL's databases are no part of a schema, and the default schema is always there.
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
    let meta = ctx.meta(it.name.span);
    ctx.schema.namespaces.insert(
        name.clone(),
        Namespace { name: name.clone(), access: Access::default(), comment: None, meta },
    );
    ctx.note_needs(&Id::of::<Namespace>(QName::local(name)));
    Ok(())
}

pub(super) fn drop(ctx: &mut Ctx, it: &Drop) -> Outcome {
    for name in &it.names {
        drop_one(ctx, &name.name, it)?;
    }
    Ok(())
}

fn drop_one(ctx: &mut Ctx, ident: &Ident, it: &Drop) -> Outcome {
    let schema = ctx.namespace(&ident.text);
    let inside = |name: &QName| name.schema == schema;
    let tables: Vec<QName> = ctx.schema.tables.keys().filter(|it| inside(it)).cloned().collect();
    let enums: Vec<QName> = ctx.schema.enums.keys().filter(|it| inside(it)).cloned().collect();
    let known = schema.as_ref().is_none_or(|it| ctx.schema.namespaces.contains_key(it));
    if !known && tables.is_empty() && enums.is_empty() && ctx.is_postgres() && !it.if_exists {
        let name = QName::local(ctx.table_name(ident));
        let place = ctx.place(ident.span);
        return Err(Box::new(codes::missing_relation("schema", &name, place, None)));
    }
    if let Some(user) = tables.first().or(enums.first())
        && ctx.is_postgres()
        && !it.cascade
    {
        let what = format!("schema `{}`", ident.text);
        let place = ctx.place(ident.span);
        return Err(Box::new(codes::still_referenced(&what, &format!("`{user}`"), place, None)));
    }
    drop::forget_tables(ctx, &tables);
    for name in &enums {
        ctx.schema.enums.remove(name);
    }
    if let Some(name) = schema {
        ctx.schema.namespaces.remove(&name);
    }
    Ok(())
}
