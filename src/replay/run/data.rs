//! Which tables may have rows.

use std::collections::BTreeSet;

use crate::base::QName;

/// Tables that statements of the history put rows into.
#[derive(Debug, Default)]
pub(in crate::replay) struct Rows {
    filled: BTreeSet<String>,
    /// A statement that may put rows anywhere was run.
    anywhere: bool,
}

/// Statements that add no rows.
const HARMLESS: &[&str] = &["update", "delete", "truncate", "explain", "show", "describe", "desc"];

impl Rows {
    /// Returns whether nothing was put into the table. Names are compared without their schema.
    pub(in crate::replay) fn is_empty(&self, table: &QName) -> bool {
        !self.anywhere && !self.filled.contains(&table.name.as_str().to_lowercase())
    }

    pub(in crate::replay) fn fill_anything(&mut self) {
        self.anywhere = true;
    }

    /// Takes in a statement that reads or writes rows.
    pub(in crate::replay) fn note(&mut self, statement: &str) {
        if self.anywhere {
            return;
        }
        let mut words = statement.split_ascii_whitespace();
        let first = words.next().unwrap_or("").to_ascii_lowercase();
        match first.as_str() {
            "insert" | "replace" | "merge" | "copy" => {
                let name = words.find(|it| {
                    let lower = it.to_ascii_lowercase();
                    !matches!(lower.as_str(), "into" | "ignore" | "low_priority" | "or" | "delayed")
                });
                let name = name.and_then(|it| it.split('(').next()).unwrap_or("");
                let own = name.rsplit('.').next().unwrap_or(name);
                self.filled.insert(own.trim_matches(['"', '`', '[', ']']).to_lowercase());
            }
            it if HARMLESS.contains(&it) => {}
            "select" | "with" | "values" | "table" | "(" => {
                let lower = statement.to_ascii_lowercase();
                self.anywhere |= ["insert", "merge"].iter().any(|it| lower.contains(it));
            }
            _ => self.anywhere = true,
        }
    }
}
