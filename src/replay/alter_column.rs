//! Changes of one column: `ALTER COLUMN`.

use super::{
    cascade, codes, collation, column, column_default, column_rules, constraint,
    ctx::{Ctx, Outcome},
    domain, extension, foreign_key, foreign_table, generated, identity, index_key, not_null,
    numbering, option, partition, virtual_column,
};
use crate::{
    base::{Name, Place},
    dialect::{
        constant,
        needs::{self, mentions},
    },
    model::{Column, ColumnType, Expr, Identity, Table},
    sql::ast::{ColumnChange, Ident, Sql},
};

pub(super) fn alter(
    ctx: &mut Ctx,
    table: &mut Table,
    ident: &Ident,
    change: &ColumnChange,
) -> Outcome {
    let name = constraint::known_column(ctx, table, ident)?;
    let place = ctx.place(ident.span);
    let reject = |reason: String| Err(Box::new(codes::rejected(reason, place)));
    let what = format!("column `{name}` of table `{}`", table.name);
    let Some(held) = table.column(&name).cloned() else { return Ok(()) };
    let is_virtual = virtual_column::is_virtual(ctx, &held);
    let Some(column) = table.column_mut(&name) else { return Ok(()) };
    match change {
        ColumnChange::SetType { .. } => return set_type(ctx, table, (&name, place), change),
        ColumnChange::SetDefault(sql) => {
            return set_default(ctx, table, (&name, place), Some(sql));
        }
        ColumnChange::DropDefault => return set_default(ctx, table, (&name, place), None),
        ColumnChange::SetExpression(sql) => {
            virtual_column::check_set(ctx, table, &held, place)?;
            return match held.generated.as_ref().map(|it| it.stored) {
                Some(stored) => generated::set(ctx, table, &name, sql, stored),
                None => reject(format!("{what} is not generated")),
            };
        }
        ColumnChange::ForeignOptions(it) => {
            return foreign_table::alter_column(ctx, table, &name, (it, place.span));
        }
        ColumnChange::SetNotNull => return not_null::set(ctx, table, &name, place),
        ColumnChange::DropNotNull => return not_null::drop(ctx, table, &name, place),
        ColumnChange::AddIdentity { .. }
        | ColumnChange::SetIdentity { .. }
        | ColumnChange::DropIdentity { .. } => {
            return identity::alter(ctx, table, (&name, place), change);
        }
        ColumnChange::DropExpression { .. } if is_virtual => {
            return virtual_column::refuse(
                column,
                "lose its expression: no row holds its value",
                place,
            );
        }
        ColumnChange::Settings(settings)
            if is_virtual && settings.iter().any(|it| it.0 == "statistics") =>
        {
            return virtual_column::refuse(column, "have statistics", place);
        }
        ColumnChange::DropExpression { if_exists } => {
            if column.generated.is_none() && !if_exists {
                return reject(format!("{what} is not generated"));
            }
            column.generated = None;
        }
        ColumnChange::SetInvisible(invisible) => column.invisible = *invisible,
        ColumnChange::Settings(settings) => {
            option::set_column(ctx, column, settings, place)?;
        }
    }
    Ok(())
}

