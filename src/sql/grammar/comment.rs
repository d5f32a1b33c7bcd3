//! `COMMENT ON`.

use super::cursor::{Cursor, Res};
use crate::sql::ast::{Comment, Ddl};

/// Reads what stands behind `COMMENT` (<https://www.postgresql.org/docs/current/sql-comment.html>).
pub(in crate::sql) fn comment<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    ctx.expect("on")?;
    let Some(kind) = ctx.object_kind() else { return Err(ctx.rejected("a kind of object")) };
    let on = ctx.object(kind, &["is"])?;
    if !ctx.eat("is") {
        return Err(ctx.rejected("`is`"));
    }
    let text = if ctx.eat("null") { None } else { Some(ctx.string("a comment in quotes")?) };
    Ok(Ddl::Comment(Comment { on, text }))
}
