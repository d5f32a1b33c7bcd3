//! The conditions by which handlers know errors (<https://www.postgresql.org/docs/current/errcodes-appendix.html>).

use crate::{diag::Diagnostic, replay::codes};

/// The state of an error: `None` is one that nobody can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::replay) struct State(Option<String>);

/// The conditions that an error of a replay can be, and those that blocks of real histories raise and catch.
#[rustfmt::skip]
static CONDITIONS: &[(&str, &str)] = &[
    ("raise_exception", "P0001"),
    ("no_data_found", "P0002"),
    ("too_many_rows", "P0003"),
    ("assert_failure", "P0004"),
    ("feature_not_supported", "0A000"),
    ("case_not_found", "20000"),
    ("division_by_zero", "22012"),
    ("invalid_text_representation", "22P02"),
    ("not_null_violation", "23502"),
    ("foreign_key_violation", "23503"),
    ("unique_violation", "23505"),
    ("check_violation", "23514"),
    ("dependent_objects_still_exist", "2BP01"),
    ("invalid_catalog_name", "3D000"),
    ("invalid_schema_name", "3F000"),
    ("syntax_error", "42601"),
    ("insufficient_privilege", "42501"),
    ("duplicate_column", "42701"),
    ("ambiguous_column", "42702"),
    ("undefined_column", "42703"),
    ("undefined_object", "42704"),
    ("duplicate_alias", "42712"),
    ("duplicate_object", "42710"),
    ("duplicate_function", "42723"),
    ("datatype_mismatch", "42804"),
    ("wrong_object_type", "42809"),
    ("invalid_foreign_key", "42830"),
    ("undefined_function", "42883"),
    ("undefined_table", "42P01"),
    ("undefined_parameter", "42P02"),
    ("duplicate_database", "42P04"),
    ("duplicate_schema", "42P06"),
    ("duplicate_table", "42P07"),
    ("invalid_table_definition", "42P16"),
    ("invalid_object_definition", "42P17"),
    ("object_not_in_prerequisite_state", "55000"),
    ("object_in_use", "55006"),
    ("unsafe_new_enum_value_usage", "55P04"),
];

impl State {
    pub(super) fn named(condition: &str) -> Self {
        if let Some(state) = condition.strip_prefix("sqlstate ") {
            return Self(Some(state.to_owned()));
        }
        Self(CONDITIONS.iter().find(|it| it.0 == condition).map(|it| it.1.to_owned()))
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
                it if it.starts_with("primary key") => "invalid_table_definition",
                _ => "duplicate_object",
            }
        } else if is(&codes::CONSTRAINT_DOES_NOT_EXIST) || is(&codes::TYPE_DOES_NOT_EXIST) {
            "undefined_object"
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
        // `OTHERS` leaves failed assertions alone.
        if conditions.iter().any(|it| matches!(it.as_str(), "others" | "sqlexception")) {
            return Some(self.0.as_deref() != Some("P0004"));
        }
        let own = self.0.as_deref()?;
        let meets = |it: &String| {
            let state = Self::named(it).0;
            match state.as_deref() {
                // A class stands for all of its states.
                Some(state) if state.ends_with("000") && state != "55000" => {
                    own.get(..2) == state.get(..2)
                }
                Some(state) => state == own,
                None => mysql_error(it).is_some_and(|it| it == own),
            }
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
