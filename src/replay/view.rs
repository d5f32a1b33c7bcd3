//! Views and materialized views: `CREATE`, `ALTER`, `DROP`.

use super::{
    cascade, codes, collation, column_rules,
    ctx::{Ctx, Outcome},
    follow::{self, Rename},
    option, recursive_view, view_rules,
};
use crate::{
    base::{List, QName, Span},
    diag::Diagnostic,
    dialect::postgres::{parameters::Holder, spots},
    dialect::views,
    model::{Access, Id, MaterializedView, View, ViewColumn},
    sql::ast::{
        AlterKind, AlterTable, AlterView, ColumnChange, CreateView, Drop, DropKind, Ident,
        ObjectName, Sql, TableOption, ViewChange,
    },
};

pub(super) fn create(ctx: &mut Ctx, it: &CreateView) -> Outcome {
    let is_temporary = is_temporary(ctx, it)?;
    let name = ctx.fresh_name(&it.name, is_temporary)?;
    option::check(ctx, if it.materialized { Holder::Table } else { Holder::View }, &it.options)?;
    let old = ctx.schema.views.get(&name).cloned();
    if let Some(home) = ctx.relations.home(&name)
        && !(it.or_replace && old.is_some())
    {
        if it.if_not_exists {
            // The query is looked at all the same.
            return looked_at(ctx, it).map(|_| ());
        }
        let earlier = place_of(ctx, home);
        let what = format!("relation `{name}`");
        return Err(Box::new(codes::exists(&what, ctx.place(it.name.span), earlier)));
    }
    let made = read(ctx, it, &name, old.as_ref());
    if made.is_err() && old.is_none() {
        ctx.failed.insert(name, ctx.place(it.name.span));
    }
    made
}

/// Returns whether the view goes with the session: it is said so, or it looks at what does
/// (<https://www.postgresql.org/docs/current/sql-createview.html>).
fn is_temporary(ctx: &mut Ctx, it: &CreateView) -> Outcome<bool> {
    let is_said = it.temporary || ctx.is_temporary_schema(it.name.schema.as_ref());
    if is_said || !ctx.has_temporary {
        return Ok(is_said);
    }
    let looks = looked_at(ctx, it)?.uses.iter().any(|it| ctx.is_temporary(&it.owner));
    if looks && it.materialized {
        let reason = "a materialized view looks at nothing temporary";
        return Err(Box::new(codes::rejected(reason, ctx.place(it.query.span))));
    }
    Ok(looks)
}

/// Returns what the view's query comes to, if it is one.
fn looked_at(ctx: &mut Ctx, it: &CreateView) -> Outcome<views::Read> {
    let text = recursive_view::query_text(ctx, it);
    let sql = Sql { text: text.as_deref().unwrap_or(it.query.text), span: it.query.span };
    let given = ctx.part_names(&it.columns);
    let read = ctx.in_world(|world| views::read(world, sql.text, &given));
    if read.bound.is_none() {
        ctx.refuse_fault(it.query.text, it.query.span.start)?;
    }
    if let Some(bound) = &read.bound {
        let before = text.as_ref().and_then(|own| own.find(it.query.text)).unwrap_or(0);
        let start = sql.span.start.saturating_sub(u32::try_from(before).unwrap_or(0));
        ctx.refuse_problem(bound, start).map_err(|own| recursive_view::within(ctx, it, own))?;
        collation::refuse_conflict(ctx, bound, sql.span)?;
        column_rules::check_outputs(ctx, bound, sql.span)?;
        if let Some(reason) = ctx.in_world(|world| spots::refusal_in_query(world, bound)) {
            return Err(Box::new(codes::rejected(reason, ctx.place(sql.span))));
        }
    }
    Ok(read)
}

