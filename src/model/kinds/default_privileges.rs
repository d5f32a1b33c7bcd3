//! Privileges that objects get when they are made.

use crate::{
    base::{Name, QName},
    field,
    model::{Field, Grants, Info, Kind, Meta},
};

/// What `ALTER DEFAULT PRIVILEGES` set for the objects that a role will make.
#[derive(Clone, Debug)]
pub struct DefaultPrivileges {
    /// `role/tables`, in the schema that it is about; without one it is about all.
    pub name: QName,
    pub role: Name,
    pub schema: Option<Name>,
    /// `tables`, `sequences`, `functions`, `types`, `schemas`.
    pub objects: &'static str,
    pub grants: Grants,
    pub meta: Meta,
}

impl Kind for DefaultPrivileges {
    const INFO: &'static Info = &Info {
        keyword: "default-privileges",
        noun: "default privileges",
        stage: 17,
        part: false,
        declared: false,
        summary: "What future objects may be used for, and by whom.",
    };
    const FIELDS: &'static [Field<Self>] = &[field!(Self, grants, "Who gets which privileges.")];

    fn name(&self) -> &Name {
        &self.name.name
    }

    fn meta(&self) -> &Meta {
        &self.meta
    }
}
