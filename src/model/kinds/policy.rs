//! A row-level security policy.

use crate::{
    base::Name,
    field,
    model::{Expr, Field, Info, Kind, Meta},
};

/// Which rows a role may see and write.
#[derive(Clone, Debug)]
pub struct Policy {
    pub name: Name,
    /// `all`, `select`, `insert`, `update` or `delete`.
    pub command: &'static str,
    pub permissive: bool,
    /// Sorted; `public` where none is named.
    pub roles: Vec<String>,
    pub using: Option<Expr>,
    pub check: Option<Expr>,
    pub comment: Option<String>,
    pub meta: Meta,
}

impl Kind for Policy {
    const INFO: &'static Info = &Info {
        keyword: "policy",
        noun: "policy",
        stage: 14,
        part: true,
        declared: false,
        summary: "Which rows a role may see and write.",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(Self, command, "The commands it is for."),
        field!(Self, permissive, "Whether it allows rather than restricts."),
        field!(Self, roles, "The roles it is for."),
        field!(Self, using, "The rows that are seen."),
        field!(Self, check, "The rows that may be written."),
        field!(Self, comment, "Its COMMENT."),
    ];

    fn name(&self) -> &Name {
        &self.name
    }

    fn meta(&self) -> &Meta {
        &self.meta
    }

    fn exprs(&self) -> Vec<&Expr> {
        self.using.iter().chain(&self.check).collect()
    }

    fn exprs_mut(&mut self) -> Vec<&mut Expr> {
        self.using.iter_mut().chain(&mut self.check).collect()
    }

    fn comment_mut(&mut self) -> Option<&mut Option<String>> {
        Some(&mut self.comment)
    }
}
