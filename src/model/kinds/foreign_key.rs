//! A foreign key.

use crate::{
    base::{Name, QName},
    field,
    model::{Action, Deferral, Field, Info, Kind, Meta},
};

/// Columns whose values are a key of another table.
#[derive(Clone, Debug)]
pub struct ForeignKey {
    pub name: Name,
    pub columns: Vec<Name>,
    pub references: QName,
    /// The columns referred to, never empty once bound.
    pub target: Vec<Name>,
    pub on_delete: Action,
    /// The columns that ON DELETE sets; none: all.
    pub on_delete_columns: Vec<Name>,
    pub on_update: Action,
    pub match_full: bool,
    pub deferral: Deferral,
    pub enforced: bool,
    /// Rows that were there before it may not meet it.
    pub not_valid: bool,
    /// The last columns are periods of time.
    pub period: bool,
    /// The key of the partitioned table that it is a part of.
    pub attached_to: Option<Name>,
    pub comment: Option<String>,
    pub meta: Meta,
}

impl Kind for ForeignKey {
    const INFO: &'static Info = &Info {
        keyword: "foreign-key",
        noun: "foreign key",
        stage: 10,
        part: true,
        declared: true,
        summary: "Columns whose values are a key of another table.",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(Self, columns, "The columns, in order."),
        field!(Self, references, "The table referred to."),
        field!(Self, target, "The columns referred to, in order."),
        field!(Self, on_delete, "What happens when the row referred to goes."),
        field!(Self, on_delete_columns, "The columns that are set when the row referred to goes."),
        field!(Self, on_update, "What happens when the key referred to changes."),
        field!(Self, match_full, "Whether either all columns are NULL or none."),
        field!(Self, deferral, "When it is checked."),
        field!(Self, enforced, "Whether the database checks it."),
        field!(Self, not_valid, "Whether rows from before it are left unchecked."),
        field!(Self, period, "Whether the last columns are periods of time."),
        field!(lenient Self, attached_to, "The key of the partitioned table that it belongs to."),
        field!(Self, comment, "Its COMMENT."),
    ];

    fn name(&self) -> &Name {
        &self.name
    }

    fn meta(&self) -> &Meta {
        &self.meta
    }

    fn comment_mut(&mut self) -> Option<&mut Option<String>> {
        Some(&mut self.comment)
    }
}

impl ForeignKey {
    /// Returns a key from those columns to the others with nothing else set.
    pub fn new(name: Name, columns: Vec<Name>, references: QName, target: Vec<Name>) -> Self {
        Self {
            name,
            columns,
            references,
            target,
            on_delete: Action::default(),
            on_delete_columns: Vec::new(),
            on_update: Action::default(),
            match_full: false,
            deferral: Deferral::default(),
            enforced: true,
            not_valid: false,
            period: false,
            attached_to: None,
            comment: None,
            meta: Meta::default(),
        }
    }
}
