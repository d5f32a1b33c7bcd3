//! An enumeration: a type of named values.

use crate::{
    base::{Name, QName},
    field,
    model::{Access, Field, Info, Kind, Meta},
};

/// An enumeration type, its values in their order.
#[derive(Clone, Debug)]
pub struct EnumType {
    pub name: QName,
    pub values: Vec<EnumValue>,
    pub access: Access,
    pub comment: Option<String>,
    pub meta: Meta,
}

/// One value; equal by its text.
#[derive(Clone, Debug)]
pub struct EnumValue {
    pub text: String,
    pub renamed_from: Option<String>,
}

impl PartialEq for EnumValue {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Kind for EnumType {
    const INFO: &'static Info = &Info {
        keyword: "enum",
        noun: "enum",
        stage: 2,
        part: false,
        declared: true,
        summary: "A type of named values.",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(Self, values, "The values, in order."),
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
