//! `CREATE SCHEMA` and `DROP SCHEMA`.

use super::{
    access, cascade, charset, codes,
    ctx::{Ctx, Outcome},
    drop,
    run::Snapshot,
};
use crate::{
    base::{Name, Place, QName, Span},
    diag::Diagnostic,
    model::{
        Access, DefaultPrivileges, EventTrigger, Extension, Holder, Id, Kind, Meta, Namespace,
        Publication, Role, Verbatim,
    },
    sql::ast::{AlterDatabase, CreateSchema, Ddl, Drop, Ident, ObjectName},
};

pub(super) fn create(ctx: &mut Ctx, it: &CreateSchema) -> Outcome {
    if let Some(name) = it.name.as_ref().filter(|_| !it.options.is_empty()) {
        let database = AlterDatabase { name: Some(name.clone()), options: it.options.clone() };
        charset::alter_database(ctx, &database)?;
    }
    let owner = it.owner.as_ref().map(|it| access::read_role(ctx, it)).transpose()?;
    let text = match (&it.name, &owner) {
        (Some(name), _) => name.text.to_string(),
        (None, Some(owner)) => access::name_of(owner).to_string(),
        (None, None) => return Ok(()),
    };
    let place = ctx.place(it.span);
    let Some(name) = ctx.namespace(&text) else { return create_default(ctx, it, &text) };
    if ctx.dialect.emitter(Namespace::INFO).is_none() {
        return Ok(());
    }
    if let Some(existing) = ctx.schema.namespaces.get(&name) {
        if it.if_not_exists {
            return Ok(());
        }
        let earlier = existing.meta.place;
        return Err(Box::new(codes::exists(&format!("schema `{name}`"), place, earlier)));
    }
    if ctx.is_postgres() && text.starts_with("pg_") {
        let reason = format!("`{text}` is a name for schemas of the server");
        return Err(Box::new(codes::rejected(reason, place)));
    }
    let before = (!it.elements.is_empty()).then(|| Snapshot::take(ctx));
    let access = Access { owner: owner.clone(), grants: None };
    let new = Namespace { name: name.clone(), access, comment: None, meta: ctx.meta(it.span) };
    ctx.schema.namespaces.insert(name.clone(), new);
    ctx.note_needs(&Id::of::<Namespace>(QName::local(name.clone())));
    let made = fill(ctx, &it.elements, (&name, owner));
    if let (Err(_), Some(before)) = (&made, before) {
        before.restore(ctx);
    }
    made
}

/// The default schema is there already, unless it was dropped, and so is the database that a history works in.
fn create_default(ctx: &mut Ctx, it: &CreateSchema, text: &str) -> Outcome {
    if !ctx.is_postgres() {
        return Ok(());
    }
    let place = ctx.place(it.span);
    if std::mem::take(&mut ctx.lacks_home) {
        // Nobody gives it what it had in the beginning.
        let owner = it.owner.as_ref().map(|it| access::read_role(ctx, it)).transpose()?;
        let (name, access) = (ctx.dialect.table_name(text), Access { owner, grants: None });
        let meta = Meta { given: true, ..ctx.meta(it.span) };
        let new = Namespace { name: name.clone(), access, comment: None, meta };
        ctx.schema.namespaces.insert(name, new);
        return Ok(());
    }
    if it.if_not_exists {
        return Ok(());
    }
    Err(Box::new(codes::exists(&format!("schema `{text}`"), place, None)))
}

/// Makes what is made along with a schema, in it and for its owner.
fn fill(
    ctx: &mut Ctx,
    elements: &[(Ddl, Span)],
    (name, owner): (&Name, Option<Holder>),
) -> Outcome {
    if elements.is_empty() {
        return Ok(());
    }
    let (path, roles) = (ctx.path.clone(), ctx.roles.clone());
    ctx.path.insert(0, Some(name.clone()));
    if let Some(owner) = owner {
        ctx.roles.act_for(owner);
    }
    // Older servers too make what others need first (`transformCreateSchemaStmtElements`).
    let mut ordered: Vec<&(Ddl, Span)> = elements.iter().collect();
    ordered.sort_by_key(|it| rank(&it.0));
    let mut made = Ok(());
    for (ddl, span) in ordered {
        made = check_home(ctx, ddl, name).and_then(|()| super::run_ddl(ctx, ddl, *span));
        if made.is_err() {
            break;
        }
    }
    (ctx.path, ctx.roles) = (path, roles);
    made
}

