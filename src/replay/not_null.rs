//! PostgreSQL's constraints that forbid NULL
//! (<https://www.postgresql.org/docs/18/ddl-constraints.html#DDL-CONSTRAINTS-NOT-NULL>).

use super::{
    codes, constraint,
    ctx::{Ctx, Outcome},
    identity::is_identity,
};
use crate::{
    base::{Name, Place, Span},
    model::{Column, NotNull, Table},
    sql::ast::{ConstraintKind, Ident, IndexKey, TableConstraint},
};

/// Notes the NOT NULL behind a new column, or one of a new table that names the column; both may be written.
pub(super) fn note(
    ctx: &Ctx,
    column: &mut Column,
    name: Option<&Ident>,
    (no_inherit, span): (bool, Span),
) -> Outcome {
    if !ctx.dialect.names_not_null() {
        column.nullable = false;
        return Ok(());
    }
    let place = ctx.place(span);
    let reject = |what: &str| {
        let reason =
            format!("what is said of NOT NULL of column `{}` differs in {what}", column.name);
        Err(Box::new(codes::rejected(reason, place)))
    };
    let own = column.held_not_null();
    if !column.nullable && own.no_inherit != no_inherit {
        return reject("NO INHERIT");
    }
    let name = name.map(|it| ctx.part_name(it));
    if own.name.is_some() && name.is_some() && own.name != name {
        return reject("its name");
    }
    column.nullable = false;
    let new = NotNull { name: name.or(own.name.clone()), no_inherit, ..own };
    column.not_null = new.unusual();
    Ok(())
}

/// Gives what forbids NULL in the columns of a new table, or in a new column, a name that is free.
pub(super) fn settle(ctx: &Ctx, table: &mut Table, only: Option<&Name>) -> Outcome {
    if !ctx.dialect.names_not_null() || !ctx.dialect.not_null_may_clash(&ctx.relations, table) {
        return Ok(());
    }
    let concerns = |it: &Column| !it.nullable && only.is_none_or(|own| it.name == *own);
    let names: Vec<Name> =
        table.columns.iter().filter(|it| concerns(it)).map(|it| it.name.clone()).collect();
    for own in names {
        let Some(column) = table.column(&own) else { continue };
        let given = column.not_null.as_ref().and_then(|it| it.name.clone());
        let place = column.meta.place.unwrap_or(ctx.statement);
        let name = match given {
            Some(name) => {
                let is_other =
                    ctx.dialect.find_not_null(table, &name).is_some_and(|it| it.name != own);
                if !column.inherited && (is_other || constraint::part_place(table, &name).is_some())
                {
                    let what = format!("`{name}` of table `{}`", table.name);
                    return Err(Box::new(codes::exists(&what, place, None)));
                }
                name
            }
            None => ctx.dialect.free_not_null_name((&ctx.schema, &ctx.relations), table, &own),
        };
        let of = table.name.clone();
        let Some(column) = table.column_mut(&own) else { continue };
        let base = column.held_not_null();
        ctx.dialect.set_not_null(&of, column, NotNull { name: Some(name), ..base });
    }
    Ok(())
}

/// Adds `NOT NULL c` of `CREATE TABLE` or `ADD`.
pub(super) fn add(ctx: &Ctx, table: &mut Table, it: &TableConstraint, ident: &Ident) -> Outcome {
    let own = constraint::known_column(ctx, table, ident)?;
    let is_new = !ctx.schema.tables.contains_key(&table.name);
    let of = table.name.clone();
    let Some(column) = table.column_mut(&own) else { return Ok(()) };
    if is_new {
        return note(ctx, column, it.name.as_ref(), (it.no_inherit, it.span));
    }
    let wanted = it.name.as_ref().map(|it| ctx.part_name(it));
    let Some(name) = ctx.dialect.not_null_name(&of, column) else {
        let place = ctx.place(it.span);
        column.nullable = false;
        let not_null = NotNull {
            name: wanted.clone(),
            not_valid: it.not_valid,
            no_inherit: it.no_inherit,
            comment: None,
        };
        column.not_null = not_null.unusual();
        let clash = wanted.filter(|it| constraint::part_place(table, it).is_some());
        if let Some(name) = clash {
            let what = format!("`{name}` of table `{of}`");
            return Err(Box::new(codes::exists(&what, place, None)));
        }
        return settle(ctx, table, Some(&own));
    };
    let held = column.held_not_null();
    if wanted.is_some_and(|it| it != name)
        || held.no_inherit != it.no_inherit
        || held.not_valid && !it.not_valid
    {
        let reason = format!("`{name}` makes column `{own}` NOT NULL already, in another way");
        return Err(Box::new(codes::rejected(reason, ctx.place(it.span))));
    }
    Ok(())
}

