//! Partitions: what they take from their table, and how they come to it and leave it
//! (<https://www.postgresql.org/docs/current/ddl-partitioning.html>).

use super::{
    alter_table::{Edit, commit},
    codes, constraint,
    ctx::{Ctx, Outcome},
    identity, index_key, inherit, partition_bound, trigger_copy,
};
use crate::{
    base::{Name, QName, Span},
    dialect::{Part, needs::mentions},
    model::{
        ForeignKey, Index, IndexColumn, IndexKey, Meta, PartitionBy, PartitionOf, PrimaryKey,
        Table, Unique,
    },
    sql::ast::{self, ObjectName, Sql},
};

/// Returns how the table is cut, if it has the columns.
pub(super) fn read(ctx: &Ctx, table: &Table, it: &ast::PartitionBy) -> Outcome<PartitionBy> {
    let columns = it.columns.iter().map(|it| index_key::read(ctx, table, it).map(|it| it.0));
    let columns: Vec<IndexColumn> = columns.collect::<Outcome<_>>()?;
    if let (true, Some(second)) = (it.method == "list", it.columns.get(1)) {
        let reason = "a table is cut by list along one column";
        return Err(Box::new(codes::rejected(reason, ctx.place(second.span))));
    }
    if !table.parents.is_empty() {
        let reason = format!("table `{}` inherits from others, so it cannot be cut", table.name);
        return Err(Box::new(codes::rejected(reason, ctx.place(it.columns[0].span))));
    }
    let res = PartitionBy { method: it.method.clone(), columns };
    let named = |name: &Name| {
        res.columns.iter().any(|key| match &key.key {
            IndexKey::Column(own) => own == name,
            IndexKey::Expr(expr) => ctx.dialect.uses(expr, name),
        })
    };
    let computed = table.columns.iter().find(|it| it.generated.is_some() && named(&it.name));
    match computed.zip(it.columns.first()) {
        Some((column, key)) => {
            let reason = format!("generated column `{}` cannot cut the table", column.name);
            Err(Box::new(codes::rejected(reason, ctx.place(key.span))))
        }
        None => Ok(res),
    }
}

/// Returns which part of its parent a table is.
pub(super) fn part_of(ctx: &Ctx, parent: &Table, bound: &Sql) -> Outcome<PartitionOf> {
    if parent.partition_by.is_none() {
        let reason = format!("table `{}` is not partitioned", parent.name);
        return Err(Box::new(codes::rejected(reason, ctx.place(bound.span))));
    }
    refuse_bound(ctx, parent, bound)?;
    partition_bound::check(ctx, parent, bound)?;
    let bound = ctx.dialect.partition_bound(bound.text);
    Ok(PartitionOf { parent: parent.name.clone(), bound })
}

/// Returns whether the column decides in which partition of the table a row is.
pub(super) fn cuts(table: &Table, column: &Name) -> bool {
    let cuts = |key: &IndexColumn| match &key.key {
        IndexKey::Column(it) => it == column,
        IndexKey::Expr(it) => mentions::has_word(it.text(), column.as_str()),
    };
    table.partition_by.as_ref().is_some_and(|it| it.columns.iter().any(cuts))
}

/// Each way of cutting a table has its own bounds, and all but one a default partition.
fn refuse_bound(ctx: &Ctx, parent: &Table, bound: &Sql) -> Outcome {
    let text = bound.text.to_ascii_lowercase();
    let words: Vec<&str> = text.split(|it: char| !it.is_alphanumeric()).take(3).collect();
    let method = match words[..] {
        ["default", ..] => "default",
        [_, _, "from"] => "range",
        [_, _, "in"] => "list",
        [_, _, "with"] => "hash",
        _ => return Ok(()),
    };
    let own = parent.partition_by.as_ref().map_or("", |it| it.method.as_str());
    if method == own || method == "default" && own != "hash" {
        return Ok(());
    }
    let reason = format!("table `{}` is cut by {own}, which has no such bound", parent.name);
    Err(Box::new(codes::rejected(reason, ctx.place(bound.span))))
}

/// Refuses a partition that lasts of a table that does not, and the other way round.
pub(super) fn check_lasting(ctx: &Ctx, table: &Table, parent: &Table, span: Span) -> Outcome {
    if ctx.is_temporary(&parent.name) == ctx.is_temporary(&table.name) {
        return Ok(());
    }
    let reason = "a partition is temporary where its table is, and there alone";
    Err(Box::new(codes::rejected(reason, ctx.place(span))))
}

