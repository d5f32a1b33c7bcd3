//! A publication of PostgreSQL.

use std::collections::BTreeMap;

use crate::{
    base::{Name, QName},
    field,
    model::{Expr, Field, Info, Kind, Meta, value::Show},
};

/// Tables whose changes are sent to subscribers.
#[derive(Clone, Debug)]
pub struct Publication {
    pub name: Name,
    pub all_tables: bool,
    pub tables: Vec<PublishedTable>,
    pub schemas: Vec<Name>,
    /// `publish`, `publish_via_partition_root`, by their lower-case name.
    pub options: BTreeMap<String, String>,
    pub owner: Option<Name>,
    pub comment: Option<String>,
    pub meta: Meta,
}

/// A table of a publication; sorted by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedTable {
    pub name: QName,
    /// Empty means all.
    pub columns: Vec<Name>,
    pub condition: Option<Expr>,
}

impl Show for PublishedTable {
    fn show(&self) -> String {
        self.name.to_string()
    }
}

impl Kind for Publication {
    const INFO: &'static Info = &Info {
        keyword: "publication",
        noun: "publication",
        stage: 16,
        part: false,
        declared: false,
        summary: "Tables whose changes are sent to subscribers.",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(Self, all_tables, "Whether it is about all tables."),
        field!(Self, tables, "The tables."),
        field!(Self, schemas, "The schemas whose tables it is about."),
        field!(Self, options, "What is sent."),
        field!(lenient Self, owner, "Its owner."),
        field!(Self, comment, "Its COMMENT."),
    ];

    fn name(&self) -> &Name {
        &self.name
    }

    fn meta(&self) -> &Meta {
        &self.meta
    }

    fn exprs(&self) -> Vec<&Expr> {
        self.tables.iter().filter_map(|it| it.condition.as_ref()).collect()
    }

    fn exprs_mut(&mut self) -> Vec<&mut Expr> {
        self.tables.iter_mut().filter_map(|it| it.condition.as_mut()).collect()
    }

    fn comment_mut(&mut self) -> Option<&mut Option<String>> {
        Some(&mut self.comment)
    }
}
