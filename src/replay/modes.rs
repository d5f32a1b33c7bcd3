//! MySQL's `sql_mode`: what a session takes and what it refuses.

use super::{
    codes,
    ctx::{Ctx, Outcome},
};
use crate::{
    base::Span,
    dialect::{Family, Modes},
    model::{Column, Table},
    sql::{
        self,
        ast::{Class, ModeChange, ModesFrom, Sql, Statement},
    },
};

/// Changes the modes of the session; a name that the server does not know leaves them as they are.
pub(super) fn set(ctx: &mut Ctx, change: &ModeChange) -> Outcome {
    let mut modes = match &change.from {
        ModesFrom::Start => ctx.dialect.modes(),
        ModesFrom::Current => ctx.modes,
        ModesFrom::Nothing => Modes::default(),
        ModesFrom::Kept(name) => kept(ctx, name),
    };
    for name in &change.with {
        let Some(mode) = ctx.dialect.mode(name) else {
            let reason = format!("{} has no SQL mode `{name}`", ctx.dialect.title);
            return Err(Box::new(codes::rejected(reason, ctx.place(change.span))));
        };
        modes = modes.with(mode);
    }
    for mode in change.without.iter().filter_map(|it| ctx.dialect.mode(it)) {
        modes = modes.without(mode);
    }
    ctx.modes = modes;
    Ok(())
}

/// Keeps the session's modes in a variable.
pub(super) fn keep(ctx: &mut Ctx, name: &str) {
    ctx.kept_modes.insert(name.to_lowercase(), ctx.modes);
}

/// A variable that nothing is known of is taken to keep what the session began in.
fn kept(ctx: &Ctx, name: &str) -> Modes {
    ctx.kept_modes.get(&name.to_lowercase()).copied().unwrap_or_else(|| ctx.dialect.modes())
}

/// Returns why the statement is not understood: the session has given its marks another meaning.
pub(super) fn rereads(ctx: &Ctx, statement: &Statement) -> Option<String> {
    if ctx.modes.reading() == statement.reading {
        return None;
    }
    let may_matter = matches!(
        statement.class,
        Class::Schema(_) | Class::Program(_) | Class::Rejected(_) | Class::NotUnderstood(_)
    );
    let (own, read) = (ctx.modes.reading(), statement.reading);
    let marks = || sql::marks_between(statement.text, &ctx.dialect.lexis, own, read);
    let what = may_matter.then(marks).flatten()?;
    Some(format!("the session's mode reads {what} otherwise"))
}

/// MySQL looks at all defaults of a table that it makes anew, whoever gave them.
pub(super) fn check_defaults(ctx: &Ctx, table: &Table, span: Span) -> Outcome {
    if !ctx.is_mysql() || ctx.is_mariadb() {
        return Ok(());
    }
    let refused = |it: &&Column| {
        it.default.as_ref().is_some_and(|own| ctx.dialect.refuses_default(own, &it.ty, ctx.modes))
    };
    table.columns.iter().find(refused).map_or(Ok(()), |it| {
        let reason = format!("column `{}` has a default that the session's mode refuses", it.name);
        Err(Box::new(codes::rejected(reason, ctx.place(span))))
    })
}

/// MySQL forgets that a long text begins empty, where the session's mode lets it
/// (<https://dev.mysql.com/doc/refman/8.4/en/blob.html>).
pub(super) fn forgets_default(ctx: &Ctx, column: &Column, sql: &Sql) -> bool {
    let is_long =
        ctx.dialect.is_unbounded(&column.ty) && ctx.dialect.family(&column.ty) != Family::Json;
    let is_lenient = ctx.is_mysql() && !ctx.is_mariadb() && !ctx.modes.is_strict();
    is_lenient && is_long && matches!(sql.text, "''" | "\"\"")
}
