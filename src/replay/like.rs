//! `LIKE`: a table in the shape of another.

use super::{
    codes, constraint,
    ctx::{Ctx, Outcome},
    inherit, numbering, statistics,
};
use crate::{
    base::{Name, QName, Span},
    dialect::Part,
    model::{
        Check, Column, ColumnType, Exclusion, Index, Meta, NotNull, PrimaryKey, Sequence, Table,
        Unique,
    },
    sql::ast::Like,
};

/// Copies the columns, and in MySQL what is said of the table.
pub(super) fn copy_columns(ctx: &mut Ctx, table: &mut Table, like: &Like) -> Outcome {
    let model = model(ctx, table, like)?;
    let copied = Copied::of(ctx, like);
    for column in &model.columns {
        if let Some(earlier) = table.column(&column.name) {
            let what = format!("column `{}` of table `{}`", column.name, table.name);
            let place = ctx.place(like.table.span);
            return Err(Box::new(codes::exists(&what, place, earlier.meta.place)));
        }
        let copy = copied_column(ctx, &model, column, &copied);
        let (name, identity) = (copy.name.clone(), copy.identity);
        table.columns.push(copy);
        let own = table.name.clone();
        if let Some(not_null) = ctx.dialect.not_null_name(&model.name, column)
            && let Some(copy) = table.column_mut(&name)
        {
            let held = column.held_not_null();
            let comment = held.comment.filter(|_| copied.comments);
            let not_valid = false;
            let name = Some(not_null);
            ctx.dialect.set_not_null(&own, copy, NotNull { name, not_valid, comment, ..held });
        }
        if identity.is_some() && ctx.is_postgres() {
            let usual =
                ctx.dialect.sequence_of(&model.name, column).map(std::borrow::Cow::into_owned);
            numbering::number(ctx, table, &name, None)?;
            keep_options(ctx, table, &name, usual);
        }
    }
    if ctx.is_mysql() {
        table.options.clone_from(&model.options);
        table.comment.clone_from(&model.comment);
    }
    Ok(())
}

/// Copies keys, indexes and checks, once the table has what is its own.
pub(super) fn copy_parts(ctx: &mut Ctx, table: &mut Table, like: &Like) -> Outcome {
    let model = model(ctx, table, like)?;
    let copied = Copied::of(ctx, like);
    for part in parts(ctx, &model, &copied, like.table.span) {
        constraint::add_part(ctx, table, part, like.table.span)?;
    }
    Ok(())
}

/// Copies statistics, once the table is there.
pub(super) fn copy_statistics(ctx: &mut Ctx, name: &QName, like: &Like) {
    let (model, copied) = (ctx.table_meant(&like.table), Copied::of(ctx, like));
    if copied.statistics {
        statistics::copy(ctx, name, &model, copied.comments);
    }
}

fn model(ctx: &mut Ctx, table: &Table, like: &Like) -> Outcome<Table> {
    let name = ctx.table_meant(&like.table);
    if name == table.name && ctx.is_mysql() {
        let reason = format!("table `{name}` cannot be like itself");
        return Err(Box::new(codes::rejected(reason, ctx.place(like.table.span))));
    }
    let Some(model) = ctx.schema.tables.get(&name).cloned() else {
        return Err(ctx.missing_table(&like.table, &name));
    };
    if ctx.is_vague(&name) && !ctx.is_temporary(&table.name) {
        ctx.partial.insert(table.name.clone());
        let reason = format!("the columns of temporary table `{name}` are not known");
        let place = ctx.place(like.table.span);
        return Err(Box::new(codes::not_understood(&reason, place)));
    }
    if ctx.partial.contains(&name) {
        ctx.partial.insert(table.name.clone());
    }
    Ok(model)
}

#[expect(clippy::struct_excessive_bools, reason = "one for each word after INCLUDING")]
struct Copied {
    defaults: bool,
    identity: bool,
    generated: bool,
    comments: bool,
    constraints: bool,
    indexes: bool,
    statistics: bool,
    storage: bool,
    compression: bool,
}

