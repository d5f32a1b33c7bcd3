//! What SQLite asks of a table as a whole (<https://www.sqlite.org/lang_createtable.html>).

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    codes,
    column::Defined,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::{Name, Place, QName, Span},
    dialect::sqlite::{
        keys::{CONFLICT, DESCENDING, ORDERS},
        types,
    },
    model::{Column, Meta, Table},
    sql::ast::{IndexColumn, Sql, TableOption},
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
    /// Virtual tables that a dump writes into the server's own table of tables.
    pub(super) dumped: BTreeSet<QName>,
    /// What the session calls other databases.
    pub(super) attached: Vec<String>,
    /// An expression of a table may hold a name in double quotes that is text.
    pub(super) holds_strings: Cell<bool>,
}

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
    let other = table.columns.iter().find(|it| !types::is_strict(it));
    let other = other.filter(|_| table.options.contains_key("strict"))?;
    Some(format!("a strict table has no type `{}`, as of column `{}`", other.ty, other.name))
}

/// Returns what is said of a key beside its columns: the collation and direction of each, and what is done with a row
/// that breaks it.
pub(super) fn key_options(
    columns: &[IndexColumn],
    options: &[TableOption],
) -> BTreeMap<String, String> {
    let said = options.iter().filter(|it| [CONFLICT, DESCENDING].contains(&&*it.key));
    let mut res: BTreeMap<String, String> =
        said.map(|it| (it.key.clone(), it.value.to_string())).collect();
    let order = |it: &IndexColumn| {
        let collate =
            it.collate.as_ref().map(|it| format!("collate {}", it.name.text.to_ascii_lowercase()));
        let parts = collate.into_iter().chain(it.descending.then(|| "desc".to_owned()));
        parts.collect::<Vec<_>>().join(" ")
    };
    let orders: Vec<String> = columns.iter().map(order).collect();
    if orders.iter().any(|it| !it.is_empty()) {
        res.insert(ORDERS.to_owned(), orders.join(","));
    }
    res
}

/// Refuses virtual columns that are computed from themselves, be it through others: the server notices when it reads them
/// all, as it does for a new table, and those that `is_read` tells when it looks whether rows suit a column that is added.
pub(super) fn check_loops(
    ctx: &Ctx,
    table: &Table,
    is_read: &dyn Fn(&Name) -> bool,
    span: Span,
) -> Outcome {
    let is_virtual = |it: &&Column| it.generated.as_ref().is_some_and(|it| !it.stored);
    let read = |it: &Column| {
        let text = it.generated.as_ref().map_or("", |it| it.expr.text());
        ctx.read_expr(&Sql { text, span }).1.into_iter().map(|it| it.0).collect()
    };
    let edges: BTreeMap<&Name, Vec<Name>> =
        table.columns.iter().filter(is_virtual).map(|it| (&it.name, read(it))).collect();
    let reached = |start: &Name| {
        let (mut seen, mut open) = (BTreeSet::new(), edges[start].clone());
        while let Some(it) = open.pop() {
            if seen.insert(it.clone()) {
                open.extend(edges.get(&it).into_iter().flatten().cloned());
            }
        }
        seen
    };
    let mut loops = edges.keys().copied().filter(|it| reached(it).contains(*it));
    let is_met = |name: &&Name| {
        is_read(name) || edges.keys().any(|it| is_read(it) && reached(it).contains(*name))
    };
    match loops.find(is_met).filter(|_| !ctx.shows_kept) {
        Some(name) => {
            let reason = format!("generated column `{name}` is computed from itself");
            Err(Box::new(codes::rejected(reason, ctx.place(span))))
        }
        None => Ok(()),
    }
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
    let at = |it: &Meta| places.iter().position(|place| it.is_behind(*place)).unwrap_or(usize::MAX);
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
