//! What SQLite takes in the expressions of tables: checks, generated columns, indexes, defaults
//! (<https://www.sqlite.org/lang_createtable.html>).

use std::borrow::Cow;

use super::{
    codes, constraint,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::Span,
    dialect::postgres::spots::{self, Spot},
    dialect::sqlite::functions::{self, Kind, Meant},
    model::{Column, Expr, Table},
    sql::{
        self,
        ast::{Ident, Sql},
        bind::{Bound, Call, Problem},
    },
};

/// Errs where a check, a generated column or an index holds what the server takes there never.
/// Returns what else it is.
pub(super) fn check_expr(ctx: &Ctx, sql: &Sql, own: &Table, spot: &Spot) -> Outcome<Option<Bound>> {
    let refused = |reason: String| Err(Box::new(codes::rejected(reason, ctx.place(sql.span))));
    if sql::relations::has_word(sql.text, "select", &ctx.dialect.lexis) {
        return refused(format!("a query cannot stand in {}", spot.name));
    }
    refuse_parameter(ctx, sql, spot.name)?;
    let Ok(bound) = ctx.in_world(|world| world.expr(sql.text, Some(own))) else {
        return Ok(None);
    };
    let others = bound.problems.iter().find(|it| matches!(it, Problem::Relation { .. }));
    if let Some(it) = others {
        return Err(Box::new(ctx.problem(it, sql.span.start)));
    }
    // What a server keeps, it has had the functions for.
    let calls = bound.calls.iter().filter(|_| !ctx.shows_kept);
    let mut faults = calls.filter_map(|it| Some((call_fault(it, spot)?, it.span)));
    if let Some((reason, span)) = faults.next() {
        return Err(Box::new(codes::rejected(reason, ctx.place(span.shift(sql.span.start)))));
    }
    let is_current = |it: &&&str| sql::relations::has_word(sql.text, it, &ctx.dialect.lexis);
    if let Some(it) = CURRENT.iter().find(is_current).filter(|_| spot.immutable) {
        return refused(format!("`{it}` cannot stand in {}", spot.name));
    }
    let takes_no_dot = [spots::INDEX.name, spots::GENERATED.name].contains(&spot.name);
    if takes_no_dot && !bound.own_names.is_empty() {
        return refused(format!("columns stand without their table in {}", spot.name));
    }
    if !bound.strings.is_empty() {
        ctx.sqlite.holds_strings.set(true);
    }
    Ok(Some(bound))
}

/// Errs where a value is left open that somebody is to give.
pub(super) fn refuse_parameter(ctx: &Ctx, sql: &Sql, place: &str) -> Outcome {
    let found = || sql::relations::parameter(sql.text, &ctx.dialect.lexis);
    let Some(span) = ctx.is_sqlite().then(found).flatten() else { return Ok(()) };
    let reason = format!("a parameter cannot stand in {place}");
    Err(Box::new(codes::rejected(reason, ctx.place(span.shift(sql.span.start)))))
}

const CURRENT: &[&str] = &["current_date", "current_time", "current_timestamp"];

/// Returns why the call cannot stand in such a spot.
fn call_fault(it: &Call, spot: &Spot) -> Option<String> {
    let name = &it.name;
    match functions::meant(name, it.args.len()) {
        Meant::Missing => Some(format!("there is no function `{name}`")),
        Meant::Miscounted => Some(format!("`{name}` takes another number of arguments")),
        Meant::Known(Kind::Aggregate | Kind::Window) => {
            Some(format!("`{name}` cannot stand in {}", spot.name))
        }
        Meant::Known(Kind::Volatile) if spot.immutable => {
            Some(format!("`{name}` cannot stand in {}", spot.name))
        }
        Meant::Known(_) | Meant::Added => None,
    }
}

/// Errs where there is no such collation.
pub(super) fn check_collation(ctx: &Ctx, name: &Ident) -> Outcome {
    if !ctx.is_sqlite() || ctx.shows_kept || functions::is_collation(&name.text) {
        return Ok(());
    }
    let reason = format!("there is no collation `{}`", name.text);
    Err(Box::new(codes::rejected(reason, ctx.place(name.span))))
}

/// Errs where a default is no constant: it can call functions, but names no column and reads no table.
pub(super) fn check_default(ctx: &Ctx, column: &Column, sql: &Sql) -> Outcome {
    if !sql.text.starts_with('(') {
        return Ok(());
    }
    refuse_parameter(ctx, sql, "a default")?;
    let (_, mentions) = ctx.read_expr(sql);
    let named = mentions.iter().any(|it| !constraint::may_be_text(ctx, sql, it.1));
    if !named && !sql::relations::has_word(sql.text, "select", &ctx.dialect.lexis) {
        return Ok(());
    }
    let reason = format!("the default of column `{}` is not constant", column.name);
    Err(Box::new(codes::rejected(reason, ctx.place(sql.span))))
}

/// Returns the text of a default; a bare word stands for itself.
pub(super) fn default_text<'t>(text: &Cow<'t, str>) -> Cow<'t, str> {
    const WORDS: [&str; 6] =
        ["current_date", "current_time", "current_timestamp", "false", "null", "true"];
    let is_word = text.starts_with(|it: char| it.is_alphabetic() || it == '_')
        && text.chars().all(|it| it.is_alphanumeric() || it == '_');
    if is_word && !WORDS.iter().any(|it| text.eq_ignore_ascii_case(it)) {
        return Cow::Owned(format!("'{text}'"));
    }
    text.clone()
}

impl Ctx<'_, '_> {
    /// Returns the expression without the table's own name in front of columns: the table may get another.
    pub(super) fn without_own_name(&self, expr: Expr, sql: &Sql, bound: &Bound) -> Expr {
        if bound.own_names.is_empty() {
            return expr;
        }
        let edit = |it: &Span| {
            let rest = &sql.text[it.range().end..];
            let dot = rest.find('.').map_or(0, |at| at + 1);
            // The database may stand in front of it.
            let before = sql.text[..it.range().start].trim_end().strip_suffix('.');
            let is_word = |it: char| it.is_alphanumeric() || "_\"`[]".contains(it);
            let start = before.map(|it| it.trim_end().trim_end_matches(is_word).len());
            let start = start.unwrap_or(it.range().start);
            (Span::new(start, it.range().end + dot), String::new())
        };
        let edits = bound.own_names.iter().map(edit).collect();
        self.expr_of(&crate::dialect::bound::replaced(sql.text, edits))
    }
}
