//! `LIKE`: a table in the shape of another.

use super::{
    codes, constraint,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::Span,
    dialect::Part,
    model::{Meta, Table},
    sql::ast::{ObjectName, TableOption},
};

/// Copies what `LIKE` copies: all but foreign keys in MySQL, what INCLUDING says in PostgreSQL.
pub(super) fn copy(
    ctx: &mut Ctx,
    table: &mut Table,
    written: &ObjectName,
    options: &[TableOption],
) -> Outcome {
    let name = ctx.table_meant(written);
    let Some(model) = ctx.schema.tables.get(&name).cloned() else {
        if ctx.temporary.contains(&name) {
            ctx.partial.insert(table.name.clone());
            let reason = format!("the columns of temporary table `{name}` are not known");
            return Err(Box::new(codes::not_understood(&reason, ctx.place(written.span))));
        }
        return Err(ctx.missing_table(written, &name));
    };
    if ctx.partial.contains(&name) {
        ctx.partial.insert(table.name.clone());
    }
    let words = options.iter().find(|it| it.key == "like").map(|it| it.value.to_lowercase());
    let words = words.unwrap_or_default();
    let has = |what: &str| {
        ctx.is_mysql()
            || (includes(&words, what) || includes(&words, "all"))
                && !words.contains(&format!("excluding {what}"))
    };
    let copied = Copied {
        defaults: has("defaults"),
        identity: has("identity"),
        generated: has("generated"),
        comments: has("comments"),
        constraints: has("constraints"),
        indexes: has("indexes"),
    };
    copy_columns(table, &model, &copied);
    if ctx.is_mysql() {
        table.options.clone_from(&model.options);
        table.comment.clone_from(&model.comment);
    }
    copy_parts(ctx, table, &model, &copied, written.span)
}

fn includes(words: &str, what: &str) -> bool {
    words.contains(&format!("including {what}"))
}

#[expect(clippy::struct_excessive_bools, reason = "one for each word after INCLUDING")]
struct Copied {
    defaults: bool,
    identity: bool,
    generated: bool,
    comments: bool,
    constraints: bool,
    indexes: bool,
}

fn copy_columns(table: &mut Table, model: &Table, copied: &Copied) {
    for column in &model.columns {
        let mut column = column.clone();
        if !copied.defaults {
            column.default = None;
        }
        if !copied.identity {
            column.identity = None;
        }
        if !copied.generated {
            column.generated = None;
        }
        if !copied.comments {
            column.comment = None;
        }
        column.touch &= copied.defaults;
        table.columns.push(column);
    }
}

fn copy_parts(
    ctx: &mut Ctx,
    table: &mut Table,
    model: &Table,
    copied: &Copied,
    span: Span,
) -> Outcome {
    // PostgreSQL names the copies of indexes anew, MySQL the copies of checks.
    let renames_indexes = !ctx.is_mysql();
    let place = ctx.place(span);
    let meta = |invented| Meta { invented, place: Some(place), ..Meta::default() };
    let mut parts = Vec::new();
    if copied.indexes {
        parts.extend(model.primary_key.clone().map(|mut it| {
            it.meta = meta(renames_indexes);
            Part::PrimaryKey(it)
        }));
        parts.extend(model.uniques.iter().cloned().map(|mut it| {
            it.meta = meta(renames_indexes);
            Part::Unique(it)
        }));
        parts.extend(model.indexes.iter().cloned().map(|mut it| {
            it.meta = meta(renames_indexes);
            it.implicit = false;
            Part::Index(it)
        }));
    }
    if copied.constraints {
        parts.extend(model.checks.iter().cloned().map(|mut it| {
            it.meta = meta(!renames_indexes);
            Part::Check(it)
        }));
    }
    for part in parts {
        constraint::add_part(ctx, table, part, span)?;
    }
    Ok(())
}
