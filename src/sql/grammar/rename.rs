//! `RENAME`, as a statement and as a part of `ALTER TABLE`.

use super::cursor::{Cursor, Res};
use crate::sql::{
    ast::{AlterKind, Ddl},
    lexis::Family,
};

/// Reads what stands behind `RENAME TABLE`.
pub(in crate::sql) fn rename_tables<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    ctx.refuse_if_exists()?;
    let if_exists = ctx.if_exists();
    let mut pairs = Vec::new();
    loop {
        let from = ctx.name("a table name")?;
        ctx.expect("to")?;
        pairs.push((from, ctx.name("a table name")?));
        if !ctx.eat_symbol(",") {
            return Ok(Ddl::RenameTables { pairs, if_exists });
        }
    }
}

/// Reads what stands behind `ALTER TABLE t RENAME`.
pub(super) fn rename_part<'a>(ctx: &mut Cursor<'a, '_>) -> Res<AlterKind<'a>> {
    let mysql = ctx.family() == Family::MySql;
    if ctx.eat_of(Family::Postgres, "constraint") {
        let from = ctx.ident("a constraint name")?;
        ctx.expect("to")?;
        return Ok(AlterKind::RenameConstraint { from, to: ctx.ident("a name")? });
    }
    if mysql && ctx.eat_any(&["index", "key"]).is_some() {
        ctx.if_exists();
        let from = ctx.ident("an index name")?;
        ctx.expect("to")?;
        return Ok(AlterKind::RenameIndex { from, to: ctx.ident("a name")? });
    }
    if ctx.eat("to") || mysql && (ctx.eat("as") || ctx.eat_symbol("=")) {
        return Ok(AlterKind::RenameTo(ctx.name("a table name")?));
    }
    let column = ctx.eat("column");
    let if_exists = column && ctx.if_exists();
    // MySQL: `RENAME new` without a word between.
    if mysql && !column {
        return Ok(AlterKind::RenameTo(ctx.name("a table name")?));
    }
    let from = ctx.ident("a column name")?;
    ctx.expect("to")?;
    Ok(AlterKind::RenameColumn { from, to: ctx.ident("a column name")?, if_exists })
}
