//! A composite type: named fields.

use crate::{
    base::{Name, QName},
    field,
    model::{Access, ColumnType, Field, Info, Kind, Meta, value::Show},
};

/// A type of named attributes.
#[derive(Clone, Debug)]
pub struct CompositeType {
    pub name: QName,
    pub attributes: Vec<Attribute>,
    pub access: Access,
    pub comment: Option<String>,
    pub meta: Meta,
}

/// One attribute; in the order of the type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    pub name: Name,
    pub ty: ColumnType,
    pub collate: Option<String>,
}

impl Show for Attribute {
    fn show(&self) -> String {
        format!("{} {}", self.name, self.ty)
    }
}

impl Kind for CompositeType {
    const INFO: &'static Info = &Info {
        keyword: "type",
        noun: "composite type",
        stage: 2,
        part: false,
        declared: false,
        summary: "A type of named attributes.",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(Self, attributes, "The attributes, in order."),
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
