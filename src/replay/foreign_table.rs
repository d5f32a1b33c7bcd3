//! Foreign tables, whose rows are somewhere else, and their options
//! (<https://www.postgresql.org/docs/current/ddl-foreign-data.html>).

use std::collections::BTreeMap;

use super::{
    codes,
    ctx::{Ctx, Outcome},
    verbatim,
};
use crate::{
    base::{Name, Span},
    model::{Foreign, Table},
    sql::ast::{ConstraintKind, ForeignDef, OptionChange, TableConstraint},
};

/// What the settings of a column begin with that are options of its own.
pub(super) const OPTION: &str = "option ";

/// Makes the table stand for one of the server, which has to be there.
pub(super) fn set(ctx: &Ctx, table: &mut Table, it: &ForeignDef) -> Outcome {
    let server = verbatim::there(ctx, "SERVER", &it.server)?;
    table.meta.uses.extend(server);
    let mut options = BTreeMap::new();
    change(ctx, &mut options, "", &it.options)?;
    table.foreign = Some(Foreign { server: ctx.table_name(&it.server), options });
    Ok(())
}

/// Refuses constraints that nobody can hold rows to which are somewhere else.
pub(super) fn check_constraint(ctx: &Ctx, table: &Table, it: &TableConstraint) -> Outcome {
    let is_held = matches!(it.kind, ConstraintKind::Check { .. } | ConstraintKind::NotNull { .. });
    if table.foreign.is_none() || is_held {
        return Ok(());
    }
    let reason = format!("foreign table `{}` can have no such constraint", table.name);
    Err(Box::new(codes::rejected(reason, ctx.place(it.span))))
}

/// Refuses what only tables can have whose rows are here.
pub(super) fn refuse(ctx: &Ctx, table: &Table, what: &str, span: Span) -> Outcome {
    if table.foreign.is_none() {
        return Ok(());
    }
    let reason = format!("foreign table `{}` {what}", table.name);
    Err(Box::new(codes::rejected(reason, ctx.place(span))))
}

/// Changes the options of a foreign table.
pub(super) fn alter(ctx: &Ctx, table: &mut Table, it: &[OptionChange], span: Span) -> Outcome {
    let Some(foreign) = &mut table.foreign else { return Err(no_foreign(ctx, table, span)) };
    change(ctx, &mut foreign.options, "", it)
}

/// Changes the options of a column of a foreign table.
pub(super) fn alter_column(
    ctx: &Ctx,
    table: &mut Table,
    name: &Name,
    (it, span): (&[OptionChange], Span),
) -> Outcome {
    if table.foreign.is_none() {
        return Err(no_foreign(ctx, table, span));
    }
    match table.column_mut(name) {
        Some(column) => change(ctx, &mut column.settings, OPTION, it),
        None => Ok(()),
    }
}

/// Adds options that are not there, sets and drops those that are.
pub(super) fn change(
    ctx: &Ctx,
    options: &mut BTreeMap<String, String>,
    prefix: &str,
    it: &[OptionChange],
) -> Outcome {
    for one in it {
        let (OptionChange::Add(name, _) | OptionChange::Set(name, _) | OptionChange::Drop(name)) =
            one;
        let key = format!("{prefix}{}", name.text);
        let is_new = matches!(one, OptionChange::Add(..));
        if options.contains_key(&key) == is_new {
            let state = if is_new { "is there already" } else { "is not there" };
            let reason = format!("option `{}` {state}", name.text);
            return Err(Box::new(codes::rejected(reason, ctx.place(name.span))));
        }
        match one {
            OptionChange::Add(_, value) | OptionChange::Set(_, value) => {
                options.insert(key, value.text.to_string());
            }
            OptionChange::Drop(_) => {
                options.remove(&key);
            }
        }
    }
    Ok(())
}

/// Says that only foreign tables have options.
pub(super) fn no_foreign(ctx: &Ctx, table: &Table, span: Span) -> Box<crate::diag::Diagnostic> {
    let reason = format!("`{}` is no foreign table", table.name);
    Box::new(codes::rejected(reason, ctx.place(span)))
}
