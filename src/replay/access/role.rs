//! Roles: the session's, and those that statements name and make.

use crate::{
    base::{Name, QName},
    dialect::postgres::privileges::{BOOTSTRAP, is_predefined},
    model::{Grantee, Holder, Id, Role},
    replay::{
        cascade, codes,
        ctx::{Ctx, Outcome},
    },
    sql::ast::{GrantRole, Ident, RoleChange, RoleDef, RoleKind, RoleRef},
};
use std::collections::{BTreeMap, BTreeSet};

/// Whom the session acts for.
#[derive(Clone, Debug, Default)]
pub(in crate::replay) struct Roles {
    /// `SET SESSION AUTHORIZATION`.
    session: Holder,
    /// `SET ROLE`.
    current: Option<Holder>,
}

/// What a role's word stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    Public,
    Role(Holder),
}

impl Roles {
    /// Returns the role that owns what is made now.
    pub(in crate::replay) fn current(&self) -> &Holder {
        self.current.as_ref().unwrap_or(&self.session)
    }

    /// Returns the role, if a statement of the session says which it is.
    pub(in crate::replay) fn said(&self) -> Option<&Name> {
        match self.current() {
            Holder::Role(name) => Some(name),
            Holder::Creator => None,
        }
    }

    /// Lets the role own what is made.
    pub(in crate::replay) fn act_for(&mut self, role: Holder) {
        self.current = Some(role);
    }

    pub(in crate::replay) fn set_role(&mut self, name: Option<&Ident>) {
        self.current = name.map(|it| holder(Name::exact(it.text.as_ref())));
    }

    pub(in crate::replay) fn set_session(&mut self, name: Option<&Ident>) {
        self.session = name.map_or(Holder::Creator, |it| holder(Name::exact(it.text.as_ref())));
        self.current = None;
    }
}

impl Who {
    /// Returns how the privileges of an object name the role.
    pub(super) fn grantee(&self, owner: Option<&Holder>) -> Grantee {
        match self {
            Self::Public => Grantee::Public,
            Self::Role(it) if Some(it) == owner => Grantee::Owner,
            Self::Role(it) => Grantee::Role(name_of(it)),
        }
    }
}

/// Returns the role of that name: the one that a cluster begins with runs the migrations.
pub(super) fn holder(name: Name) -> Holder {
    if name.as_str() == BOOTSTRAP { Holder::Creator } else { Holder::Role(name) }
}

pub(in crate::replay) fn name_of(holder: &Holder) -> Name {
    match holder {
        Holder::Creator => Name::exact(BOOTSTRAP),
        Holder::Role(name) => name.clone(),
    }
}

/// Returns whom the words mean; a role has to be there.
pub(super) fn read(ctx: &Ctx, it: &RoleRef) -> Outcome<Who> {
    Ok(match &it.kind {
        RoleKind::Public => Who::Public,
        RoleKind::Current => Who::Role(ctx.roles.current().clone()),
        RoleKind::Session => Who::Role(ctx.roles.session.clone()),
        RoleKind::Named(ident) => {
            let name = ctx.table_name(ident);
            check(ctx, &name, it)?;
            Who::Role(holder(name))
        }
    })
}

/// Returns the role that the words mean, which cannot be PUBLIC.
pub(in crate::replay) fn read_role(ctx: &Ctx, it: &RoleRef) -> Outcome<Holder> {
    match read(ctx, it)? {
        Who::Role(holder) => Ok(holder),
        Who::Public => Err(missing(ctx, &Name::exact("public"), it)),
    }
}

/// Refuses `SET ROLE` and its like for a role that is not there.
pub(in crate::replay) fn check_session(ctx: &Ctx, name: Option<&Ident>) -> Outcome {
    let Some(ident) = name else { return Ok(()) };
    let own = Name::exact(ident.text.as_ref());
    let it = RoleRef { kind: RoleKind::Named(ident.clone()), span: ident.span };
    check(ctx, &own, &it)
}

fn check(ctx: &Ctx, name: &Name, it: &RoleRef) -> Outcome {
    if ctx.schema.roles.contains_key(name) || is_predefined(name.as_str()) {
        return Ok(());
    }
    Err(missing(ctx, name, it))
}

fn missing(ctx: &Ctx, name: &Name, it: &RoleRef) -> Box<crate::diag::Diagnostic> {
    let later = ctx.history.role_after(name.as_str(), ctx.moment);
    Box::new(codes::missing_role(name, ctx.place(it.span), later))
}

pub(in crate::replay) fn change(ctx: &mut Ctx, it: &RoleChange) -> Outcome {
    match it {
        RoleChange::Create(def) => create(ctx, def),
        RoleChange::Alter(def) => alter(ctx, def),
        RoleChange::Rename { name, to } => rename(ctx, name, to),
        RoleChange::Drop { names, if_exists } => drop(ctx, names, *if_exists),
        RoleChange::Grant(it) => grant(ctx, it),
        RoleChange::Reassign { from, to } => super::owner::reassign(ctx, from, to),
        RoleChange::DropOwned { by, cascade } => super::owner::drop_owned(ctx, by, *cascade),
    }
}

