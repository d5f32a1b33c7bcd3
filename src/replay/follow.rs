//! A new name for something that SQL inside of other objects names: servers keep what is meant, so the texts follow.

use std::collections::BTreeSet;

use super::{ctx::Ctx, follow_attribute, follow_body, follow_value, rename, type_name};
use crate::{
    base::{Name, QName, Span},
    dialect::postgres::rewriting,
    dialect::{bind::World, bound::replaced, needs, views},
    model::{
        Column, ColumnType, CompositeType, Domain, Expr, Extension, Function, Id, MaterializedView,
        Policy, PrimaryKey, Procedure, Publication, Rule, Statistics, Table, Trigger, View,
    },
    sql::{self, ast::Fault, bind::Bound},
};

/// A new name.
pub(super) enum Rename {
    Relation {
        from: QName,
        to: QName,
    },
    Column {
        of: QName,
        from: Name,
        to: Name,
    },
    /// Of a composite type.
    Attribute {
        of: Id,
        from: Name,
        to: Name,
    },
    /// Of a function or aggregate, `to` being without the types of its arguments.
    Routine {
        from: Id,
        to: QName,
    },
    Type {
        from: Id,
        to: QName,
    },
    /// The functions of an extension get another schema.
    Extension {
        name: Name,
        to: Option<Name>,
    },
    /// Of an enum.
    Value {
        of: Id,
        from: String,
        to: String,
    },
}

/// Texts that name something by its new name, to be put in place once it has that name.
#[derive(Default)]
pub(super) struct Follow {
    /// The object, which of its texts, and the new one.
    rewritten: Vec<(Id, usize, String)>,
    /// Routines whose bodies are no strings, and their new bodies.
    bodies: Vec<(Id, String)>,
}

impl Follow {
    /// Lets the texts be those of objects that have another identity by now.
    pub(super) fn rename(&mut self, renamed: &[(Id, Id)]) {
        let ids = self.rewritten.iter_mut().map(|it| &mut it.0);
        for id in ids.chain(self.bodies.iter_mut().map(|it| &mut it.0)) {
            if let Some((_, to)) = renamed.iter().find(|it| it.0 == *id) {
                id.clone_from(to);
            }
        }
    }

    pub(super) fn extend(&mut self, other: Self) {
        self.rewritten.extend(other.rewritten);
        self.bodies.extend(other.bodies);
    }
}

/// Returns the texts that name the object, with its new name in them; the object still has the old one.
pub(super) fn follow(ctx: &Ctx, rename: &Rename) -> Follow {
    let mut res = Follow::default();
    if !ctx.is_postgres() {
        return res;
    }
    let world = World::of(ctx.dialect, &ctx.schema);
    for id in users(ctx, rename) {
        let Some(object) = ctx.schema.find(&id) else { continue };
        let body = follow_body::follow(ctx, &world, &id, rename);
        res.bodies.extend(body.map(|it| (id.clone(), it)));
        for (at, expr) in object.exprs().into_iter().enumerate() {
            let Ok(bound) = bind(ctx, &world, &id, at, expr) else { continue };
            let mut edits = edits(&world, &bound, rename);
            let ty = default_type(ctx, &id, at).map(ToString::to_string);
            let whole = ty.map(|ty| (ty, Span::new(0, expr.text().len())));
            edits.extend(follow_value::edits(&world, (expr.text(), &bound), whole, rename));
            let mut user = id.clone();
            if let Rename::Relation { from, to } = rename
                && id.part.is_some()
                && id.owner == *from
            {
                let own = ctx.dialect.ident(&to.name);
                edits.extend(bound.own_names.iter().map(|it| (*it, own.clone())));
                user.owner.clone_from(to);
            }
            if !edits.is_empty() {
                res.rewritten.push((user, at, replaced(expr.text(), edits)));
            }
        }
    }
    res
}

