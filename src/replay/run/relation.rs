//! What a query can read: relations of the catalog, results of other queries, and the tables of the history,
//! whose rows nobody knows.

use super::{
    Raised, Res, Run, Stop, catalog, scope::Scope, select::Table, series::series, state::State,
    value::Val,
};
use crate::{
    base::{QName, Span, is_same_word},
    sql::ast::{Call, From, Ident, ObjectName, Source},
};

/// Columns of a relation, in lower case, and what a condition says they are equal to.
#[derive(Debug, Default)]
pub(super) struct Hints {
    pub texts: Vec<(String, String)>,
    /// Names of objects, where a column is the object's identifier.
    pub objects: Vec<(String, String)>,
}

impl Hints {
    /// Returns the text that the column must be equal to.
    pub(super) fn of(&self, column: &str) -> Option<&str> {
        self.texts.iter().find(|it| it.0 == column).map(|it| it.1.as_str())
    }

    /// Returns the name of the object that the column must stand for.
    pub(super) fn object(&self, column: &str) -> Option<&str> {
        self.objects.iter().find(|it| it.0 == column).map(|it| it.1.as_str())
    }

    /// Returns whether a value of the column can be looked for.
    pub(super) fn allows(&self, column: &str, value: &str, ignore_case: bool) -> bool {
        let is_same = |it: &str| it == value || ignore_case && is_same_word(it, value);
        self.texts.iter().filter(|it| it.0 == column).all(|it| is_same(&it.1))
    }
}

impl Run<'_, '_, '_> {
    pub(super) fn source(&mut self, from: &From, hints: &Hints, outer: &Scope) -> Res<Table> {
        match &from.source {
            Source::Relation(schema, name) => self.relation(schema.as_deref(), name, hints),
            Source::Query(query) => self.query(query, outer),
            Source::Function(call) => self.function_source(call, from, outer),
            Source::Opaque(reason) => Ok(Table::unknown(reason.clone())),
        }
    }

    /// What may be read beside the table whose rows are worked out has changed since.
    fn frozen(&mut self, schema: Option<&str>, name: &str) -> Option<Table> {
        let written = self.object_name(schema, name);
        let only = self.only.as_ref()?;
        if self.ctx.table_meant(&written) == only.name {
            return Some(only.table.clone());
        }
        let other = || Table::unknown(format!("the rows of `{name}` are not known"));
        (!only.is_now).then(other)
    }

    fn relation(&mut self, schema: Option<&str>, name: &str, hints: &Hints) -> Res<Table> {
        if schema.is_none()
            && let Some((_, table)) = self.queries.iter().rev().find(|it| it.0 == name)
        {
            return Ok(table.clone());
        }
        if let Some(table) = self.frozen(schema, name) {
            return Ok(table);
        }
        if let Some(mut table) = catalog::read(self.ctx, schema, name, hints) {
            // What a statement that was not understood may have made is neither there nor not there.
            let suspect = hints
                .texts
                .iter()
                .find(|it| self.ctx.blame.suspect(&format!("`{}`", it.1)).is_some());
            if let Some((_, value)) = suspect {
                let reason = format!("whether `{value}` is there at this point is not known");
                table.unknown = Some(reason);
            }
            return Ok(table);
        }
        self.user_table(schema, name)
    }

    /// A table of the history: known to have no rows, or unknown.
    fn user_table(&mut self, schema: Option<&str>, name: &str) -> Res<Table> {
        let name = self.object_name(schema, name);
        let meant = self.ctx.table_meant(&name);
        if let Some(table) = self.ctx.schema.tables.shared(&meant) {
            let mut res = self.rows_of(&meant, &table);
            if self.ctx.partial.contains(&meant) {
                res.open = Some(format!("the columns of table `{meant}` are not known"));
            }
            return Ok(res);
        }
        if self.is_elsewhere(&meant) {
            return Ok(Table::unknown(format!("the rows of `{meant}` are not known")));
        }
        let diagnostic = self.ctx.missing_table(&name, &meant);
        if self.is_uncertain(&diagnostic) {
            return Ok(Table::unknown(format!("whether `{meant}` is there is not known")));
        }
        Err(Stop::Raised(Raised { state: State::of(&diagnostic), diagnostic }))
    }

    /// Whether there may be a relation of that name that is no table of the history.
    pub(super) fn is_elsewhere(&self, name: &QName) -> bool {
        let schema = &self.ctx.schema;
        schema.views.contains_key(name)
            || schema.materialized_views.contains_key(name)
            || schema.sequences.contains_key(name)
            || self.ctx.is_foreign(name)
            || self.ctx.is_sqlite()
            || name.name.as_str().starts_with("pg_")
            || name.schema.as_ref().is_some_and(|it| it.as_str() == "information_schema")
    }

    pub(super) fn object_name(&self, schema: Option<&str>, name: &str) -> ObjectName<'static> {
        let ident = |text: &str| Ident { text: text.to_owned().into(), span: self.at };
        ObjectName { schema: schema.map(ident), name: ident(name), span: self.at }
    }

    fn function_source(&mut self, call: &Call, from: &From, outer: &Scope) -> Res<Table> {
        let column = from.alias.clone().unwrap_or_else(|| call.name.clone());
        let args = self.all(&call.args, outer)?;
        let one_column = |rows: Vec<Val>| Table {
            columns: vec![column.clone()],
            rows: rows.into_iter().map(|it| vec![it]).collect(),
            ..Table::default()
        };
        match (call.name.as_str(), args.as_slice()) {
            ("unnest", [Val::List(items)]) => Ok(one_column(items.clone())),
            ("unnest", [Val::Null]) => Ok(one_column(Vec::new())),
            ("generate_series", _) => match series(&args) {
                Some(Val::List(items)) => Ok(one_column(items)),
                _ => Ok(Table::unknown("`generate_series` is not evaluated")),
            },
            _ => {
                let value = self.call(call, outer)?;
                let reason = value.why_unknown().map(str::to_owned);
                Ok(Table::unknown(reason.unwrap_or_else(|| format!("the rows of `{}`", call.name))))
            }
        }
    }

    pub(super) fn span(&self) -> Span {
        self.at
    }
}
