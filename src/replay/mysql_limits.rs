//! What MySQL and MariaDB make of no column or index, whatever else a table holds.

use super::ctx::Ctx;
use crate::{
    dialect::Family,
    model::{Column, ColumnType, Index, Table},
};

/// Returns the first limit that the table breaks.
pub(super) fn fault(ctx: &Ctx, table: &Table) -> Option<String> {
    table
        .columns
        .iter()
        .find_map(|it| column(ctx, table, it))
        .or_else(|| table.indexes.iter().find_map(|it| spatial(table, it)))
        .or_else(|| comments(ctx, table))
        .or_else(|| engine(ctx, table))
        .or_else(|| pages(ctx, table))
}

fn column(ctx: &Ctx, table: &Table, it: &Column) -> Option<String> {
    let family = ctx.dialect.family(&it.ty);
    let reason = if it.identity.is_some()
        && !matches!(family, Family::Int(_) | Family::Float | Family::Bool)
    {
        Some("cannot be numbered".to_owned())
    } else if it.generated.is_some() && it.default.is_some() {
        Some("is generated, and has no default".to_owned())
    } else {
        size(it, family)
            .or_else(|| length(ctx, table, it, family))
            .or_else(|| values(ctx, it, family))
            .or_else(|| charset(ctx, it))
    }?;
    Some(format!("column `{}` of type {} {reason}", it.name, it.ty))
}

/// Returns what is wrong with the type of a column, whatever table it is in.
pub(super) fn declared(ctx: &Ctx, it: &Column) -> Option<String> {
    let reason = size(it, ctx.dialect.family(&it.ty))?;
    Some(format!("column `{}` of type {} {reason}", it.name, it.ty))
}

/// <https://dev.mysql.com/doc/refman/8.4/en/numeric-type-syntax.html>
fn size(it: &Column, family: Family) -> Option<String> {
    let number = |at: usize| it.ty.args.get(at).and_then(|it| it.parse::<u64>().ok());
    let (size, scale) = (number(0)?, number(1));
    let most = match family {
        Family::Decimal => 65,
        Family::Float if scale.is_none() => 53,
        Family::Float | Family::Char => 255,
        Family::Bit => 64,
        Family::Bytes if &*it.ty.name == "binary" => 255,
        Family::Time | Family::Timestamp | Family::TimestampTz => 6,
        _ => return None,
    };
    if size > most {
        return Some(format!("is larger than {most}"));
    }
    let has_scale = matches!(family, Family::Decimal | Family::Float);
    let scale = scale.filter(|it| has_scale && (*it > 30 || *it > size))?;
    Some(format!("has no {scale} digits behind the point"))
}

/// <https://dev.mysql.com/doc/refman/8.4/en/string-type-syntax.html>
fn length(ctx: &Ctx, table: &Table, it: &Column, family: Family) -> Option<String> {
    let most = match family {
        Family::Varchar => 65_535 / ctx.width(table, it),
        Family::Bytes if &*it.ty.name == "varbinary" => 65_535,
        _ => return None,
    };
    let size = it.ty.args.first()?.parse::<u64>().ok()?;
    (size > most).then(|| format!("is larger than {most}"))
}

fn values(ctx: &Ctx, it: &Column, family: Family) -> Option<String> {
    let all = &it.ty.values;
    let twice = (1..all.len())
        .find(|&at| all[..at].iter().any(|other| other.eq_ignore_ascii_case(&all[at])));
    if let Some(at) = twice.filter(|_| ctx.modes.is_strict()) {
        return Some(format!("has `{}` twice", all[at]));
    }
    let comma = all.iter().find(|it| family == Family::Set && it.contains(','))?;
    Some(format!("cannot tell `{comma}` from two values"))
}

/// A collation is one of a character set.
fn charset(ctx: &Ctx, it: &Column) -> Option<String> {
    let (charset, collate) = (it.charset.as_deref()?, it.collate.as_deref()?);
    let own = ctx.dialect.charset_of(collate)?;
    let said = ctx.dialect.charset(charset)?;
    (own.name != said.name).then(|| format!("has a collation that is not one of {charset}"))
}

