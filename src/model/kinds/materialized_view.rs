//! A materialized view: a stored query and its rows.

use std::collections::BTreeMap;

use crate::{
    base::{List, Name, QName},
    field,
    model::{Access, Expr, Field, Index, Info, Kind, Meta, Owner, ViewColumn},
};

/// A query whose rows are kept.
#[derive(Clone, Debug)]
pub struct MaterializedView {
    pub name: QName,
    pub query: Expr,
    /// What the query returns, where that is known; not compared, since it follows from the query.
    pub columns: Vec<ViewColumn>,
    /// Whether the names of `columns` are the view's own rather than the query's.
    pub listed: bool,
    /// Storage options by their lower-case name.
    pub options: BTreeMap<String, String>,
    pub indexes: List<Index>,
    /// Whether it was filled when it was made.
    pub with_data: bool,
    pub access: Access,
    pub comment: Option<String>,
    pub meta: Meta,
}

impl Kind for MaterializedView {
    const INFO: &'static Info = &Info {
        keyword: "materialized-view",
        noun: "materialized view",
        stage: 12,
        part: false,
        declared: false,
        summary: "A stored query and its rows.",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(Self, query, "The query."),
        field!(Self, options, "Storage options."),
        field!(lenient Self, access, "Its owner and who may do what with it; unset is not managed."),
        field!(Self, comment, "Its COMMENT."),
    ];

    fn name(&self) -> &Name {
        &self.name.name
    }

    fn meta(&self) -> &Meta {
        &self.meta
    }

    fn exprs(&self) -> Vec<&Expr> {
        vec![&self.query]
    }

    fn exprs_mut(&mut self) -> Vec<&mut Expr> {
        vec![&mut self.query]
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

impl Owner for MaterializedView {}
