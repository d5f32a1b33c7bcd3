//! `GRANT` and `REVOKE` of privileges on objects.

use super::{
    comment::given,
    object,
    role::{Who, read},
};
use crate::{
    base::Name,
    dialect::postgres::privileges::{Grantable, take_option},
    model::{
        Aggregate, Function, Grant, Grants, Holder, Id, MaterializedView, Procedure, Sequence,
        Table, View,
    },
    replay::{
        codes,
        ctx::{Ctx, Outcome},
        sequence::{self, Home},
    },
    sql::ast::{self, GrantTarget, ObjectKind, ObjectRef, Privilege},
};

/// What is done with privileges.
pub(super) struct Deed {
    pub revoke: bool,
    /// Only the right to grant on goes; or it comes along.
    pub option: bool,
}

pub(in crate::replay) fn grant(ctx: &mut Ctx, it: &ast::Grant) -> Outcome {
    let ids = match &it.on {
        GrantTarget::Outside => return Ok(()),
        GrantTarget::Objects(objects) => meant(ctx, objects)?,
        GrantTarget::AllIn { what, schemas } => {
            let mut res = Vec::new();
            for schema in schemas {
                object::schema(ctx, schema)?;
                res.extend(all_in(ctx, what, ctx.namespace(&schema.text).as_ref()));
            }
            res
        }
    };
    let roles: Vec<Who> = it.roles.iter().map(|it| read(ctx, it)).collect::<Outcome<_>>()?;
    let deed = Deed { revoke: it.revoke, option: it.option };
    let homes = homes(ctx, it);
    if !homes.is_empty() {
        let privileges = privileges(ctx, Grantable::Sequence, &it.privileges)?;
        for home in homes {
            let mut found = sequence::get(ctx, &home);
            let grants = found.access.grants.get_or_insert_default();
            let owner = column_owner(ctx, &home);
            apply(grants, Grantable::Sequence, &privileges, (&roles, owner.as_ref()), &deed);
            sequence::put(ctx, &home, found);
        }
    }
    let mut edits = Vec::new();
    for id in ids {
        let Some(class) = Grantable::of(&ctx.schema, &id) else { continue };
        let privileges = privileges(ctx, class, &it.privileges)?;
        check_columns(ctx, &id, &it.privileges)?;
        // The default schema has what every database gives it.
        given(ctx, &id);
        let privileges = ctx.grantable(&id, privileges, ctx.statement.span)?;
        edits.push((id, class, privileges));
    }
    for (id, class, privileges) in edits {
        change(ctx, &id, class, &privileges, &roles, &deed);
    }
    Ok(())
}

fn change(
    ctx: &mut Ctx,
    id: &Id,
    class: Grantable,
    privileges: &[Grant],
    roles: &[Who],
    deed: &Deed,
) {
    given(ctx, id);
    ctx.settle_access(id);
    let Some(access) = ctx.schema.access_mut(id) else { return };
    let owner = access.owner.clone();
    let Some(grants) = &mut access.grants else { return };
    apply(grants, class, privileges, (roles, owner.as_ref()), deed);
    ctx.note_needs(id);
}

fn apply(
    grants: &mut Grants,
    class: Grantable,
    privileges: &[Grant],
    (roles, owner): (&[Who], Option<&Holder>),
    deed: &Deed,
) {
    for who in roles.iter().map(|it| it.grantee(owner)) {
        for grant in privileges {
            match (deed.revoke, deed.option) {
                (true, true) => take_option(grants, &who, grant),
                (true, false) => class.take(grants, &who, grant),
                (false, option) => {
                    class.give(grants, &who, Grant { grantable: option, ..grant.clone() });
                }
            }
        }
    }
}

/// Returns the sequences meant that number columns: they are parts of those.
fn homes(ctx: &Ctx, it: &ast::Grant) -> Vec<Home> {
    match &it.on {
        GrantTarget::Objects(objects) => {
            objects.iter().filter_map(|it| object::column_sequence(ctx, &it.name)).collect()
        }
        GrantTarget::AllIn { what: "sequences", schemas } => {
            let spaces: Vec<Option<Name>> =
                schemas.iter().map(|it| ctx.namespace(&it.text)).collect();
            let inside = |it: &&Table| spaces.contains(&it.name.schema);
            let tables = ctx.schema.tables.values().filter(inside);
            let homes = tables.flat_map(|table| {
                let columns = table.columns.iter().filter(|it| ctx.dialect.is_numbered(it));
                columns.map(|it| Home::Column(table.name.clone(), it.name.clone()))
            });
            homes.collect()
        }
        _ => Vec::new(),
    }
}