/// Returns the objects whose texts may name what is renamed.
fn users(ctx: &Ctx, rename: &Rename) -> BTreeSet<Id> {
    let owner = match rename {
        Rename::Value { of, .. } | Rename::Attribute { of, .. } => {
            return follow_value::readers(ctx, of);
        }
        Rename::Extension { name, .. } => {
            let id = Id::of::<Extension>(QName::local(name.clone()));
            return ctx.users_of(&id).into_iter().collect();
        }
        Rename::Routine { from, .. } | Rename::Type { from, .. } => {
            return ctx.users_of(from).into_iter().collect();
        }
        Rename::Relation { from: owner, .. } | Rename::Column { of: owner, .. } => owner,
    };
    let id = needs::relation_of_name(&ctx.schema, owner);
    let mut res: BTreeSet<Id> = id.iter().flat_map(|it| ctx.users_of(it)).collect();
    if let Some(table) = ctx.schema.tables.get(owner) {
        let is_of_column = matches!(rename, Rename::Column { .. });
        // The draft of the table has the new names of columns in its own parts, policies and rules excepted.
        res.retain(|it| it.owner != *owner || it.part.is_none() || !is_of_column);
        let policies = table.policies.iter();
        res.extend(policies.map(|it| Id::part::<Policy>(owner.clone(), it.name.clone())));
        let rules = table.rules.iter();
        res.extend(rules.map(|it| Id::part::<Rule>(owner.clone(), it.name.clone())));
        if !is_of_column {
            res.extend(table.parts().into_iter().map(|it| it.0));
        }
    }
    res
}

/// Binds one text of an object.
pub(super) fn bind(
    ctx: &Ctx,
    world: &World,
    id: &Id,
    at: usize,
    expr: &Expr,
) -> Result<Bound, Fault> {
    if id.is::<View>() || id.is::<MaterializedView>() {
        return world.query(expr.text());
    }
    if let Some(domain) = ctx.schema.domains.get(&id.owner).filter(|_| id.is::<Domain>()) {
        return world.expr(expr.text(), Some(&domain.value()));
    }
    if let Some(Ok(rule)) = ctx.schema.find(id).map(<&Rule>::try_from) {
        let spot = rewriting::Spot { owner: &id.owner, event: rule.event };
        return spot.nth(world, rule, at);
    }
    let own = own(ctx, id, at);
    if id.is::<Trigger>() {
        return world.condition(expr.text(), own);
    }
    world.expr(expr.text(), own)
}

/// Returns the table whose columns a text of the object names.
fn own<'c>(ctx: &'c Ctx, id: &Id, at: usize) -> Option<&'c Table> {
    let tables = &ctx.schema.tables;
    if id.part.is_some() {
        return tables.get(&id.owner);
    }
    if id.is::<Statistics>() {
        return tables.get(&ctx.schema.statistics.get(&id.owner)?.table);
    }
    if id.is::<Publication>() {
        let publication = ctx.schema.publications.get(id.name())?;
        let mut limited = publication.tables.iter().filter(|it| it.condition.is_some());
        return tables.get(&limited.nth(at)?.name);
    }
    None
}

