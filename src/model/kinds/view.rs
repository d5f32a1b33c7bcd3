//! A view: a stored query.

use std::collections::BTreeMap;

use crate::{
    base::{List, Name, QName},
    field,
    model::{Access, ColumnType, Expr, Field, Info, Kind, Meta, Owner, Rule, Trigger},
};

/// A query under the name of a table.
#[derive(Clone, Debug)]
pub struct View {
    pub name: QName,
    pub query: Expr,
    /// What the query returns, where that is known; not compared, since it follows from the query.
    pub columns: Vec<ViewColumn>,
    /// Whether the names of `columns` are the view's own rather than the query's.
    pub listed: bool,
    /// `security_invoker`, `security_barrier`, `check_option`, `algorithm`, `sql_security`, `definer`, by their
    /// lower-case name.
    pub options: BTreeMap<String, String>,
    pub triggers: List<Trigger>,
    pub rules: List<Rule>,
    pub access: Access,
    pub comment: Option<String>,
    pub meta: Meta,
}

/// One column of a view or materialized view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewColumn {
    pub name: Name,
    /// `None`: it is not known.
    pub ty: Option<ColumnType>,
    /// Of PostgreSQL; `None`: it is not known, or no text.
    pub collate: Option<String>,
    pub comment: Option<String>,
}

impl Kind for View {
    const INFO: &'static Info = &Info {
        keyword: "view",
        noun: "view",
        stage: 12,
        part: false,
        declared: false,
        summary: "A stored query.",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(Self, query, "The query."),
        field!(Self, options, "How it is run and who may write through it."),
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

impl Owner for View {}

impl View {
    /// Returns a view of the query with nothing else set.
    pub fn new(name: QName, query: Expr) -> Self {
        Self {
            name,
            query,
            columns: Vec::new(),
            listed: false,
            options: BTreeMap::new(),
            triggers: List::default(),
            rules: List::default(),
            access: Access::default(),
            comment: None,
            meta: Meta::default(),
        }
    }
}
