//! What MySQL and MariaDB ask of a column that several parts of its table rest on.

use super::{
    codes, column,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::Name,
    model::{Action, Column, ForeignKey, Index, Table},
    sql::ast::{ColumnDef, ColumnOption, ColumnOptionKind},
};

/// Errs with what the grammar of the server does not let through, so that what is passed over may not have it either: a
/// type that it does not list, a column that is NULL by default and never NULL.
pub(super) fn refuse_at_sight(ctx: &Ctx, columns: &[ColumnDef]) -> Outcome {
    if ctx.is_mysql() {
        columns.iter().try_for_each(|it| refuse_null_default(ctx, it))?;
    }
    let written = columns.iter().filter_map(|it| it.ty.as_ref()).filter(|_| ctx.is_mysql());
    for it in written {
        match column::written_type(ctx, it) {
            Err(why) if why.code.name == codes::TYPE_DOES_NOT_EXIST.name => return Err(why),
            _ => {}
        }
    }
    Ok(())
}

fn refuse_null_default(ctx: &Ctx, def: &ColumnDef) -> Outcome {
    let has = |is_it: fn(&ColumnOptionKind) -> bool| def.options.iter().any(|it| is_it(&it.kind));
    let is_null = def.options.iter().any(|it| it.kind.is_null_default());
    let is_numbered = has(|it| matches!(it, ColumnOptionKind::AutoIncrement));
    if is_numbered || !is_null || !has(|it| matches!(it, ColumnOptionKind::NotNull { .. })) {
        return Ok(());
    }
    let reason = format!("column `{}` cannot be NULL", def.name.text);
    Err(Box::new(codes::rejected(reason, ctx.place(def.name.span))))
}

/// Returns what is wrong with the columns that generated columns, checks and foreign keys rest on.
pub(super) fn fault(ctx: &Ctx, table: &Table) -> Option<String> {
    counted(ctx, table)
        .or_else(|| table.foreign_keys.iter().find_map(|it| key_fault(ctx, table, it)))
        .or_else(|| wordless(ctx, table))
        .or_else(|| if ctx.is_mariadb() { unseen(table) } else { None })
        .or_else(|| all_hidden(table))
}

/// <https://dev.mysql.com/doc/refman/8.4/en/invisible-columns.html>
fn all_hidden(table: &Table) -> Option<String> {
    let is_hidden = !table.columns.is_empty() && table.columns.iter().all(|it| it.invisible);
    is_hidden.then(|| format!("table `{}` has no column that is seen", table.name))
}

/// What MariaDB does not show has a value where none is given (<https://mariadb.com/kb/en/invisible-columns/>).
fn unseen(table: &Table) -> Option<String> {
    let is_empty = |it: &&Column| {
        it.invisible
            && !it.nullable
            && it.default.is_none()
            && it.generated.is_none()
            && it.identity.is_none()
    };
    let column = table.columns.iter().find(is_empty)?;
    Some(format!("invisible column `{}` has no default", column.name))
}

/// MySQL minds a column of the primary key that its definition says can be NULL; MariaDB overrules that
/// (<https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html>: 1171).
pub(super) fn refuse_null<'d>(
    ctx: &Ctx,
    table: &Table,
    defs: impl IntoIterator<Item = &'d ColumnDef<'d>>,
) -> Outcome {
    let Some(key) = table.primary_key.as_ref().filter(|_| ctx.is_mysql() && !ctx.is_mariadb())
    else {
        return Ok(());
    };
    let says_null =
        |it: &ColumnOption| matches!(it.kind, ColumnOptionKind::Null) || it.kind.is_null_default();
    let is_meant = |it: &&ColumnDef| {
        it.options.iter().any(says_null) && key.columns.contains(&ctx.part_name(&it.name))
    };
    let Some(def) = defs.into_iter().find(is_meant) else { return Ok(()) };
    let reason = format!("column `{}` of the primary key cannot be NULL", def.name.text);
    Err(Box::new(codes::rejected(reason, ctx.place(def.name.span))))
}

