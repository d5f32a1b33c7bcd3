//! A function.

use crate::{
    base::{Name, QName},
    field,
    model::{Access, Field, Info, Kind, Meta, Routine},
};

/// A function that queries and triggers call.
#[derive(Clone, Debug)]
pub struct Function {
    /// With the types of its arguments, which tell it from others of its name: `f(integer, text)`.
    pub name: QName,
    pub routine: Routine,
    pub access: Access,
    pub comment: Option<String>,
    pub meta: Meta,
}

impl Kind for Function {
    const INFO: &'static Info = &Info {
        keyword: "function",
        noun: "function",
        stage: 3,
        part: false,
        declared: false,
        summary: "Code that returns a value.",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(in routine Self, arguments, "The arguments, and the columns of a table that it returns."),
        field!(in routine Self, returns, "What it returns."),
        field!(in routine Self, language, "The language of the body."),
        field!(in routine Self, body, "The code."),
        field!(in routine Self, inline, "Whether the code is SQL rather than a string."),
        field!(in routine Self, volatility, "What the result depends on."),
        field!(in routine Self, strict, "Whether NULL as an argument makes the result NULL."),
        field!(in routine Self, leakproof, "Whether it tells nothing of its arguments but the result."),
        field!(in routine Self, window, "Whether it is a window function."),
        field!(in routine Self, security_definer, "Whether it runs with its owner's privileges."),
        field!(in routine Self, parallel, "Whether parallel workers may run it."),
        field!(in routine Self, cost, "What a call costs the planner."),
        field!(in routine Self, rows, "How many rows the planner expects."),
        field!(in routine Self, support, "The planner's support function."),
        field!(in routine Self, settings, "The settings that hold while it runs."),
        field!(in routine Self, options, "What only some databases have."),
        field!(lenient Self, access, "Its owner and who may do what with it; unset is not managed."),
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

    fn access(&self) -> Option<&Access> {
        Some(&self.access)
    }

    fn access_mut(&mut self) -> Option<&mut Access> {
        Some(&mut self.access)
    }
}
