//! Which objects statements about objects of any kind mean.

use crate::{
    base::{Name, QName},
    dialect::needs,
    model::{
        CompositeType, Domain, EventTrigger, Extension, Id, Index, Kind, MaterializedView,
        Namespace, Policy, PrimaryKey, Publication, Role, Rule, Sequence, Statistics, Table,
        Trigger, Unique, View,
    },
    replay::{
        codes,
        ctx::{Ctx, Outcome},
        domain,
        sequence::{self, Home},
        verbatim,
    },
    sql::ast::{Ident, ObjectKind, ObjectName, ObjectRef},
};

/// Returns the object meant; `None` for one that is not the schema's.
pub(super) fn find(ctx: &Ctx, it: &ObjectRef) -> Outcome<Option<Id>> {
    match it.kind {
        ObjectKind::Routine(_) => match &it.routine {
            Some(routine) => ctx.routine_meant(routine).map(Some),
            None => Ok(None),
        },
        ObjectKind::Table
        | ObjectKind::View
        | ObjectKind::MaterializedView
        | ObjectKind::Sequence => relation(ctx, &it.name),
        ObjectKind::Type | ObjectKind::Domain => type_of(ctx, it),
        ObjectKind::Policy | ObjectKind::Rule | ObjectKind::Trigger | ObjectKind::Constraint => {
            part(ctx, it)
        }
        ObjectKind::Index => index(ctx, &it.name),
        ObjectKind::Schema => schema(ctx, &it.name.name),
        ObjectKind::Role
        | ObjectKind::Extension
        | ObjectKind::EventTrigger
        | ObjectKind::Publication => named(ctx, it),
        ObjectKind::Statistics => {
            let name = ctx.meant(&it.name, |it| ctx.schema.statistics.contains_key(it));
            if ctx.schema.statistics.contains_key(&name) {
                return Ok(Some(Id::of::<Statistics>(name)));
            }
            let place = ctx.place(it.name.span);
            Err(Box::new(codes::missing_relation("statistics object", &name, place, None)))
        }
        ObjectKind::Verbatim(_) => match &it.rare {
            Some(rare) => verbatim::meant(ctx, rare),
            None => Ok(None),
        },
        ObjectKind::DomainConstraint => {
            let of = it.of.as_ref();
            of.map_or(Ok(()), |of| domain::check_there(ctx, of, &it.name.name)).map(|()| None)
        }
        ObjectKind::Column | ObjectKind::Outside => Ok(None),
    }
}

/// Returns the table, view or sequence meant; `None` for a sequence that numbers a column.
pub(super) fn relation(ctx: &Ctx, written: &ObjectName) -> Outcome<Option<Id>> {
    let exists = |it: &QName| needs::relation_of_name(&ctx.schema, it).is_some();
    let name = ctx.meant(written, exists);
    if let Some(id) = needs::relation_of_name(&ctx.schema, &name) {
        return Ok(Some(id));
    }
    if column_sequence(ctx, written).is_some() {
        return Ok(None);
    }
    Err(ctx.missing_table(written, &name))
}

/// Returns the sequence meant, if it numbers a column: then it is a part of that.
pub(super) fn column_sequence(ctx: &Ctx, written: &ObjectName) -> Option<Home> {
    sequence::find(ctx, written).filter(|it| matches!(it, Home::Column(..)))
}

/// Returns the database schema meant; `None` for one of the server's own.
pub(super) fn schema(ctx: &Ctx, name: &Ident) -> Outcome<Option<Id>> {
    let own = ctx.table_name(name);
    let id = Id::of::<Namespace>(QName::local(own.clone()));
    if ctx.dialect.is_default_schema(own.as_str()) || ctx.schema.namespaces.contains_key(&own) {
        return Ok(Some(id));
    }
    if own.as_str().starts_with("pg_") || own.as_str() == "information_schema" {
        return Ok(None);
    }
    let place = ctx.place(name.span);
    Err(Box::new(codes::missing_relation("schema", &QName::local(own), place, None)))
}

