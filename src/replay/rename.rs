//! Renaming tables, columns and constraints; what refers to them follows.

use std::collections::BTreeSet;

use super::{
    alter_table::{After, Edit, rename_index},
    codes, column_rules, constraint,
    ctx::{Ctx, Outcome},
    family, follow, mysql_partition, not_null, numbering, sequence, stored,
};
use crate::{
    base::{Name, QName, Span},
    dialect::{Part, relations::index_names, settle},
    model::{Id, Kind, Table},
    sql::ast::{AlterAction, AlterKind, Ident, ObjectName},
};

/// `RENAME TABLE a TO b, …`: from left to right, all or none.
pub(super) fn tables(
    ctx: &mut Ctx,
    pairs: &[(ObjectName, ObjectName)],
    if_exists: bool,
) -> Outcome {
    let mut done: Vec<(QName, QName)> = Vec::new();
    for (from, to) in pairs {
        let old = renamed_table(ctx, from);
        let is_there = ctx.schema.tables.contains_key(&old) || ctx.schema.views.contains_key(&old);
        if if_exists && !is_there {
            continue;
        }
        if let Err(diagnostic) = rename_one(ctx, from, to, &mut done) {
            for (from, to) in done.iter().rev() {
                table(ctx, to, from);
            }
            return Err(diagnostic);
        }
    }
    Ok(())
}

/// Returns the table that `RENAME TABLE` is about; MySQL's looks at none that is temporary
/// (<https://dev.mysql.com/doc/refman/8.4/en/rename-table.html>).
fn renamed_table(ctx: &Ctx, from: &ObjectName) -> QName {
    if ctx.is_mariadb() { ctx.meant_with_views(from) } else { ctx.new_name(from) }
}

/// Marks the draft to be renamed once it holds.
pub(super) fn plan(ctx: &mut Ctx, edit: &mut Edit, to: &ObjectName) -> Outcome {
    let mut name = ctx.new_name(to);
    if to.schema.is_none() {
        // `RENAME TO` keeps the schema, whatever the search path.
        name.schema.clone_from(&edit.table.name.schema);
    }
    if !ctx.is_mysql() {
        check_other(ctx, &edit.table.name, &name, to.span)?;
    }
    plan_to(ctx, edit, name, to.span)
}

pub(super) fn plan_to(ctx: &mut Ctx, edit: &mut Edit, to: QName, span: Span) -> Outcome {
    if ctx.dialect.is_own_table(to.name.as_str()) {
        let reason = format!("`{}` is a name for the server's own tables", to.name);
        return Err(Box::new(codes::rejected(reason, ctx.place(span))));
    }
    check_free(ctx, &edit.table.name, &to, span)?;
    if to.schema != edit.table.name.schema {
        check_free_for_parts(ctx, &edit.table, &to, span)?;
    }
    edit.after.push(After::RenameTable(to));
    Ok(())
}

/// Renames a table of the schema.
pub(super) fn table(ctx: &mut Ctx, from: &QName, to: &QName) {
    let (old, new) = (Id::of::<Table>(from.clone()), Id::of::<Table>(to.clone()));
    let users = ctx.users_of(&old);
    let Some(mut table) = ctx.schema.tables.remove(from) else { return };
    ctx.relations.remove_table(ctx.dialect, &table);
    numbering::spell_out(ctx, &mut table);
    numbering::follow_table(ctx, &mut table, from, to);
    family::follow_table(ctx, from, to);
    let dialect = ctx.dialect;
    dialect.keep_not_null_names(&mut table, |it| it.name = to.clone());
    numbering::settle(ctx, &mut table);
    for key in &table.foreign_keys {
        ctx.note_referrer(&key.references, to);
    }
    let parents: Vec<QName> = table.ancestors().cloned().collect();
    for parent in &parents {
        ctx.note_child(parent, to);
    }
    ctx.schema.tables.insert(to.clone(), table);
    // https://www.sqlite.org/pragma.html#pragma_legacy_alter_table
    if !ctx.sqlite.keeps_texts || ctx.checks_keys {
        for owner in ctx.referrer_names(from).iter().chain([to]) {
            refer_to(ctx, owner, from, to);
        }
    }
    if let Some(table) = ctx.schema.tables.get_mut(to) {
        ctx.dialect.rename_numbered(table, &from.name);
    }
    stored::follow_table(ctx, from, to);
    name_anew(ctx, to);
    if let Some(new) = ctx.schema.tables.get(to) {
        ctx.relations.add_table(ctx.dialect, new);
        ctx.blame.settle(new);
    }
    ctx.note_table(to);
    constraint::claim_names(ctx, to);
    follow::table(ctx, &users, from, to);
    ctx.rename_needs(&old, &new);
    ctx.rows.rename(from, to);
    if ctx.partial.remove(from) {
        ctx.partial.insert(to.clone());
    }
    for owner in ctx.unbound.iter_mut().filter(|it| *it == from) {
        *owner = to.clone();
    }
}

