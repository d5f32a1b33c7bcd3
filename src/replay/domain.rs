//! Domains.

use super::{
    calls::Settled,
    cascade, codes, collation, column, column_default, column_rules,
    ctx::{Ctx, Outcome},
    type_name,
};
use crate::{
    base::{Name, QName, Span},
    dialect::postgres::spots,
    model::{Access, ColumnType, Domain, DomainCheck, Id},
    sql::ast::{
        AlterDomain, CreateDomain, DomainChange, DomainCheckDef, Drop, Ident, ObjectName, Sql,
    },
};

pub(super) fn create(ctx: &mut Ctx, it: &CreateDomain) -> Outcome {
    let name = ctx.made_name(&it.name)?;
    type_name::check_free(ctx, &name, it.name.span)?;
    let ty = column::read_type(ctx, &it.ty)?;
    column_rules::check_type(ctx, &ty, &it.ty)?;
    let default = settled(ctx, &ty, it.default.as_ref())?;
    let (default, mut uses) = default.map_or_else(Default::default, |it| (it.text, it.uses));
    let collate = it.collate.as_ref().map(|it| collation::of_type(ctx, it, &ty)).transpose()?;
    let (collate, needed) = collate.unwrap_or_default();
    uses.extend(needed);
    let mut domain = Domain {
        name: name.clone(),
        collate,
        default: ctx.dialect.default_expr(&default, &ty).filter(|_| it.default.is_some()),
        ty,
        nullable: it.not_null != Some(true),
        checks: Vec::new(),
        access: Access::default(),
        comment: None,
        meta: ctx.meta(it.name.name.span),
    };
    domain.meta.uses = uses;
    if it.default.is_none()
        && let Some(base) = domain.ty.user.as_ref().and_then(|it| ctx.schema.domains.get(it))
    {
        // It is copied, and does not change with that of the other.
        domain.default.clone_from(&base.default);
        domain.meta.uses.extend(base.meta.uses.iter().cloned());
    }
    for check in &it.checks {
        add_check(ctx, &mut domain, check)?;
    }
    if let Ok(Some(extension)) = super::extension::of_type(ctx, &mut domain.ty) {
        domain.meta.uses.push(extension);
    }
    ctx.schema.domains.insert(name.clone(), domain);
    ctx.note_needs(&Id::of::<Domain>(name));
    Ok(())
}

fn settled<'t>(
    ctx: &Ctx,
    ty: &ColumnType,
    default: Option<&Sql<'t>>,
) -> Outcome<Option<Settled<'t>>> {
    default.map(|it| column_default::settle(ctx, &"the domain", ty, it)).transpose()
}

pub(super) fn alter(ctx: &mut Ctx, it: &AlterDomain) -> Outcome {
    let name = find(ctx, &it.name)?;
    let Some(mut domain) = ctx.schema.domains.get(&name).cloned() else { return Ok(()) };
    match &it.change {
        DomainChange::Default(default) => {
            let settled = settled(ctx, &domain.ty, default.as_ref())?;
            domain.default = settled.and_then(|it| {
                domain.meta.uses.extend(it.uses);
                ctx.dialect.default_expr(&it.text, &domain.ty)
            });
        }
        DomainChange::NotNull(on) => domain.nullable = !on,
        DomainChange::AddCheck(check) => add_check(ctx, &mut domain, check)?,
        DomainChange::DropConstraint { name, if_exists } => {
            let own = ctx.part_name(name);
            let before = domain.checks.len();
            domain.checks.retain(|it| it.name != own);
            if domain.checks.len() == before && !if_exists {
                return Err(missing_check(ctx, &domain, name));
            }
        }
        DomainChange::RenameConstraint { from, to } => {
            let (old, new) = (ctx.part_name(from), ctx.part_name(to));
            check_free(ctx, &domain, &new, to.span)?;
            let Some(check) = domain.checks.iter_mut().find(|it| it.name == old) else {
                return Err(missing_check(ctx, &domain, from));
            };
            check.name = new;
        }
        DomainChange::Validate(name) => {
            let own = ctx.part_name(name);
            let Some(check) = domain.checks.iter_mut().find(|it| it.name == own) else {
                return Err(missing_check(ctx, &domain, name));
            };
            check.validated = true;
        }
        DomainChange::RenameTo(to) => {
            let new = type_name::renamed(ctx, &name, to)?;
            rename(ctx, &name, &new);
            return Ok(());
        }
        DomainChange::SetSchema(schema) => {
            let new = type_name::moved(ctx, &name, schema)?;
            rename(ctx, &name, &new);
            return Ok(());
        }
    }
    ctx.schema.domains.insert(name, domain);
    Ok(())
}

