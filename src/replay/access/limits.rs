//! What a role that the session acts for may not do (<https://www.postgresql.org/docs/current/ddl-priv.html>). Of roles that
//! nobody made here nothing is known.

use super::role::is_in;
use crate::{
    base::{Name, QName, Span},
    diag::Diagnostic,
    dialect::postgres::privileges::public_access,
    model::{Access, Grant, Grantee, Grants, Holder, Id, Object},
    replay::{
        codes,
        ctx::{Ctx, Outcome},
    },
};

impl Ctx<'_, '_> {
    /// Refuses to make something in a schema where the role may not.
    pub(in crate::replay) fn check_creator(&self, schema: Option<&Name>, span: Span) -> Outcome {
        let Some(role) = limited(self) else { return Ok(()) };
        let home = self.dialect.default_schema.unwrap_or_default();
        let name = schema.cloned().unwrap_or_else(|| Name::exact(home));
        let is_open = schema.is_none() && self.dialect.version.is_some_and(|it| it < 15);
        let found = self.schema.namespaces.get(&name).map(|it| it.access.clone());
        let access = found.or_else(|| schema.is_none().then(public_access));
        let may = access.is_none_or(|it| may(self, role, &it, "create"));
        if is_open || may {
            return Ok(());
        }
        Err(denied(self, role, &format!("makes nothing in schema `{name}`"), span))
    }

    /// Refuses to change what the role does not own.
    pub(in crate::replay) fn check_owner(
        &self,
        access: &Access,
        name: &QName,
        span: Span,
    ) -> Outcome {
        match limited(self) {
            Some(role) if !owns(self, role, access) => {
                Err(denied(self, role, &format!("does not own `{name}`"), span))
            }
            _ => Ok(()),
        }
    }

    /// Refuses to change the object, if it has an owner that the role is not.
    pub(in crate::replay) fn check_owner_of(&self, id: &Id, span: Span) -> Outcome {
        let access = self.schema.find(id).and_then(Object::access);
        access.map_or(Ok(()), |it| self.check_owner(it, &id.owner, span))
    }

    /// Returns the privileges that the role may give to others; errs where it has none of the object at all.
    pub(super) fn grantable(
        &self,
        id: &Id,
        mut privileges: Vec<Grant>,
        span: Span,
    ) -> Outcome<Vec<Grant>> {
        let access = self.schema.find(id).and_then(Object::access);
        let Some((role, access)) = limited(self).zip(access) else { return Ok(privileges) };
        let Some(grants) = access.grants.as_ref().filter(|_| !owns(self, role, access)) else {
            return Ok(privileges);
        };
        let own: Vec<&Grant> = given_to(self, role, grants).collect();
        if own.is_empty() {
            return Err(denied(self, role, &format!("has no privileges on `{}`", id.owner), span));
        }
        // Of others the server only warns.
        privileges
            .retain(|it| own.iter().any(|own| own.grantable && own.privilege == it.privilege));
        Ok(privileges)
    }

    /// Refuses to drop what belongs to another role, as does its schema.
    pub(in crate::replay) fn check_dropper(
        &self,
        access: &Access,
        name: &QName,
        span: Span,
    ) -> Outcome {
        let home = name.schema.as_ref().and_then(|it| self.schema.namespaces.get(it));
        let owns_home = |role: &Name| home.is_some_and(|it| owns(self, role, &it.access));
        match limited(self) {
            Some(role) if owns_home(role) => Ok(()),
            _ => self.check_owner(access, name, span),
        }
    }

    /// Refuses a privilege on the object that nobody gave the role.
    pub(in crate::replay) fn check_privilege(
        &self,
        (access, name): (&Access, &QName),
        privilege: &str,
        span: Span,
    ) -> Outcome {
        match limited(self) {
            Some(role) if !may(self, role, access, privilege) => {
                Err(denied(self, role, &format!("may not `{privilege}` on `{name}`"), span))
            }
            _ => Ok(()),
        }
    }
}

fn denied(ctx: &Ctx, role: &Name, what: &str, span: Span) -> Box<Diagnostic> {
    Box::new(codes::rejected(format!("role `{role}` {what}"), ctx.place(span)))
}

/// Returns the role that the session acts for, if what it may do is limited and known.
fn limited<'c>(ctx: &'c Ctx) -> Option<&'c Name> {
    let name = ctx.roles.said().filter(|_| ctx.is_postgres())?;
    let role = ctx.schema.roles.get(name).filter(|it| !it.meta.external)?;
    (!role.options.contains_key("superuser")).then_some(name)
}

/// Whether the role has what another one has.
fn acts_as(ctx: &Ctx, role: &Name, other: &Name) -> bool {
    let inherits = ctx.schema.roles.get(role).is_some_and(|it| !it.options.contains_key("inherit"));
    role == other || inherits && is_in(ctx, role, other)
}

fn owns(ctx: &Ctx, role: &Name, access: &Access) -> bool {
    match &access.owner {
        Some(Holder::Role(owner)) => acts_as(ctx, role, owner),
        Some(Holder::Creator) => false,
        None => true,
    }
}

fn may(ctx: &Ctx, role: &Name, access: &Access, privilege: &str) -> bool {
    let Some(grants) = access.grants.as_ref().filter(|_| !owns(ctx, role, access)) else {
        return true;
    };
    given_to(ctx, role, grants).any(|it| it.privilege == privilege)
}

/// Returns the privileges that the role has by GRANT.
fn given_to<'g>(
    ctx: &'g Ctx,
    role: &'g Name,
    grants: &'g Grants,
) -> impl Iterator<Item = &'g Grant> {
    let is_own = |who: &Grantee| match who {
        Grantee::Public => true,
        Grantee::Role(it) => acts_as(ctx, role, it),
        Grantee::Owner => false,
    };
    grants.given.iter().filter(move |it| is_own(it.0)).flat_map(|it| it.1)
}
