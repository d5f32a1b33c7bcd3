//! Owners: whose what is made is, and `ALTER … OWNER TO`.

use super::{
    comment::given,
    object,
    role::{Who, holder, name_of, read_role},
};
use crate::{
    base::{Name, QName},
    dialect::postgres::privileges::{self, Grantable, change_owner},
    model::{DefaultPrivileges, Grantee, Grants, Holder, Id, Namespace, Sequence, Table},
    replay::{
        cascade, codes,
        ctx::{Ctx, Outcome},
        namespace,
        sequence::Home,
    },
    sql::ast::{ObjectKind, RoleKind, RoleRef, SetOwner},
};

impl Ctx<'_, '_> {
    /// Gives what was just made to the role that made it, with the privileges that are agreed for such objects.
    pub(in crate::replay) fn settle_access(&mut self, id: &Id) {
        if !self.is_postgres() || id.part.is_some() {
            return;
        }
        let Some(access) = self.schema.find(id).and_then(crate::model::Object::access) else {
            return;
        };
        if access.owner.is_some() && access.grants.is_some() {
            return;
        }
        let owner = access.owner.clone().unwrap_or_else(|| self.roles.current().clone());
        let class = Grantable::of(&self.schema, id);
        let initial = |it| privileges::initial(&self.schema, self.roles.current(), it, id);
        let grants = class.map(initial).unwrap_or_default();
        if let Some(access) = self.schema.access_mut(id) {
            access.owner = Some(owner);
            access.grants.get_or_insert(grants);
        }
    }
}

impl Ctx<'_, '_> {
    /// Returns the privileges on a sequence that the current role makes.
    pub(in crate::replay) fn first_sequence_grants(&self, name: &QName) -> Grants {
        let id = Id::of::<Sequence>(name.clone());
        privileges::initial(&self.schema, self.roles.current(), Grantable::Sequence, &id)
    }
}

pub(in crate::replay) fn set(ctx: &mut Ctx, it: &SetOwner) -> Outcome {
    let id = match object::find(ctx, &it.on) {
        Err(_) if it.if_exists => return Ok(()),
        found => found?,
    };
    let role = read_role(ctx, &it.to)?;
    refuse_numbering(ctx, &role, it)?;
    if let Some(id) = id {
        ctx.check_owner_of(&id, it.on.name.span)?;
        refuse_owned(ctx, &id, &role, it)?;
        give(ctx, &id, &role);
    }
    Ok(())
}

fn refuse_numbering(ctx: &Ctx, role: &Holder, it: &SetOwner) -> Outcome {
    let found = object::column_sequence(ctx, &it.on.name);
    let Some(Home::Column(table, _)) = found.filter(|_| it.on.kind == ObjectKind::Sequence) else {
        return Ok(());
    };
    let owner = ctx.schema.tables.get(&table).and_then(|it| it.access.owner.as_ref());
    if owner.is_none_or(|it| it == role) {
        return Ok(());
    }
    let reason = format!("the sequence belongs to whom table `{table}` belongs to");
    Err(Box::new(codes::rejected(reason, ctx.place(it.on.name.span))))
}

/// The owner of a sequence that a column owns is the table's.
fn refuse_owned(ctx: &Ctx, id: &Id, role: &Holder, it: &SetOwner) -> Outcome {
    let sequence = ctx.schema.sequences.get(&id.owner).filter(|_| id.is::<Sequence>());
    let other = |it: &&Sequence| it.access.owner.as_ref().is_some_and(|it| it != role);
    let Some(sequence) = sequence.filter(|it| it.owned_by.is_some()).filter(other) else {
        return Ok(());
    };
    let reason = format!("sequence `{}` belongs to whom its table belongs to", sequence.name);
    Err(Box::new(codes::rejected(reason, ctx.place(it.on.name.span))))
}

/// `ALTER TABLE … OWNER TO`, among other changes of a table.
pub(in crate::replay) fn to(ctx: &mut Ctx, table: &mut Table, role: &RoleRef) -> Outcome {
    let role = read_role(ctx, role)?;
    change_owner(&mut table.access, role.clone());
    for id in owned_sequences(ctx, &table.name) {
        give(ctx, &id, &role);
    }
    Ok(())
}

fn give(ctx: &mut Ctx, id: &Id, role: &Holder) {
    given(ctx, id);
    ctx.settle_access(id);
    if let Some(access) = ctx.schema.access_mut(id) {
        change_owner(access, role.clone());
    } else if let Some(it) = ctx
        .schema
        .event_triggers
        .get_mut(&id.owner.name)
        .filter(|_| id.is::<crate::model::EventTrigger>())
    {
        it.owner = explicit(role);
    } else if let Some(it) = ctx
        .schema
        .publications
        .get_mut(&id.owner.name)
        .filter(|_| id.is::<crate::model::Publication>())
    {
        it.owner = explicit(role);
    }
    if id.is::<Table>() {
        for id in owned_sequences(ctx, &id.owner) {
            give(ctx, &id, role);
        }
    }
    ctx.note_needs(id);
}