fn read(ctx: &mut Ctx, it: &CreateView, name: &QName, old: Option<&View>) -> Outcome {
    let read = looked_at(ctx, it)?;
    view_rules::check_updatable(ctx, it)?;
    view_rules::check_columns(ctx, it, &ctx.part_names(&it.columns), &read)?;
    if let Some(old) = old {
        view_rules::check_replaced(ctx, it, old, &read.columns)?;
    }
    if !read.complete {
        ctx.partial.insert(name.clone());
    }
    let mut meta = ctx.meta(it.name.name.span);
    meta.uses = read.uses;
    let options = it.options.iter().map(as_kept).collect();
    let listed = !it.columns.is_empty();
    ctx.failed.remove(name);
    ctx.relations.insert(name.clone(), name.clone());
    ctx.blame.settle_relation(name, read.columns.iter().map(|it| it.name.as_str()));
    let (query, columns) = (read.query, read.columns);
    let id = if it.materialized {
        let view = MaterializedView {
            name: name.clone(),
            query,
            columns,
            listed,
            options,
            indexes: List::default(),
            with_data: !it.without_data,
            access: Access::default(),
            comment: None,
            meta,
        };
        ctx.schema.materialized_views.insert(name.clone(), view);
        Id::of::<MaterializedView>(name.clone())
    } else {
        let mut view = old.cloned().unwrap_or_else(|| View::new(name.clone(), query.clone()));
        view.columns = with_comments(columns, &view.columns);
        (view.query, view.listed, view.options, view.meta) = (query, listed, options, meta);
        ctx.schema.views.insert(name.clone(), view);
        Id::of::<View>(name.clone())
    };
    ctx.note_needs(&id);
    Ok(())
}

fn with_comments(mut columns: Vec<ViewColumn>, old: &[ViewColumn]) -> Vec<ViewColumn> {
    for column in &mut columns {
        let before = old.iter().find(|it| it.name == column.name);
        column.comment = before.and_then(|it| it.comment.clone());
    }
    columns
}

fn as_kept(it: &TableOption) -> (String, String) {
    views::option(&it.key, &it.value)
}

/// Returns where the table or view was made.
fn place_of(ctx: &Ctx, name: &QName) -> Option<crate::base::Place> {
    let id = crate::dialect::needs::relation_of_name(&ctx.schema, name)?;
    ctx.schema.find(&id)?.meta().place
}

/// Returns the view that is meant.
pub(super) fn meant(ctx: &Ctx, written: &ObjectName) -> Option<Id> {
    let name = ctx.relation_meant(written);
    if ctx.schema.views.contains_key(&name) {
        return Some(Id::of::<View>(name));
    }
    ctx.schema.materialized_views.contains_key(&name).then(|| Id::of::<MaterializedView>(name))
}

pub(super) fn alter(ctx: &mut Ctx, it: &AlterView) -> Outcome {
    let Some(id) = meant(ctx, &it.name) else {
        if it.if_exists {
            return Ok(());
        }
        let name = ctx.relation_meant(&it.name);
        return Err(ctx.missing_table(&it.name, &name));
    };
    if it.materialized != id.is::<MaterializedView>() {
        return Err(other_kind(ctx, &it.name, it.materialized));
    }
    change(ctx, &id, &it.change)
}

fn other_kind(ctx: &Ctx, written: &ObjectName, materialized: bool) -> Box<Diagnostic> {
    let noun = if materialized { "materialized view" } else { "view" };
    let reason = format!("`{}` is no {noun}", written.name.text);
    Box::new(codes::rejected(reason, ctx.place(written.span)))
}

fn change(ctx: &mut Ctx, id: &Id, change: &ViewChange) -> Outcome {
    match change {
        ViewChange::SetOptions(options) => {
            let is_view = id.is::<View>();
            option::check(ctx, if is_view { Holder::View } else { Holder::Table }, options)?;
            if let Some(own) = options_mut(ctx, id) {
                own.extend(options.iter().map(as_kept));
            }
        }
        ViewChange::ResetOptions(names) => {
            if let Some(own) = options_mut(ctx, id) {
                own.retain(|key, _| !names.iter().any(|it| it.text.eq_ignore_ascii_case(key)));
            }
        }
        ViewChange::RenameTo(to) => {
            let new = QName::new(id.owner.schema.clone(), ctx.table_name(to));
            move_to(ctx, id, new, to.span)?;
        }
        ViewChange::SetSchema(to) => {
            ctx.refuse_gone(to)?;
            let new = QName::new(ctx.namespace(&to.text), id.owner.name.clone());
            // Into the schema where it is, the server moves it without a word.
            if new != id.owner {
                move_to(ctx, id, new, to.span)?;
            }
        }
        ViewChange::RenameColumn { from, to } => rename_column(ctx, id, from, to)?,
        ViewChange::Column(name) => {
            known_column(ctx, id, name)?;
        }
        ViewChange::NoEffect => {}
    }
    Ok(())
}

