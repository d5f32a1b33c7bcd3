//! Extended statistics of PostgreSQL.

use crate::{
    base::{Name, QName},
    field,
    model::{Access, Expr, Field, Info, Kind, Meta, value::Show},
};

/// Statistics over several columns of a table.
#[derive(Clone, Debug)]
pub struct Statistics {
    pub name: QName,
    pub table: QName,
    /// `dependencies`, `mcv`, `ndistinct`; sorted; empty for one expression.
    pub kinds: Vec<String>,
    /// Columns and expressions.
    pub keys: Vec<Expr>,
    pub access: Access,
    pub comment: Option<String>,
    pub meta: Meta,
}

impl Statistics {
    fn sorted_keys(&self) -> Vec<&str> {
        let mut res: Vec<&str> = self.keys.iter().map(Expr::canonical).collect();
        res.sort_unstable();
        res
    }
}

impl Kind for Statistics {
    const INFO: &'static Info = &Info {
        keyword: "statistics",
        noun: "statistics",
        stage: 13,
        part: false,
        declared: false,
        summary: "What the planner knows of several columns together.",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(Self, table, "The table."),
        field!(Self, kinds, "What is counted."),
        Field {
            name: "keys",
            summary: "The columns and expressions.",
            // They stand in the order of the table's columns, which says nothing of the statistics.
            same: |current, desired| current.sorted_keys() == desired.sorted_keys(),
            show: |it| Show::show(&it.keys),
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

    fn exprs(&self) -> Vec<&Expr> {
        self.keys.iter().collect()
    }

    fn exprs_mut(&mut self) -> Vec<&mut Expr> {
        self.keys.iter_mut().collect()
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
