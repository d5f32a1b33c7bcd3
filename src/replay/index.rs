//! Indexes: CREATE INDEX, MySQL's KEY, and renaming and dropping them by name.

use super::{
    alter_table::{Edit, commit},
    codes, constraint,
    ctx::{Ctx, Outcome},
    drop_constraint, family, foreign_table, index_key, operator_class, option, partition, run,
    sqlite_table, storage, whole_table,
};
use crate::{
    base::{Name, QName, Span},
    dialect::Part,
    dialect::postgres::{parameters, parameters::Holder, spots},
    model::{self, Id, Index, Meta, Table, Unique},
    sql::ast::{
        CreateIndex, Ident, IndexColumn, IndexDef, IndexMethod, ObjectName, TableConstraint,
    },
};

/// Returns the table of an index; SQLite writes its schema before the name of the index
/// (<https://www.sqlite.org/lang_createindex.html>).
fn table_of(ctx: &Ctx, it: &CreateIndex) -> QName {
    match it.name.as_ref().and_then(|it| it.schema.as_ref()).filter(|_| ctx.is_sqlite()) {
        Some(schema) => QName::new(ctx.namespace(&schema.text), ctx.table_name(&it.table.name)),
        None => ctx.table_meant(&it.table),
    }
}

pub(super) fn create(ctx: &mut Ctx, it: &CreateIndex) -> Outcome {
    if let Some(schema) = it.name.as_ref().and_then(|it| it.schema.as_ref())
        && ctx.is_postgres()
    {
        let reason = "an index is in the schema of its table, which does not stand before its name";
        return Err(Box::new(codes::rejected(reason, ctx.place(schema.span))));
    }
    let table_name = table_of(ctx, it);
    if ctx.is_vague(&table_name) {
        return Ok(());
    }
    let Some(table) = ctx.schema.tables.get(&table_name) else {
        return Err(ctx.missing_table(&it.table, &table_name));
    };
    ctx.check_owner(&table.access, &table_name, it.table.span)?;
    sqlite_table::refuse_virtual(ctx, table, "has no indexes", it.table.span)?;
    foreign_table::refuse(ctx, table, "has no indexes", it.table.span)?;
    if it.concurrently && table.partition_by.is_some() && ctx.is_postgres() {
        let reason = format!("table `{table_name}` is partitioned: its indexes lock it");
        return Err(Box::new(codes::rejected(reason, ctx.place(it.table.span))));
    }
    let ident = it.name.as_ref().map(|it| &it.name);
    let span = it.name.as_ref().map_or(it.table.span, |it| it.name.span);
    let (name, meta) = constraint::named(ctx, ident, span);
    let is_taken = is_taken(ctx, table, &name);
    let read = read(ctx, table, &it.def, name, meta);
    if it.if_not_exists && is_taken {
        return match read {
            Ok(index) => {
                warn_if_other(ctx, &table.clone(), &index, span);
                Ok(())
            }
            // PostgreSQL looks at the columns before it looks for the name.
            Err(refused) if ctx.is_postgres() => Err(refused),
            Err(_) => Ok(()),
        };
    }
    let index = read?;
    let replaced = (it.or_replace && is_taken).then(|| table.clone());
    let known = ctx.schema.tables.shared(&table_name).filter(|_| index.unique && !it.concurrently);
    known.map_or(Ok(()), |it| run::check_rows_of_index(ctx, &it, &index, span))?;
    // Taken out, not copied: wide tables have many indexes.
    let Some(mut table) = ctx.schema.tables.remove(&table_name) else { return Ok(()) };
    if replaced.is_some() {
        drop_constraint::index(ctx, &mut table, &index.name);
    }
    let (n_indexes, n_uniques) = (table.indexes.len(), table.uniques.len());
    let mut added = add(ctx, &mut table, index, span);
    if added.is_ok()
        && let Err(refused) = whole_table::check(ctx, &mut table, span)
    {
        for it in table.indexes.split_off(n_indexes) {
            ctx.forget_index(&table, &it.name);
        }
        table.uniques.truncate(n_uniques);
        added = Err(refused);
    }
    let has_uses = table.indexes.last().is_some_and(|it| !it.meta.uses.is_empty());
    let own = table.indexes.last().map(|it| it.name.clone());
    let table = if added.is_err() { replaced.unwrap_or(table) } else { table };
    ctx.schema.tables.insert(table_name.clone(), table);
    added?;
    if let Some(own) = own.as_ref().filter(|_| has_uses) {
        ctx.note_needs(&Id::part::<Index>(table_name.clone(), own.clone()));
    }
    match own.filter(|_| !it.only) {
        Some(own) => family::index_below(ctx, &table_name, &own, span),
        None => Ok(()),
    }
}

