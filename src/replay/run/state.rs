//! The conditions by which handlers know errors (<https://www.postgresql.org/docs/current/errcodes-appendix.html>).

use crate::{diag::Diagnostic, dialect::postgres::conditions::states_of, replay::codes};

/// The state of an error: `None` is one that nobody can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::replay) struct State(Option<String>);

impl State {
    pub(super) fn named(condition: &str) -> Self {
        if let Some(state) = condition.strip_prefix("sqlstate ") {
            return Self(Some(state.to_owned()));
        }
        Self(states_of(condition).next().map(str::to_owned))
    }

    /// Returns the state of an error of the replay.
    pub(in crate::replay) fn of(diagnostic: &Diagnostic) -> Self {
        let about = diagnostic.about.as_deref().unwrap_or(&diagnostic.message);
        let noun = about.split(" `").next().unwrap_or(about);
        let is = |code: &crate::diag::Code| code.name == diagnostic.code.name;
        let name = if is(&codes::RELATION_DOES_NOT_EXIST) {
            match noun {
                "schema" => "invalid_schema_name",
                "table" | "relation" | "view" | "materialized view" | "sequence" => {
                    "undefined_table"
                }
                _ => "undefined_object",
            }
        } else if is(&codes::FOREIGN_KEY_TO_LATER_TABLE) {
            "undefined_table"
        } else if is(&codes::COLUMN_DOES_NOT_EXIST) {
            "undefined_column"
        } else if is(&codes::ALREADY_EXISTS) {
            match noun {
                "table" | "relation" | "index" | "view" | "materialized view" | "sequence" => {
                    "duplicate_table"
                }
                "column" => "duplicate_column",
                "schema" => "duplicate_schema",
                "function" | "procedure" | "aggregate" => "duplicate_function",
                it if it.starts_with("the primary key") => "invalid_table_definition",
                _ => "duplicate_object",
            }
        } else if is(&codes::CONSTRAINT_DOES_NOT_EXIST) || is(&codes::TYPE_DOES_NOT_EXIST) {
            "undefined_object"
        } else if is(&codes::FUNCTION_DOES_NOT_EXIST) {
            "undefined_function"
        } else if is(&codes::STILL_REFERENCED) {
            "dependent_objects_still_exist"
        } else if is(&codes::FOREIGN_KEY_WITHOUT_KEY) {
            "invalid_foreign_key"
        } else if is(&codes::FOREIGN_KEY_TO_OTHER_TYPE) {
            "datatype_mismatch"
        } else {
            return Self(None);
        };
        // The server says `undefined_function` of a function, whatever code it has here.
        let name = if noun.starts_with("function") || noun.starts_with("procedure") {
            if name == "undefined_object" { "undefined_function" } else { name }
        } else {
            name
        };
        Self::named(name)
    }

    /// Returns whether a handler takes the error; `None` where that is not known.
    pub(super) fn is_met_by(&self, conditions: &[String]) -> Option<bool> {
        // What is no error is met by a handler that names it.
        let no_error = |it: &String| matches!(it.as_str(), "not found" | "sqlwarning");
        let is_no_error = self.0.as_ref().is_some_and(|it| it.starts_with("02"));
        if is_no_error || conditions.iter().all(no_error) {
            return Some(
                is_no_error
                    && conditions
                        .iter()
                        .any(|it| matches!(it.as_str(), "not found" | "sqlstate 02000" | "1329")),
            );
        }
        // `OTHERS` leaves failed assertions alone.
        if conditions.iter().any(|it| matches!(it.as_str(), "others" | "sqlexception")) {
            return Some(self.0.as_deref() != Some("P0004"));
        }
        let own = self.0.as_deref()?;
        // A class stands for all of its states.
        let is_it =
            |state: &str| state == own || state.ends_with("000") && own.get(..2) == state.get(..2);
        let meets = |it: &String| match it.strip_prefix("sqlstate ") {
            Some(state) => is_it(state),
            None => states_of(it).chain(mysql_error(it)).any(is_it),
        };
        Some(conditions.iter().any(meets))
    }
}

/// Errors of MySQL that handlers name by their number.
fn mysql_error(number: &str) -> Option<&'static str> {
    Some(match number {
        "1050" => "42P07",
        "1051" | "1146" => "42P01",
        "1054" => "42703",
        "1060" => "42701",
        "1061" | "1826" | "1022" => "42710",
        "1091" => "42704",
        _ => return None,
    })
}
