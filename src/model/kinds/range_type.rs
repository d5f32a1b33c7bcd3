//! A range type.

use std::collections::BTreeMap;

use crate::{
    base::{Name, QName},
    field,
    model::{Access, ColumnType, Field, Info, Kind, Meta},
};

/// A type of ranges over a subtype.
#[derive(Clone, Debug)]
pub struct RangeType {
    pub name: QName,
    pub subtype: ColumnType,
    /// The name of the type of its multiranges.
    pub multirange: Option<Name>,
    /// `subtype_diff`, `subtype_opclass`, `collation`, `canonical`, by their lower-case name.
    pub options: BTreeMap<String, String>,
    pub access: Access,
    pub comment: Option<String>,
    pub meta: Meta,
}

impl Kind for RangeType {
    const INFO: &'static Info = &Info {
        keyword: "range-type",
        noun: "range type",
        stage: 2,
        part: false,
        declared: false,
        summary: "A type of ranges.",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(Self, subtype, "The type of the bounds."),
        field!(Self, multirange, "The name of the type of its multiranges."),
        field!(Self, options, "How bounds compare."),
        field!(lenient Self, access, "Its owner and who may do what with it; unset is not managed."),
        field!(Self, comment, "Its COMMENT."),
    ];

    fn name(&self) -> &Name {
        &self.name.name
    }

    fn meta(&self) -> &Meta {
        &self.meta
    }

    fn comment_mut(&mut self) -> Option<&mut Option<String>> {
        Some(&mut self.comment)
    }

    fn access(&self) -> Option<&Access> {
        Some(&self.access)
    }

    fn access_mut(&mut self) -> Option<&mut Access> {
        Some(&mut self.access)
    }
}