/// Turns the foreign keys of a table that refer to `from` to `to`.
fn refer_to(ctx: &mut Ctx, owner: &QName, from: &QName, to: &QName) {
    let Some(table) = ctx.schema.tables.get_mut(owner) else { return };
    let keys = table.foreign_keys.iter_mut().filter(|it| it.references == *from);
    if keys.map(|it| it.references.clone_from(to)).count() > 0 {
        ctx.note_referrer(to, owner);
    }
}

/// Renames a column of the draft; the expressions that mention it are rewritten, as the server does.
pub(super) fn column(
    ctx: &mut Ctx,
    edit: &mut Edit,
    from: &Ident,
    to: &Ident,
    if_exists: bool,
) -> Outcome {
    let (written, new) = (ctx.part_name(from), ctx.part_name(to));
    column_rules::check_name(ctx, &new, to.span)?;
    let aside = edit.aside.iter().find(|it| it.0 == written);
    let old = aside.map_or(written, |it| it.1.clone());
    let table = &mut edit.table;
    if !if_exists {
        family::refuse_inherited(ctx, table, from, "column")?;
    }
    if table.column(&old).is_none() {
        let missing = ctx.missing_column(table, &old, from.span);
        return if if_exists { Ok(()) } else { Err(missing) };
    }
    let is_free = |it: &&crate::model::Column| old != it.name || ctx.is_postgres();
    if let Some(existing) = table.column(&new).filter(is_free) {
        let what = format!("column `{new}` of table `{}`", table.name);
        let place = ctx.place(to.span);
        return Err(Box::new(codes::exists(&what, place, existing.meta.place)));
    }
    refuse_used(ctx, (table, &edit.redefined), (&old, &new), from.span)?;
    carry_out(ctx, edit, old, new);
    Ok(())
}

/// MySQL renames the columns of a statement at once: those whose names others take step aside first.
pub(super) fn make_room(ctx: &mut Ctx, edit: &mut Edit, actions: &[&AlterAction]) -> Outcome {
    let renames: Vec<_> = actions.iter().filter_map(|it| renamed(it)).collect();
    if renames.len() < 2 {
        return Ok(());
    }
    let taken: BTreeSet<Name> = renames.iter().map(|it| ctx.part_name(it.1)).collect();
    for (from, to, if_exists) in renames {
        let old = ctx.part_name(from);
        if edit.table.column(&old).is_none() {
            let missing = ctx.missing_column(&edit.table, &old, from.span);
            if if_exists {
                continue;
            }
            return Err(missing);
        }
        if !taken.contains(&old) || old == ctx.part_name(to) {
            continue;
        }
        // No name of MySQL's ends with a blank.
        let aside = ctx.dialect.column_name(&format!("{old} "));
        refuse_used(ctx, (&edit.table, &edit.redefined), (&old, &aside), from.span)?;
        carry_out(ctx, edit, old.clone(), aside.clone());
        edit.aside.push((old, aside));
    }
    Ok(())
}

/// Returns the names of a column before and after the action, and whether it may be missing.
fn renamed<'a, 't>(action: &'a AlterAction<'t>) -> Option<(&'a Ident<'t>, &'a Ident<'t>, bool)> {
    match &action.kind {
        AlterKind::RenameColumn { from, to, if_exists } => Some((from, to, *if_exists)),
        AlterKind::ChangeColumn { from, column, if_exists } => {
            Some((from, &column.name, *if_exists))
        }
        _ => None,
    }
}

