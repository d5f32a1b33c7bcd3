//! `ALTER TABLE`: all its actions or none.

use super::{
    access, add_column, alter_column, charset,
    charset::Said,
    codes, collation, constraint,
    ctx::{Ctx, Outcome},
    dependents, drop_column, drop_constraint, family, follow, foreign_table, index, inherit,
    key_target, modes, mysql_columns, mysql_online, mysql_partition, numbering, only, option,
    other_relation, partition, redefine, rename, retyped, row_order, run, served_keys,
    sqlite_table, sqlite_texts, statistics, storage, trigger, typed_table, versioning, whole_table,
};
use crate::{
    base::{Name, Place, QName},
    dialect::postgres::parameters::Holder,
    model::{Id, Table},
    sql::ast::{
        AlterAction, AlterKind, AlterTable, ColumnChange, ConstraintKind, IndexMethod,
        TableConstraint,
    },
};

/// A draft of a table, and what has to happen to other tables once it holds.
pub(super) struct Edit {
    pub table: Table,
    pub after: Vec<After>,
    /// Indexes and keys dropped that a foreign key may need, where the server asks for that.
    pub dropped_keys: Vec<(Name, Place)>,
    /// Columns of MySQL that the statement defines anew, by their old names.
    pub redefined: Vec<Name>,
    /// Columns of MySQL that go.
    pub dropped_columns: Vec<(Name, Place)>,
    /// Columns whose names others take, and what they are called until they get their new ones.
    pub aside: Vec<(Name, Name)>,
}

/// What a change of one table does to others.
pub(super) enum After {
    RenameTable(QName),
    RenameColumn {
        from: Name,
        to: Name,
    },
    /// Foreign keys to these columns go.
    DropForeignKeysTo(Vec<Name>),
    /// What rests on a key that CASCADE drops goes along.
    DropUsersOf(Id),
}

impl Edit {
    pub(super) fn new(table: Table) -> Self {
        Self {
            table,
            after: Vec::new(),
            dropped_keys: Vec::new(),
            redefined: Vec::new(),
            dropped_columns: Vec::new(),
            aside: Vec::new(),
        }
    }
}

pub(super) fn alter(ctx: &mut Ctx, it: &AlterTable) -> Outcome {
    let name = ctx.table_meant(&it.name);
    if ctx.is_vague(&name) {
        return Ok(());
    }
    let Some(original) = ctx.schema.tables.shared(&name) else {
        if let Some(outcome) = other_relation::alter(ctx, it) {
            return outcome;
        }
        let harmless = it.actions.iter().all(|it| {
            matches!(it.kind, AlterKind::Way(..) | AlterKind::OrderBy(_) | AlterKind::NoEffect)
        });
        // PostgreSQL has ALTER TABLE for views and sequences too (`OWNER TO`), which are no tables here.
        let known_nowhere =
            ctx.is_postgres() && ctx.history.table_after(&it.name.name.text, 0).is_none();
        if it.if_exists || (harmless && (ctx.is_foreign(&name) || known_nowhere)) {
            return Ok(());
        }
        return Err(ctx.missing_table(&it.name, &name));
    };
    ctx.check_owner(&original.access, &name, it.name.span)?;
    if it.foreign && original.foreign.is_none() {
        return Err(foreign_table::no_foreign(ctx, &original, it.name.span));
    }
    versioning::check_alter(ctx, &original, it)?;
    typed_table::check_alter(ctx, &original, it)?;
    only::check(ctx, &original, it)?;
    let other = it.actions.iter().find(|it| !matches!(it.kind, AlterKind::RenameTo(_)));
    if let Some(it) = other {
        sqlite_table::refuse_virtual(ctx, &original, "has no columns to alter", it.span)?;
    }
    alter_known(ctx, &name, it)
}

