//! Foreign keys: what they refer to at the point where they are made.

use super::{
    codes, collation,
    column::deferral,
    constraint::{add_part, known_columns, leaves_rows, naming},
    ctx::{Ctx, Outcome},
    key_target,
};
use crate::{
    base::{Name, Place, QName, Span},
    dialect::Part,
    model::{self, Column, ForeignKey, Table},
    sql::ast::{Action, ForeignKeyTarget, Ident, TableConstraint},
};

/// Adds a foreign key; engines of MySQL that know none keep the index alone
/// (<https://dev.mysql.com/doc/refman/8.4/en/ansi-diff-foreign-keys.html>).
pub(super) fn add_or_forget(
    ctx: &mut Ctx,
    table: &mut Table,
    it: &TableConstraint,
    key: (&[Ident], bool),
    target: &ForeignKeyTarget,
) -> Outcome {
    let (is_known, checks_keys) = (ctx.is_innodb(table), ctx.checks_keys);
    ctx.checks_keys &= is_known;
    let added = add(ctx, table, it, key, target);
    ctx.checks_keys = checks_keys;
    added?;
    if !is_known {
        table.foreign_keys.pop();
    }
    Ok(())
}

pub(super) fn add(
    ctx: &mut Ctx,
    table: &mut Table,
    it: &TableConstraint,
    (columns, period): (&[Ident], bool),
    target: &ForeignKeyTarget,
) -> Outcome {
    let columns = known_columns(ctx, table, columns)?;
    let references =
        if ctx.is_mysql() { ctx.new_name(&target.table) } else { ctx.table_meant(&target.table) };
    if ctx.is_temporary(&table.name) != ctx.is_temporary(&references) && ctx.is_postgres() {
        let reason = "a foreign key joins no temporary table with one that lasts";
        return Err(Box::new(codes::rejected(reason, ctx.place(it.span))));
    }
    let is_ignored = ctx.is_mariadb() && !ctx.is_innodb(table);
    if ctx.is_mysql() && ctx.is_temporary(&table.name) && !is_ignored {
        let reason = "a temporary table has no foreign keys";
        return Err(Box::new(codes::rejected(reason, ctx.place(it.span))));
    }
    let bound = bind(ctx, table, &columns, &references, target)?;
    if ctx.is_postgres() {
        check_period(ctx, table, (&columns, period), (&references, target, bound.as_deref()))?;
    }
    let is_set_null = [target.on_delete, target.on_update].contains(&Some(Action::SetNull));
    for column in columns.iter().filter_map(|it| table.column(it)) {
        check_set_null(ctx, is_set_null, column, it.span)?;
    }
    if let Some(other) = ctx.target(table, &references).filter(|it| it.name != table.name) {
        ctx.check_privilege((&other.access, &references), "references", target.table.span)?;
    }
    let unlogged = ctx.target(table, &references).is_some_and(|it| it.unlogged);
    if unlogged && !table.unlogged && ctx.is_postgres() {
        let reason = format!("table `{references}` is unlogged, and `{}` is not", table.name);
        return Err(Box::new(codes::rejected(reason, ctx.place(it.span))));
    }
    let (name, meta) = naming(ctx, it);
    let outside = target.on_delete_columns.iter();
    if let Some(other) = outside.clone().find(|it| !columns.contains(&ctx.part_name(it))) {
        let reason = format!("column `{}` is none of the foreign key's", other.text);
        return Err(Box::new(codes::rejected(reason, ctx.place(other.span))));
    }
    let key = ForeignKey {
        on_delete: action(ctx, target.on_delete),
        on_delete_columns: known_columns(ctx, table, &target.on_delete_columns)?,
        on_update: action(ctx, target.on_update),
        // MySQL reads over it.
        match_full: target.match_full && !ctx.is_mysql(),
        deferral: deferral(
            it.deferrable || target.deferrable,
            it.initially_deferred || target.initially_deferred,
        ),
        enforced: !it.not_enforced,
        not_valid: leaves_rows(ctx, table, it),
        period,
        meta,
        ..ForeignKey::new(name, columns, references, bound.unwrap_or_default())
    };
    let is_unbound = key.target.is_empty();
    if is_unbound {
        ctx.unbound.push(table.name.clone());
    }
    add_part(ctx, table, Part::ForeignKey(key), it.span)
}

