//! `CREATE EXTENSION` and `ALTER EXTENSION`.

use super::cursor::{Cursor, Res};
use crate::sql::ast::{AlterExtension, CreateExtension, Ddl};

/// Reads what stands behind `CREATE EXTENSION`.
pub(in crate::sql) fn create_extension<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    let if_not_exists = ctx.if_not_exists();
    let name = ctx.ident("an extension name")?;
    let mut res =
        CreateExtension { name, if_not_exists, schema: None, version: None, cascade: false };
    ctx.eat("with");
    while !ctx.is_end() {
        if ctx.eat("schema") {
            res.schema = Some(ctx.ident("a schema name")?);
        } else if ctx.eat("version") {
            res.version = Some(ctx.word_or_string("a version")?.text.into_owned());
        } else if ctx.eat("cascade") {
            res.cascade = true;
        } else {
            return Err(ctx.rejected("`schema`, `version` or `cascade`"));
        }
    }
    Ok(Ddl::CreateExtension(res))
}

/// Reads what stands behind `ALTER EXTENSION`.
pub(in crate::sql) fn alter_extension<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    let name = ctx.ident("an extension name")?;
    let schema = if ctx.eat("update") {
        if ctx.eat("to") {
            ctx.word_or_string("a version")?;
        }
        None
    } else if ctx.eat_all(&["set", "schema"]) {
        Some(ctx.ident("a schema name")?)
    } else if ctx.is_any(&["add", "drop"]) {
        return Err(ctx.not_replayed("alter extension … add"));
    } else {
        return Err(ctx.rejected("`update`, `set schema`, `add` or `drop`"));
    };
    Ok(Ddl::AlterExtension(AlterExtension { name, schema }))
}
