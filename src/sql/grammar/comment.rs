//! `COMMENT ON`.

use super::cursor::{Cursor, Res};
use crate::sql::ast::{Comment, CommentTarget, Ddl, Ident, ObjectName};

/// Reads what stands behind `COMMENT`; `None` for objects that the schema does not record.
pub(in crate::sql) fn comment<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Option<Ddl<'a>>> {
    ctx.expect("on")?;
    let on = if ctx.eat("schema") {
        CommentTarget::Schema(ctx.ident("a schema name")?)
    } else if ctx.eat("table") {
        CommentTarget::Table(ctx.name("a table name")?)
    } else if ctx.eat("column") {
        column(ctx)?
    } else if ctx.eat("index") {
        CommentTarget::Index(ctx.name("an index name")?)
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

/// The last part of the path is the column; a database in front of three others is dropped.
fn column<'a>(ctx: &mut Cursor<'a, '_>) -> Res<CommentTarget<'a>> {
    let mut parts: Vec<Ident<'a>> = vec![ctx.ident("a column name")?];
    while ctx.eat_symbol(".") {
        parts.push(ctx.label("a column name")?);
    }
    let (Some(column), Some(name)) = (parts.pop(), parts.pop()) else {
        return Err(ctx.rejected("`.` and a column name"));
    };
    let schema = parts.pop();
    let span = schema.as_ref().map_or(name.span, |it| it.span).to(name.span);
    Ok(CommentTarget::Column(ObjectName { schema, name, span }, column))
}
