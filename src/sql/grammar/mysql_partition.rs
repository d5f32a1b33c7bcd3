//! Partitions of MySQL's tables in `ALTER TABLE` (<https://dev.mysql.com/doc/refman/8.4/en/alter-table-partition-operations.html>).

use super::cursor::{Cursor, Res};
use crate::sql::ast::{AlterKind, PartitionChange};

/// Verbs that move rows about without changing which partitions there are.
const MOVES: &[&str] = &[
    "analyze", "check", "discard", "exchange", "import", "optimize", "rebuild", "repair",
    "truncate",
];

/// Whether an action about partitions starts here.
pub(super) fn starts(ctx: &Cursor<'_, '_>) -> bool {
    ctx.is_all(&["partition", "by"])
        || ctx.is_all(&["remove", "partitioning"])
        || ctx.is_nth(1, "partition")
            && (ctx.is_any(MOVES) || ctx.is_any(&["add", "drop", "coalesce", "reorganize"]))
}

/// Reads one action about partitions.
pub(super) fn change<'a>(ctx: &mut Cursor<'a, '_>) -> Res<AlterKind<'a>> {
    let start = ctx.at;
    if ctx.is_all(&["partition", "by"]) {
        return Ok(AlterKind::Partition(PartitionChange::By(ctx.rest())));
    }
    if ctx.eat_all(&["remove", "partitioning"]) {
        return Ok(AlterKind::Partition(PartitionChange::Remove(ctx.span_since(start))));
    }
    if ctx.eat_any(MOVES).is_some() {
        ctx.rest();
        return Ok(AlterKind::NoEffect);
    }
    if ctx.eat_all(&["drop", "partition"]) {
        let if_exists = ctx.if_exists();
        let mut names = vec![ctx.ident("a partition name")?];
        while ctx.eat_symbol(",") {
            names.push(ctx.ident("a partition name")?);
        }
        return Ok(AlterKind::Partition(PartitionChange::Drop { names, if_exists }));
    }
    if ctx.eat_all(&["add", "partition"]) {
        let _ = ctx.if_not_exists();
        ctx.eat_any(&["no_write_to_binlog", "local"]);
        if ctx.is_symbol("(") {
            return Ok(AlterKind::Partition(PartitionChange::Add(ctx.parens()?)));
        }
    }
    let failure = ctx.not_replayed("alter table … reorganize partition");
    ctx.rest();
    Err(failure)
}
