//! Enumeration types.

use super::{
    cascade, codes,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::{Place, QName, Span},
    model::{Access, EnumType, EnumValue, Id},
    sql::ast::{AlterEnum, CreateEnum, Drop, EnumChange, ObjectName, Text},
};

pub(super) fn create(ctx: &mut Ctx, it: &CreateEnum) -> Outcome {
    let name = ctx.new_name(&it.name);
    let place = ctx.place(it.name.span);
    let earlier = match ctx.schema.enums.get(&name) {
        Some(existing) => Some(existing.meta.place),
        // A table is a type of its rows.
        None => ctx.schema.tables.get(&name).map(|it| it.meta.place),
    };
    if let Some(earlier) = earlier {
        return Err(Box::new(codes::exists(&format!("type `{name}`"), place, earlier)));
    }
    let mut values: Vec<EnumValue> = Vec::new();
    for text in &it.values {
        if values.iter().any(|it| it.text == text.text) {
            let reason = format!("value '{}' is there twice", text.text);
            return Err(Box::new(codes::rejected(reason, ctx.place(text.span))));
        }
        values.push(value(text));
    }
    let meta = ctx.meta(it.name.name.span);
    ctx.schema.enums.insert(
        name.clone(),
        EnumType { name: name.clone(), values, access: Access::default(), comment: None, meta },
    );
    ctx.note_needs(&Id::of::<EnumType>(name));
    Ok(())
}

pub(super) fn alter(ctx: &mut Ctx, it: &AlterEnum) -> Outcome {
    let name = ctx.enum_meant(&it.name);
    if !ctx.schema.enums.contains_key(&name) {
        return Err(missing(ctx, &it.name, &name));
    }
    match &it.change {
        EnumChange::RenameTo(to) => {
            let to = QName::new(name.schema.clone(), ctx.table_name(to));
            rename(ctx, &name, &to, it.name.span)
        }
        EnumChange::SetSchema(schema) => {
            let to = QName::new(ctx.namespace(&schema.text), name.name.clone());
            rename(ctx, &name, &to, it.name.span)
        }
        EnumChange::AddValue { value, if_not_exists, neighbour } => {
            add_value(ctx, &name, (value, *if_not_exists), neighbour.as_ref())
        }
        EnumChange::RenameValue { from, to } => rename_value(ctx, &name, from, to),
    }
}

pub(super) fn drop(ctx: &mut Ctx, it: &Drop) -> Outcome {
    for written in &it.names {
        let name = ctx.enum_meant(written);
        if !ctx.schema.enums.contains_key(&name) {
            if it.if_exists {
                continue;
            }
            return Err(missing(ctx, written, &name));
        }
        cascade::drop_objects(ctx, &[Id::of::<EnumType>(name)], it.cascade, written.span)?;
    }
    Ok(())
}

fn add_value(
    ctx: &mut Ctx,
    name: &QName,
    (text, if_not_exists): (&Text, bool),
    neighbour: Option<&(bool, Text)>,
) -> Outcome {
    let place = ctx.place(text.span);
    let Some(found) = ctx.schema.enums.get_mut(name) else { return Ok(()) };
    if found.values.iter().any(|it| it.text == text.text) {
        if if_not_exists {
            return Ok(());
        }
        let what = format!("value '{}' of type `{name}`", text.text);
        return Err(Box::new(codes::exists(&what, place, found.meta.place)));
    }
    let at = match neighbour {
        None => found.values.len(),
        Some((before, other)) => {
            let Some(at) = found.values.iter().position(|it| it.text == other.text) else {
                let place = Place::new(place.file, other.span);
                return Err(missing_value(name, other, place));
            };
            at + usize::from(!before)
        }
    };
    found.values.insert(at, value(text));
    Ok(())
}

fn rename_value(ctx: &mut Ctx, name: &QName, from: &Text, to: &Text) -> Outcome {
    let (from_place, to_place) = (ctx.place(from.span), ctx.place(to.span));
    let Some(found) = ctx.schema.enums.get_mut(name) else { return Ok(()) };
    if found.values.iter().any(|it| it.text == to.text) {
        let what = format!("value '{}' of type `{name}`", to.text);
        return Err(Box::new(codes::exists(&what, to_place, found.meta.place)));
    }
    match found.values.iter_mut().find(|it| it.text == from.text) {
        Some(it) => {
            it.text = to.text.to_string();
            Ok(())
        }
        None => Err(missing_value(name, from, from_place)),
    }
}

fn rename(ctx: &mut Ctx, from: &QName, to: &QName, span: Span) -> Outcome {
    if from == to {
        return Ok(());
    }
    if let Some(existing) = ctx.schema.enums.get(to) {
        let (place, earlier) = (ctx.place(span), existing.meta.place);
        return Err(Box::new(codes::exists(&format!("type `{to}`"), place, earlier)));
    }
    ctx.schema.rename_enum(from, to);
    ctx.rename_needs(&Id::of::<EnumType>(from.clone()), &Id::of::<EnumType>(to.clone()));
    Ok(())
}

fn missing(ctx: &Ctx, written: &ObjectName, name: &QName) -> Box<crate::diag::Diagnostic> {
    let place = ctx.place(written.span);
    let later = ctx.history.enum_after(&written.name.text, ctx.moment);
    let known = ctx.history.enum_after(&written.name.text, (0, 0)).is_some();
    // Types of other kinds are not replayed: they may well be there.
    Box::new(if later.is_some() || known {
        codes::missing_type(&format!("type `{name}`"), place, later)
    } else {
        codes::not_understood(&format!("type `{name}` is no enum of this history"), place)
    })
}

fn missing_value(name: &QName, text: &Text, place: Place) -> Box<crate::diag::Diagnostic> {
    Box::new(codes::missing_type(&format!("value '{}' of type `{name}`", text.text), place, None))
}

fn value(text: &Text) -> EnumValue {
    EnumValue { text: text.text.to_string(), renamed_from: None }
}
