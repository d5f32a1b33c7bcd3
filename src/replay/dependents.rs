//! What others make of a change of a table: views keep its columns, and follow new names.

use std::collections::BTreeSet;

use super::{
    alter_table::{After, Edit},
    cascade, codes,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::{Name, QName, Span},
    dialect::{bind::World, views},
    model::{Column, Expr, Function, Id, MaterializedView, Policy, Procedure, Rule, Table, View},
    sql::{
        ast::{AlterKind, AlterTable},
        bind::Bound,
    },
};

/// A new name.
pub(super) enum Rename {
    Relation { from: QName, to: QName },
    Column { of: QName, from: Name, to: Name },
}

/// Texts that name something by its new name, to be put in place once it has that name.
#[derive(Default)]
pub(super) struct Follow {
    rewritten: Vec<(Id, Slot, String)>,
}

/// Which text of an object.
#[derive(Clone, Copy)]
enum Slot {
    Query,
    Using,
    Check,
}

/// What is left to do once an edit is in the schema.
pub(super) struct Aftermath {
    follow: Follow,
    renamed: Vec<(Id, Id)>,
    dropped: Vec<Id>,
}

/// Returns what others make of the edit, if they let it happen.
pub(super) fn of_edit(ctx: &Ctx, edit: &Edit, it: &AlterTable) -> Outcome<Aftermath> {
    let mut res = Aftermath { follow: Follow::default(), renamed: Vec::new(), dropped: Vec::new() };
    let Some(original) = ctx.schema.tables.get(&edit.table.name) else { return Ok(res) };
    if !ctx.is_postgres() {
        return Ok(res);
    }
    let mut kept: BTreeSet<&Name> = edit.table.columns.iter().map(|it| &it.name).collect();
    let mut names = original.name.clone();
    for after in &edit.after {
        match after {
            After::RenameColumn { from, to } => {
                kept.insert(from);
                let rename =
                    Rename::Column { of: names.clone(), from: from.clone(), to: to.clone() };
                res.follow.extend(follow(ctx, &rename));
                let old = Id::part::<Column>(names.clone(), from.clone());
                res.renamed.push((old, Id::part::<Column>(names.clone(), to.clone())));
            }
            After::RenameTable(to) => {
                let rename = Rename::Relation { from: names.clone(), to: to.clone() };
                res.follow.extend(follow(ctx, &rename));
                res.renamed.push((Id::of::<Table>(names), Id::of::<Table>(to.clone())));
                for column in &edit.table.columns {
                    let old = Id::part::<Column>(original.name.clone(), column.name.clone());
                    let new = Id::part::<Column>(to.clone(), column.name.clone());
                    res.renamed.push((old, new));
                }
                names = to.clone();
            }
            After::DropForeignKeysTo(_) => {}
        }
    }
    for column in &original.columns {
        let id = Id::part::<Column>(original.name.clone(), column.name.clone());
        let now = edit.table.column(&column.name);
        let is_retyped = now.is_some_and(|it| it.ty != column.ty);
        if kept.contains(&column.name) && !is_retyped {
            continue;
        }
        let users = ctx.users_of(&id).into_iter().filter(keeps_columns);
        for user in users {
            check_user(ctx, it, &id, &user, is_retyped)?;
            res.dropped.push(user);
        }
    }
    Ok(res)
}

/// Whether the server asks for CASCADE before a column goes that the object reads.
fn keeps_columns(user: &Id) -> bool {
    user.is::<View>()
        || user.is::<MaterializedView>()
        || user.is::<Policy>()
        || user.is::<Rule>()
        || user.is::<Function>()
        || user.is::<Procedure>()
}

fn check_user(ctx: &Ctx, it: &AlterTable, id: &Id, user: &Id, is_retyped: bool) -> Outcome {
    let column = id.name();
    let action = it.actions.iter().find(|it| match &it.kind {
        AlterKind::DropColumn { name, .. } | AlterKind::AlterColumn { name, .. } => {
            ctx.part_name(name) == *column
        }
        _ => false,
    });
    let span = action.map_or(it.name.span, |it| it.span);
    let noun = user.kind.noun;
    let described = format!("{noun} `{user}`");
    let place = ctx.schema.find(user).and_then(|it| it.meta().place);
    if is_retyped {
        let reason = format!("{described} keeps the type of column `{column}`");
        return Err(Box::new(codes::rejected(reason, ctx.place(span))));
    }
    let cascades = action
        .is_some_and(|it| matches!(&it.kind, AlterKind::DropColumn { cascade, .. } if *cascade));
    if cascades {
        return Ok(());
    }
    let what = format!("column `{column}` of table `{}`", id.owner);
    Err(Box::new(codes::still_referenced(&what, &described, ctx.place(span), place)))
}

/// Lets others follow an edit that is in the schema by now.
pub(super) fn finish(ctx: &mut Ctx, aftermath: Aftermath) {
    for (from, to) in &aftermath.renamed {
        ctx.rename_needs(from, to);
    }
    settle(ctx, aftermath.follow);
    if !aftermath.dropped.is_empty() {
        let dropped = cascade::drop_objects(ctx, &aftermath.dropped, true, Span::default());
        debug_assert!(dropped.is_ok(), "nothing keeps what is dropped with CASCADE");
    }
}

impl Follow {
    fn extend(&mut self, other: Self) {
        self.rewritten.extend(other.rewritten);
    }
}

