//! Foreign tables, and the options of what stands for something outside
//! (<https://www.postgresql.org/docs/current/sql-createforeigntable.html>).

use super::{
    create_table::{bare_parts, empty, parts},
    cursor::{Cursor, Res},
    definition,
};
use crate::sql::{
    ast::{Ddl, ForeignDef, OptionChange},
    token::Kind,
};

/// Reads what stands behind `CREATE FOREIGN TABLE`.
pub(in crate::sql) fn create_foreign_table<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    let if_not_exists = ctx.if_not_exists();
    let mut table = empty(ctx.name("a table name")?);
    table.if_not_exists = if_not_exists;
    if ctx.eat_all(&["partition", "of"]) {
        let parent = ctx.name("a table name")?;
        if ctx.is_symbol("(") {
            bare_parts(ctx, &mut table)?;
        }
        table.partition_of = Some((parent, ctx.partition_bound()?));
    } else {
        parts(ctx, &mut table)?;
    }
    if ctx.eat("inherits") {
        table.inherits = ctx.list(|it| it.name("a table name"))?;
    }
    if !ctx.eat("server") {
        return Err(ctx.rejected("`server`"));
    }
    let server = ctx.ident("a server")?;
    let options = definition::options(ctx)?;
    table.foreign = Some(ForeignDef { server, options });
    Ok(Ddl::CreateTable(table))
}

impl<'a> Cursor<'a, '_> {
    /// Reads `OPTIONS ([ADD | SET | DROP] name ['value'], …)`.
    pub(super) fn foreign_options(&mut self) -> Res<Vec<OptionChange<'a>>> {
        self.expect("options")?;
        self.list(|it| {
            let is_verb = matches!(it.nth(1).kind, Kind::Word | Kind::Quoted);
            let verb = if is_verb { it.eat_any(&["add", "set", "drop"]) } else { None };
            let (is_set, is_drop) = (
                verb.is_some_and(|it| it.eq_ignore_ascii_case("set")),
                verb.is_some_and(|it| it.eq_ignore_ascii_case("drop")),
            );
            let name = it.label("an option")?;
            if is_drop {
                return Ok(OptionChange::Drop(name));
            }
            let value = it.string("a value in quotes")?;
            Ok(if is_set { OptionChange::Set(name, value) } else { OptionChange::Add(name, value) })
        })
    }
}