/// Returns the index as the table would have it.
pub(super) fn read(
    ctx: &Ctx,
    table: &Table,
    def: &IndexDef,
    name: Name,
    meta: Meta,
) -> Outcome<Index> {
    let (mut columns, uses) = index_key::read_all(ctx, table, &def.columns)?;
    let unsaid = |it: &String| operator_class::is_default(ctx, method(def), it);
    for it in columns.iter_mut().filter(|it| it.opclass_options.is_none()) {
        it.opclass = it.opclass.take().filter(|it| !unsaid(it));
    }
    if matches!(def.method, IndexMethod::Fulltext) {
        settle_fulltext(ctx, table, &mut columns, def)?;
    }
    let mut index = Index { meta, ..Index::new(name, columns) };
    check_repeated(ctx, &index, def)?;
    let classes = check_classes(ctx, table, (def, &index.columns))?;
    index.meta.uses.extend(classes);
    index.meta.uses.extend(uses);
    index.unique = def.unique;
    index.method = match &def.method {
        IndexMethod::Default => None,
        // InnoDB makes a B-tree of USING HASH; elsewhere the B-tree is the default.
        IndexMethod::Using(_) if ctx.is_mysql() => None,
        IndexMethod::Using(method) if method == "btree" => None,
        IndexMethod::Using(method) => Some(method.to_string()),
        IndexMethod::Fulltext => Some("fulltext".to_owned()),
        IndexMethod::Spatial => Some("spatial".to_owned()),
    };
    index.include = constraint::known_columns(ctx, table, &def.include)?;
    if let Some(sql) = &def.condition {
        let spot = &spots::INDEX_PREDICATE;
        let (expr, uses) = index_key::known_expr(ctx, table, sql, spot)?;
        index.condition = Some(expr);
        index.meta.uses.extend(uses);
    }
    index.nulls_not_distinct = def.nulls_not_distinct;
    index.invisible = def.invisible;
    index.comment = def.comment.as_ref().map(|it| it.text.to_string());
    if ctx.is_postgres() {
        check_method(ctx, def, method(def))?;
        option::check(ctx, Holder::Index(method(def)), &def.options)?;
        index.options = option::parameters(&def.options);
    } else {
        let parser = def.options.iter().filter(|it| it.key == "with_parser");
        let known = ctx.dialect.fulltext_parsers();
        if let Some(it) = parser.clone().find(|it| !known.contains(&&*it.value.to_lowercase())) {
            let reason = format!("the server has no parser `{}`", it.value);
            return Err(Box::new(codes::rejected(reason, ctx.place(it.span))));
        }
        index.options.extend(parser.map(|it| (it.key.clone(), it.value.to_string())));
    }
    Ok(index)
}

/// A full-text index holds whole texts in no order.
fn settle_fulltext(
    ctx: &Ctx,
    table: &Table,
    columns: &mut [model::IndexColumn],
    def: &IndexDef,
) -> Outcome {
    for (key, written) in columns.iter_mut().zip(&def.columns) {
        let column = match &key.key {
            model::IndexKey::Column(name) => table.column(name),
            model::IndexKey::Expr(_) => None,
        };
        let is_text = column.is_some_and(|it| ctx.dialect.family(&it.ty).is_text());
        if !is_text || key.descending && !ctx.is_mariadb() {
            let reason = "a full-text index holds texts, in no order";
            return Err(Box::new(codes::rejected(reason, ctx.place(written.span))));
        }
        (key.prefix, key.descending) = (None, false);
    }
    Ok(())
}

/// MySQL puts no column into an index twice.
fn check_repeated(ctx: &Ctx, index: &Index, def: &IndexDef) -> Outcome {
    let keys = &index.columns;
    for (at, it) in keys.iter().enumerate().filter(|_| ctx.is_mysql()) {
        let is_column = matches!(it.key, model::IndexKey::Column(_));
        if is_column && keys[..at].iter().any(|own| own.key == it.key) {
            let place = ctx.place(def.columns[at].span);
            return Err(Box::new(codes::rejected("the index names a column twice", place)));
        }
    }
    Ok(())
}