fn column_owner(ctx: &Ctx, home: &Home) -> Option<Holder> {
    let Home::Column(table, _) = home else { return None };
    ctx.schema.tables.get(table)?.access.owner.clone()
}

fn meant(ctx: &Ctx, objects: &[ObjectRef]) -> Outcome<Vec<Id>> {
    let mut res = Vec::new();
    for it in objects {
        let found = object::find(ctx, it)?;
        if let Some(id) = &found
            && it.kind == ObjectKind::Sequence
            && !object::fits(it.kind, id)
        {
            let reason = format!("`{}` is a {}, not a sequence", id.owner, id.kind.noun);
            return Err(Box::new(codes::rejected(reason, ctx.place(it.name.span))));
        }
        res.extend(found);
    }
    Ok(res)
}

/// Returns the privileges that the words stand for; none is ALL.
pub(super) fn privileges(ctx: &Ctx, class: Grantable, words: &[Privilege]) -> Outcome<Vec<Grant>> {
    let grant = |privilege, column: Option<Name>| Grant { privilege, column, grantable: false };
    if words.is_empty() {
        return Ok(class.all().iter().map(|it| grant(*it, None)).collect());
    }
    let mut res = Vec::new();
    for it in words {
        let columns: Vec<Name> = ctx.part_names(&it.columns);
        let own: Vec<&'static str> = match &it.word {
            None => COLUMN.to_vec(),
            Some(word) => {
                let Some(found) = class.privilege(&word.text.to_lowercase()) else {
                    let reason = format!("there is no privilege `{}` here", word.text);
                    return Err(Box::new(codes::rejected(reason, ctx.place(word.span))));
                };
                vec![found]
            }
        };
        for privilege in own {
            if it.columns.is_empty() {
                res.push(grant(privilege, None));
            } else if COLUMN.contains(&privilege) && class == Grantable::Table {
                res.extend(columns.iter().map(|it| grant(privilege, Some(it.clone()))));
            } else {
                let reason = format!("a column has no privilege `{privilege}`");
                return Err(Box::new(codes::rejected(reason, ctx.place(it.columns[0].span))));
            }
        }
    }
    Ok(res)
}

/// What ALL stands for on columns.
const COLUMN: &[&str] = &["insert", "references", "select", "update"];

fn check_columns(ctx: &Ctx, id: &Id, words: &[Privilege]) -> Outcome {
    let named = words.iter().flat_map(|it| &it.columns);
    if let Some(table) = ctx.schema.tables.get(&id.owner).filter(|_| id.is::<Table>()) {
        for it in named {
            crate::replay::constraint::known_column(ctx, table, it)?;
        }
        return Ok(());
    }
    for it in named {
        crate::replay::view::check_column(ctx, &id.owner, it)?;
    }
    Ok(())
}

/// Returns the objects of a schema that `ALL … IN SCHEMA` is about.
fn all_in(ctx: &Ctx, what: &str, space: Option<&Name>) -> Vec<Id> {
    let schema = &ctx.schema;
    let inside = |it: &&crate::base::QName| it.schema.as_ref() == space;
    let mut res = Vec::new();
    match what {
        "tables" => {
            res.extend(schema.tables.keys().filter(inside).cloned().map(Id::of::<Table>));
            res.extend(schema.views.keys().filter(inside).cloned().map(Id::of::<View>));
            let views = schema.materialized_views.keys().filter(inside).cloned();
            res.extend(views.map(Id::of::<MaterializedView>));
        }
        "sequences" => {
            res.extend(schema.sequences.keys().filter(inside).cloned().map(Id::of::<Sequence>));
        }
        _ => {
            if what != "procedures" {
                res.extend(schema.functions.keys().filter(inside).cloned().map(Id::of::<Function>));
                let own = schema.aggregates.keys().filter(inside).cloned();
                res.extend(own.map(Id::of::<Aggregate>));
            }
            if what != "functions" {
                let own = schema.procedures.keys().filter(inside).cloned();
                res.extend(own.map(Id::of::<Procedure>));
            }
        }
    }
    res
}
