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
    /// Rows that were there before it may not meet it.
    pub not_valid: bool,
    /// Tables that inherit from its table do not get it.
    pub no_inherit: bool,
    /// Only there because a table that its own inherits from has it.
    pub inherited: bool,
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
        field!(Self, not_valid, "Whether rows from before it are left unchecked."),
        field!(Self, no_inherit, "Whether tables that inherit do without it."),
        field!(lenient Self, inherited, "Whether it is there only because a parent has it."),
        field!(Self, comment, "Its COMMENT."),
    ];

    fn name(&self) -> &Name {
        &self.name
    }

    fn meta(&self) -> &Meta {
        &self.meta
    }

    fn exprs(&self) -> Vec<&Expr> {
        vec![&self.expr]
    }

    fn exprs_mut(&mut self) -> Vec<&mut Expr> {
        vec![&mut self.expr]
    }

    fn comment_mut(&mut self) -> Option<&mut Option<String>> {
        Some(&mut self.comment)
    }
}

impl Check {
    /// Returns whether it is written behind that column, and so part of the column's definition, as MariaDB has it.
    pub fn is_behind(&self, column: &Name) -> bool {
        self.meta.invented && self.name == *column
    }

    /// Returns a condition that mentions those columns, with nothing else set.
    pub fn new(name: Name, expr: Expr, columns: Vec<Name>) -> Self {
        Self {
            name,
            expr,
            columns,
            enforced: true,
            not_valid: false,
            no_inherit: false,
            inherited: false,
            comment: None,
            meta: Meta::default(),
        }
    }
}
