//! Statements that write rows: INSERT, UPDATE, DELETE.

use sqlparser::ast::{
    Assignment, AssignmentTarget, ConflictTarget, Delete, DoUpdate, FromTable, Insert, OnConflict,
    OnConflictAction, OnInsert, Parens, Query, SelectItem, SetExpr, SqliteOnConflict, Statement,
    TableAliasWithoutColumns, TableObject, Update, UpdateTableFromKind, Values,
    helpers::attached_token::AttachedToken,
};

use super::{Reader, query::bare};
use crate::sql::Family;

impl Reader<'_> {
    /// Reads a query or a statement that writes rows.
    pub(in crate::sql) fn statement(&mut self) -> Option<Statement> {
        match self.peek().to_ascii_lowercase().as_str() {
            "select" | "with" => Some(Statement::Query(Box::new(self.query()?))),
            "insert" => Some(Statement::Insert(self.insert()?)),
            "update" => Some(Statement::Update(self.update()?)),
            "delete" => Some(Statement::Delete(self.delete()?)),
            _ => None,
        }
    }

    fn insert(&mut self) -> Option<Insert> {
        self.word();
        let or = self.conflict();
        let ignore = self.is_mysql() && self.eat("ignore");
        let into = self.eat("into");
        let table = TableObject::TableName(self.table_name()?);
        let table_alias = if self.is_postgres() && self.eat("as") {
            Some(TableAliasWithoutColumns { explicit: true, alias: self.part()? })
        } else {
            None
        };
        let columns =
            if self.next() == b'(' { self.nested(|it| it.list(Self::target))? } else { Vec::new() };
        let source = Some(Box::new(self.inserted()?));
        let has_on = self.eat("on");
        let on = self.rest(has_on, Self::on_insert);
        let returning = self.returning();
        Some(Insert {
            or,
            ignore,
            into,
            table_alias,
            columns,
            source,
            on,
            returning,
            ..no_insert(table)
        })
    }

    /// Reads what SQLite does about a row that does not fit.
    fn conflict(&mut self) -> Option<SqliteOnConflict> {
        let has_begun = self.lexis.family == Family::Sqlite && self.eat("or");
        self.rest(has_begun, |it| match it.word().to_ascii_lowercase().as_str() {
            "ignore" => Some(SqliteOnConflict::Ignore),
            "replace" => Some(SqliteOnConflict::Replace),
            _ => None,
        })
    }

    /// Reads the rows that are inserted.
    fn inserted(&mut self) -> Option<Query> {
        if self.starts_query() {
            return self.query();
        }
        if !self.eat("values") {
            return None;
        }
        let rows =
            self.list(|it| Some(Parens::with_empty_span(it.nested(|it| it.list(Self::expr))?)))?;
        Some(bare(SetExpr::Values(Values { explicit_row: false, value_keyword: false, rows })))
    }

    fn on_insert(&mut self) -> Option<OnInsert> {
        if self.eat_all(&["duplicate", "key", "update"]) {
            return Some(OnInsert::DuplicateKeyUpdate(self.list(Self::assignment)?));
        }
        if !self.eat("conflict") {
            return None;
        }
        let has_target = self.next() == b'(';
        let columns = self.rest(has_target, |it| it.nested(|it| it.list(Self::part)));
        let conflict_target = columns.map(ConflictTarget::Columns);
        if self.eat_all(&["do", "nothing"]) {
            let action = OnConflictAction::DoNothing;
            return Some(OnInsert::OnConflict(OnConflict { conflict_target, action }));
        }
        if !self.eat_all(&["do", "update", "set"]) {
            return None;
        }
        let assignments = self.list(Self::assignment)?;
        let selection = self.clause(&["where"]);
        let action = OnConflictAction::DoUpdate(DoUpdate { assignments, selection });
        Some(OnInsert::OnConflict(OnConflict { conflict_target, action }))
    }

    fn assignment(&mut self) -> Option<Assignment> {
        let target = AssignmentTarget::ColumnName(self.target()?);
        if self.next() != b'=' || self.text[self.at + 1..].starts_with(['=', '>', '@', '~']) {
            return None;
        }
        self.at += 1;
        Some(Assignment { target, value: self.expr()? })
    }

    fn returning(&mut self) -> Option<Vec<SelectItem>> {
        let has_begun = self.eat("returning");
        self.rest(has_begun, |it| it.list(Self::item))
    }

    fn update(&mut self) -> Option<Update> {
        self.word();
        let or = self.conflict();
        let table = self.joined_tables()?;
        if !self.eat("set") {
            return None;
        }
        let assignments = self.list(Self::assignment)?;
        let from = self.tables("from");
        Some(Update {
            update_token: AttachedToken::empty(),
            optimizer_hints: Vec::new(),
            table,
            assignments,
            from: from.map(UpdateTableFromKind::AfterSet),
            selection: self.clause(&["where"]),
            returning: self.returning(),
            output: None,
            or,
            order_by: Vec::new(),
            limit: None,
        })
    }

    fn delete(&mut self) -> Option<Delete> {
        self.word();
        if !self.eat("from") {
            return None;
        }
        let from = FromTable::WithFromKeyword(vec![self.joined_tables()?]);
        let using = self.tables("using");
        Some(Delete {
            delete_token: AttachedToken::empty(),
            optimizer_hints: Vec::new(),
            tables: Vec::new(),
            from,
            using,
            selection: self.clause(&["where"]),
            returning: self.returning(),
            output: None,
            order_by: Vec::new(),
            limit: None,
        })
    }
}

/// Returns an INSERT that inserts nothing into the table.
fn no_insert(table: TableObject) -> Insert {
    Insert {
        insert_token: AttachedToken::empty(),
        optimizer_hints: Vec::new(),
        or: None,
        ignore: false,
        into: false,
        table,
        table_alias: None,
        columns: Vec::new(),
        overwrite: false,
        source: None,
        assignments: Vec::new(),
        partitioned: None,
        after_columns: Vec::new(),
        has_table_keyword: false,
        on: None,
        returning: None,
        output: None,
        replace_into: false,
        priority: None,
        insert_alias: None,
        settings: None,
        format_clause: None,
        multi_table_insert_type: None,
        multi_table_into_clauses: Vec::new(),
        multi_table_when_clauses: Vec::new(),
        multi_table_else_clause: None,
    }
}
