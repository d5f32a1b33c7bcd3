//! A rewrite rule of a table or view.

use crate::{
    base::Name,
    field,
    model::{Expr, Field, Info, Kind, Meta},
};

/// What a statement is rewritten into.
#[derive(Clone, Debug)]
pub struct Rule {
    pub name: Name,
    /// `insert`, `update` or `delete`.
    pub event: &'static str,
    /// `WHERE … DO INSTEAD …`, what stands behind the table, as written.
    pub text: Expr,
    /// `enabled`, `disabled`, `replica`, `always`.
    pub enabled: &'static str,
    pub comment: Option<String>,
    pub meta: Meta,
}

impl Kind for Rule {
    const INFO: &'static Info = &Info {
        keyword: "rule",
        noun: "rule",
        stage: 14,
        part: true,
        declared: false,
        summary: "What a statement is rewritten into.",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(Self, event, "The statement."),
        field!(Self, text, "What comes of it."),
        field!(Self, enabled, "Whether it is applied."),
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
