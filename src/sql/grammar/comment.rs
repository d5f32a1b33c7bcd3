//! `COMMENT ON`.

use super::cursor::{Cursor, Res};
use crate::sql::ast::{Comment, CommentTarget, Ddl};

/// Reads what stands behind `COMMENT`; `None` for objects that the schema does not record.
pub(in crate::sql) fn comment<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Option<Ddl<'a>>> {
    ctx.expect("on")?;
    let on = if ctx.eat("schema") {
        CommentTarget::Schema(ctx.ident("a schema name")?)
    } else if ctx.eat("table") {
        CommentTarget::Table(ctx.name("a table name")?)
    } else if ctx.eat("column") {
        let (table, column) = ctx.column_path()?;
        CommentTarget::Column(table, column)
    } else if ctx.eat("index") {
        CommentTarget::Index(ctx.name("an index name")?)
    } else if ctx.eat("sequence") {
        CommentTarget::Sequence(ctx.name("a sequence name")?)
    } else if ctx.eat("type") {
        CommentTarget::Type(ctx.name("a type name")?)
    } else if ctx.is("constraint") && !ctx.is_nth(3, "domain") {
        ctx.at += 1;
        let name = ctx.ident("a constraint name")?;
        ctx.expect("on")?;
        CommentTarget::Constraint { name, table: ctx.name("a table name")? }
    } else {
        ctx.rest();
        return Ok(None);
    };
    if !ctx.eat("is") {
        return Err(ctx.rejected("`is`"));
    }
    let text = if ctx.eat("null") { None } else { Some(ctx.string("a comment in quotes")?) };
    Ok(Some(Ddl::Comment(Comment { on, text })))
}