/// A key that is told apart by periods of time is referred to by periods, and by those alone
/// (<https://www.postgresql.org/docs/18/sql-createtable.html#SQL-CREATETABLE-PARMS-REFERENCES>).
fn check_period(
    ctx: &Ctx,
    own: &Table,
    (columns, period): (&[Name], bool),
    (references, target, bound): (&QName, &ForeignKeyTarget, Option<&[Name]>),
) -> Outcome {
    let reject =
        |reason: &str| Err(Box::new(codes::rejected(reason, ctx.place(target.table.span))));
    if !target.columns.is_empty() && target.period != period {
        return reject("both sides of a foreign key have a PERIOD, or neither has");
    }
    let Some((other, bound)) = ctx.target(own, references).zip(bound) else { return Ok(()) };
    let same = |key: &[Name]| key.len() == bound.len() && bound.iter().all(|it| key.contains(it));
    let primary = other.primary_key.iter().map(|it| (&it.columns, it.without_overlaps));
    let uniques = other.uniques.iter().map(|it| (&it.columns, it.without_overlaps));
    let mut temporal = primary.chain(uniques).filter(|it| it.1 && same(it.0));
    if !ctx.partial.contains(references) && temporal.next().is_some() != period {
        return reject("a key WITHOUT OVERLAPS is what a PERIOD refers to, and nothing else");
    }
    let actions = [target.on_delete, target.on_update];
    if period && actions.iter().flatten().any(|it| *it != Action::NoAction) {
        return reject("a foreign key with a PERIOD takes no action");
    }
    let last = |table: &Table, names: &[Name]| {
        names.last().and_then(|it| table.column(it)).map(|it| it.ty.clone())
    };
    if period && last(own, columns) != last(other, bound) {
        return reject("the PERIODs are of different types");
    }
    Ok(())
}

/// What is logged refers to nothing that is not: refuses to alter the table in a way that one of its keys, or one to it, does
/// not bear.
pub(super) fn check_logged(ctx: &Ctx, table: &Table, unlogged: bool, span: Span) -> Outcome {
    if table.unlogged == unlogged {
        return Ok(());
    }
    let other = if unlogged {
        let refers = |it: &&Table| it.foreign_keys.iter().any(|it| it.references == table.name);
        let mut others = ctx.referrers(&table.name).filter(|it| it.name != table.name);
        others.find(|it| !it.unlogged && refers(it))
    } else {
        let targets = table.foreign_keys.iter().filter_map(|it| ctx.schema.table(&it.references));
        targets.filter(|it| it.name != table.name).find(|it| it.unlogged)
    };
    let Some(other) = other else { return Ok(()) };
    let reason = format!(
        "a foreign key of `{}` or `{}` would lead from a logged table to one that is not",
        table.name, other.name
    );
    Err(Box::new(codes::rejected(reason, ctx.place(span))))
}

/// Refuses the new type of a draft's column that the other end of a foreign key cannot be compared with.
pub(super) fn check_retyped(ctx: &Ctx, table: &Table, column: &Name, place: Place) -> Outcome {
    let others = ctx.referrers(&table.name).chain([table]);
    let keys = others.flat_map(|it| it.foreign_keys.iter().map(move |key| (it, key)));
    for (owner, key) in keys {
        let Some(target) = ctx.target(table, &key.references) else { continue };
        let is_meant = |of: &Table, name: &Name| of.name == table.name && name == column;
        let pairs = key.columns.iter().zip(&key.target);
        for (from, to) in pairs.filter(|it| is_meant(owner, it.0) || is_meant(target, it.1)) {
            if let (Some(from), Some(to)) = (owner.column(from), target.column(to)) {
                check_types(ctx, from, (&key.references, to), place)?;
            }
        }
    }
    Ok(())
}

