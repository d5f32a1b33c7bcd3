//! What a table asks of its rows from now on, held to those that the history wrote: a server looks at all that are there.

use std::{cmp::Ordering, collections::BTreeSet};

use super::{
    Only, Res, Run,
    row_keys::{plain_key, plain_keys, told},
    select,
    stored_rows::{bound, is_empty_by_itself},
    value::Val,
};
use crate::{
    base::{Name, Place, Span},
    dialect::constant,
    model::{Check, Column, ForeignKey, Index, IndexColumn, IndexKey, Table},
    replay::{
        codes,
        ctx::{Ctx, Outcome},
    },
};

/// Errs where rows that are known to be there do not let the table become `after`.
pub(in crate::replay) fn check_rows(
    ctx: &mut Ctx,
    before: &Table,
    after: &Table,
    span: Span,
) -> Outcome {
    refuse(breach(ctx, before, after), ctx.place(span))
}

/// Errs where rows that are known to be there do not let the table have the index.
pub(in crate::replay) fn check_rows_of_index(
    ctx: &mut Ctx,
    table: &Table,
    index: &Index,
    span: Span,
) -> Outcome {
    refuse(index_breach(ctx, table, index), ctx.place(span))
}

fn refuse(breach: Option<String>, place: Place) -> Outcome {
    let help = "rows that the history wrote stand in the way: change them by a statement before";
    breach.map_or(Ok(()), |it| Err(Box::new(codes::rejected(it, place).help(help))))
}

fn breach(ctx: &mut Ctx, before: &Table, after: &Table) -> Option<String> {
    if !are_followed(ctx, before) {
        return None;
    }
    let asked = Asked::of(ctx, before, after);
    if asked.is_nothing() {
        return None;
    }
    let mut run = Run::new(ctx, Span::default());
    let rows = run.known_rows(before)?;
    // No function is run for it.
    run.only =
        Some(Only { name: before.name.clone(), table: select::Table::default(), is_now: false });
    let rows = run.with_new_columns(before, after, &rows).ok()?;
    run.breach_of(&asked, after, &rows).ok().flatten()
}

fn index_breach(ctx: &mut Ctx, table: &Table, index: &Index) -> Option<String> {
    let key = plain_key(index)?;
    if !are_followed(ctx, table) {
        return None;
    }
    let asked = Asked { keys: vec![key], ..Asked::default() };
    let mut run = Run::new(ctx, Span::default());
    let rows = run.known_rows(table)?;
    run.breach_of(&asked, table, &rows).ok().flatten()
}

/// Rows that are changed by what is run beside a statement are not followed.
fn are_followed(ctx: &Ctx, table: &Table) -> bool {
    !ctx.rows.are_triggered() && ctx.rows.log(&table.name).is_some()
}

/// What is asked of rows, and was not before.
#[derive(Default)]
struct Asked<'t> {
    /// Columns that a table without rows alone can get.
    refused: Vec<&'t Column>,
    not_null: Vec<&'t Column>,
    checks: Vec<&'t Check>,
    keys: Vec<Vec<&'t Name>>,
    foreign_keys: Vec<&'t ForeignKey>,
}

impl<'t> Asked<'t> {
    fn of(ctx: &Ctx, before: &Table, after: &'t Table) -> Self {
        let mut res = Self::default();
        // One of them may have got another name.
        let all_stay = before.columns.iter().all(|it| after.column(&it.name).is_some());
        for column in &after.columns {
            let old = before.column(&column.name);
            if old.is_none() && all_stay && ctx.is_sqlite() && needs_no_rows(ctx, after, column) {
                res.refused.push(column);
            }
            if old.is_none_or(takes_null) && !takes_null(column) && !fills_in(ctx, column, old) {
                res.not_null.push(column);
            }
        }
        let held = |it: &Check| it.enforced && !it.not_valid;
        let was = |new: &Check| before.checks.iter().any(|it| held(it) && it.expr == new.expr);
        // MariaDB adds a column without looking at rows.
        let adds = after.columns.iter().any(|it| before.column(&it.name).is_none());
        let is_seen = !(ctx.is_mariadb() && adds);
        let new = after.checks.iter().filter(|it| is_seen && held(it) && !was(it));
        res.checks.extend(new);
        let old: Vec<_> = plain_keys(before).collect();
        res.keys.extend(plain_keys(after).filter(|it| !old.contains(it)));
        if ctx.checks_keys && !ctx.is_sqlite() {
            let held = |it: &ForeignKey| it.enforced && !it.not_valid && !it.period;
            let is_same = |a: &ForeignKey, b: &ForeignKey| {
                a.columns == b.columns && a.references == b.references && a.target == b.target
            };
            let was = |new| before.foreign_keys.iter().any(|it| held(it) && is_same(it, new));
            res.foreign_keys.extend(after.foreign_keys.iter().filter(|it| held(it) && !was(it)));
        }
        res
    }

