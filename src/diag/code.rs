//! The identity of a diagnostic: its name, its severity and its page.

use super::Severity;

/// A row of a stage's `codes.rs`.
#[derive(Debug)]
pub struct Code {
    /// Kebab-case; also the file name of its page.
    pub name: &'static str,
    pub severity: Severity,
    /// One line for lists.
    pub summary: &'static str,
    /// The page in Markdown, as `schemac explain` shows it and as the tests run it.
    pub page: &'static str,
}

/// Writes one [`Code`] row: `code!(UNKNOWN_NODE, "unknown-node", Error, "a node has a name …")`.
#[macro_export]
macro_rules! code {
    ($id:ident, $name:literal, $severity:ident, $summary:literal) => {
        pub static $id: $crate::diag::Code = $crate::diag::Code {
            name: $name,
            severity: $crate::diag::Severity::$severity,
            summary: $summary,
            page: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/errors/", $name, ".md")),
        };
    };
}