/// Gives the column another type, if what it holds and what looks at it allow that.
fn set_type(
    ctx: &mut Ctx,
    table: &mut Table,
    (name, place): (&Name, Place),
    change: &ColumnChange,
) -> Outcome {
    let ColumnChange::SetType { ty, collate, using } = change else { return Ok(()) };
    let reject = |reason: String| Err(Box::new(codes::rejected(reason, place)));
    if let Some(reason) = why_fixed(ctx, table, name) {
        return reject(reason);
    }
    let written = ty;
    let ty = column::read_type(ctx, written)?;
    column_rules::check_type(ctx, &ty, written)?;
    let table_name = table.name.clone();
    let said = collate.as_ref().map(|it| collation::named(ctx, it)).transpose()?;
    let said = said.map_or((None, None), |it| (Some(it.0), it.1));
    if said.0.is_some() && ctx.is_postgres() && !collation::may_have(ctx, &ty) {
        return reject(format!("column `{name}` of type {ty} has no collation"));
    }
    if let Some(sql) = using {
        check_using(ctx, table, (name, &ty), sql)?;
    }
    let Some(column) = table.column_mut(name) else { return Ok(()) };
    if let Some(what) = uncast(ctx, column, &ty, using.is_some()) {
        let reason = format!("{what} cannot turn from {} into {ty} by itself", column.ty);
        return reject(reason);
    }
    let old = ctx.dialect.sequence_of(&table_name, column).map(std::borrow::Cow::into_owned);
    let old_type = std::mem::replace(&mut column.ty, ty);
    identity::retype_sequence(ctx, &table_name, column, old);
    column.collate = said.0;
    column.meta.uses.retain(|it| cascade::collation_of(it).is_none());
    column.meta.uses.extend(said.1);
    // How values are stored goes with their type.
    column
        .settings
        .retain(|key, _| !ctx.is_postgres() || !matches!(key.as_str(), "storage" | "compression"));
    recast_default(ctx, column, &old_type);
    extension::follow_type(ctx, column, &old_type);
    foreign_key::check_retyped(ctx, table, name, place)?;
    index_key::settle(ctx, table);
    Ok(())
}

/// Refuses values from columns that are not there, or of a type that is not assigned to the new one.
fn check_using(ctx: &Ctx, table: &Table, (name, ty): (&Name, &ColumnType), sql: &Sql) -> Outcome {
    if ctx.partial.contains(&table.name) {
        return Ok(());
    }
    let Some((bound, from)) = ctx.in_world(|world| {
        let bound = world.expr(sql.text, Some(table)).ok()?;
        let owner = ctx.dialect.qname(&table.name);
        let whole = world.query(&format!("SELECT {} FROM {owner}", sql.text)).ok();
        let ty = whole.and_then(|it| it.outputs.into_iter().next()?.ty);
        Some((bound, ty.map(|it| world.column_type(&it))))
    }) else {
        return Ok(());
    };
    if let Some(problem) = bound.problems.first() {
        let diagnostic = ctx.problem(problem, sql.span.start);
        let is_open = diagnostic.about.as_ref().is_some_and(|it| ctx.blame.suspect(it).is_some());
        return if is_open { Ok(()) } else { Err(Box::new(diagnostic)) };
    }
    ctx.refuse_calls(&bound, sql.span.start)?;
    match from.filter(|it| &*it.name != "unknown" && !domain::assigns(ctx, it, ty)) {
        Some(from) => {
            let reason = format!("column `{name}` of type {ty} takes no {from} by itself");
            Err(Box::new(codes::rejected(reason, ctx.place(sql.span))))
        }
        None => Ok(()),
    }
}

/// The default is a value of the old type still, which is cast.
fn recast_default(ctx: &Ctx, column: &mut Column, old: &ColumnType) {
    let Some(default) = column.default.take() else { return };
    let (text, dialect) = (default.text(), ctx.dialect);
    let is_text = [old, &column.ty].iter().all(|it| dialect.family(it).is_text());
    let is_literal = text.starts_with('\'') && text.ends_with('\'') && !text.contains("::");
    // The server shows a text as it stands.
    let says_type = is_literal && !is_text && !old.is_alike(&column.ty);
    let says_null = is_null(&default) && !text.contains("::");
    let unsized_type = || ColumnType { args: Vec::new(), ..old.clone() };
    let typed = match (says_type, says_null) {
        (true, _) if dialect.family(old).is_number() => {
            Some(shown_number(text).unwrap_or_else(|| format!("{text}::{}", unsized_type())))
        }
        (true, _) => Some(format!("{text}::{old}")),
        (_, true) => Some(format!("{text}::{}", unsized_type())),
        _ => None,
    };
    column.default = dialect.kept_default(typed.as_deref().unwrap_or(text), &column.ty);
    if let Some(name) = old.user.as_ref().filter(|_| !is_null(&default)) {
        column.meta.uses.extend(needs::type_of_name(&ctx.schema, name));
    }
}

