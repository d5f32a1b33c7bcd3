//! The table of rules: one file and one page each.

mod deprecated_in_use;
mod inconsistent_column_type;
mod missing_comment;
mod missing_foreign_key;
mod overlapping_tables;
mod redundant_index;
mod repeated_definition;
mod repeated_index;
mod table_without_primary_key;
mod undone_edit;
mod unindexed_foreign_key;

use super::Rule;

/// Every rule, by name.
pub static RULES: &[&Rule] = &[
    &deprecated_in_use::RULE,
    &inconsistent_column_type::RULE,
    &missing_comment::RULE,
    &missing_foreign_key::RULE,
    &overlapping_tables::RULE,
    &redundant_index::RULE,
    &repeated_definition::RULE,
    &repeated_index::RULE,
    &table_without_primary_key::RULE,
    &undone_edit::RULE,
    &unindexed_foreign_key::RULE,
];
