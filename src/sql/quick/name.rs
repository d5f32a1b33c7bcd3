//! Columns, calls, and words such as `null`; the names of tables.

use sqlparser::ast::{
    DuplicateTreatment, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArgumentList,
    FunctionArguments, Ident, ObjectName,
};

use super::{
    Reader, is_name,
    words::{CLOCKS, NO_COLUMN, NO_FUNCTION, NO_TABLE, NO_TARGET, VALUES, WHO, is_among},
};
use crate::sql::Family;

impl Reader<'_> {
    /// Reads a column, a call, or a word such as `null`.
    pub(super) fn name(&mut self) -> Option<Expr> {
        let first = self.part()?;
        let is_word = first.quote_style.is_none();
        match self.next() {
            b'(' if !is_word && self.is_postgres() => self.call(vec![first]),
            b'(' if is_word && !is_among(&first.value, NO_FUNCTION) => self.call(vec![first]),
            b'(' => None,
            _ if is_word && is_among(&first.value, NO_COLUMN) => self.own_word(&first),
            b'.' => self.qualified(first),
            _ => Some(Expr::Identifier(first)),
        }
    }

    /// Reads what follows the first part of a name.
    fn qualified(&mut self, first: Ident) -> Option<Expr> {
        let mut parts = vec![first];
        while parts.len() < 3 && self.eat_mark(b'.') {
            parts.push(self.part_but(NO_TARGET)?);
        }
        match self.next() {
            b'(' if parts.len() == 2 => self.call(parts),
            b'(' | b'.' => None,
            _ => Some(Expr::CompoundIdentifier(parts)),
        }
    }

    fn own_word(&mut self, word: &Ident) -> Option<Expr> {
        let is_one = |it: &str| word.value.eq_ignore_ascii_case(it);
        if CLOCKS.iter().any(|it| is_one(it))
            || self.is_postgres() && WHO.iter().any(|it| is_one(it))
        {
            return Some(function(vec![word.clone()], FunctionArguments::None, None));
        }
        let (_, value) = VALUES.iter().find(|it| is_one(it.0))?;
        Some(Expr::Value(value.clone().with_span(word.span)))
    }

    /// Reads one name, which may be in quotes.
    pub(super) fn part(&mut self) -> Option<Ident> {
        let mark = self.next();
        let start = self.at;
        let is_quoted = match self.lexis.family {
            Family::MySql => mark == b'`',
            _ => mark == b'"',
        };
        if is_quoted {
            let inner = self.enclosed().filter(|it| !it.is_empty())?;
            let ident = self.ident(inner, start);
            return Some(Ident { quote_style: Some(char::from(mark)), ..ident });
        }
        if mark == b'@' && self.is_mysql() {
            return self.variable();
        }
        let word = self.word();
        is_name(word).then(|| self.ident(word, start))
    }

    /// Reads a variable of a session of MySQL.
    fn variable(&mut self) -> Option<Ident> {
        let start = self.at;
        self.at += self.run(|it| it == b'@').len();
        let is_known = self.at - start <= 2;
        let name = self.run(super::is_word);
        self.at += name.len();
        let ends = !matches!(self.text.as_bytes().get(self.at), Some(b'$' | b'@'));
        (is_known && ends && is_name(name)).then(|| self.ident(&self.text[start..self.at], start))
    }

    /// Reads one name that is none of these words.
    pub(super) fn part_but(&mut self, words: &[&str]) -> Option<Ident> {
        let part = self.part()?;
        let is_free = part.quote_style.is_some() || !is_among(&part.value, words);
        is_free.then_some(part)
    }

    /// Reads the name of a table, with or without its schema.
    pub(super) fn table_name(&mut self) -> Option<ObjectName> {
        let mut parts = vec![self.part_but(NO_TABLE)?];
        if self.eat_mark(b'.') {
            parts.push(self.part_but(NO_TARGET)?);
        }
        (!matches!(self.next(), b'.' | b'@')).then(|| ObjectName::from(parts))
    }

    /// Reads the name of a column that is written to.
    pub(super) fn target(&mut self) -> Option<ObjectName> {
        let mut parts = vec![self.part_but(NO_TARGET)?];
        if self.eat_mark(b'.') {
            parts.push(self.part_but(NO_TARGET)?);
        }
        (!matches!(self.next(), b'.' | b'[')).then(|| ObjectName::from(parts))
    }

    fn call(&mut self, name: Vec<Ident>) -> Option<Expr> {
        let list = self.nested(|it| {
            let is_distinct = it.eat("distinct");
            let args = match it.next() {
                b')' if is_distinct => return None,
                b')' => Vec::new(),
                b'*' => {
                    it.at += 1;
                    vec![FunctionArg::Unnamed(FunctionArgExpr::Wildcard)]
                }
                _ => it.list(Self::argument)?,
            };
            let duplicate_treatment = is_distinct.then_some(DuplicateTreatment::Distinct);
            Some(FunctionArgumentList { duplicate_treatment, args, clauses: Vec::new() })
        })?;
        let has_filter = !self.is_mysql() && self.eat("filter");
        let filter = self.rest(has_filter, |it| it.nested(|it| it.clause(&["where"])));
        Some(function(name, FunctionArguments::List(list), filter.map(Box::new)))
    }

    fn argument(&mut self) -> Option<FunctionArg> {
        Some(FunctionArg::Unnamed(FunctionArgExpr::Expr(self.expr()?)))
    }
}

fn function(name: Vec<Ident>, args: FunctionArguments, filter: Option<Box<Expr>>) -> Expr {
    Expr::Function(Function {
        name: ObjectName::from(name),
        uses_odbc_syntax: false,
        parameters: FunctionArguments::None,
        args,
        within_group: Vec::new(),
        filter,
        null_treatment: None,
        over: None,
    })
}