/// Gives keys that were made before the table they refer to its primary key, or `id` where it never came.
pub(super) fn bind_late(ctx: &mut Ctx) {
    for name in std::mem::take(&mut ctx.unbound) {
        let Some(mut table) = ctx.schema.tables.remove(&name) else { continue };
        for key in table.foreign_keys.iter_mut().filter(|it| it.target.is_empty()) {
            let primary_key = if key.references == name {
                table.primary_key.as_ref()
            } else {
                ctx.schema.tables.get(&key.references).and_then(|it| it.primary_key.as_ref())
            };
            // What is not there can still come to have any key.
            key.target = primary_key.map(|it| it.columns.clone()).unwrap_or_default();
        }
        ctx.schema.tables.insert(name, table);
    }
}

/// Refuses a new definition of a column that its foreign keys do not bear
/// (<https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html>: 1830, 1832, 1833).
pub(super) fn check_change(
    ctx: &Ctx,
    table: &Table,
    old: &Column,
    new: &Column,
    span: Span,
) -> Outcome {
    let own = table.foreign_keys.iter().filter(|it| it.columns.contains(&old.name));
    let sets_null = own
        .clone()
        .any(|it| it.on_delete == model::Action::SetNull || it.on_update == model::Action::SetNull);
    check_set_null(ctx, sets_null, new, span)?;
    let is_counted = old.identity != new.identity && !ctx.is_mariadb() && ctx.checks_keys;
    let alike = ctx.dialect.stored_as(&old.ty) == ctx.dialect.stored_as(&new.ty);
    if alike && !is_counted {
        return Ok(());
    }
    let own = own.filter(|_| !alike);
    let others = ctx.referrers(&table.name).chain([table]).flat_map(|it| &it.foreign_keys);
    let to_it = |it: &&ForeignKey| it.references == table.name && it.target.contains(&old.name);
    match own.chain(others.filter(to_it)).next() {
        Some(key) if alike => {
            let reason = format!(
                "column `{}` cannot change its numbering: foreign key `{}` refers to it",
                old.name, key.name
            );
            Err(Box::new(codes::rejected(reason, ctx.place(span))))
        }
        Some(key) => {
            let (from, to) = (&old.ty, &new.ty);
            let reason = format!(
                "column `{}` cannot turn from {from} into {to}: foreign key `{}` uses it",
                old.name, key.name
            );
            Err(Box::new(codes::rejected(reason, ctx.place(span))))
        }
        None => Ok(()),
    }
}

/// MySQL refuses `SET NULL` where the column cannot be NULL; PostgreSQL fails when it comes to that.
fn check_set_null(ctx: &Ctx, is_set_null: bool, column: &Column, span: Span) -> Outcome {
    if !ctx.is_mysql() || !is_set_null || column.nullable {
        return Ok(());
    }
    let reason = format!("a foreign key sets column `{}` to NULL, but it is NOT NULL", column.name);
    Err(Box::new(codes::rejected(reason, ctx.place(span))))
}

