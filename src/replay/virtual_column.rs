//! What PostgreSQL does not let generated columns be, those above all that are computed when they are read
//! (<https://www.postgresql.org/docs/18/ddl-generated-columns.html>).

use super::{
    codes,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::{Name, Place, Span},
    dialect::Part,
    dialect::postgres::extensions::extension_of_type,
    model::{Column, ColumnType, Expr, Extension, Id, Kind, Table},
};

/// Returns whether the column is computed when it is read.
pub(super) fn is_virtual(ctx: &Ctx, column: &Column) -> bool {
    ctx.is_postgres() && column.generated.as_ref().is_some_and(|it| !it.stored)
}

fn reject(ctx: &Ctx, reason: String, span: Span) -> Outcome {
    Err(Box::new(codes::rejected(reason, ctx.place(span))))
}

/// Refuses a key or an index that holds a virtual column.
pub(super) fn check_part(ctx: &Ctx, table: &Table, part: &Part, span: Span) -> Outcome {
    if !ctx.is_postgres() || !table.columns.iter().any(|it| is_virtual(ctx, it)) {
        return Ok(());
    }
    let mut exprs: Vec<&Expr> = Vec::new();
    let holds: Box<dyn Fn(&Name) -> bool> = match part {
        Part::PrimaryKey(it) => {
            Box::new(|name| it.columns.contains(name) || it.include.contains(name))
        }
        Part::Unique(it) => Box::new(|name| it.columns.contains(name) || it.include.contains(name)),
        Part::ForeignKey(it) => Box::new(|name| it.columns.contains(name)),
        Part::Index(it) => {
            exprs = it.exprs();
            Box::new(|name| it.mentions(name))
        }
        Part::Exclusion(it) => {
            exprs = it.exprs();
            let is_key = |key: &crate::model::IndexColumn, name: &Name| matches!(&key.key, crate::model::IndexKey::Column(own) if own == name);
            Box::new(move |name| {
                it.keys.iter().any(|key| is_key(key, name)) || it.include.contains(name)
            })
        }
        Part::Check(_) => return Ok(()),
    };
    let is_held = |it: &&Column| {
        is_virtual(ctx, it)
            && (holds(&it.name) || exprs.iter().any(|expr| ctx.dialect.uses(expr, &it.name)))
    };
    match table.columns.iter().find(is_held) {
        Some(column) => {
            reject(ctx, format!("no key or index holds virtual column `{}`", column.name), span)
        }
        None => Ok(()),
    }
}

/// Refuses a virtual column that takes more than the server's own types and functions to compute.
pub(super) fn check_own(
    ctx: &Ctx,
    table: &Table,
    own: &Name,
    (mentions, uses): (&[(Name, Span)], &[Id]),
    span: Span,
) -> Outcome {
    let Some(column) = table.column(own) else { return Ok(()) };
    if is_foreign(ctx, &column.ty) {
        return reject(
            ctx,
            format!("virtual column `{own}` has to be of one of the server's own types"),
            span,
        );
    }
    let column =
        mentions.iter().filter_map(|it| table.column(&it.0)).find(|it| is_foreign(ctx, &it.ty));
    let other = uses.iter().find(|it| !it.is::<Extension>());
    let what = column.map(|it| format!("column `{}`, whose type is not the server's own", it.name));
    match what.or_else(|| other.map(|it| format!("{} `{it}`", it.kind.noun))) {
        Some(what) => reject(ctx, format!("virtual column `{own}` cannot use {what}"), span),
        None => Ok(()),
    }
}

/// Returns whether the schema or an extension made the type.
fn is_foreign(ctx: &Ctx, ty: &ColumnType) -> bool {
    ctx.is_postgres()
        && (ty.user.is_some() || ty.home.is_some() || extension_of_type(&ty.name).is_some())
}

/// Refuses what `ALTER COLUMN` cannot do to a generated column; `what` as in "cannot …".
pub(super) fn refuse(column: &Column, what: &str, place: Place) -> Outcome {
    let reason = format!("generated column `{}` cannot {what}", column.name);
    Err(Box::new(codes::rejected(reason, place)))
}

/// Refuses another expression where rows would have to be looked at anew.
pub(super) fn check_set(ctx: &Ctx, table: &Table, column: &Column, place: Place) -> Outcome {
    let is_published = || {
        let mut all = ctx.schema.publications.values();
        all.any(|it| it.tables.iter().any(|it| it.name == table.name))
    };
    if is_virtual(ctx, column) && (!table.checks.is_empty() || is_published()) {
        return refuse(
            column,
            "get another expression while checks or publications look at it",
            place,
        );
    }
    Ok(())
}

/// Refuses a column of a child that is not computed as its parent's column is.
pub(super) fn check_inherited(ctx: &Ctx, own: &Column, parent: &Column, span: Span) -> Outcome {
    let stored = |it: &Column| it.generated.as_ref().map(|it| it.stored);
    let differs = match (stored(parent), stored(own)) {
        (Some(_), None) => own.default.is_some() || own.identity.is_some(),
        (of_parent, Some(of_own)) => of_parent != Some(of_own),
        (None, None) => false,
    };
    if differs {
        return reject(
            ctx,
            format!("column `{}` is not computed as that of the parent is", own.name),
            span,
        );
    }
    Ok(())
}
