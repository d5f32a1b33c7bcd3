//! Views, and SQLite's virtual tables.

use super::{may_create, options};
use crate::{
    base::{QName, Span},
    dialect::{
        bind::World,
        sqlite::{modules, shadow},
        views,
    },
    model::{Id, Table, View},
    replay::{
        codes,
        ctx::{Ctx, Outcome},
        sqlite_expr, sqlite_names,
    },
    sql::{
        self,
        ast::{Body, CreateStored, Ex, From, Ident, Item, ObjectName, Source, Sql},
        bind::Problem,
    },
};

/// Functions that make one row of many.
const AGGREGATES: [&str; 6] = ["avg", "count", "group_concat", "max", "min", "sum"];

pub(super) fn create(ctx: &mut Ctx, it: &CreateStored, columns: &[Ident], query: &Sql) -> Outcome {
    let name = ctx.fresh_name(&it.name, it.temporary)?;
    refuse_table(ctx, it, &name)?;
    let existing = ctx.schema.views.get(&name);
    if it.must_exist && existing.is_none() {
        let place = ctx.place(it.name.span);
        return Err(Box::new(codes::missing_relation("view", &name, place, None)));
    }
    let altered = existing.filter(|_| it.must_exist);
    let (meta, kept) = altered.map(|it| (it.meta.clone(), it.options.clone())).unzip();
    if ctx.schema.tables.contains_key(&name) || !may_create::<View>(ctx, it, &name, it.name.span)? {
        return Ok(());
    }
    sqlite_names::refuse_other_database(ctx, query)?;
    sqlite_expr::refuse_parameter(ctx, query, "a view")?;
    let names = ctx.part_names(columns);
    let look = |world: &World| views::read(world, query.text, &names);
    let lasts = ctx.is_sqlite() && ctx.has_temporary && !ctx.is_temporary(&name);
    let read = if lasts { ctx.in_world_within(&ctx.schema, look) } else { ctx.in_world(look) };
    // SQLite looks at the names of the query when it is run.
    if let Some(bound) = read.bound.as_ref().filter(|_| ctx.is_sqlite()) {
        let is_rejected = |it: &&Problem| matches!(it, Problem::Rejected { .. });
        if let Some(it) = bound.problems.iter().find(is_rejected) {
            return Err(Box::new(ctx.problem(it, query.span.start)));
        }
    }
    if let Some(bound) = read.bound.as_ref().filter(|_| ctx.is_mysql()) {
        match ctx.refuse_problem(bound, query.span.start) {
            Err(why) if ctx.shows_kept => ctx.sink.push(codes::broken_view(&name, &why)),
            it => it?,
        }
    }
    if ctx.is_mysql()
        && let Some(it) = read.uses.iter().find(|it| ctx.is_temporary(&it.owner))
    {
        let reason = format!("a view looks at no temporary table, as `{}` is", it.owner.name);
        return Err(Box::new(codes::rejected(reason, ctx.place(query.span))));
    }
    refuse_columns(ctx, &read, columns, it.name.span)?;
    refuse_check(ctx, it, query)?;
    let mut view = View::new(name.clone(), read.query);
    (view.columns, view.listed) = (read.columns, !columns.is_empty());
    view.options = options(&it.options);
    // ALTER VIEW leaves what it does not state: https://dev.mysql.com/doc/refman/8.4/en/alter-view.html
    for (key, value) in kept.into_iter().flatten().filter(|it| it.0 != "check_option") {
        view.options.entry(key).or_insert(value);
    }
    if ctx.is_mysql() && !may_merge(view.query.canonical()) {
        view.options.retain(|key, value| key != "algorithm" || value != "merge");
    }
    view.meta = meta.unwrap_or_else(|| ctx.meta(it.name.name.span));
    view.meta.uses = read.uses;
    ctx.relations.insert(name.clone(), name.clone());
    ctx.failed.remove(&name);
    ctx.schema.views.insert(name, view);
    Ok(())
}

/// Returns whether the query can become part of another; MySQL forgets that it should where it cannot
/// (<https://dev.mysql.com/doc/refman/8.4/en/view-algorithms.html>).
fn may_merge(query: &str) -> bool {
    const HINDRANCES: [&str; 10] = [
        "(group by",
        "(having",
        "(limit",
        "(union",
        "distinct",
        "avg(",
        "count(",
        "max(",
        "min(",
        "sum(",
    ];
    query.contains("(from ") && !HINDRANCES.iter().any(|it| query.contains(it))
}

/// MySQL checks rows that are written through the view only where they can be
/// (<https://dev.mysql.com/doc/refman/8.4/en/view-updatability.html>).
fn refuse_check(ctx: &Ctx, it: &CreateStored, query: &Sql) -> Outcome {
    if !ctx.is_mysql() || !it.options.iter().any(|it| it.0 == "check_option") {
        return Ok(());
    }
    let is_temporary = it.options.iter().any(|it| it.0 == "algorithm" && it.1 == "temptable");
    if !is_temporary && takes_rows(ctx, query.text) {
        return Ok(());
    }
    let reason = "no rows can be written through this view";
    Err(Box::new(codes::rejected(reason, ctx.place(it.name.span))))
}

