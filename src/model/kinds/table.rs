//! A table and its parts.

use std::collections::BTreeMap;

use super::{Check, Column, ForeignKey, Index, PrimaryKey, Unique};
use crate::{
    base::{Name, QName},
    field,
    model::{Field, Info, Kind, Meta},
};

/// A table; its parts are kinds of their own.
#[derive(Clone, Debug)]
pub struct Table {
    pub name: QName,
    /// Exists but is not managed: can be referred to, is never in a plan.
    pub external: bool,
    pub columns: Vec<Column>,
    pub primary_key: Option<PrimaryKey>,
    pub uniques: Vec<Unique>,
    pub checks: Vec<Check>,
    pub foreign_keys: Vec<ForeignKey>,
    pub indexes: Vec<Index>,
    pub unlogged: bool,
    /// Storage options by their lower-case name: `engine`, `charset`, `strict`, `fillfactor`.
    pub options: BTreeMap<String, String>,
    pub comment: Option<String>,
    pub meta: Meta,
}

impl Kind for Table {
    const INFO: &'static Info = &Info {
        keyword: "table",
        noun: "table",
        stage: 2,
        part: false,
        summary: "Rows of columns.",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(Self, unlogged, "Whether changes bypass the write-ahead log."),
        field!(lenient Self, options, "Storage options; those that are not stated are not managed."),
        field!(Self, comment, "Its COMMENT."),
    ];

    fn name(&self) -> &Name {
        &self.name.name
    }

    fn meta(&self) -> &Meta {
        &self.meta
    }
}

impl Table {
    pub fn new(name: QName) -> Self {
        Self {
            name,
            external: false,
            columns: Vec::new(),
            primary_key: None,
            uniques: Vec::new(),
            checks: Vec::new(),
            foreign_keys: Vec::new(),
            indexes: Vec::new(),
            unlogged: false,
            options: BTreeMap::new(),
            comment: None,
            meta: Meta::default(),
        }
    }

    pub fn column(&self, name: &Name) -> Option<&Column> {
        self.columns.iter().find(|it| it.name == *name)
    }

    pub fn column_mut(&mut self, name: &Name) -> Option<&mut Column> {
        self.columns.iter_mut().find(|it| it.name == *name)
    }

    /// Returns whether some key makes these columns, in any order, unique.
    pub fn is_unique(&self, columns: &[Name]) -> bool {
        let same =
            |key: &[Name]| key.len() == columns.len() && columns.iter().all(|it| key.contains(it));
        self.primary_key.as_ref().is_some_and(|it| same(&it.columns))
            || self.uniques.iter().any(|it| same(&it.columns))
            || self.indexes.iter().any(|it| {
                it.unique
                    && it.condition.is_none()
                    && it.plain_columns().is_some_and(|key| {
                        key.len() == columns.len() && columns.iter().all(|it| key.contains(&it))
                    })
            })
    }
}