pub(super) fn edits(world: &World, bound: &Bound, rename: &Rename) -> Vec<(Span, String)> {
    let dialect = world.dialect;
    let named = |schema: &Option<String>, name: &str| dialect.qname_of(schema.as_deref(), name);
    let whole = |span: Span, qualifier: Option<Span>| qualifier.map_or(span, |it| it.to(span));
    match rename {
        Rename::Value { .. } => Vec::new(),
        Rename::Attribute { of, from, to } => follow_attribute::edits(world, bound, of, (from, to)),
        Rename::Extension { name, to } => {
            let is_its = |it: &&sql::bind::Call| {
                world.extension_called(&it.name).is_some_and(|it| it.name == *name)
            };
            let moved = |it: &sql::bind::Call| {
                let own = QName::new(to.clone(), Name::exact(it.name.as_str()));
                (whole(it.span, it.qualifier), dialect.qname(&own))
            };
            bound.calls.iter().filter(is_its).map(moved).collect()
        }
        Rename::Relation { from, to } => {
            let uses = bound.relations.iter().filter(|it| named(&it.schema, &it.name) == *from);
            let edit = |it: &sql::bind::UsedRelation| {
                let mut text = dialect.qname(to);
                if it.unaliased && from.name != to.name {
                    text = format!("{text} AS {}", dialect.ident(&from.name));
                }
                (whole(it.span, it.qualifier), text)
            };
            uses.map(edit).collect()
        }
        Rename::Column { of, from, to } => {
            let uses = bound.columns.iter().filter(|it| {
                !it.span.is_empty()
                    && it.column == from.as_str()
                    && named(&it.schema, &it.relation) == *of
            });
            let new = dialect.ident(to);
            let edit = |it: &sql::bind::UsedColumn| {
                let kept = format!("{new} AS {}", dialect.ident(from));
                (it.span, if it.is_output { kept } else { new.clone() })
            };
            uses.map(edit).collect()
        }
        Rename::Routine { from, to } => {
            let uses = bound.calls.iter().filter(|it| world.routine(it).as_ref() == Some(from));
            uses.map(|it| (whole(it.span, it.qualifier), dialect.qname(to))).collect()
        }
        Rename::Type { from, to } => {
            let is_it = |it: &&sql::bind::UsedType| {
                world.type_id(it.schema.as_deref(), &it.name).as_ref() == Some(from)
            };
            let uses = bound.types.iter().filter(is_it);
            uses.map(|it| (whole(it.span, it.qualifier), dialect.qname(to))).collect()
        }
    }
}

/// Puts rewritten texts in place.
pub(super) fn settle(ctx: &mut Ctx, follow: Follow) {
    for (id, text) in follow.bodies {
        follow_body::settle(ctx, &id, text);
    }
    for (id, at, text) in follow.rewritten {
        let is_view = id.is::<View>() || id.is::<MaterializedView>();
        let new = if is_view { Expr::new(text, String::new()) } else { read(ctx, &id, at, text) };
        if let Some(own) = ctx.schema.exprs_mut(&id).into_iter().nth(at) {
            *own = new;
        }
        if is_view {
            canonical_again(ctx, &id);
        }
    }
}

/// Gives a table another name, and lets all that names it follow.
pub(super) fn move_table(ctx: &mut Ctx, from: &QName, to: &QName) {
    let texts = follow(ctx, &Rename::Relation { from: from.clone(), to: to.clone() });
    let columns = ctx.schema.tables.get(from).into_iter().flat_map(|it| &it.columns);
    let columns: Vec<Name> = columns.map(|it| it.name.clone()).collect();
    let key = ctx.schema.tables.get(from).and_then(|it| it.primary_key.as_ref());
    let key = key.map(|it| it.name.clone());
    rename::table(ctx, from, to);
    if let Some(key) = key {
        let old = Id::part::<PrimaryKey>(from.clone(), key.clone());
        ctx.rename_needs(&old, &Id::part::<PrimaryKey>(to.clone(), key));
    }
    for column in columns {
        let old = Id::part::<Column>(from.clone(), column.clone());
        ctx.rename_needs(&old, &Id::part::<Column>(to.clone(), column));
    }
    settle(ctx, texts);
}

/// What holds the name of a table, or of the type of its rows, gets the new one.
pub(super) fn table(ctx: &mut Ctx, users: &[Id], from: &QName, to: &QName) {
    let mut is_type = false;
    for user in users {
        if user.is::<Statistics>() {
            if let Some(it) = ctx.schema.statistics.get_mut(&user.owner) {
                it.table.clone_from(to);
            }
        } else if let Some(it) = publication(ctx, user) {
            let own = it.tables.iter_mut().filter(|it| it.name == *from);
            own.for_each(|it| it.name.clone_from(to));
            it.tables.sort_by(|a, b| a.name.cmp(&b.name));
        }
        is_type |= user.is::<Function>() || user.is::<Procedure>() || user.is::<Column>();
        is_type |= user.is::<CompositeType>() || user.is::<Domain>();
    }
    if is_type {
        type_name::follow(ctx, from, to);
    }
}

