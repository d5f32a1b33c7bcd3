//! The rows of the history's tables, as far as the statements that wrote them tell.

use std::sync::Arc;

use super::{
    Only, Res, Run,
    data::{Later, Log, Settled, note},
    scope::{Bound, Scope},
    select::Table,
    tied_rows::lose_followers,
    value::Val,
};
use crate::{
    base::{QName, Span},
    model,
    replay::ctx::Ctx,
    sql::{
        self,
        ast::{Ex, RowsChange},
    },
};

/// Rows that are kept of each table.
const MANY: usize = 1000;

/// Takes in a statement that reads or writes rows; returns why the server refuses it, if it certainly does.
pub(in crate::replay) fn note_rows(ctx: &mut Ctx, text: &str) -> Option<String> {
    let name = note(ctx, text)?;
    let table = ctx.schema.tables.shared(&name)?;
    // What is read beside the table may be other rows later, and so may those that it refers to; a trigger's function may
    // become another one.
    let is_tied = is_tied(ctx, &table, text);
    let is_kept = matches!(ctx.rows.log(&name), Some(Log::Known { .. }));
    let mut refused = None;
    if is_kept {
        let mut run = Run::new(ctx, Span::default());
        let is_known = run.settle(&name, &table, true);
        refused = run.refused.filter(|_| is_known);
    }
    if is_tied && ctx.rows.settled(&name).is_err() {
        lose_followers(ctx, &name);
    }
    let refused = refused.filter(|it| it.by_itself || !ctx.rows.are_triggered());
    refused.map(|it| it.reason)
}

fn reads_rows(text: &str) -> bool {
    text.to_ascii_lowercase().contains("select")
}

/// Whether rows of other tables may keep the statement from what it does, or go along with it.
fn is_tied(ctx: &Ctx, table: &model::Table, text: &str) -> bool {
    let adds = || text.get(..6).is_some_and(|it| it.eq_ignore_ascii_case("insert"));
    !table.foreign_keys.is_empty()
        || ctx.referrers(&table.name).next().is_some() && (!adds() || replaces(text))
}

fn replaces(text: &str) -> bool {
    text.get(..30).unwrap_or(text).to_ascii_lowercase().contains("replace")
}

impl Run<'_, '_, '_> {
    /// Takes in a statement that reads or writes rows.
    pub(super) fn note_rows(&mut self, text: &str) {
        let Some(name) = note(self.ctx, text) else { return };
        self.n_changes += 1;
        if self.doubt.is_some() {
            self.ctx.rows.lose(&name);
        } else if let Some(table) = self.ctx.schema.tables.shared(&name) {
            // The variables that it mentions are known now.
            self.settle(&name, &table, true);
        }
        if self.ctx.rows.settled(&name).is_err() {
            lose_followers(self.ctx, &name);
        }
    }

    /// Returns the rows that the table has.
    pub(super) fn rows_of(&mut self, name: &QName, table: &model::Table) -> Table {
        let columns = || table.columns.iter().map(|it| it.name.as_str().to_owned()).collect();
        let is_known = self.settle(name, table, false);
        match self.ctx.rows.settled(name) {
            Ok(Some(it)) if is_known => it.table.clone(),
            Ok(None) if is_known => Table { columns: columns(), ..Table::default() },
            _ => Table {
                columns: columns(),
                unknown: Some(format!("the rows of table `{name}` are not known")),
                ..Table::default()
            },
        }
    }

    /// Works out the rows, and returns whether they can be known; `is_now`: the last statement that wrote some is just being
    /// run.
    pub(super) fn settle(&mut self, name: &QName, table: &model::Table, is_now: bool) -> bool {
        // What is in a partition or a child is in its parent too.
        let has_kin = !self.ctx.children(name).is_empty() || table.ancestors().next().is_some();
        let log = self.ctx.rows.log(name);
        if table.meta.external || log.is_some() && has_kin {
            return false;
        }
        if log.is_none() {
            return !(has_kin && self.ctx.rows.any());
        }
        if matches!(log, Some(Log::Unknown)) {
            return false;
        }
        let Some((mut settled, later)) = self.ctx.rows.take(name) else { return false };
        for (at, it) in later.iter().enumerate() {
            let (text, then) = match it {
                Later::Ran(text, then) => (text, then),
                Later::Renamed(from, to) => {
                    settled.rename_column(from, to);
                    continue;
                }
            };
            settled.fit(then);
            self.refused = None;
            let change = sql::read_rows_change(text, &self.ctx.dialect.lexis);
            let own = if reads_rows(text) { settled.table.clone() } else { Table::default() };
            let is_now = is_now && at + 1 == later.len();
            let outer = self.only.replace(Only { name: name.clone(), table: own, is_now });
            let outcome = change.map(|it| self.apply(&mut settled, then, &it));
            self.only = outer;
            if !matches!(outcome, Some(Ok(()))) || settled.table.rows.len() > MANY {
                return false;
            }
        }
        settled.fit(table);
        self.ctx.rows.settle(name, settled);
        true
    }

    fn apply(
        &mut self,
        settled: &mut Settled,
        table: &Arc<model::Table>,
        change: &RowsChange,
    ) -> Res {
        if let RowsChange::Insert { columns, query, conflict } = change {
            return self.insert(settled, table, columns, query.as_ref(), *conflict);
        }
        settled.keys = None;
        match change {
            RowsChange::Update { set, filter } => self.update(settled, table, set, filter.as_ref()),
            RowsChange::Delete { filter } => self.delete(settled, table, filter.as_ref()),
            RowsChange::Insert { .. } => Ok(()),
        }
    }

    /// Returns the checks that rows are held to; nothing stands for one that is not read.
    pub(super) fn checks(&self, table: &model::Table) -> Vec<Option<Ex>> {
        let enforced = table.checks.iter().filter(|it| it.enforced);
        enforced.map(|it| self.read_check(it)).collect()
    }

    pub(super) fn read_check(&self, it: &model::Check) -> Option<Ex> {
        sql::read_ex(it.expr.text(), &self.ctx.dialect.lexis).ok()
    }

    /// Whether the checks let the row in.
    pub(super) fn is_let_in(
        &mut self,
        checks: &[Option<Ex>],
        row: &[Bound],
    ) -> Res<Result<bool, String>> {
        let scope = Scope { rows: row, outer: None, unknown: None };
        for it in checks {
            let Some(ex) = it else { return Ok(Err("what a check is about".to_owned())) };
            match self.eval(ex, &scope)?.truth() {
                Ok(Some(false)) => return Ok(Ok(false)),
                Ok(_) => {}
                Err(reason) => return Ok(Err(reason)),
            }
        }
        Ok(Ok(true))
    }

    /// Returns what a column has where nobody gives it a value.
    pub(super) fn own_value(&mut self, column: &model::Column) -> Res<Val> {
        if is_empty_by_itself(column) {
            return Ok(Val::Null);
        }
        let computed = column.generated.is_some() || column.identity.is_some();
        let default = column.default.as_ref().filter(|_| !computed);
        let ex = default.and_then(|it| sql::read_ex(it.text(), &self.ctx.dialect.lexis).ok());
        Ok(match ex {
            Some(ex) => fitting(column, self.eval(&ex, &Scope::NONE)?),
            None => Val::unknown(format!("the value of column `{}` is not known", column.name)),
        })
    }
}

