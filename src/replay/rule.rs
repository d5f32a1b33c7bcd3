//! Rules: `CREATE`, `ALTER`, `DROP`.

use super::{
    codes,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::{List, Name, QName},
    dialect::bind::World,
    dialect::postgres::rewriting::{self, Spot},
    model::{Expr, Id, Rule, View},
    sql::{
        ast::{AlterRule, CreateRule, Drop, Fault, Ident, ObjectName, Sql},
        bind::Bound,
    },
};

/// What an action begins with.
const ACTIONS: &[&str] =
    &["", "select", "with", "values", "table", "insert", "update", "delete", "notify"];

pub(super) fn create(ctx: &mut Ctx, it: &CreateRule) -> Outcome {
    let owner = owner(ctx, &it.table)?;
    let name = ctx.part_name(&it.name);
    if it.event == "select" {
        ctx.not_understood("a rule on select makes a view of a table", it.name.span, Some(owner));
        return Ok(());
    }
    check(ctx, it)?;
    let mut rule = read(ctx, it, &owner)?;
    let place = ctx.place(it.name.span);
    let rules = rules_mut(ctx, &owner)?;
    match rules.iter_mut().find(|it| it.name == name) {
        Some(old) if it.or_replace => {
            rule.comment.clone_from(&old.comment);
            *old = rule;
        }
        Some(old) => {
            let what = format!("rule `{name}` of `{owner}`");
            return Err(Box::new(codes::exists(&what, place, old.meta.place)));
        }
        None => rules.push(rule),
    }
    ctx.note_needs(&Id::part::<Rule>(owner, name));
    Ok(())
}

/// What every rule has to be, whatever it names.
fn check(ctx: &Ctx, it: &CreateRule) -> Outcome {
    let rejected = |reason: &str, span| Err(Box::new(codes::rejected(reason, ctx.place(span))));
    if it.name.text == "_RETURN" {
        return rejected("only the rule that makes a view is named `_RETURN`", it.name.span);
    }
    for action in &it.actions {
        let word = action.text.split(|it: char| !it.is_ascii_alphabetic()).next().unwrap_or("");
        let word = word.to_ascii_lowercase();
        if word == "notify" && it.condition.is_some() {
            return rejected("a rule with a condition reads or writes rows", action.span);
        }
        if !ACTIONS.contains(&word.as_str()) {
            return rejected("a rule does nothing of this kind", action.span);
        }
    }
    Ok(())
}

fn read(ctx: &mut Ctx, it: &CreateRule, owner: &QName) -> Outcome<Rule> {
    let spot = Spot { owner, event: it.event };
    let mut meta = ctx.meta(it.name.span);
    let condition = match &it.condition {
        Some(sql) => {
            let read = |world: &World, text: &str| spot.condition(world, text);
            let (expr, bound) = bound(ctx, sql, &mut meta.uses, &read)?;
            bound.map_or(Ok(()), |it| ctx.refuse_no_condition(&it, "a rule", sql.span))?;
            Some(expr)
        }
        None => None,
    };
    let (mut actions, mut n_returning) = (Vec::new(), 0);
    for sql in &it.actions {
        let read = |world: &World, text: &str| spot.action(world, text);
        let (expr, bound) = bound(ctx, sql, &mut meta.uses, &read)?;
        actions.push(expr);
        let Some(bound) = bound.filter(|it| gives_back(sql, it)) else { continue };
        n_returning += 1;
        let width = ctx.in_world(|world| world.known(owner).map(|it| it.columns.len()));
        let is_other = bound.complete && width.is_some_and(|it| it != bound.outputs.len());
        let reason = match n_returning {
            1 if it.condition.is_some() => "a rule with a condition has no RETURNING",
            1 if !it.instead => "only a rule that acts INSTEAD has RETURNING",
            1 if is_other => "RETURNING gives back other columns than the relation has",
            1 => continue,
            _ => "a rule has one RETURNING",
        };
        return Err(Box::new(codes::rejected(reason, ctx.place(sql.span))));
    }
    let name = ctx.part_name(&it.name);
    let (event, instead) = (it.event, it.instead);
    Ok(Rule { name, event, instead, condition, actions, enabled: "enabled", comment: None, meta })
}