/// A full-text index holds texts, all of one collation.
fn wordless(ctx: &Ctx, table: &Table) -> Option<String> {
    let is_full_text = |it: &&Index| it.method.as_deref() == Some("fulltext");
    let indexes = table.indexes.iter().filter(is_full_text);
    for index in indexes.clone() {
        let columns = table.columns.iter().filter(|it| index.mentions(&it.name));
        let mut collates = columns.map(|it| (&it.name, ctx.dialect.collate_of(table, it)));
        let Some((_, first)) = collates.next() else { continue };
        if let Some((column, _)) = collates.find(|it| it.1 != first) {
            return Some(format!(
                "full-text index `{}` is on `{column}`, whose collation is another than those before",
                index.name
            ));
        }
    }
    let engine = table.options.get("engine").map(String::as_str);
    let refused = |it: &Column| {
        if !ctx.dialect.family(&it.ty).is_text() {
            return Some("no text");
        }
        let is_kept = it.generated.as_ref().is_none_or(|it| it.stored);
        (!is_kept && !ctx.dialect.indexes_words_of_virtual(engine)).then_some("not stored")
    };
    let mut found = indexes.flat_map(|index| {
        let columns = table.columns.iter().filter(|it| index.mentions(&it.name));
        columns.filter_map(move |it| Some((&index.name, &it.name, refused(it)?)))
    });
    let (index, column, what) = found.next()?;
    Some(format!("full-text index `{index}` is on `{column}`, which is {what}"))
}

/// What is computed cannot rest on a number that is not given yet
/// (<https://dev.mysql.com/doc/refman/8.4/en/create-table-generated-columns.html>); MariaDB minds it where the value is kept.
fn counted(ctx: &Ctx, table: &Table) -> Option<String> {
    let column = table.columns.iter().find(|it| it.identity.is_some())?;
    let is_kept = |it: &Column| {
        it.generated.as_ref().is_some_and(|it| it.stored) || is_indexed(table, &it.name)
    };
    let user = table
        .columns
        .iter()
        .find(|it| uses(ctx, it, &column.name) && (!ctx.is_mariadb() || is_kept(it)));
    let check = table.checks.iter().find(|it| it.columns.contains(&column.name));
    let user = user.map(|it| &it.name).or(check.map(|it| &it.name))?;
    Some(format!("`{user}` rests on AUTO_INCREMENT column `{}`", column.name))
}

fn is_indexed(table: &Table, name: &Name) -> bool {
    table.uniques.iter().any(|it| it.columns.contains(name))
        || table.indexes.iter().any(|it| it.mentions(name))
}

fn uses(ctx: &Ctx, column: &Column, name: &Name) -> bool {
    column.generated.as_ref().is_some_and(|it| ctx.dialect.uses(&it.expr, name))
}

/// A foreign key changes no column that something else computes or checks
/// (<https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html#foreign-key-restrictions>).
fn key_fault(ctx: &Ctx, table: &Table, key: &ForeignKey) -> Option<String> {
    let sets = |it: Action| matches!(it, Action::SetNull | Action::SetDefault);
    let updates = sets(key.on_update) || key.on_update == Action::Cascade;
    let writes = updates || sets(key.on_delete);
    let empties = [key.on_update, key.on_delete].contains(&Action::SetNull);
    let mut own = key.columns.iter().filter_map(|it| table.column(it));
    if let Some(it) = own.find(|it| empties && !it.nullable) {
        return Some(format!(
            "foreign key `{}` makes `{}` NULL, which it cannot be",
            key.name, it.name
        ));
    }
    let generated = table.columns.iter().filter(|it| it.generated.is_some());
    if let Some(own) = generated.clone().find(|it| key.columns.contains(&it.name)) {
        let is_virtual = own.generated.as_ref().is_some_and(|it| !it.stored);
        if writes || is_virtual && !ctx.is_mariadb() {
            return Some(format!(
                "foreign key `{}` is on generated column `{}`",
                key.name, own.name
            ));
        }
    }
    let cascades = writes || !ctx.is_mariadb() && key.on_delete == Action::Cascade;
    let stored = generated.filter(|it| it.generated.as_ref().is_some_and(|it| it.stored));
    for column in &key.columns {
        let base = stored.clone().find(|it| uses(ctx, it, column));
        let by_delete_alone = ctx.is_mariadb() && !updates;
        if let Some(it) = base.filter(|_| cascades && !by_delete_alone) {
            return Some(format!(
                "foreign key `{}` changes what `{}` is made of",
                key.name, it.name
            ));
        }
        let check = table.checks.iter().find(|it| it.columns.contains(column));
        if let Some(it) = check.filter(|_| writes) {
            return Some(format!("foreign key `{}` changes what `{}` checks", key.name, it.name));
        }
    }
    None
}
