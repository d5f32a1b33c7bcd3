//! What a query reads: tables, queries and calls, and how they are joined.

use sqlparser::ast::{
    FunctionArg, FunctionArgExpr, Join, JoinConstraint, JoinOperator, ObjectName, TableAlias,
    TableAliasColumnDef, TableFactor, TableFunctionArgs, TableWithJoins,
};

use super::Reader;

/// Makes a join of its condition.
type Joining = fn(JoinConstraint) -> JoinOperator;

/// The words of a join, the longest first.
static JOINS: &[(&[&str], Joining)] = &[
    (&["join"], JoinOperator::Join),
    (&["inner", "join"], JoinOperator::Inner),
    (&["left", "outer", "join"], JoinOperator::LeftOuter),
    (&["left", "join"], JoinOperator::Left),
    (&["right", "outer", "join"], JoinOperator::RightOuter),
    (&["right", "join"], JoinOperator::Right),
    (&["cross", "join"], JoinOperator::CrossJoin),
];

impl Reader<'_> {
    pub(super) fn joined_tables(&mut self) -> Option<TableWithJoins> {
        let relation = self.factor()?;
        let mut joins = Vec::new();
        while let Some((words, joining)) = JOINS.iter().find(|it| self.eat_all(it.0)) {
            let relation = self.factor()?;
            let constraint = if words[0] == "cross" {
                JoinConstraint::None
            } else if self.eat("on") {
                JoinConstraint::On(self.expr()?)
            } else if self.eat("using") {
                let column = |it: &mut Self| Some(ObjectName::from(vec![it.part()?]));
                JoinConstraint::Using(self.nested(|it| it.list(column))?)
            } else {
                return None;
            };
            joins.push(Join { relation, global: false, join_operator: joining(constraint) });
        }
        Some(TableWithJoins { relation, joins })
    }

    fn factor(&mut self) -> Option<TableFactor> {
        let lateral = self.is_postgres() && self.eat("lateral");
        if self.next() == b'(' {
            return self.in_parentheses(lateral);
        }
        if lateral {
            let name = self.target()?;
            let args = self.arguments()?.args;
            let alias = self.table_alias();
            return Some(TableFactor::Function {
                lateral,
                name,
                args,
                with_ordinality: false,
                alias,
            });
        }
        let name = self.table_name()?;
        let is_call = self.next() == b'(';
        let args = self.rest(is_call, Self::arguments);
        let alias = self.table_alias();
        Some(TableFactor::Table {
            name,
            alias,
            args,
            with_hints: Vec::new(),
            version: None,
            with_ordinality: false,
            partitions: Vec::new(),
            json_path: None,
            sample: None,
            index_hints: Vec::new(),
        })
    }

    /// Reads a query, or tables that are joined before others are.
    fn in_parentheses(&mut self, lateral: bool) -> Option<TableFactor> {
        let start = self.at;
        self.at += 1;
        let is_query = self.starts_query();
        self.at = start;
        if is_query {
            let subquery = Box::new(self.nested(Self::query)?);
            let alias = self.table_alias();
            return Some(TableFactor::Derived { lateral, subquery, alias, sample: None });
        }
        let tables = self.nested(Self::joined_tables).filter(|_| !lateral)?;
        let is_join =
            !tables.joins.is_empty() || matches!(tables.relation, TableFactor::NestedJoin { .. });
        let (table_with_joins, alias) = (Box::new(tables), self.table_alias());
        is_join.then_some(TableFactor::NestedJoin { table_with_joins, alias })
    }

    fn arguments(&mut self) -> Option<TableFunctionArgs> {
        let argument =
            |it: &mut Self| Some(FunctionArg::Unnamed(FunctionArgExpr::Expr(it.expr()?)));
        let args =
            self.nested(|it| if it.next() == b')' { Some(Vec::new()) } else { it.list(argument) })?;
        Some(TableFunctionArgs { args, settings: None })
    }

    fn table_alias(&mut self) -> Option<TableAlias> {
        let (explicit, name) = self.alias()?;
        let columns = self.alias_columns();
        Some(TableAlias { explicit, name, columns, at: None })
    }

    /// Reads the names of columns in parentheses, if there are any.
    pub(super) fn alias_columns(&mut self) -> Vec<TableAliasColumnDef> {
        let column =
            |it: &mut Self| Some(TableAliasColumnDef { name: it.part()?, data_type: None });
        let has_begun = self.next() == b'(';
        self.rest(has_begun, |it| it.nested(|it| it.list(column))).unwrap_or_default()
    }
}
