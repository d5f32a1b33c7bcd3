//! Schemas that were read without knowing what the names and types in their expressions stand for, bound as a whole.

use std::borrow::Cow;

use super::{Dialect, bind::World, inline, views};
use crate::{
    base::Name,
    dialect::postgres::rewriting,
    model::{Expr, Kind, Schema, Table},
    sql::{self, Family},
};

/// Binds views and policies of a schema that was read without knowing what they name.
pub fn bind_all(schema: &mut Schema, dialect: &'static Dialect) {
    views::bind_all(schema, dialect);
    let known = schema.clone();
    inline::bind_all(schema, &known, dialect);
    let world = World::of(dialect, &known);
    bind_domains(&world, schema);
    rewriting::bind_all(schema, &known, &world);
    for (name, own) in &known.tables {
        let is_concerned = !own.policies.is_empty() || is_computed(own);
        let Some(table) = schema.tables.get_mut(name).filter(|_| is_concerned) else { continue };
        bind_table(&world, table, Some(own));
        for policy in &mut table.policies {
            for expr in [&mut policy.using, &mut policy.check].into_iter().flatten() {
                let Ok(bound) = world.expr(expr.text(), Some(own)) else { continue };
                policy.meta.uses.extend(world.uses(&bound, Some(&table.name)));
                *expr = Expr::new(expr.text(), bound.canonical);
            }
        }
    }
}

/// Gives the conditions of domains the canonical text that their types give.
fn bind_domains(world: &World, schema: &mut Schema) {
    for (name, own) in world.schema.domains.iter().filter(|it| !it.1.checks.is_empty()) {
        let Some(domain) = schema.domains.get_mut(name) else { continue };
        let value = own.value();
        for check in &mut domain.checks {
            check.expr = world.expr_of(check.expr.text(), Some(&value));
        }
    }
}

/// Returns what is computed of the table's columns.
fn computed(table: &Table) -> impl Iterator<Item = &Expr> {
    let generated = table.columns.iter().filter_map(|it| it.generated.as_ref());
    let checks = table.checks.iter().map(|it| &it.expr);
    let indexes = table.indexes.iter().flat_map(Kind::exprs);
    let exclusions = table.exclusions.iter().flat_map(Kind::exprs);
    checks.chain(indexes).chain(exclusions).chain(generated.map(|it| &it.expr))
}

/// Returns what is computed of the table's columns, to be changed.
pub fn computed_mut(table: &mut Table) -> impl Iterator<Item = &mut Expr> {
    let generated = table.columns.iter_mut().filter_map(|it| it.generated.as_mut());
    let checks = table.checks.iter_mut().map(|it| &mut it.expr);
    let indexes = table.indexes.iter_mut().flat_map(Kind::exprs_mut);
    let exclusions = table.exclusions.iter_mut().flat_map(Kind::exprs_mut);
    checks.chain(indexes).chain(exclusions).chain(generated.map(|it| &mut it.expr))
}

/// Whether the table has expressions that types of columns may tell more of.
fn is_computed(table: &Table) -> bool {
    computed(table).next().is_some() || table.triggers.iter().any(|it| it.condition.is_some())
}

/// Gives what is computed of that column, which has a new name, the canonical text that its type gives.
pub fn bind_users(world: &World, table: &mut Table, column: &Name) {
    let uses = |it: &Expr| world.dialect.uses(it, column);
    if computed(table).any(uses) {
        let own = table.clone();
        for expr in computed_mut(table).filter(|it| uses(it)) {
            *expr = world.expr_of(expr.text(), Some(&own));
        }
    }
}

/// Gives what is computed of the table's columns the canonical text that their types give.
fn bind_table(world: &World, table: &mut Table, own: Option<&Table>) {
    for expr in computed_mut(table) {
        *expr = world.expr_of(expr.text(), own);
    }
    for expr in table.triggers.iter_mut().filter_map(|it| it.condition.as_mut()) {
        *expr = world.condition_of(expr.text(), own);
    }
}

/// Whether there may be a type or a call in the text.
fn may_cast(text: &str) -> bool {
    text.contains("::") || text.contains('(')
}

/// Settles the expressions of the tables for sessions that look into the schemas of the path, the default one where
/// it is empty, and compares them as the types of columns ask for; `known` is what the database holds.
pub fn settle(
    desired: &mut Schema,
    known: &Schema,
    path: &[Option<Name>],
    dialect: &'static Dialect,
) {
    if dialect.lexis.family != Family::Postgres {
        return;
    }
    let world = World { path, ..World::of(dialect, known) };
    let typed = desired.clone();
    let own_world = World::of(dialect, &typed);
    bind_domains(&own_world, desired);
    for (name, own) in &typed.tables {
        // A table that is not concerned stays shared.
        let is_elsewhere = !path.is_empty() && exprs(own).any(|it| settled(&world, it).is_some());
        if !is_elsewhere && !is_computed(own) {
            continue;
        }
        let Some(table) = desired.tables.get_mut(name) else { continue };
        if is_elsewhere {
            settle_table(&world, table);
        }
        bind_table(&own_world, table, Some(own));
    }
}

fn exprs(table: &Table) -> impl Iterator<Item = &Expr> {
    table.columns.iter().filter_map(|it| it.default.as_ref()).chain(computed(table))
}

fn settle_table(world: &World, table: &mut Table) {
    for column in &mut table.columns {
        if let Some(text) = column.default.as_ref().and_then(|it| settled(world, it)) {
            column.default = world.dialect.kept_default(&text, &column.ty);
        }
    }
    computed_mut(table).for_each(|it| expr(world, it));
}

fn expr(world: &World, it: &mut Expr) {
    if let Some(text) = settled(world, it) {
        let canonical = sql::canonical(&text, &world.dialect.lexis);
        *it = Expr::new(text, canonical);
    }
}

/// Returns the text, if it changes.
fn settled(world: &World, it: &Expr) -> Option<String> {
    if it.is_literal() || !may_cast(it.text()) {
        return None;
    }
    let bound = world.expr(it.text(), None).ok()?;
    match world.settled(it.text(), &bound) {
        Cow::Owned(text) => Some(text),
        Cow::Borrowed(_) => None,
    }
}
