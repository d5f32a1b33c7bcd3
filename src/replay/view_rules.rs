//! What the query of a view has to be.

use super::{
    codes,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::Name,
    dialect::views,
    model::{View, ViewColumn},
    sql::ast::CreateView,
};

/// `WITH CHECK OPTION` is about rows that are written through the view
/// (<https://www.postgresql.org/docs/current/sql-createview.html#SQL-CREATEVIEW-UPDATABLE-VIEWS>).
pub(super) fn check_updatable(ctx: &Ctx, it: &CreateView) -> Outcome {
    let Some(option) = it.options.iter().find(|it| it.key == "check_option") else { return Ok(()) };
    let text = it.query.text.to_ascii_lowercase();
    let words: Vec<&str> = text.split(|it: char| !it.is_alphanumeric() && it != '_').collect();
    let is_query = text.trim_start().starts_with("select");
    let first = words.iter().position(|it| !it.is_empty()).map(|at| words[at + 1..].first());
    if !is_query || words.contains(&"from") && first != Some(Some(&"distinct")) {
        return Ok(());
    }
    let reason = "no rows can be written through this view";
    Err(Box::new(codes::rejected(reason, ctx.place(option.span))))
}

pub(super) fn check_columns(
    ctx: &Ctx,
    it: &CreateView,
    given: &[Name],
    read: &views::Read,
) -> Outcome {
    let reject = |reason, span| Err(Box::new(codes::rejected(reason, ctx.place(span))));
    let n_columns = read.bound.as_ref().map_or(read.columns.len(), |it| it.outputs.len());
    if read.complete && given.len() > n_columns {
        let extra = it.columns.get(n_columns).map_or(it.name.span, |it| it.span);
        return reject("more column names than the query has columns".to_owned(), extra);
    }
    let mut seen = std::collections::BTreeSet::new();
    if read.complete
        && let Some(twice) = read.columns.iter().find(|it| !seen.insert(&it.name))
    {
        let reason = format!("column `{}` stands in the view twice", twice.name);
        return reject(reason, it.name.span);
    }
    Ok(())
}

/// `OR REPLACE` may only add columns behind those that exist.
pub(super) fn check_replaced(
    ctx: &Ctx,
    it: &CreateView,
    old: &View,
    new: &[ViewColumn],
) -> Outcome {
    if ctx.partial.contains(&old.name) || new.is_empty() {
        return Ok(());
    }
    let place = ctx.place(it.name.span);
    let reject = |reason| Err(Box::new(codes::rejected(reason, place)));
    for (at, column) in old.columns.iter().enumerate() {
        let Some(other) = new.get(at) else {
            let reason = format!("`or replace` cannot drop column `{}`", column.name);
            return reject(reason);
        };
        if column.name != other.name {
            let reason =
                format!("`or replace` cannot rename column `{}` to `{}`", column.name, other.name);
            return reject(reason);
        }
        if let (Some(before), Some(after)) = (&column.ty, &other.ty)
            && before != after
        {
            let reason = format!(
                "`or replace` cannot change column `{}` from {before} to {after}",
                column.name
            );
            return reject(reason);
        }
        if let (Some(before), Some(after)) = (&column.collate, &other.collate)
            && before != after
            && ctx.dialect.keeps_collations_of_views()
        {
            let reason = format!(
                "`or replace` cannot change column `{}` from collation {before} to {after}",
                column.name
            );
            return reject(reason);
        }
    }
    Ok(())
}
