//! Queries into rows.

use super::{
    Res, Run,
    join::{Combination, Joined, bind, own_name},
    scope::{Bound, Scope},
    value::Val,
};
use crate::sql::ast::{Body, Ex, Item, Query, Select};

/// Rows, as far as they are known.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<Val>>,
    /// Why there may be other rows than these.
    pub unknown: Option<String>,
    /// Why there may be other columns than these.
    pub open: Option<String>,
}

impl Table {
    /// From now on there may be other rows.
    pub(super) fn lose_count(&mut self) {
        self.unknown.get_or_insert_with(|| "what is written to a table is not known".to_owned());
    }

    pub(super) fn unknown(reason: impl Into<String>) -> Self {
        let reason = reason.into();
        Self { unknown: Some(reason.clone()), open: Some(reason), ..Self::default() }
    }

    /// Returns the value of a query that stands for one.
    pub(super) fn scalar(&self) -> Val {
        match (&self.unknown, self.rows.first()) {
            (Some(reason), _) => Val::unknown(reason.clone()),
            (None, Some(row)) => row.first().cloned().unwrap_or(Val::Null),
            (None, None) => Val::Null,
        }
    }

    pub(super) fn first_column(&self) -> Vec<Val> {
        self.rows.iter().map(|it| it.first().cloned().unwrap_or(Val::Null)).collect()
    }
}

