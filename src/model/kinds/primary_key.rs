//! The primary key of a table.

use crate::{
    base::Name,
    field,
    model::{Deferral, Field, Info, Kind, Meta},
};

/// The primary key of a table; its columns are never NULL.
#[derive(Clone, Debug)]
pub struct PrimaryKey {
    pub name: Name,
    pub columns: Vec<Name>,
    pub deferral: Deferral,
    pub comment: Option<String>,
    pub meta: Meta,
}

impl Kind for PrimaryKey {
    const INFO: &'static Info = &Info {
        keyword: "primary-key",
        noun: "primary key",
        stage: 7,
        part: true,
        declared: true,
        summary: "The columns that identify a row.",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(Self, columns, "The columns, in order."),
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
