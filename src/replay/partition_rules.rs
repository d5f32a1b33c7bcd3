//! What MySQL and MariaDB ask of a table that is cut into partitions
//! (<https://dev.mysql.com/doc/refman/9.0/en/partitioning-limitations.html>).

use super::{ctx::Ctx, mysql_limits};
use crate::{
    dialect::{Family, Partition, Partitions},
    model::Table,
    sql,
};

/// The functions that may cut a table
/// (<https://dev.mysql.com/doc/refman/9.0/en/partitioning-limitations-functions.html>).
const FUNCTIONS: [&str; 26] = [
    "abs",
    "ceil",
    "ceiling",
    "datediff",
    "day",
    "dayofmonth",
    "dayofweek",
    "dayofyear",
    "extract",
    "floor",
    "hour",
    "microsecond",
    "minute",
    "mod",
    "month",
    "quarter",
    "second",
    "time_to_sec",
    "to_days",
    "to_seconds",
    "unix_timestamp",
    "weekday",
    "year",
    "yearweek",
    "week",
    "weekofyear",
];

/// Returns what keeps the table from being cut so, whatever its keys are.
pub(super) fn fault(ctx: &Ctx, table: &Table, partitions: &Partitions) -> Option<String> {
    engine(ctx, table, partitions)
        .or_else(|| function(ctx, partitions))
        .or_else(|| domain(ctx, table, partitions))
}

fn engine(ctx: &Ctx, table: &Table, partitions: &Partitions) -> Option<String> {
    let is_innodb = ctx.is_innodb(table);
    if !is_innodb && !ctx.is_mariadb() {
        return Some("only InnoDB cuts tables into partitions".to_owned());
    }
    let names_other = |it: &Partition| it.rest.contains(" engine = ");
    if is_innodb && partitions.parts.iter().any(names_other) {
        return Some("all partitions of a table have one engine".to_owned());
    }
    let shape = table.columns.iter().find(|it| mysql_limits::is_shape(&it.ty))?;
    Some(format!("a table with partitions has no shapes like `{}`", shape.name))
}

/// What cuts a table is computed from columns, by functions that give the same everywhere.
fn function(ctx: &Ctx, partitions: &Partitions) -> Option<String> {
    let (key, is_list) = partitions.key();
    if is_list || !key.contains('(') {
        return None;
    }
    let read = sql::check_expr(key, &ctx.dialect.lexis).ok()?;
    let other = read.functions.iter().find(|it| {
        let name = it.0.to_ascii_lowercase();
        !FUNCTIONS.contains(&name.as_str())
    })?;
    Some(format!("`{}` does not cut a table", other.0))
}

/// A number without sign is less than nothing below zero.
fn domain(ctx: &Ctx, table: &Table, partitions: &Partitions) -> Option<String> {
    let (key, is_list) = partitions.key();
    let column = table.column(&ctx.dialect.column_name(key)).filter(|_| !is_list)?;
    let is_unsigned =
        column.ty.unsigned && matches!(ctx.dialect.family(&column.ty), Family::Int(_));
    let mut values = partitions.parts.iter().filter_map(Partition::values);
    let below = values.any(|it| it.1.starts_with('-') || it.1.contains(", -"));
    (is_unsigned && below).then(|| format!("`{}` is never below zero", column.name))
}
