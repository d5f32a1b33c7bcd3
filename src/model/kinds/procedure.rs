//! A procedure.

use crate::{
    base::{Name, QName},
    field,
    model::{Access, Field, Info, Kind, Meta, Routine},
};

/// Code that CALL runs.
#[derive(Clone, Debug)]
pub struct Procedure {
    /// With the types of its arguments, which tell it from others of its name: `f(integer, text)`.
    pub name: QName,
    pub routine: Routine,
    pub access: Access,
    pub comment: Option<String>,
    pub meta: Meta,
}

impl Kind for Procedure {
    const INFO: &'static Info = &Info {
        keyword: "procedure",
        noun: "procedure",
        stage: 3,
        part: false,
        declared: false,
        summary: "Code that CALL runs.",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(in routine Self, arguments, "The arguments, and the columns of a table that it returns."),
        field!(in routine Self, language, "The language of the body."),
        field!(in routine Self, body, "The code."),
        field!(in routine Self, inline, "Whether the code is SQL rather than a string."),
        field!(in routine Self, security_definer, "Whether it runs with its owner's privileges."),
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
