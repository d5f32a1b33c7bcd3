//! What SQLite takes less of than others: its defaults and what its ALTER TABLE can do.

use super::cursor::{Cursor, Failure, Res};
use crate::sql::{
    ast::{AlterAction, AlterKind, Fault, IndexKey, Sql, TableOption},
    lexis::Family,
    token::Kind,
};

impl<'a> Cursor<'a, '_> {
    /// Reads one literal with its sign, one name or an expression in parentheses
    /// (<https://www.sqlite.org/syntax/column-constraint.html>).
    pub(super) fn sqlite_default(&mut self) -> Res<Sql<'a>> {
        if self.is_symbol("(") {
            if self.is_nth(1, "select") {
                return Err(self.rejected("an expression"));
            }
            return self.expression();
        }
        let start = self.at;
        let signed = self.eat_symbol("-") || self.eat_symbol("+");
        let token = self.peek();
        let is_term = match token.kind {
            Kind::Number => true,
            Kind::Word | Kind::Quoted | Kind::String => !signed,
            _ => false,
        };
        if !is_term {
            return Err(self.rejected("a literal, or an expression in parentheses"));
        }
        // `x'00'` is one literal, whether it is one token or two.
        let is_blob = self.is("x") && self.nth(1).kind == Kind::String;
        self.at += if is_blob { 2 } else { 1 };
        Ok(self.since(start))
    }

    /// Reads a column or an expression, which needs no parentheses
    /// (<https://www.sqlite.org/syntax/indexed-column.html>).
    pub(super) fn sqlite_index_key(&mut self) -> Res<IndexKey<'a>> {
        let start = self.at;
        if self.is_symbol("(")
            && let Ok(inner) = self.parens()
            && (self.ends_key(0) || self.is("collate") && self.ends_key(2))
        {
            return Ok(IndexKey::Expression(inner));
        }
        self.at = start;
        let is_named = matches!(self.peek().kind, Kind::Word | Kind::Quoted | Kind::String);
        if is_named
            && (self.ends_key(1) || self.is_nth(1, "collate") && self.ends_key(3))
            && let Ok(name) = self.ident("a column name")
        {
            return Ok(IndexKey::Column(name));
        }
        loop {
            self.skip_balanced(&["asc", "collate", "desc", "nulls"]);
            // A collation is that of an operand, which may be all there is.
            if self.at == start {
                return Err(self.rejected("a column or an expression"));
            }
            if !self.is("collate") || self.ends_key(2) && self.is_one_operand(start) {
                return Ok(IndexKey::Expression(self.since(start)));
            }
            self.at += 2;
        }
    }

    /// Whether the tokens from there to here are no more than a name, a call or a CASE.
    fn is_one_operand(&self, start: usize) -> bool {
        let raw = |at: usize| self.raw(self.tokens[at]);
        let is_call = self.at > start + 2 && raw(start + 1) == "(";
        let is_case = raw(start).eq_ignore_ascii_case("case");
        self.at == start + 1
            || is_call && raw(self.at - 1) == ")" && self.is_call_to(start, self.at)
            || is_case && raw(self.at - 1).eq_ignore_ascii_case("end")
    }

    /// Whether what is ahead follows a key.
    fn ends_key(&self, ahead: usize) -> bool {
        let token = self.nth(ahead);
        matches!(self.raw(token), "," | ")" | "")
            || ["asc", "autoincrement", "desc", "nulls"].iter().any(|it| self.is_nth(ahead, it))
    }

    /// Reads `ON CONFLICT IGNORE` (<https://www.sqlite.org/lang_conflict.html>).
    pub(super) fn on_conflict(&mut self) -> Res<Option<TableOption<'a>>> {
        let start = self.at;
        if self.family() != Family::Sqlite || !self.eat_all(&["on", "conflict"]) {
            return Ok(None);
        }
        let words = ["abort", "fail", "ignore", "replace", "rollback"];
        let word = self.eat_any(&words).ok_or_else(|| self.rejected("what is done about it"))?;
        let (key, value) = (TableOption::CONFLICT.to_owned(), word.to_ascii_lowercase().into());
        Ok(Some(TableOption { key, value, span: self.span_since(start) }))
    }

    /// Steps over `CONSTRAINT name` that nothing follows.
    pub(super) fn eat_bare_constraint(&mut self) -> bool {
        let is_bare = self.family() == Family::Sqlite
            && self.is("constraint")
            && (matches!(self.raw(self.nth(2)), "," | ")") || self.is_nth(2, "constraint"));
        self.at += if is_bare { 2 } else { 0 };
        is_bare
    }

    /// Refuses all but one action of the four there are (<https://www.sqlite.org/lang_altertable.html>).
    pub(super) fn refuse_alters(&self, if_exists: bool, actions: &[AlterAction]) -> Res<()> {
        let is_known = |it: &AlterAction| match &it.kind {
            AlterKind::AddColumn { column, if_not_exists } => {
                !if_not_exists && column.place.is_none()
            }
            AlterKind::DropColumn { if_exists, cascade, .. } => !if_exists && !cascade,
            AlterKind::RenameColumn { if_exists, .. } => !if_exists,
            AlterKind::RenameTo(name) => name.schema.is_none(),
            _ => false,
        };
        match actions {
            [only] if !if_exists && is_known(only) => Ok(()),
            [first, ..] => {
                let last = actions.last().map_or(first.span, |it| it.span);
                let reason = "SQLite's ALTER TABLE renames, or adds or drops one column, and knows no IF EXISTS";
                let fault = Fault { span: first.span.to(last), reason: reason.to_owned() };
                Err(Failure { fault, certain: true })
            }
            [] => Err(self.rejected("an action")),
        }
    }
}
