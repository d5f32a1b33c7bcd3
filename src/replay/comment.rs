//! `COMMENT ON`.

use super::{
    codes, constraint,
    ctx::{Ctx, Outcome},
    sequence,
};
use crate::{
    base::{Name, QName},
    sql::ast::{Comment, CommentTarget, Ident, ObjectName},
};

pub(super) fn set(ctx: &mut Ctx, it: &Comment) -> Outcome {
    let text = it.text.as_ref().map(|it| it.text.to_string()).filter(|it| !it.is_empty());
    match &it.on {
        CommentTarget::Schema(name) => {
            let name = ctx.namespace(&name.text);
            if let Some(found) = name.and_then(|it| ctx.schema.namespaces.get_mut(&it)) {
                found.comment = text;
            }
            Ok(())
        }
        CommentTarget::Table(written) => on_table(ctx, written, text),
        CommentTarget::Column(written, column) => on_column(ctx, written, column, text),
        CommentTarget::Index(written) => on_index(ctx, written, text),
        CommentTarget::Sequence(written) => {
            let Some(home) = sequence::find(ctx, written) else {
                let (name, place) = (ctx.relation_meant(written), ctx.place(written.span));
                return Err(Box::new(codes::missing_relation("sequence", &name, place, None)));
            };
            let mut found = sequence::get(ctx, &home);
            found.comment = text;
            sequence::put(ctx, &home, found);
            Ok(())
        }
        CommentTarget::Type(written) => {
            let name = ctx.enum_meant(written);
            if let Some(found) = ctx.schema.enums.get_mut(&name) {
                found.comment = text;
            } else {
                let reason = format!("type `{name}` is no enum of this history");
                ctx.not_understood(&reason, written.span, None);
            }
            Ok(())
        }
        CommentTarget::Constraint { name, table } => on_constraint(ctx, name, table, text),
    }
}

fn on_table(ctx: &mut Ctx, written: &ObjectName, text: Option<String>) -> Outcome {
    let name = ctx.table_meant(written);
    match ctx.schema.tables.get_mut(&name) {
        Some(table) => {
            table.comment = text;
            Ok(())
        }
        None if ctx.temporary.contains(&name) => Ok(()),
        None => Err(ctx.missing_table(written, &name)),
    }
}

fn on_column(ctx: &mut Ctx, written: &ObjectName, column: &Ident, text: Option<String>) -> Outcome {
    let name = ctx.table_meant(written);
    if ctx.temporary.contains(&name) {
        return Ok(());
    }
    let Some(table) = ctx.schema.tables.get(&name) else {
        return Err(ctx.missing_table(written, &name));
    };
    let column = constraint::known_column(ctx, table, column)?;
    let table = ctx.schema.tables.get_mut(&name);
    if let Some(found) = table.and_then(|it| it.column_mut(&column)) {
        found.comment = text;
    }
    Ok(())
}

fn on_index(ctx: &mut Ctx, written: &ObjectName, text: Option<String>) -> Outcome {
    let meant = ctx.relation_meant(written);
    let own = QName::new(meant.schema.clone(), ctx.part_name(&written.name));
    let Some(home) = ctx.relations.home(&own).cloned() else {
        let place = ctx.place(written.span);
        return Err(Box::new(codes::missing_relation("index", &meant, place, None)));
    };
    set_part(ctx, &home, &own.name, text);
    Ok(())
}

fn on_constraint(
    ctx: &mut Ctx,
    name: &Ident,
    written: &ObjectName,
    text: Option<String>,
) -> Outcome {
    let table = ctx.table_meant(written);
    let own = ctx.part_name(name);
    if !ctx.schema.tables.contains_key(&table) {
        return Err(ctx.missing_table(written, &table));
    }
    if !set_part(ctx, &table, &own, text) {
        let place = ctx.place(name.span);
        let none: [&str; 0] = [];
        let missing = codes::missing_constraint("constraint", &table, &own, place, none);
        return Err(Box::new(missing));
    }
    Ok(())
}

/// Sets the comment of an index or constraint; returns whether the table has it.
fn set_part(ctx: &mut Ctx, table: &QName, name: &Name, text: Option<String>) -> bool {
    let Some(table) = ctx.schema.tables.get_mut(table) else { return false };
    let indexes = table.indexes.iter_mut().map(|it| (&it.name, &mut it.comment));
    let uniques = table.uniques.iter_mut().map(|it| (&it.name, &mut it.comment));
    let keys = table.primary_key.iter_mut().map(|it| (&it.name, &mut it.comment));
    let checks = table.checks.iter_mut().map(|it| (&it.name, &mut it.comment));
    let foreign = table.foreign_keys.iter_mut().map(|it| (&it.name, &mut it.comment));
    let exclusions = table.exclusions.iter_mut().map(|it| (&it.name, &mut it.comment));
    let constraints = checks.chain(foreign).chain(exclusions);
    let mut all = indexes.chain(uniques).chain(keys).chain(constraints);
    let found = all.find(|it| it.0 == name);
    found.map(|it| *it.1 = text).is_some()
}