/// Returns the columns referred to; `None` where they are the primary key of a table that is not known.
fn bind(
    ctx: &mut Ctx,
    own: &Table,
    columns: &[Name],
    references: &QName,
    target: &ForeignKeyTarget,
) -> Outcome<Option<Vec<Name>>> {
    let is_kept = ctx.shows_kept && ctx.is_mysql();
    // What a server keeps may have been made while it checked no keys.
    let Some(other) = ctx.target(own, references).filter(|_| !is_kept) else {
        missing_target(ctx, references, target)?;
        let written = ctx.part_names(&target.columns);
        if written.is_empty() {
            return Ok(None);
        }
        check_number(ctx, columns, &written, target)?;
        return Ok(Some(written));
    };
    let place = ctx.place(target.table.span);
    let bound = if target.columns.is_empty() {
        match &other.primary_key {
            // InnoDB of MariaDB takes the columns of the same names.
            _ if ctx.is_mariadb() => {
                let is_missing = |it: &&Name| !other.columns.iter().any(|own| own.name == **it);
                if let Some(name) = columns.iter().find(is_missing) {
                    let reason = format!("table `{references}` has no column `{name}` to refer to");
                    return Err(Box::new(codes::rejected(reason, place)));
                }
                columns.to_vec()
            }
            // SQLite looks at the key when rows are written, and at that of another table of the name by then.
            _ if ctx.is_sqlite() => return Ok(None),
            Some(key) => key.columns.clone(),
            None if ctx.partial.contains(references) => return Ok(None),
            None => {
                let reason = format!("table `{references}` has no primary key to refer to");
                return Err(Box::new(codes::rejected(reason, place)));
            }
        }
    } else if ctx.is_sqlite() || ctx.partial.contains(references) {
        ctx.part_names(&target.columns)
    } else {
        known_columns(ctx, other, &target.columns)?
    };
    check_number(ctx, columns, &bound, target)?;
    // Columns that refer to themselves get the index that they need.
    let is_itself = ctx.is_mariadb() && own.name == *references && bound == columns;
    if ctx.is_mysql() {
        if !is_itself {
            key_target::check(ctx, other, &bound, place)?;
        }
    } else if ctx.dialect.foreign_key_needs_unique
        && !other.is_unique(&bound)
        && !ctx.partial.contains(references)
    {
        let table = other.meta.place;
        return Err(Box::new(codes::key_without_key(references, &bound, place, table)));
    }
    for (column, other_column) in columns.iter().zip(&bound) {
        if let (Some(from), Some(to)) = (own.column(column), other.column(other_column)) {
            check_types(ctx, from, (references, to), place)?;
            collation::check_pair(ctx, (own, from), (other, to), place)?;
        }
    }
    Ok(Some(bound))
}

/// Errs where a key has not as many columns as it refers to, whether or not the table is there.
fn check_number(ctx: &Ctx, own: &[Name], bound: &[Name], target: &ForeignKeyTarget) -> Outcome {
    if own.len() == bound.len() {
        return Ok(());
    }
    let reason = format!(
        "the numbers of columns differ: {} here, {} of table `{}`",
        own.len(),
        bound.len(),
        target.table.name.text
    );
    Err(Box::new(codes::rejected(reason, ctx.place(target.table.span))))
}

/// Decides whether a key may refer to a table that is not there.
fn missing_target(ctx: &Ctx, references: &QName, target: &ForeignKeyTarget) -> Outcome {
    let may_dangle = ctx.dialect.foreign_key_may_dangle
        || ctx.is_sqlite()
        || (ctx.is_mysql() && !ctx.checks_keys)
        || ctx.has_outside && ctx.is_foreign(references);
    if may_dangle {
        return Ok(());
    }
    let place = ctx.place(target.table.span);
    if let Some(schema) = references.schema.as_ref().filter(|_| ctx.is_foreign(references)) {
        return Err(Box::new(ctx.missing_schema(schema.clone(), place)));
    }
    if let Some(later) = ctx.history.table_after(&target.table.name.text, ctx.moment) {
        return Err(Box::new(codes::key_to_later_table(references, place, later)));
    }
    let missing = codes::missing_relation("table", references, place, None);
    Err(Box::new(ctx.with_cause(missing, references)))
}

fn check_types(ctx: &Ctx, own: &Column, other: (&QName, &Column), place: Place) -> Outcome {
    let base = |it| ctx.schema.base_type(it);
    if ctx.dialect.takes_for_key(base(&own.ty), base(&other.1.ty)) {
        return Ok(());
    }
    let target = (format!("{}.{}", other.0, other.1.name), other.1.ty.to_string());
    let own = (&own.name, own.ty.to_string());
    Err(Box::new(codes::key_to_other_type(own, target, place, other.1.meta.place)))
}

fn action(ctx: &Ctx, it: Option<Action>) -> model::Action {
    match it {
        None | Some(Action::NoAction) => model::Action::NoAction,
        Some(Action::Restrict) => model::Action::Restrict,
        Some(Action::Cascade) => model::Action::Cascade,
        Some(Action::SetNull) => model::Action::SetNull,
        // https://mariadb.com/kb/en/foreign-keys/#constraints
        Some(Action::SetDefault) if ctx.is_mariadb() => model::Action::NoAction,
        Some(Action::SetDefault) => model::Action::SetDefault,
    }
}