fn create(ctx: &mut Ctx, def: &RoleDef) -> Outcome {
    let RoleKind::Named(ident) = &def.name.kind else {
        let place = ctx.place(def.name.span);
        return Err(Box::new(codes::rejected("a role cannot have this name", place)));
    };
    let name = ctx.table_name(ident);
    if name.as_str().starts_with("pg_") && !is_predefined(name.as_str()) {
        let reason = format!("`{name}` is a name for roles of the server");
        return Err(Box::new(codes::rejected(reason, ctx.place(ident.span))));
    }
    let existing = ctx.schema.roles.get(&name);
    if existing.is_some() || is_predefined(name.as_str()) {
        let earlier = existing.and_then(|it| it.meta.place);
        let place = ctx.place(def.name.span);
        return Err(Box::new(codes::exists(&format!("role `{name}`"), place, earlier)));
    }
    let member_of = names(ctx, &def.in_roles)?;
    let members = names(ctx, &def.members)?;
    let meta = ctx.meta(ident.span);
    let mut role =
        Role { name: name.clone(), options: BTreeMap::new(), member_of, comment: None, meta };
    set_flags(&mut role, def);
    ctx.schema.roles.insert(name.clone(), role);
    join(ctx, &members, &[name].into(), false);
    Ok(())
}

fn alter(ctx: &mut Ctx, def: &RoleDef) -> Outcome {
    let name = name_of(&read_role(ctx, &def.name)?);
    if let Some(role) = ctx.schema.roles.get_mut(&name) {
        set_flags(role, def);
    }
    Ok(())
}

fn set_flags(role: &mut Role, def: &RoleDef) {
    for (flag, on) in &def.flags {
        // Only INHERIT is on by itself.
        if (*flag == "inherit") == *on {
            role.options.remove(*flag);
        } else {
            role.options.insert((*flag).to_owned(), if *on { "yes" } else { "no" }.to_owned());
        }
    }
}

fn rename(ctx: &mut Ctx, name: &RoleRef, to: &Ident) -> Outcome {
    let from = name_of(&read_role(ctx, name)?);
    let to_name = ctx.table_name(to);
    if ctx.schema.roles.contains_key(&to_name) {
        let place = ctx.place(to.span);
        return Err(Box::new(codes::exists(&format!("role `{to_name}`"), place, None)));
    }
    let Some(mut role) = ctx.schema.roles.remove(&from) else { return Ok(()) };
    role.name = to_name.clone();
    ctx.schema.roles.insert(to_name.clone(), role);
    super::owner::rename_role(ctx, &from, &to_name);
    Ok(())
}

fn drop(ctx: &mut Ctx, names: &[RoleRef], if_exists: bool) -> Outcome {
    let mut ids = Vec::new();
    for it in names {
        match read_role(ctx, it) {
            Ok(holder) => ids.push(Id::of::<Role>(QName::local(name_of(&holder)))),
            Err(_) if if_exists => {}
            Err(diagnostic) => return Err(diagnostic),
        }
    }
    let Some(first) = names.first() else { return Ok(()) };
    // The server does not know CASCADE here: what a role owns or may do keeps it.
    cascade::drop_objects(ctx, &ids, false, first.span)?;
    for it in ctx.schema.roles.values_mut() {
        it.member_of.retain(|it| !ids.iter().any(|id| id.owner.name == *it));
    }
    Ok(())
}

fn grant(ctx: &mut Ctx, it: &GrantRole) -> Outcome {
    let groups = names(ctx, &it.roles)?;
    let members = names(ctx, &it.members)?;
    for (member, written) in members.iter().zip(&it.members).filter(|_| !it.revoke) {
        if let Some(group) = groups.iter().find(|it| is_in(ctx, it, member)) {
            let reason = format!("role `{group}` is a member of role `{member}`");
            return Err(Box::new(codes::rejected(reason, ctx.place(written.span))));
        }
    }
    join(ctx, &members, &groups, it.revoke);
    Ok(())
}

/// Returns whether the role is the group, or is in it by way of others.
pub(super) fn is_in(ctx: &Ctx, role: &Name, group: &Name) -> bool {
    let own = ctx.schema.roles.get(role).map(|it| &it.member_of);
    role == group || own.into_iter().flatten().any(|it| is_in(ctx, it, group))
}

fn names(ctx: &Ctx, roles: &[RoleRef]) -> Outcome<BTreeSet<Name>> {
    roles.iter().map(|it| read_role(ctx, it).map(|it| name_of(&it))).collect()
}

fn join(ctx: &mut Ctx, members: &BTreeSet<Name>, groups: &BTreeSet<Name>, revoke: bool) {
    for member in members {
        let Some(role) = ctx.schema.roles.get_mut(member) else { continue };
        if revoke {
            role.member_of.retain(|it| !groups.contains(it));
        } else {
            role.member_of.extend(groups.iter().cloned());
        }
    }
}
