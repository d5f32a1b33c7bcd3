//! Operator classes: which types an index of a method can hold, and which extension that takes
//! (<https://www.postgresql.org/docs/current/indexes-opclass.html>).

use super::{
    codes,
    ctx::{Ctx, Outcome},
    extension,
};
use crate::{
    base::{Name, Place, QName, Span},
    dialect::postgres::{
        extensions::find_extension,
        operator_classes::{ClassRow, classes_by_default, classes_of},
        rare_names::{self, Rare},
        types::is_certain_type,
    },
    model::{ColumnType, Extension, Facts, Id, Table, Verbatim},
    sql::ast::ObjectName,
};

/// Extensions that bring classes which nobody listed.
const UNLISTED: &[&str] = &["pgroonga", "postgis", "postgis_raster", "rum"];

/// Errs where no class lets the keys of a constraint hold the columns.
pub(super) fn check_columns(
    ctx: &Ctx,
    table: &Table,
    (method, columns): (&str, &[Name]),
    span: Span,
) -> Outcome<Vec<Id>> {
    let mut res = Vec::new();
    for column in columns.iter().filter_map(|it| table.column(it)) {
        res.extend(check_default(ctx, method, &column.ty, span)?);
    }
    Ok(res)
}

/// Errs where an index that is there holds no values of the type, `class` being the one that it states.
pub(super) fn check_type(
    ctx: &Ctx,
    (method, class): (&str, Option<&str>),
    ty: &ColumnType,
    span: Span,
) -> Outcome {
    let Some(class) = class else { return check_default(ctx, method, ty, span).map(drop) };
    if let Some(own) = own_class(ctx, method, class) {
        return check_own(own, ty, ctx.place(span));
    }
    let mut rows = classes_of(method).filter(|it| is_there(ctx, it));
    match rows.find_map(|it| it.type_of(class)) {
        Some(takes) => check_takes(ctx, (class, takes), Some(ty), span),
        None => Ok(()),
    }
}

/// Returns the class by which an index holds the type if the history makes it, or the extension that brings it.
pub(super) fn brought_by(
    ctx: &Ctx,
    (method, class): (&str, Option<&str>),
    ty: &ColumnType,
) -> Option<Id> {
    let Some(class) = class else {
        return check_default(ctx, method, ty, Span::default()).ok().flatten();
    };
    if let Some(own) = own_class(ctx, method, class) {
        return Some(Id::of::<Verbatim>(own.name.clone()));
    }
    let mut rows = classes_of(method).filter(|it| is_there(ctx, it));
    rows.find(|it| it.type_of(class).is_some())?.extension.map(id)
}

/// Errs where the class is not there or does not take the type; returns the class, or the extension that brings it.
pub(super) fn check_class(
    ctx: &Ctx,
    method: &str,
    class: &ObjectName,
    ty: Option<&ColumnType>,
) -> Outcome<Option<Id>> {
    if !ctx.is_postgres() {
        return Ok(None);
    }
    let (text, span) = (&*class.name.text, class.span);
    let using = format!("using {method}");
    let schema = class.schema.as_ref().map(|it| &*it.text);
    let found = ctx
        .in_world(|world| rare_names::find(world, "OPERATOR CLASS", (schema, text), Some(&using)));
    if let Rare::Own(id) = found {
        if let (Some(own), Some(ty)) = (ctx.schema.verbatims.get(&id.owner), ty) {
            check_own(own, ty, ctx.place(span))?;
        }
        return Ok(Some(id));
    }
    let rows = || classes_of(method).filter_map(|it| Some((it, it.type_of(text)?)));
    let Some((row, takes)) = rows().find(|it| is_there(ctx, it.0) && is_seen(ctx, it.0, class))
    else {
        if may_have_more(ctx) {
            return Ok(None);
        }
        let is_new = |it: &&str| !ctx.schema.extensions.contains_key(&Name::exact(*it));
        let extension = rows().find_map(|it| it.0.extension).filter(is_new);
        let missing = codes::missing_operator_class(text, method, ctx.place(span));
        return Err(extension::comes_with(ctx, missing, extension));
    };
    check_takes(ctx, (text, takes), ty, span)?;
    Ok(row.extension.map(id))
}

/// Errs where the class is for another type.
fn check_takes(
    ctx: &Ctx,
    (class, takes): (&str, &str),
    ty: Option<&ColumnType>,
    span: Span,
) -> Outcome {
    if let Some(names) = ty.and_then(|it| names_of(ctx, it))
        && !names.iter().any(|it| *it == takes)
    {
        let reason = format!("operator class `{class}` does not take {}", shown(ty));
        return Err(Box::new(codes::rejected(reason, ctx.place(span))));
    }
    Ok(())
}

/// Errs where the type has no class that goes without saying; returns the class, or the extension that brings it.
pub(super) fn check_default(
    ctx: &Ctx,
    method: &str,
    ty: &ColumnType,
    span: Span,
) -> Outcome<Option<Id>> {
    if !ctx.is_postgres() {
        return Ok(None);
    }
    if let Some(own) = own_default(ctx, method, ty) {
        return Ok(Some(Id::of::<Verbatim>(own.name.clone())));
    }
    let Some(names) = names_of(ctx, ty) else { return Ok(None) };
    let rows = || names.iter().flat_map(|it| classes_by_default(method, it));
    if let Some(row) = rows().find(|it| is_there(ctx, it)) {
        return Ok(row.extension.map(id));
    }
    let is_listed = classes_of(method).any(|it| is_there(ctx, it));
    if !is_listed || may_have_more(ctx) {
        return Ok(None);
    }
    let reason = format!("no operator class lets an index of {method} hold {}", shown(Some(ty)));
    let res = codes::rejected(reason, ctx.place(span));
    Err(extension::comes_with(ctx, res, rows().find_map(|it| it.extension)))
}

