//! Whether triggers, event triggers and rules fire (<https://www.postgresql.org/docs/current/sql-altertable.html>).

/// Returns the words that set the state.
pub(super) fn verb(state: &str) -> &'static str {
    match state {
        "disabled" => "DISABLE",
        "replica" => "ENABLE REPLICA",
        "always" => "ENABLE ALWAYS",
        _ => "ENABLE",
    }
}
