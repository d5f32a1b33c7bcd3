//! `ALTER TABLE` of what is no table: PostgreSQL takes the name of a sequence or an index too, MariaDB that of a sequence
//! (<https://www.postgresql.org/docs/current/sql-altertable.html>).

use super::{
    column,
    ctx::{Ctx, Outcome},
    index, sequence,
};
use crate::sql::ast::{AlterKind, AlterTable, ObjectName};

/// Runs the statement if its name is that of a sequence or an index.
pub(super) fn alter(ctx: &mut Ctx, it: &AlterTable) -> Option<Outcome> {
    let [action] = &it.actions[..] else { return None };
    if !ctx.is_postgres() && !ctx.is_mariadb() {
        return None;
    }
    if let Some(home) = sequence::find(ctx, &it.name) {
        return Some(match &action.kind {
            AlterKind::RenameTo(to) => sequence::rename(ctx, &home, &to.name),
            AlterKind::Option(it) if it.key == "comment" => {
                let mut sequence = sequence::get(ctx, &home);
                sequence.comment = column::non_empty(&it.value);
                sequence::put(ctx, &home, sequence);
                Ok(())
            }
            AlterKind::SetSchema(schema) => sequence::set_schema(ctx, &home, schema),
            AlterKind::SetUnlogged(unlogged) => {
                sequence::set_unlogged(ctx, &home, *unlogged);
                Ok(())
            }
            _ => return None,
        });
    }
    match &action.kind {
        AlterKind::RenameTo(ObjectName { name: to, .. })
            if index::home(ctx, &it.name).is_some() =>
        {
            Some(index::rename(ctx, &it.name, to, false))
        }
        _ => None,
    }
}
