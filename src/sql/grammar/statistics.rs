//! `CREATE STATISTICS` and `ALTER STATISTICS`.

use super::cursor::{Cursor, Res};
use crate::sql::ast::{AlterStatistics, CreateStatistics, Ddl, StatisticsChange};

const KINDS: &[&str] = &["dependencies", "mcv", "ndistinct"];

/// Reads what stands behind `CREATE STATISTICS`.
pub(in crate::sql) fn create_statistics<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    let if_not_exists = ctx.if_not_exists();
    let unnamed = ctx.is("on") || ctx.is_symbol("(");
    if unnamed {
        ctx.dated("statistics without a name");
    }
    let name = if unnamed { None } else { Some(ctx.name("a name")?) };
    let kinds = if ctx.is_symbol("(") {
        ctx.list(|it| {
            if !it.is_any(KINDS) {
                return Err(it.rejected("a kind of statistics"));
            }
            it.label("a kind of statistics")
        })?
    } else {
        Vec::new()
    };
    ctx.expect("on")?;
    let mut keys = Vec::new();
    loop {
        let start = ctx.at;
        ctx.skip_balanced(&["from"]);
        if ctx.at == start {
            return Err(ctx.rejected("a column"));
        }
        keys.push(ctx.since(start));
        if keys.last().is_some_and(|it| it.text.contains('(')) {
            ctx.dated("statistics of expressions");
        }
        if !ctx.eat_symbol(",") {
            break;
        }
    }
    ctx.expect("from")?;
    let table = ctx.name("a table name")?;
    let kinds = kinds.into_iter().map(|it| it.text.to_lowercase()).collect();
    Ok(Ddl::CreateStatistics(CreateStatistics { name, if_not_exists, kinds, keys, table }))
}

/// Reads what stands behind `ALTER STATISTICS`; its owner is read elsewhere.
pub(in crate::sql) fn alter_statistics<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    let if_exists = ctx.if_exists();
    let name = ctx.name("a name")?;
    let change = if ctx.eat_all(&["rename", "to"]) {
        StatisticsChange::RenameTo(ctx.ident("a name")?)
    } else if ctx.eat_all(&["set", "schema"]) {
        StatisticsChange::SetSchema(ctx.ident("a schema name")?)
    } else if ctx.eat_all(&["set", "statistics"]) {
        StatisticsChange::Target(ctx.rest())
    } else {
        return Err(ctx.rejected("`rename`, `set schema` or `set statistics`"));
    };
    Ok(Ddl::AlterStatistics(AlterStatistics { name, if_exists, change }))
}
