//! Arguments of functions, and functions where a statement is about one.

use super::cursor::{Cursor, Res};
use crate::sql::{
    ast::{ArgumentDef, Ident, ObjectName, RoutineKind, RoutineRef, ValueType},
    token::Kind,
};

impl<'a> Cursor<'a, '_> {
    /// Reads `f`, `f(integer, name text)`, `agg(*)`, `agg(a ORDER BY b)`.
    pub(in crate::sql) fn routine_ref(&mut self, kind: RoutineKind) -> Res<RoutineRef<'a>> {
        let start = self.at;
        let name = self.name("the name of a function")?;
        let arguments = if self.is_symbol("(") {
            let (mut arguments, ordered) = self.aggregate_arguments()?;
            arguments.extend(ordered.into_iter().flatten());
            Some(arguments)
        } else if kind == RoutineKind::Aggregate {
            return Err(self.rejected("`(`"));
        } else {
            None
        };
        Ok(RoutineRef { kind, name, arguments, span: self.span_since(start) })
    }

    /// Reads `(*)`, `(a, b)`, `(a ORDER BY b)`: the direct arguments, and those behind `ORDER BY`.
    pub(in crate::sql) fn aggregate_arguments(
        &mut self,
    ) -> Res<(Vec<ArgumentDef<'a>>, Option<Vec<ArgumentDef<'a>>>)> {
        self.expect_symbol("(")?;
        let mut direct = Vec::new();
        let mut ordered = None;
        if !self.eat_symbol("*") {
            while !self.is_symbol(")") && !self.is_all(&["order", "by"]) {
                direct.push(self.argument()?);
                if !self.eat_symbol(",") {
                    break;
                }
            }
            if self.eat_all(&["order", "by"]) {
                let mut list = vec![self.argument()?];
                while self.eat_symbol(",") {
                    list.push(self.argument()?);
                }
                ordered = Some(list);
            }
        }
        self.expect_symbol(")")?;
        Ok((direct, ordered))
    }

    /// Reads `(a, b, …)`, which may be empty.
    pub(in crate::sql) fn arguments(&mut self) -> Res<Vec<ArgumentDef<'a>>> {
        if self.is_symbol("(") && self.is_symbol_nth(1, ")") {
            self.at += 2;
            return Ok(Vec::new());
        }
        self.list(Self::argument)
    }

    fn argument(&mut self) -> Res<ArgumentDef<'a>> {
        let start = self.at;
        let mut mode = self.argument_mode();
        let name = if self.starts_with_name() { Some(self.argument_name()?) } else { None };
        if mode.is_none() && name.is_some() {
            mode = self.argument_mode();
        }
        let ty = self.value_type()?;
        let default = if self.eat("default") || self.eat_symbol("=") || self.eat_symbol(":=") {
            Some(self.until_comma()?)
        } else {
            None
        };
        let span = self.span_since(start);
        Ok(ArgumentDef { mode: mode.unwrap_or("in"), name, ty, default, span })
    }

    /// Reads a name that may be a word that functions and types can have, but no other reserved one.
    pub(in crate::sql) fn argument_name(&mut self) -> Res<Ident<'a>> {
        if self.is_any(FUNCTION_WORDS) { self.label("a name") } else { self.ident("a name") }
    }

    fn argument_mode(&mut self) -> Option<&'static str> {
        if self.eat_all(&["in", "out"]) || self.eat("inout") {
            return Some("inout");
        }
        ["in", "out", "variadic"].into_iter().find(|it| self.eat(it))
    }

    /// Whether a name stands before the type: two words, unless both are the type's.
    fn starts_with_name(&self) -> bool {
        let next = self.nth(1);
        if !matches!(next.kind, Kind::Word | Kind::Quoted)
            || self.is_nth(1, "default")
            || self.is_nth(1, "array")
            || self.is_nth(1, "order")
            || self.is("setof")
        {
            return false;
        }
        !TWO_WORDS
            .iter()
            .any(|(first, second)| self.is(first) && second.iter().any(|it| self.is_nth(1, it)))
    }

    /// Reads `[SETOF] type` or `relation.column%TYPE`.
    pub(in crate::sql) fn value_type(&mut self) -> Res<ValueType<'a>> {
        let set = self.eat("setof");
        let start = self.at;
        let is_name = |n| matches!(self.nth(n).kind, Kind::Word | Kind::Quoted);
        let mut n = 1;
        while self.is_symbol_nth(n, ".") && is_name(n + 1) {
            n += 2;
        }
        if n < 3 || !self.is_symbol_nth(n, "%") {
            return Ok(ValueType { ty: self.type_name()?, set, column: None });
        }
        let column = self.column_of_relation()?;
        self.expect_symbol("%")?;
        self.expect("type")?;
        let mut ty = crate::sql::ast::TypeName::default();
        self.dimensions(&mut ty);
        ty.span = self.span_since(start);
        Ok(ValueType { ty, set, column: Some(column) })
    }

    fn column_of_relation(&mut self) -> Res<(ObjectName<'a>, Ident<'a>)> {
        let mut parts = vec![self.ident("a name")?];
        while self.eat_symbol(".") {
            parts.push(self.label("a name")?);
        }
        let (Some(column), Some(name)) = (parts.pop(), parts.pop()) else {
            return Err(self.rejected("`.` and a column name"));
        };
        let schema = parts.pop();
        let span = schema.as_ref().map_or(name.span, |it| it.span).to(name.span);
        Ok((ObjectName { schema, name, span }, column))
    }
}

/// Words that are reserved, but "can be function or type"
/// (<https://www.postgresql.org/docs/current/sql-keywords-appendix.html>).
#[rustfmt::skip]
const FUNCTION_WORDS: &[&str] = &[
    "authorization", "binary", "collation", "concurrently", "cross", "current_schema", "freeze",
    "full", "ilike", "inner", "is", "isnull", "join", "left", "like", "natural", "notnull",
    "outer", "overlaps", "right", "similar", "tablesample", "verbose",
];

/// The types whose name is more than one word.
const TWO_WORDS: &[(&str, &[&str])] = &[
    ("bit", &["varying"]),
    ("char", &["varying"]),
    ("character", &["varying"]),
    ("double", &["precision"]),
    ("interval", &["year", "month", "day", "hour", "minute", "second"]),
    ("national", &["character", "char"]),
    ("nchar", &["varying"]),
    ("time", &["with", "without"]),
    ("timestamp", &["with", "without"]),
];
