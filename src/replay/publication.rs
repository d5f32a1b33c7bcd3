//! Publications (<https://www.postgresql.org/docs/current/sql-createpublication.html>).

use super::{
    cascade, codes, constraint,
    ctx::{Ctx, Outcome},
    extension,
};
use crate::{
    base::{Name, QName, Span},
    dialect::needs,
    dialect::postgres::spots,
    model::{Id, Publication, PublishedTable},
    sql::ast::{
        AlterPublication, CreatePublication, Drop, Ident, ObjectName, PublicationChange, Published,
    },
};

pub(super) fn create(ctx: &mut Ctx, it: &CreatePublication) -> Outcome {
    let name = ctx.table_name(&it.name);
    check_free(ctx, &name, &it.name)?;
    let mut new = Publication {
        name: name.clone(),
        all_tables: it.all_tables,
        tables: Vec::new(),
        schemas: Vec::new(),
        options: std::collections::BTreeMap::new(),
        owner: None,
        comment: None,
        meta: ctx.meta(it.name.span),
    };
    for item in &it.items {
        add(ctx, &mut new, item)?;
    }
    set_options(&mut new, &it.options);
    ctx.schema.publications.insert(name.clone(), new);
    ctx.note_needs(&id(&name));
    Ok(())
}

pub(super) fn alter(ctx: &mut Ctx, it: &AlterPublication) -> Outcome {
    let name = ctx.table_name(&it.name);
    let Some(mut publication) = ctx.schema.publications.get(&name).cloned() else {
        return Err(missing(ctx, &it.name));
    };
    match &it.change {
        PublicationChange::Add(items) => {
            refuse_all(ctx, &publication, &it.name)?;
            for item in items {
                add(ctx, &mut publication, item)?;
            }
        }
        PublicationChange::Set(items) => {
            refuse_all(ctx, &publication, &it.name)?;
            publication.tables.clear();
            publication.schemas.clear();
            for item in items {
                add(ctx, &mut publication, item)?;
            }
        }
        PublicationChange::Drop(items) => {
            refuse_all(ctx, &publication, &it.name)?;
            for item in items {
                remove(ctx, &mut publication, item)?;
            }
        }
        PublicationChange::Options(options) => set_options(&mut publication, options),
        PublicationChange::RenameTo(to) => {
            let new = ctx.table_name(to);
            check_free(ctx, &new, to)?;
            ctx.schema.publications.remove(&name);
            publication.name = new.clone();
            ctx.schema.publications.insert(new.clone(), publication);
            ctx.rename_needs(&id(&name), &id(&new));
            return Ok(());
        }
    }
    ctx.schema.publications.insert(name.clone(), publication);
    ctx.note_needs(&id(&name));
    Ok(())
}

pub(super) fn drop(ctx: &mut Ctx, it: &Drop) -> Outcome {
    for written in &it.names {
        let name = ctx.table_name(&written.name);
        if ctx.schema.publications.contains_key(&name) {
            cascade::drop_objects(ctx, &[id(&name)], it.cascade, written.span)?;
        } else if !it.if_exists {
            return Err(missing(ctx, &written.name));
        }
    }
    Ok(())
}

fn add(ctx: &mut Ctx, publication: &mut Publication, item: &Published) -> Outcome {
    match item {
        Published::Table { name, only, columns, condition } => {
            let table = published_table(ctx, name)?;
            if publication.tables.iter().any(|it| it.name == table) {
                let what = format!("table `{table}` in publication `{}`", publication.name);
                let earlier = publication.meta.place;
                return Err(Box::new(codes::exists(&what, ctx.place(name.span), earlier)));
            }
            let own = ctx.schema.tables.get(&table);
            if let (Some(sql), Some(own)) = (condition, own) {
                ctx.own_expr(sql, own, &spots::PUBLICATION)?;
            }
            let settled = condition
                .as_ref()
                .map(|it| ctx.settled_expr(ctx.expr(it), it, own, &spots::PUBLICATION));
            let condition = settled.transpose()?.map(|it| it.0);
            let columns = ctx.part_names(columns);
            check_columns(ctx, &table, item)?;
            let heirs = if *only { Vec::new() } else { heirs(ctx, &table) };
            for name in std::iter::once(table).chain(heirs) {
                if !publication.tables.iter().any(|it| it.name == name) {
                    let (columns, condition) = (columns.clone(), condition.clone());
                    publication.tables.push(PublishedTable { name, columns, condition });
                }
            }
            publication.tables.sort_by(|a, b| a.name.cmp(&b.name));
        }
        Published::Schema(schema) => {
            // The default schema goes by its own name among others here.
            let schema = published_schema(ctx, schema.as_ref())?;
            if !publication.schemas.contains(&schema) {
                publication.schemas.push(schema);
                publication.schemas.sort();
            }
        }
    }
    Ok(())
}

/// Refuses columns that are not there, or that are computed and so not published by the server.
fn check_columns(ctx: &Ctx, table: &QName, item: &Published) -> Outcome {
    let Published::Table { columns, .. } = item else { return Ok(()) };
    let Some(table) = ctx.schema.tables.get(table) else { return Ok(()) };
    for ident in columns {
        let name = constraint::known_column(ctx, table, ident)?;
        let may_publish = ctx.dialect.version.is_none_or(|it| it >= 18);
        let generated = table.column(&name).and_then(|it| it.generated.as_ref());
        if generated.is_some_and(|it| !(it.stored && may_publish)) {
            let reason = format!("generated column `{name}` cannot be published");
            return Err(Box::new(codes::rejected(reason, ctx.place(ident.span))));
        }
    }
    Ok(())
}

