//! Composite types and range types.

use super::{
    cascade, codes, collation, column, column_rules,
    ctx::{Ctx, Outcome},
    extension,
    follow::{self, Follow, Rename},
    follow_attribute, type_name, typed_table,
};
use crate::{
    base::QName,
    dialect::postgres::range_type::multirange_name,
    model::{Access, Attribute, Column, CompositeType, Id, RangeType},
    sql::ast::{
        AlterComposite, AttributeChange, AttributeDef, CreateComposite, CreateRange, Ident,
    },
};

pub(super) fn create(ctx: &mut Ctx, it: &CreateComposite) -> Outcome {
    let name = ctx.made_name(&it.name)?;
    type_name::check_free(ctx, &name, it.name.span)?;
    let mut meta = ctx.meta(it.name.name.span);
    let mut attributes: Vec<Attribute> = Vec::new();
    for def in &it.attributes {
        let new = attribute(ctx, def, &mut meta.uses)?;
        if attributes.iter().any(|it| it.name == new.name) {
            return Err(twice(ctx, &name, def));
        }
        attributes.push(new);
    }
    let access = Access::default();
    let new = CompositeType { name: name.clone(), attributes, access, comment: None, meta };
    ctx.schema.composites.insert(name.clone(), new);
    ctx.note_needs(&Id::of::<CompositeType>(name));
    Ok(())
}

pub(super) fn create_range(ctx: &mut Ctx, it: &CreateRange) -> Outcome {
    let name = ctx.made_name(&it.name)?;
    type_name::check_free(ctx, &name, it.name.span)?;
    let subtype = column::read_type(ctx, &it.subtype)?;
    let multirange = it.multirange.as_ref().map(|it| ctx.table_name(&it.name));
    let mut meta = ctx.meta(it.name.name.span);
    if let Some((_, sql)) = it.options.iter().find(|it| it.0 == "collation") {
        let parts: Vec<&str> = sql.text.split('.').map(|it| it.trim_matches('"')).collect();
        let (schema, own) = match parts[..] {
            [schema, own] => (Some(schema), own),
            _ => (None, sql.text.trim_matches('"')),
        };
        meta.uses.extend(collation::known(ctx, (schema, own), sql.span)?);
    }
    let option = |(key, value): &(String, crate::sql::ast::Sql)| {
        (key.clone(), value.text.trim_matches('"').to_lowercase())
    };
    let new = RangeType {
        name: name.clone(),
        subtype,
        // `a_range` has `a_multirange`: https://www.postgresql.org/docs/current/sql-createtype.html
        multirange: Some(
            multirange
                .unwrap_or_else(|| ctx.dialect.table_name(&multirange_name(name.name.as_str()))),
        ),
        options: it.options.iter().map(option).collect(),
        access: Access::default(),
        comment: None,
        meta,
    };
    ctx.schema.ranges.insert(name.clone(), new);
    ctx.note_needs(&Id::of::<RangeType>(name));
    Ok(())
}

pub(super) fn alter(ctx: &mut Ctx, it: &AlterComposite) -> Outcome {
    let Some(name) = ctx.type_meant(&it.name) else {
        return Err(type_name::missing(ctx, &it.name));
    };
    let Some(mut ty) = ctx.schema.composites.get(&name).cloned() else {
        let reason = format!("`{name}` is no composite type");
        return Err(Box::new(codes::rejected(reason, ctx.place(it.name.span))));
    };
    let id = Id::of::<CompositeType>(name.clone());
    let mut texts = Follow::default();
    for change in &it.changes {
        alter_one(ctx, &mut ty, change)?;
        if let AttributeChange::Rename { from, to, .. } = change {
            let (of, from, to) = (id.clone(), ctx.part_name(from), ctx.part_name(to));
            texts.extend(follow::follow(ctx, &Rename::Attribute { of, from, to }));
        }
    }
    typed_table::follow(ctx, &name, it)?;
    ctx.schema.composites.insert(name, ty);
    ctx.note_needs(&id);
    follow::settle(ctx, texts);
    Ok(())
}

/// Gives the type another name; what is of it follows.
pub(super) fn rename(ctx: &mut Ctx, from: &QName, to: &QName) {
    if ctx.schema.composites.contains_key(from) {
        let id = Id::of::<CompositeType>(from.clone());
        type_name::rename(ctx, &id, to, |ctx| {
            let Some(mut it) = ctx.schema.composites.remove(from) else { return };
            it.name = to.clone();
            ctx.schema.composites.insert(to.clone(), it);
        });
        return;
    }
    type_name::rename(ctx, &Id::of::<RangeType>(from.clone()), to, |ctx| {
        let Some(mut it) = ctx.schema.ranges.remove(from) else { return };
        it.name = to.clone();
        ctx.schema.ranges.insert(to.clone(), it);
    });
}

