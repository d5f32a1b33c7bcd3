//! What is known of a history, and what is not.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    base::{QName, Sources},
    model::Schema,
};

/// Which tables the statements that were not understood speak of.
#[derive(Debug, Default)]
pub struct Knowledge {
    /// A table's name in lower case, and the first such statement: `path:line`.
    unsure: BTreeMap<String, String>,
}

impl Knowledge {
    /// Returns the names of the schema's tables that stand in the text of an unknown.
    pub fn of(schema: &Schema, desired: &Schema, sources: &Sources) -> Self {
        if schema.unknowns.is_empty() {
            return Self::default();
        }
        let tables = schema.tables.keys().chain(desired.tables.keys());
        let names: BTreeSet<String> = tables.map(|it| it.name.as_str().to_lowercase()).collect();
        let mut unsure = BTreeMap::new();
        for it in &schema.unknowns {
            let source = sources.get(it.place.file);
            let mut at = None;
            for word in sources.text(it.place).split(|it: char| it != '_' && !it.is_alphanumeric())
            {
                let word = word.to_lowercase();
                if names.contains(&word) && !unsure.contains_key(&word) {
                    let at = at.get_or_insert_with(|| {
                        format!(
                            "{}:{}",
                            source.path,
                            source.position(it.place.span.start as usize).line
                        )
                    });
                    unsure.insert(word, at.clone());
                }
            }
        }
        Self { unsure }
    }

    pub(super) fn about(&self, table: &QName) -> Option<&str> {
        if self.unsure.is_empty() {
            return None;
        }
        self.unsure.get(&table.name.as_str().to_lowercase()).map(String::as_str)
    }
}
