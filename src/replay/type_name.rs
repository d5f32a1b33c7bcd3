//! The types of a schema, whatever kind they are: one name each, and all that is of them.

use super::{
    codes,
    ctx::{Ctx, Outcome},
    extension,
    follow::{self, Rename},
};
use crate::{
    base::{Name, QName, Span},
    diag::Diagnostic,
    dialect::needs,
    dialect::postgres::{
        extensions::extension_of_type, system_columns::domain_base,
        system_relations::system_relation, types::is_system_type,
    },
    model::{ColumnType, Function, Id, Procedure, Routine},
    sql::ast::{Ident, ObjectName, TypeName},
};

/// A schema of the server itself.
const INFORMATION_SCHEMA: &str = "information_schema";

/// Refuses a name that a type or a relation has.
pub(super) fn check_free(ctx: &Ctx, name: &QName, span: Span) -> Outcome {
    let Some(id) = needs::type_of_name(&ctx.schema, name) else { return Ok(()) };
    let earlier = ctx.schema.find(&id).and_then(|it| it.meta().place);
    Err(Box::new(codes::exists(&format!("type `{name}`"), ctx.place(span), earlier)))
}

/// Returns the name after `RENAME TO` or `SET SCHEMA`, which has to be free.
pub(super) fn renamed(ctx: &Ctx, from: &QName, to: &Ident) -> Outcome<QName> {
    let new = QName::new(from.schema.clone(), ctx.table_name(to));
    check_free(ctx, &new, to.span)?;
    Ok(new)
}

pub(super) fn moved(ctx: &Ctx, from: &QName, schema: &Ident) -> Outcome<QName> {
    let schema_name = super::extension::known_schema(ctx, schema)?;
    let new = QName::new(schema_name, from.name.clone());
    if new != *from {
        check_free(ctx, &new, schema.span)?;
    }
    Ok(new)
}

/// Gives the type the new name, by `change`, and all that is of it or names it.
pub(super) fn rename(ctx: &mut Ctx, id: &Id, to: &QName, change: impl FnOnce(&mut Ctx)) {
    let mut texts = follow::follow(ctx, &Rename::Type { from: id.clone(), to: to.clone() });
    change(ctx);
    ctx.rename_needs(id, &Id { owner: to.clone(), ..id.clone() });
    texts.rename(&follow(ctx, &id.owner, to));
    follow::settle(ctx, texts);
}

/// Gives all that is of the type its new name; returns the routines that go by another name for it.
pub(super) fn follow(ctx: &mut Ctx, from: &QName, to: &QName) -> Vec<(Id, Id)> {
    each(ctx, &mut |ty| {
        if ty.user.as_ref() == Some(from) {
            ty.name = to.to_string().into();
            ty.user = Some(to.clone());
        }
    });
    let typed = ctx.schema.tables.values().filter(|it| it.of_type.as_ref() == Some(from));
    for name in typed.map(|it| it.name.clone()).collect::<Vec<_>>() {
        if let Some(table) = ctx.schema.tables.get_mut(&name) {
            table.of_type = Some(to.clone());
        }
    }
    rekey(ctx, from)
}

/// Changes the types of columns, of types, and of arguments and results.
pub(super) fn each(ctx: &mut Ctx, change: &mut impl FnMut(&mut ColumnType)) {
    let mut one = |ty: &mut ColumnType| change(ty);
    let touched = |ty: &ColumnType, one: &mut dyn FnMut(&mut ColumnType)| {
        let mut new = ty.clone();
        one(&mut new);
        (new != *ty || new.home != ty.home).then_some(new)
    };
    let names: Vec<QName> = ctx.schema.tables.keys().cloned().collect();
    for name in names {
        let Some(table) = ctx.schema.tables.get(&name) else { continue };
        // A table that is not concerned stays shared with the snapshots that hold it.
        if table.columns.iter().all(|it| touched(&it.ty, &mut one).is_none()) {
            continue;
        }
        if let Some(table) = ctx.schema.tables.get_mut(&name) {
            table.columns.iter_mut().for_each(|it| one(&mut it.ty));
        }
    }
    ctx.schema.domains.values_mut().for_each(|it| one(&mut it.ty));
    ctx.schema.ranges.values_mut().for_each(|it| one(&mut it.subtype));
    for it in ctx.schema.composites.values_mut() {
        it.attributes.iter_mut().for_each(|it| one(&mut it.ty));
    }
    for it in ctx.schema.functions.values_mut() {
        each_of(&mut it.routine, &mut one);
    }
    for it in ctx.schema.procedures.values_mut() {
        each_of(&mut it.routine, &mut one);
    }
}