/// Alters the table of that name, whatever the statement calls it.
pub(super) fn alter_known(ctx: &mut Ctx, name: &QName, it: &AlterTable) -> Outcome {
    let Some(original) = ctx.schema.tables.shared(name) else { return Ok(()) };
    if let [AlterAction { kind, .. }] = &it.actions[..] {
        match kind {
            AlterKind::AttachPartition { child, bound } => {
                return partition::attach(ctx, name, child, bound);
            }
            AlterKind::DetachPartition { child, concurrently } => {
                return partition::detach(ctx, name, child, *concurrently);
            }
            _ => {}
        }
    }
    let mut edit = Edit::new(Table::clone(&original));
    let sequences = ctx.schema.sequences.clone();
    let acted = act_all(ctx, &mut edit, &original, &it.actions);
    let aftermath = match acted.and_then(|()| dependents::of_edit(ctx, &edit, it)) {
        Ok(aftermath) => aftermath,
        Err(diagnostic) => {
            ctx.relations.remove_table(ctx.dialect, &edit.table);
            ctx.relations.add_table(ctx.dialect, &original);
            ctx.schema.sequences = sequences;
            return Err(diagnostic);
        }
    };
    drop(sequences);
    ctx.dialect.settle_charsets(&mut edit.table);
    sqlite_texts::requote(ctx, &mut edit, it);
    commit(ctx, edit);
    if it.only && !only::takes_along(ctx, &original, it) {
        dependents::finish(ctx, aftermath);
        inherit::leave(ctx, name, it);
        only::keep_not_null(ctx, &original, it);
        return Ok(());
    }
    let below = family::recurse(ctx, original, it)?;
    std::iter::once(aftermath).chain(below).for_each(|it| dependents::finish(ctx, it));
    Ok(())
}

fn act_all(ctx: &mut Ctx, edit: &mut Edit, before: &Table, actions: &[AlterAction]) -> Outcome {
    let options = actions.iter().filter_map(|it| match &it.kind {
        AlterKind::Option(option) => Some(option),
        _ => None,
    });
    charset::change(ctx, &mut edit.table, Said::of(options))?;
    let last = actions.last().map(|it| it.span);
    let actions_rename_only = actions.iter().all(|it| matches!(it.kind, AlterKind::RenameTo(_)));
    let words = actions.iter().filter(|it| adds_fulltext(&it.kind)).nth(1);
    if let Some(second) = words.filter(|_| ctx.is_mysql() && !ctx.is_mariadb()) {
        // https://dev.mysql.com/doc/refman/8.4/en/innodb-online-ddl-operations.html
        let reason = "one full-text index is made at a time";
        return Err(Box::new(codes::rejected(reason, ctx.place(second.span))));
    }
    let mut actions: Vec<&AlterAction> = actions.iter().collect();
    let is_mysql = ctx.is_mysql();
    if is_mysql {
        edit.redefined = redefine::redefined(ctx, before, &actions)?;
        key_target::check_renewed(ctx, before, &actions)?;
        rename::make_room(ctx, edit, &actions)?;
    }
    actions.sort_by_key(|it| (pass(&it.kind, is_mysql), is_mysql && is_made_from(ctx, before, it)));
    for action in &actions {
        act(ctx, edit, action)?;
    }
    if is_mysql {
        actions.sort_by_key(|it| it.span.start);
        redefine::place(ctx, &mut edit.table, before, &actions)?;
        let defs = actions.iter().filter_map(|it| it.kind.definition());
        mysql_columns::refuse_null(ctx, &edit.table, defs)?;
    }
    drop_column::check_left(ctx, edit)?;
    retyped::check(ctx, before, &mut edit.table, last)?;
    if let Some(last) = last {
        collation::check_change(ctx, before, &edit.table, last)?;
        whole_table::check(ctx, &mut edit.table, last)?;
        mysql_online::check(ctx, before, &edit.table, &actions)?;
        row_order::check(ctx, before, &edit.table, &actions)?;
        run::check_rows(ctx, before, &edit.table, last)?;
        if !actions_rename_only {
            modes::check_defaults(ctx, &edit.table, last)?;
        }
    }
    last.map_or(Ok(()), |last| served_keys::check(ctx, edit, (before, &actions), last))
}

fn adds_fulltext(kind: &AlterKind) -> bool {
    let AlterKind::AddConstraint { constraint, .. } = kind else { return false };
    let ConstraintKind::Index(def) = &constraint.kind else { return false };
    matches!(def.method, IndexMethod::Fulltext)
}

