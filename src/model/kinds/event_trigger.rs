//! An event trigger of PostgreSQL.

use crate::{
    base::{Name, QName},
    field,
    model::{Field, Info, Kind, Meta},
};

/// Code that runs when the schema changes.
#[derive(Clone, Debug)]
pub struct EventTrigger {
    pub name: Name,
    pub event: String,
    /// The command tags of `WHEN TAG IN`, in order.
    pub tags: Vec<String>,
    pub function: QName,
    /// `enabled`, `disabled`, `replica`, `always`.
    pub enabled: &'static str,
    pub owner: Option<Name>,
    pub comment: Option<String>,
    pub meta: Meta,
}

impl Kind for EventTrigger {
    const INFO: &'static Info = &Info {
        keyword: "event-trigger",
        noun: "event trigger",
        stage: 16,
        part: false,
        declared: false,
        summary: "Code that runs when the schema changes.",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(Self, event, "What it runs on."),
        field!(Self, tags, "The commands it runs on."),
        field!(Self, function, "The function it calls."),
        field!(Self, enabled, "Whether it runs."),
        field!(lenient Self, owner, "Its owner."),
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