fn options_mut<'c>(
    ctx: &'c mut Ctx,
    id: &Id,
) -> Option<&'c mut std::collections::BTreeMap<String, String>> {
    if id.is::<View>() {
        return ctx.schema.views.get_mut(&id.owner).map(|it| &mut it.options);
    }
    ctx.schema.materialized_views.get_mut(&id.owner).map(|it| &mut it.options)
}

fn columns_mut<'c>(ctx: &'c mut Ctx, id: &Id) -> Option<(&'c mut Vec<ViewColumn>, &'c mut bool)> {
    if id.is::<View>() {
        let view = ctx.schema.views.get_mut(&id.owner)?;
        return Some((&mut view.columns, &mut view.listed));
    }
    let view = ctx.schema.materialized_views.get_mut(&id.owner)?;
    Some((&mut view.columns, &mut view.listed))
}

/// Returns the column's place among those of the view; nothing where they are not known.
fn known_column(ctx: &mut Ctx, id: &Id, name: &Ident) -> Outcome<Option<usize>> {
    let column = ctx.part_name(name);
    let is_partial = ctx.partial.contains(&id.owner);
    let place = ctx.place(name.span);
    let Some((columns, _)) = columns_mut(ctx, id) else { return Ok(None) };
    let found = columns.iter().position(|it| it.name == column);
    if found.is_some() || is_partial {
        return Ok(found);
    }
    let names = columns.iter().map(|it| it.name.as_str());
    Err(Box::new(codes::missing_column(&id.owner, column.as_str(), place, names)))
}

fn rename_column(ctx: &mut Ctx, id: &Id, from: &Ident, to: &Ident) -> Outcome {
    let Some(at) = known_column(ctx, id, from)? else { return Ok(()) };
    let (old, new) = (ctx.part_name(from), ctx.part_name(to));
    let is_taken =
        |(columns, _): (&mut Vec<ViewColumn>, _)| columns.iter().any(|it| it.name == new);
    if columns_mut(ctx, id).is_some_and(is_taken) {
        let what = format!("column `{new}` of `{}`", id.owner);
        return Err(Box::new(codes::exists(&what, ctx.place(to.span), None)));
    }
    let follow =
        follow::follow(ctx, &Rename::Column { of: id.owner.clone(), from: old, to: new.clone() });
    if let Some((columns, listed)) = columns_mut(ctx, id) {
        columns[at].name = new;
        *listed = true;
    }
    follow::settle(ctx, follow);
    follow::canonical_again(ctx, id);
    Ok(())
}

pub(super) fn move_to(ctx: &mut Ctx, id: &Id, new: QName, span: Span) -> Outcome {
    if ctx.relations.home(&new).is_some() {
        let earlier = place_of(ctx, &new);
        let what = format!("relation `{new}`");
        return Err(Box::new(codes::exists(&what, ctx.place(span), earlier)));
    }
    let old = id.owner.clone();
    let follow = follow::follow(ctx, &Rename::Relation { from: old.clone(), to: new.clone() });
    if let Some(mut view) = ctx.schema.views.remove(&old) {
        view.name = new.clone();
        ctx.schema.views.insert(new.clone(), view);
    } else if let Some(mut view) = ctx.schema.materialized_views.remove(&old) {
        for index in &view.indexes {
            ctx.relations.remove(&QName::new(old.schema.clone(), index.name.clone()));
            ctx.relations.insert(QName::new(new.schema.clone(), index.name.clone()), new.clone());
        }
        view.name = new.clone();
        ctx.schema.materialized_views.insert(new.clone(), view);
    }
    ctx.relations.remove(&old);
    ctx.relations.insert(new.clone(), new.clone());
    if ctx.partial.remove(&old) {
        ctx.partial.insert(new.clone());
    }
    ctx.rename_needs(id, &Id { owner: new.clone(), ..id.clone() });
    ctx.note_view(&new);
    follow::settle(ctx, follow);
    Ok(())
}