/// <https://dev.mysql.com/doc/refman/8.4/en/create-table.html>: `COMMENT`; what is longer is cut where the mode lets it.
fn comments(ctx: &Ctx, table: &Table) -> Option<String> {
    let is_long = |it: &Option<String>, most: usize| {
        it.as_ref().is_some_and(|it| it.len() > most && it.chars().count() > most)
    };
    if !ctx.modes.is_strict() {
        return None;
    }
    if is_long(&table.comment, 2048) {
        return Some(format!("the comment of table `{}` is too long", table.name));
    }
    let column = table.columns.iter().find(|it| is_long(&it.comment, 1024)).map(|it| &it.name);
    let index = || table.indexes.iter().find(|it| is_long(&it.comment, 1024)).map(|it| &it.name);
    column.or_else(index).map(|it| format!("the comment of `{it}` is too long"))
}

/// <https://dev.mysql.com/doc/refman/8.4/en/innodb-parameters.html#sysvar_innodb_strict_mode>
fn pages(ctx: &Ctx, table: &Table) -> Option<String> {
    let size = table.options.get("key_block_size").filter(|_| ctx.is_innodb(table))?;
    let rows = table.options.get("row_format").map(|it| it.to_ascii_lowercase());
    let is_size = ["0", "1", "2", "4", "8", "16"].contains(&size.as_str());
    let is_other = rows.is_some_and(|it| !matches!(it.as_str(), "compressed" | "default"));
    (!is_size || is_other && size != "0").then(|| {
        format!("table `{}` cannot be compressed to pages of {size} kilobytes", table.name)
    })
}

/// Whether values of the type are shapes.
pub(super) fn is_shape(ty: &ColumnType) -> bool {
    SPATIAL.contains(&&*ty.name)
}

const SPATIAL: [&str; 9] = [
    "geometry",
    "geometrycollection",
    "geomcollection",
    "linestring",
    "multilinestring",
    "multipoint",
    "multipolygon",
    "point",
    "polygon",
];

/// <https://dev.mysql.com/doc/refman/8.4/en/creating-spatial-indexes.html>
fn spatial(table: &Table, index: &Index) -> Option<String> {
    if index.method.as_deref() != Some("spatial") {
        return None;
    }
    let mut columns = table.columns.iter().filter(|it| index.mentions(&it.name));
    let other = columns.find(|it| it.nullable || !is_shape(&it.ty))?;
    Some(format!(
        "spatial index `{}` holds no `{}`, which may be NULL or is no shape",
        index.name, other.name
    ))
}

/// What the storage engines do without (<https://dev.mysql.com/doc/refman/8.4/en/storage-engines.html>).
fn engine(ctx: &Ctx, table: &Table) -> Option<String> {
    let engine = table.options.get("engine")?.to_ascii_lowercase();
    let is_referred = || ctx.checks_keys && ctx.referrers(&table.name).next().is_some();
    if !ctx.is_innodb(table) && (!table.foreign_keys.is_empty() || is_referred()) {
        return Some(format!(
            "engine {engine} knows no foreign keys, as table `{}` has",
            table.name
        ));
    }
    let has_keys =
        table.primary_key.is_some() || !table.uniques.is_empty() || !table.indexes.is_empty();
    if engine == "csv" && has_keys {
        return Some(format!("engine {engine} has no keys"));
    }
    // https://dev.mysql.com/doc/refman/8.4/en/innodb-parameters.html#sysvar_innodb_strict_mode
    let is_fixed = |it: &String| it.eq_ignore_ascii_case("fixed");
    if ctx.is_innodb(table) && table.options.get("row_format").is_some_and(is_fixed) {
        return Some(format!("engine {engine} has no fixed rows"));
    }
    let found = match engine.as_str() {
        "memory" | "heap" => table.columns.iter().find(|it| ctx.dialect.is_unbounded(&it.ty)),
        "csv" => table.columns.iter().find(|it| it.nullable),
        _ => None,
    }?;
    Some(format!("engine {engine} takes no column like `{}`", found.name))
}