    fn is_nothing(&self) -> bool {
        self.refused.is_empty()
            && self.not_null.is_empty()
            && self.checks.is_empty()
            && self.keys.is_empty()
            && self.foreign_keys.is_empty()
    }
}

fn takes_null(it: &Column) -> bool {
    it.nullable || it.not_null.as_ref().is_some_and(|it| it.not_valid)
}

/// Whether the server finds a value by itself for rows that have none, or may do so.
fn fills_in(ctx: &Ctx, new: &Column, old: Option<&Column>) -> bool {
    let domain = new.ty.user.as_ref().and_then(|it| ctx.schema.domains.get(it));
    domain.is_some_and(|it| it.default.is_some())
        || ctx.is_mysql() && (old.is_none() || !ctx.modes.is_strict())
}

/// Whether SQLite adds the column to a table without rows alone, but for what it asks of their values
/// (<https://www.sqlite.org/lang_altertable.html#alter_table_add_column>).
fn needs_no_rows(ctx: &Ctx, table: &Table, column: &Column) -> bool {
    let Some(default) = column.default.as_ref().map(|it| constant::bare(it.text())) else {
        return false;
    };
    let is_null = default.eq_ignore_ascii_case("null");
    let refers = || table.foreign_keys.iter().any(|it| it.columns.contains(&column.name));
    // What stands in quotes is a string.
    let is_quoted = ['"', '`', '['].iter().any(|it| default.starts_with(*it));
    let is_constant = is_quoted || constant::is_constant(default);
    !is_constant || ctx.checks_keys && !is_null && refers()
}

