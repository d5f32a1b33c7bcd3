//! How MySQL's tables are cut into partitions: the clause, as it is compared and written.

use super::{
    codes,
    ctx::{Ctx, Outcome},
    mysql_bound, partition_exchange, partition_rules,
};
use crate::{
    base::{Name, Span},
    dialect::{Family, Partition, Partitions},
    model::{Column, Index, IndexKey, Table},
    sql::{
        Lexis,
        ast::{Ident, PartitionChange, Sql},
        relations,
    },
};

/// The table's option that holds the clause.
pub(super) const OPTION: &str = "partition_by";

pub(super) fn set(ctx: &Ctx, table: &mut Table, clause: &Sql) -> Outcome {
    let text = settled(clause, &ctx.dialect.lexis);
    let partitions = Partitions::read(text.strip_prefix("partition by ").unwrap_or(&text));
    if !partitions.parts.is_empty() && partitions.count != partitions.parts.len() {
        return reject(ctx, clause.span, "there is another number of partitions than it says");
    }
    put(ctx, table, &partitions, clause.span)
}

/// `ADD PARTITION`, `DROP PARTITION`, `REMOVE PARTITIONING` and the like.
pub(super) fn alter(ctx: &Ctx, table: &mut Table, change: &PartitionChange) -> Outcome {
    if let PartitionChange::By(sql) = change {
        return set(ctx, table, sql);
    }
    let span = change.span();
    let Some(mut partitions) = of(table) else {
        return reject(ctx, span, "the table has no partitions");
    };
    match change {
        PartitionChange::By(_) => {}
        PartitionChange::Remove(_) => {
            table.options.remove(OPTION);
            return Ok(());
        }
        PartitionChange::Add { list, if_not_exists } => {
            let more = read_list(ctx, list);
            let is_there = |it: &Partition| partitions.parts.iter().any(|own| own.name == it.name);
            if *if_not_exists && more.iter().any(is_there) {
                return Ok(());
            }
            partitions.add(more);
        }
        PartitionChange::Grow(..) if partitions.has_values() => {
            return reject(ctx, span, "each new range or list has to be defined");
        }
        PartitionChange::Grow(0, _) if !ctx.is_mariadb() => {
            return reject(ctx, span, "no partition would be added");
        }
        PartitionChange::Grow(more, _) => partitions.grow(*more),
        PartitionChange::Shrink(less, _) => {
            if partitions.has_values() || *less >= partitions.size() || *less == 0 {
                return reject(ctx, span, "so many partitions cannot be taken away");
            }
            partitions.shrink(*less);
        }
        PartitionChange::Drop { names, if_exists, .. } => {
            drop(ctx, &mut partitions, names, *if_exists)?;
        }
        PartitionChange::Reorganize { names, into, .. } => {
            reorganize(ctx, &mut partitions, names, into.as_ref())?;
        }
        PartitionChange::Exchange { name, table: other, .. } => {
            return partition_exchange::check(ctx, table, &partitions, (name, other));
        }
        PartitionChange::Move { names, .. } => {
            known(ctx, &partitions, names)?;
            return Ok(());
        }
    }
    put(ctx, table, &partitions, span)
}

/// Returns how the table is cut, if it is.
pub(super) fn of(table: &Table) -> Option<Partitions> {
    table.options.get(OPTION).map(|it| Partitions::read(it))
}

/// Returns what keeps a server from cutting the table as it says
/// (<https://dev.mysql.com/doc/refman/8.4/en/partitioning-limitations.html>).
pub(super) fn fault(ctx: &Ctx, table: &Table) -> Option<String> {
    let is_cut = |it: &Table| it.options.contains_key(OPTION);
    let to_cut = table.foreign_keys.iter().filter_map(|it| ctx.target(table, &it.references));
    let has_keys = is_cut(table) && !table.foreign_keys.is_empty();
    if has_keys || to_cut.into_iter().any(is_cut) {
        return Some(
            "a foreign key can neither be part of a partitioned table nor refer to one".into(),
        );
    }
    let partitions = of(table)?;
    if let Some(reason) = partition_rules::fault(ctx, table, &partitions) {
        return Some(reason);
    }
    let refers = |it: &Table| it.foreign_keys.iter().any(|it| it.references == table.name);
    if ctx.referrers(&table.name).any(refers) {
        return Some("a table that foreign keys refer to cannot have partitions".into());
    }
    let columns = match key_columns(ctx, table, &partitions) {
        Ok(it) => it,
        Err(reason) => return Some(reason),
    };
    if !ctx.is_mariadb() && table.indexes.iter().any(|it| it.method.as_deref() == Some("fulltext"))
    {
        return Some("a partitioned table has no full-text indexes".into());
    }
    let holds_part = |it: &Index| it.columns.iter().any(|it| it.prefix.is_some());
    let is_newest = !ctx.is_mariadb() && ctx.dialect.version.is_none();
    if is_newest && partitions.key() == ("", true) && table.indexes.iter().any(holds_part) {
        // The manual speaks of the partitioning key only; the server looks at all indexes.
        return Some(
            "a table partitioned by the columns of its key has no index of prefixes".into(),
        );
    }
    let name = lacking_key(table, &columns)?;
    Some(format!("`{name}` has to hold all columns that `{}` is partitioned by", table.name))
}