fn rank(ddl: &Ddl) -> u8 {
    match ddl {
        Ddl::CreateSequence(_) => 0,
        Ddl::CreateTable(_) => 1,
        Ddl::CreateView(_) => 2,
        Ddl::CreateIndex(_) => 3,
        Ddl::CreateTrigger(_) => 4,
        _ => 5,
    }
}

/// Refuses what would be made in another schema.
fn check_home(ctx: &Ctx, ddl: &Ddl, name: &Name) -> Outcome {
    let written = match ddl {
        Ddl::CreateSequence(it) => &it.name,
        Ddl::CreateTable(it) => &it.name,
        Ddl::CreateView(it) => &it.name,
        Ddl::CreateIndex(it) => &it.table,
        Ddl::CreateTrigger(it) => &it.table,
        _ => return Ok(()),
    };
    match &written.schema {
        Some(it) if ctx.namespace(&it.text).as_ref() != Some(name) => {
            let reason = format!("`{}` is another schema than the one being made", it.text);
            Err(Box::new(codes::rejected(reason, ctx.place(it.span))))
        }
        _ => Ok(()),
    }
}

impl Ctx<'_, '_> {
    /// Returns the search path as the catalog has it.
    pub(super) fn search_path(&self) -> String {
        let public = self.dialect.default_schema.unwrap_or_default();
        if self.path == [None] {
            return format!("\"$user\", {public}");
        }
        let name =
            |it: &Option<Name>| it.as_ref().map_or(public.to_owned(), |it| self.dialect.ident(it));
        self.path.iter().map(name).collect::<Vec<_>>().join(", ")
    }

    /// Returns the first schema of the search path that is there.
    pub(super) fn creation_schema(&self) -> Option<&Option<Name>> {
        let is_there = |it: &&Option<Name>| match it {
            None => !self.lacks_home,
            Some(it) => {
                self.schema.namespaces.contains_key(it) || self.dialect.is_own_schema(it.as_str())
            }
        };
        self.path.iter().find(is_there)
    }

    /// Returns the name of what is made, in a schema that has to be there.
    pub(super) fn made_name(&self, name: &ObjectName) -> Outcome<QName> {
        let res = self.new_name(name);
        if let Some(schema) = &name.schema {
            self.refuse_gone(schema)?;
        } else if self.is_postgres() && self.creation_schema().is_none() {
            let reason = "the search path names no schema that is there";
            return Err(Box::new(codes::rejected(reason, self.place(name.span))));
        }
        self.check_creator(res.schema.as_ref(), name.span)?;
        Ok(res)
    }

    /// Refuses a schema that is not there.
    pub(super) fn refuse_gone(&self, schema: &Ident) -> Outcome {
        let Some(own) = self.namespace(&schema.text).filter(|_| self.is_postgres()) else {
            return Ok(());
        };
        let is_servers =
            self.dialect.is_own_schema(&schema.text) || self.is_temporary_schema(Some(schema));
        if is_servers || self.schema.namespaces.contains_key(&own) {
            return Ok(());
        }
        Err(Box::new(self.missing_schema(own, self.place(schema.span))))
    }

    /// Says that a schema is missing, and what makes those that no statement does.
    pub(super) fn missing_schema(&self, name: Name, place: Place) -> Diagnostic {
        let is_made = self.history.creates(name.as_str());
        let missing = codes::missing_relation("schema", &QName::local(name), place, None);
        if is_made {
            return missing;
        }
        missing.help("no statement creates it; where a platform does, name the platform: `platform supabase`")
    }
}

/// Refuses `USE` of a database that the history makes only later, or has dropped.
pub(super) fn check_use(ctx: &Ctx, name: &Ident) -> Outcome {
    let Some(own) = ctx.namespace(&name.text) else { return Ok(()) };
    if ctx.schema.namespaces.contains_key(&own) || !ctx.history.creates(&name.text) {
        return Ok(());
    }
    let place = ctx.place(name.span);
    Err(Box::new(codes::missing_relation("database", &QName::local(own), place, None)))
}