fn gives_back(sql: &Sql, bound: &Bound) -> bool {
    let is_query = sql.text.get(..6).is_some_and(|it| it.eq_ignore_ascii_case("select"));
    !is_query && !bound.outputs.is_empty()
}

/// Returns a condition or action as the server keeps it, and what it was bound to.
fn bound(
    ctx: &mut Ctx,
    sql: &Sql,
    uses: &mut Vec<Id>,
    bind: &dyn Fn(&World, &str) -> Result<Bound, Fault>,
) -> Outcome<(Expr, Option<Bound>)> {
    let Ok(bound) = ctx.in_world(|world| bind(world, sql.text)) else {
        // The parser of queries knows no NOTIFY.
        if !sql.text.get(..6).is_some_and(|it| it.eq_ignore_ascii_case("notify")) {
            ctx.refuse_fault(sql.text, sql.span.start)?;
        }
        return Ok((ctx.in_world(|world| rewriting::unbound(world, sql.text)), None));
    };
    ctx.refuse_problem(&bound, sql.span.start)?;
    let expr = ctx.in_world(|world| {
        uses.extend(world.uses(&bound, None));
        rewriting::kept(world, sql.text, &bound, |text| bind(world, text))
    });
    Ok((expr, Some(bound)))
}

pub(super) fn alter(ctx: &mut Ctx, it: &AlterRule) -> Outcome {
    let owner = owner(ctx, &it.table)?;
    let (old, new) = (ctx.part_name(&it.name), ctx.part_name(&it.to));
    let missing = missing(ctx, &owner, &old, &it.name);
    let rules = rules_mut(ctx, &owner)?;
    let is_taken = rules.iter().any(|it| it.name == new);
    let rule = rules.iter_mut().find(|it| it.name == old).ok_or(missing)?;
    if is_taken {
        let what = format!("rule `{new}` of `{owner}`");
        return Err(Box::new(codes::exists(&what, ctx.place(it.to.span), None)));
    }
    rule.name = new;
    Ok(())
}

/// `DROP RULE a ON t`.
pub(super) fn drop(ctx: &mut Ctx, it: &Drop) -> Outcome {
    let Some(table) = &it.table else { return Ok(()) };
    let owner = match owner(ctx, table) {
        Ok(owner) => owner,
        Err(_) if it.if_exists => return Ok(()),
        Err(missing) => return Err(missing),
    };
    for written in &it.names {
        let name = ctx.part_name(&written.name);
        let missing = missing(ctx, &owner, &name, &written.name);
        let rules = rules_mut(ctx, &owner)?;
        let n_before = rules.len();
        rules.retain(|it| it.name != name);
        if rules.len() == n_before && !it.if_exists {
            return Err(missing);
        }
    }
    Ok(())
}

fn owner(ctx: &Ctx, written: &ObjectName) -> Outcome<QName> {
    let name = ctx.relation_meant(written);
    if ctx.schema.tables.contains_key(&name) || ctx.schema.views.contains_key(&name) {
        return Ok(name);
    }
    Err(ctx.missing_table(written, &name))
}

fn rules_mut<'c>(ctx: &'c mut Ctx, owner: &QName) -> Outcome<&'c mut List<Rule>> {
    if ctx.schema.views.contains_key(owner) {
        let view: Option<&mut View> = ctx.schema.views.get_mut(owner);
        return Ok(&mut view.expect("was just there").rules);
    }
    let table = ctx.schema.tables.get_mut(owner);
    Ok(&mut table.expect("the caller found the owner").rules)
}

fn missing(ctx: &Ctx, owner: &QName, name: &Name, written: &Ident) -> Box<crate::diag::Diagnostic> {
    let none: [&str; 0] = [];
    let place = ctx.place(written.span);
    Box::new(codes::missing_constraint("rule", owner, name, place, none))
}
