//! MySQL's `MODIFY` and `CHANGE`, and where its columns stand.

use super::{
    alter_table::Edit,
    codes, column, constraint,
    ctx::{Ctx, Outcome},
    foreign_key, generated, index_key, rename,
};
use crate::{
    base::Name,
    model::{Column, Table},
    sql::ast::{AlterAction, AlterKind, ColumnDef, ColumnPlace, Ident},
};

/// Puts columns where their definitions say, one after the other, as `mysql_prepare_alter_table` does: all that stay have
/// their new names by then. Columns are compared by name, but `SELECT *` asks for their order.
pub(super) fn place(
    ctx: &Ctx,
    table: &mut Table,
    before: &Table,
    actions: &[&AlterAction],
) -> Outcome {
    let mut defs = Vec::new();
    for it in actions {
        match &it.kind {
            AlterKind::AddColumn { column, if_not_exists }
                if !if_not_exists || before.column(&ctx.part_name(&column.name)).is_none() =>
            {
                defs.push((column, true));
            }
            AlterKind::ModifyColumn { column, .. } | AlterKind::ChangeColumn { column, .. } => {
                defs.push((column, false));
            }
            _ => {}
        }
    }
    let position =
        |table: &Table, name: &Name| table.columns.iter().position(|it| it.name == *name);
    let n_new = defs.iter().filter(|it| it.1).count();
    let n_old = table.columns.len().saturating_sub(n_new);
    let mut new = table.columns.split_off(n_old).into_iter();
    for (def, is_new) in defs {
        let own = ctx.part_name(&def.name);
        let column = match (is_new, &def.place) {
            (true, _) => new.next(),
            (false, None) => continue,
            (false, Some(_)) => position(table, &own).map(|it| table.columns.remove(it)),
        };
        let at = match &def.place {
            None => table.columns.len(),
            Some(ColumnPlace::First) => 0,
            Some(ColumnPlace::After(after)) => {
                if ctx.part_name(after) == own {
                    let reason = format!("column `{own}` cannot stand behind itself");
                    return Err(Box::new(codes::rejected(reason, ctx.place(after.span))));
                }
                let name = constraint::known_column(ctx, table, after)?;
                position(table, &name).map_or(table.columns.len(), |it| it + 1)
            }
        };
        table.columns.splice(at..at, column);
    }
    table.columns.extend(new);
    Ok(())
}

/// MySQL's `MODIFY`: the whole definition anew, but keys stay.
pub(super) fn modify(
    ctx: &mut Ctx,
    table: &mut Table,
    ident: &Ident,
    def: &ColumnDef,
    if_exists: bool,
) -> Outcome {
    let name = ctx.part_name(ident);
    if table.column(&name).is_none() && if_exists {
        return Ok(());
    }
    let defined = column::read(ctx, def)?;
    let in_key = is_in_key(table, &name);
    let Some(old) = table.column(&name) else {
        return Err(ctx.missing_column(table, &name, ident.span));
    };
    let mut new = Column { name: old.name.clone(), meta: old.meta.clone(), ..defined.column };
    new.nullable &= !in_key;
    foreign_key::check_change(ctx, table, old, &new, ident.span)?;
    // https://dev.mysql.com/doc/refman/8.4/en/alter-table-generated-columns.html
    let stored = |it: &Column| it.generated.as_ref().is_none_or(|it| it.stored);
    if stored(old) != stored(&new) {
        let reason = format!("whether column `{name}` is stored cannot change");
        return Err(Box::new(codes::rejected(reason, ctx.place(ident.span))));
    }
    if let Some(column) = table.column_mut(&name) {
        *column = new;
    }
    generated::settle(ctx, table, def)?;
    index_key::settle_prefixes(ctx, table, &name);
    if ctx.is_mariadb() {
        // One behind the column is part of its definition: https://mariadb.com/kb/en/constraint/
        table.checks.retain(|it| !it.is_behind(&name));
    }
    for it in &defined.constraints {
        constraint::add(ctx, table, it)?;
    }
    Ok(())
}

/// Returns the columns that the actions of MySQL define anew; it looks for them in the table as it was, and once.
pub(super) fn redefined(ctx: &Ctx, before: &Table, actions: &[&AlterAction]) -> Outcome<Vec<Name>> {
    let (mut res, mut added) = (Vec::new(), Vec::new());
    for it in actions {
        let (ident, if_exists) = match &it.kind {
            AlterKind::ModifyColumn { column, if_exists } => (&column.name, *if_exists),
            AlterKind::ChangeColumn { from, if_exists, .. } => (from, *if_exists),
            AlterKind::AddColumn { column, .. } if ctx.is_mariadb() => {
                added.push(ctx.part_name(&column.name));
                continue;
            }
            _ => continue,
        };
        let name = ctx.part_name(ident);
        let is_known = before.column(&name).is_some() || added.contains(&name);
        if !if_exists && (!is_known || res.contains(&name)) {
            return Err(ctx.missing_column(before, &name, ident.span));
        }
        res.push(name);
    }
    Ok(res)
}

/// MySQL's `CHANGE`: a new name and the whole definition anew.
pub(super) fn change(
    ctx: &mut Ctx,
    edit: &mut Edit,
    from: &Ident,
    def: &ColumnDef,
    if_exists: bool,
) -> Outcome {
    let (old, new) = (ctx.part_name(from), ctx.part_name(&def.name));
    if old.as_str() != new.as_str() {
        rename::column(ctx, edit, from, &def.name, if_exists)?;
    }
    // A foreign key may be renamed with its column only; the definition's own name is the new one.
    let ident = if edit.table.column(&new).is_some() { &def.name } else { from };
    modify(ctx, &mut edit.table, ident, def, if_exists)
}

fn is_in_key(table: &Table, column: &Name) -> bool {
    table.primary_key.as_ref().is_some_and(|it| it.columns.contains(column))
}