/// `ATTACH PARTITION`.
pub(super) fn attach(ctx: &mut Ctx, parent: &QName, child: &ObjectName, bound: &Sql) -> Outcome {
    let Some(parent) = ctx.schema.tables.get(parent).cloned() else { return Ok(()) };
    let mut edit = Edit::new(inherit::find(ctx, child)?);
    let table = &mut edit.table;
    let place = ctx.place(child.span);
    if table.partition_of.is_some() || !table.parents.is_empty() || table.name == parent.name {
        let reason = format!("table `{}` is a partition or a child already", table.name);
        return Err(Box::new(codes::rejected(reason, place)));
    }
    check_lasting(ctx, table, &parent, child.span)?;
    let part_of = part_of(ctx, &parent, bound)?;
    inherit::match_parent(ctx, table, &parent, child.span)?;
    if let Some(other) = table.columns.iter().find(|it| parent.column(&it.name).is_none()) {
        let reason = format!("table `{}` has no column `{}`", parent.name, other.name);
        return Err(Box::new(codes::rejected(reason, place)));
    }
    let numbered = table.columns.iter().find(|it| identity::is_identity(it));
    if let Some(column) = numbered.filter(|_| ctx.dialect.numbers_partitions()) {
        let reason =
            format!("column `{}` of table `{}` is an identity of its own", column.name, table.name);
        return Err(Box::new(codes::rejected(reason, place)));
    }
    trigger_copy::check_attached(ctx, table, &parent, child.span)?;
    table.partition_of = Some(part_of);
    for column in &mut table.columns {
        column.inherited = true;
    }
    inherit::take_checks(ctx, table, &parent, &|_| true, child.span)?;
    take_parts(ctx, table, &parent, &|_| true, child.span)?;
    ctx.note_child(&parent.name, &table.name);
    commit(ctx, edit);
    Ok(())
}

/// Refuses a column of a partition alone: it has those of its table.
pub(super) fn refuse_column(ctx: &Ctx, table: &Table, span: Span) -> Outcome {
    if table.partition_of.is_none() {
        return Ok(());
    }
    let reason = format!("table `{}` is a partition: it has the columns of its table", table.name);
    Err(Box::new(codes::rejected(reason, ctx.place(span))))
}

/// `DETACH PARTITION`: the table keeps what it has.
pub(super) fn detach(
    ctx: &mut Ctx,
    parent: &QName,
    child: &ObjectName,
    concurrently: bool,
) -> Outcome {
    let Some(parent) = ctx.schema.tables.get(parent).cloned() else { return Ok(()) };
    if concurrently && has_default(ctx, &parent) {
        let reason = format!(
            "table `{}` has a default partition, so none is detached concurrently",
            parent.name
        );
        return Err(Box::new(codes::rejected(reason, ctx.place(child.span))));
    }
    let mut edit = Edit::new(inherit::find(ctx, child)?);
    let table = &mut edit.table;
    if table.partition_of.take_if(|it| it.parent == parent.name).is_none() {
        let reason = format!("table `{}` is no partition of `{}`", table.name, parent.name);
        return Err(Box::new(codes::rejected(reason, ctx.place(child.span))));
    }
    inherit::release(ctx, table, &parent);
    for attached in attachments(table) {
        *attached = None;
    }
    commit(ctx, edit);
    Ok(())
}

fn has_default(ctx: &Ctx, parent: &Table) -> bool {
    let children = ctx.children(&parent.name);
    let mut bounds =
        children.iter().filter_map(|it| ctx.schema.tables.get(it)?.partition_of.as_ref());
    bounds.any(|it| it.parent == parent.name && it.bound.text().eq_ignore_ascii_case("default"))
}

/// Returns for each part of the table what it is attached to.
fn attachments(table: &mut Table) -> impl Iterator<Item = &mut Option<Name>> {
    let keys = table.primary_key.iter_mut().map(|it| &mut it.attached_to);
    let uniques = table.uniques.iter_mut().map(|it| &mut it.attached_to);
    let exclusions = table.exclusions.iter_mut().map(|it| &mut it.attached_to);
    let foreign = table.foreign_keys.iter_mut().map(|it| &mut it.attached_to);
    let indexes = table.indexes.iter_mut().map(|it| &mut it.attached_to);
    keys.chain(uniques).chain(exclusions).chain(foreign).chain(indexes)
}

/// A part of the parent has another name now.
pub(super) fn follow_name(table: &mut Table, from: &Name, to: &Name) {
    for attached in attachments(table).filter(|it| it.as_ref() == Some(from)) {
        *attached = Some(to.clone());
    }
}