pub(super) fn drop(ctx: &mut Ctx, it: &Drop) -> Outcome {
    // None of them goes where one is missing.
    for name in it.names.iter().skip(1) {
        if ctx.is_postgres() && !it.if_exists && is_unknown(ctx, &name.name) {
            return Err(missing(ctx, &name.name));
        }
    }
    for name in &it.names {
        drop_one(ctx, &name.name, it)?;
    }
    Ok(())
}

fn missing(ctx: &Ctx, ident: &Ident) -> Box<Diagnostic> {
    let name = QName::local(ctx.table_name(ident));
    Box::new(codes::missing_relation("schema", &name, ctx.place(ident.span), None))
}

/// Returns whether nothing is in the schema, and nobody made it.
fn is_unknown(ctx: &Ctx, ident: &Ident) -> bool {
    let Some(own) = ctx.namespace(&ident.text) else { return false };
    let is_in_it = |it: &Id| it.owner.schema.as_ref() == Some(&own);
    !ctx.schema.namespaces.contains_key(&own)
        && !ctx.schema.objects().iter().any(|it| is_in_it(&it.0))
}

/// Returns all that is in the schema.
pub(super) fn inside(ctx: &Ctx, schema: Option<&Name>) -> Vec<Id> {
    let tops = ctx.schema.objects().into_iter().map(|it| it.0).filter(|it| it.part.is_none());
    let is_in =
        |it: &Id| it.owner.schema.as_ref() == schema && !it.is::<Namespace>() && is_in_schemas(it);
    let mut res: Vec<Id> = tops.filter(is_in).collect();
    // An extension goes by its own name alone.
    let extensions = ctx.schema.extensions.values().filter(|it| it.schema.as_ref() == schema);
    res.extend(extensions.map(|it| Id::of::<Extension>(QName::local(it.name.clone()))));
    res
}

fn drop_one(ctx: &mut Ctx, ident: &Ident, it: &Drop) -> Outcome {
    let schema = ctx.namespace(&ident.text);
    let mut inside = inside(ctx, schema.as_ref());
    let known = schema.as_ref().is_none_or(|it| ctx.schema.namespaces.contains_key(it));
    if !known && inside.is_empty() && !ctx.is_sqlite() {
        return if it.if_exists { Ok(()) } else { Err(missing(ctx, ident)) };
    }
    if let Some(user) = inside.first()
        && ctx.is_postgres()
        && !it.cascade
    {
        let what = format!("schema `{}`", ident.text);
        let place = ctx.place(ident.span);
        let user = format!("`{}`", user.owner);
        return Err(Box::new(codes::still_referenced(&what, &user, place, None)));
    }
    if ctx.is_postgres() {
        // Publications and default privileges name it and are not in it.
        inside.push(Id::of::<Namespace>(QName::local(ctx.table_name(ident))));
        cascade::drop_objects(ctx, &inside, true, ident.span)?;
    } else {
        drop::forget_objects(ctx, &inside);
        ctx.collates.remove(&schema);
    }
    match schema {
        Some(name) => {
            ctx.schema.namespaces.remove(&name);
        }
        None if ctx.is_postgres() => {
            ctx.lacks_home = true;
            ctx.schema.namespaces.remove(&ctx.dialect.table_name(&ident.text));
        }
        None => {}
    }
    Ok(())
}

/// Whether objects of the kind are in schemas at all.
pub(super) fn is_in_schemas(id: &Id) -> bool {
    let outside = [
        Role::INFO,
        Extension::INFO,
        EventTrigger::INFO,
        Publication::INFO,
        DefaultPrivileges::INFO,
    ];
    !outside.contains(&id.kind) && (!id.is::<Verbatim>() || !is_global(id))
}

/// Rare objects that are in no schema stand without one, as those in the default schema do.
fn is_global(id: &Id) -> bool {
    let kinds = [
        "access method ",
        "cast ",
        "foreign data wrapper ",
        "language ",
        "server ",
        "subscription ",
        "transform ",
        "user mapping ",
    ];
    kinds.iter().any(|it| id.owner.name.as_str().starts_with(it))
}
