//! What a server asks of a table as a whole.

use super::{
    codes,
    ctx::{Ctx, Outcome},
    mysql_columns, mysql_computed, mysql_defaults, mysql_keys, mysql_limits, mysql_partition,
    sqlite_table,
};
use crate::{
    base::{Name, Span},
    model::{IndexColumn, IndexKey, Table},
    sql,
};

/// Refuses a table that the server does not take.
pub(super) fn check(ctx: &Ctx, table: &mut Table, span: Span) -> Outcome {
    if ctx.partial.contains(&table.name) {
        return Ok(());
    }
    let res = match ctx.dialect.lexis.family {
        sql::Family::Postgres => check_postgres(table),
        sql::Family::MySql => check_mysql(ctx, table),
        sql::Family::Sqlite => sqlite_table::fault(table),
    };
    match res {
        Some(reason) => Err(Box::new(codes::rejected(reason, ctx.place(span)))),
        None => Ok(()),
    }
}

/// Keys are told apart within a partition only, so they hold what tells partitions apart
/// (<https://www.postgresql.org/docs/current/ddl-partitioning.html>).
fn check_postgres(table: &Table) -> Option<String> {
    let by = table.partition_by.as_ref()?;
    let keys = table.primary_key.iter().map(|it| (&it.name, it.columns.iter().collect()));
    let keys = keys.chain(table.uniques.iter().map(|it| (&it.name, it.columns.iter().collect())));
    let unique = table.indexes.iter().filter(|it| it.unique);
    let unique = unique.map(|it| (&it.name, it.columns.iter().filter_map(column_of).collect()));
    let mut keys = keys.chain(unique);
    let (name, _) = keys.find(|(_, own): &(_, Vec<&Name>)| {
        !by.columns.iter().all(|it| column_of(it).is_some_and(|it| own.contains(&it)))
    })?;
    Some(format!("`{name}` has to hold all columns that `{}` is partitioned by", table.name))
}

fn column_of(it: &IndexColumn) -> Option<&Name> {
    match &it.key {
        IndexKey::Column(name) => Some(name),
        IndexKey::Expr(_) => None,
    }
}

fn check_mysql(ctx: &Ctx, table: &mut Table) -> Option<String> {
    if table.columns.is_empty() && !ctx.partial.contains(&table.name) {
        return Some(format!("table `{}` would have no column left", table.name));
    }
    mysql_keys::turn_to_text(ctx, table);
    check_names(ctx, table)
        .or_else(|| check_numbered(table))
        .or_else(|| if ctx.is_mariadb() { check_constraint_names(table) } else { None })
        .or_else(|| mysql_computed::fault(ctx, table))
        .or_else(|| mysql_defaults::fault(ctx, table))
        .or_else(|| mysql_keys::fit(ctx, table))
        .or_else(|| mysql_partition::fault(ctx, table))
        .or_else(|| mysql_columns::fault(ctx, table))
        .or_else(|| mysql_limits::fault(ctx, table))
}

/// Names that the server makes of the table's own can be too long as well.
fn check_names(ctx: &Ctx, table: &Table) -> Option<String> {
    let mut names = table.part_names().into_iter().chain([&table.name.name]);
    if let Some(name) = names.find(|it| ctx.dialect.too_long(it.as_str()).is_some()) {
        return Some(format!("the name `{name}` is too long"));
    }
    let mut columns = table.columns.iter().map(|it| &it.name).chain([&table.name.name]);
    let name = columns.find(|it| it.as_str().ends_with(' '))?;
    Some(format!("the name `{name}` ends with a blank"))
}

/// Checks of MariaDB share their names with unique and foreign keys (<https://mariadb.com/kb/en/constraint/>).
fn check_constraint_names(table: &Table) -> Option<String> {
    let uniques = table.uniques.iter().map(|it| &it.name);
    let indexes = table.indexes.iter().filter(|it| it.unique).map(|it| &it.name);
    let mut keys = uniques.chain(indexes).chain(table.foreign_keys.iter().map(|it| &it.name));
    // One behind a column goes by that column's name, which is no name of its own.
    let is_named = |name: &&Name| {
        table.checks.iter().any(|it| it.name == **name && table.column(&it.name).is_none())
    };
    keys.find(is_named).map(|name| format!("two constraints have the name `{name}`"))
}

fn check_numbered(table: &Table) -> Option<String> {
    let mut numbered = table.columns.iter().filter(|it| it.identity.is_some());
    let first = numbered.next()?;
    let begins = |columns: &[Name]| columns.first() == Some(&first.name);
    let in_key = table.primary_key.as_ref().is_some_and(|it| begins(&it.columns))
        || table.uniques.iter().any(|it| begins(&it.columns))
        || table.indexes.iter().any(|it| {
            it.columns.first().is_some_and(|it| it.key == IndexKey::Column(first.name.clone()))
        });
    // MyISAM numbers the rows of each group where the column stands further behind.
    if numbered.next().is_none() && (in_key || !is_innodb(table) && mentions(table, &first.name)) {
        return None;
    }
    Some(format!("AUTO_INCREMENT column `{}` has to be the only one, and a key", first.name))
}

fn mentions(table: &Table, column: &Name) -> bool {
    table.primary_key.as_ref().is_some_and(|it| it.columns.contains(column))
        || table.uniques.iter().any(|it| it.columns.contains(column))
        || table.indexes.iter().any(|it| it.mentions(column))
}

pub(super) fn is_innodb(table: &Table) -> bool {
    table.options.get("engine").is_none_or(|it| it.eq_ignore_ascii_case("innodb"))
}