pub(super) fn drop(ctx: &mut Ctx, it: &Drop) -> Outcome {
    for written in &it.names {
        match find(ctx, written) {
            Ok(name) => {
                let id = Id::of::<Domain>(name);
                cascade::drop_objects(ctx, &[id], it.cascade, written.span)?;
            }
            Err(_) if it.if_exists && ctx.type_meant(written).is_none() => {}
            Err(diagnostic) => return Err(diagnostic),
        }
    }
    Ok(())
}

/// Gives the domain another name; what is of it follows.
pub(super) fn rename(ctx: &mut Ctx, from: &QName, to: &QName) {
    type_name::rename(ctx, &Id::of::<Domain>(from.clone()), to, |ctx| {
        let Some(mut it) = ctx.schema.domains.remove(from) else { return };
        it.name = to.clone();
        ctx.schema.domains.insert(to.clone(), it);
    });
}

fn find(ctx: &Ctx, written: &ObjectName) -> Outcome<QName> {
    let Some(name) = ctx.type_meant(written) else { return Err(type_name::missing(ctx, written)) };
    if ctx.schema.domains.contains_key(&name) {
        return Ok(name);
    }
    let reason = format!("`{name}` is no domain");
    Err(Box::new(codes::rejected(reason, ctx.place(written.span))))
}

/// Refuses the name of a constraint that the domain does not have.
pub(super) fn check_there(ctx: &Ctx, domain: &ObjectName, constraint: &Ident) -> Outcome {
    let name = find(ctx, domain)?;
    let Some(domain) = ctx.schema.domains.get(&name) else { return Ok(()) };
    let own = ctx.part_name(constraint);
    let is_there = domain.checks.iter().any(|it| it.name == own);
    if is_there { Ok(()) } else { Err(missing_check(ctx, domain, constraint)) }
}

fn add_check(ctx: &Ctx, domain: &mut Domain, def: &DomainCheckDef) -> Outcome {
    let name = match &def.name {
        Some(written) => {
            let name = ctx.part_name(written);
            check_free(ctx, domain, &name, written.span)?;
            name
        }
        None => free_name(ctx, domain),
    };
    let (expr, mentions) = ctx.read_expr(&def.expr);
    if let Some((name, span)) = mentions.into_iter().find(|it| it.0.as_str() != "value") {
        let reason = format!("a domain has no column `{name}`, only VALUE");
        return Err(Box::new(codes::rejected(reason, ctx.place(span))));
    }
    let value = domain.value();
    let (expr, uses) = ctx.settled_expr(expr, &def.expr, Some(&value), &spots::CHECK)?;
    domain.meta.uses.extend(uses);
    let expr = ctx.in_world(|world| world.expr_of(expr.text(), Some(&value)));
    domain.checks.push(DomainCheck { name, expr, validated: !def.not_valid });
    Ok(())
}

/// The server takes `d_check`, `d_check1`, ….
fn free_name(ctx: &Ctx, domain: &Domain) -> Name {
    let first = format!("{}_check", domain.name.name);
    let numbered = (1..).map(|it| format!("{first}{it}"));
    std::iter::once(first.clone())
        .chain(numbered)
        .map(|it| ctx.dialect.column_name(&it))
        .find(|name| domain.checks.iter().all(|it| it.name != *name))
        .expect("one of the numbers is free")
}

fn check_free(ctx: &Ctx, domain: &Domain, name: &Name, span: Span) -> Outcome {
    if domain.checks.iter().all(|it| it.name != *name) {
        return Ok(());
    }
    let what = format!("constraint `{name}` of domain `{}`", domain.name);
    Err(Box::new(codes::exists(&what, ctx.place(span), domain.meta.place)))
}

fn missing_check(ctx: &Ctx, domain: &Domain, ident: &Ident) -> Box<crate::diag::Diagnostic> {
    let what = format!("constraint `{}` of domain `{}`", ident.text, domain.name);
    Box::new(codes::missing_type(&what, ctx.place(ident.span), None))
}

/// Returns whether PostgreSQL assigns values of one type to the other by itself, as far as that is known.
pub(super) fn assigns(ctx: &Ctx, from: &ColumnType, to: &ColumnType) -> bool {
    ctx.in_world(|world| world.assigns(from, to))
}