fn carry_out(ctx: &mut Ctx, edit: &mut Edit, old: Name, new: Name) {
    let table = &mut edit.table;
    ctx.dialect.rename_in_exprs(table, &old, &new);
    numbering::spell_out(ctx, table);
    ctx.dialect.keep_not_null_names(table, |it| {
        it.rename_column(&old, &new);
    });
    if ctx.is_postgres() {
        ctx.in_world(|world| settle::bind_users(world, table, &new));
    }
    if ctx.is_mariadb() {
        mysql_partition::follow_column(table, &old, &new);
        // A check behind a column goes by its name.
        for it in table.checks.iter_mut().filter(|it| it.is_behind(&old)) {
            it.name = new.clone();
        }
    }
    if let Some(grants) = &mut table.access.grants {
        grants.rename_column(&old, Some(&new));
    }
    numbering::settle(ctx, table);
    let own = table.name.clone();
    for key in table.foreign_keys.iter_mut().filter(|it| it.references == own) {
        for it in key.target.iter_mut().filter(|it| **it == old) {
            *it = new.clone();
        }
    }
    edit.after.push(After::RenameColumn { from: old, to: new });
}

/// MySQL renames no column that an expression of the table mentions
/// (<https://dev.mysql.com/doc/mysql-errors/9.7/en/server-error-reference.html>: 3108, 3837, 3959).
fn refuse_used(
    ctx: &Ctx,
    (table, redefined): (&Table, &[Name]),
    (name, new): (&Name, &Name),
    span: Span,
) -> Outcome {
    if ctx.dialect.renames_in_exprs {
        return Ok(());
    }
    let own = table.columns.iter().filter(|it| !redefined.contains(&it.name));
    let own = own.filter_map(|it| Some((&it.name, &it.generated.as_ref()?.expr)));
    // A check is in the way of another name alone.
    let checks = table.checks.iter().filter(|_| name != new).map(|it| (&it.name, &it.expr));
    let indexes = table
        .indexes
        .iter()
        .flat_map(|it| it.exprs().into_iter().map(move |expr| (&it.name, expr)));
    let mut users = own.chain(checks).chain(indexes);
    users.find(|it| ctx.dialect.uses(it.1, name)).map_or(Ok(()), |(user, _)| {
        let reason = format!("column `{name}` cannot be renamed: `{user}` needs it");
        Err(Box::new(codes::rejected(reason, ctx.place(span))))
    })
}

/// Renames an index of MySQL, whose name may be a constraint's as well.
pub(super) fn index(ctx: &mut Ctx, table: &mut Table, from: &Ident, to: &Ident) -> Outcome {
    refuse_primary(ctx, [from, to])?;
    let (old, new) = (ctx.part_name(from), ctx.part_name(to));
    let indexes = table.indexes.iter().map(|it| (&it.name, it.meta.place));
    let uniques = table.uniques.iter().map(|it| (&it.name, it.meta.place));
    let taken = indexes.chain(uniques).find(|it| *it.0 == new && old != new);
    if let Some((_, place)) = taken {
        let what = format!("index `{new}` of table `{}`", table.name);
        return Err(Box::new(codes::exists(&what, ctx.place(to.span), place)));
    }
    if rename_index(ctx, table, &old, to)? {
        // It is no longer the one that a foreign key made for itself.
        for it in table.indexes.iter_mut().filter(|it| it.name == new) {
            it.implicit = false;
        }
        return Ok(());
    }
    let names = table.indexes.iter().map(|it| it.name.as_str());
    let place = ctx.place(from.span);
    Err(Box::new(codes::missing_constraint("index", &table.name, &old, place, names)))
}

/// `PRIMARY` is no other key's name.
fn refuse_primary(ctx: &Ctx, names: [&Ident; 2]) -> Outcome {
    let Some(it) = names.iter().find(|it| it.text.eq_ignore_ascii_case("primary")) else {
        return Ok(());
    };
    let reason = "`PRIMARY` is the name of primary keys, and of them alone";
    Err(Box::new(codes::rejected(reason, ctx.place(it.span))))
}

