//! What the FROM clause of a query reads.

use sqlparser::ast::{Join, JoinConstraint, JoinOperator, TableAlias, TableFactor, TableWithJoins};

use super::{Affinity, Readable, ResultColumn, reader::Reader};
use crate::sql::canon::table_function;

/// A table in the FROM clause.
pub(super) struct Source {
    pub(super) alias: String,
    pub(super) readable: Readable,
    /// Columns that `*` shows in a table before.
    merged: Vec<String>,
}

impl Source {
    pub(super) fn is_merged(&self, name: &str) -> bool {
        self.merged.iter().any(|it| it.eq_ignore_ascii_case(name))
    }

    pub(super) fn column(&self, name: &str) -> Option<ResultColumn> {
        self.readable.columns.iter().find(|it| it.name.eq_ignore_ascii_case(name)).cloned()
    }

    /// Returns the number of the row, if that is what the name means.
    pub(super) fn number(&self, name: &str) -> Option<ResultColumn> {
        let is_number = ["rowid", "oid", "_rowid_"].iter().any(|it| name.eq_ignore_ascii_case(it));
        let name = self.readable.rowid.clone().filter(|_| is_number)?;
        Some(ResultColumn { name, affinity: Affinity::Integer })
    }
}

impl Reader<'_> {
    /// Returns what the clause reads; nothing where that is not known.
    pub(super) fn sources(&mut self, from: &[TableWithJoins]) -> Option<Vec<Source>> {
        let mut res = Vec::new();
        for it in from {
            self.add(it, &mut res)?;
        }
        Some(res)
    }

    fn add(&mut self, it: &TableWithJoins, res: &mut Vec<Source>) -> Option<()> {
        self.factor(&it.relation, res)?;
        for join in &it.joins {
            self.join(join, res)?;
        }
        Some(())
    }

    fn join(&mut self, join: &Join, res: &mut Vec<Source>) -> Option<()> {
        let n_before = res.len();
        self.factor(&join.relation, res)?;
        let (JoinOperator::Join(constraint)
        | JoinOperator::Inner(constraint)
        | JoinOperator::CrossJoin(constraint)
        | JoinOperator::Left(constraint)
        | JoinOperator::LeftOuter(constraint)) = &join.join_operator
        else {
            return None;
        };
        let (before, new) = res.split_at_mut(n_before);
        let is_before = |name: &str| before.iter().any(|it| it.column(name).is_some());
        for source in new {
            match constraint {
                JoinConstraint::Using(names) => {
                    let names = names.iter().filter_map(|it| it.0.last()?.as_ident());
                    source.merged = names.map(|it| it.value.clone()).collect();
                }
                JoinConstraint::Natural => {
                    let names = source.readable.columns.iter().map(|it| it.name.clone());
                    source.merged = names.filter(|it| is_before(it)).collect();
                }
                JoinConstraint::On(_) | JoinConstraint::None => {}
            }
        }
        Some(())
    }

    fn factor(&mut self, it: &TableFactor, res: &mut Vec<Source>) -> Option<()> {
        let (name, readable, alias) = match it {
            TableFactor::Table { name, args, alias, .. } => {
                let mut parts = name.0.iter().rev().filter_map(|it| it.as_ident());
                let own = parts.next()?.value.as_str();
                let schema = parts.next().map(|it| it.value.as_str());
                let readable = match args {
                    Some(_) => function(own)?,
                    None => self.named(schema, own)?,
                };
                (own.to_owned(), readable, alias)
            }
            TableFactor::Derived { subquery, alias, .. } => {
                let columns = self.query(subquery)?;
                (String::new(), Readable { columns, rowid: None }, alias)
            }
            TableFactor::NestedJoin { table_with_joins, alias: None } => {
                return self.add(table_with_joins, res);
            }
            _ => return None,
        };
        let alias = alias.as_ref().map(|it: &TableAlias| it.name.value.clone());
        res.push(Source { alias: alias.unwrap_or(name), readable, merged: Vec::new() });
        Some(())
    }

    fn named(&self, schema: Option<&str>, name: &str) -> Option<Readable> {
        let mut own = self.with.iter().rev().filter(|_| schema.is_none());
        match own.find(|it| it.0.eq_ignore_ascii_case(name)) {
            Some((_, columns)) => Some(Readable { columns: columns.clone(), rowid: None }),
            None => (self.known)(schema, name),
        }
    }
}

/// Returns what a function in the FROM clause gives.
fn function(name: &str) -> Option<Readable> {
    let names = table_function(&name.to_ascii_lowercase())?;
    let column = |it: &&str| ResultColumn { name: (*it).to_owned(), affinity: Affinity::Blob };
    Some(Readable { columns: names.iter().map(column).collect(), rowid: None })
}
