//! What the condition and the actions of a rule name: the rows before and after, and whatever queries read
//! (<https://www.postgresql.org/docs/current/sql-createrule.html>).

use crate::{
    base::{List, QName},
    dialect::bind::World,
    model::{Expr, Kind, Rule, Schema},
    sql::{
        self,
        ast::Fault,
        bind::{Bound, Own},
    },
};

/// The rows that a rule for the event knows.
const ROWS: &[(&str, &[&str])] =
    &[("insert", &["new"]), ("update", &["new", "old"]), ("delete", &["old"])];

/// Where a rule is: of which relation, and for which statements.
#[derive(Clone, Copy)]
pub struct Spot<'a> {
    pub owner: &'a QName,
    pub event: &'a str,
}

impl Spot<'_> {
    pub fn condition(&self, world: &World, text: &str) -> Result<Bound, Fault> {
        world.expr_over(text, &self.rows(world))
    }

    pub fn action(&self, world: &World, text: &str) -> Result<Bound, Fault> {
        world.data(text, &self.rows(world))
    }

    /// Binds one of the rule's texts, by its number among its `exprs`.
    pub fn nth(&self, world: &World, rule: &Rule, at: usize) -> Result<Bound, Fault> {
        let text = rule.exprs().get(at).map_or("", |it| it.text());
        self.one(world, rule, at, text)
    }

    /// Returns what another text in the place of that one is.
    pub fn read(&self, world: &World, rule: &Rule, at: usize, text: String) -> Expr {
        match self.one(world, rule, at, &text) {
            Ok(bound) => Expr::new(text, bound.canonical),
            Err(_) => unbound(world, &text),
        }
    }

    fn one(&self, world: &World, rule: &Rule, at: usize, text: &str) -> Result<Bound, Fault> {
        let is_condition = at == 0 && rule.condition.is_some();
        if is_condition { self.condition(world, text) } else { self.action(world, text) }
    }

    fn rows(&self, world: &World) -> Vec<Own> {
        let Some(relation) = world.known(self.owner) else { return Vec::new() };
        let names = ROWS.iter().find(|it| it.0 == self.event).map_or(&[][..], |it| it.1);
        let row = |alias: &&str| Own { alias: (*alias).to_owned(), relation: relation.clone() };
        names.iter().map(row).collect()
    }
}

/// Returns a condition or an action that was bound, as the server keeps it.
pub fn kept(
    world: &World,
    text: &str,
    bound: &Bound,
    again: impl Fn(&str) -> Result<Bound, Fault>,
) -> Expr {
    let text = world.settled(text.trim(), bound);
    let named = world.canonical(bound, || again(&text));
    Expr::new(text, named)
}

/// Binds the rules of a schema that was read without knowing what they name.
pub(in crate::dialect) fn bind_all(schema: &mut Schema, known: &Schema, world: &World) {
    let rules =
        |of: &QName, rules: &mut List<Rule>| rules.iter_mut().for_each(|it| bind(world, of, it));
    for (name, _) in known.tables.iter().filter(|it| !it.1.rules.is_empty()) {
        schema.tables.get_mut(name).into_iter().for_each(|it| rules(name, &mut it.rules));
    }
    for (name, _) in known.views.iter().filter(|it| !it.1.rules.is_empty()) {
        schema.views.get_mut(name).into_iter().for_each(|it| rules(name, &mut it.rules));
    }
}

fn bind(world: &World, owner: &QName, rule: &mut Rule) {
    for at in 0..rule.exprs().len() {
        let Ok(bound) = (Spot { owner, event: rule.event }).nth(world, rule, at) else { continue };
        rule.meta.uses.extend(world.uses(&bound, None));
        if let Some(expr) = rule.exprs_mut().into_iter().nth(at) {
            *expr = Expr::new(expr.text(), bound.canonical);
        }
    }
}

/// Returns a text of a rule as it is compared, nothing of it being known.
pub fn unbound(world: &World, text: &str) -> Expr {
    let text = text.trim();
    Expr::new(text, sql::canonical(text, &world.dialect.lexis))
}
