//! Views, materialized views and rules.

use std::borrow::Cow;

use super::{
    cursor::{Cursor, Res},
    plpgsql,
};
use crate::sql::{
    ast::{AlterRule, AlterView, CreateRule, CreateView, Ddl, TableOption, ViewChange},
    lexis::Family,
};

/// Whether a view follows, behind `CREATE [OR REPLACE]`.
pub(in crate::sql) fn starts_view(ctx: &Cursor<'_, '_>) -> bool {
    const BEFORE: &[&str] =
        &["temp", "temporary", "global", "local", "recursive", "materialized", "unlogged"];
    let n = (0..3).find(|&n| !BEFORE.iter().any(|it| ctx.is_nth(n, it))).unwrap_or(3);
    ctx.is_nth(n, "view")
}

/// Reads what stands behind `CREATE [OR REPLACE]`.
pub(in crate::sql) fn create_view<'a>(ctx: &mut Cursor<'a, '_>, or_replace: bool) -> Res<Ddl<'a>> {
    let (mut temporary, mut recursive, mut materialized) = (false, false, false);
    while !ctx.eat("view") {
        if ctx.is("unlogged") {
            return Err(ctx.rejected("`view`"));
        }
        temporary |= ctx.is_any(&["temp", "temporary"]);
        recursive |= ctx.is("recursive");
        materialized |= ctx.is("materialized");
        ctx.bump();
    }
    let has_if = materialized || ctx.family() != Family::Postgres;
    let if_not_exists = has_if && ctx.if_not_exists();
    let name = ctx.name("a view name")?;
    let columns = if ctx.is_symbol("(") { ctx.idents("a column name")? } else { Vec::new() };
    if recursive && columns.is_empty() {
        return Err(ctx.rejected("`(` and the names of the columns"));
    }
    let mut options = Vec::new();
    if materialized && ctx.eat("using") {
        ctx.label("an access method")?;
    }
    if ctx.eat("with") {
        options = ctx.storage_parameters()?;
    }
    if ctx.eat("tablespace") {
        ctx.label("a tablespace")?;
    }
    ctx.expect("as")?;
    if ctx.is_any(&["insert", "update", "delete", "merge"]) {
        return Err(ctx.rejected("a query"));
    }
    let start = ctx.at;
    let n_tail = tail(ctx, start, materialized, &mut options);
    ctx.at = ctx.last() - n_tail;
    if ctx.at <= start {
        return Err(ctx.rejected("a query"));
    }
    let query = ctx.since(start);
    ctx.refuse_into(start)?;
    let without_data = materialized && ctx.eat_all(&["with", "no", "data"]);
    ctx.rest();
    Ok(Ddl::CreateView(CreateView {
        name,
        materialized,
        or_replace,
        temporary,
        recursive,
        if_not_exists,
        columns,
        options,
        query,
        without_data,
    }))
}

impl Cursor<'_, '_> {
    /// Refuses `SELECT … INTO` among the tokens from there to here, and what only a prepared query can name.
    fn refuse_into(&mut self, start: usize) -> Res<()> {
        let end = self.at;
        let mut depth = 0_usize;
        for at in start..end {
            self.at = at;
            match self.raw(self.peek()) {
                "(" => depth += 1,
                ")" => depth = depth.saturating_sub(1),
                it if it.starts_with('$') && it[1..].bytes().all(|it| it.is_ascii_digit()) => {
                    return Err(self.rejected("a value"));
                }
                _ if depth == 0 && self.is("into") => return Err(self.rejected("`from`")),
                _ => {}
            }
        }
        self.at = end;
        Ok(())
    }
}

/// Returns how many tokens behind the query are not of it: `WITH [NO] DATA`, `WITH CHECK OPTION`.
fn tail<'a>(
    ctx: &Cursor<'a, '_>,
    start: usize,
    materialized: bool,
    options: &mut Vec<TableOption<'a>>,
) -> usize {
    if materialized {
        return data_tail(ctx, start);
    }
    let rows: [(&[&str], &str); 3] = [
        (&["with", "local", "check", "option"], "local"),
        (&["with", "cascaded", "check", "option"], "cascaded"),
        (&["with", "check", "option"], "cascaded"),
    ];
    let found = rows.into_iter().find(|it| ends_in(ctx, start, it.0));
    let Some((words, value)) = found else { return 0 };
    let span = ctx.peek().span;
    options.push(TableOption { key: "check_option".to_owned(), value: value.into(), span });
    words.len()
}

