//! The sources of a query, row by row.

use super::{
    Res, Run,
    lookup::Lookup,
    ops::binary,
    relation::Hints,
    scope::{Bound, Scope},
    select::Table,
    value::Val,
};
use crate::sql::ast::{Ex, From, Join, Select, Source};

/// A source of a query with its rows.
pub(super) struct Joined<'q> {
    pub from: &'q From,
    pub alias: String,
    pub table: Table,
}

/// For each source the number of its row; `None` is a row of NULLs.
pub(super) type Combination = Vec<Option<usize>>;

impl Run<'_, '_, '_> {
    pub(super) fn join(
        &mut self,
        (select, sources): (&Select, &[Joined]),
        outer: &Scope,
        doubt: &mut Option<String>,
    ) -> Res<Vec<Combination>> {
        let mut res: Vec<Combination> = vec![Vec::new()];
        for (n, source) in sources.iter().enumerate() {
            let mut next = Vec::new();
            // What MySQL compares without regard to case is compared row by row.
            let lookup = Some(n).filter(|it| *it > 0 && self.ctx.is_postgres());
            let lookup = lookup.and_then(|it| Lookup::new(select, sources, it));
            let all: Vec<usize> = (0..source.table.rows.len()).collect();
            for combination in res {
                let mut found = false;
                let some = lookup.as_ref().and_then(|it| it.rows(sources, &combination));
                for &at in some.unwrap_or(&all) {
                    if !self.tick(self.span()) {
                        *doubt = Some("the query takes too many steps".to_owned());
                        return Ok(Vec::new());
                    }
                    let mut longer = combination.clone();
                    longer.push(Some(at));
                    let rows = bind(&sources[..=n], &longer);
                    let scope = Scope { rows: &rows, outer: Some(outer), unknown: None };
                    let holds = self.matches(source.from, &scope, &rows)?;
                    match holds {
                        Ok(true) => {
                            found = true;
                            next.push(longer);
                        }
                        Ok(false) => {}
                        Err(reason) => *doubt = Some(reason),
                    }
                }
                if source.from.join == Join::Left && !found {
                    let mut longer = combination;
                    longer.push(None);
                    next.push(longer);
                }
            }
            res = next;
        }
        Ok(res)
    }

    fn matches(&mut self, from: &From, scope: &Scope, rows: &[Bound]) -> Res<Result<bool, String>> {
        for name in &from.using {
            let (Some(own), Some(other)) = (
                rows.last().and_then(|it| it.column(name)),
                rows[..rows.len() - 1].iter().find_map(|it| it.column(name)),
            ) else {
                return Ok(Err(format!("the column `{name}`")));
            };
            match binary(self.ctx, "=", &own, &other).truth() {
                Ok(Some(true)) => {}
                Ok(_) => return Ok(Ok(false)),
                Err(reason) => return Ok(Err(reason)),
            }
        }
        self.holds(from.on.as_ref(), scope)
    }

    /// Returns what a condition says the columns of a source are equal to.
    pub(super) fn hints(&mut self, select: &Select, alias: &str, outer: &Scope) -> Res<Hints> {
        let mut res = Hints::default();
        for (a, b) in equalities(select, alias) {
            for (name, value) in [(a, b), (b, a)] {
                let Ex::Name(path) = name else { continue };
                let of_it = path.len() == 1 || path[path.len() - 2] == alias;
                if of_it && let Some(value) = self.constant(value, outer)? {
                    let name = path.last().map(|it| it.to_lowercase()).unwrap_or_default();
                    match value {
                        Val::Text(it) => res.texts.push((name, it)),
                        Val::Object(_, it) => res.objects.push((name, it)),
                        _ => {}
                    }
                }
            }
        }
        Ok(res)
    }

    fn constant(&mut self, ex: &Ex, outer: &Scope) -> Res<Option<Val>> {
        let is_constant = match ex {
            Ex::Text(_) => true,
            Ex::Cast(it, ty) => {
                matches!(&**it, Ex::Text(_)) && matches!(ty.as_str(), "text" | "name" | "regclass")
            }
            Ex::Name(path) => path.iter().all(|it| self.vars.get(&it.to_lowercase()).is_some()),
            _ => false,
        };
        if !is_constant {
            return Ok(None);
        }
        self.eval(ex, outer).map(Some)
    }
}

/// Returns what has to be equal in all rows of the query that hold one of the source.
pub(super) fn equalities<'q>(select: &'q Select, alias: &str) -> Vec<(&'q Ex, &'q Ex)> {
    // What an outer join is on says nothing about the rows on its left: they stay.
    let binds = |it: &&From| it.join != Join::Left || own_name(it) == alias;
    let joins = select.from.iter().filter(binds).filter_map(|it| it.on.as_ref());
    let mut queue: Vec<&Ex> = select.filter.iter().chain(joins).collect();
    let mut res = Vec::new();
    while let Some(ex) = queue.pop() {
        let Ex::Binary(op, a, b) = ex else { continue };
        match op.as_str() {
            "AND" => queue.extend([&**a, &**b]),
            "=" => res.push((&**a, &**b)),
            _ => {}
        }
    }
    res
}

/// Returns the name that columns of the source are qualified by.
pub(super) fn own_name(from: &From) -> &str {
    match (&from.alias, &from.source) {
        (Some(alias), _) => alias,
        (None, Source::Relation(_, name)) => name,
        (None, Source::Function(call)) => &call.name,
        (None, _) => "",
    }
}

pub(super) fn bind<'b>(sources: &'b [Joined], combination: &[Option<usize>]) -> Vec<Bound<'b>> {
    let rows = sources.iter().zip(combination).map(|(source, at)| Bound {
        alias: &source.alias,
        columns: &source.table.columns,
        row: at.map(|it| source.table.rows[it].as_slice()),
        open: source.table.open.as_deref(),
    });
    rows.collect()
}