/// `ALTER TABLE` of a view, which PostgreSQL takes too.
pub(super) fn alter_as_table(ctx: &mut Ctx, id: &Id, it: &AlterTable) -> Outcome {
    for action in &it.actions {
        match &action.kind {
            AlterKind::RenameTo(to) => change(ctx, id, &ViewChange::RenameTo(to.name.clone()))?,
            AlterKind::SetSchema(to) => change(ctx, id, &ViewChange::SetSchema(to.clone()))?,
            AlterKind::RenameColumn { from, to, .. } => {
                let (from, to) = (from.clone(), to.clone());
                change(ctx, id, &ViewChange::RenameColumn { from, to })?;
            }
            AlterKind::AddColumn { .. }
            | AlterKind::DropColumn { .. }
            | AlterKind::AlterColumn { change: ColumnChange::SetType { .. }, .. }
            | AlterKind::AlterColumn {
                change: ColumnChange::SetNotNull | ColumnChange::DropNotNull,
                ..
            }
            | AlterKind::DropConstraint { .. }
            | AlterKind::RowSecurity { .. }
            | AlterKind::Firing(_)
            | AlterKind::AddConstraint { .. } => {
                let reason = format!("`{}` is a view", id.owner);
                return Err(Box::new(codes::rejected(reason, ctx.place(it.name.span))));
            }
            _ => {}
        }
    }
    Ok(())
}

pub(super) fn drop(ctx: &mut Ctx, it: &Drop) -> Outcome {
    let materialized = it.kind == DropKind::MaterializedView;
    let mut ids = Vec::new();
    let mut span = Span::default();
    for written in &it.names {
        let name = ctx.relation_meant(written);
        let Some(id) = meant(ctx, written) else {
            if ctx.schema.tables.contains_key(&name) {
                return Err(other_kind(ctx, written, materialized));
            }
            if it.if_exists {
                continue;
            }
            return Err(ctx.missing_table(written, &name));
        };
        if materialized != id.is::<MaterializedView>() {
            return Err(other_kind(ctx, written, materialized));
        }
        span = written.span;
        ids.push(id);
    }
    cascade::drop_objects(ctx, &ids, it.cascade, span)
}

/// Does a statement about an index as if the materialized view that it is of were a table.
pub(super) fn as_table(
    ctx: &mut Ctx,
    view: Option<QName>,
    run: impl FnOnce(&mut Ctx) -> Outcome,
) -> Outcome {
    let table =
        view.as_ref().and_then(|it| views::table_of(ctx.schema.materialized_views.get(it)?));
    let (Some(name), Some(table)) = (view, table) else { return run(ctx) };
    ctx.schema.tables.insert(name.clone(), table);
    let outcome = run(ctx);
    if let Some(table) = ctx.schema.tables.remove(&name)
        && let Some(view) = ctx.schema.materialized_views.get_mut(&name)
    {
        view.indexes = table.indexes;
    }
    outcome
}

/// Returns the materialized view that the index of that name is of.
pub(super) fn of_index(ctx: &Ctx, index: &ObjectName) -> Option<QName> {
    let home = ctx.relations.home(&ctx.relation_meant(index))?;
    ctx.schema.materialized_views.contains_key(home).then(|| home.clone())
}

/// Refuses a column that a view does not have; nothing is known of a query that was not read.
pub(super) fn check_column(ctx: &Ctx, view: &QName, ident: &Ident) -> Outcome {
    let schema = &ctx.schema;
    let stored = schema.materialized_views.get(view).map(|it| &it.columns);
    let columns = schema.views.get(view).map(|it| &it.columns).or(stored);
    let Some(columns) = columns.filter(|it| !it.is_empty()) else { return Ok(()) };
    let name = ctx.part_name(ident);
    if columns.iter().any(|it| it.name == name) {
        return Ok(());
    }
    let known = columns.iter().map(|it| it.name.as_str());
    Err(Box::new(codes::missing_column(view, name.as_str(), ctx.place(ident.span), known)))
}