/// Returns how many tokens `WITH [NO] DATA` at the end takes.
pub(super) fn data_tail(ctx: &Cursor<'_, '_>, start: usize) -> usize {
    let endings: [&[&str]; 2] = [&["with", "no", "data"], &["with", "data"]];
    endings.into_iter().find(|it| ends_in(ctx, start, it)).map_or(0, <[&str]>::len)
}

/// Whether the statement ends in the words, behind the token of that index.
fn ends_in(ctx: &Cursor<'_, '_>, start: usize, words: &[&str]) -> bool {
    let first = ctx.last().checked_sub(words.len()).filter(|it| *it > start);
    first.is_some_and(|first| (first..).zip(words).all(|(at, it)| ctx.is_word_at(at, it)))
}

/// Reads what stands behind `ALTER [MATERIALIZED] VIEW`; nothing for what the schema does not record.
pub(in crate::sql) fn alter_view<'a>(ctx: &mut Cursor<'a, '_>, materialized: bool) -> Res<Ddl<'a>> {
    let if_exists = ctx.if_exists();
    let name = ctx.name("a view name")?;
    let change = view_change(ctx)?;
    Ok(Ddl::AlterView(AlterView { name, materialized, if_exists, change }))
}

fn view_change<'a>(ctx: &mut Cursor<'a, '_>) -> Res<ViewChange<'a>> {
    if ctx.eat_all(&["rename", "to"]) {
        return Ok(ViewChange::RenameTo(ctx.ident("a name")?));
    }
    if ctx.eat("rename") {
        ctx.eat("column");
        let from = ctx.ident("a column name")?;
        ctx.expect("to")?;
        return Ok(ViewChange::RenameColumn { from, to: ctx.ident("a column name")? });
    }
    if ctx.eat_all(&["set", "schema"]) {
        return Ok(ViewChange::SetSchema(ctx.ident("a schema name")?));
    }
    if ctx.is("set") && ctx.is_symbol_nth(1, "(") {
        ctx.at += 1;
        return Ok(ViewChange::SetOptions(ctx.storage_parameters()?));
    }
    if ctx.eat("reset") {
        return Ok(ViewChange::ResetOptions(ctx.idents("an option")?));
    }
    if ctx.eat("alter") {
        ctx.eat("column");
        let name = ctx.ident("a column name")?;
        ctx.rest();
        return Ok(ViewChange::Column(name));
    }
    if ctx.is_any(&["set", "cluster", "owner", "no", "depends"]) {
        ctx.rest();
        return Ok(ViewChange::NoEffect);
    }
    Err(ctx.expected("`rename` or `set`"))
}

const EVENTS: &[&str] = &["select", "insert", "update", "delete"];

/// Reads what stands behind `CREATE [OR REPLACE] RULE`.
pub(in crate::sql) fn create_rule<'a>(ctx: &mut Cursor<'a, '_>, or_replace: bool) -> Res<Ddl<'a>> {
    let name = ctx.ident("a rule name")?;
    ctx.expect("as")?;
    ctx.expect("on")?;
    let Some(&event) = EVENTS.iter().find(|it| ctx.eat(it)) else {
        return Err(ctx.rejected("`select`, `insert`, `update` or `delete`"));
    };
    ctx.expect("to")?;
    let table = ctx.name("a table name")?;
    let start = ctx.at;
    if ctx.is("where") {
        plpgsql::until(ctx, &["do"])?;
    }
    if !ctx.eat("do") {
        return Err(ctx.rejected("`do`"));
    }
    let text = if ctx.is("also") {
        let before = ctx.since(start).text;
        ctx.expect("also")?;
        Cow::Owned(format!("{before} {}", ctx.rest().text))
    } else {
        ctx.rest();
        Cow::Borrowed(ctx.since(start).text)
    };
    Ok(Ddl::CreateRule(CreateRule { name, table, or_replace, event, text }))
}

/// Reads what stands behind `ALTER RULE`.
pub(in crate::sql) fn alter_rule<'a>(ctx: &mut Cursor<'a, '_>) -> Res<Ddl<'a>> {
    let name = ctx.ident("a rule name")?;
    ctx.expect("on")?;
    let table = ctx.name("a table name")?;
    ctx.expect("rename")?;
    ctx.expect("to")?;
    Ok(Ddl::AlterRule(AlterRule { name, table, to: ctx.ident("a name")? }))
}
