//! A procedure.

use crate::{
    base::{Name, QName},
    model::{Access, Field, Info, Kind, Meta, Routine, routine::routine_fields},
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
    const FIELDS: &'static [Field<Self>] = routine_fields!();

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
