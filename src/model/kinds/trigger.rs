//! A trigger of a table or view.

use std::collections::BTreeMap;

use crate::{
    base::{Name, QName},
    field,
    model::{Deferral, Expr, Field, Info, Kind, Meta, value::Show},
};

/// Code that runs when rows change.
#[derive(Clone, Debug)]
pub struct Trigger {
    pub name: Name,
    /// `before`, `after` or `instead of`.
    pub timing: &'static str,
    /// `insert`, `update`, `delete`, `truncate`, in this order.
    pub events: Vec<String>,
    /// Of `UPDATE OF`.
    pub columns: Vec<Name>,
    pub for_each_row: bool,
    pub condition: Option<Expr>,
    /// `old table as o`, `new table as n`.
    pub transitions: Vec<String>,
    /// The function that it calls, without arguments; `None` where the dialect has inline bodies.
    pub function: Option<QName>,
    /// String constants, resolved.
    pub arguments: Vec<String>,
    /// The inline body, as written.
    pub body: Option<String>,
    /// A constraint trigger.
    pub constraint: Option<ConstraintTrigger>,
    /// `enabled`, `disabled`, `replica`, `always`.
    pub enabled: &'static str,
    /// `DEFINER` and the like, by their lower-case name.
    pub options: BTreeMap<String, String>,
    pub comment: Option<String>,
    pub meta: Meta,
}

/// What only constraint triggers have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConstraintTrigger {
    pub from: Option<QName>,
    pub deferral: Deferral,
}

impl Show for ConstraintTrigger {
    fn show(&self) -> String {
        let from = self.from.as_ref().map(|it| format!("from {it} ")).unwrap_or_default();
        format!("{from}{}", self.deferral.show())
    }
}

impl Kind for Trigger {
    const INFO: &'static Info = &Info {
        keyword: "trigger",
        noun: "trigger",
        stage: 15,
        part: true,
        declared: false,
        summary: "Code that runs when rows change.",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(Self, timing, "When it runs."),
        field!(Self, events, "What it runs on."),
        field!(Self, columns, "The columns whose update it runs on."),
        field!(Self, for_each_row, "Whether it runs for each row."),
        field!(Self, condition, "The condition to run."),
        field!(Self, transitions, "The names of the changed rows."),
        field!(Self, function, "The function it calls."),
        field!(Self, arguments, "The arguments of the function."),
        field!(Self, body, "The code."),
        field!(Self, constraint, "When it is checked, if it is a constraint."),
        field!(Self, enabled, "Whether it runs."),
        field!(lenient Self, options, "Who it runs as."),
        field!(Self, comment, "Its COMMENT."),
    ];

    fn name(&self) -> &Name {
        &self.name
    }

    fn meta(&self) -> &Meta {
        &self.meta
    }

    fn exprs(&self) -> Vec<&Expr> {
        self.condition.iter().collect()
    }

    fn exprs_mut(&mut self) -> Vec<&mut Expr> {
        self.condition.iter_mut().collect()
    }

    fn comment_mut(&mut self) -> Option<&mut Option<String>> {
        Some(&mut self.comment)
    }
}
