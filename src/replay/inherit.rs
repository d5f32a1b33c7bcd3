//! What a table takes from the tables that it inherits from or is a partition of
//! (<https://www.postgresql.org/docs/current/ddl-inherit.html>).

use super::{
    codes, column, constraint,
    ctx::{Ctx, Outcome},
    not_null, partition, virtual_column,
};
use crate::{
    base::{Name, QName, Span},
    dialect::Part,
    model::{Check, Column, Identity, Meta, Table},
    sql::ast::{AlterKind, AlterTable, ColumnDef, ColumnOptionKind, CreateTable, ObjectName},
};

/// Refuses to inherit from a table that only takes partitions, or is one.
pub(super) fn check_parent(ctx: &Ctx, parent: &Table, span: Span) -> Outcome {
    let what = match (&parent.partition_by, &parent.partition_of) {
        (Some(_), _) => "partitioned",
        (None, Some(_)) => "a partition",
        (None, None) => return Ok(()),
    };
    let reason = format!("table `{}` is {what}: nothing inherits from it", parent.name);
    Err(Box::new(codes::rejected(reason, ctx.place(span))))
}

/// Gives a new table the columns of its parents; those of the same name become one.
pub(super) fn take_columns(ctx: &Ctx, table: &mut Table, parent: &Table, span: Span) -> Outcome {
    for column in &parent.columns {
        match table.column_mut(&column.name) {
            None => table.columns.push(inherited(ctx, &parent.name, column)),
            Some(own) => {
                same_type(ctx, own, column, span)?;
                virtual_column::check_inherited(ctx, own, column, span)?;
                if own.default.is_none() {
                    own.default.clone_from(&column.default);
                }
            }
        }
        not_null::inherit(ctx, table, parent, &column.name);
    }
    Ok(())
}

/// Returns the tables that a new table inherits from or is a partition of.
pub(super) fn parents(
    ctx: &mut Ctx,
    it: &CreateTable,
    table: &mut Table,
) -> Outcome<Vec<(Table, Span)>> {
    let mut res = Vec::new();
    for written in &it.inherits {
        let parent = find(ctx, written)?;
        check_parent(ctx, &parent, written.span)?;
        if ctx.is_temporary(&parent.name) && !ctx.is_temporary(&table.name) {
            let reason = format!(
                "a table that lasts inherits from no temporary one, as `{}` is",
                parent.name
            );
            return Err(Box::new(codes::rejected(reason, ctx.place(written.span))));
        }
        if table.parents.contains(&parent.name) {
            let reason = format!("table `{}` is inherited from twice", parent.name);
            return Err(Box::new(codes::rejected(reason, ctx.place(written.span))));
        }
        ctx.note_child(&parent.name, &table.name);
        table.parents.push(parent.name.clone());
        res.push((parent, written.span));
    }
    if let Some((written, bound)) = &it.partition_of {
        let parent = find(ctx, written)?;
        partition::check_lasting(ctx, table, &parent, written.span)?;
        table.partition_of = Some(partition::part_of(ctx, &parent, bound)?);
        ctx.note_child(&parent.name, &table.name);
        res.push((parent, written.span));
    }
    if res.iter().any(|it| ctx.partial.contains(&it.0.name)) {
        ctx.partial.insert(table.name.clone());
    }
    check_defaults(ctx, &res, &it.columns)?;
    Ok(res)
}

/// Refuses defaults of several parents for one column that has none of its own.
fn check_defaults(ctx: &Ctx, parents: &[(Table, Span)], own: &[ColumnDef]) -> Outcome {
    let is_said = |name: &Name| {
        let mut defs = own.iter().filter(|it| ctx.part_name(&it.name) == *name);
        defs.any(|it| it.options.iter().any(|it| matches!(it.kind, ColumnOptionKind::Default(_))))
    };
    for (at, (parent, span)) in parents.iter().enumerate() {
        for column in parent.columns.iter().filter(|it| it.default.is_some()) {
            let before =
                parents[..at].iter().filter_map(|it| it.0.column(&column.name)?.default.as_ref());
            let clashes = before.into_iter().any(|it| Some(it) != column.default.as_ref());
            if clashes && !is_said(&column.name) {
                let reason = format!("column `{}` inherits several defaults", column.name);
                return Err(Box::new(codes::rejected(reason, ctx.place(*span))));
            }
        }
    }
    Ok(())
}