/// Returns whether the class goes without saying.
pub(super) fn is_default(ctx: &Ctx, method: &str, class: &str) -> bool {
    ctx.is_postgres() && classes_of(method).any(|it| is_there(ctx, it) && it.is_default(class))
}

/// Errs where the method of access is not there.
pub(super) fn check_method(ctx: &Ctx, method: &str, span: Span) -> Outcome {
    let mut rows = classes_of(method);
    let is_known = rows.any(|it| is_there(ctx, it));
    if !ctx.is_postgres() || is_known || may_have_more(ctx) || has_own(ctx, "ACCESS METHOD") {
        return Ok(());
    }
    let res = codes::rejected(format!("there is no method of access `{method}`"), ctx.place(span));
    let extension = classes_of(method).find_map(|it| it.extension);
    Err(extension::comes_with(ctx, res, extension))
}

fn id(extension: &str) -> Id {
    Id::of::<Extension>(QName::local(Name::exact(extension)))
}

fn is_there(ctx: &Ctx, row: &ClassRow) -> bool {
    row.extension.is_none_or(|it| ctx.schema.extensions.contains_key(&Name::exact(it)))
}

/// Returns whether the name finds the class, which is in the schema of its extension.
fn is_seen(ctx: &Ctx, row: &ClassRow, class: &ObjectName) -> bool {
    let found = row.extension.and_then(|it| ctx.schema.extensions.get(&Name::exact(it)));
    let Some(own) = found.map(|it| &it.schema) else { return true };
    if let Some(said) = &class.schema {
        return ctx.namespace(&said.text) == *own;
    }
    let is_known = own.as_ref().is_none_or(|it| ctx.schema.namespaces.contains_key(it));
    ctx.path.contains(own) || !is_known
}

fn has_own(ctx: &Ctx, what: &str) -> bool {
    ctx.schema.verbatims.values().any(|it| it.what == what)
}

/// Returns the class of the history for the type, or the one that it stands on, that goes without saying.
fn own_default<'c>(ctx: &'c Ctx, method: &str, ty: &ColumnType) -> Option<&'c Verbatim> {
    let is_it = |it: &&Verbatim| {
        let Facts::Class { method: own, ty: of, default: true, .. } = &it.facts else {
            return false;
        };
        own == method && of.name == ty.name && of.dimensions == ty.dimensions
    };
    ctx.schema.verbatims.values().find(is_it)
}

fn own_class<'c>(ctx: &'c Ctx, method: &str, class: &str) -> Option<&'c Verbatim> {
    let using = format!("using {method}");
    let name = class.rsplit_once('.').map_or((None, class), |it| (Some(it.0), it.1));
    match ctx.in_world(|world| rare_names::find(world, "OPERATOR CLASS", name, Some(&using))) {
        Rare::Own(id) => ctx.schema.verbatims.get(&id.owner),
        _ => None,
    }
}

/// Errs where the class of the history does not take the type: that of a domain stands for it.
fn check_own(class: &Verbatim, ty: &ColumnType, place: Place) -> Outcome {
    let Facts::Class { ty: takes, .. } = &class.facts else { return Ok(()) };
    let is_same = takes.name == ty.name && takes.dimensions == ty.dimensions;
    let may_become = takes.name.starts_with("any") || takes.user.is_none() && ty.user.is_some();
    let is_text = |it: &ColumnType| matches!(&*it.name, "text" | "varchar" | "citext");
    if is_same || may_become || is_text(takes) && is_text(ty) {
        return Ok(());
    }
    let reason = format!("operator class `{}` does not take {}", class.target, shown(Some(ty)));
    Err(Box::new(codes::rejected(reason, place)))
}

/// Returns whether an extension, a platform or something that was not understood may have made classes.
fn may_have_more(ctx: &Ctx) -> bool {
    let is_open =
        |it: &Name| find_extension(it.as_str()).is_none() || UNLISTED.contains(&it.as_str());
    ctx.schema.may_hold_more() || ctx.schema.extensions.keys().any(is_open)
}

fn shown(ty: Option<&ColumnType>) -> String {
    ty.map_or_else(String::new, |it| format!("values of type `{it}`"))
}

/// Returns the names that classes know the type by: its own and those that it can stand for as it is. `None` is a type
/// of which that is not known.
fn names_of(ctx: &Ctx, ty: &ColumnType) -> Option<Vec<String>> {
    if ty.dimensions > 0 {
        return Some(vec![format!("{}[]", ty.name), "anyarray".to_owned()]);
    }
    if let Some(user) = &ty.user {
        let schema = &ctx.schema;
        if let Some(domain) = schema.domains.get(user) {
            return names_of(ctx, &domain.ty);
        }
        let is_row = schema.composites.contains_key(user) || schema.tables.contains_key(user);
        let stand_in = match () {
            () if schema.enums.contains_key(user) => "anyenum",
            () if schema.ranges.contains_key(user) => "anyrange",
            () if is_row => "record",
            () => return None,
        };
        return Some(vec![stand_in.to_owned()]);
    }
    let own = &*ty.name;
    let stand_in = match own {
        "varchar" | "citext" => "text",
        "cidr" => "inet",
        "regclass" => "oid",
        _ if own.ends_with("multirange") => "anymultirange",
        _ if own.ends_with("range") => "anyrange",
        _ => own,
    };
    is_certain_type(own).then(|| vec![own.to_owned(), stand_in.to_owned()])
}
