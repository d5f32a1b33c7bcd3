//! An index.

use std::collections::BTreeMap;

use crate::{
    base::Name,
    field,
    model::{Expr, Field, Info, Kind, Meta, value::Show},
};

/// An index of a table.
#[derive(Clone, Debug)]
pub struct Index {
    pub name: Name,
    pub columns: Vec<IndexColumn>,
    pub unique: bool,
    /// `gin`, `hash`, `fulltext`, `spatial`; `None` is the dialect's usual B-tree.
    pub method: Option<String>,
    pub include: Vec<Name>,
    pub condition: Option<Expr>,
    pub nulls_not_distinct: bool,
    pub invisible: bool,
    /// The index of the partitioned table that it is a part of.
    pub attached_to: Option<Name>,
    pub options: BTreeMap<String, String>,
    pub comment: Option<String>,
    /// The database made it for a foreign key and takes it away when another index serves.
    pub implicit: bool,
    pub meta: Meta,
}

/// One column or expression of an index; unset means the default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexColumn {
    pub key: IndexKey,
    /// How many characters of it count.
    pub prefix: Option<u32>,
    pub opclass: Option<String>,
    /// `siglen=32` of the operator class.
    pub opclass_options: Option<String>,
    pub collate: Option<String>,
    pub descending: bool,
    /// Set only where it is not the default of the direction.
    pub nulls_first: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IndexKey {
    Column(Name),
    Expr(Expr),
}

impl Kind for Index {
    const INFO: &'static Info = &Info {
        keyword: "index",
        noun: "index",
        stage: 11,
        part: true,
        declared: true,
        summary: "A way to find rows fast.",
    };
    const FIELDS: &'static [Field<Self>] = &[
        field!(Self, columns, "The columns and expressions, in order."),
        field!(Self, unique, "Whether no two rows agree in it."),
        field!(Self, method, "The access method."),
        field!(Self, include, "Columns carried along."),
        field!(Self, condition, "The rows it covers."),
        field!(Self, nulls_not_distinct, "Whether two NULLs count as equal."),
        field!(Self, invisible, "Whether the optimizer ignores it."),
        field!(lenient Self, attached_to, "The index of the partitioned table that it belongs to."),
        field!(lenient Self, options, "Storage parameters; those that are not stated are not managed."),
        field!(Self, comment, "Its COMMENT."),
    ];

    fn name(&self) -> &Name {
        &self.name
    }

    fn meta(&self) -> &Meta {
        &self.meta
    }

    fn exprs(&self) -> Vec<&Expr> {
        let keys = self.columns.iter().filter_map(|it| match &it.key {
            IndexKey::Expr(expr) => Some(expr),
            IndexKey::Column(_) => None,
        });
        keys.chain(&self.condition).collect()
    }

    fn exprs_mut(&mut self) -> Vec<&mut Expr> {
        let keys = self.columns.iter_mut().filter_map(|it| match &mut it.key {
            IndexKey::Expr(expr) => Some(expr),
            IndexKey::Column(_) => None,
        });
        keys.chain(&mut self.condition).collect()
    }

    fn comment_mut(&mut self) -> Option<&mut Option<String>> {
        Some(&mut self.comment)
    }
}

impl Index {
    /// Returns an index on those columns with nothing else set.
    pub fn new(name: Name, columns: Vec<IndexColumn>) -> Self {
        Self {
            name,
            columns,
            unique: false,
            method: None,
            include: Vec::new(),
            condition: None,
            nulls_not_distinct: false,
            invisible: false,
            attached_to: None,
            options: BTreeMap::new(),
            comment: None,
            implicit: false,
            meta: Meta::default(),
        }
    }

    /// Returns the columns, if it has only whole columns.
    pub fn plain_columns(&self) -> Option<Vec<&Name>> {
        self.columns
            .iter()
            .map(|it| match &it.key {
                IndexKey::Column(name) if it.prefix.is_none() => Some(name),
                _ => None,
            })
            .collect()
    }

    /// Returns whether the index mentions the column.
    pub fn mentions(&self, column: &Name) -> bool {
        self.include.contains(column)
            || self
                .columns
                .iter()
                .any(|it| matches!(&it.key, IndexKey::Column(name) if name == column))
    }
}

impl IndexColumn {
    pub fn column(name: Name) -> Self {
        Self::new(IndexKey::Column(name))
    }

    pub fn new(key: IndexKey) -> Self {
        Self {
            key,
            prefix: None,
            opclass: None,
            opclass_options: None,
            collate: None,
            descending: false,
            nulls_first: None,
        }
    }
}

impl Show for IndexColumn {
    fn show(&self) -> String {
        let mut res = match &self.key {
            IndexKey::Column(name) => name.to_string(),
            IndexKey::Expr(expr) => format!("({})", expr.text()),
        };
        if let Some(prefix) = self.prefix {
            res.push_str(&format!("({prefix})"));
        }
        for it in [&self.collate, &self.opclass].into_iter().flatten() {
            res.push(' ');
            res.push_str(it);
        }
        if let Some(options) = &self.opclass_options {
            res.push_str(&format!(" ({options})"));
        }
        if self.descending {
            res.push_str(" desc");
        }
        match self.nulls_first {
            Some(true) => res.push_str(" nulls first"),
            Some(false) => res.push_str(" nulls last"),
            None => {}
        }
        res
    }
}