impl Run<'_, '_, '_> {
    pub(super) fn query(&mut self, query: &Query, outer: &Scope) -> Res<Table> {
        let n_known = self.queries.len();
        for (name, cte) in &query.with {
            let table = self.query(cte, outer)?;
            self.queries.push((name.clone(), table));
        }
        let res = self.body(&query.body, query, outer);
        self.queries.truncate(n_known);
        let mut table = res?;
        if !matches!(query.body, Body::Select(_)) {
            self.sort(&mut table, &query.order_by, outer)?;
        }
        self.limit(&mut table, query, outer)?;
        Ok(table)
    }

    fn body(&mut self, body: &Body, query: &Query, outer: &Scope) -> Res<Table> {
        Ok(match body {
            Body::Select(select) => self.select(select, &query.order_by, outer)?,
            Body::Query(inner) => self.query(inner, outer)?,
            Body::Union { left, right, all } => {
                let mut table = self.body(left, query, outer)?;
                let other = self.body(right, query, outer)?;
                table.rows.extend(other.rows);
                table.unknown = table.unknown.or(other.unknown);
                if !all {
                    distinct(&mut table.rows);
                }
                table
            }
            Body::Values(rows) => {
                let width = rows.first().map_or(0, Vec::len);
                let columns = (1..=width).map(|n| format!("column{n}")).collect();
                let rows: Res<Vec<_>> = rows.iter().map(|it| self.all(it, outer)).collect();
                Table { columns, rows: rows?, ..Table::default() }
            }
            Body::Opaque(reason) => Table::unknown(reason.clone()),
        })
    }

    fn select(&mut self, select: &Select, order: &[(Ex, bool)], outer: &Scope) -> Res<Table> {
        let mut sources: Vec<Joined> = Vec::new();
        for from in &select.from {
            let alias = own_name(from).to_owned();
            let hints = self.hints(select, &alias, outer)?;
            let mut table = self.source(from, &hints, outer)?;
            for (own, given) in table.columns.iter_mut().zip(&from.columns) {
                own.clone_from(given);
            }
            sources.push(Joined { from, alias, table });
        }
        let unknown = sources.iter().find_map(|it| it.table.unknown.clone());
        self.check_names(select, &sources, outer)?;
        let mut doubt = unknown.clone();
        let combinations = self.join((select, &sources), outer, &mut doubt)?;
        let mut kept: Vec<Combination> = Vec::new();
        for combination in combinations {
            let rows = bind(&sources, &combination);
            let scope = Scope { rows: &rows, outer: Some(outer), unknown: None };
            match self.holds(select.filter.as_ref(), &scope)? {
                Ok(true) => kept.push(combination),
                Ok(false) => {}
                Err(reason) => doubt = doubt.or(Some(reason)),
            }
        }
        // A condition that holds for no row needs none to be known.
        if doubt.is_some() && unknown.is_some() && self.is_never(select.filter.as_ref(), outer)? {
            doubt = None;
        }
        let groups = aggregates(select);
        let mut table = if groups {
            self.grouped(select, &sources, kept, doubt, (order, outer))?
        } else {
            self.projected(select, &sources, &kept, doubt, (order, outer))?
        };
        if select.distinct {
            distinct(&mut table.rows);
        }
        Ok(table)
    }

    fn projected(
        &mut self,
        select: &Select,
        sources: &[Joined],
        kept: &[Combination],
        doubt: Option<String>,
        (order, outer): (&[(Ex, bool)], &Scope),
    ) -> Res<Table> {
        let mut table = Table { columns: columns(select, sources), ..Table::default() };
        table.open = sources.iter().find_map(|it| it.table.open.clone());
        table.unknown = doubt;
        let mut keyed = Vec::new();
        for combination in kept {
            let rows = bind(sources, combination);
            let scope = Scope { rows: &rows, outer: Some(outer), unknown: None };
            let row = self.items(select, &scope)?;
            // A function that returns a set makes a row of each member.
            if let [Val::List(items)] = row.as_slice()
                && unnests(select)
            {
                keyed.extend(items.iter().map(|it| (Vec::new(), vec![it.clone()])));
                continue;
            }
            let keys = self.keys(order, &table.columns, &row, &scope)?;
            keyed.push((keys, row));
        }
        let ignore_case = self.ctx.is_mysql();
        keyed.sort_by(|a, b| compare_keys(&a.0, &b.0, order, ignore_case));
        table.rows = keyed.into_iter().map(|it| it.1).collect();
        Ok(table)
    }

    /// Evaluates what is selected of one row.
    fn items(&mut self, select: &Select, scope: &Scope) -> Res<Vec<Val>> {
        let mut row = Vec::new();
        for item in &select.items {
            match item {
                Item::Ex(ex, _) => row.push(self.eval(ex, scope)?),
                Item::All(of) => {
                    let of_it = |it: &&Bound| of.as_ref().is_none_or(|of| it.alias == of);
                    for bound in scope.rows.iter().filter(of_it) {
                        row.extend(bound.columns.iter().filter_map(|it| bound.column(it)));
                    }
                }
            }
        }
        Ok(row)
    }

    fn grouped(
        &mut self,
        select: &Select,
        sources: &[Joined],
        kept: Vec<Combination>,
        doubt: Option<String>,
        (order, outer): (&[(Ex, bool)], &Scope),
    ) -> Res<Table> {
        let mut groups: Vec<(Vec<Val>, Vec<Combination>)> = Vec::new();
        for combination in kept {
            let rows = bind(sources, &combination);
            let scope = Scope { rows: &rows, outer: Some(outer), unknown: None };
            let key = self.all(&select.group_by, &scope)?;
            match groups.iter_mut().find(|it| it.0 == key) {
                Some(group) => group.1.push(combination),
                None => groups.push((key, vec![combination])),
            }
        }
        if groups.is_empty() && select.group_by.is_empty() {
            groups.push((Vec::new(), Vec::new()));
        }
        let mut table = Table { columns: columns(select, sources), ..Table::default() };
        table.unknown = doubt.clone().filter(|_| !select.group_by.is_empty());
        let mut keyed = Vec::new();
        for (_, members) in groups {
            let bound: Vec<Vec<Bound>> = members.iter().map(|it| bind(sources, it)).collect();
            let first =
                bound.first().cloned().unwrap_or_else(|| bind(sources, &vec![None; sources.len()]));
            let scope = Scope { rows: &first, outer: Some(outer), unknown: doubt.as_deref() };
            self.groups.push(bound.iter().map(|it| own_rows(it)).collect());
            let holds = self.holds(select.having.as_ref(), &scope);
            let row = self.items(select, &scope);
            let keys = row.as_ref().ok().map(|row| self.keys(order, &table.columns, row, &scope));
            self.groups.pop();
            match holds? {
                Ok(true) => keyed.push((keys.transpose()?.unwrap_or_default(), row?)),
                Ok(false) => {}
                Err(reason) => table.unknown = Some(reason),
            }
        }
        let ignore_case = self.ctx.is_mysql();
        keyed.sort_by(|a, b| compare_keys(&a.0, &b.0, order, ignore_case));
        table.rows = keyed.into_iter().map(|it| it.1).collect();
        Ok(table)
    }

    pub(super) fn holds(
        &mut self,
        filter: Option<&Ex>,
        scope: &Scope,
    ) -> Res<Result<bool, String>> {
        let Some(filter) = filter else { return Ok(Ok(true)) };
        Ok(self.eval(filter, scope)?.truth().map(|it| it == Some(true)))
    }

    /// Whether a condition holds for no row, whatever it be.
    fn is_never(&mut self, filter: Option<&Ex>, outer: &Scope) -> Res<bool> {
        let Some(filter) = filter else { return Ok(false) };
        let value = self.eval(filter, outer)?;
        Ok(matches!(value.truth(), Ok(it) if it != Some(true)))
    }

    fn sort(&mut self, table: &mut Table, order: &[(Ex, bool)], outer: &Scope) -> Res {
        if order.is_empty() {
            return Ok(());
        }
        let mut keyed = Vec::new();
        for row in std::mem::take(&mut table.rows) {
            let keys = self.keys(order, &table.columns, &row, outer)?;
            keyed.push((keys, row));
        }
        let ignore_case = self.ctx.is_mysql();
        keyed.sort_by(|a, b| compare_keys(&a.0, &b.0, order, ignore_case));
        table.rows = keyed.into_iter().map(|it| it.1).collect();
        Ok(())
    }

    /// Returns what a row is sorted by: columns of the result by name or number, or expressions.
    fn keys(
        &mut self,
        order: &[(Ex, bool)],
        columns: &[String],
        row: &[Val],
        scope: &Scope,
    ) -> Res<Vec<Val>> {
        let mut res = Vec::new();
        for (ex, _) in order {
            let at = match ex {
                Ex::Name(path) if path.len() == 1 => columns.iter().position(|it| *it == path[0]),
                Ex::Number(it) => it.parse::<usize>().ok().and_then(|it| it.checked_sub(1)),
                _ => None,
            };
            res.push(match at.and_then(|it| row.get(it)) {
                Some(value) => value.clone(),
                None => self.eval(ex, scope)?,
            });
        }
        Ok(res)
    }

    fn limit(&mut self, table: &mut Table, query: &Query, outer: &Scope) -> Res {
        let mut number = |ex: &Option<Ex>| -> Res<Option<usize>> {
            let Some(ex) = ex else { return Ok(None) };
            Ok(self.eval(ex, outer)?.int().and_then(|it| usize::try_from(it).ok()))
        };
        let (limit, offset) = (number(&query.limit)?, number(&query.offset)?);
        if let Some(offset) = offset {
            table.rows.drain(..offset.min(table.rows.len()));
        }
        if let Some(limit) = limit {
            table.rows.truncate(limit);
        }
        Ok(())
    }
}