/// Returns the texts that name the object, with its new name in them; the object still has the old one.
pub(super) fn follow(ctx: &Ctx, rename: &Rename) -> Follow {
    let mut users = BTreeSet::new();
    let (Rename::Relation { from: owner, .. } | Rename::Column { of: owner, .. }) = rename;
    if let Some(id) = crate::dialect::needs::relation_of_name(&ctx.schema, owner) {
        users.extend(ctx.users_of(&id));
    }
    if let Some(table) = ctx.schema.tables.get(owner) {
        let policies = table.policies.iter();
        users.extend(policies.map(|it| Id::part::<Policy>(owner.clone(), it.name.clone())));
    }
    let mut res = Follow::default();
    let world = World::of(ctx.dialect, &ctx.schema);
    for id in users {
        for (slot, text) in texts(ctx, &id) {
            let own = ctx.schema.tables.get(&id.owner).filter(|_| id.part.is_some());
            let bound = match slot {
                Slot::Query => world.query(text.text()),
                Slot::Using | Slot::Check => world.expr(text.text(), own),
            };
            let Ok(bound) = bound else { continue };
            let mut edits = edits(&world, &bound, rename);
            if let Rename::Relation { from, to } = rename
                && id.owner == *from
            {
                let own = ctx.dialect.ident(&to.name);
                edits.extend(bound.own_names.iter().map(|it| (*it, own.clone())));
            }
            if !edits.is_empty() {
                let text = crate::dialect::bind::replaced(text.text(), edits);
                res.rewritten.push((id.clone(), slot, text));
            }
        }
    }
    res
}

fn texts(ctx: &Ctx, id: &Id) -> Vec<(Slot, Expr)> {
    if id.is::<View>() {
        let view = ctx.schema.views.get(&id.owner);
        return view.map(|it| (Slot::Query, it.query.clone())).into_iter().collect();
    }
    if id.is::<MaterializedView>() {
        let view = ctx.schema.materialized_views.get(&id.owner);
        return view.map(|it| (Slot::Query, it.query.clone())).into_iter().collect();
    }
    let Some(policy) = ctx.schema.find(id).and_then(|it| <&Policy>::try_from(it).ok()) else {
        return Vec::new();
    };
    let using = policy.using.iter().map(|it| (Slot::Using, it.clone()));
    using.chain(policy.check.iter().map(|it| (Slot::Check, it.clone()))).collect()
}

fn edits(world: &World, bound: &Bound, rename: &Rename) -> Vec<(Span, String)> {
    let dialect = world.dialect;
    let named = |schema: &Option<String>, name: &str| dialect.qname_of(schema.as_deref(), name);
    let mut res = Vec::new();
    match rename {
        Rename::Relation { from, to } => {
            let uses = bound.relations.iter().filter(|it| named(&it.schema, &it.name) == *from);
            for it in uses {
                let span = it.qualifier.map_or(it.span, |qualifier| qualifier.to(it.span));
                let mut text = dialect.qname(to);
                if it.unaliased && from.name != to.name {
                    text = format!("{text} AS {}", dialect.ident(&from.name));
                }
                res.push((span, text));
            }
        }
        Rename::Column { of, from, to } => {
            let uses = bound.columns.iter().filter(|it| {
                !it.span.is_empty()
                    && it.column == from.as_str()
                    && named(&it.schema, &it.relation) == *of
            });
            for it in uses {
                let new = dialect.ident(to);
                let text =
                    if it.is_output { format!("{new} AS {}", dialect.ident(from)) } else { new };
                res.push((it.span, text));
            }
        }
    }
    res
}

/// Puts rewritten texts in place.
pub(super) fn settle(ctx: &mut Ctx, follow: Follow) {
    for (id, slot, text) in follow.rewritten {
        match slot {
            Slot::Query => {
                let canonical = String::new();
                if let Some(query) = query_mut(ctx, &id) {
                    *query = Expr::new(text, canonical);
                }
                canonical_again(ctx, &id);
            }
            Slot::Using | Slot::Check => {
                let own = ctx.schema.tables.get(&id.owner);
                let expr = World::of(ctx.dialect, &ctx.schema).expr_of(&text, own);
                let table = ctx.schema.tables.get_mut(&id.owner);
                let policies = table.into_iter().flat_map(|it| &mut it.policies);
                for policy in policies.filter(|it| it.name == *id.name()) {
                    let own = match slot {
                        Slot::Using => &mut policy.using,
                        _ => &mut policy.check,
                    };
                    *own = Some(expr.clone());
                }
            }
        }
    }
}

fn query_mut<'c>(ctx: &'c mut Ctx, id: &Id) -> Option<&'c mut Expr> {
    if id.is::<View>() {
        return ctx.schema.views.get_mut(&id.owner).map(|it| &mut it.query);
    }
    ctx.schema.materialized_views.get_mut(&id.owner).map(|it| &mut it.query)
}

/// Compares the view's query by the names of now.
pub(super) fn canonical_again(ctx: &mut Ctx, id: &Id) {
    let world = World::of(ctx.dialect, &ctx.schema);
    let query = if id.is::<View>() {
        let view = ctx.schema.views.get(&id.owner);
        view.map(|it| views::again(&world, &it.query, &it.columns))
    } else {
        let view = ctx.schema.materialized_views.get(&id.owner);
        view.map(|it| views::again(&world, &it.query, &it.columns))
    };
    if let (Some(query), Some(own)) = (query, query_mut(ctx, id)) {
        *own = query;
    }
}