/// MariaDB lets the clause follow a column's new name.
pub(super) fn follow_column(table: &mut Table, from: &Name, to: &Name) {
    if let Some(mut partitions) = of(table) {
        partitions.rename_column(from.as_str(), to.as_str());
        table.options.insert(OPTION.to_owned(), partitions.text());
    }
}

fn reject<T>(ctx: &Ctx, span: Span, reason: &str) -> Outcome<T> {
    Err(Box::new(codes::rejected(reason, ctx.place(span))))
}

fn put(ctx: &Ctx, table: &mut Table, partitions: &Partitions, span: Span) -> Outcome {
    if let Some(reason) = partitions.fault().or_else(|| partitions.bounds_fault()) {
        return reject(ctx, span, reason);
    }
    // What is shown of one partition may depend on another.
    let settled = Partitions::read(&partitions.text());
    table.options.insert(OPTION.to_owned(), settled.text());
    Ok(())
}

fn read_list(ctx: &Ctx, sql: &Sql) -> Vec<Partition> {
    Partition::read_all(&settled(sql, &ctx.dialect.lexis))
}

/// Returns where the named partitions are.
fn known(ctx: &Ctx, partitions: &Partitions, names: &[Ident]) -> Outcome<Vec<usize>> {
    let mut all = partitions.clone();
    all.add(Vec::new());
    let find = |it: &Ident| {
        let found = all.parts.iter().position(|own| own.name == it.text.to_lowercase());
        found.map_or_else(|| reject(ctx, it.span, "the table has no such partition"), Ok)
    };
    names.iter().map(find).collect()
}

fn drop(ctx: &Ctx, partitions: &mut Partitions, names: &[Ident], if_exists: bool) -> Outcome {
    let span = names.first().map_or_else(Span::default, |it| it.span);
    if !partitions.has_values() {
        return reject(ctx, span, "only ranges and lists can be dropped");
    }
    let is_there = |it: &&Ident| known(ctx, partitions, std::slice::from_ref(it)).is_ok();
    let names: Vec<Ident> = names.iter().filter(|it| !if_exists || is_there(it)).cloned().collect();
    let gone = known(ctx, partitions, &names)?;
    if gone.len() >= partitions.parts.len() {
        return reject(ctx, span, "all partitions go with the table only");
    }
    let mut at = 0;
    partitions.parts.retain(|_| {
        at += 1;
        !gone.contains(&(at - 1))
    });
    Ok(())
}

fn reorganize(
    ctx: &Ctx,
    partitions: &mut Partitions,
    names: &[Ident],
    into: Option<&Sql>,
) -> Outcome {
    let places = known(ctx, partitions, names)?;
    let span = names.first().map_or_else(Span::default, |it| it.span);
    let Some(into) = into else {
        let by_number = !partitions.has_values();
        return if by_number {
            // MySQL begins anew with the number that the engine proposes.
            if !ctx.is_mariadb() {
                (partitions.count, partitions.parts) = (1, Vec::new());
            }
            Ok(())
        } else {
            reject(ctx, span, "the new partitions are missing")
        };
    };
    let (Some(first), Some(last)) = (places.iter().min(), places.iter().max()) else {
        return reject(ctx, span, "the partitions are not named");
    };
    if last - first + 1 != places.len() {
        return reject(ctx, span, "the partitions do not stand side by side");
    }
    partitions.add(Vec::new());
    let new = read_list(ctx, into);
    let end = |it: Option<&Partition>| it.and_then(Partition::values).map(|it| it.1.to_owned());
    let is_last = last + 1 == partitions.parts.len();
    let (old_end, new_end) = (end(partitions.parts.get(*last)), end(new.last()));
    let shrinks = match (number(old_end.as_deref()), number(new_end.as_deref())) {
        (Some(old), Some(new)) => new < old,
        _ => old_end.as_deref() == Some("maxvalue") && new_end.as_deref() != Some("maxvalue"),
    };
    if partitions.method() == "range" && old_end != new_end && (!is_last || shrinks) {
        return reject(ctx, span, "the new ranges do not end where the old ones did");
    }
    if !partitions.has_values() && new.len() != places.len() {
        return reject(ctx, span, "the number of partitions cannot change like this");
    }
    partitions.parts.splice(first..=last, new);
    Ok(())
}

fn number(text: Option<&str>) -> Option<i64> {
    text.and_then(|it| it.parse().ok())
}

