//! A role of PostgreSQL: owners, policies and grants name it.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    base::Name,
    field,
    model::{Field, Info, Kind, Meta},
};

/// A user or group of the server; it belongs to no database.
#[derive(Clone, Debug)]
pub struct Role {
    pub name: Name,
    /// `login`, `superuser`, …: how it differs from a role that states nothing.
    pub options: BTreeMap<String, String>,
    /// The roles that it is a member of.
    pub member_of: BTreeSet<Name>,
    pub comment: Option<String>,
    pub meta: Meta,
}

impl Kind for Role {
    const INFO: &'static Info = &Info {
        keyword: "role",
        noun: "role",
        stage: 0,
        part: false,
        declared: false,
        summary: "A user or group that grants and policies name.",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(Self, options, "What it may do, where that differs from the default."),
        field!(Self, member_of, "The roles that it is a member of."),
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