/// Refuses what indexes of the method cannot be.
fn check_method(ctx: &Ctx, def: &IndexDef, name: &str) -> Outcome {
    let (Some(method), Some(first)) = (parameters::method(name), def.columns.first()) else {
        return Ok(());
    };
    let is_ordered = def.columns.iter().any(|it| it.descending || it.nulls_first.is_some());
    let misfits = [
        (def.unique && !method.unique, "is never unique"),
        (def.columns.len() > 1 && !method.multicolumn, "is on one column only"),
        (!def.include.is_empty() && !method.include, "includes no other columns"),
        (is_ordered && !method.ordered, "has no order"),
    ];
    let Some((_, what)) = misfits.into_iter().find(|it| it.0) else { return Ok(()) };
    let reason = format!("an index of {name} {what}");
    Err(Box::new(codes::rejected(reason, ctx.place(first.span))))
}

/// Returns the name of the method in the words of PostgreSQL.
fn method<'d>(def: &'d IndexDef) -> &'d str {
    match &def.method {
        IndexMethod::Using(method) => method,
        _ => "btree",
    }
}

/// Returns the extensions that bring what the index holds its keys by; errs where there is no such thing.
fn check_classes(
    ctx: &Ctx,
    table: &Table,
    (def, columns): (&IndexDef, &[model::IndexColumn]),
) -> Outcome<Vec<Id>> {
    let mut res = Vec::new();
    let method = method(def);
    for (it, column) in def.columns.iter().zip(columns) {
        operator_class::check_method(ctx, method, it.span)?;
        let ty = index_key::type_of(ctx, table, &column.key);
        let ty = ty.as_deref();
        res.extend(match (&it.opclass, ty) {
            (Some(class), _) => operator_class::check_class(ctx, method, class, ty)?,
            (None, Some(ty)) => operator_class::check_default(ctx, method, ty, it.span)?,
            (None, None) => None,
        });
    }
    Ok(res)
}

/// Adds the index; where unique constraints are nothing but indexes, one on whole columns is a constraint.
pub(super) fn add(ctx: &mut Ctx, table: &mut Table, index: Index, span: Span) -> Outcome {
    let is_key = ctx.dialect.unique_is_index
        && index.unique
        && index.method.is_none()
        && index.columns.iter().all(|it| !it.descending);
    let plain: Option<Vec<Name>> =
        index.plain_columns().map(|it| it.into_iter().cloned().collect());
    let part = match plain.filter(|_| is_key) {
        Some(columns) => Part::Unique(Unique {
            include: index.include,
            nulls_not_distinct: index.nulls_not_distinct,
            comment: index.comment,
            meta: index.meta,
            ..Unique::new(index.name, columns)
        }),
        None => Part::Index(index),
    };
    constraint::add_part(ctx, table, part, span)
}

/// Adds a `UNIQUE` item whose columns are more than names.
pub(super) fn add_unique(
    ctx: &mut Ctx,
    table: &mut Table,
    it: &TableConstraint,
    columns: &[IndexColumn],
) -> Outcome {
    let (name, meta) = constraint::naming(ctx, it);
    let (columns, _) = index_key::read_all(ctx, table, columns)?;
    let index = Index { unique: true, meta, ..Index::new(name, columns) };
    add(ctx, table, index, it.span)
}

/// `ALTER INDEX a RENAME TO b`.
pub(super) fn rename(ctx: &mut Ctx, name: &ObjectName, to: &Ident, if_exists: bool) -> Outcome {
    let Some((mut table, own)) = find(ctx, name) else {
        return if if_exists { Ok(()) } else { Err(missing(ctx, name)) };
    };
    rename_in(ctx, &mut table, &own, to)?;
    let (table_name, new) = (table.name.clone(), ctx.part_name(to));
    ctx.schema.tables.insert(table_name.clone(), table);
    for child in ctx.children(&table_name) {
        if let Some(child) = ctx.schema.tables.get_mut(&child) {
            partition::follow_name(child, &own, &new);
        }
    }
    Ok(())
}

