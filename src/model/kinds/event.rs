//! A scheduled event of MySQL.

use std::collections::BTreeMap;

use crate::{
    base::{Name, QName},
    field,
    model::{Field, Info, Kind, Meta},
};

/// Code that runs at set times.
#[derive(Clone, Debug)]
pub struct Event {
    pub name: QName,
    /// From ON SCHEDULE to the word before DO, as the server writes it.
    pub schedule: String,
    pub body: String,
    /// `enabled`, `disabled`.
    pub enabled: &'static str,
    pub preserve: bool,
    pub options: BTreeMap<String, String>,
    pub comment: Option<String>,
    pub meta: Meta,
}

impl Kind for Event {
    const INFO: &'static Info = &Info {
        keyword: "event",
        noun: "event",
        stage: 16,
        part: false,
        declared: false,
        summary: "Code that runs at set times.",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(Self, schedule, "When it runs."),
        field!(Self, body, "The code."),
        field!(Self, enabled, "Whether it runs."),
        field!(Self, preserve, "Whether it stays when it is over."),
        field!(lenient Self, options, "Who it runs as."),
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
}