/// Returns the columns that tell partitions apart.
fn key_columns(ctx: &Ctx, table: &Table, partitions: &Partitions) -> Result<Vec<Name>, String> {
    let (text, is_list) = partitions.key();
    if is_list && text.is_empty() {
        let filled = |it: &&Name| table.column(it).is_some_and(|it| !it.nullable);
        let uniques = table.uniques.iter().map(|it| &it.columns);
        let mut keys = table.primary_key.iter().map(|it| &it.columns).chain(uniques);
        let key = keys.find(|it| it.iter().filter(filled).count() == it.len());
        return key.cloned().ok_or_else(|| "the table has no key to be partitioned by".into());
    }
    let sql = Sql { text, span: Span::default() };
    let names: Vec<Name> = if is_list {
        text.split(',').map(|it| ctx.dialect.column_name(it.trim())).collect()
    } else {
        ctx.read_expr(&sql).1.into_iter().map(|it| it.0).collect()
    };
    for name in &names {
        let Some(column) = table.column(name) else {
            return Err(format!("the table has no column `{name}` to be partitioned by"));
        };
        let is_bare = name.as_str().eq_ignore_ascii_case(text);
        let is_right = match is_list {
            true => may_list(ctx, column, partitions),
            false if is_bare => may_cut(ctx, column, partitions),
            false => is_steady(ctx, column, text),
        };
        if !is_right {
            return Err(format!("a column of type {} does not cut a table", column.ty));
        }
    }
    Ok(names)
}

/// Returns whether `KEY` or `COLUMNS` takes the column
/// (<https://dev.mysql.com/doc/refman/8.4/en/partitioning-columns.html>).
fn may_list(ctx: &Ctx, column: &Column, partitions: &Partitions) -> bool {
    match ctx.dialect.family(&column.ty) {
        Family::Text | Family::Json => false,
        Family::Bytes => column.ty.name.ends_with("binary"),
        Family::Decimal
        | Family::Float
        | Family::TimestampTz
        | Family::Bit
        | Family::Year
        | Family::Enum
        | Family::Set => !partitions.has_values(),
        _ => true,
    }
}

/// Returns whether the column can stand for a number that cuts the table.
fn may_cut(ctx: &Ctx, column: &Column, partitions: &Partitions) -> bool {
    match ctx.dialect.family(&column.ty) {
        Family::Int(_) | Family::Bool | Family::Bit | Family::Year => true,
        Family::Decimal => ctx.is_mariadb() && partitions.has_values(),
        _ => false,
    }
}

/// Returns whether what the expression makes of the column is the same in every session's time zone.
fn is_steady(ctx: &Ctx, column: &Column, text: &str) -> bool {
    let is_counted = text.contains(&format!("unix_timestamp({})", column.name.as_str()));
    match ctx.dialect.family(&column.ty) {
        Family::TimestampTz => is_counted,
        Family::Timestamp | Family::Date => !is_counted,
        Family::Char | Family::Varchar | Family::Text => false,
        _ => true,
    }
}

/// Returns a unique key that does not hold all of the columns.
fn lacking_key<'t>(table: &'t Table, columns: &[Name]) -> Option<&'t Name> {
    let keys = table.primary_key.iter().map(|it| (&it.name, it.columns.iter().collect()));
    let keys = keys.chain(table.uniques.iter().map(|it| (&it.name, it.columns.iter().collect())));
    let indexes = table.indexes.iter().filter(|it| it.unique).map(|it| {
        let whole = it.columns.iter().filter(|it| it.prefix.is_none());
        let names = whole.filter_map(|it| match &it.key {
            IndexKey::Column(name) => Some(name),
            IndexKey::Expr(_) => None,
        });
        (&it.name, names.collect())
    });
    let lacks = |own: &Vec<&Name>| !columns.iter().all(|it| own.contains(&it));
    keys.chain(indexes).find(|it| lacks(&it.1)).map(|it| it.0)
}

/// Returns the clause without what the server adds to it: quotes, the engine of each partition.
fn settled(clause: &Sql, lexis: &Lexis) -> String {
    let clause = relations::plain_text(clause.text, lexis);
    let words: Vec<&str> = clause.split_whitespace().collect();
    let text = words.join(" ").replace('`', "");
    let text = text.replace("( ", "(").replace(" )", ")").replace(" ,", ",").replace(", ", ",");
    let text = text.replace(" engine = innodb", "").replace(" engine=innodb", "");
    let text = text.replace(" engine innodb", "").replace(" storage engine", " engine");
    let text =
        text.replace("key */ algorithm", "key algorithm").replace("algorithm=", "algorithm = ");
    let text = text.replace("key algorithm = 2", "key");
    // Blanks in front of lists differ from server to server, and so do parentheses around an expression.
    mysql_bound::folded(&text.replace(" (", "("), lexis).replace(',', ", ")
}
