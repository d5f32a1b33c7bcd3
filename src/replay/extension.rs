//! Extensions: what they bring is known by name only.

use super::{
    cascade, codes,
    ctx::{Ctx, Outcome},
    follow::{self, Rename},
    type_name,
};
use crate::{
    base::{Name, QName},
    diag::Diagnostic,
    dialect::needs::mentions,
    dialect::postgres::extensions,
    model::{Column, ColumnType, Expr, Extension, Id},
    sql::ast::{AlterExtension, CreateExtension, Drop, Ident},
};

pub(super) fn create(ctx: &mut Ctx, it: &CreateExtension) -> Outcome {
    let name = ctx.table_name(&it.name);
    // It is in every database from the start.
    let there = name.as_str() == "plpgsql" || ctx.schema.extensions.contains_key(&name);
    if there {
        if it.if_not_exists {
            return Ok(());
        }
        let earlier = ctx.schema.extensions.get(&name).and_then(|it| it.meta.place);
        let what = format!("extension `{name}`");
        return Err(Box::new(codes::exists(&what, ctx.place(it.name.span), earlier)));
    }
    let row = extensions::find_extension(name.as_str());
    // What a platform offers is known; elsewhere there may be anything.
    if row.is_none() && ctx.ground.is_some() {
        let reason = format!("extension `{name}` is not available");
        return Err(Box::new(codes::rejected(reason, ctx.place(it.name.span))));
    }
    let schema = match (&it.schema, row.and_then(|it| it.schema)) {
        (Some(schema), _) => known_schema(ctx, schema)?,
        (None, Some(fixed)) => ctx.namespace(fixed),
        (None, None) => ctx.path.first().cloned().flatten(),
    };
    for need in row.map_or(&[][..], |it| it.requires) {
        need_other(ctx, it, schema.as_ref(), need)?;
    }
    let meta = ctx.meta(it.name.span);
    let version = it.version.clone();
    let new = Extension { name: name.clone(), schema, version, comment: None, meta };
    ctx.schema.extensions.insert(name.clone(), new);
    ctx.note_needs(&id(&name));
    Ok(())
}

pub(super) fn alter(ctx: &mut Ctx, it: &AlterExtension) -> Outcome {
    let name = ctx.table_name(&it.name);
    if !ctx.schema.extensions.contains_key(&name) && name.as_str() != "plpgsql" {
        return Err(missing(ctx, &it.name));
    }
    let Some(schema) = &it.schema else { return Ok(()) };
    let schema = known_schema(ctx, schema)?;
    let moved = Rename::Extension { name: name.clone(), to: schema.clone() };
    let texts = follow::follow(ctx, &moved);
    if let Some(it) = ctx.schema.extensions.get_mut(&name) {
        it.schema.clone_from(&schema);
    }
    let types = extensions::find_extension(name.as_str()).map_or(&[][..], |it| it.types);
    type_name::each(ctx, &mut |ty| {
        if ty.user.is_none() && types.contains(&&*ty.name) {
            ty.home.clone_from(&schema);
        }
    });
    ctx.note_needs(&id(&name));
    follow::settle(ctx, texts);
    Ok(())
}

pub(super) fn drop(ctx: &mut Ctx, it: &Drop) -> Outcome {
    for written in &it.names {
        let name = ctx.table_name(&written.name);
        if ctx.schema.extensions.contains_key(&name) {
            cascade::drop_objects(ctx, &[id(&name)], it.cascade, written.span)?;
        } else if !it.if_exists {
            return Err(missing(ctx, &written.name));
        }
    }
    Ok(())
}

/// Returns the extension that has to be there for the type, if it is one's; the type then says where it is.
pub(super) fn of_type(ctx: &Ctx, ty: &mut ColumnType) -> Result<Option<Id>, &'static str> {
    let Some(row) = extensions::extension_of_type(&ty.name).filter(|_| ty.user.is_none()) else {
        return Ok(None);
    };
    let name = ctx.dialect.table_name(row.name);
    let Some(found) = ctx.schema.extensions.get(&name) else { return Err(row.name) };
    ty.home.clone_from(&found.schema);
    Ok(Some(id(&name)))
}

