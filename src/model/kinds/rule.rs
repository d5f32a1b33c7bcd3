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
    /// Whether the actions take the statement's place.
    pub instead: bool,
    pub condition: Option<Expr>,
    /// Statements; none: nothing is done.
    pub actions: Vec<Expr>,
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
        field!(Self, event, "The statements that it is for."),
        field!(Self, instead, "Whether the actions take the statement's place."),
        field!(Self, condition, "When it is applied."),
        field!(Self, actions, "What is done."),
        field!(Self, enabled, "Whether it is applied."),
        field!(Self, comment, "Its COMMENT."),
    ];

    fn name(&self) -> &Name {
        &self.name
    }

    fn meta(&self) -> &Meta {
        &self.meta
    }

    fn exprs(&self) -> Vec<&Expr> {
        self.condition.iter().chain(&self.actions).collect()
    }

    fn exprs_mut(&mut self) -> Vec<&mut Expr> {
        self.condition.iter_mut().chain(&mut self.actions).collect()
    }

    fn comment_mut(&mut self) -> Option<&mut Option<String>> {
        Some(&mut self.comment)
    }
}