fn type_of(ctx: &Ctx, it: &ObjectRef) -> Outcome<Option<Id>> {
    let found = ctx.type_meant(&it.name).and_then(|it| needs::type_of_name(&ctx.schema, &it));
    let is_fit = |id: &Id| it.kind != ObjectKind::Domain || id.is::<Domain>();
    if let Some(id) = found.filter(is_fit) {
        return Ok(Some(id));
    }
    let text = it.name.name.text.as_ref();
    let native = crate::sql::parse_type(text, &ctx.dialect.lexis);
    if it.name.schema.is_none() && native.is_ok_and(|it| ctx.dialect.native_type(&it).is_ok()) {
        return Ok(None);
    }
    let name = ctx.new_name(&it.name);
    let later = ctx.history.enum_after(text, ctx.moment);
    Err(Box::new(codes::missing_type(&format!("type `{name}`"), ctx.place(it.name.span), later)))
}

fn part(ctx: &Ctx, it: &ObjectRef) -> Outcome<Option<Id>> {
    let Some(of) = &it.of else { return Ok(None) };
    let Some(owner) = relation(ctx, of)? else { return Ok(None) };
    let own = ctx.part_name(&it.name.name);
    let kinds: &[&'static crate::model::Info] = match it.kind {
        ObjectKind::Policy => &[Policy::INFO],
        ObjectKind::Rule => &[Rule::INFO],
        ObjectKind::Trigger => &[Trigger::INFO],
        _ => CONSTRAINTS,
    };
    let id = |kind: &&'static crate::model::Info| Id {
        kind,
        owner: owner.owner.clone(),
        part: Some(own.clone()),
    };
    if let Some(id) = kinds.iter().map(id).find(|it| ctx.schema.find(it).is_some()) {
        return Ok(Some(id));
    }
    let place = ctx.place(it.name.span);
    let noun = if let [one] = kinds { one.noun } else { "constraint" };
    let names: [&str; 0] = [];
    Err(Box::new(codes::missing_constraint(noun, &owner.owner, &own, place, names)))
}

const CONSTRAINTS: &[&crate::model::Info] = &[
    PrimaryKey::INFO,
    Unique::INFO,
    crate::model::Check::INFO,
    crate::model::ForeignKey::INFO,
    crate::model::Exclusion::INFO,
];

fn index(ctx: &Ctx, written: &ObjectName) -> Outcome<Option<Id>> {
    let meant = ctx.relation_meant(written);
    let own = QName::new(meant.schema.clone(), ctx.part_name(&written.name));
    let Some(home) = ctx.relations.home(&own) else {
        let place = ctx.place(written.span);
        return Err(Box::new(codes::missing_relation("index", &meant, place, None)));
    };
    let id = |kind| Id { kind, owner: home.clone(), part: Some(own.name.clone()) };
    // What is said of the index of a key, beside the key, is not kept.
    Ok(Some(id(Index::INFO)).filter(|it| ctx.schema.find(it).is_some()))
}

/// Objects whose names belong to no database schema.
fn named(ctx: &Ctx, it: &ObjectRef) -> Outcome<Option<Id>> {
    let name: Name = ctx.table_name(&it.name.name);
    let own = QName::local(name.clone());
    let (id, noun) = match it.kind {
        ObjectKind::Role => (Id::of::<Role>(own), "role"),
        ObjectKind::Extension => (Id::of::<Extension>(own), "extension"),
        ObjectKind::EventTrigger => (Id::of::<EventTrigger>(own), "event trigger"),
        _ => (Id::of::<Publication>(own), "publication"),
    };
    if ctx.schema.find(&id).is_some() {
        return Ok(Some(id));
    }
    let predefined = crate::dialect::postgres::privileges::is_predefined(name.as_str());
    // Every database has the language PL/pgSQL, which is an extension.
    if noun == "role" && predefined || noun == "extension" && name.as_str() == "plpgsql" {
        return Ok(None);
    }
    let place = ctx.place(it.name.span);
    if noun == "role" {
        let later = ctx.history.role_after(name.as_str(), ctx.moment);
        return Err(Box::new(codes::missing_role(&name, place, later)));
    }
    Err(Box::new(codes::missing_relation(noun, &QName::local(name), place, None)))
}

/// Returns whether the statement's word for the kind fits the object.
pub(super) fn fits(kind: ObjectKind, id: &Id) -> bool {
    match kind {
        ObjectKind::Table => id.is::<Table>(),
        ObjectKind::View => id.is::<View>(),
        ObjectKind::MaterializedView => id.is::<MaterializedView>(),
        ObjectKind::Sequence => id.is::<Sequence>(),
        ObjectKind::Type => !id.is::<Table>() || id.is::<CompositeType>(),
        _ => true,
    }
}
