//! How many bytes MySQL's and MariaDB's keys and rows take, and what becomes of those that are too long.

use super::{ctx::Ctx, index_key, whole_table::is_innodb};
use crate::{
    base::Name,
    dialect::Family,
    model::{Column, ColumnType, Index, IndexKey, Kind, PrimaryKey, Table, Unique},
};

/// The longest key of `InnoDB` in bytes (<https://dev.mysql.com/doc/refman/8.4/en/innodb-limits.html>).
const KEY_BYTES: u64 = 3072;
/// The longest part of one in the old row formats.
const OLD_PART_BYTES: u64 = 767;
/// The longest row, but for what is kept outside
/// (<https://dev.mysql.com/doc/refman/8.4/en/column-count-limit.html#row-size-limits>).
const ROW_BYTES: u64 = 65_535;

/// Makes TEXT of what is too long for VARCHAR, where the session's mode lets it
/// (<https://dev.mysql.com/doc/refman/8.4/en/silent-column-changes.html>).
pub(super) fn turn_to_text(ctx: &Ctx, table: &mut Table) {
    if ctx.modes.is_strict() {
        return;
    }
    for at in 0..table.columns.len() {
        let it = &table.columns[at];
        let name = match (ctx.dialect.family(&it.ty), &*it.ty.name) {
            (Family::Varchar, _) => "mediumtext",
            (Family::Bytes, "varbinary") => "mediumblob",
            _ => continue,
        };
        if length(it) * ctx.width(table, it) > ROW_BYTES {
            table.columns[at].ty = ColumnType::new(name);
        }
    }
}

/// Cuts indexes short where they have to be; returns what is too long.
pub(super) fn fit(ctx: &Ctx, table: &mut Table) -> Option<String> {
    if row_bytes(ctx, table) > ROW_BYTES {
        return Some(format!("a row of table `{}` is longer than {ROW_BYTES} bytes", table.name));
    }
    let limit = key_limit(table);
    if ctx.is_mariadb() {
        hash(ctx, table, limit);
    }
    fit_keys(ctx, table, limit)
        .or_else(|| fit_indexes(ctx, table, limit))
        .or_else(|| old_part(ctx, table))
}

/// Returns how long a key of the table's engine is at most.
fn key_limit(table: &Table) -> u64 {
    // https://dev.mysql.com/doc/refman/8.4/en/myisam-storage-engine.html, https://mariadb.com/kb/en/aria-storage-engine/
    match table.options.get("engine").map(|it| it.to_ascii_lowercase()).as_deref() {
        Some("myisam") => 1000,
        Some("aria") => 2000,
        _ => KEY_BYTES,
    }
}

fn fit_keys(ctx: &Ctx, own: &Table, limit: u64) -> Option<String> {
    let primary = own.primary_key.iter().map(|it| (PrimaryKey::INFO, &it.columns));
    // MariaDB hashes what is too long to be compared.
    let uniques = own.uniques.iter().map(|it| (Unique::INFO, &it.columns));
    let uniques = uniques.filter(|_| !ctx.is_mariadb());
    for (kind, columns) in primary.chain(uniques) {
        let mut sum = 0;
        for column in columns.iter().filter_map(|it| own.column(it)) {
            let Some(bytes) = bytes(ctx, own, column) else {
                return Some(format!(
                    "the {} needs to say how much of `{}` it holds",
                    kind.noun, column.name
                ));
            };
            sum += bytes;
        }
        if sum > limit {
            return Some(format!("the {} is longer than {limit} bytes", kind.noun));
        }
    }
    None
}

/// MariaDB hashes the unique keys that are too long to be compared, and what is hashed has no order.
fn hash(ctx: &Ctx, table: &mut Table, limit: u64) {
    let is_long = |it: &Index| {
        let own = parts(ctx, table, it).map(|it| it.1.1);
        own.collect::<Option<Vec<u64>>>().is_none_or(|it| it.iter().sum::<u64>() > limit)
    };
    let is_ordered = |it: &Index| it.unique && it.columns.iter().any(|it| it.descending);
    let own = table.indexes.iter().enumerate();
    let hashed: Vec<usize> =
        own.filter(|it| is_ordered(it.1) && is_long(it.1)).map(|it| it.0).collect();
    for at in &hashed {
        table.indexes[*at].columns.iter_mut().for_each(|it| it.descending = false);
    }
    if !hashed.is_empty() {
        index_key::unique_keys(table);
    }
}

/// Cuts the parts of indexes short where they have to be: in MariaDB (<https://mariadb.com/kb/en/innodb-limitations/>),
/// and in MySQL where the session's mode lets it.
fn fit_indexes(ctx: &Ctx, table: &mut Table, limit: u64) -> Option<String> {
    let mut cuts = Vec::new();
    for (at, index) in table.indexes.iter().enumerate().filter(|it| it.1.method.is_none()) {
        if ctx.is_mariadb() && index.unique {
            continue;
        }
        let may_cut = ctx.is_mariadb() || !index.unique && !ctx.modes.is_strict();
        let mut sum = 0;
        for (part, (column, own)) in parts(ctx, table, index) {
            if let Some(bytes) = own.filter(|it| *it <= limit) {
                sum += bytes;
            } else if own.is_none() && !ctx.is_mariadb() {
                return Some(format!(
                    "index `{}` needs to say how much of `{}` it holds",
                    index.name, column.name
                ));
            } else if may_cut {
                let width = ctx.width(table, column);
                let length = (limit / width).min(longest(&column.ty));
                cuts.push((at, part, length));
                sum += length * width;
            } else {
                return Some(format!("index `{}` is longer than {limit} bytes", index.name));
            }
        }
        if sum > limit {
            return Some(format!("index `{}` is longer than {limit} bytes", index.name));
        }
    }
    for (at, part, prefix) in cuts {
        table.indexes[at].columns[part].prefix = u32::try_from(prefix).ok();
    }
    None
}