fn each_of(routine: &mut Routine, change: &mut dyn FnMut(&mut ColumnType)) {
    routine.arguments.iter_mut().for_each(|it| change(&mut it.ty));
    if let Some(returns) = &mut routine.returns {
        change(&mut returns.ty);
    }
}

/// Functions go by the types of their arguments.
fn rekey(ctx: &mut Ctx, from: &QName) -> Vec<(Id, Id)> {
    let mut res = Vec::new();
    let old_text = from.to_string();
    let concerned = |name: &QName| name.name.as_str().contains(&old_text);
    let functions: Vec<QName> =
        ctx.schema.functions.keys().filter(|it| concerned(it)).cloned().collect();
    for key in functions {
        let Some(it) = ctx.schema.functions.get(&key) else { continue };
        let new = signature(&key, &it.routine);
        if let Some(mut it) = ctx.schema.functions.remove(&key) {
            it.name = new.clone();
            ctx.schema.functions.insert(new.clone(), it);
            res.push((Id::of::<Function>(key), Id::of::<Function>(new)));
        }
    }
    let procedures: Vec<QName> =
        ctx.schema.procedures.keys().filter(|it| concerned(it)).cloned().collect();
    for key in procedures {
        let Some(it) = ctx.schema.procedures.get(&key) else { continue };
        let new = signature(&key, &it.routine);
        if let Some(mut it) = ctx.schema.procedures.remove(&key) {
            it.name = new.clone();
            ctx.schema.procedures.insert(new.clone(), it);
            res.push((Id::of::<Procedure>(key), Id::of::<Procedure>(new)));
        }
    }
    for (from, to) in &res {
        ctx.rename_needs(from, to);
    }
    res
}

fn signature(key: &QName, routine: &Routine) -> QName {
    let own = Name::exact(crate::model::routine::bare(&key.name));
    let inputs = routine.arguments.iter().filter(|it| it.is_input());
    let types: Vec<String> = inputs.map(|it| it.ty.to_string()).collect();
    crate::model::routine::signature(&QName::new(key.schema.clone(), own), &types)
}

/// Returns a type that is neither the schema's nor in the dialect's table: the server may have more.
pub(super) fn other(ctx: &Ctx, written: &TypeName, name: &ObjectName) -> Outcome<ColumnType> {
    let mut ty = ctx.dialect.any_type(written);
    let schema = written.schema.as_ref().map(|it| &*it.text);
    if schema == Some("pg_catalog") || schema.is_none() && is_system_type(&written.name) {
        return Ok(ty);
    }
    if let Some(schema) = &written.schema {
        let bare = TypeName { schema: None, ..written.clone() };
        let native = ctx.dialect.native_type(&bare);
        let home = ctx.namespace(&schema.text);
        // `extensions.vector`, if the extension is there.
        if let Ok(mut native) = native
            && matches!(extension::of_type(ctx, &mut native), Ok(Some(_)))
            && native.home == home
        {
            return Ok(native);
        }
        if let Some(home) = home {
            let own = ctx.dialect.table_name(&written.name);
            ty.name = QName::new(Some(home), own).to_string().into();
        }
    } else if extension_of_type(&ty.name).is_some() && extension::settle_type(ctx, &mut ty) {
        return Ok(ty);
    }
    let meant = ctx.new_name(name);
    let is_foreign = ctx.ground.is_none() && ctx.is_foreign(&meant);
    let is_servers = schema == Some(INFORMATION_SCHEMA);
    if is_servers && (domain_base(&ty.name).is_some() || is_system_row(ctx, &written.name)) {
        return Ok(ty);
    }
    if !is_servers && (is_foreign || extension::any_unknown(ctx)) {
        return Ok(ty);
    }
    Err(missing(ctx, name))
}

/// Whether a view of the information schema has the name, which its rows go by as a type.
fn is_system_row(ctx: &Ctx, name: &str) -> bool {
    system_relation(INFORMATION_SCHEMA, name, ctx.dialect.version).is_some()
}

/// Says that there is no type of that name.
pub(super) fn missing(ctx: &Ctx, written: &ObjectName) -> Box<Diagnostic> {
    let place = ctx.place(written.span);
    let name = ctx.new_name(written);
    let later = ctx.history.enum_after(&written.name.text, ctx.moment);
    let is_servers = written.schema.as_ref().is_some_and(|it| it.text == INFORMATION_SCHEMA);
    if later.is_none() && !is_servers && ctx.is_foreign(&name) {
        let reason = format!("type `{name}` is not created by this history");
        return Box::new(codes::not_understood(&reason, place));
    }
    let brings = extension_of_type(&written.name.text).filter(|_| later.is_none());
    let shown = if written.schema.is_none() { QName::local(name.name) } else { name };
    let missing = codes::missing_type(&format!("type `{shown}`"), place, later);
    extension::comes_with(ctx, missing, brings.map(|it| it.name))
}
