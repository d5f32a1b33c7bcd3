//! A sequence: numbers in order.

use crate::{
    base::{Name, QName},
    field,
    model::{Access, ColumnType, Field, Info, Kind, Meta, value::Show},
};

/// A generator of numbers that is an object of its own. That of a `serial` or identity column is part of the column.
#[derive(Clone, Debug)]
pub struct Sequence {
    pub name: QName,
    pub ty: ColumnType,
    pub start: i64,
    pub increment: i64,
    pub min: i64,
    pub max: i64,
    pub cache: i64,
    pub cycle: bool,
    /// The column that it goes with when that is dropped.
    pub owned_by: Option<(QName, Name)>,
    pub unlogged: bool,
    pub access: Access,
    pub comment: Option<String>,
    pub meta: Meta,
}

impl Kind for Sequence {
    const INFO: &'static Info = &Info {
        keyword: "sequence",
        noun: "sequence",
        stage: 3,
        part: false,
        declared: false,
        summary: "A generator of numbers.",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(Self, ty, "The type of its numbers."),
        field!(Self, start, "The first number."),
        field!(Self, increment, "From one number to the next."),
        field!(Self, min, "The least number."),
        field!(Self, max, "The greatest number."),
        field!(Self, cache, "How many numbers a session takes at once."),
        field!(Self, cycle, "Whether it starts again at the end."),
        field!(Self, owned_by, "The column that it goes with."),
        field!(Self, unlogged, "Whether changes bypass the write-ahead log."),
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

/// As far as it is compared.
impl PartialEq for Sequence {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && Self::FIELDS.iter().all(|it| (it.same)(other, self))
    }
}

impl Show for Box<Sequence> {
    fn show(&self) -> String {
        let (least, greatest) = (self.min, self.max);
        let cycle = if self.cycle { " cycle" } else { "" };
        format!(
            "{} {} start {} increment {} from {least} to {greatest} cache {}{cycle}",
            self.name, self.ty, self.start, self.increment, self.cache
        )
    }
}
