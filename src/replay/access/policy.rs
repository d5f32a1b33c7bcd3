//! Row-level security policies.

use super::{
    object::relation,
    role::{Who, name_of, read},
};
use crate::{
    base::{Name, QName},
    model::{Expr, Id, Policy, Table},
    replay::{
        cascade, codes,
        ctx::{Ctx, Outcome},
    },
    sql::ast::{Drop, ObjectName, PolicyDef, RenamePolicy, RoleRef, Sql},
};

pub(in crate::replay) fn create(ctx: &mut Ctx, it: &PolicyDef) -> Outcome {
    let Some(table) = table(ctx, &it.table)? else { return Ok(()) };
    let name = ctx.part_name(&it.name);
    check_free(ctx, &table, &name, it)?;
    let roles = match &it.roles {
        Some(roles) => role_names(ctx, roles)?,
        None => vec!["public".to_owned()],
    };
    let mut meta = ctx.meta(it.name.span);
    let using = expression(ctx, &table, it.using.as_ref(), &mut meta.uses)?;
    let check = expression(ctx, &table, it.check.as_ref(), &mut meta.uses)?;
    let policy = Policy {
        name: name.clone(),
        command: it.command.unwrap_or("all"),
        permissive: it.permissive.unwrap_or(true),
        roles,
        using,
        check,
        comment: None,
        meta,
    };
    if let Some(table) = ctx.schema.tables.get_mut(&table) {
        table.policies.push(policy);
    }
    ctx.note_needs(&Id::part::<Policy>(table, name));
    Ok(())
}

pub(in crate::replay) fn alter(ctx: &mut Ctx, it: &PolicyDef) -> Outcome {
    let Some(table) = table(ctx, &it.table)? else { return Ok(()) };
    let name = ctx.part_name(&it.name);
    let Some(mut policy) = find(ctx, &table, &name).cloned() else {
        return Err(missing(ctx, &table, &name, it.name.span));
    };
    if let Some(roles) = &it.roles {
        policy.roles = role_names(ctx, roles)?;
    }
    if it.check.is_some() && matches!(policy.command, "select" | "delete") {
        let reason = "a policy for SELECT or DELETE has no WITH CHECK";
        return Err(Box::new(codes::rejected(reason, ctx.place(it.name.span))));
    }
    if it.using.is_some() && policy.command == "insert" {
        let reason = "a policy for INSERT has no USING";
        return Err(Box::new(codes::rejected(reason, ctx.place(it.name.span))));
    }
    let mut uses = Vec::new();
    if it.using.is_some() {
        policy.using = expression(ctx, &table, it.using.as_ref(), &mut uses)?;
    }
    if it.check.is_some() {
        policy.check = expression(ctx, &table, it.check.as_ref(), &mut uses)?;
    }
    if it.using.is_none() || it.check.is_none() {
        uses.append(&mut policy.meta.uses);
    }
    policy.meta.uses = uses;
    if let Some(table) = ctx.schema.tables.get_mut(&table)
        && let Some(own) = table.policies.iter_mut().find(|it| it.name == name)
    {
        *own = policy;
    }
    ctx.note_needs(&Id::part::<Policy>(table, name));
    Ok(())
}

pub(in crate::replay) fn rename(ctx: &mut Ctx, it: &RenamePolicy) -> Outcome {
    let Some(table) = table(ctx, &it.table)? else { return Ok(()) };
    let (name, to) = (ctx.part_name(&it.name), ctx.part_name(&it.to));
    if find(ctx, &table, &name).is_none() {
        return Err(missing(ctx, &table, &name, it.name.span));
    }
    if let Some(existing) = find(ctx, &table, &to) {
        let (place, earlier) = (ctx.place(it.to.span), existing.meta.place);
        let what = format!("policy `{to}` of table `{table}`");
        return Err(Box::new(codes::exists(&what, place, earlier)));
    }
    if let Some(own) = ctx.schema.tables.get_mut(&table)
        && let Some(own) = own.policies.iter_mut().find(|it| it.name == name)
    {
        own.name = to.clone();
    }
    let id = |it| Id::part::<Policy>(table.clone(), it);
    ctx.rename_needs(&id(name), &id(to));
    Ok(())
}

/// `DROP POLICY [IF EXISTS] p ON t`: IF EXISTS is about the table too.
pub(in crate::replay) fn drop(ctx: &mut Ctx, it: &Drop) -> Outcome {
    let (Some(written), Some(own)) = (&it.table, it.names.first()) else { return Ok(()) };
    let table = match table(ctx, written) {
        Ok(Some(table)) => table,
        Ok(None) => return Ok(()),
        Err(_) if it.if_exists => return Ok(()),
        Err(diagnostic) => return Err(diagnostic),
    };
    let name = ctx.part_name(&own.name);
    if find(ctx, &table, &name).is_none() {
        return if it.if_exists { Ok(()) } else { Err(missing(ctx, &table, &name, own.span)) };
    }
    cascade::drop_objects(ctx, &[Id::part::<Policy>(table, name)], true, own.span)
}

/// Returns the table meant; `None` for a temporary one.
fn table(ctx: &Ctx, written: &ObjectName) -> Outcome<Option<QName>> {
    let Some(id) = relation(ctx, written)? else { return Ok(None) };
    if !id.is::<Table>() {
        let reason = format!("`{}` is a {}, not a table", id.owner, id.kind.noun);
        return Err(Box::new(codes::rejected(reason, ctx.place(written.span))));
    }
    Ok(Some(id.owner))
}

fn find<'c>(ctx: &'c Ctx, table: &QName, name: &Name) -> Option<&'c Policy> {
    ctx.schema.tables.get(table)?.policies.iter().find(|it| it.name == *name)
}

fn missing(
    ctx: &Ctx,
    table: &QName,
    name: &Name,
    span: crate::base::Span,
) -> Box<crate::diag::Diagnostic> {
    let policies = ctx.schema.tables.get(table).map(|it| it.policies.as_slice());
    let names = policies.unwrap_or_default().iter().map(|it| it.name.as_str());
    Box::new(codes::missing_constraint("policy", table, name, ctx.place(span), names))
}

fn check_free(ctx: &Ctx, table: &QName, name: &Name, it: &PolicyDef) -> Outcome {
    let Some(existing) = find(ctx, table, name) else { return Ok(()) };
    let what = format!("policy `{name}` of table `{table}`");
    Err(Box::new(codes::exists(&what, ctx.place(it.name.span), existing.meta.place)))
}

/// Returns the names sorted; everybody makes the others superfluous.
fn role_names(ctx: &Ctx, roles: &[RoleRef]) -> Outcome<Vec<String>> {
    let mut res = Vec::new();
    for it in roles {
        match read(ctx, it)? {
            Who::Public => return Ok(vec!["public".to_owned()]),
            Who::Role(holder) => res.push(name_of(&holder).to_string()),
        }
    }
    res.sort();
    res.dedup();
    Ok(res)
}

/// Returns the expression, which can only use what is there, and the objects that it uses.
fn expression(
    ctx: &mut Ctx,
    table: &QName,
    sql: Option<&Sql>,
    uses: &mut Vec<Id>,
) -> Outcome<Option<Expr>> {
    let Some(sql) = sql else { return Ok(None) };
    let Some(table) = ctx.schema.tables.shared(table) else { return Ok(None) };
    let (expr, bound) = ctx.bind_own_expr(sql, &table)?;
    uses.extend(bound);
    Ok(Some(expr))
}
