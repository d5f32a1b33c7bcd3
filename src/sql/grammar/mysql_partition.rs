//! Partitions of MySQL's tables in `ALTER TABLE` (<https://dev.mysql.com/doc/refman/8.4/en/alter-table-partition-operations.html>).

use super::cursor::{Cursor, Res};
use crate::sql::ast::{AlterKind, Ident, PartitionChange};

/// Verbs that move rows about without changing which partitions there are.
const MOVES: &[&str] =
    &["analyze", "check", "discard", "import", "optimize", "rebuild", "repair", "truncate"];

/// Whether an action about partitions starts here.
pub(super) fn starts(ctx: &Cursor<'_, '_>) -> bool {
    ctx.is_all(&["partition", "by"])
        || ctx.is_all(&["remove", "partitioning"])
        || ctx.is_nth(1, "partition")
            && (ctx.is_any(MOVES)
                || ctx.is_any(&["add", "drop", "coalesce", "exchange", "reorganize"]))
}

/// Reads one action about partitions.
pub(super) fn change<'a>(ctx: &mut Cursor<'a, '_>) -> Res<AlterKind<'a>> {
    read(ctx).map(AlterKind::Partition)
}

fn read<'a>(ctx: &mut Cursor<'a, '_>) -> Res<PartitionChange<'a>> {
    let start = ctx.at;
    if ctx.is_all(&["partition", "by"]) {
        return Ok(PartitionChange::By(ctx.rest()));
    }
    if ctx.eat_all(&["remove", "partitioning"]) {
        return Ok(PartitionChange::Remove(ctx.span_since(start)));
    }
    let tells = ctx.is_any(&["analyze", "check", "optimize", "repair"]);
    if ctx.eat_any(MOVES).is_some() {
        ctx.expect("partition")?;
        let names = if ctx.eat("all") { Vec::new() } else { names(ctx)? };
        ctx.rest();
        // These tell of a name that is wrong among their results.
        let names = if tells { Vec::new() } else { names };
        return Ok(PartitionChange::Move { names, span: ctx.span_since(start) });
    }
    if ctx.eat_all(&["exchange", "partition"]) {
        let name = ctx.ident("a partition name")?;
        ctx.expect("with")?;
        ctx.expect("table")?;
        let table = ctx.name("a table name")?;
        if ctx.lexis.mariadb_comments && !ctx.is_end() && !ctx.is_symbol(",") {
            return Err(ctx.rejected("the end"));
        }
        if ctx.eat_any(&["with", "without"]).is_some() {
            ctx.expect("validation")?;
        }
        return Ok(PartitionChange::Exchange { name, table, span: ctx.span_since(start) });
    }
    if ctx.eat_all(&["drop", "partition"]) {
        let if_exists = ctx.if_exists();
        let names = names(ctx)?;
        return Ok(PartitionChange::Drop { names, if_exists, span: ctx.span_since(start) });
    }
    if ctx.eat_all(&["add", "partition"]) {
        let if_not_exists = ctx.if_not_exists();
        ctx.eat_any(&["no_write_to_binlog", "local"]);
        if ctx.eat("partitions") {
            return Ok(PartitionChange::Grow(number(ctx)?, ctx.span_since(start)));
        }
        return Ok(PartitionChange::Add { list: ctx.parens()?, if_not_exists });
    }
    if ctx.eat_all(&["coalesce", "partition"]) {
        ctx.eat_any(&["no_write_to_binlog", "local"]);
        return Ok(PartitionChange::Shrink(number(ctx)?, ctx.span_since(start)));
    }
    ctx.expect("reorganize")?;
    ctx.expect("partition")?;
    ctx.eat_any(&["no_write_to_binlog", "local"]);
    if ctx.is_end() {
        let span = ctx.span_since(start);
        return Ok(PartitionChange::Reorganize { names: Vec::new(), into: None, span });
    }
    let names = names(ctx)?;
    ctx.expect("into")?;
    let into = Some(ctx.parens()?);
    Ok(PartitionChange::Reorganize { names, into, span: ctx.span_since(start) })
}

fn names<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Vec<Ident<'a>>> {
    let mut names = vec![ctx.ident("a partition name")?];
    while ctx.eat_symbol(",") {
        names.push(ctx.ident("a partition name")?);
    }
    Ok(names)
}

fn number(ctx: &mut Cursor<'_, '_>) -> Res<usize> {
    let number = ctx.raw(ctx.peek()).parse().ok();
    ctx.bump();
    number.ok_or_else(|| ctx.rejected("a number"))
}
