//! `ALTER DEFAULT PRIVILEGES`.

use super::{
    grant::privileges,
    object,
    role::{Who, read, read_role},
};
use crate::{
    base::Name,
    dialect::postgres::privileges::{Grantable, default_key, take_option},
    model::{DefaultPrivileges, Grant, Grantee, Grants, Holder, Id},
    replay::{
        codes,
        ctx::{Ctx, Outcome},
    },
    sql::ast::DefaultGrant,
};

pub(in crate::replay) fn alter(ctx: &mut Ctx, it: &DefaultGrant) -> Outcome {
    // Large objects are no part of a schema.
    let Some(class) = Grantable::of_word(it.objects) else { return Ok(()) };
    let mut creators: Vec<Holder> =
        it.creators.iter().map(|it| read_role(ctx, it)).collect::<Outcome<_>>()?;
    if creators.is_empty() {
        creators.push(ctx.roles.current().clone());
    }
    let mut spaces: Vec<Option<Name>> = Vec::new();
    for schema in &it.schemas {
        if class == Grantable::Schema {
            let reason = "privileges on schemas cannot be limited to a schema";
            return Err(Box::new(codes::rejected(reason, ctx.place(schema.span))));
        }
        object::schema(ctx, schema)?;
        spaces.push(Some(ctx.table_name(schema)));
    }
    if spaces.is_empty() {
        spaces.push(None);
    }
    let roles: Vec<Who> = it.roles.iter().map(|it| read(ctx, it)).collect::<Outcome<_>>()?;
    let privileges = privileges(ctx, class, &it.privileges)?;
    for creator in &creators {
        for space in &spaces {
            set(ctx, it, class, (creator, space.as_ref()), &roles, &privileges);
        }
    }
    Ok(())
}

fn set(
    ctx: &mut Ctx,
    it: &DefaultGrant,
    class: Grantable,
    (creator, space): (&Holder, Option<&Name>),
    roles: &[Who],
    privileges: &[Grant],
) {
    let key = default_key(creator, space.cloned(), it.objects);
    let meta = ctx.meta(ctx.statement.span);
    let old = ctx.schema.default_privileges.remove(&key);
    let mut entry = old.unwrap_or_else(|| DefaultPrivileges {
        name: key.clone(),
        role: creator.clone(),
        schema: space.cloned(),
        objects: it.objects,
        grants: Grants::default(),
        meta,
    });
    for who in roles.iter().map(|it| it.grantee(Some(creator))) {
        for grant in privileges {
            let grant = Grant { grantable: it.option && !it.revoke, ..grant.clone() };
            change(&mut entry.grants, class, space.is_some(), it, (&who, grant));
        }
    }
    if !entry.grants.is_usual() {
        ctx.schema.default_privileges.insert(key.clone(), entry);
        ctx.note_needs(&Id::of::<DefaultPrivileges>(key));
    }
}

/// Those of a schema add to the others and take nothing away
/// (<https://www.postgresql.org/docs/current/sql-alterdefaultprivileges.html>).
fn change(
    grants: &mut Grants,
    class: Grantable,
    is_limited: bool,
    it: &DefaultGrant,
    (who, grant): (&Grantee, Grant),
) {
    match (it.revoke, it.option) {
        (true, true) => take_option(grants, who, &grant),
        (true, false) => {
            class.take(grants, who, &grant);
            if is_limited {
                grants.withheld.clear();
            }
        }
        (false, _) if is_limited => {
            let own = grants.given.entry(who.clone()).or_default();
            own.retain(|it| it.privilege != grant.privilege || it.grantable);
            if !own.iter().any(|it| it.privilege == grant.privilege) {
                own.insert(grant);
            }
        }
        (false, _) => class.give(grants, who, grant),
    }
}