fn remove(ctx: &mut Ctx, publication: &mut Publication, item: &Published) -> Outcome {
    match item {
        Published::Table { name, only, .. } => {
            let table = ctx.table_meant(name);
            if !ctx.schema.tables.contains_key(&table) {
                return Err(ctx.missing_table(name, &table));
            }
            let before = publication.tables.len();
            publication.tables.retain(|it| it.name != table);
            if publication.tables.len() == before {
                let reason =
                    format!("table `{table}` is not in publication `{}`", publication.name);
                return Err(Box::new(codes::rejected(reason, ctx.place(name.span))));
            }
            let heirs = if *only { Vec::new() } else { heirs(ctx, &table) };
            publication.tables.retain(|it| !heirs.contains(&it.name));
        }
        Published::Schema(schema) => {
            let schema = published_schema(ctx, schema.as_ref())?;
            publication.schemas.retain(|it| *it != schema);
        }
    }
    Ok(())
}

/// Returns the tables that inherit from the table, and from those; its partitions are published with it.
fn heirs(ctx: &Ctx, table: &QName) -> Vec<QName> {
    let inherits = |child: &QName, of: &QName| {
        ctx.schema.tables.get(child).is_some_and(|it| it.parents.contains(of))
    };
    let mut res = Vec::new();
    let mut queue = vec![table.clone()];
    while let Some(parent) = queue.pop() {
        let children = ctx.children(&parent).into_iter().filter(|it| inherits(it, &parent));
        let new: Vec<QName> = children.filter(|it| !res.contains(it)).collect();
        queue.extend(new.iter().cloned());
        res.extend(new);
    }
    res
}

/// Returns the name of a table that can be published: a logged one that lasts.
fn published_table(ctx: &Ctx, written: &ObjectName) -> Outcome<QName> {
    let name = ctx.table_meant(written);
    let reject = |what: &str| {
        let reason = format!("{what} `{name}` cannot be published");
        Err(Box::new(codes::rejected(reason, ctx.place(written.span))))
    };
    match ctx.schema.tables.get(&name) {
        _ if ctx.is_temporary(&name) => reject("temporary table"),
        Some(it) if it.unlogged => reject("unlogged table"),
        Some(_) => Ok(name),
        None => match needs::relation_of_name(&ctx.schema, &name) {
            Some(it) => reject(it.kind.noun),
            None => Err(ctx.missing_table(written, &name)),
        },
    }
}

/// Refuses to let a table be unlogged that a publication names; one that has all tables, or all of a schema, leaves it out.
pub(super) fn refuse_published(ctx: &Ctx, table: &QName, span: Span) -> Outcome {
    let names = |it: &&Publication| it.tables.iter().any(|it| it.name == *table);
    let Some(found) = ctx.schema.publications.values().find(names) else { return Ok(()) };
    let reason = format!("table `{table}` is in publication `{}`, and so is logged", found.name);
    Err(Box::new(codes::rejected(reason, ctx.place(span))))
}

fn published_schema(ctx: &Ctx, ident: Option<&Ident>) -> Outcome<Name> {
    let schema = match ident {
        Some(it) => extension::known_schema(ctx, it)?,
        None => ctx.path.first().cloned().flatten(),
    };
    let home = ctx.dialect.default_schema.unwrap_or_default();
    Ok(schema.unwrap_or_else(|| ctx.dialect.table_name(home)))
}

/// Keeps what is not the default.
fn set_options(publication: &mut Publication, options: &[(String, String)]) {
    for (key, value) in options {
        let value = value.split(',').map(str::trim).collect::<Vec<_>>().join(", ");
        let words: Vec<&str> = ["insert", "update", "delete", "truncate"]
            .into_iter()
            .filter(|it| value.split(", ").any(|word| word == *it))
            .collect();
        let is_default = match key.as_str() {
            "publish" => words.len() == 4,
            _ => matches!(value.as_str(), "false" | "off" | "0" | "none"),
        };
        let text = match key.as_str() {
            "publish" => words.join(", "),
            _ if matches!(value.as_str(), "on" | "1") => "true".to_owned(),
            _ => value,
        };
        if is_default {
            publication.options.remove(key);
        } else {
            publication.options.insert(key.clone(), text);
        }
    }
}

fn refuse_all(ctx: &Ctx, publication: &Publication, ident: &Ident) -> Outcome {
    if !publication.all_tables {
        return Ok(());
    }
    let reason = format!("publication `{}` is about all tables", publication.name);
    Err(Box::new(codes::rejected(reason, ctx.place(ident.span))))
}

fn check_free(ctx: &Ctx, name: &Name, ident: &Ident) -> Outcome {
    let Some(existing) = ctx.schema.publications.get(name) else { return Ok(()) };
    let what = format!("publication `{name}`");
    Err(Box::new(codes::exists(&what, ctx.place(ident.span), existing.meta.place)))
}

fn missing(ctx: &Ctx, ident: &Ident) -> Box<crate::diag::Diagnostic> {
    let name = QName::local(ctx.table_name(ident));
    Box::new(codes::missing_relation("publication", &name, ctx.place(ident.span), None))
}

fn id(name: &Name) -> Id {
    Id::of::<Publication>(QName::local(name.clone()))
}
