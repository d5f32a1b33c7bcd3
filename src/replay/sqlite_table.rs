//! What SQLite asks of a table as a whole, and of the expressions in it (<https://www.sqlite.org/lang_createtable.html>).

use std::{
    borrow::Cow,
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    codes,
    column::Defined,
    constraint,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::{Name, Place, Span},
    dialect::postgres::spots::Spot,
    model::{Column, Expr, Meta, Table},
    sql::{
        self,
        ast::Sql,
        bind::{Bound, Problem},
    },
};

/// What only a history of SQLite has.
#[derive(Default)]
pub(super) struct Sqlite {
    /// Nothing but foreign keys follows a table that is renamed.
    pub(super) keeps_texts: bool,
    /// The columns of views may be others than those noted.
    pub(super) views_are_stale: bool,
    /// Where constraints were written that stand behind a column, and where that column was.
    pub(super) behind: BTreeMap<Place, Place>,
    /// What the session calls other databases.
    pub(super) attached: Vec<String>,
    /// An expression of a table may hold a name in double quotes that is text.
    pub(super) holds_strings: Cell<bool>,
}

/// The types of <https://www.sqlite.org/stricttables.html>.
const STRICT_TYPES: [&str; 6] = ["int", "integer", "real", "text", "blob", "any"];

/// Returns why there can be no such table.
pub(super) fn fault(table: &Table) -> Option<String> {
    let has_rowid = !table.options.contains_key("without_rowid");
    if !has_rowid && table.primary_key.is_none() {
        return Some(format!("table `{}` without row ids has no primary key", table.name));
    }
    if !is_virtual(table) && table.columns.iter().all(|it| it.generated.is_some()) {
        return Some(format!("all columns of table `{}` are generated", table.name));
    }
    let key = table.primary_key.as_ref().map_or(&[][..], |it| &it.columns);
    let is_made = |name: &Name| table.column(name).is_some_and(|it| it.generated.is_some());
    if let Some(name) = key.iter().find(|it| is_made(it)) {
        return Some(format!("generated column `{name}` cannot be in the primary key"));
    }
    if let Some(column) = table.columns.iter().find(|it| it.identity.is_some()) {
        let is_rowid = *key == [column.name.clone()] && is_integer(column);
        if !is_rowid || !has_rowid {
            let reason = "only an INTEGER PRIMARY KEY of a table with row ids can be numbered";
            return Some(format!("{reason}, not `{}`", column.name));
        }
    }
    let both = table.columns.iter().find(|it| it.generated.is_some() && it.default.is_some());
    if let Some(column) = both {
        return Some(format!("generated column `{}` cannot have a default", column.name));
    }
    let is_strict = |it: &Column| {
        STRICT_TYPES.iter().any(|name| it.ty.name.eq_ignore_ascii_case(name))
            && it.ty.args.is_empty()
    };
    let other = table.columns.iter().find(|it| !is_strict(it));
    let other = other.filter(|_| table.options.contains_key("strict"))?;
    Some(format!("a strict table has no type `{}`, as of column `{}`", other.ty, other.name))
}

/// What stands behind a column goes with it in SQLite.
pub(super) fn note_behind(ctx: &mut Ctx, res: &Defined) {
    let Some(column) = res.column.meta.place.filter(|_| ctx.is_sqlite()) else { return };
    for it in &res.constraints {
        let name = it.name.as_ref().map(|it| it.span);
        ctx.sqlite.behind.insert(ctx.place(name.unwrap_or(it.span)), column);
    }
}

/// Puts what is written behind columns in front of what follows them, as the table's text has it.
pub(super) fn order_parts(ctx: &Ctx, table: &mut Table) {
    let places: Vec<Option<Place>> = table.columns.iter().map(|it| it.meta.place).collect();
    let at = |it: &Meta| {
        let column = it.place.and_then(|it| ctx.sqlite.behind.get(&it)).copied();
        places.iter().position(|it| column.is_some() && *it == column).unwrap_or(usize::MAX)
    };
    table.checks.sort_by_key(|it| at(&it.meta));
    table.foreign_keys.sort_by_key(|it| at(&it.meta));
    tell_apart(ctx, table);
}