impl Run<'_, '_, '_> {
    /// Returns rows that the table certainly has, if there are any.
    fn known_rows(&mut self, table: &Table) -> Option<Vec<Vec<Val>>> {
        let table = self.ctx.schema.tables.shared(&table.name)?;
        let known = self.rows_of(&table.name, &table);
        (!known.rows.is_empty()).then_some(known.rows)
    }

    /// Returns the rows as the columns of `after` hold them.
    fn with_new_columns(
        &mut self,
        before: &Table,
        after: &Table,
        rows: &[Vec<Val>],
    ) -> Res<Vec<Vec<Val>>> {
        let at = |name: &Name| before.columns.iter().position(|it| it.name == *name);
        // One that is not found may have another name now.
        let all_stay = before.columns.iter().all(|it| after.column(&it.name).is_some());
        let mut sources = Vec::new();
        for column in &after.columns {
            let unknown = || Val::unknown(format!("the value of column `{}`", column.name));
            sources.push(match at(&column.name) {
                Some(at) if before.columns[at].ty == column.ty => Ok(at),
                Some(_) => Err(unknown()),
                None if !all_stay => Err(unknown()),
                None if is_empty_by_itself(column) => Err(Val::Null),
                None => Err(self.own_value(column)?),
            });
        }
        let whole = |row: &Vec<Val>| {
            let value =
                |it: &Result<usize, Val>| it.clone().map_or_else(|it| it, |at| row[at].clone());
            sources.iter().map(value).collect()
        };
        Ok(rows.iter().map(whole).collect())
    }

    fn breach_of(
        &mut self,
        asked: &Asked,
        table: &Table,
        rows: &[Vec<Val>],
    ) -> Res<Option<String>> {
        let name = &table.name;
        let at = |name: &Name| table.columns.iter().position(|it| it.name == *name);
        if let Some(it) = asked.refused.first() {
            let own = &it.name;
            let reason =
                format!("table `{name}` has rows, and column `{own}` a default for new ones alone");
            return Ok(Some(reason));
        }
        let holds_null =
            |it: &&&Column| at(&it.name).is_some_and(|at| rows.iter().any(|row| row[at].is_null()));
        if let Some(it) = asked.not_null.iter().find(holds_null) {
            let own = &it.name;
            return Ok(Some(format!("rows of table `{name}` have NULL in column `{own}`")));
        }
        let columns: Vec<String> =
            table.columns.iter().map(|it| it.name.as_str().to_owned()).collect();
        for check in &asked.checks {
            let own = [self.read_check(check)];
            for row in rows {
                if self.is_let_in(&own, &bound(table, &columns, row))? == Ok(false) {
                    let reason =
                        format!("rows of table `{name}` do not meet `{}`", check.expr.text());
                    return Ok(Some(reason));
                }
            }
        }
        for key in &asked.keys {
            let part = |name: &&Name| {
                let at = at(name)?;
                Some((at, ignores_case(self.ctx, table, &table.columns[at])))
            };
            let parts: Option<Vec<(usize, bool)>> = key.iter().map(part).collect();
            if parts.is_some_and(|it| has_twins(rows, &it)) {
                let key = key.iter().map(|it| it.as_str()).collect::<Vec<_>>().join(", ");
                return Ok(Some(format!("rows of table `{name}` are alike in ({key})")));
            }
        }
        for key in &asked.foreign_keys {
            if self.has_orphan(table, key, rows) {
                let target = &key.references;
                return Ok(Some(format!("rows of table `{name}` refer to none of `{target}`")));
            }
        }
        Ok(None)
    }

    /// Whether a row certainly refers to nothing.
    fn has_orphan(&mut self, table: &Table, key: &ForeignKey, rows: &[Vec<Val>]) -> bool {
        let own: Option<Vec<usize>> = key
            .columns
            .iter()
            .map(|it| table.columns.iter().position(|column| column.name == *it))
            .collect();
        let Some(parent) = self.ctx.schema.tables.shared(&key.references) else { return false };
        let known = self.rows_of(&key.references, &parent);
        let primary = parent.primary_key.as_ref().filter(|_| key.target.is_empty());
        let target: Option<Vec<usize>> = primary
            .map_or(&key.target, |it| &it.columns)
            .iter()
            .map(|it| parent.columns.iter().position(|column| column.name == *it))
            .collect();
        let (None, Some(own), Some(target)) = (&known.unknown, own, target) else { return false };
        let differs = |row: &[Val], other: &[Val]| {
            let mut pairs = own.iter().zip(&target);
            pairs.any(|(a, b)| is_certainly_other(&row[*a], &other[*b]))
        };
        let is_set = |row: &[Val], at: usize| match row[at].why_unknown() {
            // Whatever it is, it is not among none.
            Some(_) => known.rows.is_empty() && !table.columns[at].nullable,
            None => !row[at].is_null(),
        };
        let is_checked = own_or_beside(self.ctx, table, key, own.clone());
        let is_whole = |row: &&Vec<Val>| is_checked.iter().all(|it| is_set(row, *it));
        rows.iter().filter(is_whole).any(|row| known.rows.iter().all(|it| differs(row, it)))
    }
}

fn is_certainly_other(a: &Val, b: &Val) -> bool {
    matches!(a.compare(b, true), Ok(Some(Ordering::Less | Ordering::Greater)))
}

/// Whether two rows are alike in all these columns, of which some are compared without regard to case.
fn has_twins(rows: &[Vec<Val>], key: &[(usize, bool)]) -> bool {
    let mut seen = BTreeSet::new();
    rows.iter().any(|row| told(row, key.iter().copied()).is_some_and(|it| !seen.insert(it)))
}

/// Whether the column's collation is known to make no difference of case.
fn ignores_case(ctx: &Ctx, table: &Table, column: &Column) -> bool {
    let collate = column.collate.as_deref();
    let collate = || collate.unwrap_or_else(|| ctx.dialect.table_collate(table));
    ctx.is_mysql() && collate().ends_with("_ci")
}

/// Returns the columns that are all set in a row that is looked at. MySQL looks at what its index holds, and at no row of
/// which a part is NULL there, be it the key's or not.
fn own_or_beside(ctx: &Ctx, table: &Table, key: &ForeignKey, own: Vec<usize>) -> Vec<usize> {
    if !ctx.is_mysql() || ctx.is_mariadb() {
        return own;
    }
    let uniques = table.uniques.iter().map(|it| it.columns.clone());
    let named = |it: &IndexColumn| match &it.key {
        IndexKey::Column(name) => Some(name.clone()),
        IndexKey::Expr(_) => None,
    };
    let indexes = table.indexes.iter().map(|it| it.columns.iter().filter_map(named).collect());
    let beside =
        uniques.chain(indexes).filter(|it: &Vec<Name>| it.starts_with(&key.columns)).flatten();
    let at = |name: Name| table.columns.iter().position(|it| it.name == name);
    own.into_iter().chain(beside.filter_map(at)).collect()
}