/// Gives a partition the keys, indexes and foreign keys of its table that are new there: one that it has
/// already is attached, or else one is made.
pub(super) fn take_parts(
    ctx: &mut Ctx,
    table: &mut Table,
    parent: &Table,
    is_new: &dyn Fn(&Name) -> bool,
    span: Span,
) -> Outcome {
    let (unnamed, fresh) = (Name::exact(""), Meta { invented: true, ..ctx.meta(span) });
    let like = |it: &Meta| Meta { uses: it.uses.clone(), ..fresh.clone() };
    if let Some(key) = parent.primary_key.as_ref().filter(|it| is_new(&it.name)) {
        let attached_to = Some(key.name.clone());
        if let Some(own) = table.primary_key.as_mut().filter(|it| it.columns == key.columns) {
            own.attached_to = attached_to;
        } else {
            let (name, meta) = (unnamed.clone(), like(&key.meta));
            let copy = PrimaryKey { name, attached_to, comment: None, meta, ..key.clone() };
            constraint::add_part(ctx, table, Part::PrimaryKey(copy), span)?;
        }
    }
    for key in parent.uniques.iter().filter(|it| is_new(&it.name)) {
        take_unique(ctx, table, key, (&like(&key.meta), span))?;
    }
    for it in parent.exclusions.iter().filter(|it| is_new(&it.name)) {
        let attached_to = Some(it.name.clone());
        let (name, meta) = (unnamed.clone(), like(&it.meta));
        let copy = crate::model::Exclusion { name, meta, attached_to, comment: None, ..it.clone() };
        constraint::add_part(ctx, table, Part::Exclusion(copy), span)?;
    }
    for index in parent.indexes.iter().filter(|it| is_new(&it.name)) {
        take_index(ctx, table, index, (&like(&index.meta), span))?;
    }
    for key in parent.foreign_keys.iter().filter(|it| is_new(&it.name)) {
        take_foreign_key(ctx, table, key, (&like(&key.meta), span))?;
    }
    Ok(())
}

fn take_unique(
    ctx: &mut Ctx,
    table: &mut Table,
    key: &Unique,
    (meta, span): (&Meta, Span),
) -> Outcome {
    let attached_to = Some(key.name.clone());
    let is_twin = |it: &&mut Unique| {
        it.attached_to.is_none()
            && it.columns == key.columns
            && it.include == key.include
            && it.nulls_not_distinct == key.nulls_not_distinct
    };
    if let Some(own) = table.uniques.iter_mut().find(is_twin) {
        own.attached_to = attached_to;
        return Ok(());
    }
    let (name, meta) = (Name::exact(""), meta.clone());
    let copy = Unique { name, meta, attached_to, comment: None, ..key.clone() };
    constraint::add_part(ctx, table, Part::Unique(copy), span)
}

fn take_index(
    ctx: &mut Ctx,
    table: &mut Table,
    index: &Index,
    (meta, span): (&Meta, Span),
) -> Outcome {
    let attached_to = Some(index.name.clone());
    let is_twin = |it: &&mut Index| it.attached_to.is_none() && is_like(it, index);
    if let Some(own) = table.indexes.iter_mut().find(is_twin) {
        own.attached_to = attached_to;
        return Ok(());
    }
    // A key may serve an index that is none.
    let columns = index.plain_columns().filter(|_| index.unique && index.condition.is_none());
    let serves = |it: &&mut Unique| {
        it.attached_to.is_none()
            && columns.as_ref().is_some_and(|columns| columns.iter().copied().eq(&it.columns))
    };
    if let Some(own) = table.uniques.iter_mut().find(serves) {
        own.attached_to = attached_to;
        return Ok(());
    }
    let (name, meta) = (Name::exact(""), meta.clone());
    let options = std::collections::BTreeMap::new();
    let copy = Index { name, meta, attached_to, options, comment: None, ..index.clone() };
    constraint::add_part(ctx, table, Part::Index(copy), span)
}

fn is_like(a: &Index, b: &Index) -> bool {
    let same_column = |(a, b): (&IndexColumn, &IndexColumn)| {
        let same_key = match (&a.key, &b.key) {
            (IndexKey::Column(a), IndexKey::Column(b)) => a == b,
            (IndexKey::Expr(a), IndexKey::Expr(b)) => a == b,
            _ => false,
        };
        same_key && a.opclass == b.opclass && a.collate == b.collate
    };
    (a.unique, &a.method, &a.condition) == (b.unique, &b.method, &b.condition)
        && (&a.include, a.nulls_not_distinct) == (&b.include, b.nulls_not_distinct)
        && a.columns.len() == b.columns.len()
        && a.columns.iter().zip(&b.columns).all(same_column)
}

fn take_foreign_key(
    ctx: &mut Ctx,
    table: &mut Table,
    key: &ForeignKey,
    (meta, span): (&Meta, Span),
) -> Outcome {
    let attached_to = Some(key.name.clone());
    let is_twin = |it: &&mut ForeignKey| {
        it.attached_to.is_none()
            && (&it.columns, &it.references, &it.target)
                == (&key.columns, &key.references, &key.target)
            && (it.on_delete, it.on_update, it.match_full)
                == (key.on_delete, key.on_update, key.match_full)
            && (it.deferral, it.enforced) == (key.deferral, key.enforced)
    };
    if let Some(own) = table.foreign_keys.iter_mut().find(is_twin) {
        own.attached_to = attached_to;
        return Ok(());
    }
    // The name is the parent's where it is free.
    let taken = constraint::part_place(table, &key.name).is_some();
    let meta = Meta { invented: taken, ..meta.clone() };
    let copy = ForeignKey { attached_to, meta, comment: None, ..key.clone() };
    constraint::add_part(ctx, table, Part::ForeignKey(copy), span)
}
