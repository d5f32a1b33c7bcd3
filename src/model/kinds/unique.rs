//! A unique constraint.

use crate::{
    base::Name,
    field,
    model::{Deferral, Field, Info, Kind, Meta},
};

/// Columns that no two rows agree in.
#[derive(Clone, Debug)]
pub struct Unique {
    pub name: Name,
    pub columns: Vec<Name>,
    /// Columns that the index carries without being part of the key.
    pub include: Vec<Name>,
    pub nulls_not_distinct: bool,
    pub deferral: Deferral,
    pub comment: Option<String>,
    pub meta: Meta,
}

impl Kind for Unique {
    const INFO: &'static Info = &Info {
        keyword: "unique",
        noun: "unique constraint",
        stage: 8,
        part: true,
        declared: true,
        summary: "Columns that no two rows agree in.",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(Self, columns, "The columns, in order."),
        field!(Self, include, "Columns carried along in the index."),
        field!(Self, nulls_not_distinct, "Whether two NULLs count as equal."),
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
