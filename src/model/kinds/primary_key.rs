//! The primary key of a table.

use std::collections::BTreeMap;

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
    /// Columns that the index carries without being part of the key.
    pub include: Vec<Name>,
    pub deferral: Deferral,
    /// The last column is a period of time, and no two periods of the others overlap.
    pub without_overlaps: bool,
    /// The key of the partitioned table that it is a part of.
    pub attached_to: Option<Name>,
    /// Storage parameters of its index.
    pub options: BTreeMap<String, String>,
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
        field!(Self, include, "Columns carried along in the index."),
        field!(Self, deferral, "When it is checked."),
        field!(Self, without_overlaps, "Whether periods of time may not overlap."),
        field!(lenient Self, attached_to, "The key of the partitioned table that it belongs to."),
        field!(lenient Self, options, "Storage parameters; those that are not stated are not managed."),
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

impl PrimaryKey {
    /// Returns a key on those columns with nothing else set.
    pub fn new(name: Name, columns: Vec<Name>) -> Self {
        Self {
            name,
            columns,
            include: Vec::new(),
            deferral: Deferral::default(),
            without_overlaps: false,
            attached_to: None,
            options: BTreeMap::new(),
            comment: None,
            meta: Meta::default(),
        }
    }
}
