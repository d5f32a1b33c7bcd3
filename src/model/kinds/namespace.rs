//! A database schema: a namespace for tables and types.

use crate::{
    base::Name,
    field,
    model::{Access, Field, Info, Kind, Meta},
};

/// A namespace that `CREATE SCHEMA` makes.
#[derive(Clone, Debug)]
pub struct Namespace {
    pub name: Name,
    pub access: Access,
    pub comment: Option<String>,
    pub meta: Meta,
}

impl Kind for Namespace {
    const INFO: &'static Info = &Info {
        keyword: "schema",
        noun: "schema",
        stage: 0,
        part: false,
        declared: true,
        summary: "A namespace for tables and types.",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(lenient Self, access, "Its owner and who may do what with it; unset is not managed."),
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

    fn access(&self) -> Option<&Access> {
        Some(&self.access)
    }

    fn access_mut(&mut self) -> Option<&mut Access> {
        Some(&mut self.access)
    }
}