/// Gives a table the checks of a parent that are new there.
pub(super) fn take_checks(
    ctx: &mut Ctx,
    table: &mut Table,
    parent: &Table,
    is_new: &dyn Fn(&Check) -> bool,
    span: Span,
) -> Outcome {
    let is_partition = table.partition_of.as_ref().is_some_and(|it| it.parent == parent.name);
    for check in parent.checks.iter().filter(|it| !it.no_inherit && is_new(it)) {
        if let Some(own) = table.checks.iter_mut().find(|it| it.name == check.name) {
            if own.expr != check.expr {
                let what = format!("check `{}` of table `{}`", check.name, table.name);
                let (place, earlier) = (ctx.place(span), own.meta.place);
                return Err(Box::new(codes::exists(&what, place, earlier)));
            }
            own.inherited |= is_partition;
            continue;
        }
        let uses = check.meta.uses.clone();
        let meta = Meta { place: check.meta.place, uses, ..Meta::default() };
        // A new table has no row that might not meet it.
        let not_valid = check.not_valid && ctx.schema.tables.contains_key(&table.name);
        let copy = Check { inherited: true, not_valid, comment: None, meta, ..check.clone() };
        constraint::add_part(ctx, table, Part::Check(copy), span)?;
    }
    Ok(())
}

/// Returns the column as a child has it.
pub(super) fn inherited(ctx: &Ctx, parent: &QName, column: &Column) -> Column {
    let mut res = ctx.dialect.column_of_child(parent, column);
    share_default(ctx, parent, column, &mut res);
    res
}

/// Turns the numbering of a column into a default of its copy: both draw from one sequence. An identity is the
/// original's alone.
pub(super) fn share_default(ctx: &Ctx, of: &QName, original: &Column, copy: &mut Column) {
    copy.identity = None;
    copy.sequence = None;
    if original.identity == Some(Identity::Serial) {
        copy.default = ctx.dialect.default_of_child(of, original);
        copy.meta.uses.extend(column::numbered(of, &original.name));
    }
}

/// `ALTER TABLE child INHERIT parent`.
pub(super) fn add_parent(ctx: &mut Ctx, table: &mut Table, written: &ObjectName) -> Outcome {
    let parent = find(ctx, written)?;
    let place = ctx.place(written.span);
    if table.parents.contains(&parent.name) {
        let reason = format!("table `{}` inherits from `{}` already", table.name, parent.name);
        return Err(Box::new(codes::rejected(reason, place)));
    }
    if parent.partition_of.is_some()
        || parent.partition_by.is_some()
        || table.partition_of.is_some()
        || parent.name == table.name
    {
        let reason = format!("table `{}` cannot inherit from `{}`", table.name, parent.name);
        return Err(Box::new(codes::rejected(reason, place)));
    }
    match_parent(ctx, table, &parent, written.span)?;
    ctx.note_child(&parent.name, &table.name);
    table.parents.push(parent.name);
    Ok(())
}

/// `ALTER TABLE child NO INHERIT parent`: what came from it alone is the table's own now.
pub(super) fn remove_parent(ctx: &mut Ctx, table: &mut Table, written: &ObjectName) -> Outcome {
    let parent = find(ctx, written)?;
    let Some(at) = table.parents.iter().position(|it| *it == parent.name) else {
        let reason = format!("table `{}` does not inherit from `{}`", table.name, parent.name);
        return Err(Box::new(codes::rejected(reason, ctx.place(written.span))));
    };
    table.parents.remove(at);
    release(ctx, table, &parent);
    Ok(())
}