/// Renames a constraint or an index of the draft.
pub(super) fn part(ctx: &mut Ctx, table: &mut Table, from: &Ident, to: &Ident) -> Outcome {
    let (old, new) = (ctx.part_name(from), ctx.part_name(to));
    if ctx.is_mysql() {
        refuse_primary(ctx, [from, to])?;
    }
    // MySQL lets an index keep its name.
    let is_other = old != new || ctx.is_postgres();
    let earlier = constraint::part_place(table, &new);
    if is_other && (earlier.is_some() || ctx.dialect.find_not_null(table, &new).is_some()) {
        let what = format!("`{new}` of table `{}`", table.name);
        return Err(Box::new(codes::exists(&what, ctx.place(to.span), earlier)));
    }
    let checks = table.checks.iter_mut().map(|it| (&mut it.name, &mut it.meta));
    let keys = table.foreign_keys.iter_mut().map(|it| (&mut it.name, &mut it.meta));
    if let Some((name, meta)) = checks.chain(keys).find(|it| *it.0 == old) {
        *name = new;
        meta.invented = false;
        return Ok(());
    }
    if rename_index(ctx, table, &old, to)? {
        return Ok(());
    }
    if let Some(column) = ctx.dialect.find_not_null(table, &old).map(|it| it.name.clone()) {
        not_null::check_own(ctx, table, &column, from)?;
        let of = table.name.clone();
        return not_null::change(ctx, table, (&of, &column), |it| it.name = Some(new));
    }
    let parts = table.parts();
    let names = parts
        .iter()
        .filter(|(id, _)| id.kind.keyword != "column")
        .filter_map(|(id, _)| id.part.as_ref().map(Name::as_str));
    let place = ctx.place(from.span);
    Err(Box::new(codes::missing_constraint("constraint", &table.name, &old, place, names)))
}

fn rename_one(
    ctx: &mut Ctx,
    from: &ObjectName,
    to: &ObjectName,
    done: &mut Vec<(QName, QName)>,
) -> Outcome {
    let (old, mut new) = (renamed_table(ctx, from), ctx.new_name(to));
    if ctx.is_temporary(&old) {
        new.schema.clone_from(&old.schema);
    }
    check_other(ctx, &old, &new, to.span)?;
    if ctx.schema.views.contains_key(&old) {
        check_free(ctx, &old, &new, to.span)?;
        stored::rename_view(ctx, &old, &new);
        return Ok(());
    }
    if ctx.is_mariadb()
        && let Some(home) = sequence::find_by_name(ctx, &old)
    {
        return sequence::move_to(ctx, &home, &new, to.span);
    }
    if !ctx.schema.tables.contains_key(&old) {
        return Err(ctx.missing_table(from, &old));
    }
    check_free(ctx, &old, &new, to.span)?;
    table(ctx, &old, &new);
    done.push((old, new));
    Ok(())
}

/// A table cannot take the name that it has.
fn check_other(ctx: &Ctx, old: &QName, new: &QName, span: Span) -> Outcome {
    if old != new || !ctx.schema.tables.contains_key(old) {
        return Ok(());
    }
    Err(Box::new(codes::exists(&format!("table `{new}`"), ctx.place(span), None)))
}

fn check_free(ctx: &Ctx, old: &QName, new: &QName, span: Span) -> Outcome {
    let Some(home) = ctx.relations.home(new).filter(|_| old != new) else { return Ok(()) };
    let earlier = ctx.schema.tables.get(home).and_then(|it| it.meta.place);
    Err(Box::new(codes::exists(&format!("table `{new}`"), ctx.place(span), earlier)))
}

/// Indexes and sequences of a table go with it into another schema.
fn check_free_for_parts(ctx: &Ctx, table: &Table, to: &QName, span: Span) -> Outcome {
    let own = index_names(ctx.dialect, table).into_iter().chain(ctx.dialect.sequence_names(table));
    for name in own.map(|it| QName::new(to.schema.clone(), it.name)) {
        if ctx.relations.home(&name).is_some() {
            let place = ctx.place(span);
            return Err(Box::new(codes::exists(&format!("relation `{name}`"), place, None)));
        }
    }
    Ok(())
}

/// SQLite's nameless constraints go by names that follow their table and columns.
pub(super) fn name_anew(ctx: &mut Ctx, name: &QName) {
    if !ctx.is_sqlite() {
        return;
    }
    let Some(mut table) = ctx.schema.tables.get(name).cloned() else { return };
    let mut parts: Vec<Part> = table.primary_key.take().map(Part::PrimaryKey).into_iter().collect();
    parts.extend(std::mem::take(&mut table.uniques).into_iter().map(Part::Unique));
    parts.extend(std::mem::take(&mut table.checks).into_iter().map(Part::Check));
    parts.extend(std::mem::take(&mut table.foreign_keys).into_iter().map(Part::ForeignKey));
    for part in parts {
        let added = ctx.dialect.add_part(&mut ctx.relations, &mut table, part);
        debug_assert!(added.is_ok(), "SQLite's constraints have no names to clash");
    }
    ctx.schema.tables.insert(name.clone(), table);
}