fn explicit(role: &Holder) -> Option<Name> {
    match role {
        Holder::Creator => None,
        Holder::Role(name) => Some(name.clone()),
    }
}

fn owned_sequences(ctx: &Ctx, table: &QName) -> Vec<Id> {
    let own = |it: &&Sequence| it.owned_by.as_ref().is_some_and(|it| it.0 == *table);
    let owned = ctx.schema.sequences.values().filter(own);
    owned.map(|it| Id::of::<Sequence>(it.name.clone())).collect()
}

pub(super) fn reassign(ctx: &mut Ctx, from: &[RoleRef], to: &RoleRef) -> Outcome {
    let to = read_role(ctx, to)?;
    for it in from {
        let from = read_role(ctx, it)?;
        refuse_given(ctx, it)?;
        for id in owned_by(ctx, &from) {
            give(ctx, &id, &to);
        }
    }
    Ok(())
}

pub(super) fn drop_owned(ctx: &mut Ctx, by: &[RoleRef], cascade: bool) -> Outcome {
    for it in by {
        let role = read_role(ctx, it)?;
        refuse_given(ctx, it)?;
        let mut ids = owned_by(ctx, &role);
        let spaces = ids.iter().filter(|it| it.is::<Namespace>()).map(|it| it.owner.name.clone());
        let mut inside: Vec<Id> = spaces.flat_map(|it| namespace::inside(ctx, Some(&it))).collect();
        inside.retain(|it| !ids.contains(it));
        if let Some(user) = inside.first().filter(|_| !cascade) {
            let (what, user) =
                (format!("what `{}` owns", name_of(&role)), format!("`{}`", user.owner));
            return Err(Box::new(codes::still_referenced(&what, &user, ctx.place(it.span), None)));
        }
        ids.extend(inside);
        cascade::drop_objects(ctx, &ids, cascade, it.span)?;
        let who = Who::Role(role.clone()).grantee(None);
        for id in with_access(ctx) {
            if let Some(grants) = ctx.schema.access_mut(&id).and_then(|it| it.grants.as_mut()) {
                grants.given.remove(&who);
            }
        }
        for it in ctx.schema.default_privileges.values_mut() {
            it.grants.given.remove(&who);
        }
        let stays = |it: &DefaultPrivileges| it.role != role && !it.grants.is_usual();
        ctx.schema.default_privileges.retain(|_, it| stays(it));
    }
    Ok(())
}

/// The system needs what its own roles own (<https://www.postgresql.org/docs/current/predefined-roles.html>).
fn refuse_given(ctx: &Ctx, it: &RoleRef) -> Outcome {
    let RoleKind::Named(name) = &it.kind else { return Ok(()) };
    if !name.text.starts_with("pg_") {
        return Ok(());
    }
    let reason = format!("the system needs what role `{}` owns", name.text);
    Err(Box::new(codes::rejected(reason, ctx.place(it.span))))
}

/// Returns the objects that the role owns.
fn owned_by(ctx: &Ctx, role: &Holder) -> Vec<Id> {
    let owns = |it: &crate::model::Access| it.owner.as_ref() == Some(role);
    let all = ctx.schema.objects().into_iter().filter(|it| it.1.access().is_some_and(owns));
    all.map(|it| it.0).collect()
}

fn with_access(ctx: &Ctx) -> Vec<Id> {
    let all = ctx.schema.objects().into_iter();
    all.filter(|it| it.1.access().is_some()).map(|it| it.0).collect()
}

/// A role has another name now: owners, privileges, policies and other roles follow.
pub(super) fn rename_role(ctx: &mut Ctx, from: &Name, to: &Name) {
    let (old, new) = (holder(from.clone()), holder(to.clone()));
    for id in with_access(ctx) {
        let Some(access) = ctx.schema.access_mut(&id) else { continue };
        if access.owner.as_ref() == Some(&old) {
            access.owner = Some(new.clone());
        }
        access.grants.iter_mut().for_each(|it| rename_grantee(it, from, to));
        ctx.note_needs(&id);
    }
    for role in ctx.schema.roles.values_mut() {
        if role.member_of.remove(from) {
            role.member_of.insert(to.clone());
        }
    }
    for it in ctx.schema.tables.values_mut().flat_map(|it| &mut it.policies) {
        for role in it.roles.iter_mut().filter(|it| **it == from.as_str()) {
            *role = to.to_string();
        }
        it.roles.sort();
    }
    let defaults: Vec<_> = ctx.schema.default_privileges.values().cloned().collect();
    for mut it in defaults {
        ctx.schema.default_privileges.remove(&it.name);
        if it.role == old {
            it.role = new.clone();
            it.name = privileges::default_key(&new, it.schema.clone(), it.objects);
        }
        rename_grantee(&mut it.grants, from, to);
        ctx.schema.default_privileges.insert(it.name.clone(), it);
    }
}

fn rename_grantee(grants: &mut Grants, from: &Name, to: &Name) {
    if let Some(own) = grants.given.remove(&Grantee::Role(from.clone())) {
        grants.given.insert(Grantee::Role(to.clone()), own);
    }
}