/// Renames the type of a range's multiranges, if the name is that of one.
pub(super) fn rename_multirange(ctx: &mut Ctx, from: &QName, to: &QName) -> bool {
    let is_it = |it: &&mut RangeType| {
        it.name.schema == from.schema && it.multirange.as_ref() == Some(&from.name)
    };
    let Some(range) = ctx.schema.ranges.values_mut().find(is_it) else { return false };
    range.multirange = Some(to.name.clone());
    type_name::follow(ctx, from, to);
    true
}

fn alter_one(ctx: &Ctx, ty: &mut CompositeType, change: &AttributeChange) -> Outcome {
    match change {
        AttributeChange::Add { attribute: def, .. } => {
            let new = attribute(ctx, def, &mut ty.meta.uses)?;
            refuse_itself(ctx, ty, &new, def)?;
            if ty.attributes.iter().any(|it| it.name == new.name) {
                return Err(twice(ctx, &ty.name, def));
            }
            ty.attributes.push(new);
        }
        AttributeChange::Drop { name, if_exists, cascade } => {
            let own = ctx.part_name(name);
            if ty.attributes.iter().all(|it| it.name != own) {
                return if *if_exists { Ok(()) } else { Err(missing(ctx, ty, name)) };
            }
            let id = Id::of::<CompositeType>(ty.name.clone());
            if let Some(user) = follow_attribute::reader(ctx, &id, &own).filter(|_| !cascade) {
                let what = format!("attribute `{own}` of type `{}`", ty.name);
                let user_place = ctx.schema.find(&user).and_then(|it| it.meta().place);
                let (user, place) = (cascade::named(ctx, &user), ctx.place(name.span));
                return Err(Box::new(codes::still_referenced(&what, &user, place, user_place)));
            }
            ty.attributes.retain(|it| it.name != own);
        }
        AttributeChange::Retype { attribute: def, .. } => {
            check_unused(ctx, ty, &def.name)?;
            let new = attribute(ctx, def, &mut ty.meta.uses)?;
            refuse_itself(ctx, ty, &new, def)?;
            let Some(it) = ty.attributes.iter_mut().find(|it| it.name == new.name) else {
                return Err(missing(ctx, ty, &def.name));
            };
            *it = new;
        }
        AttributeChange::Rename { from, to, .. } => {
            let (old, new) = (ctx.part_name(from), ctx.part_name(to));
            if ty.attributes.iter().any(|it| it.name == new) {
                let what = format!("attribute `{new}` of type `{}`", ty.name);
                return Err(Box::new(codes::exists(&what, ctx.place(to.span), ty.meta.place)));
            }
            let Some(it) = ty.attributes.iter_mut().find(|it| it.name == old) else {
                return Err(missing(ctx, ty, from));
            };
            it.name = new;
        }
    }
    Ok(())
}

fn refuse_itself(ctx: &Ctx, ty: &CompositeType, new: &Attribute, def: &AttributeDef) -> Outcome {
    if new.ty.user.as_ref() != Some(&ty.name) {
        return Ok(());
    }
    let reason = format!("type `{}` cannot be a part of itself", ty.name);
    Err(Box::new(codes::rejected(reason, ctx.place(def.name.span))))
}

/// Values of an attribute that are stored already would have to be rewritten.
fn check_unused(ctx: &Ctx, ty: &CompositeType, ident: &Ident) -> Outcome {
    let id = Id::of::<CompositeType>(ty.name.clone());
    let Some(user) = ctx.users_of(&id).into_iter().find(Id::is::<Column>) else { return Ok(()) };
    let user = format!("column `{}` of table `{}`", user.name(), user.owner);
    let reason = format!("type `{}` cannot be altered: {user} is of it", ty.name);
    Err(Box::new(codes::rejected(reason, ctx.place(ident.span))))
}

fn attribute(ctx: &Ctx, def: &AttributeDef, uses: &mut Vec<Id>) -> Outcome<Attribute> {
    let mut ty = column::read_type(ctx, &def.ty)?;
    column_rules::check_type(ctx, &ty, &def.ty)?;
    if let Ok(Some(extension)) = extension::of_type(ctx, &mut ty) {
        uses.push(extension);
    }
    let collate = def.collate.as_ref().map(|it| collation::of_type(ctx, it, &ty)).transpose()?;
    let (collate, needed) = collate.unwrap_or_default();
    uses.extend(needed);
    Ok(Attribute { name: ctx.part_name(&def.name), ty, collate })
}

fn twice(ctx: &Ctx, ty: &QName, def: &AttributeDef) -> Box<crate::diag::Diagnostic> {
    let what = format!("attribute `{}` of type `{ty}`", def.name.text);
    Box::new(codes::exists(&what, ctx.place(def.name.span), None))
}

fn missing(ctx: &Ctx, ty: &CompositeType, ident: &Ident) -> Box<crate::diag::Diagnostic> {
    let what = format!("attribute `{}` of type `{}`", ident.text, ty.name);
    Box::new(codes::missing_type(&what, ctx.place(ident.span), None))
}
