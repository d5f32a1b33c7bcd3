//! Rules: `CREATE`, `ALTER`, `DROP`.

use super::{
    codes,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::{List, Name, QName},
    model::{Rule, View},
    sql::ast::{AlterRule, CreateRule, Drop, Ident, ObjectName},
};

pub(super) fn create(ctx: &mut Ctx, it: &CreateRule) -> Outcome {
    let owner = owner(ctx, &it.table)?;
    let name = ctx.part_name(&it.name);
    if it.event == "select" {
        ctx.not_understood("a rule on select makes a view of a table", it.name.span, Some(owner));
        return Ok(());
    }
    let mut rule = Rule {
        name: name.clone(),
        event: it.event,
        text: ctx.expr_of(&it.text),
        enabled: "enabled",
        comment: None,
        meta: ctx.meta(it.name.span),
    };
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
    Ok(())
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
