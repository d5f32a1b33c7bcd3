//! An aggregate function.

use std::collections::BTreeMap;

use crate::{
    base::{Name, QName},
    field,
    model::{Access, Argument, Field, Info, Kind, Meta},
};

/// A function over many rows.
#[derive(Clone, Debug)]
pub struct Aggregate {
    /// With the types of its arguments: `group_concat(text)`.
    pub name: QName,
    pub arguments: Vec<Argument>,
    /// How many arguments stand before `ORDER BY`, where there is one.
    pub n_direct: Option<i64>,
    /// `sfunc`, `stype`, `initcond`, …, by their lower-case name.
    pub options: BTreeMap<String, String>,
    pub access: Access,
    pub comment: Option<String>,
    pub meta: Meta,
}

impl Kind for Aggregate {
    const INFO: &'static Info = &Info {
        keyword: "aggregate",
        noun: "aggregate",
        stage: 4,
        part: false,
        declared: false,
        summary: "A function over many rows.",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(Self, arguments, "The arguments."),
        field!(Self, n_direct, "How many arguments stand before ORDER BY."),
        field!(Self, options, "The functions and types it is made of."),
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
