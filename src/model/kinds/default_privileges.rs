//! Privileges that objects get when they are made.

use crate::{
    base::{Name, QName},
    field,
    model::{Field, Grants, Holder, Info, Kind, Meta},
};

/// What `ALTER DEFAULT PRIVILEGES` set for the objects that a role will make.
#[derive(Clone, Debug)]
pub struct DefaultPrivileges {
    /// `tables`, or `role/tables` of another role than the usual one; in the schema that it is about, or in none.
    pub name: QName,
    /// Who makes the objects.
    pub role: Holder,
    pub schema: Option<Name>,
    /// `tables`, `sequences`, `functions`, `types`, `schemas`.
    pub objects: &'static str,
    /// How they differ from what objects get by themselves; of a schema, what they get beyond that.
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