/// Renames an index, or the key that it belongs to, within a draft.
pub(super) fn rename_in(ctx: &mut Ctx, table: &mut Table, from: &Name, to: &Ident) -> Outcome {
    let new = ctx.part_name(to);
    // MySQL lets an index keep its name.
    if (new != *from || !ctx.is_mysql()) && is_taken(ctx, table, &new) {
        let earlier = constraint::part_place(table, &new);
        let place = ctx.place(to.span);
        return Err(Box::new(codes::exists(&format!("index `{new}`"), place, earlier)));
    }
    let indexes = table.indexes.iter_mut().map(|it| (&mut it.name, &mut it.meta));
    let uniques = table.uniques.iter_mut().map(|it| (&mut it.name, &mut it.meta));
    let keys = table.primary_key.iter_mut().map(|it| (&mut it.name, &mut it.meta));
    let exclusions = table.exclusions.iter_mut().map(|it| (&mut it.name, &mut it.meta));
    let found = indexes.chain(uniques).chain(keys).chain(exclusions).find(|it| *it.0 == *from);
    if let Some((name, meta)) = found {
        *name = new.clone();
        meta.invented = false;
    }
    storage::follow_index(table, from, Some(&new));
    ctx.forget_index(table, from);
    if !ctx.is_mysql() {
        let name = QName::new(table.name.schema.clone(), new);
        ctx.relations.insert(name, table.name.clone());
    }
    Ok(())
}

/// `DROP INDEX a` where indexes are found by name alone.
pub(super) fn drop_by_name(ctx: &mut Ctx, name: &ObjectName, if_exists: bool) -> Outcome {
    let Some((mut table, own)) = find(ctx, name) else {
        return if if_exists { Ok(()) } else { Err(missing(ctx, name)) };
    };
    let attached = table.indexes.iter().find(|it| it.name == own).map(|it| &it.attached_to);
    if let Some(Some(parent)) = attached {
        let (what, place) = (format!("index `{own}`"), ctx.place(name.span));
        let user = format!("index `{parent}`");
        return Err(Box::new(codes::still_referenced(&what, &user, place, None)));
    }
    if attached.is_some() {
        drop_constraint::index(ctx, &mut table, &own);
        let table_name = table.name.clone();
        commit(ctx, Edit::new(table));
        family::drop_index_below(ctx, &table_name, &own);
        return Ok(());
    }
    let what = format!("index `{own}`");
    let (place, user) = (ctx.place(name.span), constraint::part_place(&table, &own));
    Err(Box::new(codes::still_referenced(&what, "its constraint", place, user)))
}

/// Returns the names of the table that has the index, and of the index.
pub(super) fn home(ctx: &Ctx, name: &ObjectName) -> Option<(QName, Name)> {
    find(ctx, name).map(|(table, own)| (table.name, own))
}

/// Returns a copy of the table that has the index, and the index's name.
fn find(ctx: &Ctx, name: &ObjectName) -> Option<(Table, Name)> {
    let meant = ctx.relation_meant(name);
    let own = ctx.part_name(&name.name);
    let home = ctx.relations.home(&QName::new(meant.schema, own.clone()))?;
    let table = ctx.schema.tables.get(home)?;
    (table.name.name != own).then(|| (table.clone(), own))
}

pub(super) fn missing(ctx: &Ctx, name: &ObjectName) -> Box<crate::diag::Diagnostic> {
    let place = ctx.place(name.span);
    let meant = ctx.relation_meant(name);
    if ctx.is_foreign(&meant) {
        let reason = format!("index `{meant}` is not created by this history");
        return Box::new(codes::not_understood(&reason, place));
    }
    Box::new(codes::missing_relation("index", &meant, place, None))
}

fn is_taken(ctx: &Ctx, table: &Table, name: &Name) -> bool {
    if ctx.is_mysql() {
        return table.indexes.iter().any(|it| it.name == *name)
            || table.uniques.iter().any(|it| it.name == *name);
    }
    let name = QName::new(table.name.schema.clone(), name.clone());
    ctx.relations.home(&name).is_some()
}

fn warn_if_other(ctx: &mut Ctx, table: &Table, index: &Index, span: Span) {
    let name = QName::new(table.name.schema.clone(), index.name.clone());
    let home = ctx.relations.home(&name).unwrap_or(&table.name);
    let Some(owner) = ctx.schema.tables.get(home) else { return };
    let existing = owner.indexes.iter().find(|it| it.name == index.name);
    let difference = match existing {
        _ if owner.name != table.name => format!("it belongs to table `{}`", owner.name),
        Some(it) if it.columns != index.columns => {
            format!("it is on ({})", model::value::Show::show(&it.columns))
        }
        Some(it) if it.unique != index.unique => {
            if it.unique { "it is unique" } else { "it is not unique" }.to_owned()
        }
        Some(it) if it.condition != index.condition => "it covers other rows".to_owned(),
        _ => return,
    };
    let earlier = constraint::part_place(owner, &index.name);
    let what = format!("index `{}`", index.name);
    let place = ctx.place(span);
    ctx.sink.push(codes::skipped(&what, place, earlier, &[difference]));
}