/// Gives the column a default, or none; a sequence that it drew from is its own no more.
fn set_default(
    ctx: &mut Ctx,
    table: &mut Table,
    (name, place): (&Name, Place),
    sql: Option<&Sql>,
) -> Outcome {
    if let Some(column) =
        table.column(name).filter(|it| ctx.is_postgres() && it.generated.is_some())
    {
        return virtual_column::refuse(column, "have a default", place);
    }
    if table.column(name).is_some_and(|it| ctx.is_postgres() && identity::is_identity(it)) {
        let reason = format!("column `{name}` of table `{}` is an identity column", table.name);
        return Err(Box::new(codes::rejected(reason, place)));
    }
    let (table_name, is_unlogged) = (table.name.clone(), table.unlogged);
    let is_in_key = ctx.is_mysql()
        && !ctx.is_mariadb()
        && table.primary_key.as_ref().is_some_and(|it| it.columns.contains(name));
    let Some(column) = table.column_mut(name) else { return Ok(()) };
    numbering::part_from(ctx, (&table_name, is_unlogged), column);
    // MariaDB keeps a default that is the clock's and what UPDATE does as one.
    let is_clock =
        column.default.as_ref().is_some_and(|it| ctx.dialect.is_now_of(it.text(), &column.ty));
    column.touch &= !(ctx.is_mariadb() && is_clock);
    let Some(sql) = sql else {
        column::forget_default(column);
        return Ok(());
    };
    if ctx.is_mysql() && column.generated.is_some() {
        // MariaDB passes over it.
        let reason = format!("generated column `{name}` has no default");
        let refused = || Err(Box::new(codes::rejected(reason, place)));
        return if ctx.is_mariadb() { Ok(()) } else { refused() };
    }
    if ctx.is_mysql() && column.identity.is_some() && constant::is_constant(sql.text) {
        return Ok(());
    }
    let had_computed = column.default.as_ref().is_some_and(|it| !constant::is_constant(it.text()));
    column::set_default(ctx, column, sql)?;
    column_default::check(ctx, column, sql)?;
    if is_in_key && !had_computed && sql.text.starts_with('(') {
        // MySQL takes what is computed, and forgets it.
        column.default = None;
    }
    numbering::fold(ctx, &table_name, column);
    Ok(())
}

/// Returns why the column keeps its type.
fn why_fixed(ctx: &Ctx, table: &Table, name: &Name) -> Option<String> {
    if partition::cuts(table, name) {
        return Some(format!("column `{name}` cuts table `{}` into partitions", table.name));
    }
    let computed = table.columns.iter().find(|it| {
        let from = it.generated.as_ref().map(|it| it.expr.text());
        from.is_some_and(|it| mentions::has_word(it, name.as_str()))
    })?;
    let is_fixed = ctx.is_postgres() && computed.name != *name;
    is_fixed.then(|| format!("column `{}` is computed from column `{name}`", computed.name))
}

/// Returns how the server shows a number that was written as a string, if it does so without its type.
fn shown_number(text: &str) -> Option<String> {
    let digits = text.trim_matches('\'');
    let is_fraction = digits.bytes().all(|it| it.is_ascii_digit() || it == b'.');
    (is_fraction && digits.split('.').count() == 2).then(|| digits.to_owned())
}

/// Returns whether the default is none.
fn is_null(default: &Expr) -> bool {
    default.canonical() == "null"
}

/// Returns what of the column PostgreSQL will not cast to the type: its values without `USING`, or its default.
fn uncast(ctx: &Ctx, column: &Column, ty: &ColumnType, using: bool) -> Option<String> {
    if domain::assigns(ctx, &column.ty, ty) {
        return None;
    }
    if !using {
        return Some(format!("without USING, column `{}`", column.name));
    }
    // How the default became a value of the old type falls away.
    let own = column.default.as_ref().and_then(|it| column_default::type_of(ctx, it.text()));
    let is_own = own.is_some_and(|it| domain::assigns(ctx, &it, ty));
    let is_default = column.default.is_some() && !is_own;
    (column.identity == Some(Identity::Serial) || is_default)
        .then(|| format!("the default of column `{}`", column.name))
}
