//! Tables of MariaDB that keep the versions of their rows (<https://mariadb.com/kb/en/system-versioned-tables/>).

use super::{
    codes,
    ctx::{Ctx, Outcome},
};
use crate::{
    model::Table,
    sql::ast::{AlterKind, AlterTable, ConstraintKind, IndexDef},
};

/// The option of a table, and the setting of a column.
const VERSIONING: &str = "versioning";

/// Settles what the columns of a new table say: one `WITH` versions makes all others `WITHOUT`.
pub(super) fn settle(table: &mut Table) {
    let says = |it: &crate::model::Column, word: &str| {
        it.settings.get(VERSIONING).is_some_and(|it| it == word)
    };
    let by_column = table.columns.iter().any(|it| says(it, "with"));
    if by_column && !table.options.contains_key(VERSIONING) {
        for column in table.columns.iter_mut().filter(|it| !it.settings.contains_key(VERSIONING)) {
            column.settings.insert(VERSIONING.to_owned(), "without".to_owned());
        }
    }
    if by_column {
        table.options.insert(VERSIONING.to_owned(), "system".to_owned());
    }
    for column in &mut table.columns {
        if says(column, "with") {
            column.settings.remove(VERSIONING);
        }
    }
}

/// Refuses what would change the past, unless the session says that it may be.
pub(super) fn check_alter(ctx: &Ctx, table: &Table, it: &AlterTable) -> Outcome {
    if !ctx.is_mariadb() {
        return Ok(());
    }
    let is_versioned = table.options.contains_key(VERSIONING);
    for action in &it.actions {
        let reason = match &action.kind {
            AlterKind::Option(it) if it.key == VERSIONING && is_versioned => {
                "the table has versions already"
            }
            AlterKind::ResetOptions(names) if is_of_versions(names) && !is_versioned => {
                "the table has no versions"
            }
            kind if is_versioned && !ctx.keeps_history && changes_rows(kind) => {
                "the table keeps versions of its rows, and `system_versioning_alter_history` is not `keep`"
            }
            _ => continue,
        };
        return Err(Box::new(codes::rejected(reason, ctx.place(action.span))));
    }
    Ok(())
}

fn is_of_versions(names: &[String]) -> bool {
    names.iter().any(|it| it == VERSIONING)
}

fn changes_rows(kind: &AlterKind) -> bool {
    match kind {
        AlterKind::AddColumn { .. }
        | AlterKind::DropColumn { .. }
        | AlterKind::ModifyColumn { .. }
        | AlterKind::ChangeColumn { .. } => true,
        AlterKind::AddConstraint { constraint, .. } => matches!(
            constraint.kind,
            ConstraintKind::PrimaryKey { .. }
                | ConstraintKind::Unique { .. }
                | ConstraintKind::Index(IndexDef { unique: true, .. })
        ),
        _ => false,
    }
}