impl Copied {
    /// MySQL copies all but foreign keys, PostgreSQL what INCLUDING says.
    fn of(ctx: &Ctx, like: &Like) -> Self {
        let has = |what: &str| {
            let said = like.options.iter().rev().find(|it| it.1 == what || it.1 == "all");
            ctx.is_mysql() || said.is_some_and(|it| it.0)
        };
        Self {
            defaults: has("defaults"),
            identity: has("identity"),
            generated: has("generated"),
            comments: has("comments"),
            constraints: has("constraints"),
            indexes: has("indexes"),
            statistics: has("statistics") && ctx.is_postgres(),
            storage: has("storage"),
            compression: has("compression"),
        }
    }
}

fn copied_column(ctx: &Ctx, model: &Table, column: &Column, copied: &Copied) -> Column {
    let mut res = column.clone();
    res.inherited = false;
    res.sequence = None;
    if ctx.is_postgres() {
        inherit::share_default(ctx, &model.name, column, &mut res);
        if copied.identity && column.identity.is_some_and(|it| it != crate::model::Identity::Serial)
        {
            res.identity = column.identity;
        }
    }
    if !copied.defaults {
        res.default = None;
        res.meta.uses.clear();
    }
    if !copied.generated {
        res.generated = None;
    }
    if !copied.comments {
        res.comment = None;
    }
    res.settings.retain(|key, _| match key.as_str() {
        "storage" => copied.storage,
        "compression" => copied.compression,
        _ => false,
    });
    res.touch &= !ctx.is_postgres();
    res
}

/// The sequence of an identity column is copied with its options.
fn keep_options(ctx: &Ctx, table: &mut Table, column: &Name, model: Option<Sequence>) {
    let own = table.name.clone();
    let Some(model) = model else { return };
    let Some(column) = table.column_mut(column) else { return };
    let name = ctx.dialect.sequence_name_of(&own, column);
    let Some(name) = name else { return };
    let plain = Sequence { comment: None, access: crate::model::Access::default(), ..model };
    // The server forgets the type, but not its limits.
    let ty = ColumnType::new("bigint");
    column.sequence = Some(Box::new(Sequence { name, ty, ..plain }));
    ctx.dialect.settle_sequence(&own, column);
}

fn parts(ctx: &Ctx, model: &Table, copied: &Copied, span: Span) -> Vec<Part> {
    // PostgreSQL names the copies of indexes anew, MySQL the copies of checks.
    let renames_indexes = !ctx.is_mysql();
    let place = ctx.place(span);
    let meta = |invented, it: &Meta| {
        let uses = it.uses.clone();
        Meta { invented, place: Some(place), uses, ..Meta::default() }
    };
    let comment = |it: &Option<String>| it.clone().filter(|_| copied.comments);
    let mut parts = Vec::new();
    if copied.constraints {
        parts.extend(model.checks.iter().cloned().map(|it| {
            let (comment, meta) = (comment(&it.comment), meta(!renames_indexes, &it.meta));
            Part::Check(Check { inherited: false, not_valid: false, comment, meta, ..it })
        }));
    }
    if copied.indexes {
        let meta = |it: &Meta| meta(renames_indexes, it);
        parts.extend(model.primary_key.iter().cloned().map(|it| {
            let (comment, meta) = (comment(&it.comment), meta(&it.meta));
            Part::PrimaryKey(PrimaryKey { attached_to: None, comment, meta, ..it })
        }));
        parts.extend(model.uniques.iter().cloned().map(|it| {
            let (comment, meta) = (comment(&it.comment), meta(&it.meta));
            Part::Unique(Unique { attached_to: None, comment, meta, ..it })
        }));
        parts.extend(model.exclusions.iter().cloned().map(|it| {
            let (comment, meta) = (comment(&it.comment), meta(&it.meta));
            Part::Exclusion(Exclusion { attached_to: None, comment, meta, ..it })
        }));
        parts.extend(model.indexes.iter().cloned().map(|it| {
            let (comment, meta) = (comment(&it.comment), meta(&it.meta));
            Part::Index(Index { implicit: false, attached_to: None, comment, meta, ..it })
        }));
    }
    parts
}
