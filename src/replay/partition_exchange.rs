//! `EXCHANGE PARTITION … WITH TABLE …` (<https://dev.mysql.com/doc/refman/9.0/en/partitioning-management-exchange.html>).

use super::{
    codes,
    ctx::{Ctx, Outcome},
    mysql_partition,
};
use crate::{
    dialect::Partitions,
    model::{Column, Table},
    sql::ast::{Ident, ObjectName},
};

/// Refuses a table that is not what the partition is. Rows change places; what the schema holds stays.
pub(super) fn check(
    ctx: &Ctx,
    table: &Table,
    partitions: &Partitions,
    (partition, other): (&Ident, &ObjectName),
) -> Outcome {
    let reject = |reason: String| Err(Box::new(codes::rejected(reason, ctx.place(other.span))));
    let name = ctx.table_meant(other);
    let Some(own) = ctx.schema.tables.get(&name) else {
        if ctx.schema.views.contains_key(&name) {
            return reject(format!("`{name}` is no table"));
        }
        return Err(ctx.missing_table(other, &name));
    };
    let wanted = partition.text.to_lowercase();
    let is_there = if partitions.has_subpartitions() {
        partitions.subpartitions().contains(&wanted)
    } else {
        let mut all = partitions.clone();
        all.add(Vec::new());
        all.parts.iter().any(|it| it.name == wanted)
    };
    if !is_there {
        let reason = format!("there is no partition `{wanted}` to change places with");
        return Err(Box::new(codes::rejected(reason, ctx.place(partition.span))));
    }
    if mysql_partition::of(own).is_some() {
        return reject(format!("table `{name}` is cut into partitions itself"));
    }
    let is_referred =
        ctx.referrers(&name).any(|it| it.foreign_keys.iter().any(|it| it.references == name));
    if !own.foreign_keys.is_empty() || is_referred {
        return reject(format!("foreign keys lead from or to table `{name}`"));
    }
    difference(ctx, table, own)
        .map_or(Ok(()), |it| reject(format!("table `{name}` differs from `{}`: {it}", table.name)))
}

/// Returns in what a table differs from one that is cut.
fn difference(ctx: &Ctx, table: &Table, own: &Table) -> Option<String> {
    let is_same = |pair: (&Column, &Column)| {
        let (one, other) = pair;
        one.name == other.name
            && one.ty == other.ty
            && one.nullable == other.nullable
            && one.identity == other.identity
            && one.generated.is_some() == other.generated.is_some()
    };
    let columns = table.columns.len() == own.columns.len()
        && table.columns.iter().zip(&own.columns).all(is_same);
    if !columns {
        return Some("the columns".to_owned());
    }
    let keys = |it: &Table| {
        let primary = it.primary_key.iter().map(|it| (String::new(), it.columns.clone()));
        let uniques = it.uniques.iter().map(|it| (it.name.key().to_owned(), it.columns.clone()));
        let mut res: Vec<_> = primary.chain(uniques).collect();
        res.sort();
        res
    };
    let indexes = |it: &Table| {
        let mut res: Vec<String> = it
            .indexes
            .iter()
            .map(|it| format!("{} {} {:?}", it.name, it.unique, it.columns))
            .collect();
        res.sort();
        res
    };
    if keys(table) != keys(own) || indexes(table) != indexes(own) {
        return Some("the keys".to_owned());
    }
    if ctx.is_innodb(table) != ctx.is_innodb(own) {
        return Some("the engine".to_owned());
    }
    if table.options.get("row_format") != own.options.get("row_format") {
        return Some("the format of rows".to_owned());
    }
    let collate = |it: &Table| ctx.dialect.table_collate(it).to_owned();
    (collate(table) != collate(own)).then(|| "the collation".to_owned())
}