/// Publications list columns by name.
pub(super) fn column(ctx: &mut Ctx, table: &QName, from: &Name, to: &Name) {
    for user in ctx.users_of(&Id::of::<Table>(table.clone())) {
        let Some(it) = publication(ctx, &user) else { continue };
        let own = it.tables.iter_mut().filter(|it| it.name == *table);
        for name in own.flat_map(|it| &mut it.columns).filter(|it| *it == from) {
            name.clone_from(to);
        }
    }
}

fn publication<'c>(ctx: &'c mut Ctx, id: &Id) -> Option<&'c mut Publication> {
    ctx.schema.publications.get_mut(id.name()).filter(|_| id.is::<Publication>())
}

/// Triggers go on calling the function.
pub(super) fn call(ctx: &mut Ctx, users: &[Id], from: &QName, to: &QName) {
    for user in users {
        if let Some(it) =
            ctx.schema.event_triggers.get_mut(user.name()).filter(|it| it.function == *from)
        {
            it.function = to.clone();
        }
        let Some(name) = &user.part else { continue };
        let tables = ctx.schema.tables.get_mut(&user.owner).map(|it| &mut it.triggers);
        let views = ctx.schema.views.get_mut(&user.owner).map(|it| &mut it.triggers);
        for it in tables.into_iter().chain(views).flatten() {
            if it.name == *name && it.function.as_ref() == Some(from) {
                it.function = Some(to.clone());
            }
        }
    }
}

/// Reads a text of an object as the statement would that makes it.
fn read(ctx: &Ctx, id: &Id, at: usize, text: String) -> Expr {
    if let Some(Ok(rule)) = ctx.schema.find(id).map(<&Rule>::try_from) {
        let spot = rewriting::Spot { owner: &id.owner, event: rule.event };
        return spot.read(&World::of(ctx.dialect, &ctx.schema), rule, at, text);
    }
    let default = default_type(ctx, id, at).and_then(|ty| ctx.dialect.kept_default(&text, ty));
    if let Some(default) = default {
        return default;
    }
    let world = World::of(ctx.dialect, &ctx.schema);
    let written = Expr::new(text.as_str(), "");
    let is_view = id.is::<View>() || id.is::<MaterializedView>();
    let bound = if is_view { None } else { bind(ctx, &world, id, at, &written).ok() };
    let canonical = bound.map(|it| it.canonical);
    let canonical = canonical.unwrap_or_else(|| sql::canonical(&text, &ctx.dialect.lexis));
    Expr::new(text, canonical)
}

/// Returns the type of what the text is the default of, if it is one.
fn default_type<'c>(ctx: &'c Ctx, id: &Id, at: usize) -> Option<&'c ColumnType> {
    let schema = &ctx.schema;
    let function = schema.functions.get(&id.owner).filter(|_| id.is::<Function>());
    let procedure = schema.procedures.get(&id.owner).filter(|_| id.is::<Procedure>());
    let routine = function.map(|it| &it.routine).or(procedure.map(|it| &it.routine));
    if let Some(routine) = routine {
        let mut given = routine.arguments.iter().filter(|it| it.default.is_some());
        return given.nth(at).map(|it| &it.ty);
    }
    if let Some(domain) = schema.domains.get(&id.owner).filter(|_| id.is::<Domain>()) {
        return Some(&domain.ty).filter(|_| domain.default.is_some() && at == 0);
    }
    let column = schema.find(id).and_then(|it| <&Column>::try_from(it).ok())?;
    Some(&column.ty).filter(|_| column.default.is_some() && at == 0)
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
    if let (Some(query), Some(own)) = (query, ctx.schema.exprs_mut(id).pop()) {
        *own = query;
    }
}
