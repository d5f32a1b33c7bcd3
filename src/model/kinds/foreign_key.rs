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
    pub on_update: Action,
    pub match_full: bool,
    pub deferral: Deferral,
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
        field!(Self, on_update, "What happens when the key referred to changes."),
        field!(Self, match_full, "Whether either all columns are NULL or none."),
        field!(Self, deferral, "When it is checked."),
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
