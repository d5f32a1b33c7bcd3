//! Functions that no history creates: the server's own and those of extensions.

/// Functions that triggers can call, and the extension that brings them, if it is not the server
/// (<https://www.postgresql.org/docs/current/functions-trigger.html>,
/// <https://www.postgresql.org/docs/current/contrib-spi.html>).
pub const TRIGGER_FUNCTIONS: &[(&str, Option<&str>)] = &[
    ("autoinc", Some("autoinc")),
    ("check_foreign_key", Some("refint")),
    ("check_primary_key", Some("refint")),
    ("insert_username", Some("insert_username")),
    ("lo_manage", Some("lo")),
    ("moddatetime", Some("moddatetime")),
    ("suppress_redundant_updates_trigger", None),
    ("triggered_change_notification", Some("tcn")),
    ("tsvector_update_trigger", None),
    ("tsvector_update_trigger_column", None),
];
