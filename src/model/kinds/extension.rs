//! An extension of PostgreSQL.

use crate::{
    base::Name,
    field,
    model::{Field, Info, Kind, Meta},
};

/// A package of objects that `CREATE EXTENSION` installs; what is in it belongs to it, not to the schema.
#[derive(Clone, Debug)]
pub struct Extension {
    pub name: Name,
    /// Where its objects are; `None` is the default schema.
    pub schema: Option<Name>,
    /// As stated; not compared, since servers have but one.
    pub version: Option<String>,
    pub comment: Option<String>,
    pub meta: Meta,
}

impl Kind for Extension {
    const INFO: &'static Info = &Info {
        keyword: "extension",
        noun: "extension",
        stage: 1,
        part: false,
        declared: false,
        summary: "A package of objects that the server brings along.",
    };
    const FIELDS: &'static [Field<Self>] = &[field!(Self, schema, "The schema of its objects.")];

    fn name(&self) -> &Name {
        &self.name
    }

    fn meta(&self) -> &Meta {
        &self.meta
    }

    fn comment_mut(&mut self) -> Option<&mut Option<String>> {
        Some(&mut self.comment)
    }
}