/// Makes the columns and checks that came from the parent the table's own, unless another parent has them too.
pub(super) fn release(ctx: &Ctx, table: &mut Table, parent: &Table) {
    let others: Vec<&Table> =
        table.ancestors().filter_map(|it| ctx.schema.tables.get(it)).collect();
    let others: Vec<&Table> = others.into_iter().filter(|it| it.name != parent.name).collect();
    let mut columns = std::mem::take(&mut table.columns);
    for column in columns.iter_mut().filter(|it| parent.column(&it.name).is_some()) {
        column.inherited &= others.iter().any(|it| it.column(&column.name).is_some());
    }
    let mut checks = std::mem::take(&mut table.checks);
    for check in &mut checks {
        let has = |it: &&Table| it.checks.iter().any(|other| other.name == check.name);
        let from_other = others.iter().any(has);
        check.inherited &= from_other || !has(&parent);
    }
    (table.columns, table.checks) = (columns, checks);
}

/// What goes of a table alone is its children's own then.
pub(super) fn leave(ctx: &mut Ctx, parent: &QName, it: &AlterTable) {
    for action in &it.actions {
        let (AlterKind::DropColumn { name, .. } | AlterKind::DropConstraint { name, .. }) =
            &action.kind
        else {
            continue;
        };
        let own = ctx.part_name(name);
        for child in ctx.children(parent) {
            let Some(table) = ctx.schema.tables.get(&child) else { continue };
            let has =
                |it: &Table| it.column(&own).is_some() || it.checks.iter().any(|it| it.name == own);
            let is_shared = table.ancestors().filter_map(|it| ctx.schema.tables.get(it)).any(has);
            if is_shared {
                continue;
            }
            let Some(table) = ctx.schema.tables.get_mut(&child) else { continue };
            for column in table.columns.iter_mut().filter(|it| it.name == own) {
                column.inherited = false;
            }
            for check in table.checks.iter_mut().filter(|it| it.name == own) {
                check.inherited = false;
            }
        }
    }
}

/// Refuses a child that lacks a column or check of its parent.
pub(super) fn match_parent(ctx: &Ctx, table: &mut Table, parent: &Table, span: Span) -> Outcome {
    let reject = |reason: String| Err(Box::new(codes::rejected(reason, ctx.place(span))));
    for column in &parent.columns {
        let Some(own) = table.column(&column.name) else {
            return reject(format!("table `{}` has no column `{}`", table.name, column.name));
        };
        same_type(ctx, own, column, span)?;
        if own.nullable && !column.nullable {
            return reject(format!("column `{}` of the child has to be NOT NULL", own.name));
        }
    }
    for check in parent.checks.iter().filter(|it| !it.no_inherit) {
        if !table.checks.iter().any(|it| it.name == check.name && it.expr == check.expr) {
            return reject(format!("table `{}` has no check `{}`", table.name, check.name));
        }
    }
    Ok(())
}

/// Returns a copy of the table that is meant to be a parent.
pub(super) fn find(ctx: &Ctx, written: &ObjectName) -> Outcome<Table> {
    let name = ctx.table_meant(written);
    let found = ctx.schema.tables.get(&name).cloned();
    found.ok_or_else(|| ctx.missing_table(written, &name))
}

/// Refuses a column of another type or collation than its parent's.
pub(super) fn same_type(ctx: &Ctx, own: &Column, parent: &Column, span: Span) -> Outcome {
    let what = |it: &Column| {
        let collate = it.collate.as_ref().map(|it| format!(" COLLATE {it}"));
        format!("{}{}", it.ty, collate.unwrap_or_default())
    };
    if own.ty == parent.ty && own.collate == parent.collate {
        return Ok(());
    }
    let (name, above, below) = (&own.name, what(parent), what(own));
    let reason = format!("column `{name}` is {above} in the parent and {below} in the child");
    Err(Box::new(codes::rejected(reason, ctx.place(span))))
}