/// Puts the draft into the schema; other tables follow.
pub(super) fn commit(ctx: &mut Ctx, edit: Edit) {
    let name = edit.table.name.clone();
    ctx.blame.settle(&edit.table);
    statistics::leave(ctx, &edit);
    ctx.schema.tables.insert(name.clone(), edit.table);
    ctx.note_table(&name);
    rename::name_anew(ctx, &name);
    for after in edit.after {
        match after {
            After::RenameTable(to) => rename::table(ctx, &name, &to),
            After::RenameColumn { from, to } => {
                ctx.rows.rename_column(&name, &from, &to);
                for owner in ctx.referrer_names(&name) {
                    let table = ctx.schema.tables.get_mut(&owner);
                    let keys = table.into_iter().flat_map(|it| &mut it.foreign_keys);
                    let columns = keys.filter(|it| it.references == name);
                    for it in columns.flat_map(|it| &mut it.target).filter(|it| **it == from) {
                        *it = to.clone();
                    }
                }
                rename::name_anew(ctx, &name);
                follow::column(ctx, &name, &from, &to);
                numbering::follow_column(ctx, &name, (&from, &to));
            }
            After::DropUsersOf(_) => {}
            After::DropForeignKeysTo(columns) => {
                for owner in ctx.referrer_names(&name) {
                    let Some(table) = ctx.schema.tables.get_mut(&owner) else { continue };
                    table.foreign_keys.retain(|it| {
                        it.references != name || !columns.iter().any(|own| it.target.contains(own))
                    });
                }
            }
        }
    }
}

/// Returns when the server does an action, whatever its place in the statement
/// (`AlterTablePass` of PostgreSQL; MySQL too drops first, keys before their columns, and adds foreign keys last).
pub(super) fn pass(kind: &AlterKind, is_mysql: bool) -> u8 {
    match kind {
        AlterKind::DropColumn { .. } => u8::from(is_mysql),
        AlterKind::DropConstraint { .. }
        | AlterKind::DropPrimaryKey
        | AlterKind::DropForeignKey { .. }
        | AlterKind::DropIndex { .. }
        | AlterKind::DropCheck { .. } => 0,
        AlterKind::AlterColumn {
            change:
                ColumnChange::DropDefault
                | ColumnChange::DropNotNull
                | ColumnChange::DropExpression { .. },
            ..
        } if !is_mysql => 0,
        AlterKind::AlterColumn { change: ColumnChange::SetType { .. }, .. } if !is_mysql => 1,
        AlterKind::AddColumn { .. }
        | AlterKind::ModifyColumn { .. }
        | AlterKind::ChangeColumn { .. }
        | AlterKind::RenameColumn { .. } => 2,
        AlterKind::AddConstraint {
            constraint: TableConstraint { kind: ConstraintKind::ForeignKey { .. }, .. },
            ..
        } => 4,

        AlterKind::Inherit(_)
        | AlterKind::NoInherit(_)
        | AlterKind::RenameTo(_)
        | AlterKind::SetSchema(_) => 5,
        _ => 3,
    }
}

/// Returns whether a column goes that is no generated one: those that are go first.
fn is_made_from(ctx: &Ctx, before: &Table, action: &AlterAction) -> bool {
    let AlterKind::DropColumn { name, .. } = &action.kind else { return false };
    before.column(&ctx.part_name(name)).is_some_and(|it| it.generated.is_none())
}