/// Returns whether rows can be written through a query; those that are not understood count.
fn takes_rows(ctx: &Ctx, query: &str) -> bool {
    let Ok(query) = sql::read_query(query, &ctx.dialect.lexis) else { return true };
    let select = match &query.body {
        Body::Select(select) => select,
        Body::Union { .. } | Body::Values(_) => return false,
        _ => return true,
    };
    let has_own_rows = select.distinct
        || !select.group_by.is_empty()
        || select.having.is_some()
        || query.limit.is_some()
        || select.from.is_empty();
    let sums = |it: &Item| match it {
        Item::Ex(Ex::Call(call), _) => {
            call.over || AGGREGATES.contains(&&*call.name.to_lowercase())
        }
        Item::Ex(Ex::Query(_), _) => true,
        _ => false,
    };
    if has_own_rows || select.items.iter().any(sums) {
        return false;
    }
    let [From { source: Source::Relation(schema, name), .. }] = &select.from[..] else {
        return true;
    };
    let schema = schema.as_deref().map(|it| ctx.namespace(it));
    let here = || ctx.path.first().cloned().flatten();
    let name = QName::new(schema.unwrap_or_else(here), ctx.dialect.table_name(name));
    ctx.schema.views.get(&name).is_none_or(|it| takes_rows(ctx, it.query.text()))
}

/// MySQL wants one name for each column of the query, and none twice.
fn refuse_columns(ctx: &Ctx, read: &views::Read, given: &[Ident], start: Span) -> Outcome {
    let Some(bound) = read.bound.as_ref().filter(|_| ctx.is_mysql() && read.complete) else {
        return Ok(());
    };
    let span = given.first().map_or(start, |it| it.span);
    let names: Vec<String> =
        read.columns.iter().map(|it| it.name.as_str().to_lowercase()).collect();
    if let Some(at) = (1..names.len()).find(|&at| names[..at].contains(&names[at])) {
        let reason = format!("the view has two columns `{}`", read.columns[at].name);
        return Err(Box::new(codes::rejected(reason, ctx.place(span))));
    }
    if !given.is_empty() && given.len() != bound.outputs.len() {
        let reason = format!("the view has {} columns, not {}", bound.outputs.len(), given.len());
        return Err(Box::new(codes::rejected(reason, ctx.place(span))));
    }
    Ok(())
}

/// A table of that name is in the way, or is what IF NOT EXISTS finds.
fn refuse_table(ctx: &Ctx, it: &CreateStored, name: &QName) -> Outcome {
    let Some(table) = ctx.schema.tables.get(name) else { return Ok(()) };
    if it.if_not_exists {
        return Ok(());
    }
    let what = format!("table `{name}`");
    Err(Box::new(codes::exists(&what, ctx.place(it.name.span), table.meta.place)))
}

pub(super) fn find(ctx: &Ctx, written: &ObjectName) -> Option<Id> {
    let name = ctx.meant(written, |it| ctx.schema.views.contains_key(it));
    ctx.schema.views.contains_key(&name).then(|| Id::of::<View>(name))
}

/// `RENAME TABLE` of a view; returns whether there is one.
pub(in crate::replay) fn rename(ctx: &mut Ctx, from: &QName, to: &QName) -> bool {
    let Some(mut view) = ctx.schema.views.remove(from) else { return false };
    view.name = to.clone();
    ctx.schema.views.insert(to.clone(), view);
    ctx.relations.remove(from);
    ctx.relations.insert(to.clone(), to.clone());
    true
}

/// `CREATE VIRTUAL TABLE`: what its columns are is the module's business (<https://www.sqlite.org/vtab.html>).
pub(super) fn create_virtual(
    ctx: &mut Ctx,
    it: &CreateStored,
    module: &Ident,
    arguments: Option<&Sql>,
) -> Outcome {
    let name = ctx.new_name(&it.name);
    if let Some(home) = ctx.relations.home(&name) {
        if it.if_not_exists {
            return Ok(());
        }
        let earlier = ctx.schema.tables.get(home).and_then(|it| it.meta.place);
        let what = format!("table `{name}`");
        return Err(Box::new(codes::exists(&what, ctx.place(it.name.span), earlier)));
    }
    let written = arguments.map_or("", |it| it.text);
    check_module(ctx, &name, module, written)?;
    let arguments = arguments.map(|it| format!("({})", it.text)).unwrap_or_default();
    let mut table = Table::new(name.clone());
    table.meta = ctx.meta(it.name.name.span);
    table.options.insert(MODULE.to_owned(), format!("{}{arguments}", module.text));
    ctx.relations.insert(name.clone(), name.clone());
    ctx.partial.insert(name.clone());
    ctx.failed.remove(&name);
    ctx.schema.tables.insert(name, table);
    Ok(())
}

/// Errs where there is no such module, it does not take the arguments, or has no room for its own tables.
fn check_module(ctx: &Ctx, name: &QName, module: &Ident, arguments: &str) -> Outcome {
    if ctx.shows_kept {
        return Ok(());
    }
    let reject = |reason| Err(Box::new(codes::rejected(reason, ctx.place(module.span))));
    if let Some(reason) = modules::fault(&module.text, arguments) {
        return reject(reason);
    }
    let names = shadow::names(name.name.as_str(), &module.text).into_iter();
    let taken = names.map(|it| QName::local(ctx.dialect.table_name(&it)));
    // With content elsewhere there is no such table of its own.
    let has_content = !arguments.to_ascii_lowercase().contains("content");
    let is_taken = |it: &QName| {
        ctx.relations.home(it).is_some()
            && (has_content || !it.name.as_str().to_ascii_lowercase().ends_with("_content"))
    };
    match taken.into_iter().find(is_taken) {
        Some(it) => reject(format!("`{it}` is in the way of what `{}` makes", module.text)),
        None => Ok(()),
    }
}

/// The option that says that a table is virtual, and what it is made by.
const MODULE: &str = "using";
