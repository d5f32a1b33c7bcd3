//! `COMMENT ON`.

use super::object;
use crate::{
    dialect::postgres::privileges::{PUBLIC_COMMENT, public_access},
    model::{Id, MaterializedView, Namespace, Table, View},
    replay::{
        codes, constraint,
        ctx::{Ctx, Outcome},
        not_null, sequence,
    },
    sql::ast::{Comment, Ident, ObjectKind, ObjectName},
};

pub(in crate::replay) fn set(ctx: &mut Ctx, it: &Comment) -> Outcome {
    let text = it.text.as_ref().map(|it| it.text.to_string()).filter(|it| !it.is_empty());
    if it.on.kind == ObjectKind::Column {
        return match &it.on.of {
            Some(of) => on_column(ctx, of, &it.on.name.name, text),
            None => Ok(()),
        };
    }
    if it.on.kind == ObjectKind::Sequence
        && let Some(home) = object::column_sequence(ctx, &it.on.name)
    {
        let mut found = sequence::get(ctx, &home);
        found.comment = text;
        sequence::put(ctx, &home, found);
        return Ok(());
    }
    if it.on.kind == ObjectKind::Constraint && on_not_null(ctx, it, text.as_ref())? {
        return Ok(());
    }
    let Some(id) = object::find(ctx, &it.on)? else { return Ok(()) };
    if !object::fits(it.on.kind, &id) {
        let reason = format!("`{}` is a {}", id.owner, id.kind.noun);
        return Err(Box::new(codes::rejected(reason, ctx.place(it.on.name.span))));
    }
    ctx.check_owner_of(&id, it.on.name.span)?;
    let text = text.filter(|it| !is_public(ctx, &id) || it != PUBLIC_COMMENT);
    given(ctx, &id);
    if let Some(comment) = ctx.schema.comment_mut(&id) {
        *comment = text;
    }
    Ok(())
}

/// Sets the comment of a constraint that forbids NULL; returns whether it is one.
fn on_not_null(ctx: &mut Ctx, it: &Comment, text: Option<&String>) -> Outcome<bool> {
    let Some(of) = &it.on.of else { return Ok(false) };
    let (owner, name) = (ctx.table_meant(of), ctx.part_name(&it.on.name.name));
    let table = ctx.schema.tables.get(&owner);
    let column =
        table.and_then(|it| ctx.dialect.find_not_null(it, &name)).map(|it| it.name.clone());
    let Some(column) = column else { return Ok(false) };
    let Some(mut table) = ctx.schema.tables.get(&owner).cloned() else { return Ok(false) };
    not_null::change(ctx, &mut table, (&owner, &column), |it| it.comment = text.cloned())?;
    ctx.schema.tables.insert(owner, table);
    Ok(true)
}

fn is_public(ctx: &Ctx, id: &Id) -> bool {
    id.is::<Namespace>() && ctx.dialect.is_default_schema(id.owner.name.as_str())
}

/// The default schema is told of only once something about it is unusual.
pub(in crate::replay) fn given(ctx: &mut Ctx, id: &Id) {
    if !is_public(ctx, id) || ctx.schema.namespaces.contains_key(&id.owner.name) {
        return;
    }
    let mut meta = ctx.meta(ctx.statement.span);
    meta.given = true;
    let name = id.owner.name.clone();
    let public = Namespace { name: name.clone(), access: public_access(), comment: None, meta };
    ctx.schema.namespaces.insert(name, public);
}

fn on_column(ctx: &mut Ctx, of: &ObjectName, column: &Ident, text: Option<String>) -> Outcome {
    // What is said of an attribute of a composite type is not kept.
    if ctx.type_meant(of).is_some_and(|it| ctx.schema.composites.contains_key(&it)) {
        return Ok(());
    }
    let Some(id) = object::relation(ctx, of)? else { return Ok(()) };
    if id.is::<Table>() {
        let Some(table) = ctx.schema.tables.get(&id.owner) else { return Ok(()) };
        let name = constraint::known_column(ctx, table, column)?;
        let table = ctx.schema.tables.get_mut(&id.owner);
        if let Some(found) = table.and_then(|it| it.column_mut(&name)) {
            found.comment = text;
        }
        return Ok(());
    }
    let name = ctx.part_name(column);
    let columns = if id.is::<View>() {
        ctx.schema.views.get_mut(&id.owner).map(|it| &mut it.columns)
    } else if id.is::<MaterializedView>() {
        ctx.schema.materialized_views.get_mut(&id.owner).map(|it| &mut it.columns)
    } else {
        None
    };
    let Some(columns) = columns else { return Ok(()) };
    if let Some(it) = columns.iter_mut().find(|it| it.name == name) {
        it.comment = text;
        return Ok(());
    }
    let names: Vec<String> = columns.iter().map(|it| it.name.to_string()).collect();
    let place = ctx.place(column.span);
    let names = names.iter().map(String::as_str);
    Err(Box::new(codes::missing_column(&id.owner, name.as_str(), place, names)))
}
