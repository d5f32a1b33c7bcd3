//! `CREATE TABLE … AS query` of PostgreSQL: the columns are those of the query.

use std::collections::BTreeSet;

use super::{
    codes, collation, column_rules,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::Name,
    dialect::views,
    model::{Column, ViewColumn},
    sql::ast::{ColumnDef, Sql},
};

/// Returns the columns of the query under the names that they are given, if all of them are known.
pub(super) fn columns(
    ctx: &mut Ctx,
    query: &Sql,
    given: &[ColumnDef],
) -> Outcome<Option<Vec<Column>>> {
    let given: Vec<Name> = given.iter().map(|it| ctx.part_name(&it.name)).collect();
    let read = ctx.in_world(|world| views::read(world, query.text, &given));
    if let Some(bound) = &read.bound {
        ctx.refuse_problem(bound, query.span.start)?;
        collation::refuse_conflict(ctx, bound, query.span)?;
        column_rules::check_outputs(ctx, bound, query.span)?;
    }
    let mut seen = BTreeSet::new();
    if let Some(twice) = read.columns.iter().find(|it| !seen.insert(&it.name)) {
        let reason = format!("column `{}` stands in the query twice", twice.name);
        return Err(Box::new(codes::rejected(reason, ctx.place(query.span))));
    }
    if !read.complete {
        return Ok(None);
    }
    let meta = ctx.meta(query.span);
    let own: Vec<Option<String>> = ctx.in_world(|world| {
        let own = |it: &ViewColumn| {
            let own = world.unusual_collation(it.ty.as_ref()?, it.collate.as_deref());
            own.map(ToOwned::to_owned)
        };
        read.columns.iter().map(own).collect()
    });
    let column = |(it, collate): (ViewColumn, Option<String>)| {
        let mut column = Column::new(it.name, it.ty?);
        column.collate = collate;
        column.nullable = true;
        column.meta = meta.clone();
        Some(column)
    };
    Ok(read.columns.into_iter().zip(own).map(column).collect())
}