/// `SET NOT NULL`: what is there already is checked by now.
pub(super) fn set(ctx: &Ctx, table: &mut Table, name: &Name, place: Place) -> Outcome {
    let Some(column) = table.column_mut(name) else { return Ok(()) };
    if !column.nullable {
        if column.not_null.as_ref().is_some_and(|it| it.no_inherit) {
            let reason = format!("NOT NULL of column `{name}` is NO INHERIT");
            return Err(Box::new(codes::rejected(reason, place)));
        }
        let of = table.name.clone();
        return change(ctx, table, (&of, name), |it| it.not_valid = false);
    }
    column.nullable = false;
    settle(ctx, table, Some(name))
}

/// Lets the column hold NULL, unless a key, an identity or a parent forbids it.
pub(super) fn drop(ctx: &Ctx, table: &mut Table, name: &Name, place: Place) -> Outcome {
    let what = format!("column `{name}` of table `{}`", table.name);
    let reject = |reason: String| Err(Box::new(codes::rejected(reason, place)));
    if table.primary_key.as_ref().is_some_and(|it| it.columns.contains(name)) {
        return reject(format!("{what} is in the primary key"));
    }
    if table.column(name).is_some_and(is_identity) {
        return reject(format!("{what} is an identity column"));
    }
    if is_inherited(ctx, table, name) {
        return reject(format!("{what} is NOT NULL in a table that it inherits from"));
    }
    let Some(column) = table.column_mut(name) else { return Ok(()) };
    column.nullable = true;
    column.not_null = None;
    Ok(())
}

/// Refuses a primary key of columns that hold NULL in part of their rows, or in tables that inherit.
pub(super) fn check_key(ctx: &Ctx, table: &Table, columns: &[Name], span: Span) -> Outcome {
    let is_weak = |it: &&Column| {
        it.not_null.as_ref().is_some_and(|it| it.no_inherit || it.not_valid) && !it.nullable
    };
    let mut own = columns.iter().filter_map(|it| table.column(it));
    own.find(is_weak).map_or(Ok(()), |column| {
        let reason = format!("NOT NULL of column `{}` does not hold for all rows", column.name);
        Err(Box::new(codes::rejected(reason, ctx.place(span))))
    })
}

/// Refuses to change what the table has from another.
pub(super) fn check_own(ctx: &Ctx, table: &Table, column: &Name, ident: &Ident) -> Outcome {
    if !is_inherited(ctx, table, column) {
        return Ok(());
    }
    let reason = format!("constraint `{}` of table `{}` is inherited", ident.text, table.name);
    Err(Box::new(codes::rejected(reason, ctx.place(ident.span))))
}

/// Returns whether a table that this one inherits from forbids NULL in the column; older servers ask of partitions alone.
pub(super) fn is_inherited(ctx: &Ctx, table: &Table, name: &Name) -> bool {
    let every = ctx.dialect.names_not_null();
    let partitioned = table.partition_of.as_ref().map(|it| &it.parent);
    let mut parents = table.ancestors().filter(|it| every || Some(*it) == partitioned);
    let forbids =
        |it: &Column| !it.nullable && it.not_null.as_ref().is_none_or(|it| !it.no_inherit);
    parents.any(|it| ctx.schema.tables.get(it).and_then(|it| it.column(name)).is_some_and(forbids))
}

/// Gives a column of a child what its parent's column has, where that forbids NULL.
pub(super) fn inherit(ctx: &Ctx, table: &mut Table, parent: &Table, name: &Name) {
    let Some(of_parent) = parent.column(name) else { return };
    let held = of_parent.held_not_null();
    let own = table.name.clone();
    let Some(column) = table.column_mut(name) else { return };
    if of_parent.nullable || held.no_inherit {
        return;
    }
    let keeps = !column.nullable && !column.inherited;
    column.nullable = false;
    if !keeps {
        let name = ctx.dialect.not_null_name(&parent.name, of_parent);
        ctx.dialect.set_not_null(&own, column, NotNull { name, comment: None, ..held });
    }
}

