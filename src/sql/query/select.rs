//! sqlparser's queries into trees to be evaluated.

use sqlparser::ast::{
    Distinct, Expr, GroupByExpr, Join as Joined, JoinConstraint, JoinOperator, LimitClause,
    OrderByKind, Query as Parsed, Select as ParsedSelect, SelectItem,
    SelectItemQualifiedWildcardKind, SetExpr, SetOperator, SetQuantifier, TableAlias, TableFactor,
    TableWithJoins,
};

use super::Lower;
use crate::sql::ast::{Body, Call, Ex, From, Item, Join, Query, Select, Source};

impl Lower<'_> {
    pub(super) fn query(&self, it: &Parsed) -> Query {
        let ctes = it.with.iter().flat_map(|it| &it.cte_tables);
        let with = ctes.map(|it| {
            let mut query = self.query(&it.query);
            name_columns(&mut query, it.alias.columns.iter().map(|it| self.name(&it.name)));
            (self.name(&it.alias.name), query)
        });
        let mut res = Query {
            with: with.collect(),
            body: self.body(&it.body),
            order_by: Vec::new(),
            limit: it.fetch.as_ref().and_then(|it| it.quantity.as_ref()).map(|it| self.ex(it)),
            offset: None,
        };
        if it.with.as_ref().is_some_and(|it| it.recursive) {
            res.body = Body::Opaque("a recursive query".to_owned());
        }
        if let Some(order) = &it.order_by {
            match &order.kind {
                OrderByKind::Expressions(list) => res.order_by = self.order(list),
                OrderByKind::All(_) => res.body = Body::Opaque("`order by all`".to_owned()),
            }
        }
        match &it.limit_clause {
            Some(LimitClause::LimitOffset { limit, offset, .. }) => {
                res.limit = limit.as_ref().map(|it| self.ex(it)).or(res.limit);
                res.offset = offset.as_ref().map(|it| self.ex(&it.value));
            }
            Some(LimitClause::OffsetCommaLimit { offset, limit }) => {
                res.limit = Some(self.ex(limit));
                res.offset = Some(self.ex(offset));
            }
            None => {}
        }
        res
    }

    fn body(&self, it: &SetExpr) -> Body {
        match it {
            SetExpr::Select(it) => Body::Select(Box::new(self.select(it))),
            SetExpr::Query(it) => Body::Query(Box::new(self.query(it))),
            SetExpr::SetOperation { op: SetOperator::Union, set_quantifier, left, right } => {
                let all = *set_quantifier == SetQuantifier::All;
                Body::Union {
                    left: Box::new(self.body(left)),
                    right: Box::new(self.body(right)),
                    all,
                }
            }
            SetExpr::Values(it) => {
                Body::Values(it.rows.iter().map(|it| self.all(&it.content)).collect())
            }
            SetExpr::SetOperation { op, .. } => Body::Opaque(op.to_string().to_lowercase()),
            _ => Body::Opaque("a statement that writes rows".to_owned()),
        }
    }

    fn select(&self, it: &ParsedSelect) -> Select {
        let mut res = Select {
            distinct: matches!(it.distinct, Some(Distinct::Distinct)),
            items: it.projection.iter().map(|it| self.item(it)).collect(),
            from: it.from.iter().flat_map(|it| self.joined(it)).collect(),
            filter: it.selection.as_ref().map(|it| self.ex(it)),
            group_by: Vec::new(),
            having: it.having.as_ref().map(|it| self.ex(it)),
        };
        match &it.group_by {
            GroupByExpr::Expressions(list, with) if with.is_empty() => {
                res.group_by = self.all(list);
            }
            other => res.group_by = vec![Ex::Opaque(other.to_string())],
        }
        if matches!(it.distinct, Some(Distinct::On(_))) {
            res.filter = Some(Ex::Opaque("`distinct on`".to_owned()));
        }
        res
    }

    fn item(&self, it: &SelectItem) -> Item {
        match it {
            SelectItem::UnnamedExpr(it) => Item::Ex(self.ex(it), self.column_name(it)),
            SelectItem::ExprWithAlias { expr, alias } => Item::Ex(self.ex(expr), self.name(alias)),
            SelectItem::Wildcard(_) => Item::All(None),
            SelectItem::QualifiedWildcard(SelectItemQualifiedWildcardKind::ObjectName(it), _) => {
                Item::All(Some(self.qualified(it).1))
            }
            other => Item::Ex(Ex::Opaque(other.to_string()), String::new()),
        }
    }

    /// Returns the name that the server gives an unnamed column.
    fn column_name(&self, it: &Expr) -> String {
        match it {
            Expr::Identifier(it) => self.name(it),
            Expr::CompoundIdentifier(parts) => {
                parts.last().map(|it| self.name(it)).unwrap_or_default()
            }
            Expr::Function(it) => self.qualified(&it.name).1.to_ascii_lowercase(),
            Expr::Cast { expr, .. } | Expr::Nested(expr) => self.column_name(expr),
            Expr::Exists { .. } => "exists".to_owned(),
            _ => "?column?".to_owned(),
        }
    }

    fn joined(&self, it: &TableWithJoins) -> Vec<From> {
        let mut res = self.factor(&it.relation);
        for join in &it.joins {
            res.extend(self.join(join));
        }
        res
    }

    fn join(&self, join: &Joined) -> Vec<From> {
        let mut res = self.factor(&join.relation);
        let (kind, constraint) = match &join.join_operator {
            JoinOperator::Join(it) | JoinOperator::Inner(it) => (Join::Inner, it),
            JoinOperator::Left(it) | JoinOperator::LeftOuter(it) => (Join::Left, it),
            JoinOperator::CrossJoin(it) => (Join::Cross, it),
            _ => return vec![opaque("a join of another kind")],
        };
        if res.len() != 1 {
            return vec![opaque("a nested join")];
        }
        let first = &mut res[0];
        first.join = kind;
        match constraint {
            JoinConstraint::On(it) => first.on = Some(self.ex(it)),
            JoinConstraint::Using(names) => {
                first.using = names.iter().map(|it| self.qualified(it).1).collect();
            }
            JoinConstraint::Natural => return vec![opaque("a natural join")],
            JoinConstraint::None => {}
        }
        res
    }

    fn factor(&self, it: &TableFactor) -> Vec<From> {
        let (source, alias) = match it {
            TableFactor::Table { name, alias, args: Some(args), .. } => {
                (Source::Function(self.call(name, &args.args)), alias)
            }
            TableFactor::Table { name, alias, .. } => {
                let (schema, name) = self.qualified(name);
                (Source::Relation(schema, name), alias)
            }
            TableFactor::Derived { subquery, alias, .. } => {
                (Source::Query(Box::new(self.query(subquery))), alias)
            }
            TableFactor::Function { name, args, alias, .. } => {
                (Source::Function(self.call(name, args)), alias)
            }
            TableFactor::UNNEST { alias, array_exprs, .. } => {
                let call = Call {
                    name: "unnest".to_owned(),
                    args: self.all(array_exprs),
                    ..Call::default()
                };
                (Source::Function(call), alias)
            }
            TableFactor::NestedJoin { table_with_joins, alias: None } => {
                return self.joined(table_with_joins);
            }
            _ => (Source::Opaque("a source of another kind".to_owned()), &None),
        };
        let mut res = From { source, ..opaque("") };
        if let Some(TableAlias { name, columns, .. }) = alias {
            res.alias = Some(self.name(name));
            res.columns = columns.iter().map(|it| self.name(&it.name)).collect();
        }
        vec![res]
    }
}

fn opaque(reason: &str) -> From {
    From {
        source: Source::Opaque(reason.to_owned()),
        alias: None,
        columns: Vec::new(),
        join: Join::Cross,
        on: None,
        using: Vec::new(),
    }
}

/// `WITH t (a, b) AS (SELECT …)`.
fn name_columns(query: &mut Query, names: impl Iterator<Item = String>) {
    if let Body::Select(select) = &mut query.body {
        for (item, name) in select.items.iter_mut().zip(names) {
            if let Item::Ex(_, own) = item {
                *own = name;
            }
        }
    }
}
