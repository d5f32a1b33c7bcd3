//! Queries: SELECT with its clauses, joins, unions, WITH.

use sqlparser::ast::{
    Cte, Distinct, Expr, GroupByExpr, Ident, LimitClause, ObjectName, Offset, OffsetRows, OrderBy,
    OrderByExpr, OrderByKind, OrderByOptions, OrderBySort, Query, Select, SelectFlavor, SelectItem,
    SelectItemQualifiedWildcardKind, SetExpr, SetOperator, SetQuantifier, Statement,
    TableWithJoins, WildcardAdditionalOptions, With, helpers::attached_token::AttachedToken,
};
use sqlparser::tokenizer::{Token, TokenWithSpan};

use super::{Reader, words::is_keyword};
use crate::base::is_one_of;

impl Reader<'_> {
    pub(super) fn starts_query(&mut self) -> bool {
        let word = self.peek();
        word.eq_ignore_ascii_case("select") || word.eq_ignore_ascii_case("with")
    }

    pub(in crate::sql) fn query(&mut self) -> Option<Query> {
        let has_with = self.eat("with");
        let with = self.rest(has_with, Self::with);
        if self.starts_writing() {
            return Some(Query { with, ..bare(self.written()?) });
        }
        let mut body = self.branch()?;
        while self.eat("union") {
            let set_quantifier =
                if self.eat("all") { SetQuantifier::All } else { SetQuantifier::None };
            let right = Box::new(self.branch()?);
            let (left, op) = (Box::new(body), SetOperator::Union);
            self.link()?;
            body = SetExpr::SetOperation { left, op, set_quantifier, right };
        }
        let is_sorted = self.eat_all(&["order", "by"]);
        let order_by = self.rest(is_sorted, Self::order);
        let is_cut = self.eat("limit");
        let limit_clause = self.rest(is_cut, Self::limit);
        Some(Query { with, order_by, limit_clause, ..bare(body) })
    }

    /// Reads one of the queries that are combined.
    fn branch(&mut self) -> Option<SetExpr> {
        if self.next() == b'(' {
            return Some(SetExpr::Query(Box::new(self.nested(Self::query)?)));
        }
        Some(SetExpr::Select(Box::new(self.select()?)))
    }

    /// Whether what comes next in a WITH clause, or behind it, writes rows.
    fn starts_writing(&mut self) -> bool {
        is_one_of(self.peek(), &["insert", "update", "delete"])
    }

    fn written(&mut self) -> Option<SetExpr> {
        let statement = self.statement()?;
        match statement {
            Statement::Insert(_) => Some(SetExpr::Insert(statement)),
            Statement::Update(_) => Some(SetExpr::Update(statement)),
            Statement::Delete(_) => Some(SetExpr::Delete(statement)),
            _ => None,
        }
    }

    fn with(&mut self) -> Option<With> {
        let (with_token, recursive) = (AttachedToken::empty(), self.eat("recursive"));
        let cte_tables = self.list(|it| {
            let name = it.part()?;
            let columns = it.alias_columns();
            let query = if it.eat("as") { it.nested(Self::query)? } else { return None };
            Some(Cte {
                alias: sqlparser::ast::TableAlias { explicit: false, name, columns, at: None },
                query: Box::new(query),
                from: None,
                materialized: None,
                closing_paren_token: AttachedToken::empty(),
            })
        })?;
        Some(With { with_token, recursive, cte_tables })
    }

    fn select(&mut self) -> Option<Select> {
        if !self.eat("select") {
            return None;
        }
        let select_token = self.token(self.at - "select".len());
        let distinct = self.eat("distinct").then_some(Distinct::Distinct);
        // It may give rows without columns.
        let is_empty = self.is_postgres() && self.peek().eq_ignore_ascii_case("from");
        let projection = if is_empty { Vec::new() } else { self.list(Self::item)? };
        let from = self.tables("from").unwrap_or_default();
        let selection = self.clause(&["where"]);
        let groups =
            if self.eat_all(&["group", "by"]) { self.list(Self::expr)? } else { Vec::new() };
        let having = self.clause(&["having"]);
        Some(Select {
            select_token,
            optimizer_hints: Vec::new(),
            distinct,
            select_modifiers: None,
            top: None,
            top_before_distinct: false,
            projection,
            exclude: None,
            into: None,
            from,
            lateral_views: Vec::new(),
            prewhere: None,
            selection,
            connect_by: Vec::new(),
            group_by: GroupByExpr::Expressions(groups, Vec::new()),
            cluster_by: Vec::new(),
            distribute_by: Vec::new(),
            sort_by: Vec::new(),
            having,
            named_window: Vec::new(),
            qualify: None,
            window_before_qualify: false,
            value_table_mode: None,
            flavor: SelectFlavor::Standard,
        })
    }

    /// Reads the expression behind these words, if they come next.
    pub(super) fn clause(&mut self, words: &[&str]) -> Option<Expr> {
        let has_begun = self.eat_all(words);
        self.rest(has_begun, Self::expr)
    }

    /// Reads the tables behind this word, if it comes next.
    pub(super) fn tables(&mut self, word: &str) -> Option<Vec<TableWithJoins>> {
        let has_begun = self.eat(word);
        self.rest(has_begun, |it| it.list(Self::joined_tables))
    }

    /// Reads one column of the list of a SELECT or behind RETURNING.
    pub(super) fn item(&mut self) -> Option<SelectItem> {
        if self.next() == b'*' {
            return Some(SelectItem::Wildcard(self.star()));
        }
        let start = self.at;
        if let Some(name) = self.part()
            && self.eat_mark(b'.')
            && self.next() == b'*'
        {
            let name = ObjectName::from(vec![name]);
            let kind = SelectItemQualifiedWildcardKind::ObjectName(name);
            return Some(SelectItem::QualifiedWildcard(kind, self.star()));
        }
        self.at = start;
        let expr = self.expr()?;
        // The parser takes it for an alias, as in `SELECT 1 ON CONFLICT`.
        if self.peek().eq_ignore_ascii_case("on") {
            return None;
        }
        Some(match self.alias() {
            Some((_, alias)) => SelectItem::ExprWithAlias { expr, alias },
            None => SelectItem::UnnamedExpr(expr),
        })
    }

    fn star(&mut self) -> WildcardAdditionalOptions {
        let start = self.at;
        self.at += 1;
        let wildcard_token = self.token(start);
        WildcardAdditionalOptions { wildcard_token, ..WildcardAdditionalOptions::default() }
    }

    /// Returns what keeps the place from `start` to here; nobody asks what the token is.
    fn token(&self, start: usize) -> AttachedToken {
        AttachedToken(TokenWithSpan { token: Token::Mul, span: self.span(start) })
    }

    /// Reads an alias, if there is one; `true` with it if `AS` is written.
    pub(super) fn alias(&mut self) -> Option<(bool, Ident)> {
        if self.eat("as") {
            return self.rest(true, Self::part).map(|it| (true, it));
        }
        let mark = self.next();
        let is_word = mark.is_ascii_alphabetic() && !is_keyword(self.peek());
        let is_alias = is_word || mark == b'_' || mark == b'"' || mark == b'`';
        self.rest(is_alias, Self::part).map(|it| (false, it))
    }

    fn order(&mut self) -> Option<OrderBy> {
        let kind = OrderByKind::Expressions(self.list(Self::order_item)?);
        Some(OrderBy { kind, interpolate: None })
    }

    pub(super) fn order_item(&mut self) -> Option<OrderByExpr> {
        let expr = self.expr()?;
        let sort = match self.peek().to_ascii_lowercase().as_str() {
            "asc" => Some(OrderBySort::Asc),
            "desc" => Some(OrderBySort::Desc),
            _ => None,
        };
        if sort.is_some() {
            self.word();
        }
        let nulls_first = match () {
            () if self.eat_all(&["nulls", "first"]) => Some(true),
            () if self.eat_all(&["nulls", "last"]) => Some(false),
            () => None,
        };
        let options = OrderByOptions { sort, nulls_first };
        Some(OrderByExpr { expr, options, with_fill: None })
    }

    fn limit(&mut self) -> Option<LimitClause> {
        let limit = Some(self.expr()?);
        let value = self.clause(&["offset"]);
        let offset = value.map(|value| Offset { value, rows: OffsetRows::None });
        let limit_by = Vec::new();
        Some(LimitClause::LimitOffset { limit, offset, limit_by })
    }
}

/// Returns the query that is nothing but its body.
pub(super) fn bare(body: SetExpr) -> Query {
    Query {
        with: None,
        body: Box::new(body),
        order_by: None,
        limit_clause: None,
        fetch: None,
        locks: Vec::new(),
        for_clause: None,
        settings: None,
        format_clause: None,
        pipe_operators: Vec::new(),
    }
}