/// A key of a new table asks for NOT NULL of its own, beside what its columns have from others, and with the other columns.
pub(super) fn own_in_keys(ctx: &Ctx, table: &mut Table, constraints: &[TableConstraint]) {
    if !ctx.dialect.names_not_null() {
        return;
    }
    let keys = constraints.iter().filter_map(|it| match &it.kind {
        ConstraintKind::PrimaryKey { columns, .. } => Some(columns),
        _ => None,
    });
    let names = keys.flatten().filter_map(|it| match &it.key {
        IndexKey::Column(name) => Some(ctx.part_name(name)),
        IndexKey::Expression(_) => None,
    });
    for name in names {
        let parents: Vec<Name> = table
            .ancestors()
            .filter_map(|it| {
                let of = ctx.schema.tables.get(it)?;
                ctx.dialect.not_null_name(it, of.column(&name)?)
            })
            .collect();
        let Some(column) = table.column_mut(&name) else { continue };
        column.nullable = false;
        if let Some(held) = &mut column.not_null
            && held.name.as_ref().is_some_and(|it| parents.contains(it))
        {
            held.name = None;
        }
    }
}

/// Does to a child what was done to the columns of its parent.
pub(super) fn follow(ctx: &Ctx, child: &mut Table, (before, parent): (&Table, &Table)) {
    if !ctx.dialect.names_not_null() {
        return;
    }
    let weak = |it: &Column| it.nullable || it.not_null.as_ref().is_some_and(|it| it.no_inherit);
    for now in &parent.columns {
        let Some(was) = before.column(&now.name) else { continue };
        if was.nullable == now.nullable && was.not_null == now.not_null {
            continue;
        }
        if weak(was) && !weak(now) {
            inherit(ctx, child, parent, &now.name);
        } else if !was.nullable && now.nullable {
            release(ctx, child, parent, &now.name);
        } else if !weak(now) {
            rename(ctx, child, (before, was), (parent, now));
        }
    }
}

/// Lets the column of a child hold NULL, where only the parent forbade it.
fn release(ctx: &Ctx, child: &mut Table, parent: &Table, name: &Name) {
    let is_own = child.column(name).is_none_or(|it| !it.inherited)
        || child.primary_key.as_ref().is_some_and(|it| it.columns.contains(name));
    let others: Vec<&Table> = child
        .ancestors()
        .filter(|it| **it != parent.name)
        .filter_map(|it| ctx.schema.tables.get(it))
        .collect();
    let is_others = others.iter().any(|it| it.column(name).is_some_and(|it| !it.nullable));
    if let Some(column) = child.column_mut(name).filter(|_| !is_own && !is_others) {
        column.nullable = true;
        column.not_null = None;
    }
}

/// Gives what forbids NULL in the column of a child the name that the parent's has by now.
fn rename(ctx: &Ctx, child: &mut Table, before: (&Table, &Column), now: (&Table, &Column)) {
    let (old, new) = (
        ctx.dialect.not_null_name(&before.0.name, before.1),
        ctx.dialect.not_null_name(&now.0.name, now.1),
    );
    let own = child.name.clone();
    let not_valid = now.1.not_null.as_ref().is_some_and(|it| it.not_valid);
    let Some(column) = child.column_mut(&now.1.name).filter(|it| !it.nullable) else { return };
    let mut it = column.held_not_null();
    it.name = ctx.dialect.not_null_name(&own, column);
    if it.name == old {
        it.name = new;
    }
    it.not_valid &= not_valid;
    ctx.dialect.set_not_null(&own, column, it);
}

/// Changes what forbids NULL in a column.
pub(super) fn change(
    ctx: &Ctx,
    table: &mut Table,
    (of, column): (&crate::base::QName, &Name),
    change: impl FnOnce(&mut NotNull),
) -> Outcome {
    let Some(column) = table.column_mut(column) else { return Ok(()) };
    let mut it = column.held_not_null();
    it.name = ctx.dialect.not_null_name(of, column);
    change(&mut it);
    ctx.dialect.set_not_null(of, column, it);
    Ok(())
}