/// Takes names from constraints that others of the table have: SQLite lets several have one, and looks none up.
pub(super) fn tell_apart(ctx: &Ctx, table: &mut Table) {
    if !ctx.is_sqlite() {
        return;
    }
    for at in repeated(table.checks.iter().map(|it| &it.name)) {
        let columns = table.checks[at].columns.clone();
        table.checks[at].name = ctx.dialect.check_name(&ctx.relations, table, &columns);
        table.checks[at].meta.invented = true;
    }
    for at in repeated(table.uniques.iter().map(|it| &it.name)) {
        let columns = table.uniques[at].columns.clone();
        table.uniques[at].name = ctx.dialect.unique_name(&ctx.relations, table, &columns);
        table.uniques[at].meta.invented = true;
    }
    for at in repeated(table.foreign_keys.iter().map(|it| &it.name)) {
        let columns = table.foreign_keys[at].columns.clone();
        table.foreign_keys[at].name = ctx.dialect.foreign_key_name(&ctx.relations, table, &columns);
        table.foreign_keys[at].meta.invented = true;
    }
}

/// Returns where names stand that stood before.
fn repeated<'n>(names: impl Iterator<Item = &'n Name>) -> Vec<usize> {
    let mut seen = BTreeSet::new();
    names.enumerate().filter(|it| !seen.insert(it.1)).map(|it| it.0).collect()
}

/// Whether a module makes the table up (<https://www.sqlite.org/vtab.html>).
pub(super) fn is_virtual(table: &Table) -> bool {
    table.options.contains_key("using")
}

/// Errs where a virtual table cannot be altered, indexed or watched.
pub(super) fn refuse_virtual(ctx: &Ctx, table: &Table, what: &str, span: Span) -> Outcome {
    if !ctx.is_sqlite() || !is_virtual(table) {
        return Ok(());
    }
    let reason = format!("`{}` is a virtual table, which {what}", table.name);
    Err(Box::new(codes::rejected(reason, ctx.place(span))))
}

fn is_integer(it: &Column) -> bool {
    &*it.ty.name == "integer" && it.ty.args.is_empty()
}

const AGGREGATES: [&str; 10] = [
    "avg",
    "count",
    "group_concat",
    "json_group_array",
    "json_group_object",
    "jsonb_group_array",
    "jsonb_group_object",
    "string_agg",
    "sum",
    "total",
];

/// Functions whose value the same arguments do not decide.
const VOLATILE: [&str; 5] =
    ["changes", "last_insert_rowid", "random", "randomblob", "total_changes"];

/// Errs where a check, a generated column or an index holds what the server takes there never.
/// Returns what else it is.
pub(super) fn check_expr(ctx: &Ctx, sql: &Sql, own: &Table, spot: &Spot) -> Outcome<Option<Bound>> {
    let refused = |reason: String| Err(Box::new(codes::rejected(reason, ctx.place(sql.span))));
    if sql::relations::has_word(sql.text, "select", &ctx.dialect.lexis) {
        return refused(format!("a query cannot stand in {}", spot.name));
    }
    let Ok(bound) = ctx.in_world(|world| world.expr(sql.text, Some(own))) else {
        return Ok(None);
    };
    let others = bound.problems.iter().find(|it| matches!(it, Problem::Relation { .. }));
    if let Some(it) = others {
        return Err(Box::new(ctx.problem(it, sql.span.start)));
    }
    let is_refused = |it: &&sql::bind::Call| {
        let name = it.name.to_ascii_lowercase();
        let is_one_of = |list: &[&str]| list.contains(&&*name);
        is_one_of(&AGGREGATES)
            || is_one_of(&["min", "max"]) && it.args.len() < 2
            || spot.immutable && is_one_of(&VOLATILE)
    };
    if let Some(it) = bound.calls.iter().find(is_refused) {
        return refused(format!("`{}` cannot stand in {}", it.name, spot.name));
    }
    if !bound.strings.is_empty() {
        ctx.sqlite.holds_strings.set(true);
    }
    Ok(Some(bound))
}

/// Errs where a default is no constant: it can call functions, but names no column and reads no table.
pub(super) fn check_default(ctx: &Ctx, column: &Column, sql: &Sql) -> Outcome {
    if !sql.text.starts_with('(') {
        return Ok(());
    }
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
            (Span::new(it.range().start, it.range().end + dot), String::new())
        };
        let edits = bound.own_names.iter().map(edit).collect();
        self.expr_of(&crate::dialect::bound::replaced(sql.text, edits))
    }
}