/// Whether a row that says nothing of the column has NULL in it.
pub(super) fn is_empty_by_itself(it: &model::Column) -> bool {
    it.default.is_none() && it.generated.is_none() && it.identity.is_none()
}

pub(super) fn bound<'a>(
    table: &'a model::Table,
    columns: &'a [String],
    row: &'a [Val],
) -> [Bound<'a>; 1] {
    [Bound { alias: table.name.name.as_str(), columns, row: Some(row), open: None }]
}

/// Returns the value as a column of that type holds it.
pub(super) fn fitting(column: &model::Column, value: Val) -> Val {
    let ty = &column.ty;
    if value.is_null() {
        return value;
    }
    let unknown = Val::unknown(format!("the value of column `{}` is not known", column.name));
    if ty.dimensions > 0 || ty.user.is_some() {
        return unknown;
    }
    match (&*ty.name, value.show()) {
        ("text" | "varchar" | "longtext" | "mediumtext", Ok(Some(text))) => {
            let limit = ty.args.first().and_then(|it| it.parse::<usize>().ok());
            if limit.is_none_or(|it| text.chars().count() <= it) {
                Val::Text(text)
            } else {
                unknown
            }
        }
        ("int" | "integer" | "bigint" | "smallint" | "tinyint" | "mediumint", Ok(Some(text))) => {
            text.trim().parse().map_or(unknown, Val::Int)
        }
        ("enum", Ok(Some(text))) => {
            let label = ty.values.iter().find(|it| it.eq_ignore_ascii_case(&text));
            label.map_or(unknown, |it| Val::Text(it.clone()))
        }
        ("", _) => value,
        ("uuid", Ok(Some(text))) if is_uuid(&text) => Val::Text(text.to_ascii_lowercase()),
        ("bool" | "boolean", _) => match value.truth() {
            Ok(Some(it)) => Val::Bool(it),
            _ => unknown,
        },
        _ => unknown,
    }
}

/// Whether the text is spelled as servers spell it, but for case.
fn is_uuid(text: &str) -> bool {
    let is_place = |(at, it): (usize, char)| match at {
        8 | 13 | 18 | 23 => it == '-',
        _ => it.is_ascii_hexdigit(),
    };
    text.len() == 36 && text.chars().enumerate().all(is_place)
}