/// Returns how many characters or bytes there can be at most, for the types that may hold less than a key.
fn longest(ty: &ColumnType) -> u64 {
    if ty.name.starts_with("tiny") { 255 } else { u64::MAX }
}

/// A column and how many bytes of it a key holds.
type Part<'t> = (&'t Column, Option<u64>);

/// Returns the columns of an index, each with its place.
fn parts<'t>(
    ctx: &Ctx,
    table: &'t Table,
    index: &'t Index,
) -> impl Iterator<Item = (usize, Part<'t>)> {
    index.columns.iter().enumerate().filter_map(|(at, it)| {
        let IndexKey::Column(name) = &it.key else { return None };
        let column = table.column(name)?;
        let own = match it.prefix {
            Some(prefix) => Some(u64::from(prefix) * width(ctx, table, column)),
            None => bytes(ctx, table, column),
        };
        Some((at, (column, own)))
    })
}

/// The old row formats of `InnoDB` keep less of each column.
fn old_part(ctx: &Ctx, table: &Table) -> Option<String> {
    let is_old =
        |it: &String| ["compact", "redundant"].iter().any(|old| it.eq_ignore_ascii_case(old));
    if !is_innodb(table) || !table.options.get("row_format").is_some_and(is_old) {
        return None;
    }
    let bytes_of = |columns: &[Name]| {
        let own = columns.iter().filter_map(|it| table.column(it));
        own.map(|it| bytes(ctx, table, it)).collect::<Option<Vec<u64>>>()
    };
    // MariaDB hashes what is too long to be compared.
    let is_kept = |all: &Vec<u64>| !ctx.is_mariadb() || all.iter().sum::<u64>() <= KEY_BYTES;
    let primary = table.primary_key.iter().map(|it| (&it.name, &it.columns));
    let keys = primary.chain(table.uniques.iter().map(|it| (&it.name, &it.columns)));
    let whole = keys.flat_map(|(name, columns)| {
        let all = bytes_of(columns).filter(is_kept).unwrap_or_default();
        all.into_iter().map(move |it| (name, Some(it)))
    });
    let cut = table.indexes.iter().filter(|it| it.method.is_none());
    let cut = cut.flat_map(|it| parts(ctx, table, it).map(move |(_, part)| (&it.name, part.1)));
    let is_long = |it: &(_, Option<u64>)| it.1.is_some_and(|it| it > OLD_PART_BYTES);
    let (name, _) = whole.chain(cut).find(is_long)?;
    Some(format!("`{name}` holds more than {OLD_PART_BYTES} bytes of a column"))
}

/// Returns how many bytes a row takes at most, without what is kept outside.
fn row_bytes(ctx: &Ctx, table: &Table) -> u64 {
    let own = |it: &Column| match ctx.dialect.family(&it.ty) {
        Family::Varchar => length(it) * ctx.width(table, it) + 2,
        Family::Bytes if &*it.ty.name == "varbinary" => length(it) + 2,
        Family::Char => length(it) * ctx.width(table, it),
        Family::Text | Family::Json | Family::Bytes => 10,
        _ => bytes(ctx, table, it).unwrap_or(0),
    };
    let n_nullable = table.columns.iter().filter(|it| it.nullable).count() as u64;
    table.columns.iter().map(own).sum::<u64>() + n_nullable.div_ceil(8)
}

impl Ctx<'_, '_> {
    /// Whether the table is one of the engine that knows foreign keys, or of another database.
    pub(super) fn is_innodb(&self, table: &Table) -> bool {
        !self.is_mysql() || is_innodb(table)
    }

    /// Returns how many bytes one character of the column takes.
    pub(super) fn width(&self, table: &Table, it: &Column) -> u64 {
        width(self, table, it).max(1)
    }
}

/// Returns how many bytes one character of the column takes.
fn width(ctx: &Ctx, table: &Table, column: &Column) -> u64 {
    // https://mariadb.com/kb/en/json/: a LONGTEXT of utf8mb4.
    if ctx.is_mariadb() && ctx.dialect.family(&column.ty) == Family::Json {
        return 4;
    }
    if !ctx.dialect.has_charset(&column.ty) {
        return 1;
    }
    let collate = column.collate.as_deref().unwrap_or_else(|| ctx.dialect.table_collate(table));
    ctx.dialect.charset_of(collate).map_or(1, |it| it.bytes.into())
}

fn length(column: &Column) -> u64 {
    column.ty.args.first().and_then(|it| it.parse().ok()).unwrap_or(1)
}

/// Returns whether a key holds these columns whole, rather than a hash of them.
pub(super) fn holds_whole<'t>(
    ctx: &Ctx,
    table: &Table,
    columns: impl IntoIterator<Item = &'t Column>,
) -> bool {
    let sum: Option<u64> = columns.into_iter().map(|it| bytes(ctx, table, it)).sum();
    sum.is_some_and(|it| it <= key_limit(table))
}

/// Returns how many bytes of a key the whole column takes; `None` if it has no limit.
fn bytes(ctx: &Ctx, table: &Table, column: &Column) -> Option<u64> {
    Some(match ctx.dialect.family(&column.ty) {
        Family::Text | Family::Json => return None,
        Family::Bytes if !column.ty.name.ends_with("binary") => return None,
        Family::Char | Family::Varchar => length(column) * width(ctx, table, column),
        Family::Bytes => length(column),
        Family::Int(bits) => u64::from(bits / 8),
        Family::Bool | Family::Year => 1,
        Family::Decimal => length(column) / 2 + 1,
        _ => 8,
    })
}
