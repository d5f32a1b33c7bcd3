//! Names that are words of the language, and so need quotes to be names.

use sqlparser::ast::{Ident, ObjectName, SelectItem, TableAlias, TableFactor};

use super::{lower::Ctx, scope::Problem};
use crate::sql::{
    Family,
    grammar::{is_reserved, needs_quotes},
};

/// Words that may stand where sqlparser looks for a name.
const WORDS: &[&str] = &[
    "all",
    "binary",
    "default",
    "distinctrow",
    "dual",
    "high_priority",
    "maxvalue",
    "only",
    "sql_big_result",
    "sql_calc_found_rows",
    "sql_small_result",
    "straight_join",
    "utc_date",
    "utc_time",
    "utc_timestamp",
];

impl Ctx<'_> {
    /// Refuses a name that is a reserved word and has no quotes, unless it may be no name.
    pub(super) fn check_free(&mut self, ident: &Ident, what: &str) {
        if !WORDS.iter().any(|it| ident.value.eq_ignore_ascii_case(it)) {
            self.refuse_reserved(ident, what);
        }
    }

    pub(super) fn refuse_reserved(&mut self, ident: &Ident, what: &str) {
        let word = &ident.value;
        if ident.quote_style.is_none() && is_reserved(word, self.lexis) {
            let reason = needs_quotes(what, word);
            self.scopes.found.problems.push(Problem::Rejected(reason, ident.span));
        }
    }

    /// Refuses to write to what is no table.
    pub(super) fn check_target(&mut self, target: &TableFactor) {
        if let TableFactor::Table { name, .. } = target
            && self.calls_niladic(name)
            && let Some(ident) = name.0.first().and_then(|it| it.as_ident())
        {
            self.refuse_reserved(ident, "a table name");
        }
    }

    /// Whether the name is a function of PostgreSQL's that has no parentheses: `FROM user` reads no table.
    pub(super) fn calls_niladic(&self, name: &ObjectName) -> bool {
        let [only] = name.0.as_slice() else { return false };
        let is_bare = |it: &Ident| it.quote_style.is_none() && self.is_niladic(&it.value);
        self.family == Family::Postgres && only.as_ident().is_some_and(is_bare)
    }

    /// Refuses names of outputs that are reserved words; PostgreSQL takes any behind `AS`.
    pub(super) fn check_output_names(&mut self, items: &[SelectItem]) {
        if self.family == Family::Postgres {
            return;
        }
        for item in items {
            if let SelectItem::ExprWithAlias { alias, .. } = item {
                self.check_free(alias, "a name");
            }
        }
    }

    /// Refuses an alias of a table that is a reserved word; without `AS` it may be more than a name in MySQL and SQLite.
    pub(super) fn check_alias(&mut self, alias: Option<&TableAlias>) {
        let is_name = |it: &&TableAlias| it.explicit || self.family == Family::Postgres;
        if let Some(it) = alias.filter(is_name) {
            self.check_free(&it.name, "an alias");
        }
    }
}
