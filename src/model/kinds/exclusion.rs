//! An exclusion constraint.

use std::collections::BTreeMap;

use crate::{
    base::Name,
    field,
    model::{Deferral, Expr, Field, IndexColumn, IndexKey, Info, Kind, Meta},
};

/// No two rows have all of these in common.
#[derive(Clone, Debug)]
pub struct Exclusion {
    pub name: Name,
    /// The access method: `gist`.
    pub method: String,
    /// Each key and the operator that compares it.
    pub keys: Vec<IndexColumn>,
    pub operators: Vec<String>,
    pub include: Vec<Name>,
    pub condition: Option<Expr>,
    pub deferral: Deferral,
    /// The constraint of the partitioned table that it is a part of.
    pub attached_to: Option<Name>,
    pub options: BTreeMap<String, String>,
    pub comment: Option<String>,
    pub meta: Meta,
}

impl Kind for Exclusion {
    const INFO: &'static Info = &Info {
        keyword: "exclude",
        noun: "exclusion constraint",
        stage: 10,
        part: true,
        declared: false,
        summary: "No two rows have all of these in common.",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(Self, method, "The access method."),
        field!(Self, keys, "What is compared."),
        field!(Self, operators, "How each key is compared."),
        field!(Self, include, "The columns that the index also holds."),
        field!(Self, condition, "The rows that it is about."),
        field!(Self, deferral, "When it is checked."),
        field!(lenient Self, attached_to, "The constraint of the partitioned table that it belongs to."),
        field!(lenient Self, options, "Storage options."),
        field!(Self, comment, "Its COMMENT."),
    ];

    fn name(&self) -> &Name {
        &self.name
    }

    fn meta(&self) -> &Meta {
        &self.meta
    }

    fn exprs(&self) -> Vec<&Expr> {
        let keys = self.keys.iter().filter_map(|it| match &it.key {
            IndexKey::Expr(expr) => Some(expr),
            IndexKey::Column(_) => None,
        });
        keys.chain(&self.condition).collect()
    }

    fn exprs_mut(&mut self) -> Vec<&mut Expr> {
        let keys = self.keys.iter_mut().filter_map(|it| match &mut it.key {
            IndexKey::Expr(expr) => Some(expr),
            IndexKey::Column(_) => None,
        });
        keys.chain(&mut self.condition).collect()
    }

    fn comment_mut(&mut self) -> Option<&mut Option<String>> {
        Some(&mut self.comment)
    }
}
