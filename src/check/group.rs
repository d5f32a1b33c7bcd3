//! Groups of rules: what a project turns on together.

/// A row of [`GROUPS`].
#[derive(Debug)]
pub struct Group {
    /// As in `rules { select documentation }`.
    pub name: &'static str,
    pub summary: &'static str,
    /// Whether its rules are on in a project that says nothing.
    pub default: bool,
}

/// Every group, by name.
pub static GROUPS: &[&Group] = &[&CONSISTENCY, &DESIGN, &DOCUMENTATION, &HISTORY, &INDEXES];

pub(super) static CONSISTENCY: Group =
    Group { name: "consistency", summary: "What names promise and types keep.", default: false };

pub(super) static DESIGN: Group =
    Group { name: "design", summary: "What the tables are.", default: true };

pub(super) static DOCUMENTATION: Group =
    Group { name: "documentation", summary: "What the schema says of itself.", default: false };

pub(super) static HISTORY: Group =
    Group { name: "history", summary: "What migrations do one after the other.", default: true };

pub(super) static INDEXES: Group =
    Group { name: "indexes", summary: "How rows are found.", default: true };
