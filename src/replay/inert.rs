//! Statements that make nothing which an expression could name, whatever else of them is not known.

use crate::sql::ast::{AlterKind, Class, Ddl, Statement};

/// Returns whether no function, type, operator or cast can come of the statement.
pub(super) fn is_inert(statement: &Statement) -> bool {
    let Class::Schema(ddl) = &statement.class else { return false };
    match &**ddl {
        Ddl::AlterTable(it) => {
            !it.actions.iter().any(|it| matches!(it.kind, AlterKind::SetSchema(_)))
        }
        Ddl::AlterEventTrigger(_)
        | Ddl::AlterIndex(_)
        | Ddl::AlterPolicy(_)
        | Ddl::AlterPublication(_)
        | Ddl::AlterRule(_)
        | Ddl::AlterTrigger(_)
        | Ddl::Comment(_)
        | Ddl::CreateEventTrigger(_)
        | Ddl::CreateIndex(_)
        | Ddl::CreatePolicy(_)
        | Ddl::CreatePublication(_)
        | Ddl::CreateRule(_)
        | Ddl::CreateStatistics(_)
        | Ddl::CreateTrigger(_)
        | Ddl::DefaultGrant(_)
        | Ddl::Drop(_)
        | Ddl::DropRoutines(_)
        | Ddl::Grant(_)
        | Ddl::RenameIndex { .. }
        | Ddl::RenamePolicy(_)
        | Ddl::Role(_)
        | Ddl::SetOwner(_) => true,
        _ => false,
    }
}
