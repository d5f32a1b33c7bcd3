//! Rare objects, kept as they were written.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    base::{Name, QName},
    field,
    model::{Access, ColumnType, Field, Id, Info, Kind, Meta, value::Show},
};

/// An object of a kind that has no struct of its own (an operator, a cast, a collation, a foreign server, …): what
/// made it, in the words that made it.
#[derive(Clone, Debug)]
pub struct Verbatim {
    /// With what it is in front: `operator class public.my_ops using btree`.
    pub name: QName,
    /// `OPERATOR CLASS`, as in DROP and COMMENT ON.
    pub what: &'static str,
    /// What follows `what` in DROP and COMMENT ON.
    pub target: String,
    /// The statements that made it and changed it, in order.
    pub statements: Vec<String>,
    pub facts: Facts,
    pub access: Access,
    pub comment: Option<String>,
    pub meta: Meta,
}

/// What is known of a rare object beside its words. It is not compared: catalogs are not asked for it.
#[derive(Clone, Debug, Default)]
pub enum Facts {
    #[default]
    Unknown,
    Operator {
        /// The operators that it named before they were there: shells, until somebody makes them.
        shells: Vec<QName>,
    },
    Class {
        method: String,
        ty: ColumnType,
        /// It goes without saying.
        default: bool,
        /// `operator 1 (integer, integer)`, as its family knows them.
        members: BTreeSet<String>,
        family: Option<Id>,
    },
    /// What an operator family holds beside its classes.
    Family {
        members: BTreeSet<String>,
    },
    /// A text search configuration: the types of tokens that it knows, with the dictionaries that can go.
    Configuration {
        parser: Option<Id>,
        mappings: BTreeMap<String, Vec<Id>>,
    },
    Dictionary {
        template: String,
    },
    /// What stands for something outside.
    Outside {
        options: BTreeMap<String, String>,
    },
}

impl Verbatim {
    /// Returns the name that a base type goes by among rare objects.
    pub fn type_key(name: &QName) -> QName {
        QName::new(name.schema.clone(), Name::exact(format!("type {}", name.name)))
    }
}

impl Kind for Verbatim {
    const INFO: &'static Info = &Info {
        keyword: "object",
        noun: "object",
        stage: 3,
        part: false,
        declared: false,
        summary: "A rare object, as it was written.",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(Self, what, "What it is."),
        field!(Self, target, "Its name in full."),
        // No catalog keeps them: what is read from one has none.
        Field {
            name: "statements",
            summary: "What made it.",
            same: |current, desired| {
                let known = !current.statements.is_empty() && !desired.statements.is_empty();
                !known || current.statements == desired.statements
            },
            show: |it| Show::show(&it.statements),
        },
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
