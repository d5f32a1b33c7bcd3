//! `ALTER TABLE … ORDER BY`: nothing that the schema records, but names have to mean columns
//! (<https://dev.mysql.com/doc/refman/8.4/en/alter-table.html#alter-table-row-order>).

use super::{
    codes,
    ctx::{Ctx, Outcome},
    mysql_keys,
    whole_table::is_innodb,
};
use crate::{
    base::Name,
    model::{Column, Table},
    sql::ast::{AlterAction, AlterKind, Ident},
};

/// Refuses an order by what the table did not have before the statement.
pub(super) fn check(ctx: &Ctx, before: &Table, after: &Table, actions: &[&AlterAction]) -> Outcome {
    let mut orders = actions.iter().filter_map(|it| match &it.kind {
        AlterKind::OrderBy(columns) => Some(columns),
        _ => None,
    });
    match orders.next() {
        Some(columns) if !is_clustered(ctx, after) => {
            columns.iter().try_for_each(|it| check_column(ctx, before, it))
        }
        _ => Ok(()),
    }
}

fn check_column(ctx: &Ctx, table: &Table, (of, column): &(Option<Ident>, Ident)) -> Outcome {
    if let Some(of) = of.as_ref().filter(|it| ctx.dialect.table_name(&it.text) != table.name.name) {
        let reason = format!("rows of `{}` are put in order by its own columns", table.name);
        return Err(Box::new(codes::rejected(reason, ctx.place(of.span))));
    }
    let name = ctx.part_name(column);
    match table.column(&name) {
        Some(_) => Ok(()),
        None => Err(ctx.missing_column(table, &name, column.span)),
    }
}

/// Returns whether a key decides how rows lie, so that the server passes over the order.
pub(super) fn is_clustered(ctx: &Ctx, table: &Table) -> bool {
    clustered_by(ctx, table).is_some()
}

/// Returns the key by which the rows lie: the primary key, or a unique one that is never NULL
/// (<https://dev.mysql.com/doc/refman/8.4/en/innodb-index-types.html>).
pub(super) fn clustered_by<'t>(ctx: &Ctx, table: &'t Table) -> Option<&'t Name> {
    let is_kept = |it: &Column| it.generated.as_ref().is_none_or(|it| it.stored);
    let never_null = |it: &Column| !it.nullable && (ctx.is_mariadb() || is_kept(it));
    let orders = |names: &Vec<&Name>| {
        let columns: Vec<&Column> = names.iter().filter_map(|it| table.column(it)).collect();
        columns.iter().all(|it| never_null(it)) && mysql_keys::holds_whole(ctx, table, columns)
    };
    if !is_innodb(table) {
        return None;
    }
    let uniques = table.uniques.iter().map(|it| (&it.name, it.columns.iter().collect()));
    let indexes = table.indexes.iter().filter(|it| it.unique);
    let indexes = indexes.filter_map(|it| Some((&it.name, it.plain_columns()?)));
    let primary = table.primary_key.as_ref().map(|it| &it.name);
    primary.or_else(|| uniques.chain(indexes).find(|it| orders(&it.1)).map(|it| it.0))
}
