//! PostgreSQL's `ALTER INDEX`.

use super::cursor::{Cursor, Res};
use crate::sql::{
    ast::{AlterIndex, Ddl, IndexChange},
    token::Kind,
};

/// Reads what stands behind `ALTER INDEX`.
pub(in crate::sql) fn alter_index<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Option<Ddl<'a>>> {
    if ctx.is_all(&["all", "in"]) {
        return Err(ctx.not_replayed("alter index all in tablespace"));
    }
    let if_exists = ctx.if_exists();
    let name = ctx.name("an index name")?;
    if ctx.eat_all(&["rename", "to"]) {
        let to = ctx.ident("a name")?;
        return Ok(Some(Ddl::RenameIndex { name, to, if_exists }));
    }
    let change = change(ctx)?;
    Ok(Some(Ddl::AlterIndex(AlterIndex { name, if_exists, change })))
}

fn change<'a>(ctx: &mut Cursor<'a, '_>) -> Res<IndexChange<'a>> {
    if ctx.eat_all(&["attach", "partition"]) {
        return Ok(IndexChange::AttachPartition(ctx.name("an index name")?));
    }
    if ctx.eat_all(&["set", "tablespace"]) {
        let value = ctx.label("a tablespace")?.text.into_owned();
        return Ok(IndexChange::Options(vec![("tablespace".to_owned(), Some(value))]));
    }
    if ctx.eat("set") {
        let options = ctx.storage_parameters()?;
        let options = options.into_iter().map(|it| (it.key, Some(it.value.into_owned())));
        return Ok(IndexChange::Options(options.collect()));
    }
    if ctx.eat("reset") {
        let names = ctx.parameter_names()?;
        return Ok(IndexChange::Options(names.into_iter().map(|it| (it, None)).collect()));
    }
    if ctx.eat("alter") {
        ctx.eat("column");
        let column = ctx.bump();
        let number = ctx.raw(column).parse().ok().filter(|_| column.kind == Kind::Number);
        let Some(column) = number else { return Err(ctx.rejected("a column number")) };
        ctx.expect("set")?;
        ctx.expect("statistics")?;
        return Ok(IndexChange::Statistics { column, value: ctx.statistics_target() });
    }
    if ctx.is_any(&["owner", "no", "depends"]) {
        ctx.rest();
        return Ok(IndexChange::NoEffect);
    }
    Err(ctx.expected("`rename`"))
}

impl Cursor<'_, '_> {
    /// Reads a number or `DEFAULT`; -1 is the default too.
    pub(super) fn statistics_target(&mut self) -> Option<String> {
        let start = self.at;
        self.eat_symbol("-");
        self.bump();
        let text = self.since(start).text;
        (!text.starts_with('-') && !text.eq_ignore_ascii_case("default")).then(|| text.to_owned())
    }

    /// Reads `(name, …)`.
    pub(super) fn parameter_names(&mut self) -> Res<Vec<String>> {
        self.list(|it| {
            let name = it.name("a parameter")?;
            Ok(it.text[name.span.range()].to_ascii_lowercase())
        })
    }
}
