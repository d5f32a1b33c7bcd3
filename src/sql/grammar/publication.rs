//! `CREATE PUBLICATION` and `ALTER PUBLICATION`.

use super::cursor::{Cursor, Res};
use crate::sql::ast::{AlterPublication, CreatePublication, Ddl, PublicationChange, Published};

/// Reads what stands behind `CREATE PUBLICATION`.
pub(in crate::sql) fn create_publication<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    if ctx.is_all(&["if", "not", "exists"]) {
        return Err(ctx.rejected("a publication name"));
    }
    let name = ctx.ident("a publication name")?;
    let all_tables = ctx.eat_all(&["for", "all", "tables"]);
    let items = if !all_tables && ctx.eat("for") { published(ctx)? } else { Vec::new() };
    let options = if ctx.eat("with") { options(ctx)? } else { Vec::new() };
    Ok(Ddl::CreatePublication(CreatePublication { name, all_tables, items, options }))
}

/// Reads what stands behind `ALTER PUBLICATION`; its owner is read elsewhere.
pub(in crate::sql) fn alter_publication<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    let name = ctx.ident("a publication name")?;
    let change = if ctx.eat("add") {
        PublicationChange::Add(published(ctx)?)
    } else if ctx.eat("drop") {
        PublicationChange::Drop(published(ctx)?)
    } else if ctx.eat_all(&["rename", "to"]) {
        PublicationChange::RenameTo(ctx.ident("a publication name")?)
    } else if ctx.eat("set") {
        if ctx.is_symbol("(") {
            PublicationChange::Options(options(ctx)?)
        } else {
            PublicationChange::Set(published(ctx)?)
        }
    } else {
        return Err(ctx.rejected("`add`, `set`, `drop` or `rename`"));
    };
    Ok(Ddl::AlterPublication(AlterPublication { name, change }))
}

/// `TABLE a, b (x) WHERE (…), TABLES IN SCHEMA s`: a word holds until the next one.
fn published<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Vec<Published<'a>>> {
    let mut res = Vec::new();
    let mut in_schema = None;
    loop {
        if ctx.eat_all(&["all", "tables", "in", "schema"])
            || ctx.eat_all(&["tables", "in", "schema"])
        {
            ctx.dated("tables in schema");
            in_schema = Some(true);
        } else if ctx.eat("table") {
            in_schema = Some(false);
        }
        match in_schema {
            Some(true) if ctx.eat("current_schema") => res.push(Published::Schema(None)),
            Some(true) => res.push(Published::Schema(Some(ctx.ident("a schema name")?))),
            Some(false) => res.push(table(ctx)?),
            None => return Err(ctx.rejected("`table` or `tables in schema`")),
        }
        if !ctx.eat_symbol(",") {
            return Ok(res);
        }
    }
}

fn table<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Published<'a>> {
    let only = ctx.eat("only");
    let name = ctx.name("a table name")?;
    ctx.eat_symbol("*");
    let columns = if ctx.is_symbol("(") { ctx.idents("a column name")? } else { Vec::new() };
    if !columns.is_empty() {
        ctx.dated("publish columns");
    }
    let condition = if ctx.eat("where") { Some(ctx.parens()?) } else { None };
    if condition.is_some() {
        ctx.dated("publish rows");
    }
    Ok(Published::Table { name, only, columns, condition })
}

/// `(publish = 'insert, update', publish_via_partition_root)`.
fn options(ctx: &mut Cursor<'_, '_>) -> Res<Vec<(String, String)>> {
    ctx.list(|it| {
        let key = it.label("an option")?.text.to_lowercase();
        let value = if it.eat_symbol("=") {
            it.word_or_string("a value")?.text.into_owned()
        } else {
            "true".to_owned()
        };
        Ok((key, value))
    })
}
