//! What servers do not let stand together in the definition of a column (PostgreSQL: `transformColumnDefinition`).

use super::{
    codes,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::{Name, Span},
    dialect::postgres::types::is_pseudo_type,
    model::ColumnType,
    sql::{
        ast::{ColumnDef, ColumnOptionKind, TypeName},
        bind::{Bound, Output},
    },
};

/// Refuses options that exclude each other.
pub(super) fn check(ctx: &Ctx, def: &ColumnDef, is_serial: bool) -> Outcome {
    if ctx.is_mysql() {
        return check_default(ctx, def);
    }
    if !ctx.is_postgres() {
        return Ok(());
    }
    let reject = |what: &str| {
        let reason = format!("column `{}` {what}", def.name.text);
        Err(Box::new(codes::rejected(reason, ctx.place(def.name.span))))
    };
    let count = |is_it: fn(&ColumnOptionKind) -> bool| {
        def.options.iter().filter(|it| is_it(&it.kind)).count()
    };
    let n_defaults = count(|it| matches!(it, ColumnOptionKind::Default(_)));
    let n_identities = count(|it| matches!(it, ColumnOptionKind::Identity { .. }));
    let n_generated = count(|it| matches!(it, ColumnOptionKind::Generated { .. }));
    if n_defaults + n_identities + n_generated + usize::from(is_serial) > 1 {
        return reject("has more than one source of its values");
    }
    if is_serial && def.ty.as_ref().is_some_and(|it| it.dimensions > 0) {
        return reject("cannot be an array of serial numbers");
    }
    let n_nulls = count(|it| matches!(it, ColumnOptionKind::Null));
    let forbids = |it: &ColumnOptionKind| {
        matches!(it, ColumnOptionKind::NotNull { .. } | ColumnOptionKind::Identity { .. })
            // Older servers let a key overrule it.
            || matches!(it, ColumnOptionKind::PrimaryKey { .. }) && ctx.dialect.names_not_null()
    };
    if n_nulls > 0 && (is_serial || def.options.iter().any(|it| forbids(&it.kind))) {
        return reject("is both NULL and NOT NULL");
    }
    Ok(())
}

/// MySQL: a column that is said to be the primary key cannot be NULL by default.
fn check_default(ctx: &Ctx, def: &ColumnDef) -> Outcome {
    let has = |is_it: fn(&ColumnOptionKind) -> bool| def.options.iter().any(|it| is_it(&it.kind));
    let is_null = def.options.iter().any(|it| it.kind.is_null_default());
    // MariaDB numbers it all the same.
    let is_numbered = ctx.is_mariadb() && has(|it| matches!(it, ColumnOptionKind::AutoIncrement));
    let is_key = has(|it| matches!(it, ColumnOptionKind::PrimaryKey { .. }));
    if !is_null || !is_key || is_numbered {
        return Ok(());
    }
    let reason = format!("column `{}` of the primary key cannot be NULL by default", def.name.text);
    Err(Box::new(codes::rejected(reason, ctx.place(def.name.span))))
}

/// Refuses a name that every table has a column of.
pub(super) fn check_name(ctx: &Ctx, name: &Name, span: Span) -> Outcome {
    if !ctx.is_postgres() || !ctx.dialect.hidden_columns().contains(&name.as_str()) {
        return Ok(());
    }
    let reason = format!("every table has a column `{name}` of the server's");
    Err(Box::new(codes::rejected(reason, ctx.place(span))))
}

/// Refuses a type that only functions can take or give.
pub(super) fn check_type(ctx: &Ctx, ty: &ColumnType, written: &TypeName) -> Outcome {
    if !ctx.is_postgres() || ty.user.is_some() || written.quoted || !is_pseudo_type(&ty.name) {
        return Ok(());
    }
    let reason = format!("no value that is kept has the type {ty}");
    Err(Box::new(codes::rejected(reason, ctx.place(written.span))))
}

/// Refuses a query to be kept that gives such a type.
pub(super) fn check_outputs(ctx: &Ctx, bound: &Bound, span: Span) -> Outcome {
    let pseudo = |it: &Output| {
        let ty = it.ty.clone().filter(|ty| ty != "unknown" && is_pseudo_type(ty))?;
        Some(format!("column `{}` of the query is of type {ty}, which no relation keeps", it.name))
    };
    match bound.outputs.iter().find_map(pseudo).filter(|_| ctx.is_postgres()) {
        Some(reason) => Err(Box::new(codes::rejected(reason, ctx.place(span)))),
        None => Ok(()),
    }
}
