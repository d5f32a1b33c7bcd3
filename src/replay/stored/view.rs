//! Views, and SQLite's virtual tables.

use super::{may_create, options};
use crate::{
    base::QName,
    model::{Access, Expr, Id, Table, View, ViewColumn},
    replay::{
        codes,
        ctx::{Ctx, Outcome},
    },
    sql::{
        ast::{CreateStored, Ident, ObjectName, Sql},
        relations,
    },
};

pub(super) fn create(ctx: &mut Ctx, it: &CreateStored, columns: &[Ident], query: &Sql) -> Outcome {
    let name = ctx.new_name(&it.name);
    if it.temporary {
        ctx.temporary.insert(name);
        return Ok(());
    }
    refuse_table(ctx, it, &name)?;
    let existing = ctx.schema.views.get(&name);
    if it.must_exist && existing.is_none() {
        let place = ctx.place(it.name.span);
        return Err(Box::new(codes::missing_relation("view", &name, place, None)));
    }
    let meta = existing.filter(|_| it.must_exist).map(|it| it.meta.clone());
    if ctx.schema.tables.contains_key(&name) || !may_create::<View>(ctx, it, &name, it.name.span)? {
        return Ok(());
    }
    let uses = read(ctx, query)?;
    let column = |it: &Ident| ViewColumn { name: ctx.part_name(it), ty: None, comment: None };
    let text = query.text.trim();
    let mut view = View {
        listed: false,
        name: name.clone(),
        query: Expr::new(text, relations::plain_text(text, &ctx.dialect.lexis)),
        columns: columns.iter().map(column).collect(),
        options: options(&it.options),
        triggers: Vec::new(),
        rules: Vec::new(),
        access: Access::default(),
        comment: None,
        meta: meta.unwrap_or_else(|| ctx.meta(it.name.name.span)),
    };
    view.meta.uses = uses;
    ctx.relations.insert(name.clone(), name.clone());
    ctx.failed.remove(&name);
    ctx.schema.views.insert(name, view);
    Ok(())
}

/// A table of that name is in the way, or is what IF NOT EXISTS finds.
fn refuse_table(ctx: &Ctx, it: &CreateStored, name: &QName) -> Outcome {
    let Some(table) = ctx.schema.tables.get(name) else { return Ok(()) };
    if it.if_not_exists {
        return Ok(());
    }
    let what = format!("table `{name}`");
    Err(Box::new(codes::exists(&what, ctx.place(it.name.span), table.meta.place)))
}

/// Returns what the query reads. MySQL asks that it is there, SQLite only when the view is read.
fn read(ctx: &Ctx, query: &Sql) -> Outcome<Vec<Id>> {
    let mut res = Vec::new();
    for it in relations::relations(query.text, &ctx.dialect.lexis) {
        let schema = it.schema.as_deref().map(|it| ctx.namespace(it));
        let own = ctx.dialect.table_name(&it.name);
        let here = || ctx.path.first().cloned().flatten();
        let name = QName::new(schema.unwrap_or_else(here), own);
        if let Some(id) = relation(ctx, &name) {
            res.push(id);
        } else if ctx.is_mysql() && !is_outside(ctx, &name) {
            let place = ctx.place(it.span.shift(query.span.start));
            let later = ctx.history.table_after(&it.name, ctx.moment);
            let missing = codes::missing_relation("table", &name, place, later);
            return Err(Box::new(ctx.with_cause(missing, &name)));
        }
    }
    Ok(res)
}

fn relation(ctx: &Ctx, name: &QName) -> Option<Id> {
    if ctx.schema.tables.contains_key(name) {
        return Some(Id::of::<Table>(name.clone()));
    }
    ctx.schema.views.contains_key(name).then(|| Id::of::<View>(name.clone()))
}

fn is_outside(ctx: &Ctx, name: &QName) -> bool {
    ctx.is_foreign(name)
        || ctx.temporary.contains(name)
        || name.name.as_str().eq_ignore_ascii_case("dual")
}

pub(super) fn find(ctx: &Ctx, written: &ObjectName) -> Option<Id> {
    let name = ctx.new_name(written);
    ctx.schema.views.contains_key(&name).then(|| Id::of::<View>(name))
}

/// `RENAME TABLE` of a view; returns whether there is one.
pub(in crate::replay) fn rename(ctx: &mut Ctx, from: &QName, to: &QName) -> bool {
    let Some(mut view) = ctx.schema.views.remove(from) else { return false };
    view.name = to.clone();
    ctx.schema.views.insert(to.clone(), view);
    ctx.relations.remove(from);
    ctx.relations.insert(to.clone(), to.clone());
    true
}

/// `CREATE VIRTUAL TABLE`: what its columns are is the module's business (<https://www.sqlite.org/vtab.html>).
pub(super) fn create_virtual(
    ctx: &mut Ctx,
    it: &CreateStored,
    module: &Ident,
    arguments: Option<&Sql>,
) -> Outcome {
    let name = ctx.new_name(&it.name);
    if let Some(home) = ctx.relations.home(&name) {
        if it.if_not_exists {
            return Ok(());
        }
        let earlier = ctx.schema.tables.get(home).and_then(|it| it.meta.place);
        let what = format!("table `{name}`");
        return Err(Box::new(codes::exists(&what, ctx.place(it.name.span), earlier)));
    }
    let arguments = arguments.map(|it| format!("({})", it.text)).unwrap_or_default();
    let mut table = Table::new(name.clone());
    table.meta = ctx.meta(it.name.name.span);
    table.options.insert(MODULE.to_owned(), format!("{}{arguments}", module.text));
    ctx.relations.insert(name.clone(), name.clone());
    ctx.partial.insert(name.clone());
    ctx.failed.remove(&name);
    ctx.schema.tables.insert(name, table);
    Ok(())
}

/// The option that says that a table is virtual, and what it is made by.
const MODULE: &str = "using";