fn act(ctx: &mut Ctx, edit: &mut Edit, action: &AlterAction) -> Outcome {
    match &action.kind {
        AlterKind::AddColumn { column, if_not_exists } => {
            partition::refuse_column(ctx, &edit.table, column.name.span)?;
            add_column::add(ctx, &mut edit.table, column, *if_not_exists)
        }
        AlterKind::DropColumn { name, if_exists, cascade } => {
            family::refuse_inherited(ctx, &edit.table, name, "column")?;
            drop_column::drop(ctx, edit, name, (*if_exists, *cascade))
        }
        AlterKind::AlterColumn { name, change } => {
            if matches!(change, ColumnChange::SetType { .. }) {
                family::refuse_inherited(ctx, &edit.table, name, "column")?;
            }
            alter_column::alter(ctx, &mut edit.table, name, change)
        }
        AlterKind::ModifyColumn { column, if_exists } => {
            redefine::modify(ctx, &mut edit.table, &column.name, column, *if_exists)
        }
        AlterKind::ChangeColumn { from, column, if_exists } => {
            redefine::change(ctx, edit, from, column, *if_exists)
        }
        AlterKind::RenameColumn { from, to, if_exists } => {
            rename::column(ctx, edit, from, to, *if_exists)
        }
        AlterKind::RenameTo(to) => rename::plan(ctx, edit, to),
        AlterKind::SetSchema(schema) => {
            ctx.refuse_gone(schema)?;
            ctx.refuse_moving(&edit.table.name, schema)?;
            let to = QName::new(ctx.namespace(&schema.text), edit.table.name.name.clone());
            rename::plan_to(ctx, edit, to, schema.span)
        }
        AlterKind::RenameIndex { from, to } if ctx.is_mysql() => {
            rename::index(ctx, &mut edit.table, from, to)
        }
        AlterKind::RenameConstraint { from, to } | AlterKind::RenameIndex { from, to } => {
            let name = ctx.part_name(from);
            if edit.table.checks.iter().any(|it| it.inherited && it.name == name) {
                family::refuse_inherited(ctx, &edit.table, from, "constraint")?;
            }
            rename::part(ctx, &mut edit.table, from, to)
        }
        AlterKind::AddConstraint { constraint, .. }
            if constraint.no_inherit && edit.table.partition_by.is_some() =>
        {
            let reason = format!("all partitions of `{}` have its checks", edit.table.name);
            Err(Box::new(codes::rejected(reason, ctx.place(action.span))))
        }
        AlterKind::AddConstraint { constraint, if_not_exists } => {
            add_constraint(ctx, &mut edit.table, constraint, *if_not_exists)
        }
        AlterKind::SetUnlogged(unlogged) => {
            storage::set_unlogged(ctx, &mut edit.table, *unlogged, action.span)
        }
        AlterKind::Partition(it) => mysql_partition::alter(ctx, &mut edit.table, it),
        AlterKind::Option(it) => {
            option::check(ctx, Holder::Table, std::slice::from_ref(it))?;
            option::refuse_cut(ctx, &edit.table, it)?;
            option::set(ctx, &mut edit.table, it)
        }
        AlterKind::ResetOptions(names) => {
            edit.table.options.retain(|key, _| !names.contains(key));
            Ok(())
        }
        AlterKind::Inherit(parent) => inherit::add_parent(ctx, &mut edit.table, parent),
        AlterKind::NoInherit(parent) => inherit::remove_parent(ctx, &mut edit.table, parent),
        AlterKind::ForeignOptions(it) => {
            foreign_table::alter(ctx, &mut edit.table, it, action.span)
        }
        AlterKind::NotOfType => typed_table::unset(&mut edit.table, ctx.place(action.span)),
        AlterKind::OfType(ty) => typed_table::set(ctx, &mut edit.table, ty),
        AlterKind::ReplicaIdentity(_) | AlterKind::ClusterOn(_) => {
            storage::set(ctx, &mut edit.table, &action.kind)
        }
        AlterKind::AttachPartition { .. } | AlterKind::DetachPartition { .. } => {
            let name = Some(edit.table.name.clone());
            ctx.not_understood("this action is not replayed among others", action.span, name);
            Ok(())
        }
        AlterKind::ConvertCharset { charset, collate } => {
            charset::convert(ctx, &mut edit.table, charset, collate.as_ref())
        }
        AlterKind::RowSecurity { forced, on } => {
            foreign_table::refuse(ctx, &edit.table, "has no row security", action.span)?;
            let flag = if *forced { &mut edit.table.force_rls } else { &mut edit.table.rls };
            *flag = *on;
            Ok(())
        }
        AlterKind::OwnerTo(role) => access::owner_to(ctx, &mut edit.table, role),
        AlterKind::Firing(it) => trigger::fire(ctx, &mut edit.table, it),
        AlterKind::OrderBy(_) | AlterKind::Way(..) | AlterKind::NoEffect => Ok(()),
        AlterKind::NotUnderstood(fault) => {
            let span = if fault.span.is_empty() { action.span } else { fault.span };
            ctx.not_understood(&fault.reason, span, Some(edit.table.name.clone()));
            Ok(())
        }
        _ => drop_constraint::act(ctx, edit, action),
    }
}

fn add_constraint(
    ctx: &mut Ctx,
    table: &mut Table,
    it: &TableConstraint,
    if_not_exists: bool,
) -> Outcome {
    if if_not_exists
        && let Some(name) = &it.name
        && constraint::part_place(table, &ctx.part_name(name)).is_some()
    {
        return Ok(());
    }
    constraint::add(ctx, table, it)
}

/// Renames an index or a key that is one; `false` if the table has none of that name.
pub(super) fn rename_index(
    ctx: &mut Ctx,
    table: &mut Table,
    from: &Name,
    to: &crate::sql::ast::Ident,
) -> Outcome<bool> {
    let is_index = table.indexes.iter().any(|it| it.name == *from)
        || table.exclusions.iter().any(|it| it.name == *from)
        || table.uniques.iter().any(|it| it.name == *from)
        || table.primary_key.as_ref().is_some_and(|it| it.name == *from);
    if is_index {
        index::rename_in(ctx, table, from, to)?;
    }
    Ok(is_index)
}
