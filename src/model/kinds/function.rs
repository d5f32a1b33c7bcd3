//! A function.

use crate::{
    base::{Name, QName},
    model::{Access, Field, Info, Kind, Meta, Routine, routine::routine_fields},
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
    const FIELDS: &'static [Field<Self>] = routine_fields!(Self);

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
