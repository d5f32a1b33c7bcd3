//! A check constraint.

use crate::{
    base::Name,
    field,
    model::{Expr, Field, Info, Kind, Meta},
};

/// A condition that every row meets.
#[derive(Clone, Debug)]
pub struct Check {
    pub name: Name,
    pub expr: Expr,
    /// The columns that the condition mentions.
    pub columns: Vec<Name>,
    pub enforced: bool,
    pub comment: Option<String>,
    pub meta: Meta,
}

impl Kind for Check {
    const INFO: &'static Info = &Info {
        keyword: "check",
        noun: "check constraint",
        stage: 9,
        part: true,
        declared: true,
        summary: "A condition that every row meets.",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(Self, expr, "The condition."),
        field!(Self, enforced, "Whether the database checks it."),
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
