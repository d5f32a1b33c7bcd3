//! Bound SQL as it has to be written, and kept, where the path is the default one.

use std::borrow::Cow;

use super::bind::World;
use crate::{
    base::{Name, Span, is_same_word},
    dialect::postgres::extensions::extension_of_type,
    model::{Expr, Table},
    sql::{
        self, Family,
        ast::Fault,
        bind::{Bound, Call},
    },
};

impl World<'_> {
    /// Returns the text as it has to be written where the path is the default one: `*` is what it stands for now, and
    /// what was found in another schema names it.
    pub fn settled<'t>(&self, text: &'t str, bound: &Bound) -> Cow<'t, str> {
        let mut edits: Vec<(Span, String)> = Vec::new();
        // SQLite keeps `*`, and asks anew what that is.
        let is_kept = !bound.complete || self.dialect.lexis.family == Family::Sqlite;
        for it in bound.stars.iter().filter(|it| !it.columns.is_empty() && !is_kept) {
            let column = |(of, name): &(Option<String>, String)| match of {
                Some(of) => {
                    format!("{}.{}", self.dialect.ident_str(of), self.dialect.ident_str(name))
                }
                None => self.dialect.ident_str(name),
            };
            let texts: Vec<String> = it.columns.iter().map(column).collect();
            let columns = texts.join(", ");
            let is_whole = is_same_word(&text[it.span.range()], "table");
            let all = if is_whole { format!("SELECT {columns} FROM") } else { columns };
            edits.push((it.span, all));
        }
        let mut prefix = |at: Span, schema: &Option<Name>| {
            if let Some(schema) = schema {
                let before = Span { start: at.start, end: at.start };
                edits.push((before, format!("{}.", self.dialect.ident(schema))));
            }
        };
        for it in bound.relations.iter().filter(|it| it.qualifier.is_none()) {
            prefix(it.span, &it.schema.as_deref().and_then(|it| self.namespace(it)));
        }
        for it in bound.types.iter().filter(|it| it.schema.is_none()) {
            prefix(it.span, &self.home_of_type(&it.name));
        }
        for it in bound.calls.iter().filter(|it| it.schema.is_none()) {
            prefix(it.span, &self.home_of_call(it));
        }
        if edits.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(replaced(text, edits)) }
    }

    /// Returns the canonical text of what was bound and settled, `again` binding the settled text: what was found in
    /// another schema goes by its whole name, as the server shows it.
    pub fn canonical(&self, bound: &Bound, again: impl FnOnce() -> Result<Bound, Fault>) -> String {
        let mut calls = bound.calls.iter().filter(|it| it.schema.is_none());
        let mut types = bound.types.iter().filter(|it| it.schema.is_none());
        let is_elsewhere = calls.any(|it| self.home_of_call(it).is_some())
            || types.any(|it| self.home_of_type(&it.name).is_some());
        let named = is_elsewhere.then(|| again().ok()).flatten();
        named.map_or_else(|| bound.canonical.clone(), |it| it.canonical)
    }

    /// Returns an expression of the table's columns as the server keeps it.
    pub fn kept(&self, text: &str, bound: &Bound, own: &Table) -> Expr {
        let text = self.settled(text, bound);
        let canonical = self.canonical(bound, || self.expr(&text, Some(own)));
        Expr::new(text.trim(), canonical)
    }

    /// Returns the expression with the canonical text that names in it being bound gives.
    pub fn expr_of(&self, text: &str, own: Option<&Table>) -> Expr {
        self.compared(text, self.expr(text, own))
    }

    /// Returns the condition of a trigger with the canonical text that names in it being bound gives.
    pub fn condition_of(&self, text: &str, table: Option<&Table>) -> Expr {
        self.compared(text, self.condition(text, table))
    }

    fn compared(&self, text: &str, bound: Result<Bound, Fault>) -> Expr {
        match bound {
            Ok(bound) => Expr::new(text, bound.canonical),
            Err(_) => Expr::new(text, sql::canonical(text, &self.dialect.lexis)),
        }
    }

    /// Returns the schema that an unqualified call finds its function in, where that is not the default one.
    fn home_of_call(&self, call: &Call) -> Option<Name> {
        if let Some((name, _)) = self.function(call) {
            return name.schema.clone();
        }
        let extension = self.extension_called(&call.name)?;
        extension.schema.clone().filter(|_| self.path.contains(&extension.schema))
    }

    /// Returns the schema that an unqualified type is found in, where that is not the default one.
    fn home_of_type(&self, name: &str) -> Option<Name> {
        if let Some(id) = self.type_id(None, name) {
            return id.owner.schema;
        }
        let row = extension_of_type(name)?;
        let extension = self.schema.extensions.get(&self.dialect.table_name(row.name))?;
        extension.schema.clone().filter(|_| self.path.contains(&extension.schema))
    }
}

/// Returns the text with other words at those places.
pub fn replaced(text: &str, mut edits: Vec<(Span, String)>) -> String {
    let mut res = text.to_owned();
    edits.sort();
    edits.dedup();
    for (span, new) in edits.into_iter().rev() {
        if res.is_char_boundary(span.range().start) && res.get(span.range()).is_some() {
            res.replace_range(span.range(), &new);
        }
    }
    res
}