/// Copies rows, so that aggregates can look at them.
fn own_rows(rows: &[Bound]) -> Vec<(String, Vec<String>, Vec<Val>)> {
    let own = rows.iter().map(|it| {
        let row = it.columns.iter().map(|name| it.column(name).unwrap_or(Val::Null));
        (it.alias.to_owned(), it.columns.to_vec(), row.collect())
    });
    own.collect()
}

fn columns(select: &Select, sources: &[Joined]) -> Vec<String> {
    let mut res = Vec::new();
    for item in &select.items {
        match item {
            Item::Ex(_, name) => res.push(name.clone()),
            Item::All(of) => {
                let of_it = |it: &&Joined| of.as_ref().is_none_or(|of| it.alias == *of);
                res.extend(sources.iter().filter(of_it).flat_map(|it| it.table.columns.clone()));
            }
        }
    }
    res
}

fn aggregates(select: &Select) -> bool {
    let in_item = |it: &Item| matches!(it, Item::Ex(ex, _) if super::aggregate::has(ex));
    !select.group_by.is_empty() || select.having.is_some() || select.items.iter().any(in_item)
}

fn unnests(select: &Select) -> bool {
    const SETS: [&str; 2] = ["generate_series", "unnest"];
    matches!(&select.items[..], [Item::Ex(Ex::Call(it), _)] if SETS.contains(&it.name.as_str()))
}

fn distinct(rows: &mut Vec<Vec<Val>>) {
    let mut seen: Vec<Vec<Val>> = Vec::new();
    rows.retain(|it| {
        let is_new = !seen.contains(it);
        if is_new {
            seen.push(it.clone());
        }
        is_new
    });
}

pub(super) fn compare_keys(
    a: &[Val],
    b: &[Val],
    order: &[(Ex, bool)],
    ignore_case: bool,
) -> std::cmp::Ordering {
    for ((a, b), (_, descending)) in a.iter().zip(b).zip(order) {
        let res = a.compare(b, ignore_case).ok().flatten().unwrap_or(std::cmp::Ordering::Equal);
        if res.is_ne() {
            return if *descending { res.reverse() } else { res };
        }
    }
    std::cmp::Ordering::Equal
}