/// Says where the type is, if it is an extension's; returns whether it can be seen from here.
pub(super) fn settle_type(ctx: &Ctx, ty: &mut ColumnType) -> bool {
    match of_type(ctx, ty) {
        Ok(Some(_)) => ctx.path.contains(&ty.home),
        Ok(None) => true,
        Err(_) => false,
    }
}

/// The column, which was of another type, needs what brings its own; a default may be a value of the old type still.
pub(super) fn follow_type(ctx: &Ctx, column: &mut Column, old: &ColumnType) {
    let mentions = |it: &Expr| mentions::has_word(it.text(), &old.name);
    if !column.default.as_ref().is_some_and(mentions) {
        column.meta.uses.retain(|it| !brings_type(it, old));
    }
    note_type(ctx, column);
}

/// Returns whether the column goes when the extension goes, and not only its default.
pub(super) fn brings_type(extension: &Id, ty: &ColumnType) -> bool {
    let row = extensions::extension_of_type(&ty.name).filter(|_| ty.user.is_none());
    extension.is::<Extension>() && row.is_some_and(|it| *it.name == *extension.name().as_str())
}

/// Adds what the type of a column needs.
pub(super) fn note_type(ctx: &Ctx, column: &mut Column) {
    if ctx.is_postgres()
        && let Ok(Some(id)) = of_type(ctx, &mut column.ty)
        && !column.meta.uses.contains(&id)
    {
        column.meta.uses.push(id);
    }
}

/// Adds which extension brings what is missing, if one does.
pub(super) fn comes_with(
    ctx: &Ctx,
    diagnostic: Diagnostic,
    extension: Option<&str>,
) -> Box<Diagnostic> {
    let Some(name) = extension else { return Box::new(diagnostic) };
    let later = ctx.history.extension_after(name, ctx.moment);
    let quoted = ctx.dialect.ident_str(name);
    Box::new(codes::comes_with(diagnostic, name, &quoted, later))
}

/// Returns whether there is an extension of which nobody knows what it brings.
pub(super) fn any_unknown(ctx: &Ctx) -> bool {
    let mut names = ctx.schema.extensions.keys();
    names.any(|it| extensions::find_extension(it.as_str()).is_none())
}

fn id(name: &Name) -> Id {
    Id::of::<Extension>(QName::local(name.clone()))
}

fn need_other(ctx: &mut Ctx, it: &CreateExtension, schema: Option<&Name>, need: &str) -> Outcome {
    let name = ctx.dialect.table_name(need);
    if ctx.schema.extensions.contains_key(&name) {
        return Ok(());
    }
    if !it.cascade {
        let reason = format!("extension `{}` needs extension `{need}`", it.name.text);
        return Err(Box::new(codes::rejected(reason, ctx.place(it.name.span))));
    }
    let meta = ctx.meta(it.name.span);
    let schema = schema.cloned();
    let new = Extension { name: name.clone(), schema, version: None, comment: None, meta };
    ctx.schema.extensions.insert(name, new);
    Ok(())
}

/// Returns the schema, which has to be there.
pub(super) fn known_schema(ctx: &Ctx, ident: &Ident) -> Outcome<Option<Name>> {
    let Some(name) = ctx.namespace(&ident.text) else { return Ok(None) };
    let own = ctx.schema.namespaces.contains_key(&name) || is_system(&name);
    // Platforms have it from the start; a history that does not say so is still most likely one of theirs.
    let is_of_platform = name.as_str() == "extensions" && ctx.ground.is_none();
    if own || is_of_platform {
        return Ok(Some(name));
    }
    let missing = QName::local(name);
    Err(Box::new(codes::missing_relation("schema", &missing, ctx.place(ident.span), None)))
}

fn is_system(name: &Name) -> bool {
    matches!(name.as_str(), "pg_catalog" | "information_schema")
}

fn missing(ctx: &Ctx, ident: &Ident) -> Box<crate::diag::Diagnostic> {
    let name = QName::local(ctx.table_name(ident));
    Box::new(codes::missing_relation("extension", &name, ctx.place(ident.span), None))
}
