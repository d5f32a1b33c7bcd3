//! `ALTER TABLE … ADD COLUMN` (<https://www.postgresql.org/docs/current/sql-altertable.html>).

use super::{
    codes, column, column_default, constraint,
    ctx::{Ctx, Outcome},
    generated, mysql_columns, not_null, numbering, sqlite_strings, sqlite_table,
};
use crate::{
    base::Name,
    model::{Column, ColumnType, Table},
    sql::ast::{ColumnDef, ColumnOption, ColumnOptionKind, ConstraintKind, TableConstraint},
};

pub(super) fn add(
    ctx: &mut Ctx,
    table: &mut Table,
    def: &ColumnDef,
    if_not_exists: bool,
) -> Outcome {
    let name = ctx.part_name(&def.name);
    let is_skipped = if_not_exists && table.column(&name).is_some();
    if is_skipped && !ctx.dialect.reads_what_is_skipped() {
        mysql_columns::refuse_at_sight(ctx, std::slice::from_ref(def))?;
        let written = def.ty.as_ref();
        let ty = written.and_then(|it| column::written_type(ctx, it).ok());
        skip(ctx, table, def, ty.as_ref());
        return if ctx.is_mariadb() { add_key(ctx, table, def) } else { Ok(()) };
    }
    let defined = column::read(ctx, def)?;
    if is_skipped {
        skip(ctx, table, def, Some(&defined.column.ty));
        return Ok(());
    }
    if let Some(existing) = table.column(&name) {
        let what = format!("column `{name}` of table `{}`", table.name);
        return Err(Box::new(codes::exists(&what, ctx.place(def.name.span), existing.meta.place)));
    }
    column_default::refuse_varying(ctx, &defined.column, def.name.span)?;
    column::push(ctx, table, defined.column, ctx.place(def.name.span))?;
    sqlite_strings::settle(ctx, table, &name);
    generated::settle(ctx, table, def)?;
    not_null::settle(ctx, table, Some(&name))?;
    numbering::number(ctx, table, &name, defined.sequence.as_ref())?;
    for it in &defined.constraints {
        // https://www.sqlite.org/lang_altertable.html#altertabaddcol
        let is_key =
            matches!(it.kind, ConstraintKind::Unique { .. } | ConstraintKind::PrimaryKey { .. });
        if is_key && ctx.is_sqlite() {
            let reason = "a column that is a key cannot be added to a table that is there";
            return Err(Box::new(codes::rejected(reason, ctx.place(it.span))));
        }
        constraint::add(ctx, table, it)?;
    }
    if ctx.is_sqlite() && !defined.constraints.is_empty() {
        sqlite_table::order_parts(ctx, table);
    }
    let is_checked = |it: &TableConstraint| matches!(it.kind, ConstraintKind::Check { .. });
    let is_strict = table.options.contains_key("strict");
    let is_required = |it: &Column| it.generated.is_some() && !it.nullable;
    let is_looked_at = is_strict
        || table.column(&name).is_some_and(is_required)
        || defined.constraints.iter().any(is_checked);
    if ctx.is_sqlite() && is_looked_at {
        let is_read = |it: &Name| {
            let in_check = table.checks.iter().any(|check| check.columns.contains(it));
            in_check || table.column(it).is_some_and(|it| is_strict || !it.nullable)
        };
        sqlite_table::check_loops(ctx, table, &is_read, def.name.span)?;
    }
    Ok(())
}

/// MariaDB takes the key behind a column that is there already for one of the statement's own.
fn add_key(ctx: &mut Ctx, table: &mut Table, def: &ColumnDef) -> Outcome {
    let says_unique = |it: &ColumnOption| matches!(it.kind, ColumnOptionKind::Unique { .. });
    if !def.options.iter().any(says_unique) {
        return Ok(());
    }
    let defined = column::read(ctx, def)?;
    let is_unique = |it: &&TableConstraint| matches!(it.kind, ConstraintKind::Unique { .. });
    let mut keys = defined.constraints.iter().filter(is_unique);
    keys.try_for_each(|it| constraint::add(ctx, table, it))
}

/// Tells of a column that is there, if it is of another type than the one that was asked for.
fn skip(ctx: &mut Ctx, table: &Table, def: &ColumnDef, ty: Option<&ColumnType>) {
    let existing = table.column(&ctx.part_name(&def.name));
    if let (Some(existing), Some(ty)) = (existing, ty)
        && existing.ty != *ty
    {
        let what = format!("column `{}` of table `{}`", existing.name, table.name);
        let difference = format!("{}, not {ty}", existing.ty);
        let place = ctx.place(def.name.span);
        ctx.sink.push(codes::skipped(&what, place, existing.meta.place, &[difference]));
    }
}
