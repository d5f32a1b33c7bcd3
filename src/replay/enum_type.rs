//! Enumeration types.

use super::{
    cascade, codes, composite_type,
    ctx::{Ctx, Outcome},
    domain,
    follow::{self, Rename},
    type_name, verbatim,
};
use crate::{
    base::{Place, QName, Span},
    dialect::needs,
    model::{Access, EnumType, EnumValue, Id, MaterializedView, Sequence, Table, Verbatim, View},
    sql::ast::{AlterEnum, CreateEnum, Drop, EnumChange, Text},
};

pub(super) fn create(ctx: &mut Ctx, it: &CreateEnum) -> Outcome {
    let name = ctx.made_name(&it.name)?;
    type_name::check_free(ctx, &name, it.name.span)?;
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
    let Some(name) = ctx.type_meant(&it.name) else {
        return Err(type_name::missing(ctx, &it.name));
    };
    if !ctx.schema.enums.contains_key(&name) {
        return alter_other(ctx, it, &name);
    }
    match &it.change {
        EnumChange::RenameTo(to) => {
            let to = QName::new(name.schema.clone(), ctx.table_name(to));
            refuse_known(ctx, &to, it.name.span)?;
            rename(ctx, &name, &to, it.name.span)
        }
        EnumChange::SetSchema(schema) => {
            let to = type_name::moved(ctx, &name, schema)?;
            rename(ctx, &name, &to, it.name.span)
        }
        EnumChange::AddValue { value, if_not_exists, neighbour } => {
            add_value(ctx, &name, (value, *if_not_exists), neighbour.as_ref())
        }
        EnumChange::RenameValue { from, to } => rename_value(ctx, &name, from, to),
    }
}

/// Renames and moves types of other kinds.
fn alter_other(ctx: &mut Ctx, it: &AlterEnum, name: &QName) -> Outcome {
    let (to, ident, moves) = match &it.change {
        EnumChange::RenameTo(to) => (type_name::renamed(ctx, name, to)?, to, false),
        EnumChange::SetSchema(schema) => (type_name::moved(ctx, name, schema)?, schema, true),
        _ => {
            let reason = format!("`{name}` is no enum");
            return Err(Box::new(codes::rejected(reason, ctx.place(it.name.span))));
        }
    };
    if ctx.schema.domains.contains_key(name) {
        domain::rename(ctx, name, &to);
    } else if ctx.schema.composites.contains_key(name) || ctx.schema.ranges.contains_key(name) {
        composite_type::rename(ctx, name, &to);
    } else if composite_type::rename_multirange(ctx, name, &to) {
    } else if ctx.schema.verbatims.contains_key(&Verbatim::type_key(name)) {
        verbatim::rename_type(ctx, name, &to, ident, moves);
    } else {
        let reason = format!("`{name}` is the type of a table's rows");
        return Err(Box::new(codes::rejected(reason, ctx.place(it.name.span))));
    }
    Ok(())
}

pub(super) fn drop(ctx: &mut Ctx, it: &Drop) -> Outcome {
    let mut ids = Vec::new();
    for written in &it.names {
        let Some(name) = ctx.type_meant(written) else {
            if it.if_exists {
                continue;
            }
            return Err(type_name::missing(ctx, written));
        };
        let Some(id) = needs::type_of_name(&ctx.schema, &name).filter(|it| !is_relation(it)) else {
            let reason = format!("`{name}` is the type of a table's rows");
            return Err(Box::new(codes::rejected(reason, ctx.place(written.span))));
        };
        ids.push(id);
    }
    let span = it.names.first().map_or(Span::default(), |it| it.span);
    cascade::drop_objects(ctx, &ids, it.cascade, span)
}

fn is_relation(id: &Id) -> bool {
    id.is::<Table>() || id.is::<View>() || id.is::<MaterializedView>() || id.is::<Sequence>()
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
    let Some(it) = found.values.iter_mut().find(|it| it.text == from.text) else {
        return Err(missing_value(name, from, from_place));
    };
    it.text = to.text.to_string();
    let of = Id::of::<EnumType>(name.clone());
    let (from, to) = (from.text.to_string(), to.text.to_string());
    let texts = follow::follow(ctx, &Rename::Value { of, from, to });
    follow::settle(ctx, texts);
    Ok(())
}

pub(super) fn rename(ctx: &mut Ctx, from: &QName, to: &QName, span: Span) -> Outcome {
    if from == to {
        return Ok(());
    }
    refuse_known(ctx, to, span)?;
    type_name::rename(ctx, &Id::of::<EnumType>(from.clone()), to, |ctx| {
        ctx.schema.rename_enum(from, to);
    });
    Ok(())
}

fn refuse_known(ctx: &Ctx, to: &QName, span: Span) -> Outcome {
    let Some(existing) = ctx.schema.enums.get(to) else { return Ok(()) };
    let (place, earlier) = (ctx.place(span), existing.meta.place);
    Err(Box::new(codes::exists(&format!("type `{to}`"), place, earlier)))
}

fn missing_value(name: &QName, text: &Text, place: Place) -> Box<crate::diag::Diagnostic> {
    Box::new(codes::missing_type(&format!("value '{}' of type `{name}`", text.text), place, None))
}

fn value(text: &Text) -> EnumValue {
    EnumValue { text: text.text.to_string(), renamed_from: None }
}
